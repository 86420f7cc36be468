#!/usr/bin/env python3
"""Fill the tables of docs/formats.md from the code; `--check` only says whether they are so."""

from __future__ import annotations

import sys
from pathlib import Path

from keiretsu.formats import FORMATS
from keiretsu.formats.bods.rules import RULES
from keiretsu.formats.bods.terms import ENTITY_TYPES, INTERESTS
from keiretsu.ownership_graph.converting import TARGETS
from keiretsu.store.syntax.parse import SUFFIXES

PAGE = Path(__file__).with_name("formats.md")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def formats() -> str:
    """Return every format with its endings, and whether it is read, written and checked."""
    endings: dict[str, list[str]] = {}
    for suffix, syntax in SUFFIXES.items():
        endings.setdefault(syntax, []).append(f"`{suffix}`")
    rows = [
        (f"`{name}`", "RDF of our ontology", " ".join(told), "yes", "yes", "yes")
        for name, told in endings.items()
    ]
    rows += [
        (
            f"`{one.name}`",
            one.title,
            " ".join(f"`{suffix}`" for suffix in one.suffixes),
            "yes" if one.reads else "",
            "yes" if one.writes else "",
            "yes" if one.checks else "",
        )
        for one in FORMATS.values()
    ]
    rows += [
        (f"`{name}`", title, "", "", "yes", "")
        for name, title in TARGETS.items()
        if name not in endings and name not in FORMATS
    ]
    return table(("name", "what", "endings", "read", "written", "own checks"), rows)


def interests() -> str:
    """Return the interest types of BODS with ours."""
    rows = [
        (
            f"`{theirs}`",
            f"`{ours.value}`",
            "as a part of the capital or the votes" if ours.is_measured else "asked, not measured",
        )
        for theirs, ours in INTERESTS.items()
    ]
    return table(("BODS 0.4", "interest of a holding", "read by measures"), rows)


def kinds() -> str:
    """Return our kinds of party with the entity types of BODS."""
    rows = [
        (f"`{kind.value}`", f"`{form}`" + (f" / `{subtype}`" if subtype else ""))
        for kind, (form, subtype) in ENTITY_TYPES.items()
    ]
    return table(("kind of party", "entity type / subtype written"), rows)


def rules() -> str:
    """Return the rules of BODS that are checked."""
    rows = [(f"`bods-{name}`", severity.value, says) for name, (severity, says) in RULES.items()]
    return table(("rule", "broken, it is", "what it says"), rows)


TABLES = {"formats": formats, "interests": interests, "kinds": kinds, "rules": rules}


def filled(page: str) -> str:
    """Return the page with its tables made anew."""
    for name, make in TABLES.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        if begin not in page or end not in page:
            sys.exit(f"error: formats.md has no place for the table {name}")
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n{make()}\n{end}{rest.partition(end)[2]}"
    return page


def main() -> None:
    """Write the page, or check it."""
    page = PAGE.read_text("utf-8")
    made = filled(page)
    if "--check" not in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
    elif made != page:
        sys.exit(f"error: the tables of formats.md are not those of the code; run {__file__}")


if __name__ == "__main__":
    main()
