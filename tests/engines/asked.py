"""What an engine must find: the answers of the single machine."""

import numpy as np

import keiretsu

_KEYS = ("controller", "company", "weight", "whole")


def rows_of(table, *names):
    return list(zip(*(table.column(name).to_pylist() for name in names or _KEYS), strict=True))


def expected(world, *, ultimate=False, **options):
    """Return the single machine's rows, sorted."""
    answer = keiretsu.control(world, ultimate=ultimate, **options)
    names = (*_KEYS, "size") if ultimate else _KEYS
    columns = answer.columns()
    order = np.lexsort((columns["company"], columns["controller"]))
    return list(zip(*(columns[name][order].tolist() for name in names), strict=True))


def check(found, world, **options):
    """Compare an engine's answers with the single machine's; return how many pairs there are."""
    pairs = rows_of(found.pairs())
    assert pairs == expected(world, **options)
    tops = rows_of(found.ultimate(), *_KEYS, "size")
    assert tops == expected(world, ultimate=True, **options)
    heads = {row[0] for row in tops if row[-1]}
    assert set(found.rings()) == heads
    return len(pairs)
