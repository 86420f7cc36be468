"""The bundled dataset on every kind of store: in memory, on disk, behind three servers."""

import pyoxigraph as ox
import pytest
from tests.remote import servers

from keiretsu import OwnershipGraph
from keiretsu.ownership_graph import bundled
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.resources import ontology_path
from keiretsu.vocabulary import GRAPH

ENDPOINTS = ("oxigraph", "virtuoso", "served")


@pytest.fixture(scope="session")
def memory():
    """Return the dataset in memory."""
    return OwnershipGraph.open()


@pytest.fixture(scope="session")
def disk(tmp_path_factory):
    """Return the dataset in a store on disk."""
    path = tmp_path_factory.mktemp("disk") / "alliance"
    load_into_store([bundled()], path)
    return OwnershipGraph.open(store=path)


@pytest.fixture(scope="session")
def nquads(memory):
    """Return the dataset with the ontology, as a server of others holds it."""
    graph = ox.NamedNode(str(GRAPH.ontology))
    terms = [
        str(ox.Quad(one.subject, one.predicate, one.object, graph))
        for name in ("keiretsu.ttl", "codes.ttl")
        for one in ox.parse(path=ontology_path(name), format=ox.RdfFormat.TURTLE)
    ]
    return memory.store.to_nquads() + "".join(f"{line} .\n" for line in terms)


@pytest.fixture(scope="session")
def oxigraph_address(tmp_path_factory, nquads):
    """Return the address of Oxigraph's server; its default graph is not the union of all."""
    if servers.oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not installed: pip install oxigraph")
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph"), nquads) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_address(tmp_path_factory, nquads):
    """Return the address of a Virtuoso with the limits of its delivery."""
    if servers.virtuoso_command() is None:
        pytest.skip("Virtuoso is not installed: apt install virtuoso-opensource-7")
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso"), nquads) as address:
        yield address


@pytest.fixture(scope="session")
def served_address(memory):
    """Return the address of our own server."""
    with servers.served(memory) as address:
        yield address


def _remote(name):
    @pytest.fixture(scope="session", name=name)
    def remote(request):
        return OwnershipGraph.open(endpoint=request.getfixturevalue(f"{name}_address"))

    return remote


oxigraph, virtuoso, served = map(_remote, ENDPOINTS)


@pytest.fixture(params=["disk", *ENDPOINTS])
def kept(request):
    """Return the dataset as it is kept elsewhere than in memory."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=ENDPOINTS)
def remote(request):
    """Return the dataset behind an endpoint."""
    return request.getfixturevalue(request.param)
