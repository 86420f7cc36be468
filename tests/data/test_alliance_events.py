"""Offices, figures, events and the article: what the case's questions are asked of."""

import datetime as dt
from collections import Counter, defaultdict
from itertools import combinations

import pytest
from alliance_builder.quality import every_claim

from keiretsu.model import (
    SINGLE_SEAT,
    EventKind,
    Office,
    PartyKind,
    Proposal,
    Role,
    Share,
    Sourcing,
    Status,
)

ARTICLE = "https://w3id.org/keiretsu/id/document/article"
EDITORS = "https://w3id.org/keiretsu/id/document/editors"


@pytest.fixture(scope="module")
def offices(alliance, named):
    """Return a function from a person to offices held on a day: (office, organisation)."""

    def find(name, day):
        on = dt.date.fromisoformat(day)
        return {
            (claim.office.value, alliance.parties[claim.organisation].label)
            for claim in alliance.tenures
            if claim.person == named(name).id
            and not claim.is_level
            and claim.period.possibly_holds(on)
        }

    return find


@pytest.fixture(scope="module")
def event(alliance):
    """Return a function from a label to the event, which is one."""

    def find(label):
        (found,) = [claim for claim in alliance.events if claim.label == label]
        return found

    return find


@pytest.fixture(scope="module")
def of_article(alliance):
    """Return the claims of the article."""
    return [claim for claim in every_claim(alliance) if claim.document == ARTICLE]


# -- offices -------------------------------------------------------------------------------


def test_offices_by_kind(alliance):
    """Every title has its office; few are of no kind that the model knows."""
    assert Counter(claim.office.value for claim in alliance.tenures) == {
        "chief-executive": 37,
        "chair": 22,
        "director": 11,
        "minister": 9,
        "head-of-agency": 5,
        "deputy-chief-executive": 4,
        "other-office": 4,
        "chair-and-chief-executive": 1,
    }
    assert all(claim.title for claim in alliance.tenures)
    people = {claim.person for claim in alliance.tenures}
    assert {PartyKind.PERSON} == {alliance.parties[person].kind for person in people}


def test_ghosns_offices_before_the_arrest(offices):
    """On 18 November 2018 he chairs Nissan, Mitsubishi Motors and Renault, and leads Renault."""
    assert offices("Carlos Ghosn", "2018-11-18") == {
        ("chair", "Nissan"),
        ("chair", "Mitsubishi Motors"),
        ("chair", "Renault"),
        ("chief-executive", "Renault"),
    }
    assert set() == offices("Carlos Ghosn", "2019-01-24")


def test_the_ministers_of_the_call(offices, alliance, named):
    """Each minister heads a ministry that acts for his State."""
    found = {name: offices(name, "2019-09-02") for name in ("Bruno Le Maire", "Hiroshige Seko")}
    assert found == {
        "Bruno Le Maire": {("minister", "Ministry of the Economy and Finance")},
        "Hiroshige Seko": {("minister", "Ministry of Economy, Trade and Industry")},
    }
    for ministry, state in (
        ("Ministry of the Economy and Finance", "French State"),
        ("Ministry of Economy, Trade and Industry", "Government of Japan"),
    ):
        assert state == alliance.parties[named(ministry).acts_for].label


def test_nominees(alliance):
    """Directors whom a State or a shareholder put forward say so."""
    found = {
        tuple(
            alliance.parties[iri].label
            for iri in (claim.nominated_by, claim.person, claim.organisation)
        )
        for claim in alliance.tenures
        if claim.nominated_by
    }
    assert found == {
        ("French State", "Martin Vial", "Renault"),
        ("French State", "Thomas Courbe", "Renault"),
        ("Nissan", "Yasuhiro Yamauchi", "Renault"),
        ("Nissan", "Yu Serizawa", "Renault"),
        ("Nissan", "Joji Tagawa", "Renault"),
        ("State of Lower Saxony", "Stephan Weil", "Volkswagen AG"),
    }


def test_a_single_seat_has_one_holder_at_a_time(alliance):
    """Chairs, chief executives and ministers follow each other in one organisation."""
    seats = defaultdict(list)
    for claim in alliance.tenures:
        if claim.office in SINGLE_SEAT and not claim.is_level:
            seats[claim.organisation, claim.office].append(claim)
    both = []
    for held in seats.values():
        for one, other in combinations(held, 2):
            starts = [c.period.start.first for c in (one, other)]
            ends = [c.period.end.last if c.period.end else dt.date.max for c in (one, other)]
            if one.person != other.person and max(starts) < min(ends):
                both.append((one.title, other.title, one.period, other.period))
    assert len(seats) > 20
    assert [] == both


# -- figures -------------------------------------------------------------------------------


def test_figures_belong_to_heads_of_groups(alliance):
    """A group's figure is its head's and consolidated; the alliance's own is not."""
    found = Counter(
        (alliance.parties[claim.party].kind.value, claim.consolidated) for claim in alliance.figures
    )
    assert {("Company", True): 23, ("Alliance", None): 4} == found
    by_year = Counter((str(c.period.start), str(c.period.end)) for c in alliance.figures)
    assert by_year == {
        ("2017-01-01", "2018-01-01"): 6,
        ("2018-01-01", "2019-01-01"): 20,
        ("2019-01-01", "2020-01-01"): 1,
    }


def test_one_accepted_value_for_each_party_measure_and_year(alliance):
    """Whoever adds vehicles up finds one value, however many claims there are."""
    values = defaultdict(set)
    for claim in alliance.figures:
        if claim.status is Status.ACCEPTED:
            values[claim.party, claim.measure, str(claim.period.start)].add(claim.value)
    assert [] == [key for key, found in values.items() if len(found) > 1]


# -- events --------------------------------------------------------------------------------


def test_events_have_participants_and_known_neighbours(alliance):
    """Somebody takes part in every event; what an event names is a claim of the dataset."""
    known = {claim.id for claim in every_claim(alliance)}
    events = {claim.id for claim in alliance.events}
    for claim in alliance.events:
        assert claim.participations, claim.label
        assert set(claim.leverage) <= known, claim.label
        assert {*claim.led_to, *((claim.part_of,) if claim.part_of else ())} <= events
    assert 78 == len(events)


def test_every_event_has_a_date(alliance):
    """All but the proposal, which stood for days, are of one date."""
    (proposal,) = [claim for claim in alliance.events if not claim.is_level]
    assert isinstance(proposal, Proposal)
    assert ("2019-05-27", "2019-06-06") == tuple(
        map(str, (proposal.period.start, proposal.period.end))
    )


def test_the_proposal_can_be_run(alliance, named):
    """Half of each side's stakes; the French State 7.5 %, Exor 14.5 %, Nissan 7.5 % with votes."""
    (proposal,) = [claim for claim in alliance.events if isinstance(claim, Proposal)]
    company = named("Renault-FCA (proposed company)").id
    stakes = {c.holder: (c.capital, c.votes) for c in proposal.changes if c.issuer == company}
    halves = {"French State": "7.5", "Exor": "14.5", "Nissan Finance Co., Ltd.": "7.5"}
    for name, percent in halves.items():
        share = Share.from_percent(percent)
        assert (share, share) == stakes[named(name).id], name
    owned = {c.issuer: c.capital for c in proposal.changes if c.holder == company}
    assert {named("Renault").id: Share.point(1), named("Stellantis").id: Share.point(1)} == owned
    given_up = {c.holder for c in proposal.changes if c.capital == Share.point(0)}
    assert {*stakes, named("Renault").id} == given_up
    assert "2.5bn" in proposal.terms


def test_who_withheld_what_by_which_leverage(alliance):
    """Nissan's support and the State's approval, each with the holding and the directors."""
    leverage = {claim.id: claim for claim in every_claim(alliance)}
    found = {}
    for claim in alliance.events:
        if claim.kind is EventKind.WITHHOLDING:
            (who,) = [p.party for p in claim.participations if p.role is Role.WITHHOLDER]
            kinds = Counter(type(leverage[iri]).__name__ for iri in claim.leverage)
            found[alliance.parties[who].label, claim.withheld, claim.document == ARTICLE] = kinds
    assert found == {
        ("Nissan", "support", True): {"Holding": 1, "Tenure": 2, "Agreement": 1},
        ("French State", "approval", True): {"Holding": 1, "Tenure": 2},
        ("French State", "vote on the merger", False): {"Holding": 1, "Tenure": 2},
        ("Nissan", "support", False): {"Tenure": 2},
    }


# -- conflicts between sources -------------------------------------------------------------

SIDE_BY_SIDE = [
    # two labels of events that contradict each other, and their dates
    (
        "FCA withdraws merger proposal",
        "FCA withdraws merger proposal, as dated in Europe",
        ("2019-06-05", "2019-06-06"),
    ),
    (
        "Renault-State governance agreement signed",
        "Renault-State governance agreement signed, as the English text dates it",
        ("2016-02-04", "2016-04-04"),
    ),
    (
        "Alliance Master Agreement signed",
        "Alliance Master Agreement signed, as Renault dates it",
        ("2001-12-20", "2000-12-20"),
    ),
]


@pytest.mark.parametrize(("used", "other", "days"), SIDE_BY_SIDE, ids=lambda v: str(v)[:30])
def test_contradicting_dates_stand_side_by_side(event, used, other, days):
    """One is accepted, the other disputed with the reason, each in its own document."""
    one, two = event(used), event(other)
    assert (Status.ACCEPTED, Status.DISPUTED) == (one.status, two.status)
    assert days == (str(one.stated_for), str(two.stated_for))
    assert one.document != two.document
    assert two.note
    assert two.quote


CONFLICTS = [
    # holder, issuer, percentages of capital that sources give
    ("Nissan", "Mitsubishi Motors", {"24.05", "27"}),
    ("Renault", "Nissan", {"43", "43.4", "43.7", "44.3"}),
    ("BAIC Group", "Daimler", {"5", "9.98"}),
    ("Fiat", "Chrysler Group", {"53.5", "55.3"}),
    ("Volkswagen AG", "Traton", {"88.5", "89.7"}),
    ("Employees of Renault", "Renault", {"3.48", "4.86"}),
]


@pytest.mark.parametrize(("holder", "issuer", "percentages"), CONFLICTS)
def test_contradicting_holdings_stand_side_by_side(between, holder, issuer, percentages):
    """No source is silently preferred: every figure is a claim of its own document."""
    claims = [
        claim
        for claim in between(holder, issuer)
        if claim.capital in {Share.from_percent(percent) for percent in percentages}
    ]
    assert len(claims) == len(percentages)
    assert len({claim.document for claim in claims}) > 1


def test_the_states_share_of_stellantis_has_two_readings(between):
    """6.2 % by Bpifrance alone, 6.5 % with the subsidiaries of the Caisse des Depots."""
    (alone,) = between("Bpifrance", "Stellantis")
    (wide,) = between("French State", "Stellantis")
    assert ["6.2 %", "6.5 %"] == [str(alone.capital), str(wide.capital)]
    assert wide.directness == "indirect"


# -- the article ---------------------------------------------------------------------------


def test_the_article_is_a_document_with_two_quotes(alliance, of_article):
    """Title and address, and of its words no more than two short passages."""
    document = alliance.documents[ARTICLE]
    assert document.title.startswith("France and Japan are negotiating cooperation")
    assert document.url.startswith("https://e-press.news/")
    quotes = {claim.quote for claim in of_article if claim.quote}
    assert 2 == len(quotes)
    assert all(len(quote) < 100 for quote in quotes)
    assert 15 == len(of_article)


def test_the_article_tells_the_case(of_article):
    """Call, statement, arrest, stalled merger, who withheld, the reports, figures, ministers."""
    kinds = Counter(
        getattr(claim, "kind", type(claim).__name__)
        for claim in of_article
        if claim.status is not Status.REJECTED
    )
    assert kinds == {
        "report": 3,
        "call": 1,
        "statement": 1,
        "negotiation": 2,
        "arrest": 1,
        "withholding": 2,
        "Tenure": 2,
        "Holding": 1,
    }
    ministers = {c.title for c in of_article if getattr(c, "office", "") is Office.MINISTER}
    assert {"Minister of Economic Affairs and Trade", "Minister of Finance"} == ministers


def test_the_garbled_sentence_is_rejected_and_superseded(alliance, named, of_article):
    """Renault does not hold 15 % of itself: Nissan does, of Renault, without votes."""
    (garbled,) = [c for c in of_article if c in alliance.holdings and c.status is Status.REJECTED]
    renault, nissan = named("Renault").id, named("Nissan").id
    assert (renault, renault) == (garbled.holder, garbled.issuer)
    assert "a 15% non-voting share in Renault" in garbled.quote
    (corrected,) = [c for c in alliance.holdings if garbled.id in c.supersedes]
    assert (nissan, renault) == (corrected.holder, corrected.issuer)
    assert (Share.from_percent(15), Share.point(0)) == (corrected.capital, corrected.votes)
    assert (EDITORS, Status.ACCEPTED) == (corrected.document, corrected.status)


def test_sales_were_meant(alliance, named, of_article):
    """The 10.8 million vehicles were sold, not produced."""
    (printed,) = [claim for claim in of_article if claim in alliance.figures]
    assert (10_800_000, "production", Status.REJECTED) == (
        printed.value,
        printed.measure,
        printed.status,
    )
    (meant,) = [claim for claim in alliance.figures if printed.id in claim.supersedes]
    assert "sales" == meant.measure
    assert round(meant.value / 1_000_000, 1) == printed.value / 1_000_000
    assert named("Renault-Nissan-Mitsubishi alliance").id == meant.party == printed.party
    assert Sourcing.SOURCED is meant.sourcing
