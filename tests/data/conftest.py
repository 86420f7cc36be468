"""The alliance dataset as its builder makes it, once for all tests of this folder."""

import importlib
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "ontology" / "data" / "alliance"
sys.path.insert(0, str(FOLDER))


@pytest.fixture(scope="session")
def alliance_folder():
    """Return the folder of tables."""
    return FOLDER


@pytest.fixture(scope="session")
def alliance():
    """Return the claims that the tables give."""
    return importlib.import_module("alliance_builder").build_claims(FOLDER)


@pytest.fixture(scope="session")
def named(alliance):
    """Return a function from a label or alias to the party."""
    by_name = {name: party for party in alliance.parties.values() for name in party.names}
    return by_name.__getitem__


@pytest.fixture(scope="session")
def between(alliance, named):
    """Return a function from two names to the holdings of the one in the other."""

    def find(holder, issuer):
        pair = (named(holder).id, named(issuer).id)
        found = [claim for claim in alliance.holdings if (claim.holder, claim.issuer) == pair]
        return sorted(found, key=lambda claim: str(claim.begins))

    return find
