"""What the API says of itself, in the words of OpenAPI 3.1 and the JSON Schemas of the answers."""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from keiretsu import __version__
from keiretsu.resources import schema_path
from keiretsu.service.drawings import DRAWINGS
from keiretsu.service.named import parameters_of
from keiretsu.service.routes import ROUTES, WHEN
from keiretsu.service.search import SEARCH
from keiretsu.store.query.questions import named_questions
from keiretsu.store.query.result_forms import GRAPH_TYPES, SELECT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.service.parameters import Parameter

_JSON: Final = "application/json"
_FAILURES: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
    HTTPStatus.INSUFFICIENT_STORAGE,
)
_NEGOTIATED: Final = (HTTPStatus.NOT_ACCEPTABLE,)
_OF_BODIES: Final = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
_PARTIES: Final = {
    "type": "object",
    "required": ["keiretsu", "command", "dataset", "parties"],
    "properties": {"parties": {"type": "array", "items": {"type": "object"}}},
}
_UPDATED: Final = {
    "$ref": "#/components/schemas/common/$defs/envelope",
    "type": "object",
    "required": ["added", "removed"],
    "properties": {
        "command": {"const": "update"},
        "added": {"type": "integer", "minimum": 0},
        "removed": {"type": "integer", "minimum": 0},
    },
}
_OF_UPDATES: Final = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
_QUERY: Final = {
    "name": "query",
    "in": "query",
    "description": "A query; without one the endpoint describes itself.",
    "required": False,
    "schema": {"type": "string"},
}


@cache
def openapi() -> dict[str, Any]:
    """Return the API as OpenAPI 3.1 describes it.

    Examples
    --------
    >>> sorted(openapi()["paths"])[1:4]
    ['/api/chains', '/api/control', '/api/diff']
    >>> openapi()["components"]["schemas"]["owners"]["title"]
    'Who owns a company'
    """
    paths = {
        **{
            f"/api/{one.name}": _get(one.name, one.summary, (*one.parameters, *WHEN))
            for one in ROUTES
        },
        **{
            f"/api/{one.name}": _get(
                one.name,
                one.summary,
                (*one.parameters, *WHEN),
                {kind: {"schema": {"type": "string"}} for kind in one.forms.values()},
            )
            for one in DRAWINGS
        },
        **_named(),
        "/api/info": _get("info", "What does the data hold?"),
        "/api/parties": _get("parties", "Which parties are there?", (), _as_json(_PARTIES)),
        "/api/search": _get("search", "Which parties have a text in a name?", SEARCH,
                            _as_json(_PARTIES)),
        "/api/questions": _get("queries", "Which questions have a name?"),
        "/sparql": _sparql(),
        "/health": _get("health", "Does the server answer?", (), _as_json(
            {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}}
        )),
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Keiretsu",
            "version": __version__,
            "description": "Who holds what in whom, who controls whom, why, and who says so. "
            "Answers are those of the command line with -f json.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _named() -> dict[str, Any]:
    forms = {kind: {"schema": {"type": "string"}} for kind in SELECT_TYPES}
    forms |= _as_json(_ref("query"), SELECT_TYPES[0]) | _as_json(_ref("query"))
    return {
        f"/api/questions/{one.name}": _get(
            one.name, one.text, parameters_of(one), forms, _NEGOTIATED
        )
        for one in named_questions()
    }


def _sparql() -> dict[str, Any]:
    kinds = dict.fromkeys((*SELECT_TYPES, *GRAPH_TYPES))
    forms = {kind: {"schema": {"type": "string"}} for kind in kinds}
    forms |= _as_json(_ref("query"), SELECT_TYPES[0]) | _as_json(_ref("query"))
    graphs = [
        {
            "name": name,
            "in": "query",
            "description": "IRIs of graphs that make up the dataset.",
            "required": False,
            "schema": {"type": "array", "items": {"type": "string"}},
        }
        for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri",
                     "using-named-graph-uri")
    ]  # fmt: skip
    text = {"type": "string"}
    form = {
        "type": "object",
        "oneOf": [{"required": [name], "properties": {name: text}} for name in ("query", "update")],
    }
    changed = "SPARQL 1.1 Protocol: what does a query find? Or: change the data, with the token."
    told = "SPARQL 1.1 Protocol: what does a query find?"
    return {
        "get": {
            "operationId": "sparql",
            "summary": told,
            "parameters": [_QUERY, *graphs[:2]],
            "responses": _responses(forms, (*_FAILURES, *_NEGOTIATED)),
        },
        "post": {
            "operationId": "sparql-post",
            "summary": changed,
            "parameters": graphs,
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": {"schema": text},
                    "application/sparql-update": {"schema": text},
                    "application/x-www-form-urlencoded": {"schema": form},
                },
            },
            "security": [{}, {"token": []}],
            "responses": _responses(
                forms | _as_json({"anyOf": [_ref("query"), _UPDATED]}),
                (*_FAILURES, *_NEGOTIATED, *_OF_BODIES, *_OF_UPDATES),
            ),
        },
    }


def _get(
    name: str,
    summary: str,
    parameters: Sequence[Parameter] = (),
    forms: Mapping[str, Any] | None = None,
    failures: Sequence[HTTPStatus] = (),
) -> dict[str, Any]:
    operation = {
        "operationId": name,
        "summary": summary,
        "parameters": [parameter.schema() for parameter in parameters],
        "responses": _responses(forms or _as_json(_ref(name)), (*_FAILURES, *failures)),
    }
    return {"get": operation}


def _responses(forms: Mapping[str, Any], failures: Iterable[HTTPStatus]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": _ref("problem")}}
    return {
        "200": {"description": "The answer.", "content": dict(forms)},
        **{
            str(int(status)): {"description": status.phrase, "content": problem}
            for status in failures
        },
    }


def _as_json(schema: Mapping[str, Any], media_type: str = _JSON) -> dict[str, Any]:
    return {media_type: {"schema": dict(schema)}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Any]:
    """Return the schemas of all answers, which then point at each other inside this document."""
    found = {
        path.stem: _pointing_inside(json.loads(path.read_text(encoding="utf-8")), path.stem)
        for path in sorted(schema_path().glob("*.json"))
    }
    found["problem"] = {
        "title": "What went wrong, in the form of RFC 9457",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            **{name: {"type": "string"} for name in ("type", "title", "detail", "place", "mend")},
            "status": {"type": "integer"},
        },
    }
    return found


def _pointing_inside(part: Any, name: str) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(part, list):
        return [_pointing_inside(one, name) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {key: value for key, value in part.items() if key not in ("$schema", "$id")}
    if isinstance(kept.get("$ref"), str):
        file, _, inner = kept["$ref"].partition("#")
        kept["$ref"] = f"#/components/schemas/{file.removesuffix('.json') or name}{inner}"
    return {
        key: value if key == "$ref" else _pointing_inside(value, name)
        for key, value in kept.items()
    }
