"""The story that `keiretsu demo` tells: the case's questions, each answered from the data.

Nothing here is a number that was typed in: dates, names and questions are given, answers computed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keiretsu.cli.commands.paths import ARROW, chain_parts
from keiretsu.cli.numbers import shown, spelled
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.measures import control, votes
from keiretsu.mirror import Chains, paths
from keiretsu.model import Severity, Sourcing
from keiretsu.ownership_graph import bundled
from keiretsu.ownership_graph.checking import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.measures import Answer, ControlRecord, VoteRecord
    from keiretsu.mirror import PathRecord
    from keiretsu.model import Finding
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import Snapshot

ARTICLE, COUNTED, UNTIED = "2019-09-03", "2020-12-31", "2023-11-09"
"""The week of the article; a day with a full table of Renault's shares; the new agreement's day."""

RENAULT, NISSAN, MITSUBISHI, STATE = "Renault", "Nissan", "Mitsubishi Motors", "French State"
PRESUMPTION = "fr-presumption-40"
_TRY = "Ask it yourself"


class Story:
    """The alliance on three days, and what there is to ask about it.

    Parameters
    ----------
    graph
        The bundled data.
    findings
        What checking it found.
    """

    def __init__(self, graph: OwnershipGraph, findings: Sequence[Finding]) -> None:
        self.graph, self.findings = graph, findings
        self.worlds = {day: graph.snapshot(day) for day in (ARTICLE, COUNTED, UNTIED)}

    @classmethod
    def open(cls) -> Story:
        """Load the bundled data and check it.

        Raises
        ------
        RuntimeError
            If what came with the program is damaged.
        """
        checked = check([bundled()])
        if checked.graph is None or not checked.conforms:
            faults = "\n".join(f"{found.place}: {found.message}" for found in checked.findings)
            raise RuntimeError(f"the bundled data is damaged\n{faults}")
        return cls(checked.graph, checked.findings)

    def pages(self) -> Iterator[Page]:
        """Yield the chapters, each as soon as it is computed."""
        yield self.opening()
        yield self.holders()
        yield self.meeting()
        yield self.controllers()
        yield self.loops()
        yield self.chains()

    def opening(self) -> Page:
        """Return what the data is and that it was checked."""
        found = self.graph.info()
        counts, sourcing = found["counts"], found["coverage"]["sourcing"]
        warnings = sum(one.severity is Severity.WARNING for one in self.findings)
        how = ", ".join(
            f"{sourcing.get(name, 0)} are {name.replace('-', ' ')}" for name in Sourcing
        )
        text = (
            f"The bundled case has {counts['parties']} parties and {counts['holdings']} claims of "
            f"holdings from {counts['documents']} documents, kept up to {found['horizon']}. Of all "
            f"its claims {how}; the program says so wherever it uses one. The data was checked "
            f"against its shapes and for sums on every day of change: no errors, "
            f"{warnings} warnings."
        )
        return Page("KEIRETSU: Renault, Nissan, Mitsubishi Motors, and who decides", (_told(text),))

    def holders(self) -> Page:
        """Return the answer to the first named question."""
        answer = self.graph.ask("q01-holders", company=NISSAN, as_of=ARTICLE)
        rows = tuple(
            (
                row["holder_label"] or "",
                _plain(row["capital_percent_min"], row["capital_percent_max"]),
                _plain(row["votes_percent_min"], row["votes_percent_max"]),
                ", ".join(part for key in _SAYS if (part := row[key])),
            )
            for row in answer.values()
        )
        columns = (Column("holder"), number("capital %"), number("votes %"), Column("who says so"))
        return Page(
            f"1. Who holds what in {NISSAN} on {ARTICLE}, and who says so?",
            (
                Table(columns, rows),
                _try(f"keiretsu query -n q01-holders --set company={NISSAN} --as-of {ARTICLE}"),
            ),
        )

    def meeting(self) -> Page:
        """Return what the State and Nissan may vote in Renault, before and after."""
        rows: list[tuple[str, ...]] = []
        reasons: dict[str, list[str]] = defaultdict(list)
        for day, world in self.worlds.items():
            answer = votes(world, RENAULT)
            rows += (
                (day, record.holder, *_four(record))
                for record in answer
                if record.holder == STATE or record.owner == NISSAN
            )
            for reason in _reasons(answer):
                reasons[reason].append(day)
        columns = (
            Column("on"),
            Column("holder"),
            number("capital %"),
            number("gross votes %"),
            number("votes %"),
            number("agreed %"),
        )
        return Page(
            f"2. What may the {STATE} and {NISSAN} vote in {RENAULT}?",
            (
                Table(columns, tuple(rows)),
                Lines("Why", tuple(f"{', '.join(days)}: {why}" for why, days in reasons.items())),
                _try(f"keiretsu votes {RENAULT} --as-of {COUNTED}"),
            ),
        )

    def controllers(self) -> Page:
        """Return who controls the two Japanese companies, by two rules."""
        tables = [
            Table(
                (Column(company), Column("by majority"), Column("or above 40 %")),
                tuple(
                    (day, _controller(world, company), _controller(world, company, PRESUMPTION))
                    for day, world in self.worlds.items()
                ),
            )
            for company in (NISSAN, MITSUBISHI)
        ]
        note = (
            "Above 40 %: the French presumption, if nobody else has more. Percentages are of the "
            "votes that the law lets holders use."
        )
        return Page(
            f"3. Who controls {NISSAN} and {MITSUBISHI}?",
            (
                *tables,
                _told(note),
                _try(
                    f"keiretsu control --by {RENAULT} --of {NISSAN} --as-of {ARTICLE}",
                    f"keiretsu control --of {NISSAN} --rule {PRESUMPTION} --as-of {ARTICLE}",
                ),
            ),
        )

    def loops(self) -> Page:
        """Return the loops through Renault or Nissan."""
        parts = []
        for day in (ARTICLE, UNTIED):
            chains = Chains(self.worlds[day])
            found, _ = chains.loops()
            records = [chains.record(chain) for chain in found]
            ours = [one for one in records if {RENAULT, NISSAN} & set(one.parties)]
            heading = f"{day}: {len(ours)}, and {len(records) - len(ours)} in other groups"
            parts.append(Lines(heading, tuple(_loop(one) for one in ours)))
        return Page(
            f"4. Which loops of holdings go through {RENAULT} or {NISSAN}?",
            (
                *parts,
                _try(f"keiretsu paths {RENAULT} {RENAULT} --as-of {ARTICLE}"),
            ),
        )

    def chains(self) -> Page:
        """Return how the State reaches Mitsubishi Motors."""
        answer = paths(self.worlds[ARTICLE], STATE, MITSUBISHI)
        return Page(
            f"5. By which chains does the {STATE} reach {MITSUBISHI} on {ARTICLE}?",
            (
                *chain_parts(answer),
                _try(f'keiretsu paths "{STATE}" "{MITSUBISHI}" --as-of {ARTICLE} -f json'),
            ),
        )


_SAYS = ("title", "publisher", "published")


def _told(text: str) -> Lines:
    return Lines("", (text,))


def _try(*commands: str) -> Lines:
    return Lines(_TRY, commands)


def _plain(low: str | None, high: str | None) -> str:
    if low is None or high is None:
        return ""
    return low if low == high else f"{low}\N{EN DASH}{high}"


def _four(record: VoteRecord) -> tuple[str, ...]:
    return tuple(
        map(shown, (record.capital, record.gross_votes, record.votes, record.agreed_votes))
    )


def _reasons(answer: Answer[VoteRecord]) -> Iterator[str]:
    """Yield why votes are ranges, if they are, and why Nissan can or cannot vote."""
    for caution in answer.cautions:
        if caution.code == "votes-in-range":
            yield f"{caution.text}."
    for record in answer:
        for trace in record.rules:
            if record.owner == NISSAN and "suspended" in trace.effect:
                yield f"{record.holder} is {trace.effect} ({trace.article.name}): {trace.text}."


def _controller(world: Snapshot, company: str, rule: str | None = None) -> str:
    """Return who controls a company, or who comes nearest to it and what is missing."""
    found = list(control(world, of=company, rule=rule))
    certain = [one for one in found if one.verdict == "certain"]
    if certain:
        return ", ".join(f"{one.controller}, with {spelled(one.bounds.low)}" for one in certain)
    if not found:
        return "nobody"
    nearest = max(found, key=_own_share)
    missing = "" if nearest.missing is None else f", {spelled(nearest.missing)} short"
    return f"nobody ({nearest.controller} {spelled(nearest.bounds.low)}{missing})"


def _own_share(record: ControlRecord) -> tuple[object, ...]:
    """Order controllers by what they have; of several, the one that holds it itself."""
    itself = any(part.holder == record.controller for part in record.through)
    return (record.bounds.low, itself)


def _loop(record: PathRecord) -> str:
    hops = (f"{shown(hop.capital)} % of {hop.issuer}" for hop in record.hops)
    return ARROW.join((record.parties[0], *hops))
