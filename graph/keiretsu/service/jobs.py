"""What the server has worked out apart from itself: each is a function of the workshop.

What a job is given and what it gives goes from process to process as JSON and bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.ownership_graph.document import document_of
from keiretsu.service.drawings import DRAWINGS
from keiretsu.service.named import parameters_of, question_at
from keiretsu.service.negotiation import chosen
from keiretsu.service.parameters import read_all
from keiretsu.service.routes import ROUTES, WHEN
from keiretsu.store.editing.updating import patch_lines, written
from keiretsu.store.query.guarded_reply import Change
from keiretsu.store.query.result_forms import media_types, written_as
from keiretsu.store.validation import errors_of_change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from keiretsu.service.parameters import Parameter
    from keiretsu.service.workshop import Workshop

    Given = Mapping[str, Sequence[str]]
    Job = Callable[..., tuple[bytes, str]]

_ROUTES: Final = {route.name: route for route in ROUTES}
_DRAWINGS: Final = {one.name: one for one in DRAWINGS}
_DAY_NAMES: Final = frozenset(parameter.name for parameter in WHEN)


def documented(workshop: Workshop, *, name: str, given: Given) -> tuple[bytes, str]:
    """Return the answer of a route as JSON.

    Parameters
    ----------
    workshop
        The data.
    name
        Of the route.
    given
        The values of its parameters and of the day, as a request writes them.

    Raises
    ------
    KeiretsuError, RequestFaultError
        As the measure, and as `read_all`.
    """
    route, graph = _ROUTES[name], workshop.graph
    days, arguments = _read(route.parameters, given)
    if "decision" in arguments:
        check_decision(graph, arguments["decision"])
    if route.whole:
        return as_json(document_of(route.answer(graph, **arguments, **days))), ""
    return as_json(document_of(route.answer(workshop.worlds.on(**days), **arguments))), ""


def drawn(workshop: Workshop, *, name: str, given: Given) -> tuple[bytes, str]:
    """Return a page or a picture."""
    one = _DRAWINGS[name]
    days, arguments = _read(one.parameters, given)
    arguments.setdefault("form", next(iter(one.forms)))
    text = one.answer(workshop.worlds.on(**days), **arguments)
    return text.encode("utf-8", "backslashreplace"), ""


def questioned(workshop: Workshop, *, name: str, given: Given, accept: str) -> tuple[bytes, str]:
    """Return the answer to a named question in the form that a client likes best, and that form."""
    asked = question_at(name)
    answer = workshop.graph.answer(asked, read_all(parameters_of(asked), given))
    media_type = chosen(accept, media_types(answer))
    return written_as(answer, media_type).encode("utf-8", "backslashreplace"), media_type


def updated(
    workshop: Workshop, *, lines: Sequence[str], name: str, syntax: str
) -> tuple[bytes, str]:
    """Return the data after an update as a file, and, as JSON, what differs and what is wrong.

    Parameters
    ----------
    workshop
        The data before.
    lines
        Of the `Change`.
    name
        What the data are called.
    syntax
        ``trig`` or ``nquads``.

    Raises
    ------
    QueryRefusedError, InputError
        As `keiretsu.store.memory.Store.after`.
    """
    store = workshop.graph.store
    before = store.asserted()
    after = store.after(Change(tuple(lines)), name)
    errors = [
        {"message": f"{one.message} [{one.rule}]", "place": one.place}
        for one in errors_of_change(before, after, name)
    ]
    told = {"patch": patch_lines(before, after), "errors": errors}
    return written(after, syntax), json.dumps(told)


JOBS: Final[Mapping[str, Job]] = {
    "documented": documented,
    "drawn": drawn,
    "questioned": questioned,
    "updated": updated,
}
"""All jobs by name."""


def as_json(document: Mapping[str, Any]) -> bytes:
    """Return a document as JSON, as the command line writes it."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _read(parameters: Sequence[Parameter], given: Given) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the arguments of the day, and all others."""
    when = {name: values for name, values in given.items() if name in _DAY_NAMES}
    rest = {name: values for name, values in given.items() if name not in _DAY_NAMES}
    return read_all(WHEN, when), read_all(parameters, rest)
