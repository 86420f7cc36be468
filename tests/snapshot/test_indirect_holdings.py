"""Declared-indirect holdings: which are left out, and what the audit reads to know it."""

import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx import DiGraph, descendants

from keiretsu.model import Directness, Interest, Share
from keiretsu.snapshot import audit
from keiretsu.snapshot.audit import Between

PARTIES = "abcdef"
YEARS = st.sampled_from([None, "2018", "2019", "2020"])


@st.composite
def books(draw, register, percents=("5", "30", "55", "99.9", "100", "25-50", "unknown")):
    """Return claims of a few parties, about half of them declared indirect, some through others."""
    book = register()
    for name in PARTIES:
        book.party(name)
    for _ in range(draw(st.integers(0, 14))):
        indirect = draw(st.booleans())
        start, end = sorted((draw(YEARS), draw(YEARS)), key=lambda year: year or "")
        book.holds(
            draw(st.sampled_from(PARTIES)),
            draw(st.sampled_from(PARTIES)),
            draw(st.sampled_from(percents)),
            directness=Directness.INDIRECT if indirect else Directness.DIRECT,
            interest=draw(st.sampled_from([Interest.SHAREHOLDING, Interest.CONSOLIDATION])),
            via=tuple(draw(st.lists(st.sampled_from(PARTIES), max_size=2))) if indirect else (),
            document=draw(st.sampled_from(["one", "two"])),
            since=start,
            until=end if end != start else None,
        )
    return book


class Everything(Between):
    """All direct holdings elsewhere, whether or not a way leads through them."""

    def steps(self, issuer, held):
        """Return them where something is held indirectly."""
        if all(one.directness is Directness.DIRECT for one in held):
            return []
        return [
            replace(one, capital=Share.unknown())
            for direct in self._direct.values()
            for one in direct
            if one.issuer != issuer
        ]


@given(st.data())
def test_the_audit_finds_what_it_would_with_all_holdings_in_sight(register, data):
    """What no indirect holding can pass through decides nothing."""
    claims = data.draw(books(register)).claim_set()
    found = audit(claims)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[Between.__module__], "Between", Everything)
        assert audit(claims) == found


@given(st.data())
def test_an_indirect_holding_is_left_out_where_a_chain_of_direct_ones_leads(register, data):
    """From a party that it names or its holder reaches; the holder itself counts for accounts."""
    world = data.draw(books(register, ("1", "2-5", "unknown"))).on("2019-06-30")
    direct = [one for one in world.holdings if not one.indirect]
    for one in (*world.holdings, *world.summaries):
        if not one.indirect:
            continue
        elsewhere = DiGraph((h.holder, h.issuer) for h in direct if h.issuer != one.issuer)
        elsewhere.add_nodes_from(range(len(world.parties)))
        claim = one.claims[0]
        starts = {one.holder, *map(world.position, claim.via)}
        reached = starts.union(*(descendants(elsewhere, start) for start in starts))
        reached -= set() if claim.interest is Interest.CONSOLIDATION else {one.holder}
        leads = any(h.holder in reached for h in direct if h.issuer == one.issuer)
        assert leads == (one in world.summaries)


def test_the_audit_reads_what_lies_between_alone(register):
    """Of many groups, each with a chain and an indirect holding along it, only the own chain."""
    book = register()
    groups = [("top", "middle", "low"), *((f"t{at}", f"m{at}", f"l{at}") for at in range(20))]
    for top, middle, low in groups:
        book.holds(top, middle, "60")
        book.holds(middle, low, "60")
        book.holds(top, low, "36", directness=Directness.INDIRECT)
    claims = book.claim_set()
    between = Between(claims.holdings)
    for top, middle, low in groups:
        held = [one for one in claims.holdings if one.issuer == low]
        found = between.steps(low, held)
        assert [(top, middle)] == [(one.holder, one.issuer) for one in found]
        assert all(one.capital == Share.unknown() for one in found)
    assert [] == audit(claims)
