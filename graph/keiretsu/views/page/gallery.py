"""A page of pictures that leads to the views behind them; one file, and no script at all."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLE = (
    "body{margin:0;background:#f5f7fa;color:#14202c;font:16px/1.5 Inter,'Segoe UI',Roboto,"
    "Arial,sans-serif}main{max-width:1240px;margin:0 auto;padding:28px 20px 60px}"
    "h1{font-size:26px;margin:0 0 4px}p{margin:0 0 24px;color:#52606f}"
    "ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:22px;"
    "margin:0;padding:0;list-style:none}"
    "li{display:flex;flex-direction:column;background:#fff;border:1px solid #d3dae3;"
    "border-radius:12px;overflow:hidden}"
    "li>a{display:block;background:#f5f7fa;border-bottom:1px solid #d3dae3;padding:10px}"
    "svg{display:block;width:100%;height:250px}"
    "h2{font-size:17px;line-height:1.3;margin:14px 16px 8px}"
    "li p{margin:auto 16px 14px;font-size:14px}a{color:#0b5cad}"
    "h2 a{color:inherit;text-decoration:none}h2 a:hover{text-decoration:underline}"
    "a:focus-visible{outline:3px solid #0b5cad;outline-offset:2px}"
    # Pictures are drawn for paper and stay light; what stands around them follows the reader.
    "@media (prefers-color-scheme:dark){body{background:#0f161e;color:#e8edf3}p{color:#a9b5c2}"
    "li{background:#18212c;border-color:#344152}li>a{border-color:#344152}a{color:#7db8f5}"
    "a:focus-visible{outline-color:#7db8f5}}"
)
_SIZE = re.compile(r'(<svg [^>]*?)width="[\d.]+" height="[\d.]+" ')


class Card(NamedTuple):
    """A picture of the gallery.

    Parameters
    ----------
    question
        What its view answers.
    drawing
        The SVG of it.
    files
        Names of the view's files, the page first.
    """

    question: str
    drawing: str
    files: tuple[str, ...]


def gallery_page(title: str, words: str, cards: Iterable[Card]) -> str:
    """Return the page.

    Examples
    --------
    >>> page = gallery_page("A & B", "", [Card("Who?", "<svg></svg>", ("a.html", "a.svg"))])
    >>> "<h1>A &amp; B</h1>" in page, '<a href="a.html">Who?</a>' in page
    (True, True)
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>\n<ul>\n"
        f"{''.join(map(_card, cards))}</ul>\n</main>\n</body>\n</html>\n"
    )


def _card(card: Card) -> str:
    page, question = escape(card.files[0]), escape(card.question)
    others = " · ".join(
        f'<a href="{escape(name)}">{escape(name.rpartition(".")[2].upper())}</a>'
        for name in card.files[1:]
    )
    small = _SIZE.sub(r"\1", card.drawing, count=1).strip()
    return (
        f'<li><a href="{page}" tabindex="-1" aria-hidden="true">{small}</a>\n'
        f'<h2><a href="{page}">{question}</a></h2><p>{others}</p></li>\n'
    )
