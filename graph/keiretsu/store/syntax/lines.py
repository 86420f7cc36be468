"""On which line of its source a subject is described."""

from __future__ import annotations

import re
from typing import Final

from keiretsu.model import ID

_PREFIX: Final = re.compile(r"^\s*@?prefix\s+(?P<name>[^\s:]*):\s*<(?P<iri>[^>]*)>", re.IGNORECASE)
_BASE: Final = re.compile(r"^\s*@?base\s+<(?P<iri>[^>]*)>", re.IGNORECASE)
_SUBJECT: Final = re.compile(
    r"^\s*(?:(?:GRAPH\s+)?\S*\s*\{\s*)?(?:<(?P<iri>[^>]*)>|(?P<prefix>[^\s:<\"]*):(?P<local>[^\s;,{]+))",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"(^|\s)#.*$")
_ENDS: Final = (".", "{", "}")


def subject_lines(text: str) -> dict[str, int]:
    r"""Return the first line on which each subject opens a statement.

    It reads lines, not syntax: exact for N-Triples and N-Quads, and for Turtle and TriG whenever
    statements begin on a line of their own.

    Examples
    --------
    >>> subject_lines("@prefix p: <urn:p:> .\np:a a p:B ;\n  p:c p:d .\n<urn:e> a p:B .")
    {'urn:p:a': 2, 'urn:e': 4}
    """
    prefixes: dict[str, str] = {}
    base, found, opens = ID, dict[str, int](), True
    for number, raw in enumerate(text.splitlines(), 1):
        if prefix := _PREFIX.match(raw):
            prefixes[prefix["name"]] = prefix["iri"]
            continue
        if new_base := _BASE.match(raw):
            base = new_base["iri"]
            continue
        if opens and (subject := _SUBJECT.match(raw)):
            found.setdefault(_absolute(subject, prefixes, base), number)
        if line := _COMMENT.sub("", raw).strip():
            opens = line.endswith(_ENDS)
    return found


def _absolute(subject: re.Match[str], prefixes: dict[str, str], base: str) -> str:
    if subject["iri"] is None:
        local = subject["local"].replace("\\", "")
        return prefixes.get(subject["prefix"], f"{subject['prefix']}:") + local
    iri = subject["iri"]
    return iri if ":" in iri else base + iri
