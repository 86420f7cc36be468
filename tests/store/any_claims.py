"""Claims of every kind, with whatever the model can say of them."""

import string
from fractions import Fraction

from hypothesis import strategies as st

from keiretsu.model import (
    ID,
    Agreement,
    AgreementKind,
    Capital,
    ClaimSet,
    DatedName,
    Directness,
    Document,
    Event,
    EventKind,
    Figure,
    Holding,
    Interest,
    Measure,
    Office,
    PartialDate,
    Participation,
    Party,
    PartyKind,
    Period,
    Proposal,
    ProposedHolding,
    Registration,
    Remainder,
    Role,
    Share,
    ShareClass,
    Sourcing,
    Status,
    Tenure,
    VotesBasis,
)
from keiretsu.vocabulary import DECISIONS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
SLUGS = st.text(string.ascii_lowercase + "-é%.", min_size=1, max_size=6)
PARTIES = tuple(f"{ID}party/{name}" for name in ("nissan", "renault", "état", "a.b", "x-1"))
DOCUMENTS = tuple(f"{ID}document/{name}" for name in ("urd-2020", "unsourced", "100%25"))
COUNTS = st.none() | st.integers(0, 10**12)
PERCENTS = st.integers(0, 10**6).map(lambda n: Fraction(n, 10**4 * 100))


def some(values):
    """Return a strategy for sorted tuples of different values: RDF carries no order."""
    return st.lists(values, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def dates(draw):
    """Return a partial date of any precision."""
    year, month, day = (
        draw(st.integers(1900, 2100)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 28)),
    )
    return draw(
        st.sampled_from(
            [PartialDate(year), PartialDate(year, month), PartialDate(year, month, day)]
        )
    )


@st.composite
def periods(draw):
    """Return a period that does not end before it begins."""
    first, second = draw(st.none() | dates()), draw(st.none() | dates())
    if first and second and first.first > second.last:
        first, second = second, first
    return Period(first, second)


@st.composite
def shares(draw):
    """Return a point or a range with open or closed ends."""
    low, high = sorted((draw(PERCENTS), draw(PERCENTS)))
    ends = (False, False) if low == high else (draw(st.booleans()), draw(st.booleans()))
    return Share(low, high, *ends)


def claims(claim_type, **own):
    """Return a strategy for claims of one kind with any common fields."""
    return st.builds(
        claim_type,
        id=SLUGS.map(
            lambda slug: f"{ID}claim/{claim_type.__name__.lower()}-{slug}".replace("%", "%25")
        ),
        document=st.sampled_from(DOCUMENTS),
        period=periods(),
        stated_for=st.none() | dates(),
        known_from=st.none() | dates(),
        status=st.sampled_from(Status),
        sourcing=st.sampled_from(Sourcing),
        unsourced_fields=some(TEXTS),
        supersedes=some(st.sampled_from([f"{ID}claim/old", f"{ID}claim/older"])),
        end_document=st.none() | st.sampled_from(DOCUMENTS),
        record=st.none() | st.sampled_from([f"{ID}record/p-432", f"{ID}record/p-448"]),
        quote=st.none() | TEXTS,
        note=st.none() | TEXTS,
        **own,
    )


ONE = st.sampled_from(PARTIES)
CLASSES = st.none() | st.sampled_from([f"{ID}claim/ordinary-shares", f"{ID}claim/preferred"])
HOLDINGS = claims(
    Holding,
    holder=ONE,
    issuer=ONE,
    interest=st.sampled_from(Interest),
    capital=st.none() | shares(),
    shares=COUNTS,
    votes=st.none() | shares(),
    votes_basis=st.sampled_from(VotesBasis),
    vote_count=COUNTS,
    share_class=CLASSES,
    directness=st.sampled_from(Directness),
    via=some(ONE),
)
SHARE_CLASSES = claims(
    ShareClass,
    issuer=ONE,
    label=TEXTS,
    votes_per_share=PERCENTS,
    registered_votes_per_share=st.none() | PERCENTS,
    registered_votes_from=st.none() | dates(),
)
REGISTRATIONS = claims(Registration, holder=ONE, issuer=ONE, share_class=CLASSES, shares=COUNTS)
CAPITALS = claims(
    Capital, issuer=ONE, share_class=CLASSES, issued=COUNTS, gross_votes=COUNTS
) | claims(Capital, issuer=ONE, share_class=CLASSES, treasury=COUNTS, exercisable_votes=COUNTS)
AGREEMENTS = claims(
    Agreement,
    label=TEXTS,
    kind=st.sampled_from(AgreementKind),
    issuer=ONE,
    parties=some(ONE),
    bound=some(ONE),
    cap=st.none() | PERCENTS,
    decisions=some(st.sampled_from(DECISIONS)).filter(len),
)
TENURES = claims(
    Tenure,
    person=ONE,
    organisation=ONE,
    office=st.sampled_from(Office),
    title=st.just("") | TEXTS,
    nominated_by=st.none() | ONE,
)
FIGURES = claims(
    Figure,
    party=ONE,
    measure=st.sampled_from(Measure),
    value=st.integers(0, 10**9).map(lambda n: Fraction(n, 100)),
    unit=TEXTS,
    consolidated=st.none() | st.booleans(),
)
OTHERS = some(st.sampled_from([f"{ID}claim/x", f"{ID}claim/y"]))
HAPPENED = {
    "label": TEXTS,
    "kind": st.sampled_from(EventKind),
    "participations": some(st.builds(Participation, ONE, st.sampled_from(Role))),
    "outcome": st.none() | TEXTS,
    "withheld": st.none() | TEXTS,
    "leverage": OTHERS,
    "part_of": st.none() | st.just(f"{ID}claim/x"),
    "led_to": OTHERS,
}
EVENTS = claims(Event, **HAPPENED)
CHANGES = st.builds(
    ProposedHolding, ONE, ONE, capital=st.none() | shares(), votes=st.none() | shares()
)
PROPOSALS = claims(
    Proposal,
    **HAPPENED,
    changes=st.lists(
        CHANGES, max_size=3, unique_by=lambda change: (change.holder, change.issuer)
    ).map(lambda found: tuple(sorted(found, key=lambda change: (change.holder, change.issuer)))),
    terms=st.none() | TEXTS,
)


@st.composite
def dated_names(draw):
    """Return a name with the partial dates of its period."""
    period = draw(periods())
    start, end = ("" if date is None else str(date) for date in (period.start, period.end))
    return DatedName(draw(TEXTS), start, end)


@st.composite
def parties(draw, iri):
    """Return a party with any description."""
    label = draw(TEXTS)
    return Party(
        id=iri,
        label=label,
        kind=draw(st.sampled_from(PartyKind)),
        aliases=draw(some(TEXTS.filter(lambda alias: alias != label))),
        former_names=draw(some(dated_names())),
        identifiers=draw(some(st.tuples(st.sampled_from(["LEI", "ISIN", "x y"]), TEXTS))),
        jurisdiction=draw(st.none() | st.sampled_from(["FR", "JP"])),
        listed=draw(st.none() | st.booleans()),
        remainder=draw(st.none() | st.sampled_from(Remainder)),
        acts_for=draw(st.none() | ONE),
        exists=draw(periods()),
    )


@st.composite
def documents(draw, iri):
    """Return a document with any description."""
    return Document(
        id=iri,
        title=draw(TEXTS),
        publisher=draw(st.none() | TEXTS),
        date=draw(st.none() | dates()),
        url=draw(st.none() | TEXTS),
        weak=draw(st.booleans()),
    )


def _of(strategy):
    found = st.lists(strategy, max_size=3, unique_by=lambda claim: claim.id)
    return found.map(lambda some_claims: tuple(sorted(some_claims, key=lambda claim: claim.id)))


@st.composite
def claim_sets(draw):
    """Return a set of claims that names no party or document it does not describe."""
    return ClaimSet(
        parties={iri: draw(parties(iri)) for iri in sorted(PARTIES)},
        documents={iri: draw(documents(iri)) for iri in sorted(DOCUMENTS)},
        holdings=draw(_of(HOLDINGS)),
        share_classes=draw(_of(SHARE_CLASSES)),
        registrations=draw(_of(REGISTRATIONS)),
        capitals=draw(_of(CAPITALS)),
        agreements=draw(_of(AGREEMENTS)),
        tenures=draw(_of(TENURES)),
        figures=draw(_of(FIGURES)),
        events=draw(_of(EVENTS | PROPOSALS)),
        horizon=draw(st.none() | st.dates()),
    )
