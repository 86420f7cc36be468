"""Named questions over HTTP: their parameters as those of a route."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.parameters import Parameter
from keiretsu.store.query.questions import question

if TYPE_CHECKING:
    from keiretsu.store.query.questions import Question


def question_at(name: str) -> Question:
    """Return the question of a name.

    Raises
    ------
    RequestFaultError
        404 if there is none.
    """
    try:
        return question(name)
    except InputError as error:
        raise RequestFaultError(HTTPStatus.NOT_FOUND, error.problem, error.mend) from None


def parameters_of(asked: Question) -> tuple[Parameter, ...]:
    """Return what a request may give.

    Examples
    --------
    >>> [(one.name, one.required) for one in parameters_of(question("q01"))]
    [('company', False), ('as_of', False)]
    """
    return tuple(
        Parameter(
            one.name,
            f"A {one.kind}; {one.default!r} if not given."
            if one.default is not None
            else f"A {one.kind}.",
            required=one.default is None,
        )
        for one in asked.parameters
    )
