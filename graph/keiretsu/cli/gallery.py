"""The views of the demo: one for each question of the case that a picture answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.cli.story import ARTICLE, COUNTED, MITSUBISHI, NISSAN, PRESUMPTION, RENAULT, STATE
from keiretsu.cli.story import UNTIED as SETTLED
from keiretsu.scenarios import scenario
from keiretsu.views.compose import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.views.view import View

ALLIANCE = (RENAULT, NISSAN, MITSUBISHI)
FORMS = ("html", "svg", "csv")
"""In which forms each view is written."""
_DISMISSED = "2018-11-22"
_PROPOSED, _MERGER = "2019-05-27", "FCA's proposal of a merger of equals with Renault"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A question, and the view that answers it.

    Parameters
    ----------
    name
        Of its files, without the ending.
    question
        What it answers.
    make
        Draws it from the bundled data.
    mark
        Key of the analysis that is marked at first.
    """

    name: str
    question: str
    make: Callable[[OwnershipGraph], View]
    mark: str | None = None


def _holders(graph: OwnershipGraph) -> View:
    title = "Who holds what in Nissan, in capital and in votes"
    return view(graph.snapshot(ARTICLE), focus=NISSAN, depth=1, title=title)


def _without_votes(graph: OwnershipGraph) -> View:
    title = "Which holdings in Renault carry no votes, and under which rule"
    return view(graph.snapshot(COUNTED), focus=RENAULT, depth=1, title=title)


def _loops(graph: OwnershipGraph) -> View:
    title = "The alliance and its cross-holdings"
    return view(graph.snapshot(ARTICLE), focus=ALLIANCE, depth=1, title=title)


def _controllers(graph: OwnershipGraph) -> View:
    title = "Who controls Nissan and Mitsubishi Motors"
    return view(graph.snapshot(ARTICLE), focus=ALLIANCE, depth=2, title=title)


def _reach(graph: OwnershipGraph) -> View:
    title = "What the French State reaches"
    return view(
        graph.snapshot(ARTICLE), focus=STATE, depth=4, title=title, regime="ofac", listed=STATE
    )


def _offices(graph: OwnershipGraph) -> View:
    title = "Who sits where: nominees, and seats on several boards"
    world = graph.snapshot(ARTICLE)
    boards = (STATE, RENAULT, NISSAN, MITSUBISHI)
    return view(world, focus=boards, depth=0, title=title, offices=graph.claims)


def _offices_lost(graph: OwnershipGraph) -> View:
    title = "Who sat where in the weeks after the arrest"
    return view(
        graph, focus=ALLIANCE, depth=0, start="2018-11-01", until="2019-01-31", title=title,
        opened=_DISMISSED, offices=graph.claims,
    )  # fmt: skip


def _sold_down(graph: OwnershipGraph) -> View:
    now = graph.snapshot(ARTICLE)
    supposed = scenario(now, hold={(RENAULT, NISSAN): "15%"})
    title = "If Renault went to 15 % of Nissan"
    return view(now, focus=(RENAULT, NISSAN), depth=1, compared_with=supposed, title=title)


def _bought_up(graph: OwnershipGraph) -> View:
    now = graph.snapshot(ARTICLE)
    supposed = scenario(now, hold={(NISSAN, RENAULT): "25%"})
    title = "If Nissan went to 25 % of Renault"
    return view(now, focus=(RENAULT, NISSAN), depth=1, compared_with=supposed, title=title)


def _merged(graph: OwnershipGraph) -> View:
    now = graph.snapshot(_PROPOSED)
    claims = graph.claims
    supposed = scenario(now, proposal=_MERGER, claims=claims)
    title = "What the merger with Fiat Chrysler would have done"
    focus = (RENAULT, "Fiat Chrysler Automobiles")
    return view(now, focus=focus, depth=1, compared_with=supposed, title=title)


def _proposed(graph: OwnershipGraph) -> View:
    title = "The weeks of the proposal to merge Renault and Fiat Chrysler"
    focus = (RENAULT, "Fiat Chrysler Automobiles")
    return view(
        graph, focus=focus, depth=1, start="2019-05-20", until="2019-06-07", title=title,
        opened=_PROPOSED, proposals=graph.claims,
    )  # fmt: skip


def _settled(graph: OwnershipGraph) -> View:
    title = "The alliance after the new agreement"
    return view(graph.snapshot(SETTLED), focus=ALLIANCE, depth=1, title=title)


def _over_the_years(graph: OwnershipGraph) -> View:
    title = "Renault and Nissan on their way to the new agreement"
    return view(
        graph, focus=(RENAULT, NISSAN), depth=1, start="2021-01-01", until="2023-12-31", title=title
    )


def _control_over_time(graph: OwnershipGraph) -> View:
    title = "Who controlled Nissan, 1999 to 2024"
    return view(graph, focus=NISSAN, depth=1, start="1999-01-01", until="2024-12-31", title=title)


EXHIBITS = (
    Exhibit(
        f"alliance-{ARTICLE}",
        "Which cross-holdings and longer loops exist?",
        _loops,
    ),
    Exhibit(f"nissan-{ARTICLE}", "Who holds what in Nissan, and who says so?", _holders),
    Exhibit(
        f"renault-votes-{COUNTED}",
        "Which holdings carry capital but no votes, and under which rule?",
        _without_votes,
    ),
    Exhibit(
        f"control-{ARTICLE}",
        "Who controls Nissan and Mitsubishi Motors, by which chain, under which rule?",
        _controllers,
        f"control-{PRESUMPTION}",
    ),
    Exhibit(f"french-state-{ARTICLE}", "What does the French State reach?", _reach),
    Exhibit(f"offices-{ARTICLE}", "Who sits on whose board, and who put them there?", _offices),
    Exhibit(
        "offices-2018-2019",
        "Which offices did the arrested chairman lose, and who followed?",
        _offices_lost,
    ),
    Exhibit("what-if-15-percent", "What if Renault goes to 15 % of Nissan?", _sold_down),
    Exhibit("what-if-25-percent", "What if Nissan goes to 25 % of Renault?", _bought_up),
    Exhibit("proposal-2019", "What did Fiat Chrysler propose, and until when?", _proposed),
    Exhibit("what-if-fca", "What would the merger with Fiat Chrysler have done?", _merged),
    Exhibit(f"alliance-{SETTLED}", "What did the new agreement change?", _settled),
    Exhibit("years-2021-2023", "How did it change from year to year?", _over_the_years),
    Exhibit(
        "nissan-1999-2024",
        "How did control of Nissan change from 1999 to 2024?",
        _control_over_time,
        f"control-{PRESUMPTION}",
    ),
)
"""In the order in which the index shows them."""
