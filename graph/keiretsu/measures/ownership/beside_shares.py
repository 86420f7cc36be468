"""What stands beside the shares of an answer on ownership: remainders, closed loops, cautions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import cautions_about, percent_fields
from keiretsu.measures.flow import BEYOND, Flow, closed_loop_cautions
from keiretsu.model import Caution, Remainder
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from keiretsu.measures.ownership.integrated import Shares
    from keiretsu.snapshot import Snapshot

_NAMES = {Remainder.FLOAT: "float", Remainder.UNDISCLOSED: "undisclosed", Remainder.NONE: "nobody"}


def remainder_fields(snapshot: Snapshot, flow: Flow, shares: Shares) -> dict[str, Any]:
    """Return what ends in floats, with the undisclosed, with nobody, and in closed loops."""
    fields: dict[str, Any] = {}
    for kind in BEYOND:
        fields |= percent_fields(_NAMES[kind], shares.beyond[kind])
    fields |= percent_fields("no_outside_owner", shares.closed)
    fields |= percent_fields("itself", shares.itself)
    for name, loops in (
        ("closed_loops", flow.loops),
        ("loops_that_may_close", flow.loops_that_may_close()),
    ):
        fields[name] = [[snapshot.parties[p].label for p in loop] for loop in loops]
    return fields


def cautions_of(
    snapshot: Snapshot, flow: Flow, shares: Shares, parties: set[int]
) -> tuple[Caution, ...]:
    """Return what was assumed about the parties, and what must be said of loops and bounds."""
    found = list(snapshot.cautions)
    if flow.ledger.right != "capital":
        found += rights_of(snapshot).cautions
    about = cautions_about(snapshot, found, parties)
    perhaps = "these companies may be wholly held by each other: in such a world, no outside owner"
    said = (
        *closed_loop_cautions(snapshot, flow.loops),
        *closed_loop_cautions(snapshot, flow.loops_that_may_close(), perhaps),
    )
    bounded = Caution("truncated", "there are too many paths: the shortest are summed")
    return (*about, *said, *shares.cautions, *((bounded,) if shares.truncated else ()))


def own_shares_alone(label: str) -> Caution:
    """Return what must be said of a company of which nobody but itself is known to hold a part."""
    text = "only own shares are known; nobody owns those, so that what others hold is 100 %"
    return Caution("own-shares-alone", text, (label,))


def loops_of(head: int, flow: Flow) -> list[list[int]]:
    """Return the closed loops of a party at which the climb was taken to end."""
    if not flow.ledger.lines_of(head):
        return []
    whole = Flow(flow.snapshot, flow.ledger, flow.parties)
    return [loop for loop in whole.loops if head in loop]
