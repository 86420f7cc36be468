"""Timelines: periods of control and of votes, between the days on which something changes."""

import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError, NameNotFoundError, OverAllocatedError
from keiretsu.measures import control, votes
from keiretsu.model import AgreementKind, Period
from keiretsu.ownership_graph import Material, OwnershipGraph
from keiretsu.scenarios import timeline
from keiretsu.scenarios.control_changes import DEFAULT_RULES
from keiretsu.scenarios.timeline_days import concerning, days_of_change
from keiretsu.scenarios.timeline_regime import regime_of
from keiretsu.snapshot import Snapshot
from keiretsu.views.drawing.timeline_svg import timeline_svg

LAST = dt.date(2024, 12, 31)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def alliance():
    return OwnershipGraph.open()


@pytest.fixture(scope="module")
def nissan(alliance):
    return alliance.timeline("Nissan")


def on(answer, text):
    """Return the period that holds a day."""
    asked = day(text)
    return next(p for p in answer if p.since <= asked and (p.until is None or asked < p.until))


def changed(answer, text):
    """Return what changed on a day, as one text."""
    return " | ".join(c.text for c in next(p for p in answer if p.since == day(text)).changes)


def stake(stakes, holder, issuer):
    found = next(s for s in stakes if (s.holder, s.issuer) == (holder, issuer))
    return float(found.capital.high), float(found.votes.high)


def test_who_controlled_nissan(nissan):
    """Nobody in 1999, Renault by the French presumption from 2002 until the rebalancing of 2023."""
    spans = []
    for period in nissan:
        if not spans or spans[-1][1:] != (period.controller, period.rule):
            spans.append((str(period.since), period.controller, period.rule))
    assert [
        ("1999-05-28", None, None),
        ("2002-03-01", "Renault", "fr-presumption-40"),
        ("2023-11-08", None, None),
    ] == spans


def test_what_nissan_had_and_could_vote(nissan):
    """15 % of Renault without votes until 2023; 34 % of Mitsubishi Motors from 2016 to 2024."""
    vehicle = "Nissan Finance Co., Ltd."
    for then, votes_then in (("2002-06-01", 0), ("2019-09-03", 0)):
        assert (0.15, votes_then) == stake(on(nissan, then).regime.holds, vehicle, "Renault")
    after = on(nissan, "2023-11-09").regime.holds
    assert stake(after, vehicle, "Renault")[1] > 0
    pairs = {(s.holder, s.issuer) for s in on(nissan, "2016-10-19").regime.holds}
    assert ("Nissan", "Mitsubishi Motors") not in pairs
    assert (0.34, 0.34) == stake(
        on(nissan, "2016-10-20").regime.holds, "Nissan", "Mitsubishi Motors"
    )
    assert "stake 34 % → 24.05 %" in changed(nissan, "2024-11-08")


def test_what_changed_is_said_with_its_article(nissan):
    """The article that switches the votes stands beside each change."""
    assert "controlled by Renault, by fr-presumption-40" in changed(nissan, "2002-03-01")
    assert "suspended by C. com. L.233-31" in changed(nissan, "2002-03-29")
    assert "multiple votes by C. com. L.225-123" in changed(nissan, "2016-04-03")
    assert "Nissan in Mitsubishi Motors: new stake of 34 %" in changed(nissan, "2016-10-20")
    told = changed(nissan, "2023-11-08")
    assert "no longer controlled by Renault, by fr-presumption-40" in told
    assert "Renault in Nissan: stake 43.4 % → 15 % of the capital" in told
    assert "votes return: C. com. L.233-31 no longer applies" in told


def test_periods_follow_each_other(nissan):
    """Without gaps, each other than the one before, the last one open."""
    for one, other in pairwise(nissan):
        assert one.until == other.since > one.since
        assert one.regime.told != other.regime.told
        assert other.changes
    assert nissan[-1].until is None


@pytest.mark.parametrize(
    "then", ["2001-06-01", "2002-05-28", "2015-05-01", "2019-09-03", "2024-10-03"]
)
def test_a_period_is_what_the_whole_world_says(then, nissan, alliance):
    """Votes and control from the claims that matter are those from all claims."""
    world, period = alliance.snapshot(then), on(nissan, then)
    whole = {r.holder: r.votes for r in votes(world, "Nissan") if r.sources}
    assert whole == {s.holder: s.votes for s in period.regime.votes}
    certain = {
        r.controller
        for r in control(world, of="Nissan", rule="fr-presumption-40")
        if r.verdict == "certain"
    }
    assert (period.controller in certain) == bool(certain)


def test_a_state_has_a_timeline_too(alliance):
    """A party that nobody holds: what it, with its bodies, has and controls."""
    answer = alliance.timeline("French State", since="2015-01-01", until="2016-12-31")
    assert {None} == {p.controller for p in answer}
    assert any("Renault" in {s.issuer for s in p.regime.holds} for p in answer)
    assert "2015-01-01" == answer.fields["from"]


# -- laws ------------------------------------------------------------------------------------


def test_a_law_ends_a_period(register):
    """Where the limit of the Italian law rises, votes change without any claim."""
    book = register()
    for name in "ab":
        book.party(name, jurisdiction="IT", listed=True)
    book.holds("a", "b", "2.5", since="2016-01-01")
    book.holds("b", "a", "2.8", since="2015-09-01")
    answer = timeline(book.claim_set(), "b", day("2016-12-31"))
    assert day("2016-03-18") in [p.since for p in answer]
    assert "TUF 121" in changed(answer, "2016-03-18")


def test_the_time_to_sell_ends_a_period(register):
    """After twelve months none of the excess can be voted: a day that no claim names."""
    book = register()
    for name in "ab":
        book.party(name, jurisdiction="IT", listed=True)
    book.holds("a", "b", "10", since="2018-01-01")
    book.holds("b", "a", "10", since="2019-05-31")
    answer = timeline(book.claim_set(), "a", day("2021-01-01"))
    assert "2020-05-28" == str(answer[-1].since)
    assert 0 == next(s for s in answer[-1].regime.votes if s.holder == "b").votes.high


def test_a_level_grows_too_old(register):
    """Where a level is no longer carried on, the end is said to be one of knowledge."""
    book = register()
    book.holds("a", "b", "60", stated="2018-12-31")
    answer = timeline(book.claim_set(), "b", day("2022-01-01"), max_age_days=365)
    assert [("2018-12-31", "a"), ("2020-01-01", None)] == [
        (str(p.since), p.controller) for p in answer
    ]
    assert "or is only no longer told: the last level is that of 2018-12-31" in changed(
        answer, "2020-01-01"
    )


def test_a_ring_controls_together(register):
    """Companies that control each other are controllers side by side."""
    book = register()
    book.holds("a", "b", "60")
    book.holds("b", "a", "60")
    book.holds("a", "c", "60", since="2019-01-01")
    (period,) = timeline(book.claim_set(), "c", LAST)
    assert "a + b" == period.controller


def test_possible_control_is_told_as_such(register):
    """A band may give control."""
    book = register()
    book.holds("a", "b", "45-55", since="2019-01-01")
    (period,) = timeline(book.claim_set(), "b", LAST, rules=("majority-votes",))
    assert ("a", "possible") == (period.controller, period.verdict)


# -- the days of change ------------------------------------------------------------------------

MOMENTS = st.sampled_from(
    ["2018", "2019", "2018-06", "2018-11", "2019-02", "2018-03-05", "2018-12-31", "2019-07-14"]
)
PERCENTS = st.sampled_from(["10", "30", "41", "45-55", "51", "60", "100"])


@st.composite
def records(draw, register):
    """Return a register of intervals, levels, counts and agreements with dates of any precision."""
    book = register()
    book.party("s").party("f", acts_for="s")
    book.party("a", jurisdiction=draw(st.sampled_from(["FR", "JP", None])))
    book.party("b", jurisdiction=draw(st.sampled_from(["FR", "IT"])), listed=True)
    pairs = draw(
        st.lists(st.sampled_from(["ab", "ba", "bc", "cd", "fa", "sd", "xb", "ac"]), max_size=6)
    )
    for holder, issuer in pairs:
        dates = sorted(draw(st.lists(MOMENTS, min_size=2, max_size=2, unique=True)))
        kind = draw(st.sampled_from(["level", "open", "closed"]))
        when = {"level": {"stated": dates[0]}, "open": {"since": dates[0]}}.get(
            kind, {"since": dates[0], "until": dates[1]}
        )
        try:
            book.holds(
                holder, issuer, draw(PERCENTS), document=f"d{draw(st.integers(1, 2))}", **when
            )
        except InputError:  # "2018" until "2018-03": reversed in every reading
            continue
    if draw(st.booleans()):
        book.party("c", exists=Period.parse(None, "2019-02"))
    if draw(st.booleans()):
        book.agrees("cap", AgreementKind.VOTE_CAP, "b", ["a"], cap=0, since="2018-11")
    book.horizon = dt.date(2020, 12, 31)
    return book


@settings(max_examples=40)
@given(data=st.data())
def test_nothing_changes_between_the_days_of_change(data, register):
    """On any day the period that holds it says what the whole world of that day says."""
    claims = data.draw(records(register)).claim_set()
    focus = data.draw(st.sampled_from("abcs"))
    if focus not in claims.parties:
        return
    try:
        answer = timeline(claims, focus, claims.horizon, max_age_days=300)
    except OverAllocatedError:
        reject()
    except InputError:
        assert not [h for h in claims.holdings if focus in (h.holder, h.issuer)] or focus == "s"
        return
    for number in data.draw(st.lists(st.integers(0, 1000), min_size=3, max_size=6)):
        asked = answer[0].since + dt.timedelta(number)
        if asked <= claims.horizon:
            try:
                world = Snapshot.of(claims, asked, max_age_days=300)
            except OverAllocatedError:  # of a company that has nothing to do with the focus
                continue
            assert regime_of(world, focus, DEFAULT_RULES).told == on(answer, str(asked)).regime.told


def test_claims_that_cannot_matter_are_left_out(alliance):
    """A world of its own for the party: small, with all its holders and theirs."""
    claims = alliance.claims
    bmw = next(p.id for p in claims.parties.values() if p.label == "BMW")
    concerned = concerning(claims, bmw)
    assert 0 < len(concerned.holdings) < len(claims.holdings) / 10
    assert len(days_of_change(concerned, 730)) < len(days_of_change(claims, 730))


# -- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"until": "1990-01-01"}, "nothing is told of 'Nissan' up to 1990-01-01"),
        (
            {"since": "2020-01-01", "until": "2019-01-01"},
            "begins on 2020-01-01, after its last day",
        ),
        ({"rules": ("magic",)}, "no rule is named 'magic'"),
        ({"since": "spring"}, "'spring' is not a date"),
    ],
)
def test_what_cannot_be_told_is_refused(options, message, alliance):
    """In one line, with its mend."""
    with pytest.raises(InputError, match=re.escape(message)):
        alliance.timeline("Nissan", **options)


def test_an_unknown_party_is_refused(alliance):
    """With the nearest names."""
    with pytest.raises(NameNotFoundError, match="Nisan"):
        alliance.timeline("Nisan")


# -- the picture -------------------------------------------------------------------------------


def test_the_picture_is_well_formed_and_tells_the_same(nissan):
    """Rows for control and stakes; hollow where there are no votes; described in words."""
    text = timeline_svg(nissan)
    root = ET.fromstring(text)  # noqa: S314 - our own text
    told = " ".join(root.itertext())
    assert "2002-03-01 to 2023-11-08: Renault, fr-presumption-40" in told
    assert "15 %, no votes" in told
    assert text == timeline_svg(nissan)


def test_hostile_labels_stay_text(register):
    """No markup, no script, no control character leaves its element."""
    evil = "</text><script>alert(1)</script>\"'&\x00\u202e"
    book = register().party("a", aliases=()).party("t")
    book.parties["a"] = type(book.parties["a"])(id="a", label=evil)
    book.holds("a", "t", "60", since="2019-01-01")
    root = ET.fromstring(timeline_svg(timeline(book.claim_set(), "t", LAST)))  # noqa: S314
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {"svg", "title", "desc", "rect", "g", "path", "text"} == tags
    assert "alert(1)" in " ".join(root.itertext())


def test_many_stakes_are_cut(register):
    """The picture stays a page; how many are left out is said."""
    book = register()
    for number in range(40):
        book.holds(f"h{number}", "t", "1", since="2019-01-01")
    assert "and 16 more stakes" in timeline_svg(timeline(book.claim_set(), "t", LAST))


def test_a_new_band_is_told_with_its_ends():
    """More than 25 % is not told as 25 %, and an unknown stake not as nothing to all."""
    table = """holder,issuer,capital_percent,valid_from
Ada,Works,30,2015-01-01
Bea,Works,>25,2016-01-01
Cyd,Works,unknown,2017-01-01
"""
    graph = OwnershipGraph.of([Material(table.encode(), "t.csv", "csv")])
    works = graph.timeline("Works")
    assert "Bea in Works: new stake of >25\N{EN DASH}100 % of the capital" in changed(
        works, "2016-01-01"
    )
    assert "Cyd in Works: new stake of an unknown part" in changed(works, "2017-01-01")
