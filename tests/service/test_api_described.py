"""The API is as its description says: asked at random, and held against the schemas."""

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from keiretsu.service.openapi import openapi
from keiretsu.store.query.questions import named_questions

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PATHS = openapi()["paths"]
CALLS = {
    "owners": {"company": "Shop"},
    "holdings": {"party": "Ada"},
    "control": {"of": "Shop"},
    "votes": {"company": "Shop"},
    "paths": {"from": "Ada", "to": "Shop"},
    "chains": {"party": "Ada", "company": "Shop"},
    "power": {"company": "Shop"},
    "screen": {"regime": "ofac", "listed": "Ada"},
    "beneficial": {"company": "Shop", "regime": "amlr"},
    "reconcile": {},
    "moves": {"party": "Ada", "company": "Works"},
    "network": {},
    "whatif": {"hold": "Ada>Works=40"},
    "info": {},
    "questions": {},
    "questions/q01-holders": {"company": "Shop", "as_of": "2024-01-01"},
}
SLOW = (
    "/api/view",
    "/api/timeline",
    "/api/diff",
    "/api/whatif",
)  # drawn and computed for seconds; tested by themselves


@schemathesis.serializer("application/sparql-query", "application/sparql-update")
def as_text(_context, value):
    """Send a query as it is."""
    return str(value).encode("utf-8", "surrogatepass")


described = schemathesis.openapi.from_dict(openapi()).exclude(path=list(SLOW))


@described.parametrize()
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_nothing_asked_at_random_is_answered_otherwise(case, address):
    """No failure inside, no status and no form that is not described, no answer off its schema."""
    response = case.call_and_validate(base_url=address, timeout=60, checks=CHECKS)
    if case.method.casefold() != case.operation.method.casefold():
        assert response.status_code in (405, *range(200, 300))  # a method that is not described
        return
    told = case.operation.definition.raw["responses"]
    assert str(response.status_code) in told


@pytest.mark.parametrize("name", CALLS)
def test_answers_are_as_their_schemas_say(client, name):
    """What is found, held against the description that the server sends."""
    document = client.get("/api/openapi.json").json()
    response = client.get(f"/api/{name}", params=CALLS[name])
    assert 200 == response.status_code
    content = document["paths"][f"/api/{name}"]["get"]["responses"]["200"]["content"]
    kind = response.headers["content-type"].partition(";")[0]
    schema = {**content[kind]["schema"], "components": document["components"]}
    found = jsonschema.Draft202012Validator(schema).iter_errors(response.json())
    assert [] == [f"{error.json_path}: {error.message}" for error in found]


def test_the_description_is_whole(client):
    """Every route that the server has is described, and every schema is inside."""
    routes = {route for route in PATHS if route.startswith("/api/questions/")}
    assert {f"/api/questions/{one.name}" for one in named_questions()} == routes
    assert {"/sparql", "/health", "/api/search", "/api/view", "/api/explain"} <= set(PATHS)
    text = client.get("/api/openapi.json").text
    assert "w3id.org/keiretsu/schemas" not in text
    assert "common.json" not in text
