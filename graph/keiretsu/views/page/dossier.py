"""A dossier as Markdown or HTML, ready to paste; nothing in a label becomes markup."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from keiretsu.errors import InputError
from keiretsu.measures.dossier import Cite, dossier
from keiretsu.views.scene.characters import drawable

if TYPE_CHECKING:
    from keiretsu.measures.dossier import Dossier, Grid, Section, Source, Text
    from keiretsu.snapshot import Snapshot

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~#!&$]|:(?=//)|\.(?=\S)(?<=www\.)|@")
_LIST_START = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")

_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#111;"
    "background:#fff}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.6rem}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;"
    "border-bottom:1px solid #ccc;vertical-align:top}.n{text-align:right}"
    ".answer{font-size:1.15rem;font-weight:bold}.colophon{color:#555;font-size:.85rem}"
    "sup a{text-decoration:none}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def web_address(url: str | None) -> str | None:
    """Return an address as it may be linked to, or None if it is not one of the web.

    Examples
    --------
    >>> web_address("https://example.org/a b"), web_address("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(url, safe="%/:=&?~#+!$,;@-._")


def explain(
    snapshot: Snapshot,
    controller: str,
    company: str,
    *,
    rule: str | None = None,
    form: str = "md",
) -> str:
    """Return one page on whether, and why, a party controls a company.

    Parameters
    ----------
    snapshot, controller, company, rule
        As in `keiretsu.measures.dossier`.
    form
        ``md`` or ``html``.

    Raises
    ------
    InputError
        If the form or the rule is unknown.
    """
    writers = {"md": to_markdown, "html": to_html}
    if form not in writers:
        raise InputError(f"no form is named {form!r}", mend=f"use one of: {', '.join(writers)}")
    return writers[form](dossier(snapshot, controller, company, rule=rule))


# -- Markdown ----------------------------------------------------------------------------------


def to_markdown(page: Dossier) -> str:
    r"""Return a dossier as Markdown with numbered footnotes.

    Examples
    --------
    >>> from keiretsu.measures import dossier
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> text = to_markdown(dossier(snapshot_of_shares({("*a*", "b"): "60%"}), "*a*", "b"))
    >>> print(text.partition(chr(10))[0])
    # Does \*a\* control b?
    """
    parts = [f"# {_plain(page.title)}", f"**{_marked(page.summary)}**"]
    for section in page.sections:
        parts += _markdown_section(section)
    parts.append(f"*{_plain(page.colophon)}*")
    parts += [_footnote(source) for source in page.sources]
    return "\n\n".join(parts) + "\n"


def _markdown_section(section: Section) -> list[str]:
    parts = [f"## {_plain(section.heading)}"]
    parts += [_marked(paragraph) for paragraph in section.paragraphs]
    if section.points:
        parts.append("\n".join(f"- {_marked(point)}" for point in section.points))
    if section.grid is not None:
        parts.append(_markdown_grid(section.grid))
    return parts


def _markdown_grid(grid: Grid) -> str:
    rule = ["---:" if n in grid.numbers else "---" for n in range(len(grid.columns))]
    rows = [[_plain(title) for title in grid.columns], rule]
    rows += [[_marked(cell) for cell in row] for row in grid.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _footnote(source: Source) -> str:
    url = web_address(source.url)
    parts = [_plain(source.text), *([f"<{url}>"] if url else []), *map(_plain, source.notes)]
    return f"[^{source.number}]: {'; '.join(parts)}"


def _marked(text: Text) -> str:
    joined = "".join(f"[^{run.number}]" if isinstance(run, Cite) else _inline(run) for run in text)
    return _LIST_START.sub(
        lambda found: f"\\{found[0]}" if len(found[0]) == 1 else found[0], joined
    )


def _plain(text: str) -> str:
    return _marked((text,))


def _inline(text: str) -> str:
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + _MARKDOWN.sub(lambda found: f"\\{found[0]}", drawable(text)) + tail


# -- HTML --------------------------------------------------------------------------------------


def to_html(page: Dossier) -> str:
    """Return a dossier as one HTML file that loads nothing and runs nothing."""
    title = _escaped(page.title)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        f'<p class="answer">{_runs(page.summary)}</p>',
    ]
    for section in page.sections:
        parts += _html_section(section)
    if page.sources:
        parts += ["<h2>Sources</h2>", "<ol>", *map(_html_source, page.sources), "</ol>"]
    parts += [f'<p class="colophon">{_escaped(page.colophon)}</p>', "</body>", "</html>"]
    return "\n".join(parts) + "\n"


def _html_section(section: Section) -> list[str]:
    parts = [f"<h2>{_escaped(section.heading)}</h2>"]
    parts += [f"<p>{_runs(paragraph)}</p>" for paragraph in section.paragraphs]
    if section.points:
        parts += ["<ul>", *(f"<li>{_runs(point)}</li>" for point in section.points), "</ul>"]
    if section.grid is not None:
        parts += _html_grid(section.grid)
    return parts


def _html_grid(grid: Grid) -> list[str]:
    def cells(tag: str, texts: list[str]) -> str:
        classes = (' class="n"' if n in grid.numbers else "" for n in range(len(texts)))
        pairs = zip(classes, texts, strict=True)
        return "<tr>" + "".join(f"<{tag}{kind}>{text}</{tag}>" for kind, text in pairs) + "</tr>"

    head = cells("th", [_escaped(title) for title in grid.columns])
    body = [cells("td", [_runs(cell) for cell in row]) for row in grid.rows]
    return ["<table>", head, *body, "</table>"]


def _html_source(source: Source) -> str:
    url = web_address(source.url)
    parts = [_escaped(source.text)]
    if url:
        address = html.escape(url, quote=True)
        parts.append(f'<a href="{address}" rel="noopener noreferrer">{address}</a>')
    parts += map(_escaped, source.notes)
    return f'<li id="source-{source.number}">{"; ".join(parts)}</li>'


def _runs(text: Text) -> str:
    return "".join(
        f'<sup><a href="#source-{run.number}">{run.number}</a></sup>'
        if isinstance(run, Cite)
        else _spaced(run)
        for run in text
    )


def _spaced(text: str) -> str:
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{_escaped(text)}{tail}"


def _escaped(text: str) -> str:
    return html.escape(drawable(text), quote=True)
