"""Layout by Graphviz's dot, through pygraphviz, whose wheel brings it.

dot sees sizes and made-up names only: no text of a scene reaches it. Labels are empty tables of a
fixed size, for which it reserves room; a rising link is given reversed, so that dot ranks it with
the links that it answers, and its route is turned round again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.views.layout.geometry import Rect, sampled, simplified
from keiretsu.views.layout.loops import loop_beside, loops_height, loops_of, loops_width
from keiretsu.views.layout.places import Path, Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pygraphviz import AGraph

    from keiretsu.views.layout.geometry import Point, Route
    from keiretsu.views.layout.plan import Plan, PlannedLink

_POINTS_PER_INCH = 72
_MANY = 300
_BETWEEN_FRAMES = 1.0
"""Half the distance between the frames of two boxes, in pixels."""
_SMOOTH, _COARSE = 12, 5


def place_with_dot(
    plan: Plan,
    *,
    layer_gap: float = 0.6,
    box_gap: float = 0.35,
    backwards: bool = False,
) -> Places:
    """Lay a plan out with dot.

    Parameters
    ----------
    plan
        Sizes and links.
    layer_gap, box_gap
        Least distances, in inches.
    backwards
        Whether to give dot the boxes in reverse, from which it may find a better order.

    Raises
    ------
    ImportError
        If pygraphviz is not installed.
    """
    import pygraphviz  # noqa: PLC0415 - a heavy import, and one that may be absent

    graph = pygraphviz.AGraph(
        directed=True,
        strict=False,
        ranksep=str(layer_gap),
        nodesep=str(box_gap),
        outputorder="edgesfirst",
        remincross="true",
        searchsize="200",
        mclimit="0.5" if len(plan.boxes) > _MANY else "16",
        **({"nslimit": "2", "nslimit1": "2"} if len(plan.boxes) > _MANY else {}),
    )
    graph.node_attr.update(shape="box", fixedsize="true", label="")
    names = {party: f"n{at}" for at, party in enumerate(plan.boxes)}
    for party in reversed(names) if backwards else names:
        box = plan.boxes[party]
        wide = box.width + 2 * _more_room(plan, party, box_gap)
        _add_box(graph, names[party], wide, box.height)
    for at, link in enumerate(plan.links):
        if not link.is_loop:
            ends = names[link.upper], names[link.lower]
            graph.add_edge(*ends, key=f"e{at}", **_attributes(link))
    for party, name in names.items():
        _keep_room_for_loops(graph, plan, party, name)
    graph.layout(prog="dot")
    return _places(graph, plan, names)


def _more_room(plan: Plan, party: str, box_gap: float) -> float:
    """Return by how much a frame reaches beyond half the gap between boxes."""
    around = plan.around.get(party)
    half = box_gap * _POINTS_PER_INCH / 2
    return max(0.0, around.frame + _BETWEEN_FRAMES - half) if around and around.frame else 0.0


def _keep_room_for_loops(graph: AGraph, plan: Plan, party: str, name: str) -> None:
    """Set an empty box beside a party that holds itself: dot's own loops spoil its sides."""
    if not loops_of(plan, party):
        return
    beside = f"{name}loops"
    _add_box(graph, beside, loops_width(plan, party), loops_height(plan, party))
    graph.add_subgraph([name, beside], rank="same")
    graph.add_edge(name, beside, style="invis", weight="100")


def _add_box(graph: AGraph, name: str, width: float, height: float) -> None:
    graph.add_node(name, width=str(width / _POINTS_PER_INCH), height=str(height / _POINTS_PER_INCH))


def _attributes(link: PlannedLink) -> dict[str, str]:
    given = {
        "arrowsize": "0.01",
        "weight": "0" if link.rises else "4",
        "minlen": str(link.span),
        "dir": "back" if link.rises else "forward",
    }
    if link.label is not None:
        width, height = (round(side) for side in link.label)
        given["label"] = (
            f'<<TABLE FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}" BORDER="0" '
            'CELLPADDING="0"><TR><TD></TD></TR></TABLE>>'
        )
    return given


def _places(graph: AGraph, plan: Plan, names: Mapping[str, str]) -> Places:
    boxes = {
        party: Rect.around(
            _flipped(graph.get_node(names[party]).attr["pos"]), box.width, box.height
        )
        for party, box in plan.boxes.items()
    }
    steps = _SMOOTH if len(plan.boxes) <= _MANY else _COARSE
    routes = {}
    for at, link in enumerate(plan.links):
        if link.is_loop:
            routes[link.id] = loop_beside(plan, link, boxes[link.upper])
            continue
        edge = graph.get_edge(names[link.upper], names[link.lower], key=f"e{at}")
        route = _on_boxes(_route(edge.attr["pos"], steps), boxes[link.upper], boxes[link.lower])
        plate = None
        if link.label is not None and edge.attr["lp"]:
            plate = Rect.around(_flipped(edge.attr["lp"]), *link.label)
        routes[link.id] = Path(route[::-1] if link.rises else route, plate)
    return Places(boxes, routes)


def _route(spline: str, steps: int) -> Route:
    """Read dot's ``[s,x,y] [e,x,y] x,y x,y ...``: where arrows touch, then Bézier controls."""
    first: list[Point] = []
    last: list[Point] = []
    controls = []
    for token in spline.split():
        if token.startswith("s,"):
            first.append(_flipped(token[2:]))
        elif token.startswith("e,"):
            last.append(_flipped(token[2:]))
        else:
            controls.append(_flipped(token))
    return simplified([*first, *sampled(controls, steps), *last])


def _on_boxes(route: Route, upper: Rect, lower: Rect) -> Route:
    """Return a route that ends on boxes, also where dot had kept room beside them."""
    (x1, y1), *between, (x2, y2) = route
    first = min(max(x1, upper.left), upper.right), y1
    return (first, *between, (min(max(x2, lower.left), lower.right), y2))


def _flipped(pair: str) -> Point:
    """Read ``x,y``; dot's y grows upwards."""
    x, y = pair.split(",")
    return float(x), -float(y)
