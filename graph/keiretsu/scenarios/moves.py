"""Smallest moves: how much a party must buy, or may sell, before control or votes switch."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures import Answer, Verdict, percent
from keiretsu.model import Caution
from keiretsu.rights import control_rule, rights_of
from keiretsu.rights.silencing import in_loop
from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.book import Book
from keiretsu.scenarios.control_changes import DEFAULT_RULES
from keiretsu.scenarios.cut import around
from keiretsu.scenarios.edits import Hold, Transfer
from keiretsu.scenarios.group import group_of
from keiretsu.scenarios.move_record import Move
from keiretsu.scenarios.scenario import check_recorded, scenario
from keiretsu.scenarios.standing import Standing, standing_of, switches
from keiretsu.scenarios.sweep import Stretch, stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.snapshot import Snapshot

GRID = 10**8
"""Where shares are not counted, a unit is a millionth of a percent: the sixth decimal told."""

_STEP = Fraction(1, 20)
"""Between two samples; what switches on and off again within so much of the capital is not seen."""

_CLOSE = Fraction(1, 1000)
"""Of a unit: so near to a limit it is tried whether the limit itself belongs to it."""


def moves(
    world: Snapshot, party: str, company: str, *, rules: Sequence[str] = DEFAULT_RULES
) -> Answer[Move]:
    """Return at which stakes of a party in a company control or votes switch.

    Parameters
    ----------
    world
        The world on a date.
    party
        Name of the party; its stake is that of its group, see `Hold`.
    company
        Name of the company.
    rules
        Names of the rules of control that are looked at.

    Returns
    -------
    Answer of Move
        Purchases and sales at which something switches, of the company or of one that it is in a
        loop with: the nearest ones first, each to be made in place of the others. Its fields have
        the stake today, `ranges` of the stake over which everything stays the same, `control` (by
        each rule the smallest purchase that gives it, or the largest sale that keeps it) and
        `blocks` (whether to buy all that another holder has would give control not had yet).

    Raises
    ------
    InputError
        If the stake is only known as a range, or nothing is recorded on the day.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.

    Notes
    -----
    Shares are bought from what no named holder has, with single votes, and sold there. Where they
    are counted the answer is tight to the share, else to the sixth decimal of a percentage.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "30%", ("c", "b"): "20%"})
    >>> move = moves(world, "a", "b", rules=["majority-votes"])[0]
    >>> move.sense, move.as_dict()["percent"], move.as_dict()["change_percent"]
    ('more than', 50.0, 20.0)
    """
    check_recorded(world)
    line = _Line(world, party, company, rules)
    found = line.ranges()
    here = next(n for n, one in enumerate(found) if one.first <= line.now <= one.last)
    ups = [line.move(found, n, n + 1) for n in range(here, len(found) - 1)]
    downs = [line.move(found, n, n - 1) for n in range(here, 0, -1)]
    one, other = (world.parties[position] for position in (line.head, line.issuer))
    fields: dict[str, Any] = {
        "party": one.label,
        "party_id": one.id,
        "company": other.label,
        "company_id": other.id,
        "rules": list(rules),
        "stake_percent": percent(line.stake),
        "stake_shares": round(line.stake * line.whole) if line.counted else None,
        "unit": "one share" if line.counted else "0.000001 % of the capital",
        "control": [line.controlled(found, here, rule) for rule in rules],
        "ranges": [line.told(one, current=n == here) for n, one in enumerate(found)],
        "blocks": line.blocks(),
    }
    return Answer("moves", world, (*ups, *downs), fields, line.cautions())


class _Line:
    """The stake of one party in one company as a line of whole units."""

    def __init__(self, world: Snapshot, party: str, company: str, rules: Sequence[str]) -> None:
        self.rules = [control_rule(rule).name for rule in rules]
        self.head, self.issuer = world.position(party), world.position(company)
        if self.head == self.issuer:
            raise InputError("a company does not control itself", mend="name two parties")
        self.world = around(world, {self.head, self.issuer})
        self.members = group_of(self.world, self.head, self.issuer)
        book = Book(self.world, self.issuer, world.parties[self.issuer].label)
        stakes = book.of(self.members)
        if any(not stake.is_exact for stake in stakes):
            raise InputError(
                f"what {world.parties[self.head].label} has of {book.label} is only known as a "
                "range",
                mend="suppose a stake with whatif",
            )
        held = sum((stake.low for stake in stakes), Fraction(0))
        self.counted = book.issued is not None
        self.whole = book.issued or GRID
        self.stake = held / book.whole
        own = sum((stake.low for stake in book.of({self.issuer})), Fraction(0)) / book.whole
        self.voting = 1 - min(own, Fraction(99, 100))
        self.now = round(self.stake * self.whole)
        self.most = int((self.stake + book.rest / book.whole) * self.whole)
        # Without any share there are no votes to be silenced: a last share is kept.
        self.least = min(self.now, 1)
        self.companies = {self.issuer, *in_loop(self.world)}

    # -- what a stake does ---------------------------------------------------------------------

    def supposed(self, units: Fraction) -> Snapshot:
        """Return the world with another stake; the record's own where it is that of today."""
        if units == self.now or units == self.stake * self.whole:
            return self.world
        parties = self.world.parties
        share = Amount(units / self.whole)
        if self.counted and units.denominator == 1:
            share = Amount(units, Unit.SHARES)
        edit = Hold(parties[self.head].id, parties[self.issuer].id, share)
        return scenario(self.world, [edit])

    def standing(self, units: Fraction) -> Standing:
        """Return how things stand with another stake."""
        return standing_of(self.supposed(units), self.companies, self.rules)

    def ranges(self) -> tuple[Stretch[Standing], ...]:
        """Return the stretches of the stake over which everything stays the same."""
        count = int(1 / _STEP)
        samples = {int(n * _STEP * self.whole) for n in range(count + 1)}
        inside = {point for point in samples if self.least < point < self.most}
        points = {self.least, self.now, self.most, *inside}
        return stretches(lambda units: self.standing(Fraction(units)), sorted(points))

    # -- what is told --------------------------------------------------------------------------

    def move(self, found: Sequence[Stretch[Standing]], start: int, end: int) -> Move:
        """Return the move from one stretch to the next one, up or down."""
        up = end > start
        inner, outer = (
            (found[start].last, found[end].first) if up else (found[start].first, found[end].last)
        )
        inclusive = self.counted or self._belongs(inner, outer, found[end].state)
        limit = outer if inclusive else inner
        stake = Fraction(limit, self.whole)
        after = self.supposed(Fraction(outer))
        return Move(
            "buy" if up else "sell",
            stake,
            abs(stake - self.stake),
            limit if self.counted else None,
            abs(limit - self.now) if self.counted else None,
            inclusive,
            min(stake / self.voting, Fraction(1)),
            rights_of(after).votes.bounds(self.issuer, set(self.members)),
            switches(self.world, found[start].state, found[end].state),
        )

    def _belongs(self, inner: int, outer: int, beyond: Standing) -> bool:
        """Return whether the outer of two neighbours is the limit itself.

        If what is just beyond the inner one is as what lies beyond, the inner one is the limit, and
        does not belong to it.
        """
        towards = 1 if outer > inner else -1
        return self.standing(inner + towards * _CLOSE) != beyond

    def controlled(
        self, found: Sequence[Stretch[Standing]], here: int, rule: str
    ) -> dict[str, Any]:
        """Return how control of the company is gained by the smallest purchase, or lost by a sale.

        The first stretch upward in which it is certain; the first downward in which it is not.
        """
        name = control_rule(rule).name
        verdict = self._verdict(found[here].state, name)
        has = verdict is Verdict.CERTAIN
        places = range(here, -1, -1) if has else range(here, len(found))
        change = next(
            (n for n in places if (self._verdict(found[n].state, name) is Verdict.CERTAIN) != has),
            None,
        )
        row: dict[str, Any] = {"rule": name, "verdict": verdict.value}
        row["what"] = "lost by selling" if has else "gained by buying"
        if change is None:
            return {**row, "move": None}
        step = 1 if has else -1
        told = self.move(found, change + step, change).as_dict()
        keys = ("sense", "inclusive", "percent", "change_percent", "shares", "change_shares")
        return {**row, "move": {key: told[key] for key in keys}}

    def _verdict(self, state: Standing, rule: str) -> Verdict:
        wanted = (self.head, self.issuer, rule)
        found = (one.verdict for one in state.control if one[:3] == wanted)
        return next(found, Verdict.IMPOSSIBLE)

    def told(self, one: Stretch[Standing], *, current: bool) -> dict[str, Any]:
        """Return a stretch as plain data."""
        start = 0 if one.first == self.least else one.first
        first, last = (Fraction(end, self.whole) for end in (start, one.last))
        nothing = Standing(frozenset(), frozenset())
        return {
            "from_percent": percent(first),
            "to_percent": percent(last),
            "from_shares": start if self.counted else None,
            "to_shares": one.last if self.counted else None,
            "current": current,
            "holds": [switch.state for switch in switches(self.world, nothing, one.state)],
        }

    def blocks(self) -> list[dict[str, Any]]:
        """Return, for each other holder, by which rules to buy all that it has gives control.

        A rule by which the party has control already is given by no block.
        """
        parties, label = self.world.parties, self.world.parties[self.issuer].id
        book = Book(self.world, self.issuer, label)
        left_out = {*self.members, self.issuer}
        sizes: dict[int, Fraction] = {}
        for stake in book.stakes:
            if stake.is_shares and stake.is_exact and stake.low and stake.holder not in left_out:
                sizes[stake.holder] = sizes.get(stake.holder, Fraction(0)) + stake.low
        today = standing_of(self.world, {self.issuer}, self.rules)
        open_rules = [r for r in self.rules if self._verdict(today, r) is not Verdict.CERTAIN]
        rows = []
        for holder in sorted(sizes, key=lambda one: (-sizes[one], one)):
            edit = Transfer(parties[holder].id, parties[self.head].id, label)
            after = standing_of(scenario(self.world, [edit]), {self.issuer}, self.rules)
            gives = [r for r in open_rules if self._verdict(after, r) is Verdict.CERTAIN]
            rows.append(
                {
                    "holder": parties[holder].label,
                    "holder_id": parties[holder].id,
                    "percent": percent(sizes[holder] / book.whole),
                    "gives_control_by": gives,
                }
            )
        return rows

    def cautions(self) -> tuple[Caution, ...]:
        """Return what is assumed of the parties concerned."""
        labels = {self.world.parties[one].label for one in {*self.companies, *self.members}}
        every = (*self.world.cautions, *rights_of(self.world).cautions)
        text = "shares bought from the market are taken to be ones with single votes"
        own = [Caution("single-votes-bought", text)]
        if not self.counted:
            label = self.world.parties[self.issuer].label
            text = "shares are not counted on the day: limits are told in percent of the capital"
            own.append(Caution("shares-not-counted", text, (label,)))
        found: Iterable[Caution] = (c for c in every if c.parties and set(c.parties) <= labels)
        return tuple(sorted({*own, *found}))
