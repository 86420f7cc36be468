"""Laws of scenarios and differences, on random tables of shares, loops and all."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.errors import KeiretsuError
from keiretsu.rights import rights_of
from keiretsu.scenarios import Amount, Unit, diff, scenario, whatif
from keiretsu.scenarios.edits import BuyBack, Hold, Issue, Sense, Transfer
from keiretsu.scenarios.group import group_of

UNIT = 1000
NAMES = "abcdef"
FEW = settings(max_examples=25)


@pytest.fixture(scope="session")
def worlds(register, tables_of_shares):
    """Return a strategy of worlds with counted shares, half of them under the law of a country."""

    @st.composite
    def drawn(draw):
        table = draw(tables_of_shares(NAMES, unit=UNIT).filter(bool))
        book = register()
        for name in NAMES:
            country = draw(st.sampled_from(["FR", "JP", None]))
            book.party(name, jurisdiction=country, listed=draw(st.booleans()))
        for issuer, units in table.items():
            book.capital(issuer, issued=UNIT, treasury=units.get(issuer, 0), stated="2020-06-30")
            for holder, count in units.items():
                if holder is not None and count:
                    percent = str(Fraction(count * 100, UNIT).limit_denominator(10))
                    text = f"{float(Fraction(percent)):g}"
                    book.holds(holder, issuer, text, shares=count)
        return book.on()

    return drawn().filter(lambda world: world.holdings)


def edits():
    amounts = st.integers(0, UNIT).map(lambda n: Amount(Fraction(n), Unit.SHARES))
    name = st.sampled_from(NAMES)
    return st.one_of(
        st.builds(Hold, name, name, amounts, st.sampled_from(Sense)),
        st.builds(Transfer, name, name, name, amounts),
        st.builds(Issue, name, amounts, st.none() | name),
        st.builds(BuyBack, name, amounts, st.none() | name, st.booleans()),
    )


def table_of(world):
    found = {}
    for one in world.holdings:
        ends = world.parties[one.holder].id, world.parties[one.issuer].id
        found[ends] = found.get(ends, 0) + one.capital.low
    return found


def counts_of(world):
    found = {}
    for one in world.holdings:
        ends = world.parties[one.holder].id, world.parties[one.issuer].id
        assert one.shares is not None
        found[ends] = found.get(ends, 0) + one.shares
    return found


def sums(world):
    totals = {}
    for (_, issuer), share in table_of(world).items():
        totals[issuer] = totals.get(issuer, 0) + share
    return totals


def test_an_empty_scenario_changes_nothing(worlds):
    """The same holdings, and no difference of any kind."""

    @FEW
    @given(worlds)
    def law(world):
        after = scenario(world)
        assert world.holdings == after.holdings
        assert world.facts == after.facts
        assert [] == list(diff(world, after, regimes=[]))

    law()


def test_a_world_does_not_differ_from_itself(worlds):
    """No field of the difference has an element."""

    @settings(max_examples=10)
    @given(worlds)
    def law(world):
        answer = diff(world, world)
        assert 0 == len(answer)
        for key in ("holdings", "ownership", "thresholds", "verdicts", "sizes"):
            assert [] == answer.fields[key]
        assert {"gained": [], "lost": []} == answer.fields["control"]
        assert {"begun": [], "ended": []} == answer.fields["agreements"]

    law()


def test_no_edit_takes_anybody_above_all(worlds):
    """An edit is refused, or every issuer's holdings stay within 100 %; the base never changes."""
    done = []

    @FEW
    @given(worlds, st.lists(edits(), min_size=1, max_size=3))
    def law(world, asked):
        before = table_of(world)
        try:
            after = scenario(world, asked)
        except KeiretsuError:
            return
        finally:
            assert before == table_of(world)
        done.append(asked)
        assert all(total <= 1 for total in sums(after).values())
        assert all(0 <= share <= 1 for share in table_of(after).values())

    law()
    assert done, "no edit of any example could be carried out"


def test_dilution_keeps_everybodys_shares(worlds):
    """An issue to the market changes nobody's number of shares, and all percentages alike."""

    @FEW
    @given(worlds, st.integers(1, UNIT), st.data())
    def law(world, new, data):
        issuer = data.draw(st.sampled_from(sorted({i for _, i in table_of(world)})))
        after = scenario(world, [Issue(issuer, Amount(Fraction(new), Unit.SHARES))])
        assert counts_of(world) == counts_of(after)
        before = table_of(world)
        for ends, share in table_of(after).items():
            scale = Fraction(UNIT, UNIT + new) if ends[1] == issuer else 1
            assert before[ends] * scale == share

    law()


def alone(world, holder, issuer):
    """Return whether a holder's group stake in an issuer is its own stake only."""
    head, company = world.position(holder), world.position(issuer)
    return group_of(world, head, company) == (head,)


def test_undoing_a_transfer_returns_the_base(worlds):
    """What goes over and comes back: no stake and no vote differs from the base."""

    @FEW
    @given(worlds, st.data())
    def law(world, data):
        seller, issuer = data.draw(st.sampled_from(sorted(table_of(world))))
        buyer = data.draw(st.sampled_from([n for n in NAMES if n not in (seller, issuer)]))
        moved = scenario(world, [Transfer(seller, buyer, issuer)])
        assume(alone(world, seller, issuer) and alone(moved, buyer, issuer))
        amount = Amount(Fraction(counts_of(world)[seller, issuer]), Unit.SHARES)
        back = scenario(moved, [Transfer(buyer, seller, issuer, amount)])
        assert table_of(world) == table_of(back)
        assert [] == list(diff(world, back, regimes=[]))

    law()


def test_undoing_a_stake_returns_the_base(worlds):
    """A stake set and set back: no stake and no vote differs from the base."""

    @FEW
    @given(worlds, st.floats(0, 1), st.data())
    def law(world, part, data):
        holder, issuer = data.draw(st.sampled_from(sorted(table_of(world))))
        assume(alone(world, holder, issuer))
        count = counts_of(world)[holder, issuer]
        left = UNIT - sum(n for ends, n in counts_of(world).items() if ends[1] == issuer)
        units = [Amount(Fraction(n), Unit.SHARES) for n in (int(part * (count + left)), count)]
        there = scenario(world, [Hold(holder, issuer, units[0])])
        assume(alone(there, holder, issuer))
        back = scenario(there, [Hold(holder, issuer, units[1])])
        assert table_of(world) == table_of(back)
        assert [] == list(diff(world, back, regimes=[]))

    law()


def test_swapping_the_sides_swaps_before_and_after(worlds):
    """Every row of a difference is that of the other direction, turned round."""

    @settings(max_examples=15)
    @given(worlds, worlds)
    def law(one, other):
        there, back = diff(one, other, regimes=[]), diff(other, one, regimes=[])
        assert {(c.holder_id, c.issuer_id, c.before, c.after) for c in there} == {
            (c.holder_id, c.issuer_id, c.after, c.before) for c in back
        }
        keys = ("controller_id", "company_id", "rule")
        gained, lost = (
            sorted(tuple(row[key] for key in keys) for row in rows)
            for rows in (there.fields["control"]["gained"], back.fields["control"]["lost"])
        )
        assert gained == lost
        limits = ("holder_id", "issuer_id", "rights", "threshold_percent")
        crossed = [
            {(*(row[k] for k in limits), row[a], row[b]) for row in answer.fields["thresholds"]}
            for answer, a, b in ((there, "before", "after"), (back, "after", "before"))
        ]
        assert crossed[0] == crossed[1]

    law()


def test_votes_never_exceed_all(worlds):
    """In no scenario do the exercisable votes of an issuer's holders add up to more than all."""

    @FEW
    @given(worlds, st.lists(edits(), min_size=1, max_size=3))
    def law(world, asked):
        try:
            after = scenario(world, asked)
        except KeiretsuError:
            return
        votes = rights_of(after).votes
        for issuer in {one.issuer for one in after.holdings}:
            holders = {one.holder for one in after.holdings if one.issuer == issuer} - {issuer}
            assert votes.bounds(issuer, holders).low <= 1 if holders else True
        whatif(after, regimes=[])

    law()
