"""The single machine's memory as an engine: the forest of the kernels, with the same answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.engines.parquet_file import whole_file
from keiretsu.measures.engines.register_reading import read_register
from keiretsu.measures.engines.session import Rounds
from keiretsu.measures.register.control import RegisterControl
from keiretsu.rights import MAJORITY

if TYPE_CHECKING:
    import pyarrow as pa

    from keiretsu.measures.engines.register_files import RegisterFiles
    from keiretsu.rights import ControlRule


class MemoryControl:
    """Who controls whom in a register in Parquet that fits in memory.

    Parameters
    ----------
    files, rule, right
        As of `keiretsu.measures.engines.control.EngineControl`.

    Raises
    ------
    InputError
        If the register does not fit together, or the rule is a presumption.
    """

    def __init__(
        self, files: RegisterFiles, rule: ControlRule = MAJORITY, right: str = "votes"
    ) -> None:
        if rule.presumed_above is not None:
            mend = "ask for a threshold"
            raise InputError(f"a whole register is not asked by the rule {rule.name!r}", mend=mend)
        self._world, self._rule, self._right = read_register(files), rule, right
        self.rounds = Rounds()

    def ultimate(self) -> pa.Table:
        """Return (controller, company, weight, whole, size); see `EngineControl.ultimate`."""
        return self._table(self._tops)

    def pairs(self) -> pa.Table:
        """Return (controller, company, weight, whole) of all pairs, sorted."""
        answer = RegisterControl(self._world, self._rule, self._right)
        return self._table(answer).drop_columns("size")

    def rings(self) -> dict[int, list[int]]:
        """Return the members of each ring, by the smallest."""
        dominion = self._tops.dominion
        rings = (dominion.ring(head).tolist() for head in dominion.tops().tolist())
        number = self._world.number_of
        return {number(ring[0]): [number(m) for m in ring] for ring in rings if ring}

    def write(self, place: str, *, ultimate: bool = True) -> int:
        """Write the rows as Parquet, and return how many there are."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - heavy, and only Parquet needs it

        table = self.ultimate() if ultimate else self.pairs()
        with whole_file(place) as half:
            pq.write_table(table, half, compression="zstd")
        return int(table.num_rows)

    @cached_property
    def _tops(self) -> RegisterControl:
        return RegisterControl(self._world, self._rule, self._right, ultimate=True)

    def _table(self, answer: RegisterControl) -> pa.Table:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it

        return pa.table({name: pa.array(c, pa.int64()) for name, c in answer.columns().items()})
