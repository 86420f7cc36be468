"""What is answered as a page or a picture instead of JSON: the view and the explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keiretsu.rights import RULES
from keiretsu.service.parameters import Kind, Parameter
from keiretsu.views.compose import DEPTH, MOST_UNASKED, view
from keiretsu.views.page.dossier import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from keiretsu.snapshot import Snapshot

_HTML: Final = "text/html"
_DEPTH: Final = f"{DEPTH}, or 1 where there are then more than {MOST_UNASKED} parties,"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A route that answers with a page or a picture.

    Parameters
    ----------
    name
        The command that it mirrors; the path is ``/api/NAME``.
    summary
        What it answers.
    parameters
        What it takes beside the day; one of them is the form.
    forms
        Media types by the names of the forms, the first one for requests that name none.
    answer
        Takes the snapshot, the form and the other parameters.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    forms: Mapping[str, str]
    answer: Callable[..., str]


def _view(
    world: Snapshot, *, form: str, party: Sequence[str] = (), depth: int | None = None
) -> str:
    heads = [world.parties[one].id for one in world.directory.find_all(party)]
    picture = view(world, focus=heads, depth=depth)
    return picture.html() if form == "html" else picture.svg()


def _explain(
    world: Snapshot, *, form: str, controller: str, company: str, rule: str | None = None
) -> str:
    return explain(world, controller, company, rule=rule, form=form)


DRAWINGS: Final = (
    Drawing(
        "view",
        "A picture of who holds what around some parties.",
        (
            Parameter("party", "Parties in the middle; everything if none.", Kind.TEXTS),
            Parameter("depth", f"Holdings away from them; {_DEPTH} if not given.", Kind.COUNT),
            Parameter("form", "A page, or a drawing.", choices=("html", "svg")),
        ),
        {"html": _HTML, "svg": "image/svg+xml"},
        _view,
    ),
    Drawing(
        "explain",
        "One page on whether a party controls a company, and why, with its sources.",
        (
            Parameter("controller", "Name, identifier or IRI.", required=True),
            Parameter("company", "Name, identifier or IRI.", required=True),
            Parameter("rule", "A named rule.", choices=tuple(sorted(RULES))),
            Parameter("form", "HTML, or Markdown.", choices=("html", "md")),
        ),
        {"html": _HTML, "md": "text/markdown"},
        _explain,
    ),
)
