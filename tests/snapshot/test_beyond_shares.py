"""Interests that are no shares, and shares that may be held jointly."""

import dataclasses
import datetime as dt
from fractions import Fraction

import pytest

from keiretsu import control, ownership
from keiretsu.errors import OverAllocatedError
from keiretsu.model import (
    ClaimSet,
    Directness,
    Document,
    Holding,
    Interest,
    Party,
    PartyKind,
    Share,
    UnspecifiedReason,
)
from keiretsu.snapshot import Snapshot
from keiretsu.store.codec.dataset import read_dataset, write_dataset

DAY = dt.date(2024, 1, 1)
ISSUER = Party(id="urn:issuer", label="Issuer", kind=PartyKind.COMPANY)


def holder(name, **said):
    return Party(id=f"urn:{name}", label=name, kind=PartyKind.PERSON, **said)


def holding(name, **said):
    said.setdefault("interest", Interest.SHAREHOLDING)
    key = f"urn:claim:{name}:{said['interest'].value}"
    return Holding(id=key, document="urn:d", holder=f"urn:{name}", issuer="urn:issuer", **said)


def claims(*holdings):
    names = {claim.holder.rpartition(":")[2] for claim in holdings}
    parties = [ISSUER, *(holder(name) for name in names)]
    return ClaimSet(
        parties={party.id: party for party in parties},
        documents={"urn:d": Document(id="urn:d", title="Register")},
        holdings=tuple(holdings),
    )


def band(text):
    return Share.from_percent(text)


@pytest.mark.parametrize("interest", [one for one in Interest if not one.is_measured])
def test_an_interest_that_is_no_share_is_said_and_not_measured(interest):
    """The right to appoint a board is not an unknown share of the capital."""
    world = Snapshot.of(claims(holding("a", interest=interest)), DAY)
    assert world.holdings == ()
    assert [caution.code for caution in world.cautions] == [
        "unmeasured-interest",
        "unmeasured-interests",
    ]


def test_a_consolidation_may_be_of_any_size():
    """The parent is perhaps in control, by no certain share."""
    world = Snapshot.of(claims(holding("a", interest=Interest.CONSOLIDATION)), DAY)
    assert [held.capital for held in world.holdings] == [Share.unknown()]
    assert [row.verdict for row in control(world, by="a", of="Issuer")] == ["possible"]


def test_the_ultimate_parent_is_compared_and_not_added():
    """Who consolidates directly is often said to do so ultimately, too."""
    consolidation = Interest.CONSOLIDATION
    ultimate = holding("a", interest=consolidation, directness=Directness.INDIRECT)
    ultimate = dataclasses.replace(ultimate, id="urn:claim:ultimate")
    direct = holding("a", interest=consolidation, capital=band("43.4"))
    world = Snapshot.of(claims(direct, ultimate), DAY)
    assert [held.capital for held in world.holdings] == [band("43.4")]
    assert [held.claim_ids for held in world.summaries] == [("urn:claim:ultimate",)]
    alone = Snapshot.of(claims(ultimate), DAY)
    assert [held.capital for held in alone.holdings] == [Share.unknown()]


def test_joint_holders_are_not_added_up():
    """Each of two who hold 75 % and more together has anything up to all of it."""
    joint = Directness.UNKNOWN
    world = Snapshot.of(
        claims(*(holding(n, capital=band("[75,100]"), directness=joint) for n in "ab")), DAY
    )
    assert [held.capital for held in world.holdings] == [Share.unknown(), Share.unknown()]
    assert "overlapping" in {caution.code for caution in world.cautions}
    verdicts = [row.verdict for name in "ab" for row in control(world, by=name, of="Issuer")]
    assert verdicts == ["possible", "possible"]


def test_what_adds_up_keeps_its_least():
    """A single holder of 75 % and more is certain, whether directly or not."""
    world = Snapshot.of(
        claims(holding("a", capital=band("[75,100]"), directness=Directness.UNKNOWN)), DAY
    )
    assert [row.verdict for row in control(world, by="a", of="Issuer")] == ["certain"]


def test_direct_holdings_beyond_the_whole_stay_an_error():
    """What is stated as direct does add up."""
    with pytest.raises(OverAllocatedError):
        Snapshot.of(claims(*(holding(n, capital=band("[75,100]")) for n in "ab")), DAY)


def test_shares_and_votes_told_apart_are_counted_once():
    """75 % of the shares and 75 % of the votes of one holder are not 150 % of the votes."""
    world = Snapshot.of(
        claims(
            holding("a", capital=band("75")),
            holding("a", interest=Interest.VOTING_RIGHTS, votes=band("75")),
            holding("b", capital=band("25")),
        ),
        DAY,
    )
    (row,) = control(world, by="a", of="Issuer")
    assert row.percent == 75
    shares = {row.party: row.direct.low for row in ownership(world, of="Issuer") if row.direct}
    assert shares["a"] == Fraction(3, 4)


def test_the_surplus_assets_of_a_partnership_are_capital_without_votes():
    """What a partner gets at the end says nothing of how it votes."""
    world = Snapshot.of(
        claims(
            holding(
                "a", interest=Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION, capital=band("80")
            ),
            holding("b", interest=Interest.VOTING_RIGHTS, votes=band("60")),
        ),
        DAY,
    )
    assert [row.verdict for row in control(world, by="a", of="Issuer")] == ["impossible"]
    assert [row.verdict for row in control(world, by="b", of="Issuer")] == ["certain"]


def test_why_nobody_is_named_goes_through_rdf():
    """The reason and its words are kept."""
    unnamed = Party(
        id="urn:unnamed",
        label="somebody",
        kind=PartyKind.UNKNOWN_PARTY,
        unspecified=UnspecifiedReason.NO_BENEFICIAL_OWNERS,
        unspecified_details="none declared",
    )
    said = ClaimSet(parties={unnamed.id: unnamed}, documents={})
    assert read_dataset(write_dataset(said)).parties == said.parties
