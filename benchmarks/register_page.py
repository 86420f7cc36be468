"""Draw the table and the plot of ``docs/performance.md`` from the kept figures of a register.

``python benchmarks/register_page.py`` writes both anew; with ``--check`` it says what is out of
date, and writes nothing.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

import page
from register_figures import (
    CHAIN,
    CHANGE,
    CONTROL,
    EXTRACTION,
    INGEST,
    LOOKS,
    MEETING,
    OURS,
    OWNERS,
    SHAPLEY,
    STAGE,
    WALK,
    Figures,
)
from register_peers import LIMITS
from register_plot import plot

if TYPE_CHECKING:
    from pathlib import Path

PLOT = page.PAGE.parent / "assets" / "register-figures.svg"
KINDS = (CONTROL, OWNERS, EXTRACTION)
"""What peers are asked as well."""
AIMS = {"DuckDB rounds": ("DuckDB's rounds", 15), "networkx worklist": ("networkx's worklist", 150)}
"""How many times as long as ours peers were to take at a million parties."""
AIMED_AT = 1_000_000


def draw(figures: Figures) -> None:
    """Write the plot, and the page's part."""
    PLOT.write_text(plot(figures), encoding="utf-8")
    page.rewrite("register.py", lines_of(figures))


def outdated(figures: Figures) -> list[Path]:
    """Return the files that are not what the figures say."""
    text = page.PAGE.read_text(encoding="utf-8")
    now = {PLOT: plot(figures), page.PAGE: page.replaced(text, "register.py", lines_of(figures))}
    return [file for file, wanted in now.items() if file.read_text(encoding="utf-8") != wanted]


def lines_of(figures: Figures) -> list[str]:
    """Return the page's part in Markdown."""
    sizes = figures.sizes
    others = [
        what
        for what in figures.measured()
        if not what.startswith((*KINDS, INGEST, STAGE)) and what not in {CHAIN, WALK, LOOKS}
    ]
    return [
        *machines(figures),
        "",
        *facts(figures),
        "",
        "### Control of everybody",
        "",
        *table(figures, [*figures.measured(CONTROL), CHAIN, *figures.measured(WALK)], "engine"),
        "",
        *beside(figures),
        "",
        *stages(figures),
        *left_out(figures),
        "",
        "### Ingest, apart",
        "",
        *table(figures, figures.measured(INGEST), "engine"),
        "",
        "### Owners of one company",
        "",
        *table(figures, figures.measured(OWNERS), "engine"),
        "",
        "### Holdings out of RDF",
        "",
        *table(figures, figures.measured(EXTRACTION), "store"),
        "",
        "### Other questions",
        "",
        *table(figures, others, "question"),
        "",
        "### Shapley-Shubik in a meeting of 100 holders, in basis points",
        "",
        *meeting(figures),
        "",
        "### Peers, times slower in the same run",
        "",
        *ratios(figures, sizes),
    ]


# -- parts ---------------------------------------------------------------------------------------


def machines(figures: Figures) -> list[str]:
    """Return what was measured where, runs of one machine together."""
    found: dict[str, list[str]] = {}
    for name, run in figures.runs.items():
        begin, end = run["load"]
        called = "the meeting" if name == MEETING else f"{int(name):,} parties"
        found.setdefault(run["machine"], []).append(f"{called} {begin} to {end}")
    return [f"Measured on {one}. Load: {', '.join(runs)}." for one, runs in found.items()]


def facts(figures: Figures) -> list[str]:
    """Return how large each register is."""
    head = ("parties", "holdings", "pairs of control", "bytes per holding", "largest memory so far")
    lines = [f"| {' | '.join(head)} |", "|" + "---:|" * len(head)]
    for size in figures.sizes:
        run = figures.runs[str(size)]
        holdings, pairs, own = run["facts"].values()
        peak = run["largest memory so far, GiB"]
        lines.append(f"| {size:,} | {holdings:,} | {pairs:,} | {own:.1f} | {peak} GiB |")
    return lines


def table(figures: Figures, names: list[str], head: str) -> list[str]:
    """Return seconds by size as a Markdown table with growth exponents."""
    sizes = figures.sizes
    columns = " | ".join(f"{size:,}" for size in sizes)
    lines = [f"| {head}, in seconds | {columns} | exponent |", "|---|" + "---:|" * (len(sizes) + 1)]
    for what in names:
        seconds = figures.seconds(what)
        cells = [f"{seconds[size]:.3g}" if size in seconds else "" for size in sizes]
        called = next((what[len(b) :] for b in (*KINDS, INGEST, STAGE) if what.startswith(b)), what)
        lines.append(f"| {called} | {' | '.join(cells)} | {exponent(figures, seconds)} |")
    return lines


def exponent(figures: Figures, seconds: dict[int, float]) -> str:
    """Return how time grows with holdings, from the first to the last size measured."""
    sizes = sorted(seconds)
    if len(sizes) < 2:  # noqa: PLR2004 - nothing grows
        return ""
    grown = math.log(seconds[sizes[-1]] / seconds[sizes[0]])
    return f"{grown / math.log(figures.holdings(sizes[-1]) / figures.holdings(sizes[0])):.2f}"


def meeting(figures: Figures) -> list[str]:
    """Return the table of power in one meeting."""
    run = figures.runs[MEETING]
    ours = run["seconds"][SHAPLEY + OURS]
    lines = ["| engine | seconds | times ours |", "|---|---:|---:|"]
    for what, spent in run["seconds"].items():
        lines.append(f"| {what[len(SHAPLEY) :]} | {spent:.3g} | {spent / ours:,.1f} |")
    facts = (f"{what}: {value:.1g}." for what, value in run["facts"].items())
    return [*lines, "", *(f"{fact[0].upper()}{fact[1:]}" for fact in facts)]


def beside(figures: Figures) -> list[str]:
    """Say, at a million parties, which aims are met, and what else costs beside the forest."""
    asked = (f"{CONTROL}{OURS}, forest", CHAIN, CHANGE)
    ours, chain, change = (figures.seconds(what).get(AIMED_AT) for what in asked)
    peers = {peer: figures.seconds(CONTROL + peer).get(AIMED_AT) for peer in AIMS}
    times = {peer: theirs / ours for peer, theirs in peers.items() if theirs and ours}
    if not (times and ours and chain and change):
        return []
    told = " and ".join(
        f"{times[peer]:.1f} times as long by {called} as by the forest (the aim of {aim} is "
        f"{'met' if times[peer] >= aim else 'missed'})"
        for peer, (called, aim) in AIMS.items()
        if peer in times
    )
    said = (
        f"At {AIMED_AT:,} parties control takes {told}. One chain of as many links takes "
        f"{chain / ours:.1f} times as long as the register (the aim of no longer is "
        f"{'met' if chain <= ours else 'missed'}), and one changed holding "
        f"1/{ours / change:,.0f} of it."
    )
    return [said]


def stages(figures: Figures) -> list[str]:
    """Return where the forest's time goes, if that was measured, and say what holds it."""
    names = figures.measured(STAGE)
    at = {what: figures.seconds(what).get(AIMED_AT) for what in (*names, LOOKS, WALK, CHAIN)}
    known = {what: seconds for what, seconds in at.items() if seconds}
    if not names or len(known) < len(at):
        return []
    whole = sum(known[name] for name in names)
    joint = known[f"{STAGE}joint control"]
    said = (
        f"At {AIMED_AT:,} parties the stages take {whole / known[LOOKS]:.0f} times as long as one "
        "look from every holding at its holder, the places being known beforehand; joint control, "
        f"which no holding tells alone, has {100 * joint / whole:.0f} % of it. "
        "Following the chain link after link, where each look waits for the one before, takes "
        f"{known[WALK] / known[CHAIN]:.1f} times as long as all of control along it."
    )
    return [
        "### Stages of control of everybody",
        "",
        *table(figures, [*names, LOOKS], "stage"),
        "",
        said,
        "",
    ]


def left_out(figures: Figures) -> list[str]:
    """Say which peers end before the largest size."""
    return [
        f"- {name}: to {limit:,} parties; at ten times as many {beyond}."
        for name, (limit, beyond) in LIMITS.items()
        if limit < max(figures.sizes)
    ]


def ratios(figures: Figures, sizes: list[int]) -> list[str]:
    """Return how many times slower peers are than we, per size."""
    columns = " | ".join(f"{size:,}" for size in sizes)
    lines = [f"| peer | {columns} |", "|---|" + "---:|" * len(sizes)]
    for kind in KINDS:
        names = sorted(figures.measured(kind), key=lambda what: OURS not in what)
        ours = figures.seconds(names[0]) if names else {}
        for peer in names[1:]:
            theirs = figures.seconds(peer)
            cells = [
                f"{theirs[s] / ours[s]:,.1f}" if s in theirs and s in ours else "" for s in sizes
            ]
            lines.append(f"| {peer} | {' | '.join(cells)} |")
    return lines


def main(arguments: list[str]) -> None:
    """Draw the page, or look at it."""
    figures = Figures.kept()
    if arguments == ["--check"]:
        stale = [file.name for file in outdated(figures)]
        if stale:
            sys.exit(f"out of date: {', '.join(stale)}; run benchmarks/register_page.py")
    else:
        draw(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
