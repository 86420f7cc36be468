"""A timeline as an SVG file: who controls a party, and who has which stake with or without votes.

One row for control, one for each stake; a bar is as long as what it shows lasts, full where the
stake votes and hollow where it does not. It runs no script and needs no other file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from keiretsu.rights.silencing import percent_text
from keiretsu.views.drawing.marks import Stroke, Text, polyline, rounded
from keiretsu.views.drawing.palette import LIGHT
from keiretsu.views.drawing.svg import framed, write
from keiretsu.views.drawing.textsize import text_width, wrapped
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.scene.characters import drawable

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures import Answer
    from keiretsu.scenarios.timeline_record import Period, StakeThen
    from keiretsu.views.drawing.marks import Mark

_WIDTH, _NAMES, _MARGIN, _ROW, _BAR = 1080.0, 250.0, 24.0, 26.0, 18.0
_TITLE, _TEXT, _SMALL = 20.0, 12.5, 10.5
_INSET = 5.0
_MOST_STAKES = 24
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS = 14
_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Bar:
    """What lasts from one day to another; hollow if it gives no votes."""

    since: dt.date
    until: dt.date
    text: str
    colour: str
    hollow: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of bars with its name, below a heading."""

    heading: str
    name: str
    bars: tuple[Bar, ...]


def timeline_svg(answer: Answer[Period]) -> str:
    """Return a timeline as an SVG file.

    Parameters
    ----------
    answer
        What `keiretsu.scenarios.timeline.timeline` returns.

    Returns
    -------
    str
        Well-formed XML; the same bytes for the same answer.
    """
    last = answer.snapshot.as_of
    rows = [*_control(answer.records, last), *_stakes(answer.records, last)]
    scale = _Scale(answer.records[0].since, last)
    head = f"{answer.fields['party']}, {answer.records[0].since} to {last}"
    body, bottom = _body(rows, scale)
    marks = (Text(0, _TITLE / 2, drawable(head), _TITLE, bold=True), *_legend(_TITLE + 14))
    frame = Rect(0, 0, _WIDTH, bottom).grown(_MARGIN)
    inside = "".join(write(mark, LIGHT.__getitem__) for mark in marks) + body
    return framed(inside, frame, title=drawable(head), description=_described(rows))


class _Scale:
    """Where a day lies from left to right."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, max(last, first + dt.timedelta(1))
        self._room = _WIDTH - _NAMES

    def at(self, day: dt.date) -> float:
        part = (day - self.first).days / (self.last - self.first).days
        return _NAMES + self._room * min(max(part, 0.0), 1.0)

    def years(self) -> Iterator[tuple[int, float]]:
        """Yield the years that are written, and where they begin."""
        span = (self.last - self.first).days / _YEAR
        step = next((s for s in _STEPS if span / s <= _MOST_TICKS), _STEPS[-1])
        for year in range(self.first.year + 1, self.last.year + 1):
            if year % step == 0:
                yield year, self.at(dt.date(year, 1, 1))


def _body(rows: Sequence[Row], scale: _Scale) -> tuple[str, float]:
    parts, y, heading = [], _TITLE + 48, ""
    for row in rows:
        if row.heading != heading:
            heading = row.heading
            parts.append(_written(Text(0, y + _ROW / 2, heading, _TEXT, "muted", bold=True)))
            y += _ROW
        parts += [_name(row.name, y), *(_bar(bar, y, scale) for bar in row.bars)]
        y += _ROW
    top = _TITLE + 48
    lines = [_written(Stroke(polyline([(x, top), (x, y)]), line="rule")) for _, x in scale.years()]
    texts = [_written(Text(x, y + 12, str(year), _SMALL, "muted")) for year, x in scale.years()]
    return "".join([*lines, *parts, *texts]), y + 20


def _name(name: str, y: float) -> str:
    (short,) = wrapped(name, _TEXT, _NAMES - 12, lines=1) or ("",)
    text = _written(Text(0, y + _ROW / 2, short, _TEXT))
    return f"<g><title>{escape(name)}</title>{text}</g>"


def _bar(bar: Bar, y: float, scale: _Scale) -> str:
    left, right = scale.at(bar.since), scale.at(bar.until)
    top = y + (_ROW - _BAR) / 2
    shape = rounded(Rect(left, top, max(right - 1, left + 1), top + _BAR), 3)
    fill, ink = ("card", bar.colour) if bar.hollow else (bar.colour, "card")
    dash = (4.0, 3.0) if bar.doubtful else ()
    marks: list[Mark] = [Stroke(shape, fill=fill, line=bar.colour, width=1.4, dash=dash)]
    if text_width(bar.text, _SMALL) + 2 * _INSET < right - left:
        marks.append(Text(left + _INSET, y + _ROW / 2, bar.text, _SMALL, ink))
    told = f"{bar.since} to {bar.until}: {bar.text}{', no votes' if bar.hollow else ''}"
    return f"<g><title>{escape(told)}</title>{''.join(map(_written, marks))}</g>"


def _legend(y: float) -> Iterator[Mark]:
    x = 0.0
    for colour, hollow, dash, text in (
        ("firm", False, (), "control"),
        ("votes", False, (), "stake with votes"),
        ("votes", True, (), "stake without votes"),
        ("votes", False, (4.0, 3.0), "only a range is known, or perhaps"),
    ):
        shape = rounded(Rect(x, y, x + 26, y + 12), 3)
        yield Stroke(shape, fill="card" if hollow or dash else colour, line=colour, dash=dash)
        yield Text(x + 32, y + 6, text, _SMALL, "muted")
        x += 32 + text_width(text, _SMALL) + 24


def _control(periods: Sequence[Period], last: dt.date) -> Iterator[Row]:
    def told(period: Period) -> Hashable:
        return (period.controller, period.rule, period.verdict)

    bars = tuple(
        Bar(
            since,
            until,
            drawable(f"{period.controller}, {period.rule}"),
            "firm",
            hollow=period.verdict != "certain",
            doubtful=period.verdict != "certain",
        )
        for since, until, period in _runs(periods, told, last)
        if period.controller is not None
    )
    yield Row("", "controlled by" if bars else "controlled by nobody", bars)


def _stakes(periods: Sequence[Period], last: dt.date) -> Iterator[Row]:
    every: dict[tuple[bool, str, str], StakeThen] = {}
    for period in periods:
        for own, stakes in ((False, period.regime.votes), (True, period.regime.holds)):
            for stake in stakes:
                every.setdefault((own, stake.holder_id, stake.issuer_id), stake)
    shown = sorted(every, key=lambda key: key[0])[:_MOST_STAKES]
    for key in shown:
        stake, own = every[key], key[0]
        name = f"{stake.holder} in {stake.issuer}" if own else stake.holder
        bars = tuple(_stake_bars(periods, key, last))
        yield Row("has stakes" if own else "is held by", drawable(name), bars)
    if len(every) > len(shown):
        yield Row("has stakes", f"and {len(every) - len(shown)} more stakes", ())


def _stake_bars(
    periods: Sequence[Period], key: tuple[bool, str, str], last: dt.date
) -> Iterator[Bar]:
    def found(period: Period) -> StakeThen | None:
        stakes = period.regime.holds if key[0] else period.regime.votes
        return next((s for s in stakes if (s.holder_id, s.issuer_id) == key[1:]), None)

    def told(period: Period) -> Hashable:
        stake = found(period)
        return None if stake is None else stake.shares

    for since, until, period in _runs(periods, told, last):
        stake = found(period)
        if stake is not None:
            text = _say(stake.capital)
            if stake.votes != stake.capital and stake.votes.high:
                text += f", votes {_say(stake.votes)}"
            doubtful = stake.capital.low < stake.capital.high
            yield Bar(since, until, text, "votes", not stake.votes.high or doubtful, doubtful)


def _runs(
    periods: Sequence[Period], told: Callable[[Period], Hashable], last: dt.date
) -> Iterator[tuple[dt.date, dt.date, Period]]:
    """Yield stretches of periods that tell the same, with the first of each."""
    for _, run in groupby(periods, told):
        stretch = list(run)
        yield stretch[0].since, stretch[-1].until or last, stretch[0]


def _described(rows: Sequence[Row]) -> str:
    sentences = [
        f"{row.heading} {row.name}: "
        + "; ".join(f"{bar.since} to {bar.until} {bar.text}" for bar in row.bars)
        for row in rows
        if row.bars
    ]
    return ". ".join(sentence.strip() for sentence in sentences)


def _say(share: Bounds) -> str:
    if share.low == share.high:
        return percent_text(share.low)
    return f"{percent_text(share.low).removesuffix(' %')}\N{EN DASH}{percent_text(share.high)}"


def _written(mark: Mark) -> str:
    return write(mark, LIGHT.__getitem__)
