"""Values put into a query's text, so that every engine reads the query with them.

`keiretsu.store.query.parameters.bind` fills the ``$parameters`` of our own queries. A stranger's
query may name a value by ``?name`` or ``$name`` anywhere, also where only a variable may stand;
what is written there then keeps the query's columns as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.store.query.parameters import names_in, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

_TOKEN: Final = re.compile(
    r"""(?P<skipped>
          \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}
        | '''(?:[^'\\]|\\.|'(?!''))*'''
        | "(?:[^"\\\n]|\\.)*"
        | '(?:[^'\\\n]|\\.)*'
        | <[^<>"{}|^`\\\x00-\x20]*>
        | \#[^\n]*
        | @\w+(?:-\w+)*
        | [\w.-]*:[\w.:%-]*
        | BOUND\s*\(\s*[?$](?P<bound>\w+)\s*\)
        )
      | (?P<sigil>[?$])(?P<name>\w+)
      | (?P<word>[A-Za-z]+)
      | (?P<sign>[(){}])""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_PROJECTS: Final = "SELECT"
_LISTS: Final = ("GROUP", "ORDER")
_ENDS: Final = ("WHERE", "HAVING", "LIMIT", "OFFSET", "VALUES", "SELECT", "GROUP", "ORDER")


def insert(query: str, values: Mapping[str, Node]) -> str:
    """Return a query with its variables of given names replaced by terms.

    A column that is selected by such a name is kept, and holds the term in every row.

    Parameters
    ----------
    query
        SPARQL; each name stands in it as ``?name`` or ``$name``.
    values
        A term for each name.

    Raises
    ------
    InputError
        If a name is not in the query, the query itself assigns it (``AS``, ``VALUES``), or a value
        is not a term that can be written safely.

    Examples
    --------
    >>> from rdflib import URIRef
    >>> insert("SELECT ?who ?x { ?who ?p ?x } ORDER BY ?who", {"who": URIRef("urn:a")})
    'SELECT (<urn:a> AS ?who) ?x { <urn:a> ?p ?x } ORDER BY (<urn:a>)'
    """
    for name in sorted(values.keys() - names_in(query)):
        raise InputError(f"the query has no variable ?{name}", mend="correct the name")
    if not values:
        return query
    terms = {name: written(term) for name, term in values.items()}
    place = _Place()
    return _TOKEN.sub(lambda token: place.replaced(token, terms), query)


@dataclass(slots=True)
class _Place:
    """Where in a query the next token stands."""

    region: str = ""
    depth: int = 0
    before: str = ""

    def replaced(self, token: re.Match[str], terms: Mapping[str, str]) -> str:
        """Return what stands for a token, and move on behind it."""
        if token["bound"] in terms:
            return "(true)"
        if token["name"] in terms:
            return self._value(token["name"], terms[token["name"]])
        if token["word"]:
            self._move(token["word"].upper())
        elif token["sign"]:
            self._enter(token["sign"])
        elif not token["skipped"] or not token[0].startswith("#"):
            self.before = ""
        return token[0]

    def _value(self, name: str, term: str) -> str:
        if self.before == "AS" or self.region == "VALUES":
            problem = f"?{name} is given a value and assigned in the query"
            raise InputError(problem, mend="use another name for one of them")
        self.before = ""
        if self.depth == 0 and self.region == _PROJECTS:
            return f"({term} AS ?{name})"
        return f"({term})" if self.depth == 0 and self.region in _LISTS else term

    def _move(self, word: str) -> None:
        self.before = word
        if word in _ENDS and self.depth == 0:
            self.region = word

    def _enter(self, sign: str) -> None:
        self.before = ""
        if sign in "{}":
            self.region, self.depth = "", 0
        elif self.region:
            self.depth += 1 if sign == "(" else -1
