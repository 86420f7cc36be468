"""Scenarios: a world in which something is supposed. A scenario is a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Caution
from keiretsu.scenarios.agreeing import adopt, domicile, end
from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.draft import Draft
from keiretsu.scenarios.edits import (
    Adopt,
    BuyBack,
    Cancel,
    Convert,
    Domicile,
    Done,
    Edit,
    End,
    Hold,
    Issue,
    Merge,
    NewParty,
    Propose,
    Sense,
    Split,
    Transfer,
)
from keiretsu.scenarios.group import group_of
from keiretsu.scenarios.moving import buy_back, cancel, convert, hold, issue, transfer
from keiretsu.scenarios.proposing import find_proposal, propose
from keiretsu.scenarios.restructuring import merge, new_party, split
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from keiretsu.model import Agreement, ClaimSet, Number, Proposal

_CARRY_OUT: Mapping[type, Callable[..., Any]] = {
    Hold: hold,
    Transfer: transfer,
    Issue: issue,
    BuyBack: buy_back,
    Cancel: cancel,
    Convert: convert,
    Merge: merge,
    Split: split,
    Adopt: adopt,
    End: end,
    Domicile: domicile,
    NewParty: new_party,
    Propose: propose,
}


IS_SUPPOSED = "supposed"
"""The code of the warnings that say what is supposed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scenario(Snapshot):
    """A world in which something is supposed.

    Parameters
    ----------
    base
        The world before.
    edits
        What is supposed, and what was done for it.
    """

    base: Snapshot
    edits: tuple[Done, ...] = ()


def scenario(
    world: Snapshot,
    edits: Sequence[Edit] = (),
    *,
    hold: Mapping[tuple[str, str], Number | Amount] | None = None,
    adopt: Sequence[str | Agreement] = (),
    end: Sequence[str] = (),
    proposal: str | Proposal | None = None,
    claims: ClaimSet | None = None,
) -> Scenario:
    """Return the world as it would be if some things were otherwise.

    Parameters
    ----------
    world
        The world on a date.
    edits
        What is supposed, carried out in this order; see `keiretsu.scenarios.edits`.
    hold
        Group stakes by names of holder and issuer, such as ``{("A", "B"): "25%"}``: text as on the
        command line, or fractions of one.
    adopt, end
        Agreements that come into force, or end; rules of law, by article, that end.
    proposal
        IRI or label of a proposal of the data, or the proposal itself.
    claims
        What the sources say (``kg.claims``): where agreements that are not in force in `world`,
        and proposals, are looked up.

    Returns
    -------
    Scenario
        A snapshot with `base` and `edits`, and a warning for each edit. Supposed holdings have a
        claim of the document ``urn:keiretsu:supposed`` that names the real claims in whose place
        they stand.

    Raises
    ------
    InputError
        If an edit cannot be carried out: too few shares are there, no such agreement.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.

    Notes
    -----
    Shares come from somewhere. A stake that grows is bought from the remainder (the float, or the
    undisclosed part) and booked on the holder's wholly-owned vehicle with the largest stake, else
    on the holder; one that falls is sold to the market, the shares with single votes first.
    Multiple votes end when a share changes hands. Among several stakes set at once, those that
    fall are sold first.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("c", "b"): "10%"})
    >>> after = scenario(world, hold={("a", "b"): "45%", ("c", "b"): "51%"})
    >>> sorted((after.parties[h.holder].label, str(h.capital)) for h in after.holdings)
    [('a', '45 %'), ('c', '10 %'), ('c', '41 %')]
    >>> after.edits[0].steps
    ('a sells 15 % of b to the market',)
    """
    check_recorded(world)
    asked: list[Edit] = list(edits)
    if proposal is not None:
        asked.append(Propose(find_proposal(claims, proposal)))
    asked += [Hold(*pair, Amount.read(amount)) for pair, amount in (hold or {}).items()]
    asked += [Adopt(name) for name in adopt]
    asked += [End(name) for name in end]
    draft = Draft(world, claims)
    done: dict[int, Done] = {}
    for place in _in_order(world, asked):
        draft.steps = []
        _CARRY_OUT[type(asked[place])](draft, asked[place])
        done[place] = Done(asked[place], tuple(draft.steps))
    draft.cautions += [_told(done[place]) for place in range(len(asked))]
    supposed = draft.snapshot()
    return Scenario(
        **{one.name: getattr(supposed, one.name) for one in fields(Snapshot)},
        base=world,
        edits=tuple(done[place] for place in range(len(asked))),
    )


def _told(done: Done) -> Caution:
    """Return what every answer about a scenario says of an edit: that it is supposed."""
    steps = [step for step in done.steps if step != str(done.edit)]
    return Caution(IS_SUPPOSED, "; ".join((f"supposed: {done.edit}", *steps)))


def check_recorded(world: Snapshot) -> None:
    """Refuse a world in which nothing is held: its day lies before any data.

    Raises
    ------
    InputError
        If there is no holding at all, and no scenario sold the last one.
    """
    if not world.holdings and not isinstance(world, Scenario):
        raise InputError(
            f"nothing is recorded as held on {world.as_of}",
            mend="ask about a day for which the data has holdings",
        )


def _in_order(world: Snapshot, edits: Sequence[Edit]) -> list[int]:
    """Return in which order edits are carried out: of stakes set in a row, falling ones first."""
    order: list[int] = []
    run: list[int] = []
    for place, edit in enumerate(edits):
        if isinstance(edit, Hold) and edit.sense is Sense.SET:
            run.append(place)
            continue
        order += [*_falling_first(world, edits, run), place]
        run = []
    return [*order, *_falling_first(world, edits, run)]


def _falling_first(world: Snapshot, edits: Sequence[Edit], run: Sequence[int]) -> list[int]:
    return sorted(run, key=lambda place: not _falls(world, edits[place]))


def _falls(world: Snapshot, edit: Edit) -> bool:
    if not isinstance(edit, Hold) or edit.amount.unit is Unit.VOTES:
        return False
    try:
        head, issuer = world.position(edit.holder), world.position(edit.issuer)
    except (InputError, LookupError):
        return False  # a party that another edit adds; unknown ones are told when it is their turn
    members = group_of(world, head, issuer)
    held = [world.holdings[n] for n in world.held_in(issuer) if world.holdings[n].holder in members]
    now = sum(one.capital.low for one in held)
    facts = world.facts.get(issuer)
    if edit.amount.unit is Unit.SHARES:
        return bool(facts and facts.issued and edit.amount.value < now * facts.issued)
    return edit.amount.value < now
