"""A company with counted shares, two classes of votes by registration, and a small group."""

import pytest


@pytest.fixture
def counted(register):
    """Return a register: T has issued 1000 shares, of which H has 300, all with double votes.

    The published total of 1300 votes tells that all others are single; 1250 can be exercised.
    """
    book = register()
    for name, country in (("T", "FR"), ("H", "FR"), ("V", "FR")):
        book.party(name, jurisdiction=country, listed=name == "T")
    book.share_class("T", "ordinary", votes_per_share=1, registered_votes_per_share=2)
    book.capital("T", issued=1000, treasury=50, gross_votes=1300, stated="2020-06-30")
    book.holds("H", "T", "30", shares=300)
    book.holds("O", "T", "20", shares=200)
    book.holds("T", "T", "5", shares=50)
    book.registered("H", "T")
    book.registered("O", "T", 0)
    return book


def shares_of(world, holder, issuer):
    """Return how many shares a holder has of an issuer, all holdings together."""
    ends = world.position(holder), world.position(issuer)
    found = [one.shares for one in world.holdings if (one.holder, one.issuer) == ends]
    return sum(found)


def capital_of(world, holder, issuer):
    """Return a holder's exact part of the capital of an issuer."""
    ends = world.position(holder), world.position(issuer)
    return sum(one.capital.low for one in world.holdings if (one.holder, one.issuer) == ends)


@pytest.fixture(scope="session")
def shares():
    """Return the function that counts shares."""
    return shares_of


@pytest.fixture(scope="session")
def capital():
    """Return the function that adds up a holder's capital."""
    return capital_of
