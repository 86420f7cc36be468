"""The JSON API as a table: every route answers as the command of its name does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keiretsu import measures, mirror
from keiretsu.measures.ownership.integrated import METHODS
from keiretsu.rights import RIGHTS, RULES
from keiretsu.service import answers
from keiretsu.service.parameters import Kind, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable


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
_COMPARED: Final = (
    Parameter("rule", "Rules of control that are compared.", Kind.TEXTS, argument="rules"),
    Parameter(
        "regime",
        f"Legal tests that are compared, {answers.NO_REGIME!r} for none; all if not given.",
        Kind.TEXTS,
        argument="regimes",
    ),
    _DECISION,
)

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
        answers.timeline_of,
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
        answers.difference,
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
        answers.supposition,
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
        answers.smallest_moves,
    ),
    Route(
        "network",
        "What does each party gather and control in the whole network?",
        (
            Parameter("value", "A party's value, 'Renault=55.5'; one each if none.", Kind.TEXTS),
            Parameter("power", "Add both indices of power.", Kind.FLAG),
        ),
        answers.network_of,
    ),
    Route("reconcile", "Where do declared and computed numbers differ?", (), measures.reconcile),
)
