"""RDF/XML and JSON-LD from strangers, looked through before a parser of RDF sees them.

Both can bomb their parsers (entities, nesting) and reach out (external entities, remote contexts).
What could do so is refused here, with its place.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from keiretsu.errors import InputError
from keiretsu.resources import ontology_path

if TYPE_CHECKING:
    from collections.abc import Callable

CONTEXT: Final = "https://w3id.org/keiretsu/context.jsonld"
"""The address of the context that is shipped; it is read from the package, never fetched."""
_DEEPEST: Final = 60
_LOADING: Final = ("@import", "@propagate")


def checked_xml(text: str, name: str) -> str:
    """Return RDF/XML that declares no entities and is not nested too deeply.

    Raises
    ------
    InputError
        If it has a document type declaration, is nested too deeply, or is not XML.

    Examples
    --------
    >>> checked_xml("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "x.rdf")
    Traceback (most recent call last):
    keiretsu.errors.InputError: x.rdf:1: has a document type declaration, ...
    """
    parser = expat.ParserCreate()
    depth = 0

    def refuse(*_: object) -> None:
        problem = "has a document type declaration, which may hold entities"
        raise _at(problem, "take it out", name, parser)

    def opens(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _at("is nested too deeply", "flatten it", name, parser)

    def closes(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = opens, closes
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        problem = f"syntax error: {expat.ErrorString(error.code)}"
        place = f"{name}:{error.lineno}"
        raise InputError(problem, place=place, mend="correct the XML at this line") from None
    return text


def checked_jsonld(text: str, name: str) -> str:
    """Return JSON-LD whose contexts all stand in it; the address of ours is replaced by ours.

    Raises
    ------
    InputError
        If it names a context to be fetched, is nested too deeply, or is not JSON.

    Examples
    --------
    >>> checked_jsonld('{"@context": "https://example.org/c"}', "x.jsonld")
    Traceback (most recent call last):
    keiretsu.errors.InputError: x.jsonld: names a context elsewhere ('https://example.org/c'), ...
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}"
        raise InputError(f"is not JSON ({error.msg})", place=place, mend="correct it") from None
    except (RecursionError, ValueError):
        raise InputError("is nested too deeply", place=name, mend="flatten it") from None
    _walk(document, name, 0)
    return json.dumps(_with_context(document), ensure_ascii=False)


def _walk(value: Any, name: str, depth: int) -> None:  # noqa: ANN401 - any JSON
    if depth > _DEEPEST:
        raise InputError("is nested too deeply", place=name, mend="flatten it")
    if isinstance(value, list):
        for one in value:
            _walk(one, name, depth + 1)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in _LOADING:
                raise InputError(f"has {key}", place=name, mend="write out what it loads")
            if key == "@context":
                _refuse_remote(one, name)
            _walk(one, name, depth + 1)


def _refuse_remote(context: object, name: str) -> None:
    for one in context if isinstance(context, list) else [context]:
        if isinstance(one, str) and one != CONTEXT:
            raise InputError(
                f"names a context elsewhere ({one[:60]!r}), and nothing is fetched",
                place=name,
                mend="write the context into the file",
            )


def _with_context(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a document with our context in the place of its address."""
    if isinstance(value, list):
        return [_with_context(one) for one in value]
    if not isinstance(value, dict):
        return value
    replaced: dict[str, Any] = {}
    for key, one in value.items():
        if key == "@context":
            told = one if isinstance(one, list) else [one]
            replaced[key] = [shipped_context() if part == CONTEXT else part for part in told]
        else:
            replaced[key] = _with_context(one)
    return replaced


def shipped_context() -> dict[str, Any]:
    """Return the context that comes with the package."""
    document = json.loads(ontology_path("context.jsonld").read_text("utf-8"))
    context: dict[str, Any] = document["@context"]
    return context


def _at(problem: str, mend: str, name: str, parser: expat.XMLParserType) -> InputError:
    return InputError(problem, place=f"{name}:{parser.CurrentLineNumber}", mend=mend)


CHECKS: Final[dict[str, Callable[[str, str], str]]] = {
    "rdfxml": checked_xml,
    "jsonld": checked_jsonld,
}
"""How the text of a guarded syntax is looked through."""
