"""What a page is told, spelled short; `unpack.js` spells it out again.

Half of what a page is told would say that nothing is unusual, or what was said a line before. Three
ways make it short, and none loses anything: what most records share is told once; lists that
come again are told once and then named by their number; what follows from the place, or from
another field, is left out.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Record = dict[str, Any]

SHARES = ("Capital", "Gross votes", "Votes", "Agreed votes")
"""Names of the shares that the panel lists, in order."""
_ENDS, _SOURCE = 2, 7
"""Where in a row, after its two parties, the shares begin, and where its source does."""


def packed(told: Record) -> Record:
    """Return what a page is told, spelled short.

    Parameters
    ----------
    told
        As `keiretsu.views.page.data.PageData.as_dict` has it.
    """
    looks, labels = _Table(), _Table()
    claims, metrics = told["claims"], told["metrics"]
    cells = _usual_cells(told["links"])
    labels_of = {party["name"]: party["label"] for party in told["parties"]}
    links = []
    for link in told["links"]:
        short = _link(link, claims, metrics, looks, labels)
        if link["row"] is not None:
            ends = [labels_of[link["holder"]], labels_of[link["issuer"]]]
            expected = [*ends, *cells, *_source_cells(link, claims)]
            short["row"] = _row(link["row"], expected)
        links.append(short)
    records = {
        "parties": [_without(party, "name") for party in told["parties"]],
        "links": links,
        "claims": [_without(claim, "about", "words") for claim in claims],
    }
    usual = {name: _usual_fields(ones) for name, ones in records.items()}
    return {
        **told,
        **{name: [_unlike(one, usual[name]) for one in ones] for name, ones in records.items()},
        "usual": {**usual, "cells": cells},
        "looks": looks.told,
        "labels": labels.told,
        "share_names": list(SHARES),
        "layouts": {name: _layout(layout) for name, layout in told["layouts"].items()},
    }


def _usual_cells(links: Iterable[Record]) -> list[Any]:
    """Return what most rows have in the columns between their parties and their source."""
    rows = [link["row"] for link in links if link["row"] is not None]
    return [_usual(column) for column in list(zip(*rows, strict=True))[_ENDS:_SOURCE]]


def _source_cells(link: Record, claims: Sequence[Record]) -> list[str]:
    """Return the cells of a row that tell its first source."""
    if not link["evidence"]:
        return [""] * 6
    claim = claims[link["evidence"][0]]
    address = claim["link"] or claim["url"] or ""
    when = claim["publisher"] or "", claim["date"] or ""
    return [claim["title"], *when, address, claim["status"], claim["sourcing"]]


def _row(row: Sequence[str], expected: Sequence[str]) -> dict[int, str]:
    """Return the cells of a row that are not as expected, by their number."""
    pairs = enumerate(zip(row, expected, strict=True))
    return {at: cell for at, (cell, usual) in pairs if cell != usual}


class _Table:
    """Values that are told once and named by their number."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: object) -> int:
        key = json.dumps(value)
        if key not in self._numbers:
            self._numbers[key] = len(self.told)
            self.told.append(value)
        return self._numbers[key]


def _link(
    link: Record, claims: Sequence[Record], metrics: Sequence[str], looks: _Table, labels: _Table
) -> Record:
    short = {
        **_without(link, "name"),
        "capital": _share(link["capital"]),
        "votes": _share(link["votes"]),
        "each": _share(link["each"]),
        "shares": _shares(link["shares"]),
        "lines": [looks.number(link["lines"][metric]) for metric in metrics],
        "labels": [labels.number(link["labels"][metric]) for metric in metrics],
    }
    if link["line"] == link["id"]:
        del short["line"]
    if link["evidence"] and link["id"] == claims[link["evidence"][0]]["claim"]:
        del short["id"]
    del short["row"]
    return short


def _without(record: Record, *fields: str) -> Record:
    return {name: value for name, value in record.items() if name not in fields}


def _share(share: Record | None) -> object:
    """Return a share as one number if its text follows from it, else as text and ends."""
    if share is None:
        return None
    text, low, high = share["text"], share["low"], share["high"]
    plain = repr(low).removesuffix(".0")
    return json.loads(plain) if (low, text) == (high, f"{plain} %") else [text, low, high]


def _shares(shares: Iterable[Sequence[str]]) -> list[str | None] | str:
    """Return the texts in the order of `SHARES`; one for all if they are alike."""
    texts = {share[0]: share[1] for share in shares}
    told = [texts.get(name) for name in SHARES]
    return told[0] if told[0] is not None and len(set(told)) == 1 else told


def _usual_fields(records: Sequence[Record]) -> Record:
    """Return what most records have in each field that can be left out."""
    fields = dict.fromkeys(name for record in records for name in record)
    usual = {}
    for field in fields:
        values = [record[field] for record in records if field in record]
        if len(values) == len(records):
            usual[field] = _usual(values)
    return usual


def _usual(values: Sequence[Any]) -> object:
    keys = [json.dumps(value) for value in values]
    return json.loads(Counter(keys).most_common(1)[0][0])


def _unlike(record: Record, usual: Record) -> Record:
    return {
        name: value for name, value in record.items() if name not in usual or value != usual[name]
    }


def _layout(layout: Record) -> Record:
    """Return places as bare numbers: for a line, that of its label, and then its route."""
    links = {
        name: [part for point in (figure["at"], *figure["route"]) for part in point]
        for name, figure in layout["links"].items()
    }
    boxes = {name: party["box"] for name, party in layout["parties"].items()}
    return {**layout, "links": _whole(links), "parties": _whole(boxes)}


def _whole(value: object) -> object:
    """Return numbers without a fraction of nought, which JSON would spell."""
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
