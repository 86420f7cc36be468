"""Layout of large pictures: families in blocks, lines in channels between rows of boxes.

Layers alone make a picture of a thousand parties forty times as wide as high. Here each family
stands together, packed into about the shape of a window, holders above issuers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.views.layout.blocks import packed
from keiretsu.views.layout.channelled import Channelled
from keiretsu.views.layout.families import families_of
from keiretsu.views.layout.runs import widths_in_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.layout.places import Places
    from keiretsu.views.layout.plan import Plan


def place_in_grove(plan: Plan, strongest_first: Sequence[str]) -> Places:
    """Lay a plan out family by family.

    Parameters
    ----------
    plan
        Sizes and links, each label with room of its own.
    strongest_first
        Ids of all links.
    """
    families = families_of(plan, strongest_first)
    pairs = [(link.upper, link.lower) for link in plan.between]
    block = packed(families, widths_in_rows(plan), pairs)
    return Channelled(plan, block.places, block.height).places()
