"""Control at register scale: answers that compute, and make a record only when one is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.group_weights import group_weights
from keiretsu.measures.answer import PLACES
from keiretsu.measures.control.record import Verdict
from keiretsu.measures.register.control_pair import ControlPair
from keiretsu.measures.register.dominion import Dominion, dominion
from keiretsu.rights import ControlRule, control_rule, turnout_rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from keiretsu.model import Caution
    from keiretsu.snapshot import ColumnarSnapshot

    Integers = NDArray[Any]

Names = Sequence[int | str] | int | str


class RegisterControl(Sequence[ControlPair]):
    """Who controls whom in a register: ``len`` computes it, rows are made when they are read.

    Parameters
    ----------
    snapshot
        The world in columns.
    rule
        The rule of control: a threshold.
    right
        The right that is counted.
    by
        Positions of the controllers asked for; all if None.
    ultimate
        Whether only controllers count that nobody outside their ring controls.
    """

    command = "control"

    def __init__(
        self,
        snapshot: ColumnarSnapshot,
        rule: ControlRule,
        right: str,
        by: Sequence[int] | None = None,
        *,
        ultimate: bool = False,
    ) -> None:
        self.snapshot, self.rule, self.right = snapshot, rule, right
        self._by, self._ultimate = by, ultimate
        self._column = snapshot.column(right)

    @cached_property
    def dominion(self) -> Dominion:
        """Who controls whom, of everybody."""
        return dominion(self.snapshot.network, self._column, self.rule)

    @property
    def fields(self) -> dict[str, Any]:
        """Further fields of the answer, keyed as in JSON."""
        return {"rule": self.rule.name, "rule_text": self.rule.text, "rights": self.right}

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What was assumed."""
        return self.snapshot.cautions

    warnings = cautions

    def controls(self, controller: int, company: int) -> bool:
        """Return whether one party controls another; by preorder numbers where there is a forest.

        The parties are given by their positions, which are their numbers unless these have gaps.
        """
        return self.dominion.controls(controller, company)

    @cached_property
    def heads(self) -> Integers:
        """Positions of the controllers that have rows."""
        heads = self.dominion.tops() if self._ultimate else self.dominion.heads
        return heads if self._by is None else np.intersect1d(heads, np.array(self._by))

    @property
    def sizes(self) -> Integers:
        """Per head, how many rows it has."""
        return np.diff(self._bounds)

    @cached_property
    def _ends(self) -> Integers:
        """Per head, where its rows end."""
        sizes = self.dominion.sizes
        if self._ultimate or self._by is not None:
            sizes = sizes[np.searchsorted(self.dominion.heads, self.heads)]
        if self._ultimate:  # a ring has rows of its members too
            sizes = sizes + (self._ring_sizes > 0)
        return np.cumsum(sizes)

    @cached_property
    def _ring_sizes(self) -> Integers:
        """Per head, how many are in its ring; 0 where it is in none, or rings are not asked for."""
        if not self._ultimate:
            return np.zeros(len(self.heads), dtype=np.int64)
        sizes = [len(self.dominion.ring(head)) for head in self.heads.tolist()]
        return np.array(sizes, dtype=np.int64)

    def members(self, head: int) -> Integers:
        """Return the positions of the companies of a controller's rows."""
        group = self.dominion.group(head)
        if self._ultimate and len(self.dominion.ring(head)):
            group = np.union1d(group, [head])
        return group

    def __len__(self) -> int:
        if self._by is None and not self._ultimate:
            return self.dominion.pairs
        return int(self._ends[-1]) if len(self._ends) else 0

    def __iter__(self) -> Iterator[ControlPair]:
        for head in self.heads.tolist():
            for company in self.members(head).tolist():
                yield self._pair(head, company)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - the two forms of a sequence
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        row = int(np.searchsorted(self._ends, place, side="right"))
        head = int(self.heads[row])
        within = place - (int(self._ends[row - 1]) if row else 0)
        return self._pair(head, int(self.members(head)[within]))

    def pairs(self) -> tuple[Integers, Integers]:
        """Return controllers and companies as two columns of the parties' numbers."""
        numbers = self.snapshot.numbers_of
        return numbers(np.repeat(self.heads, np.diff(self._bounds))), numbers(self._companies)

    @cached_property
    def _bounds(self) -> Integers:
        return np.concatenate([np.zeros(1, dtype=np.int64), self._ends])

    @cached_property
    def _companies(self) -> Integers:
        """All rows' companies, head by head; only made where all rows are wanted."""
        companies = np.empty(len(self), dtype=np.int32)
        for place, head in enumerate(self.heads.tolist()):
            companies[self._bounds[place] : self._bounds[place + 1]] = self.members(head)
        return companies

    def as_rows(self) -> list[dict[str, Any]]:
        """Return the rows as plain data."""
        return [pair.as_dict() for pair in self]

    def columns(self) -> dict[str, Integers]:
        """Return all rows as columns, sorted; `size` is how many a ring has, 0 for single heads."""
        network, column = self.snapshot.network, self._column
        controllers, companies = self.pairs()
        weights = group_weights(
            network.first,
            network.holder,
            column.weight,
            self.heads,
            self._bounds,
            self._companies,
        )
        return {
            "controller": controllers,
            "company": companies,
            "weight": weights,
            "whole": column.whole[self._companies],
            "size": np.repeat(self._ring_sizes, np.diff(self._bounds)),
        }

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame; needs pandas."""
        import pandas as pd  # noqa: PLC0415 - optional and heavy

        number, found = self.snapshot.number_of, self.columns()
        percents = np.round(found["weight"] / np.maximum(found["whole"], 1) * 100, PLACES)
        columns = {
            "controller": found["controller"],
            "company": found["company"],
            "verdict": np.full(len(self), Verdict.CERTAIN.value, dtype=object),
            "percent": percents,
            "percent_max": percents,
            "missing_percent": np.full(len(self), np.nan),
        }
        if self._ultimate:
            rings = [[number(m) for m in self.dominion.ring(h)] for h in self.heads.tolist()]
            spread = np.repeat(np.arange(len(rings)), np.diff(self._bounds))
            columns["ring"] = np.array([*rings, None], dtype=object)[spread]
        return pd.DataFrame(columns)

    def _pair(self, head: int, company: int) -> ControlPair:
        ring = self.dominion.ring(head) if self._ultimate else np.empty(0, dtype=np.int64)
        number = self.snapshot.number_of
        return ControlPair(
            number(head),
            number(company),
            Verdict.CERTAIN,
            Fraction(self.held_by(head, company), int(self._column.whole[company])),
            ring=tuple(number(member) for member in ring.tolist()),
        )

    def held_by(self, head: int, company: int) -> int:
        """Return the weight of a controller's group in a company, its own shares left out."""
        first, holder = self.snapshot.network.first, self.snapshot.network.holder
        lines = range(int(first[company]), int(first[company + 1]))
        controls = self.dominion.controls
        return sum(
            int(self._column.weight[line])
            for line in lines
            if (one := int(holder[line])) == head or controls(head, one)
        )


def control_of_columns(
    snapshot: ColumnarSnapshot,
    *,
    by: Names = (),
    of: Names = (),
    group: Sequence[int | str] = (),
    rule: str | None = None,
    threshold: Fraction | None = None,
    at_least: bool = False,
    rights: str = "votes",
    ultimate: bool = False,
    turnout: Fraction | None = None,
    **rest: Any,  # noqa: ANN401 - options that columns have no use for
) -> Any:  # noqa: ANN401 - an answer of records, or of pairs in numbers
    """Return who controls whom in columns; parties are numbers.

    Everyone, ultimate controllers and single controllers are answered from the columns; what is
    asked about companies, groups and presumptions from an ordinary snapshot of what lies above.
    """
    chosen = (
        control_rule(rule, threshold=threshold, at_least=at_least, right=rights)
        if turnout is None
        else turnout_rule(turnout, rule=rule, threshold=threshold, at_least=at_least)
    )
    column = snapshot.column(rights)
    if len(snapshot.positions(of)) or len(group) or chosen.presumed_above or not column.is_narrow:
        names = {"by": _names(snapshot, by), "of": _names(snapshot, of)}
        return _by_objects(
            snapshot,
            **names,
            group=_names(snapshot, group),
            rule=rule,
            threshold=threshold,
            at_least=at_least,
            rights=rights,
            ultimate=ultimate,
            turnout=turnout,
            **rest,
        )
    heads = snapshot.positions(by) or None
    return RegisterControl(snapshot, chosen, rights, heads, ultimate=ultimate)


def _names(snapshot: ColumnarSnapshot, names: Iterable[int | str] | int | str) -> list[str]:
    return [str(snapshot.number_of(position)) for position in snapshot.positions(names)]


def _by_objects(snapshot: ColumnarSnapshot, **options: Any) -> Any:  # noqa: ANN401
    from keiretsu.measures.control.verdicts import control  # noqa: PLC0415 - it calls this module

    asked = [*options["of"], *options["by"]] if options["of"] else []
    world = snapshot.around(snapshot.positions(asked)) if asked else snapshot.in_memory
    return control(world, **options)
