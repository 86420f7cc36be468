"""The official JSON Schema of BODS 0.4: what is wrong with the form of a statement.

The schema is that of openownership/data-standard 0.4.0 (Apache License 2.0), as it was published,
in the folder beside this module. Nothing is fetched: its five files name each other by URNs.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.fields import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import jsonschema

_FILES: Final = ("statement", "entity-record", "person-record", "relationship-record", "components")
_FORMATS: Final = ("date", "date-time", "uri")
_FEW: Final = 6
_LONGEST: Final = 200
_WORDS: Final = {
    "const": "{value} is not {wanted!r}",
    "type": "{value} is not of the type {wanted}",
    "format": "{value} is not a {wanted}",
    "minLength": "{value} is shorter than {wanted} characters",
    "maxLength": "{value} is longer than {wanted} characters",
}


def schema_findings(statement: object) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the form of one statement: JSON pointer, rule and message.

    Parameters
    ----------
    statement
        What should be a statement of BODS 0.4.

    Yields
    ------
    tuple of str
        The place within the statement, the keyword of the schema that is broken, and what to do.

    Examples
    --------
    >>> [found[:2] for found in schema_findings({"recordType": "entity"})][:2]
    [('', 'required'), ('', 'required')]
    """
    for error in sorted(_flat(_validator().iter_errors(statement)), key=_order):
        yield _pointer(error), str(error.validator), _message(error)


def _order(error: jsonschema.ValidationError) -> tuple[str, str, str]:
    return _pointer(error), str(error.validator), error.message


def _pointer(error: jsonschema.ValidationError) -> str:
    return pointer(error.absolute_path)


def pointer(path: Iterable[str | int]) -> str:
    """Return a path as a JSON pointer (RFC 6901).

    Examples
    --------
    >>> pointer(["recordDetails", "names", 0, "a/b"])
    '/recordDetails/names/0/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def _flat(errors: Iterable[jsonschema.ValidationError]) -> Iterator[jsonschema.ValidationError]:
    """Yield the errors that say most: of alternatives, those of the one that was meant."""
    for error in errors:
        inner = list(error.context or ())
        if error.validator in ("oneOf", "anyOf") and inner:
            objects = isinstance(error.instance, dict)
            deep = [one for one in inner if objects and one.validator not in ("type", "required")]
            yield from _flat(deep) if deep else [error]
        else:
            yield error


def _message(error: jsonschema.ValidationError) -> str:
    value, wanted = short(error.instance), error.validator_value
    kind = str(error.validator)
    if kind == "enum":
        return f"{value} is not one of {', '.join(map(str, wanted))}"
    if kind in ("anyOf", "oneOf"):
        return f"{value} is none of what is allowed here: {_alternatives(wanted)}"
    if kind in _WORDS:
        return _WORDS[kind].format(value=value, wanted=wanted)
    return error.message if len(error.message) < _LONGEST else f"{error.message[:_LONGEST]}…"


def _alternatives(wanted: list[dict[str, Any]]) -> str:
    words = [
        one.get("format") or one.get("type") or " and ".join(one.get("required", ())) or "an object"
        for one in wanted
    ]
    return " or ".join(dict.fromkeys(words[:_FEW]))


@cache
def _validator() -> jsonschema.protocols.Validator:
    # half a second, and only a check needs it
    import jsonschema  # noqa: PLC0415
    import rfc3339_validator  # noqa: F401, PLC0415 - the checker of date-time is only there with it
    import rfc3986_validator  # noqa: F401, PLC0415 - and so is that of uri
    from referencing import Registry, Resource  # noqa: PLC0415

    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in _schemas()
    )
    return jsonschema.Draft202012Validator(
        {"$ref": "urn:statement#/$defs/Statement"},
        registry=registry,
        format_checker=jsonschema.FormatChecker(_FORMATS),
    )


@cache
def _schemas() -> tuple[dict[str, Any], ...]:
    folder = files("keiretsu.formats.bods") / "official"
    return tuple(json.loads((folder / f"{name}.json").read_text("utf-8")) for name in _FILES)


def field_names() -> frozenset[str]:
    """Return the names of all fields of the standard.

    Examples
    --------
    >>> {"recordId", "exclusiveMinimum", "companyFilingsURLs"} <= field_names()
    True
    """
    return frozenset(name for schema in _schemas() for name in _names_in(schema))


def _names_in(schema: object) -> Iterator[str]:
    if isinstance(schema, list):
        for one in schema:
            yield from _names_in(one)
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        for one in schema.values():
            yield from _names_in(one)


def additional_fields(statement: Mapping[str, Any]) -> Iterator[str]:
    """Yield JSON pointers of the fields that the standard does not have.

    Annotations may have fields of their own.

    Examples
    --------
    >>> list(additional_fields({"publicationDetails": {"publisher": {"uri": "urn:x"}}, "x": 1}))
    ['/publicationDetails/publisher/uri', '/x']
    """
    kind = str(statement.get("recordType"))
    records = {"entity": "urn:entity", "person": "urn:person", "relationship": "urn:relationship"}
    root = _schemas()[0]["$defs"]["Statement"]
    own = {key: value for key, value in statement.items() if key != "recordDetails"}
    found = [*_additional(own, root, "urn:statement", ())]
    if kind in records and isinstance(statement.get("recordDetails"), dict):
        schema, home = _resolved({"$ref": records[kind]}, "")
        found += _additional(statement["recordDetails"], schema, home, ("recordDetails",))
    yield from sorted(found)


def _additional(
    value: object, schema: Mapping[str, Any], home: str, path: tuple[str | int, ...]
) -> Iterator[str]:
    schema, home = _resolved(schema, home)
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from _additional(one, schema.get("items", {}), home, (*path, place))
    if not isinstance(value, dict):
        return
    known = _properties(schema, home)
    for key, inner in value.items():
        if known and key not in known and path[:1] != ("annotations",):
            yield pointer((*path, key))
        elif key in known:
            yield from _additional(inner, *known[key], (*path, key))


def _properties(schema: Mapping[str, Any], home: str) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return the properties of an object, those of its alternatives among them."""
    found = {key: (one, home) for key, one in schema.get("properties", {}).items()}
    for alternative in schema.get("oneOf", ()):
        found |= _properties(*_resolved(alternative, home))
    return found


def _resolved(schema: Mapping[str, Any], home: str) -> tuple[Mapping[str, Any], str]:
    """Return the schema that a reference leads to, and the file in which it stands."""
    reference = schema.get("$ref")
    if reference is None:
        return schema, home
    file, _, fragment = str(reference).partition("#")
    home = file or home
    found: Mapping[str, Any] = next(one for one in _schemas() if one["$id"] == home)
    for step in fragment.split("/")[1:]:
        found = found[step]
    return found, home
