"""The Renault-Nissan-State core: figures as published, and what follows from them."""

import datetime as dt
from fractions import Fraction

import pytest
from alliance_builder.ends import needs_end_document
from alliance_builder.quality import every_claim

from keiretsu.model import (
    AgreementKind,
    Directness,
    Interest,
    PartialDate,
    Period,
    Share,
    Sourcing,
    Status,
    VotesBasis,
)

TABLE_DAY = PartialDate.parse("2020-12-31")


def on_table_day(claims):
    """Return the accepted level of 31 December 2020 among holdings of one pair."""
    (found,) = [c for c in claims if c.stated_for == TABLE_DAY and c.status is Status.ACCEPTED]
    return found


def capital_of(alliance, day):
    """Return the claim about Renault's capital stated for a day."""
    (found,) = [c for c in alliance.capitals if str(c.stated_for) == day]
    return found


def test_renaults_table_of_2020(alliance, between):
    """The table of the registration document (p. 432) stands with its share counts."""
    counts = {
        "French State": 44_387_915,
        "Nissan Finance Co., Ltd.": 44_358_343,
        "Daimler": 9_167_391,
        "Employees of Renault": 14_380_361,
    }
    found = {name: on_table_day(between(name, "Renault")).shares for name in counts}
    assert counts == found
    capital = capital_of(alliance, "2020-12-31")
    others = 178_890_075
    assert capital.issued == sum(counts.values()) + capital.treasury + others
    assert (295_722_284, 4_538_199) == (capital.issued, capital.treasury)


def test_votes_of_2020_follow_from_counts_and_registrations(alliance, between, named):
    """Oracle vote-01: 28.61 % exercisable and 22.00 % gross for the State, to the vote."""
    registered = {}
    for claim in alliance.registrations:
        known = claim.stated_for == TABLE_DAY or claim.period.surely_holds(dt.date(2020, 12, 31))
        if known:
            registered[claim.holder] = claim.shares
    votes = {}
    for name in ("French State", "Nissan Finance Co., Ltd.", "Daimler", "Employees of Renault"):
        shares = on_table_day(between(name, "Renault")).shares
        double = registered[named(name).id]
        votes[name] = shares + (shares if double is None else double)
    assert votes == {
        "French State": 88_775_830,
        "Nissan Finance Co., Ltd.": 88_716_686,
        "Daimler": 15_741_908,
        "Employees of Renault": 24_377_299,
    }
    capital = capital_of(alliance, "2020-12-31")
    assert capital.exercisable_votes == 310_263_918
    nissan = votes["Nissan Finance Co., Ltd."]
    assert capital.gross_votes == capital.exercisable_votes + nissan + capital.treasury
    assert capital.gross_votes == 403_518_803
    state = Fraction(votes["French State"] * 100)
    assert round(state / capital.exercisable_votes, 2) == Fraction("28.61")
    assert round(state / capital.gross_votes, 2) == 22
    assert "derived" in capital.note
    assert capital.unsourced_fields == ("gross_votes",)


def test_nissan_finance_holds_renault_without_a_gap(between, named):
    """The vehicle holds since 29 March 2002; its curated intervals state no votes."""
    intervals = [c for c in between("Nissan Finance Co., Ltd.", "Renault") if not c.is_level]
    periods = [c.period for c in intervals]
    assert periods == [
        Period.parse("2002-03-29", "2002-05-28"),
        Period.parse("2002-05-28", "2023-11-08"),
        Period.parse("2023-11-08"),
    ]
    assert [Share.from_percent(p) for p in ("13.5", "15", "15")] == [c.capital for c in intervals]
    assert [None, None] == [c.votes for c in intervals[:2]]
    assert {Directness.DIRECT} == {c.directness for c in intervals}
    vehicle = between("Nissan", "Nissan Finance Co., Ltd.")
    assert [(Share.point(1), Period.parse("2002-02-23"))] == [
        (c.capital, c.period) for c in vehicle
    ]
    own = between("Nissan", "Renault")
    assert len(own) == 4  # the fourth corrects what an article garbled
    via = (named("Nissan Finance Co., Ltd.").id,)
    assert {(Directness.INDIRECT, via)} == {(c.directness, c.via) for c in own}


def test_votes_are_back_in_2023(alliance, between):
    """Oracle vote-02: 88,716,686 votes are 22.13 % of the gross and about 22.4 % of the rest."""
    claim = between("Nissan Finance Co., Ltd.", "Renault")[-1]
    assert (44_358_343, 88_716_686) == (claim.shares, claim.vote_count)
    assert claim.votes_basis is VotesBasis.GROSS
    gross = capital_of(alliance, "2023-11-08").gross_votes
    treasury = capital_of(alliance, "2022-10-31").treasury
    assert (400_881_000, 4_562_561) == (gross, treasury)
    assert Share.point(round(Fraction(claim.vote_count, gross), 4)) == claim.votes
    assert round(Fraction(100 * claim.vote_count, gross - treasury), 1) == Fraction("22.4")


def test_own_shares_follow_from_published_votes(alliance):
    """Oracle vote-10: theoretical less exercisable votes are own shares and, once, Nissan's."""
    assert len([c for c in alliance.capitals if c.exercisable_votes and c.gross_votes]) == 6
    for claim in alliance.capitals:
        if claim.exercisable_votes and claim.gross_votes:
            suspended = 88_716_686 if claim.stated_for < PartialDate.parse("2023-11-08") else 0
            gap = claim.gross_votes - claim.exercisable_votes
            assert gap == suspended + claim.treasury, claim.stated_for


def test_the_states_double_votes_of_2016(alliance, between, named):
    """Oracle vote-09: 44,387,915 double and 14,000,000 single shares, 26.05 % of gross votes."""
    state = named("French State").id
    first, second = sorted(
        (c for c in alliance.registrations if c.holder == state), key=lambda c: str(c.period.start)
    )
    assert Period.parse("2016-04-03", "2017-11-02") == first.period
    assert Period.parse("2017-11-02") == second.period
    assert (44_387_915, None) == (first.shares, second.shares)
    (level,) = [c for c in between("French State", "Renault") if str(c.begins) == "2016-04-06"]
    assert level.shares == first.shares + 14_000_000
    assert level.votes_basis is VotesBasis.GROSS
    implied = (level.shares + first.shares) / level.votes.low
    assert round(implied / 1_000_000, 1) == Fraction("394.5")


def test_renault_shares_have_two_votes_when_registered(alliance, named):
    """L.225-123: one vote, two after two years of registration, from 3 April 2016."""
    renault = named("Renault").id
    (shares,) = [claim for claim in alliance.share_classes if claim.issuer == renault]
    assert (1, 2) == (shares.votes_per_share, shares.registered_votes_per_share)
    assert str(shares.registered_votes_from) == "2016-04-03"


def test_capital_is_known_on_every_later_day(alliance, named):
    """The 295,722,284 shares are one interval since the Daimler swap."""
    renault = named("Renault").id
    (interval,) = [c for c in alliance.capitals if not c.is_level and c.issuer == renault]
    assert (295_722_284, Period.parse("2010-04-28")) == (interval.issued, interval.period)


def test_agreements_that_change_votes(alliance, named):
    """The caps of 2016 and 2023 and the trust deed bind whom they bind."""
    found = {
        (alliance.parties[claim.issuer].label, claim.kind, claim.cap, claim.bound): claim
        for claim in alliance.agreements
        if claim.kind in (AgreementKind.VOTE_CAP, AgreementKind.TRUST_DEED)
    }
    nissan = tuple(sorted((named("Nissan").id, named("Nissan Finance Co., Ltd.").id)))
    trust = (named("Renault Nissan share trust (French fiducie)").id,)
    state = (named("French State").id,)
    cap, deed = AgreementKind.VOTE_CAP, AgreementKind.TRUST_DEED
    assert set(found) == {
        ("Renault", cap, Fraction(179, 1000), state),
        ("Renault", cap, Fraction(1, 5), state),
        ("Renault", cap, Fraction(15, 100), nissan),
        ("Nissan", cap, Fraction(15, 100), (named("Renault").id,)),
        ("Nissan", deed, None, trust),
    }
    of_state = found["Renault", cap, Fraction(179, 1000), state]
    assert ("ordinary",) == of_state.decisions
    assert Period.parse("2016-02-04", "2023-11-08") == of_state.period
    high = found["Renault", cap, Fraction(1, 5), state]
    assert ("ordinary-high-quorum",) == high.decisions
    later = [claim for claim in found.values() if claim not in (of_state, high)]
    assert {Period.parse("2023-11-08")} == {claim.period for claim in later}


OTHER_AGREEMENTS = [
    # kind, issuer, from, until
    ("warrants", "Nissan", "1999-03-27", "2002-03-01"),
    ("master-agreement", "Renault-Nissan-Mitsubishi alliance", "1999-03-27", "2001-12-20"),
    ("master-agreement", "Renault-Nissan-Mitsubishi alliance", "2001-12-20", "2002-03-28"),
    ("master-agreement", "Renault-Nissan-Mitsubishi alliance", "2002-03-28", "2023-11-08"),
    ("standstill", "Nissan", "2002-03-28", "2023-11-08"),
    ("non-interference", "Nissan", "2015-12-11", "2023-11-08"),
    ("master-agreement", "Renault-Nissan-Mitsubishi alliance", "2016-10-20", ""),
    ("master-agreement", "Renault-Nissan-Mitsubishi alliance", "2023-11-08", ""),
    ("standstill", "Nissan", "2023-11-08", ""),
    ("standstill", "Renault", "2023-11-08", ""),
]


def test_agreements_that_change_no_votes(alliance):
    """Warrants, the master agreements, standstills and the covenant follow each other."""
    quiet = [c for c in alliance.agreements if c.cap is None and c.kind != "trust-deed"]
    found = sorted(
        (str(c.period.start), c.kind.value, alliance.parties[c.issuer].label, str(c.period.end))
        for c in quiet
    )
    assert found == sorted((f, kind, who, u or "None") for kind, who, f, u in OTHER_AGREEMENTS)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1999-03-26", set()),
        ("2005-01-01", {"Renault", "Nissan"}),
        ("2018-12-31", {"Renault", "Nissan", "Mitsubishi Motors"}),
    ],
)
def test_the_alliance_has_members_by_its_agreements(alliance, named, day, members):
    """An alliance is the issuer of the agreements that make it; their parties are its members."""
    issuer, on = named("Renault-Nissan-Mitsubishi alliance").id, dt.date.fromisoformat(day)
    found = {
        alliance.parties[party].label
        for claim in alliance.agreements
        if claim.issuer == issuer and claim.period.surely_holds(on)
        for party in claim.parties
    }
    assert members == found


def test_renault_is_the_trusts_beneficiary(between):
    """The fiducie's benefit is Renault's, and its votes are not."""
    (claim,) = between("Renault", "Renault Nissan share trust (French fiducie)")
    assert claim.interest is Interest.BENEFICIARY
    assert (Share.point(1), None) == (claim.capital, claim.votes)


def test_the_picture_on_the_day_of_the_article(between):
    """On 3 September 2019: State 15.01 %, Renault 43.4 %, Nissan 34 % of Mitsubishi Motors."""
    day = dt.date(2019, 9, 3)
    expected = {
        ("French State", "Renault"): "15.01",
        ("Renault", "Nissan"): "43.4",
        ("Nissan Finance Co., Ltd.", "Renault"): "15",
        ("Nissan", "Mitsubishi Motors"): "34",
        ("Daimler", "Renault"): "3.1",
        ("Daimler", "Nissan"): "3.1",
        ("Renault", "Daimler"): "1.54",
    }
    for (holder, issuer), percent in expected.items():
        (claim,) = [
            c for c in between(holder, issuer) if not c.is_level and c.period.surely_holds(day)
        ]
        assert Share.from_percent(percent) == claim.capital, (holder, issuer)


def test_stale_levels_are_closed(between):
    """Rostec Auto's 64.6 % of AvtoVAZ ends when Lada Auto Holding has all of it."""
    level = between("Alliance Rostec Auto B.V.", "AvtoVAZ")[-1]
    assert level.is_level
    assert "2018-12-26" == str(level.period.end)
    assert "end" in level.unsourced_fields
    (successor,) = between("Lada Auto Holding", "AvtoVAZ")
    assert (Share.point(1), "2018-12-26") == (successor.capital, str(successor.period.start))


def test_what_was_hidden_is_known_later(between):
    """BAIC's 9.98 % of Daimler could be known from its disclosure only."""
    smaller, larger = between("BAIC Group", "Daimler")
    assert ("2019-12", "2021-12-13") == (str(larger.begins), str(larger.known_from))
    assert "2019-12" == str(smaller.period.end)
    assert smaller.document != larger.document == smaller.end_document


def test_every_end_has_a_document_that_can_tell_it(alliance):
    """A claim's document appeared after its end, or another is named, or the end is unsourced."""
    claims = every_claim(alliance)
    assert [] == [c.id for c in claims if needs_end_document(c, alliance.documents)]
    told = [claim for claim in claims if claim.end_document]
    assert len(told) == 35


def test_reasons_of_overrides_are_in_the_notes(between):
    """Who reads a changed claim reads why it was changed, and which fields the source lacks."""
    (disputed,) = [
        c for c in between("Employees of Renault", "Renault") if c.status is Status.DISPUTED
    ]
    assert "edited: another definition of the holding" in disputed.note
    level = between("Alliance Rostec Auto B.V.", "AvtoVAZ")[-1]
    assert level.sourcing is Sourcing.PARTLY_SOURCED
    assert "not shown by the source: date" in level.note
