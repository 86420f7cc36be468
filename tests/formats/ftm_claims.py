"""Claims of all kinds that FollowTheMoney carries, for the most part."""

from hypothesis import strategies as st

from keiretsu.model import (
    ID,
    ClaimSet,
    Directness,
    Document,
    Event,
    Holding,
    Interest,
    Office,
    PartialDate,
    Participation,
    Party,
    PartyKind,
    Period,
    Role,
    Share,
    Sourcing,
    Status,
    Tenure,
)
from keiretsu.model.names import tidy

NAMES = st.text("abcdefgh XYZé日", min_size=1, max_size=8).map(tidy).filter(bool)
KEYS = st.text("abc123", min_size=1, max_size=4)
DATES = st.sampled_from(["2018", "2019-03", "2020-02-29"]).map(PartialDate.parse)
PERIODS = st.builds(Period, st.none() | st.just(PartialDate.parse("2017")), st.none() | DATES)
SHARES = st.sampled_from(
    ["0", "43.4", "33.333333", "25-50", "(25,50]", ">25", ">=75", "<5", "unknown", "(50,75)"]
).map(Share.from_percent)
IDENTIFIERS = st.sampled_from(
    [
        ("LEI", "969500F7JLTX36OUI695"),
        ("ISIN", "FR0000131906"),
        ("Wikidata", "Q6686"),
        ("OpenCorporates", "fr/441639465"),
        ("GB-COH", "01234567"),
        ("TSE", "7201"),
    ]
)


@st.composite
def parties(draw):
    label = draw(NAMES)
    aliases = draw(st.sets(NAMES, max_size=2)) - {label}
    return Party(
        id=f"{ID}party/{draw(KEYS)}",
        label=label,
        kind=draw(st.sampled_from(PartyKind)),
        aliases=tuple(sorted(aliases)),
        identifiers=tuple(sorted(draw(st.sets(IDENTIFIERS, max_size=2)))),
        jurisdiction=draw(st.none() | st.sampled_from(["FR", "GB"])),
        listed=draw(st.none() | st.booleans()),
        exists=draw(PERIODS),
    )


DOCUMENTS = st.sampled_from(
    [
        Document(id=f"{ID}document/plain", title="A paper"),
        Document(id=f"{ID}document/web", title="W", url="https://example.org/w"),
    ]
)
USUAL = sorted(set(Interest) - {Interest.VOTING_RIGHTS})


def common(draw, number, document):
    """Return what a claim of any kind has."""
    return {
        "id": f"{ID}claim/{number}",
        "document": document.id,
        "period": draw(PERIODS),
        "note": draw(st.none() | NAMES),
        "status": draw(st.sampled_from([Status.ACCEPTED, Status.DISPUTED])),
        "sourcing": draw(st.sampled_from(Sourcing)),
        "quote": draw(st.none() | NAMES),
    }


def holding(draw, one, other, **more):
    """Return a holding: of votes alone, or of a usual interest."""
    votes = {"votes": draw(st.none() | SHARES)}
    usual = {
        "interest": draw(st.sampled_from(USUAL)),
        "capital": draw(st.none() | SHARES),
        "shares": draw(st.none() | st.integers(0, 10**9)),
    }
    interest = draw(st.sampled_from([{"interest": Interest.VOTING_RIGHTS}, usual]))
    how = draw(st.sampled_from(Directness))
    return Holding(holder=one, issuer=other, directness=how, **votes, **interest, **more)


def tenure(draw, one, other, **more):
    """Return a tenure, of a person who may have nominated itself."""
    return Tenure(
        person=one,
        organisation=other,
        office=draw(st.sampled_from(Office)),
        title=draw(st.just("") | NAMES),
        nominated_by=draw(st.none() | st.just(one)),
        **more,
    )


def event(draw, one, other, **more):
    """Return an event of two."""
    roles = (Participation(one, Role.SUBJECT), Participation(other, Role.ACTOR))
    label = draw(st.sampled_from(["succession", "dinner"]))
    return Event(label=label, participations=roles, **more)


@st.composite
def claim_sets(draw):
    known = {party.id: party for party in draw(st.lists(parties(), min_size=2, max_size=4))}
    one, other = min(known), max(known)
    document = draw(DOCUMENTS)
    found = {holding: [], tenure: [], event: []}
    for number in range(draw(st.integers(0, 4)) if one != other else 0):
        kind = draw(st.sampled_from([holding, holding, tenure, event]))
        found[kind].append(kind(draw, one, other, **common(draw, number, document)))
    return ClaimSet(
        parties=known,
        documents={document.id: document},
        holdings=tuple(found[holding]),
        tenures=tuple(found[tenure]),
        events=tuple(found[event]),
    )
