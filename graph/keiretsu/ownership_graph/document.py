"""The JSON object that every answer is, wherever it is asked for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from keiretsu import __version__

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.measures import Answer
    from keiretsu.measures.answer import AnyRecord
    from keiretsu.model import Caution

_FIRST = ("rule", "rights")

MAIN: Mapping[str, str] = MappingProxyType(
    {
        "validate": "results",
        "convert": "losses",
        "queries": "queries",
        "owners": "owners",
        "holdings": "holdings",
        "control": "control",
        "screen": "caught",
        "beneficial": "owners",
        "reconcile": "differences",
        "paths": "paths",
        "chains": "conventions",
        "network": "network",
        "power": "power",
        "votes": "votes",
        "whatif": "votes",
        "diff": "votes",
        "moves": "moves",
        "timeline": "periods",
        "materialize": "graphs",
        "claim": "edits",
        "link": "proposals",
        "load": "inputs",
    }
)
"""The key of each answer's main list."""


def envelope(
    command: str,
    fields: Mapping[str, Any],
    *,
    as_of: dt.date | None = None,
    known_at: dt.date | None = None,
    dataset: str | None = None,
    cautions: Iterable[Caution] = (),
) -> dict[str, Any]:
    """Return an answer as JSON has it: how it was reached first, then what was found.

    Parameters
    ----------
    command
        What was asked.
    fields
        The answer's own fields, its main list last.
    as_of, known_at
        The day asked about, and that by which it must have been knowable; None where the answer
        is about no day, or was not limited so.
    dataset
        Fingerprint of the data; None where no data was loaded.
    cautions
        What was assumed.
    """
    return {
        "keiretsu": __version__,
        "command": command,
        "as_of": as_of.isoformat() if as_of else None,
        "known_at": known_at.isoformat() if known_at else None,
        **{key: fields[key] for key in _FIRST if key in fields},
        "dataset": dataset,
        "warnings": [
            {"code": c.code, "text": c.text, "parties": list(c.parties)} for c in cautions
        ],
        **{key: value for key, value in fields.items() if key not in _FIRST},
    }


def document_of(
    answer: Answer[AnyRecord], rows: Sequence[Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """Return the answer of a measure as JSON has it.

    Parameters
    ----------
    answer
        The answer.
    rows
        Its main list as plain data, if it is more than the records say.
    """
    return envelope(
        answer.command,
        {**answer.fields, MAIN[answer.command]: answer.as_rows() if rows is None else rows},
        as_of=answer.snapshot.as_of,
        known_at=answer.snapshot.known_at,
        dataset=answer.snapshot.dataset,
        cautions=answer.cautions,
    )
