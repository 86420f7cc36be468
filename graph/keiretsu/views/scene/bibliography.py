"""The sources of a picture, for a reference manager: BibTeX, and CSL-JSON.

Each document is listed once. What is not known is left out, never guessed; a document of which no
address is known has none, and claims that name no document are not listed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.views.scene.evidence import Evidence
    from keiretsu.views.scene.model import Scene

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def sources_of(scene: Scene) -> list[Evidence]:
    """Return one claim of each document behind a scene, sorted by publisher, date and title."""
    found: dict[tuple[str, ...], Evidence] = {}
    for link in scene.links_now:
        for one in (*link.evidence, *link.conflicts):
            key = (one.publisher or "", one.date or "", one.title, one.url or "")
            found.setdefault(key, one)
    return [found[key] for key in sorted(found)]


def bibtex_of(scene: Scene) -> str:
    r"""Return the sources of a scene as BibTeX.

    Examples
    --------
    >>> from keiretsu.views.scene.evidence import Evidence
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> told = Evidence(claim="c", title="P & L", publisher="Renault", date="2020-03-19")
    >>> link = SceneLink(id="1", holder="r", issuer="r", evidence=(told,))
    >>> scene = Scene(title="", as_of="", parties=(SceneParty(id="r", label="R"),), links=(link,))
    >>> print(bibtex_of(scene))
    @misc{renault2020,
      title = {{P \& L}},
      author = {{Renault}},
      year = {2020},
      date = {2020-03-19},
    }
    <BLANKLINE>
    """
    entries = []
    for key, one in _keyed(sources_of(scene)):
        fields = {
            "title": f"{{{_tex(one.title)}}}",
            "author": f"{{{_tex(one.publisher)}}}" if one.publisher else "",
            "year": _date(one)[:4],
            "date": _date(one),
            "url": _url(one),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        entries.append("\n".join([f"@misc{{{key},", *lines, "}", ""]))
    return "\n".join(entries)


def csl_of(scene: Scene) -> str:
    """Return the sources of a scene as CSL-JSON."""
    items: list[dict[str, Any]] = []
    for key, one in _keyed(sources_of(scene)):
        item: dict[str, Any] = {"id": key, "type": "document", "title": one.title}
        if one.publisher:
            item["author"] = [{"literal": one.publisher}]
            item["publisher"] = one.publisher
        if found := _DATE.fullmatch(_date(one)):
            item["issued"] = {"date-parts": [[int(part) for part in found.groups() if part]]}
        if one.link:
            item["URL"] = one.link
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _keyed(sources: Iterable[Evidence]) -> list[tuple[str, Evidence]]:
    """Give each source a key of publisher and year, with a letter where that is not enough."""
    taken: dict[str, int] = {}
    keyed = []
    for one in sources:
        words = re.findall(r"[a-z0-9]+", (one.publisher or one.title).lower())
        stem = f"{''.join(words[:2]) or 'source'}{_date(one)[:4]}"
        taken[stem] = taken.get(stem, 0) + 1
        keyed.append((stem if taken[stem] == 1 else f"{stem}-{taken[stem]}", one))
    return keyed


def _date(one: Evidence) -> str:
    """Return a document's date if it is one: the field takes text of strangers."""
    return one.date if one.date and _DATE.fullmatch(one.date) else ""


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def _url(one: Evidence) -> str:
    """Return an address in which nothing ends the field that it stands in."""
    return re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", one.link or "")
