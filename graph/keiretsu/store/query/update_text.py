"""A stranger's update as the operations that it asks for: refused on its parse tree, then cut.

Operations are cut out of the text, since each is applied by itself: what one writes without naming
a graph must be seen by the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

from keiretsu.errors import InputError, QueryRefusedError
from keiretsu.store.literals import is_iri
from keiretsu.store.query.guard import check_nesting, refuse_outside
from keiretsu.store.query.parameters import blanked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib.plugins.sparql.parserutils import CompValue

MOST_CHARACTERS: Final = 1_000_000
_VERB: Final = re.compile(
    r"(?<![\w:.-])(?:INSERT|DELETE|WITH|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w.:-])", re.IGNORECASE
)
_WHERE: Final = re.compile(r"[{}]|(?<![\w:.-])(?P<where>WHERE)(?![\w.:-])", re.IGNORECASE)
_WHOLE: Final = ("Clear", "Drop")
_KINDS: Final = ("ALL", "NAMED", "DEFAULT")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update.

    Parameters
    ----------
    text
        SPARQL, with all prefixes that were declared before it.
    sweeps
        Whether it empties graphs that it does not name one by one.
    """

    text: str
    sweeps: bool = False


def operations(text: str, using: Sequence[str] = (), named: Sequence[str] = ()) -> list[Operation]:
    """Return the operations of an update in their order.

    Parameters
    ----------
    text
        SPARQL 1.1 Update.
    using, named
        IRIs of the graphs that patterns are matched in, as a protocol request names them.

    Raises
    ------
    QueryRefusedError
        If it has ``LOAD`` or ``SERVICE``, is longer than `MOST_CHARACTERS` or nested too deeply, or
        is a query.
    InputError
        If it is not SPARQL, names no operation, or names graphs that the request names too.

    Examples
    --------
    >>> asked = "PREFIX a: <urn:a:> CLEAR ALL ; DELETE WHERE { a:x ?p ';' }"
    >>> [(one.text, one.sweeps) for one in operations(asked)]
    [('PREFIX a: <urn:a:> CLEAR ALL ', True), ("PREFIX a: <urn:a:>  DELETE WHERE { a:x ?p ';' }", False)]
    >>> operations("DELETE WHERE { ?s ?p 1 }", using=["urn:g"])[0].text
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }'
    """  # noqa: E501 - what is printed
    parsed = _parsed(text)
    cut = list(_cut(text))
    if len(cut) != len(parsed):
        problem = "the operations of the update cannot be told apart"
        raise InputError(problem, place="update", mend="send one operation at a time")
    clauses = _using(using, named)
    found = []
    for tree, (prologue, body) in zip(parsed, cut, strict=True):
        sweeps = tree.name in _WHOLE and tree.graphiri in _KINDS
        found.append(Operation(prologue + _matching(body, tree, clauses), sweeps))
    return found


def _parsed(text: str) -> list[CompValue]:
    if len(text) > MOST_CHARACTERS:
        problem = f"the update has {len(text):,} characters"
        raise QueryRefusedError(problem, mend=f"keep to {MOST_CHARACTERS:,}, or load a file")
    check_nesting(text, "update")
    try:
        tree = parseUpdate(text)
    except RecursionError:
        problem = "the update is nested too deeply"
        raise QueryRefusedError(problem, mend="nest less") from None
    except ParseException as error:
        if _is_query(text):
            raise QueryRefusedError("this is a query", mend="send it as one") from None
        shown = text[error.loc : error.loc + 30].split("\n", maxsplit=1)[0]
        problem = f"not SPARQL at {shown!r}" if shown else "the update ends too early"
        place = f"update:{error.lineno}"
        raise InputError(problem, place=place, mend="correct it there or just before") from None
    refuse_outside(tree)
    if not tree.request:
        raise InputError("the update asks for nothing", place="update", mend="write an operation")
    return list(tree.request)


def _is_query(text: str) -> bool:
    try:
        parseQuery(text)
    except (ParseException, RecursionError):
        return False
    return True


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Yield each operation after all that was declared before it."""
    bare, prologue, depth, start = blanked(text), "", 0, 0
    for place, sign in enumerate(f"{bare};"):
        depth += (sign == "{") - (sign == "}")
        if sign != ";" or depth:
            continue
        verb = _VERB.search(bare, start, place)
        if verb is not None:
            prologue += text[start : verb.start()]
            yield prologue, text[verb.start() : place]
        start = place + 1


def _using(using: Sequence[str], named: Sequence[str]) -> str:
    for name in (*using, *named):
        if not is_iri(name):
            problem = f"a graph's name is no IRI: {name[:80]!r}"
            raise InputError(problem, place="update", mend="write absolute IRIs")
    clauses = [
        *(f"USING <{name}> " for name in using),
        *(f"USING NAMED <{name}> " for name in named),
    ]
    return "".join(clauses)


def _matching(body: str, tree: CompValue, clauses: str) -> str:
    """Return an operation with the graphs in which its pattern is matched."""
    if not clauses or tree.name not in ("Modify", "DeleteWhere"):
        return body
    if tree.name == "DeleteWhere":
        pattern = body[body.index("{") :]
        return f"DELETE {pattern} {clauses}WHERE {pattern}"
    if tree.using or tree.withClause:
        problem = "the update and the request both name the graphs that are matched"
        raise InputError(problem, place="update", mend="name them in one place")
    depth = 0
    for found in _WHERE.finditer(blanked(body)):
        depth += (found[0] == "{") - (found[0] == "}")
        if found["where"] and not depth:
            return f"{body[: found.start()]}{clauses}{body[found.start() :]}"
    raise InputError("the update has no WHERE", place="update", mend="write one")
