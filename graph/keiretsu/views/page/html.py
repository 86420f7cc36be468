"""The page: one file that opens offline, built on pyvis; the only module that knows pyvis.

pyvis carries nodes and edges and brings vis-network, the engine of the page. Its own template loads
from the network and runs text of strangers as script, so it is replaced by ours: everything is
escaped, a policy in the page allows our scripts and nothing else, and there is nothing to load.
"""

from __future__ import annotations

import base64
import hashlib
import re
import warnings
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from keiretsu.errors import KeiretsuError
from keiretsu.views.drawing.embedded import embedded
from keiretsu.views.drawing.legend import SAMPLE, legend_of
from keiretsu.views.drawing.palette import DARK, FONT, LIGHT, THEMES
from keiretsu.views.drawing.poster import headline, state_words
from keiretsu.views.drawing.svg import sample
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.layout.plan import LABELLED
from keiretsu.views.page.data import PageData
from keiretsu.views.page.packing import packed
from keiretsu.views.page.spelling import script_json
from keiretsu.views.page.table import (
    credits_at_moments,
    marked_words,
    notes_at_moments,
    table_rows,
    told_lines,
)
from keiretsu.views.scene.arrangements import arrangements_of
from keiretsu.views.scene.model import OFFICE, PROPOSED
from keiretsu.views.scene.wording import votes_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment
    from markupsafe import Markup
    from pyvis.network import Network

    from keiretsu.views.scene.arrangements import Arrangement
    from keiretsu.views.scene.model import Scene

ENGINE = "lib/vis-9.1.2/vis-network.min.js"
ENGINE_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""Of the vis-network 9.1.2 that pyvis 0.3.2 brings; any other one was never tried here."""

_SCRIPTS = (
    "unpack.js", "page.js", "paint.js", "strokes.js", "state.js", "room.js", "chart.js",
    "framing.js", "names.js", "minimap.js", "keys.js", "chains.js", "path.js", "overlay.js",
    "time.js", "hiding.js", "panel.js", "claims.js", "table.js", "export.js", "address.js",
    "start.js",
)  # fmt: skip
_REMARK = re.compile(r"^ */\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_IN_THE_DARK = "@media screen and (prefers-color-scheme:dark)"
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": {"enabled": False},
        "multiselect": False,
        "selectConnectedEdges": False,
    },
    "nodes": {"chosen": False},
    "edges": {"chosen": False, "smooth": False},
}


def render_html(scene: Scene, *, colours: str = "keiretsu") -> str:
    """Return a scene as a page.

    Parameters
    ----------
    scene
        What is shown.
    colours
        Name of the colours in which the page opens; a reader can choose others.

    Returns
    -------
    str
        A whole HTML file that needs nothing else; the same bytes for the same scene.

    Raises
    ------
    KeiretsuError
        If the installed pyvis does not bring the vis-network that the page was made for.
    """
    arrangements = arrangements_of(scene)
    told = PageData(scene, arrangements)
    network = _carrier(arrangements[0], told)
    network.templateEnv = _environment(scene, arrangements, told, colours)
    network.path = "view.html.j2"
    page: str = network.generate_html()
    return page


def _carrier(arrangement: Arrangement, told: PageData) -> Network:
    """Give pyvis names, places and nothing else: no text of a scene passes through it.

    It carries the first arrangement; the page puts others in its place.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # IPython and jsonpickle, on being loaded by pyvis
        from pyvis.network import Network  # noqa: PLC0415 - 0.4 s, and only pages need it
    network = Network(directed=True, cdn_resources="in_line")
    for party in arrangement.scene.parties:
        x, y = arrangement.wide.places.boxes[party.id].centre
        network.add_node(told.names[party.id], shape="custom", x=round(x, 1), y=round(y, 1))
    for link in arrangement.scene.links:
        ends = told.names[link.holder], told.names[link.issuer]
        network.add_edge(*ends, id=told.link_names[link.id], hidden=True)
    network.options = _OPTIONS
    return network


def _carried(
    nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]], options: object
) -> dict[str, Any]:
    """Return what pyvis carries without the looks that it adds: the page paints for itself."""
    return {
        "nodes": [[node["id"], node["x"], node["y"]] for node in nodes],
        "edges": [[edge["id"], edge["from"], edge["to"]] for edge in edges],
        "options": options,
    }


def _environment(
    scene: Scene, arrangements: Sequence[Arrangement], told: PageData, colours: str
) -> Environment:
    import jinja2  # noqa: PLC0415 - only pages need it
    from markupsafe import Markup  # noqa: PLC0415 - as above

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    still, still_style = _still(arrangements[0])
    style = _style() + still_style
    scripts = [_engine(), _app()]
    environment.globals.update(
        scene=scene,
        colours=colours,
        headline=headline(scene),
        state=state_words(scene),
        credits=credits_at_moments(scene),
        notes=notes_at_moments(scene),
        style=Markup(style),  # noqa: S704 - ours
        style_hash=Markup(_hash(style)),  # noqa: S704 - ours
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - ours, and of a known hash
        script_hashes=Markup(" ".join(map(_hash, scripts))),  # noqa: S704 - ours
        data=Markup(script_json(packed(told.as_dict()))),  # noqa: S704 - escaped
        carried=lambda *parts: Markup(script_json(_carried(*parts))),  # noqa: S704 - as above
        picture=Markup(still),  # noqa: S704 - escaped by the SVG writer
        legend=_legend(scene, arrangements, Markup),
        rows=list(table_rows(scene)),
        marked=list(marked_words(scene)),
        offices=told_lines(scene, OFFICE),
        proposed=told_lines(scene, PROPOSED),
        votes_word=votes_word(scene.rights),
    )
    return environment


def _still(arrangement: Arrangement) -> tuple[str, str]:
    """Return the picture for print and for readers without scripts, and its style.

    A picture that is too large for them is not drawn; its place says so.
    """
    if len(arrangement.scene.parties) <= LABELLED:
        return embedded(arrangement.scene, arrangement.wide)
    words = "So many parties are drawn by scripts only; the table has all."
    return f"<figcaption>{words}</figcaption>", ""


def _legend(
    scene: Scene, arrangements: Sequence[Arrangement], markup: type[Markup]
) -> list[dict[str, Any]]:
    frame = Rect(*SAMPLE)
    scenes = (*(one.scene for one in arrangements), scene)
    entries = {entry.words: entry for one in scenes for entry in legend_of(one)}
    return [
        {"sample": markup(sample(entry.marks, frame)), "words": words}
        for words, entry in entries.items()
    ]


def _template(name: str) -> str:
    """Return a file of ours without its indentation and remarks: they are for who works on it."""
    text = (files("keiretsu.views.page") / "templates" / name).read_text(encoding="utf-8")
    if name.endswith((".js", ".css")):
        text = _REMARK.sub("", text)
    return "\n".join(line.lstrip() for line in text.splitlines()) + "\n"


def _style() -> str:
    """Return the style sheet, its colours from the palette that the pictures use."""
    light, dark = (_properties(colours) for colours in (LIGHT, DARK))
    parts = [
        f":root{{color-scheme:light;--font:{FONT};{light}}}",
        *_dark_rules("", f"{dark}color-scheme:dark;"),
    ]
    for name, (other_light, other_dark) in THEMES.items():
        chosen = f"[data-colours={name}]"
        parts.append(f":root{chosen}{{{_properties(other_light, LIGHT)}}}")
        parts += _dark_rules(chosen, _properties(other_dark, LIGHT))
    return "\n".join([*parts, _template("view.css")])


def _dark_rules(chosen: str, properties: str) -> list[str]:
    """Return what holds on a screen of readers whose system, or whose choice, is dark."""
    return [
        f"{_IN_THE_DARK}{{:root{chosen}:not([data-theme=light]){{{properties}}}}}",
        f"@media screen{{:root[data-theme=dark]{chosen}{{{properties}}}}}",
    ]


def _properties(colours: Mapping[str, str], beside: Mapping[str, str] | None = None) -> str:
    """Return colours as custom properties; beside others only those that differ."""
    return "".join(
        f"--{name}:{value};"
        for name, value in colours.items()
        if beside is None or beside[name] != value
    )


def _app() -> str:
    inside = "\n".join(_template(name) for name in _SCRIPTS)
    return f"(function () {{\n'use strict';\n{inside}\n}})();"


def _engine() -> str:
    script = (files("pyvis") / "templates" / ENGINE).read_bytes()
    found = hashlib.sha256(script).hexdigest()
    if found != ENGINE_SHA256:
        raise KeiretsuError(
            f"pyvis brings another vis-network than the page was made for (sha256 {found[:12]}…)",
            mend="install pyvis 0.3.2",
        )
    text = script.decode("utf-8").replace("\r\n", "\n")  # as a browser reads it, for its hash
    return text.partition("//# sourceMappingURL")[0].strip()


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"
