"""What sources hold of targets themselves, nodes held whole by one source seen through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


@compiled
def in_hand(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    is_end: NDArray[np.bool_],
    holder: Integers,
    held: Integers,
) -> tuple[Integers, Integers]:
    """Return what holders have in hand of nodes in which they have a part.

    Parameters
    ----------
    first, source, weight, whole
        Edges grouped by target, and the weight of everything in each node.
    is_end
        Per node, whether a climb stops there. Every loop that lets nothing out must be one.
    holder, held
        Pairs of nodes; what is held is no end.

    Returns
    -------
    through
        Per pair the first node upwards from what is held that has more than one source, or an end
        as its source: whoever has a share in the one has the same in the other.
    weight
        Per pair what the holder has of the weight of that node itself.

    Examples
    --------
    >>> columns = ([0, 0, 0, 2, 3], [0, 1, 2], [3, 1, 9], [0, 0, 4, 9])
    >>> edges = (np.array(column) for column in columns)
    >>> through, weight = in_hand(*edges, np.array([1, 1, 0, 0]) > 0, np.array([1]), np.array([3]))
    >>> through.tolist(), weight.tolist()
    ([2], [1])
    """
    through, found = held.copy(), np.zeros(held.size, dtype=np.int64)
    for pair in range(held.size):
        node = held[pair]
        edge = first[node]
        while edge < first[node + 1]:
            if 0 < weight[edge] == whole[node] and not is_end[source[edge]]:
                node = source[edge]
                edge = first[node]
            else:
                edge += 1
        through[pair] = node
        for line in range(first[node], first[node + 1]):
            if source[line] == holder[pair]:
                found[pair] = weight[line]
    return through, found
