"""Voting rules of Germany, Italy and the Netherlands, at their limits and dates; equilibria."""

import datetime as dt
import itertools
from fractions import Fraction

import pytest

from keiretsu.measures import control, votes
from keiretsu.rights import rights_of
from keiretsu.rights.equilibria import settle
from keiretsu.rights.laws import CONTROLLED, RECIPROCAL, RULED_JURISDICTIONS
from keiretsu.rights.rules import JP_308, Trace
from keiretsu.rights.silencing import Suspension

QUARTER = Fraction(1, 4)


def rows(snapshot, company):
    """Return the table of votes, by holder."""
    return {record.holder: record for record in votes(snapshot, company)}


def effects(record):
    """Return what the law did to a holder's votes, with the article's name."""
    return [(trace.article.name, trace.effect) for trace in record.rules]


def pair(register, a_in_b, b_in_a, country, *, since=(None, None), listed=None):
    """Return a register of two companies of one country that hold each other."""
    book = register()
    for name in ("A", "B"):
        book.party(name, jurisdiction=country, listed=listed)
    book.holds("A", "B", a_in_b, since=since[0])
    book.holds("B", "A", b_in_a, since=since[1])
    return book


def test_every_law_names_its_country():
    """Six countries' rules are known, and the key of each is the country of its article."""
    assert {"DE", "FR", "IT", "JP", "NL"} == set(RULED_JURISDICTIONS)
    for laws in (CONTROLLED, RECIPROCAL):
        assert all(country == law.article.jurisdiction for country, law in laws.items())
        assert all(law.article.summary for law in laws.values())


# -- those who are controlled cannot vote: France, Italy, the Netherlands --------------------


@pytest.mark.parametrize(("country", "article"), [("IT", "c.c. 2359-bis"), ("NL", "BW 2:118(7)")])
@pytest.mark.parametrize(("stake", "silent"), [("50", False), ("50.01", True)])
def test_a_subsidiary_cannot_vote_in_its_parent(country, article, stake, silent, register):
    """A majority, not half, makes a subsidiary, whose votes in the parent are suspended."""
    book = register().party("top", jurisdiction=country).party("low", jurisdiction="US")
    book.holds("top", "low", stake)
    book.holds("low", "top", "10")
    found = rows(book.on(), "top")["low"]
    assert (0 if silent else Fraction(1, 10)) == found.votes.low == found.votes.high
    assert [(article, "suspended" if silent else "not suspended")] == effects(found)
    assert Fraction(1, 10) == found.gross_votes.low


def test_suspended_votes_leave_the_whole(register):
    """What a subsidiary cannot vote is no part of the votes of the others."""
    book = register().party("top", jurisdiction="NL")
    book.holds("top", "low", "60")
    book.holds("low", "top", "20")
    book.holds("P", "top", "40")
    assert Fraction(1, 2) == rows(book.on(), "top")["P"].votes.low


def test_no_presumption_outside_france(register):
    """45 % presume control in France and nowhere else."""
    for country, silent in (("FR", True), ("IT", False), ("NL", False)):
        book = register().party("top", jurisdiction=country)
        book.holds("top", "low", "45")
        book.holds("low", "top", "10")
        assert silent == (rows(book.on(), "top")["low"].votes.high == 0), country


# -- Germany ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stake", "effect"), [("50", None), ("50.0001", "suspended"), ("40-60", "may be suspended")]
)
def test_shares_of_dependants_carry_no_rights(stake, effect, register):
    """Whoever is held by a majority, through a chain too, has no votes in the company."""
    book = register().party("top", jurisdiction="DE").party("low", jurisdiction="US")
    book.holds("top", "mid", "100")
    book.holds("mid", "low", stake)
    book.holds("low", "top", "10")
    found = rows(book.on(), "top")["low"]
    assert ([("AktG 71d, 71b", effect)] if effect else []) == effects(found)
    silent = {None: (Fraction(1, 10),) * 2, "suspended": (0, 0)}
    assert silent.get(effect, (0, Fraction(1, 10))) == (found.votes.low, found.votes.high)


def test_a_majority_of_shares_is_enough(register):
    """Dependence comes from shares or votes: a cap on votes does not undo it."""
    book = register().party("top", jurisdiction="DE")
    book.holds("top", "low", "60", votes="30")
    book.holds("low", "top", "10")
    assert 0 == rows(book.on(), "top")["low"].votes.high


def test_both_of_two_majority_holders_depend(register):
    """Dependence does not rest on votes, so it has one outcome: neither votes (AktG 19(3))."""
    snapshot = pair(register, "60", "60", "DE").on()
    assert 0 == rows(snapshot, "A")["B"].votes.high == rows(snapshot, "B")["A"].votes.high
    assert rights_of(snapshot).settled.stable


MUTUAL = {
    # name: (A in B, B in A, since, share of A in B, share of B in A, effects on B in A)
    "the later one": ("30", "30", ("2010", "2011"), "30", "25", "limited"),
    "at a quarter": ("25", "30", ("2010", "2011"), "25", "30", None),
    "at the other quarter": ("30", "25", ("2010", "2011"), "30", "25", None),
    "the other way round": ("30", "40", ("2011", "2010"), "25", "40", None),
    "a majority": ("30", "60", ("2010", "2011"), "0", "60", None),
}


@pytest.mark.parametrize("case", MUTUAL.values(), ids=MUTUAL)
def test_mutual_participation(case, register):
    """Above a quarter each way the later one votes a quarter of all; the rest stays."""
    ours, theirs, since, a_in_b, b_in_a, effect = case
    snapshot = pair(register, ours, theirs, "DE", since=since).on()
    in_a, in_b = rows(snapshot, "A")["B"], rows(snapshot, "B")["A"]
    assert Fraction(a_in_b) / 100 == in_b.votes.low == in_b.votes.high
    assert Fraction(b_in_a) / 100 == in_a.votes.low == in_a.votes.high
    assert ([("AktG 19, 328", effect)] if effect else []) == effects(in_a)


@pytest.mark.parametrize("since", [(None, None), ("2010", "2010"), ("2010", None)])
def test_who_was_later_is_not_known(since, register):
    """Where the dates do not tell, either may be limited, and both are ranges."""
    snapshot = pair(register, "30", "30", "DE", since=since).on()
    for company, holder in (("A", "B"), ("B", "A")):
        found = rows(snapshot, company)[holder]
        assert (QUARTER, Fraction(3, 10)) == (found.votes.low, found.votes.high)
        assert [("AktG 19, 328", "may be limited")] == effects(found)
        assert "not recorded" in found.rules[0].text


def test_mutual_participation_counts_dependants(register):
    """Shares of dependants count, and the limit is shared among them in proportion."""
    book = pair(register, "30", "20", "DE", since=("2010", "2012"))
    book.holds("B", "V", "100", since="2012")
    book.holds("V", "A", "20", since="2012")
    found = rows(book.on(), "A")
    assert Fraction(1, 8) == found["B"].votes.low == found["V"].votes.low


def test_mutual_participation_is_a_matter_of_two_german_companies(register):
    """A foreign company is not limited, and limits nobody."""
    book = pair(register, "30", "30", "DE", since=("2010", "2011")).party("B", jurisdiction="AT")
    assert Fraction(3, 10) == rows(book.on(), "A")["B"].votes.low


def test_what_is_cut_goes_to_nobody(register):
    """Nobody else's part grows when the later one is limited."""
    book = pair(register, "30", "30", "DE", since=("2010", "2011"))
    book.holds("P", "A", "51")
    found = control(book.on(), by="P", of="A")[0]
    assert Fraction(51, 100) == found.bounds.low


# -- Italy -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "stake", "kept"),
    [
        ("2016-03-17", "2.5", "2"),  # the limit was 2 % until then
        ("2016-03-18", "2.5", "2.5"),
        ("2016-06-01", "4", "3"),
        ("2016-12-31", "4", "3"),
        ("2017-01-31", "4", "0"),  # not sold within twelve months
    ],
)
def test_cross_holdings_of_listed_companies(day, stake, kept, register):
    """The later one cannot vote the excess over the limit of the day, after a year nothing."""
    book = pair(register, "10", stake, "IT", since=("2010-01-01", "2016-01-01"), listed=True)
    found = rows(book.on(day), "A")["B"]
    whole = 100 - (Fraction(stake) - Fraction(kept))
    assert Fraction(kept) / whole == found.votes.low == found.votes.high
    effect = {"0": "suspended", stake: None}.get(kept, "limited")
    assert ([("TUF 121", effect)] if effect else []) == [
        e for e in effects(found) if e[0] == "TUF 121"
    ]
    assert Fraction(1, 10) == rows(book.on(day), "B")["A"].votes.low


def test_both_are_limited_if_nobody_knows_who_was_later(register):
    """Italian law suspends both then."""
    snapshot = pair(register, "10", "10", "IT", listed=True).on()
    for company, holder in (("A", "B"), ("B", "A")):
        assert [("TUF 121", "limited")] == effects(rows(snapshot, company)[holder])[:1]


@pytest.mark.parametrize("listed", [None, False])
def test_the_limit_is_for_listed_companies(listed, register):
    """Companies that are not listed, or not known to be, are not limited by it."""
    snapshot = pair(register, "10", "10", "IT", listed=listed).on()
    assert Fraction(1, 10) == rows(snapshot, "A")["B"].votes.low


# -- equilibria --------------------------------------------------------------------------------


def mark(certain=True):
    return Suspension(certain, Trace(JP_308, "suspended", ""))


def follower(table):
    """Return a rule of suspension that is given as a table from state to state.

    Of a state in which some are perhaps silenced it tells what follows in all, and in some, worlds.
    """

    def follow(state):
        sure = {holding for holding, one in state.items() if one.certain}
        open_ = sorted(set(state) - sure)
        worlds = [
            table(frozenset(sure.union(chosen)))
            for n in range(len(open_) + 1)
            for chosen in itertools.combinations(open_, n)
        ]
        always = set.intersection(*worlds)
        return {holding: mark(holding in always) for holding in sorted(set.union(*worlds))}

    return follow


CYCLES = {
    # name: (what follows, stable states, where it comes from)
    "each silences the other": (
        lambda s: {h for h in (1, 2) if 3 - h not in s},
        [{1}, {2}],
        "two French companies with 60 % of each other",
    ),
    "each by itself": (lambda s: {1, 2} - s, [], "a state that undoes itself"),
    "one always": (lambda s: {1}, [{1}], "by hand"),  # noqa: ARG005
    "a ring of three": (
        lambda s: {h for h in (0, 1, 2) if (h + 1) % 3 not in s},
        [],
        "an odd ring of negations has no stable state",
    ),
    "a ring of four": (
        lambda s: {h for h in range(4) if (h + 1) % 4 not in s},
        [{0, 2}, {1, 3}],
        "an even ring has two",
    ),
}


@pytest.mark.parametrize(("follow", "stable", "source"), CYCLES.values(), ids=CYCLES)
def test_all_stable_states_are_found(follow, stable, source):
    """Every state that follows from itself is found, and nothing else."""
    found = settle(follower(follow), exact=True)
    assert stable == sorted(map(set, found.equilibria), key=sorted), source
    assert (len(stable) == 1) == found.stable
    everything = {h for n in range(5) for c in itertools.combinations(range(4), n) for h in c}
    tried = [
        set(c)
        for n in range(5)
        for c in itertools.combinations(sorted(everything), n)
        if follow(frozenset(c)) == set(c)
    ]
    assert sorted(map(sorted, stable)) == sorted(map(sorted, tried))


def test_too_many_states_are_not_tried():
    """With more than a few undecided holdings only the repetition's states are looked at."""
    everything = range(20)

    def follow(state):
        if any(not one.certain for one in state.values()):
            return {holding: mark(certain=False) for holding in everything}
        return {holding: mark() for holding in everything if holding not in state}

    found = settle(follow, exact=True)
    assert (False, False, ()) == (found.stable, found.searched, found.equilibria)
    assert set(everything) == set(found.suspended)
    assert not any(one.certain for one in found.suspended.values())


@pytest.mark.parametrize("country", ["FR", "IT", "NL"])
def test_two_majority_holders_have_two_outcomes(country, register):
    """Either one's votes are suspended: two outcomes, both reported, and both votes are ranges."""
    book = pair(register, "60", "60", country)
    answer = votes(book.on(), "A")
    states = answer.fields["equilibria"]
    assert sorted([[], [book.holdings[1].id]]) == sorted(states)
    assert "no-single-equilibrium" in {c.code for c in answer.warnings}
    found = {record.holder: record for record in answer}["B"]
    assert (0, Fraction(3, 5)) == (found.votes.low, found.votes.high)


def test_only_the_companies_concerned_are_warned_about(register):
    """A tangle of two is said of each of them, and of nobody else."""
    book = pair(register, "60", "60", "FR")
    book.holds("P", "T", "60")
    assert "no-single-equilibrium" in {c.code for c in votes(book.on(), "A").warnings}
    assert "no-single-equilibrium" not in {c.code for c in votes(book.on(), "T").warnings}
    assert "no-single-equilibrium" not in {c.code for c in control(book.on(), by="P").warnings}


def test_three_in_a_ring_have_three_outcomes(register):
    """Each reaches the next two; whoever is silenced breaks the ring for the others."""
    book = register()
    names = ["A", "B", "C"]
    for name in names:
        book.party(name, jurisdiction="FR")
    for one, other in zip(names, [*names[1:], names[0]], strict=True):
        book.holds(one, other, "60")
    settled = rights_of(book.on()).settled
    assert [1, 1, 1] == [len(state) for state in settled.equilibria]
    assert 3 == len(frozenset.union(*settled.equilibria))


def test_no_outcome_is_said():
    """Where every state undoes itself there is none, and the votes are ranges."""
    found = settle(follower(lambda s: {1} - s), exact=True)
    assert ((), False) == (found.equilibria, found.stable)
    assert {1: False} == {holding: one.certain for holding, one in found.suspended.items()}


def test_dates_of_laws():
    """A law has no limit before its first day."""
    assert RECIPROCAL["DE"].limit_on(dt.date(1965, 12, 31)) is None
    assert QUARTER == RECIPROCAL["DE"].limit_on(dt.date(1966, 1, 1))
