"""One page on who controls whom and why, as plain data: text, tables, and numbered sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.control.explanation import say
from keiretsu.measures.control.record import ControlRecord, Verdict
from keiretsu.measures.control.verdicts import control
from keiretsu.measures.flow import above
from keiretsu.measures.legal.multiplied import spoken
from keiretsu.measures.ownership.multiplication import Multiplication
from keiretsu.model import Sourcing, Status
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.measures.answer import Answer
    from keiretsu.snapshot import Evidence, Snapshot


@dataclass(frozen=True, slots=True)
class Cite:
    """A mark that points to a numbered source."""

    number: int


Text = tuple["str | Cite", ...]
"""Words of our own and of strangers, with marks between them; nothing in it is markup."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, rows of text, and which columns are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, points and a table; any of them may be absent."""

    heading: str
    paragraphs: tuple[Text, ...] = ()
    points: tuple[Text, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source.

    Parameters
    ----------
    number
        Its number, from 1.
    text
        Title, publisher and date.
    url
        Where it can be read; None for weak copies and where it is not known.
    notes
        What to know of it: that a claim was not seen in it, its words.
    """

    number: int
    text: str
    url: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A page, ready to be written in any form.

    Parameters
    ----------
    title
        The question.
    summary
        The answer, in a sentence.
    sections
        What it rests on.
    sources
        By number.
    colophon
        Of what day, data and rule it is.
    """

    title: str
    summary: Text
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    colophon: str


def dossier(
    snapshot: Snapshot, controller: str, company: str, *, rule: str | None = None
) -> Dossier:
    """Return the page on whether, and why, a party controls a company.

    Parameters
    ----------
    snapshot
        The world on a date.
    controller, company
        Names of the parties.
    rule
        Name of the rule of control; a majority of the votes if not given.

    Raises
    ------
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.
    InputError
        If the rule is unknown, or the two are one party.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%"})
    >>> dossier(world, "a", "b").summary[0]
    'Yes: a controls b.'
    """
    answer = control(snapshot, by=[controller], of=[company], rule=rule)
    if not answer.records:
        problem = f"{snapshot.parties[snapshot.position(company)].label} is asked about itself"
        raise InputError(problem, mend="name two parties")
    return _Writer(snapshot, answer).page()


_VERDICTS = {
    Verdict.CERTAIN: "Yes: {0} controls {1}.",
    Verdict.POSSIBLE: "Perhaps: {0} controls {1} in some of the worlds that the record allows.",
    Verdict.IMPOSSIBLE: "No: {0} does not control {1}.",
}


class _Writer:
    """Composes a page, and numbers the sources as they are cited."""

    def __init__(self, snapshot: Snapshot, answer: Answer[ControlRecord]) -> None:
        self.snapshot, self.answer = snapshot, answer
        self.record = answer.records[0]
        self.company = snapshot.position(self.record.company_id)
        self.heads = set(snapshot.as_one(snapshot.position(self.record.controller_id)))
        self.rights = rights_of(snapshot)
        self._cited: dict[str, list[Evidence]] = {}

    def page(self) -> Dossier:
        record, fields = self.record, self.answer.fields
        summary = _VERDICTS[record.verdict].format(record.controller, record.company)
        sections = (
            self._why(),
            self._counted(),
            self._law(),
            self._capital(),
            self._missing(),
            self._assumed(),
        )
        return Dossier(
            f"Does {record.controller} control {record.company}?",
            (summary,),
            tuple(one for one in sections if one is not None),
            self._sources(),
            f"As of {self.snapshot.as_of}. Rule: {fields['rule_text']} ({fields['rule']}), counted "
            f"in votes. Data {self.snapshot.dataset or 'given'}.",
        )

    def _why(self) -> Section:
        record = self.record
        points = []
        for step in record.reasons:
            text: list[str | Cite] = [f"{step.company} is controlled: "]
            for place, (label, holder, share) in enumerate(step.holders):
                text += [f"{' + ' if place else ''}{label} {say(share)}"]
                text += self._between(holder, step.company_id)
            points.append((*text, " of its votes."))
        last = record.explanation[-1]
        return Section("Why", ((last,),), tuple(points))

    def _counted(self) -> Section | None:
        rows = tuple(
            ((part.holder,), (say(part.share),), self._cite(part.sources))
            for part in self.record.through
        )
        if not rows:
            return None
        total = (("in all",), (spoken(self.record.bounds),), ())
        grid = Grid(("holder", "votes", "sources"), (*rows, total), frozenset({1}))
        return Section(f"What counts in {self.record.company}", (), (), grid)

    def _law(self) -> Section | None:
        """Say what the law did to votes of the company, its own meeting's rules first."""
        points: list[Text] = []
        for position in self.snapshot.held_in(self.company):
            holder = self.snapshot.parties[self.snapshot.holdings[position].holder].label
            points += [
                (
                    f"{holder}: {trace.effect} by {trace.article.name}: {trace.text}",
                    *self._cite(self.snapshot.evidence(position)),
                )
                for trace in self.rights.traces.get(position, ())
            ]
        return Section("Voting rules at work", (), tuple(points)) if points else None

    def _capital(self) -> Section | None:
        within = set(above(self.snapshot.capital, self.company))
        try:
            parts = Multiplication(self.snapshot.capital).parts(self.heads, within)
        except InputError as error:  # more loops than can be solved exactly
            return Section("In capital", ((f"Not computed: {error.problem}.",),))
        if self.company not in parts:
            return None
        text = (
            f"Multiplied along all chains and added up, {self.record.controller} has "
            f"{spoken(parts[self.company])} of the capital of {self.record.company}."
        )
        return Section("In capital", ((text,),))

    def _missing(self) -> Section | None:
        record, points = self.record, []
        if record.purchase is not None:
            more = "more than " if record.purchase.more else ""
            whence = f" from the {record.purchase.source} part" if record.purchase.source else ""
            short = "" if whence else ", which the unnamed part does not have"
            points.append((f"{more}{say(record.purchase.capital)} of the capital{whence}{short}",))
        points += [
            (f"the block of {block.holder}, {say(block.share)}: enough",)
            for block in record.blocks
            if block.sufficient
        ]
        if record.missing is None:
            return None
        if not any(block.sufficient for block in record.blocks):
            points.append(("no single block of another holder would be enough",))
            if record.fewest_blocks:
                points.append((f"together: the blocks of {', '.join(record.fewest_blocks)}",))
        return Section("What would give control", (), tuple(points))

    def _assumed(self) -> Section | None:
        arrow = " \N{RIGHTWARDS ARROW} "
        points = tuple(
            (f"{arrow.join(c.parties)}: {c.text}" if c.parties else c.text,)
            for c in self.answer.cautions
        )
        return Section("Assumed, or to be known", (), points) if points else None

    # -- sources -------------------------------------------------------------------------------

    def _between(self, holder: str, company: str) -> tuple[Cite, ...]:
        """Cite what tells the holding of one party in another."""
        one, other = self.snapshot.position(holder), self.snapshot.position(company)
        held = (p for p in self.snapshot.held_in(other) if self.snapshot.holdings[p].holder == one)
        return self._cite(
            source for position in held for source in self.snapshot.evidence(position)
        )

    def _cite(self, sources: Iterable[Evidence]) -> tuple[Cite, ...]:
        marks: dict[int, None] = {}
        for source in sources:
            document = source.claim.document
            self._cited.setdefault(document, []).append(source)
            marks[list(self._cited).index(document) + 1] = None
        return tuple(Cite(number) for number in marks)

    def _sources(self) -> tuple[Source, ...]:
        found = []
        for number, (document, cited) in enumerate(self._cited.items(), start=1):
            first = cited[0]
            known = self.snapshot.documents.get(document)
            text = ", ".join(part for part in (first.title, first.publisher, first.date) if part)
            url = None if known is None or known.weak else first.url
            found.append(Source(number, text, url, _notes(cited)))
        return tuple(found)


def _notes(cited: Iterable[Evidence]) -> tuple[str, ...]:
    """Return what to know of a source: its words, and what was not seen in it."""
    notes: dict[str, None] = {}
    for source in cited:
        claim = source.claim
        if claim.quote:
            notes[f"\N{LEFT DOUBLE QUOTATION MARK}{claim.quote}\N{RIGHT DOUBLE QUOTATION MARK}"] = (
                None
            )
        if claim.sourcing is not Sourcing.SOURCED:
            fields = f" ({', '.join(claim.unsourced_fields)})" if claim.unsourced_fields else ""
            notes[f"{claim.sourcing.value.replace('-', ' ')}{fields}"] = None
        if claim.status is not Status.ACCEPTED:
            notes[claim.status.value] = None
    return tuple(notes)
