"""One name for a measure at both scales: columns go to their own form where there is one."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

from keiretsu.snapshot.columnar import ColumnarSnapshot

if TYPE_CHECKING:
    from collections.abc import Callable

Measure = TypeVar("Measure", bound="Callable[..., Any]")


def on_columns(module: str, name: str) -> Callable[[Measure], Measure]:
    """Return a decorator: given columns, call a function of `keiretsu.measures.register` instead.

    It is imported only then, because the loops there may load a compiler.
    """

    def decorate(measure: Measure) -> Measure:
        @functools.wraps(measure)
        def called(snapshot: object, *args: object, **options: object) -> object:
            if not isinstance(snapshot, ColumnarSnapshot):
                return measure(snapshot, *args, **options)
            form = getattr(import_module(f"keiretsu.measures.register.{module}"), name)
            return form(snapshot, *args, **options)

        return cast("Measure", called)

    return decorate


def on_what_lies_above(measure: Measure) -> Measure:
    """Let a measure of one company read, of columns, only what lies above the company.

    There the measure finds ordinary objects, so its answer is what it would be in the whole.
    """

    @functools.wraps(measure)
    def called(snapshot: object, company: object, *args: object, **options: object) -> object:
        if isinstance(snapshot, ColumnarSnapshot):
            position = snapshot.position(cast("int | str", company))
            name = str(snapshot.number_of(position))
            return measure(snapshot.around([position]), name, *args, **options)
        return measure(snapshot, company, *args, **options)

    return cast("Measure", called)
