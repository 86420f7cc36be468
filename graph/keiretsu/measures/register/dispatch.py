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
