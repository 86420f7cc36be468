"""The JSON API as a table: every route answers as the command of its name does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keiretsu import measures, mirror
from keiretsu.errors import InputError
from keiretsu.measures.overview import whole_network
from keiretsu.measures.ownership.integrated import METHODS
from keiretsu.model import ORDINARY, exact
from keiretsu.ownership_graph.reading import read_date
from keiretsu.rights import RIGHTS, RULES
from keiretsu.scenarios import DEFAULT_RULES, EVERY_REGIME, diff, moves, read_edits, whatif
from keiretsu.scenarios.suppositions import Supposed
from keiretsu.service.parameters import Kind, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the API.

    Parameters
    ----------
    name
        The command that it mirrors; the path is ``/api/NAME``.
    summary
        What it answers.
    parameters
        What it takes beside the day.
    answer
        Takes the snapshot and the parameters.
    whole
        Whether it takes the graph and the days instead, since it is about no single day.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Callable[..., Any]
    whole: bool = False


NO_REGIME: Final = "none"

WHEN: Final = (
    Parameter("as-of", "The day asked about; the data's horizon if not given."),
    Parameter("known-at", "Only what could be known by this day."),
    Parameter("max-age", "Days for which a level is carried forward.", Kind.COUNT),
    Parameter("remainder", "Who has what is not told.", choices=("float", "undisclosed")),
)
_COMPANY: Final = Parameter("company", "Name, identifier or IRI.", required=True)
_DECISION: Final = Parameter("decision", "Class of decision, for agreements that cap some only.")
_REGIME: Final = Parameter(
    "regime", "The legal test.", required=True, choices=tuple(sorted(measures.REGIMES))
)


def _rights(default: str) -> Parameter:
    return Parameter("rights", f"The right that counts; {default} if not given.", choices=RIGHTS)


_METHOD: Final = (
    Parameter("method", "Convention for indirect shares.", choices=METHODS),
    Parameter(
        "damping", "For damped shares, the percentage for each further holding.", Kind.PERCENT
    ),
)

_LONGEST: Final = Parameter("max-length", "Most holdings of a chain.", Kind.COUNT)


def _timeline(
    graph: OwnershipGraph,
    company: str,
    *,
    as_of: str | None = None,
    **given: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401 - an answer of periods
    return graph.timeline(company, until=as_of, **given)


def _diff(
    graph: OwnershipGraph,
    before: str,
    after: str,
    *,
    as_of: str | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    regimes: Sequence[str] = EVERY_REGIME,
    decision: str = ORDINARY,
    **when: Any,  # noqa: ANN401 - as the parameters of the day say
) -> Any:  # noqa: ANN401 - an answer of changes
    if as_of is not None:
        raise InputError("both days are given already", mend="leave out as-of")
    days = [read_date(before), read_date(after)]
    for day in days:
        graph.check_day(day)
    worlds = [graph.snapshot(day, **when) for day in days]
    figures = sorted(graph.claims.figures, key=lambda figure: figure.id)
    return diff(
        worlds[0],
        worlds[1],
        rules=_rules(rules),
        regimes=_regimes(regimes),
        decision=decision,
        figures=figures,
    )


_COMPARED: Final = (
    Parameter("rule", "Rules of control that are compared.", Kind.TEXTS, argument="rules"),
    Parameter(
        "regime",
        f"Legal tests that are compared, {NO_REGIME!r} for none; all if not given.",
        Kind.TEXTS,
        argument="regimes",
    ),
    _DECISION,
)


def _regimes(names: Sequence[str]) -> Sequence[str]:
    unknown = [name for name in names if name not in measures.REGIMES and name != NO_REGIME]
    if unknown:
        mend = f"use {', '.join(measures.REGIMES)}, {NO_REGIME}"
        raise InputError(f"no test is named {unknown[0]!r}", mend=mend)
    return [name for name in names if name != NO_REGIME]


def _rules(names: Sequence[str]) -> Sequence[str]:
    unknown = [name for name in names if name not in RULES]
    if unknown:
        mend = f"use {', '.join(sorted(RULES))}"
        raise InputError(f"no rule is named {unknown[0]!r}", mend=mend)
    return names


def _whatif(
    graph: OwnershipGraph,
    *,
    hold: Sequence[str] = (),
    proposal: str | None = None,
    adopt: Sequence[str] = (),
    end: Sequence[str] = (),
    edits: str | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    regimes: Sequence[str] = EVERY_REGIME,
    decision: str = ORDINARY,
    as_of: str | None = None,
    **when: Any,  # noqa: ANN401 - as the parameters of the day say
) -> Any:  # noqa: ANN401 - an answer of changes
    written = () if edits is None else read_edits(edits, "json", "edits")
    supposed = Supposed(tuple(hold), proposal, tuple(adopt), tuple(end), written).edits()
    if not supposed:
        raise InputError("nothing is supposed", mend="give hold, proposal, adopt, end or edits")
    day = graph.proposal_date(proposal) if as_of is None else as_of
    return whatif(
        graph.scenario(supposed, world=graph.snapshot(day, **when)),
        rules=_rules(rules),
        regimes=_regimes(regimes),
        decision=decision,
        figures=graph.claims.figures,
    )


def _network(world: Snapshot, *, value: Sequence[str] = (), power: bool = False) -> Any:  # noqa: ANN401
    values: dict[str, Fraction] = {}
    for text in value:
        name, sign, number = text.rpartition("=")
        if not sign:
            raise InputError(f"{text!r} is no value", mend="write it like Renault=55.5")
        party = world.parties[world.position(name)].id
        if party in values:
            raise InputError(f"{name!r} has a value already", mend="give each party one value")
        values[party] = exact(number)
        if values[party] < 0:
            raise InputError(f"the value {number} is negative", mend="give nothing or more")
    return whole_network(world, values if value else None, with_power=power)


def _moves(
    world: Snapshot, party: str, company: str, *, rules: Sequence[str] = DEFAULT_RULES
) -> Any:  # noqa: ANN401 - an answer of moves
    return moves(world, party, company, rules=_rules(rules))


ROUTES: Final = (
    Route(
        "owners",
        "Who owns a company, directly and in all?",
        (
            _COMPANY,
            _rights("capital"),
            *_METHOD,
            Parameter("undisclosed-to", "Whose the undisclosed part is supposed to be."),
        ),
        measures.owners,
    ),
    Route(
        "holdings",
        "What does a party own, directly and in all?",
        (
            Parameter("party", "Name, identifier or IRI.", required=True),
            _rights("capital"),
            *_METHOD,
        ),
        measures.holdings,
    ),
    Route(
        "control",
        "Who controls whom, by which rule, and what is missing?",
        (
            Parameter("by", "Controllers asked about.", Kind.TEXTS),
            Parameter("of", "Companies asked about.", Kind.TEXTS),
            Parameter("group", "Parties that act as one controller.", Kind.TEXTS),
            Parameter("rule", "A named rule.", choices=tuple(sorted(RULES))),
            Parameter("threshold", "Control takes more than this percentage.", Kind.PERCENT),
            Parameter("at-least", "Reaching the threshold is enough.", Kind.FLAG),
            Parameter("turnout", "Percentage of votes that are cast.", Kind.PERCENT),
            _rights("votes"),
            _DECISION,
            Parameter("ultimate", "Only controllers that nobody controls.", Kind.FLAG),
            Parameter("undisclosed-to", "Whose the undisclosed part is supposed to be."),
        ),
        measures.control,
    ),
    Route(
        "votes",
        "What may each holder vote in a company, and by which law?",
        (_COMPANY, _DECISION),
        measures.votes,
    ),
    Route(
        "paths",
        "Which chains of holdings lead from one party to another?",
        (
            Parameter("from", "The first holder.", required=True, argument="start"),
            Parameter("to", "The last issuer.", required=True, argument="end"),
            Parameter("rights", "capital or votes.", choices=("capital", "votes")),
            _LONGEST,
        ),
        mirror.paths,
    ),
    Route(
        "chains",
        "What does a party have of a company by each convention of control?",
        (
            Parameter("party", "Name, identifier or IRI.", required=True),
            _COMPANY,
            _rights("votes"),
            Parameter("threshold", "What every link must reach for last-link.", Kind.PERCENT),
            _LONGEST,
        ),
        mirror.chains,
    ),
    Route(
        "timeline",
        "How did control of a party and the votes in it change?",
        (
            _COMPANY,
            Parameter("from", "The first day.", argument="since"),
            Parameter("rule", "Rules of control, tried in order.", Kind.TEXTS, argument="rules"),
        ),
        _timeline,
        whole=True,
    ),
    Route(
        "diff",
        "What differs between two days?",
        (
            Parameter("before", "The earlier day.", required=True),
            Parameter("after", "The later day.", required=True),
            *_COMPARED,
        ),
        _diff,
        whole=True,
    ),
    Route(
        "power",
        "How often do each holder's votes decide in a company?",
        (
            _COMPANY,
            Parameter("index", "The index of power."),
            Parameter("quota", "A decision takes more than this percentage.", Kind.PERCENT),
            Parameter("at-least", "Reaching the quota is enough.", Kind.FLAG),
            Parameter("float", "What the dispersed holders do.", argument="float_as"),
            Parameter("turnout", "Percentage of votes that are cast.", Kind.PERCENT),
        ),
        measures.power,
    ),
    Route(
        "screen",
        "Which companies does a legal test catch because of listed parties?",
        (_REGIME, Parameter("listed", "Parties on the list.", Kind.TEXTS, required=True)),
        measures.screen,
    ),
    Route(
        "beneficial",
        "Who stands behind a company, by a legal test?",
        (_COMPANY, _REGIME),
        measures.beneficial,
    ),
    Route(
        "whatif",
        "What would change if some things were otherwise?",
        (
            Parameter("hold", "A's group stake in B becomes so much, 'A>B=25'.", Kind.TEXTS),
            Parameter("proposal", "A proposal of the data goes through: its IRI or label."),
            Parameter("adopt", "Agreements, or readings of the law, in force.", Kind.TEXTS),
            Parameter("end", "Agreements or rules of law, by article, that end.", Kind.TEXTS),
            Parameter("edits", "Edits as a file in JSON has them; done first."),
            *_COMPARED,
        ),
        _whatif,
        whole=True,
    ),
    Route(
        "moves",
        "How much to buy, or to sell, before control or votes switch?",
        (
            Parameter("party", "Name, identifier or IRI.", required=True),
            _COMPANY,
            Parameter("rule", "Rules of control that are tried.", Kind.TEXTS, argument="rules"),
        ),
        _moves,
    ),
    Route(
        "network",
        "What does each party gather and control in the whole network?",
        (
            Parameter("value", "A party's value, 'Renault=55.5'; one each if none.", Kind.TEXTS),
            Parameter("power", "Add both indices of power.", Kind.FLAG),
        ),
        _network,
    ),
    Route("reconcile", "Where do declared and computed numbers differ?", (), measures.reconcile),
)
