"""What would follow if the undisclosed part were someone's: asked for one party at a time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent
from keiretsu.measures.flow import Flow, above
from keiretsu.model import Remainder

if TYPE_CHECKING:
    from keiretsu.snapshot import Ledger, Snapshot


def what_undisclosed_could_add(
    snapshot: Snapshot, ledger: Ledger, company: int, party: int
) -> dict[str, Any]:
    """Return how much more of a company a party could have.

    Parameters
    ----------
    snapshot
        The world on a date.
    ledger
        The right that is followed.
    company, party
        Positions; what passes through the party counts as its own.

    Returns
    -------
    dict
        `percent_max`, the most the party has by what is declared; `could_have_percent`, the most
        it could have if all undisclosed parts above the company were its; `could_add_percent`, the
        difference; and `issuers`, what each issuer's undisclosed part alone could add.

    Notes
    -----
    The parts of several issuers need not add up to the whole: with loops, or where ranges leave
    the order of the best world open, together they bring more or less than one by one.
    """
    parties = list(dict.fromkeys((*above(ledger, company), party)))
    flow = Flow(snapshot, ledger, parties, absorbing={party})
    start, goal = flow.index[company], flow.index[party]
    hidden = flow.beyond(Remainder.UNDISCLOSED)
    declared = flow.chain.visit({goal}, [start]).first[start].high
    most = flow.chain.visit({goal, hidden}, [start]).first[start].high
    if not ledger.lines_of(company) and company != party:
        most = Fraction(snapshot.remainder_of(company) is Remainder.UNDISCLOSED)
    issuers: list[dict[str, Any]] = []
    for issuer in flow.chain.sources.get(hidden, []):
        alone = flow.with_undisclosed_of(issuer, goal).visit({goal}, [start]).first[start].high
        if alone > declared:
            one = snapshot.parties[flow.parties[issuer]]
            issuers.append(
                {
                    "issuer": one.label,
                    "issuer_id": one.id,
                    "could_add_percent": percent(alone - declared),
                }
            )
    return {
        "party": snapshot.parties[party].label,
        "party_id": snapshot.parties[party].id,
        "percent_max": percent(declared),
        "could_have_percent": percent(most),
        "could_add_percent": percent(most - declared),
        "issuers": sorted(issuers, key=lambda row: (-row["could_add_percent"], row["issuer"])),
    }
