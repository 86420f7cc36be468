"""Parameters of stored queries: typed terms, never pasted text.

In a stored query ``$name`` is a parameter and ``?name`` a variable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.store.literals import is_iri

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
        )
      | (?P<sigil>[?$])(?P<name>\w+)""",
    re.DOTALL | re.VERBOSE,
)

# rdflib expands \uXXXX before it looks at backslashes, so the letter after a backslash is escaped
# too; and pyparsing turns a raw TAB into spaces, also inside strings
_ESCAPED: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_UNSAFE: Final = re.compile(r'\\[uU]|[\\"\n\r\t\x08\x0c]')


def bind(query: str, values: Mapping[str, Node]) -> str:
    r"""Return `query` with every ``$name`` replaced by its term.

    Strings, IRIs and comments of the query are left alone.

    Parameters
    ----------
    query
        SPARQL with parameters.
    values
        A term for each of them.

    Raises
    ------
    InputError
        If a parameter has no value, a value no parameter, or a value is not a term that can be
        written safely.

    Examples
    --------
    >>> bind("ASK { $who ?p '$who' }", {"who": Literal('x" . ?a ?b ?c')})
    'ASK { "x\\" . ?a ?b ?c" ?p \'$who\' }'
    """
    unused = set(values)

    def replaced(token: re.Match[str]) -> str:
        if token["sigil"] != "$":
            return token[0]
        name = token["name"]
        if name not in values:
            raise InputError(f"the parameter ${name} has no value", mend=f"give {name}=...")
        unused.discard(name)
        return written(values[name])

    text = _TOKEN.sub(replaced, query)
    if unused:
        names = ", ".join(sorted(unused))
        raise InputError(f"the query has no parameter ${names}", mend="correct the name")
    return text


def names_in(query: str) -> set[str]:
    """Return the names of the variables and parameters of a query."""
    return {token["name"] for token in _TOKEN.finditer(query) if token["sigil"]}


def bare(query: str) -> str:
    """Return a query without its strings, IRIs and comments: only its structure."""
    return _TOKEN.sub(lambda token: " " if token["skipped"] else token[0], query)


def blanked(query: str) -> str:
    """Return a query as `bare` does, with every sign that is left where it was.

    Examples
    --------
    >>> blanked("ASK { <urn:a> ?p ';' }")
    'ASK {         ?p     }'
    """
    return _TOKEN.sub(lambda token: " " * len(token[0]) if token["skipped"] else token[0], query)


def written(term: Node) -> str:
    """Return a term as SPARQL that every engine reads back as the same term.

    Raises
    ------
    InputError
        If it is a blank node, or an IRI that cannot be written.
    """
    if isinstance(term, URIRef):
        if not is_iri(term):
            raise InputError(f"{str(term)[:80]!r} is not an absolute IRI", mend="write https://...")
        return f"<{term}>"
    if not isinstance(term, Literal):
        kind = type(term).__name__
        raise InputError(f"a value is a {kind}", mend="give a URIRef or a Literal")
    quoted = f'"{_UNSAFE.sub(_escape, str(term))}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^{written(term.datatype)}" if term.datatype else quoted


def _escape(found: re.Match[str]) -> str:
    whole = _ESCAPED.get(found[0])
    return whole or "".join(_ESCAPED.get(sign) or f"\\U{ord(sign):08X}" for sign in found[0])
