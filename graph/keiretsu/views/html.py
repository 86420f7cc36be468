"""The page: one file that opens offline, built on pyvis; the only module that knows pyvis.

pyvis carries nodes and edges and brings vis-network, the engine of the page. Its own template loads
from the network and runs text of strangers as script, so it is replaced by ours: everything is
escaped, a policy in the page allows our scripts and nothing else, and there is nothing to load.
"""

from __future__ import annotations

import base64
import hashlib
import warnings
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from keiretsu.errors import KeiretsuError
from keiretsu.views.geometry import Rect
from keiretsu.views.layout import lay_out
from keiretsu.views.legend import SAMPLE, legend_of
from keiretsu.views.page_data import about, page_data, script_json, trust_words
from keiretsu.views.palette import DARK, FONT, LIGHT
from keiretsu.views.plan import LABELLED
from keiretsu.views.poster import headline
from keiretsu.views.svg import embedded, sample
from keiretsu.views.wording import kind_word, marks_of_doubt, votes_text, votes_word

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup
    from pyvis.network import Network

    from keiretsu.views.layout import Layout
    from keiretsu.views.scene import Scene, SceneLink

ENGINE = "lib/vis-9.1.2/vis-network.min.js"
ENGINE_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""Of the vis-network 9.1.2 that pyvis 0.3.2 brings; any other one was never tried here."""

_SCRIPTS = (
    "page.js", "paint.js", "state.js", "chart.js", "panel.js", "table.js", "export.js", "start.js",
)  # fmt: skip
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


def render_html(scene: Scene) -> str:
    """Return a scene as a page.

    Parameters
    ----------
    scene
        What is shown.

    Returns
    -------
    str
        A whole HTML file that needs nothing else; the same bytes for the same scene.

    Raises
    ------
    KeiretsuError
        If the installed pyvis does not bring the vis-network that the page was made for.
    """
    layout = lay_out(scene)
    network = _carrier(scene, layout)
    network.templateEnv = _environment(scene, layout)
    network.path = "view.html.j2"
    page: str = network.generate_html()
    return page


def _carrier(scene: Scene, layout: Layout) -> Network:
    """Give pyvis names, places and nothing else: no text of a scene passes through it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # IPython and jsonpickle, on being loaded by pyvis
        from pyvis.network import Network  # noqa: PLC0415 - 0.4 s, and only pages need it
    network = Network(directed=True, cdn_resources="in_line")
    names = {}
    for at, party in enumerate(scene.parties):
        names[party.id] = f"n{at}"
        x, y = layout.places.boxes[party.id].centre
        network.add_node(names[party.id], shape="custom", x=round(x, 1), y=round(y, 1))
    for at, link in enumerate(scene.links):
        network.add_edge(names[link.holder], names[link.issuer], id=f"e{at}", hidden=True)
    network.options = _OPTIONS
    return network


def _environment(scene: Scene, layout: Layout) -> Environment:
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
    style = _style()
    scripts = [_engine(), _app()]
    environment.globals.update(
        scene=scene,
        headline=headline(scene),
        style=Markup(style),  # noqa: S704 - ours
        style_hash=Markup(_hash(style)),  # noqa: S704 - ours
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - ours, and of a known hash
        script_hashes=Markup(" ".join(map(_hash, scripts))),  # noqa: S704 - ours
        data=Markup(script_json(page_data(scene, layout))),  # noqa: S704 - escaped for a script
        script_json=lambda value: Markup(script_json(value)),  # noqa: S704 - as above
        picture=Markup(_still(scene, layout)),  # noqa: S704 - escaped by the SVG writer
        legend=_legend(scene, Markup),
        rows=[_row(scene, link) for link in scene.links],
        votes_word=votes_word(scene.rights),
    )
    return environment


def _still(scene: Scene, layout: Layout) -> str:
    """Return the picture for print and for readers without scripts, unless it is too large."""
    if len(scene.parties) <= LABELLED:
        return embedded(scene, layout)
    return "<figcaption>So many parties are drawn by scripts only; the table has all.</figcaption>"


def _legend(scene: Scene, markup: type[Markup]) -> list[dict[str, Any]]:
    frame = Rect(*SAMPLE)
    return [
        {"sample": markup(sample(entry.marks, frame)), "words": entry.words}
        for entry in legend_of(scene)
    ]


def _row(scene: Scene, link: SceneLink) -> dict[str, Any]:
    """Return a row of the table, as its template writes it."""
    votes = link.votes_of(scene.rights)
    holder, issuer = scene.party(link.holder), scene.party(link.issuer)
    return {
        "holder": holder.label,
        "holder_kind": kind_word(holder.kind),
        "issuer": issuer.label,
        "issuer_kind": kind_word(issuer.kind),
        "capital": str(link.capital) if link.capital else "not told",
        "capital_sort": float(link.capital.middle) if link.capital else -1,
        "votes": votes_text(votes) if votes else "not told",
        "votes_sort": float(votes.middle) if votes else -1,
        "why": [part for part in (link.reason, *marks_of_doubt(link), *link.remarks) if part],
        "sources": [
            {
                "title": one.title,
                "about": about(one),
                "words": ", ".join(trust_words(one)),
                "link": one.link,
                "url": None if one.link else one.url,
            }
            for one in link.evidence
        ],
    }


def _template(name: str) -> str:
    return (files("keiretsu.views") / "templates" / name).read_text(encoding="utf-8")


def _style() -> str:
    """Return the style sheet, its colours from the palette that the pictures use."""
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in colours.items())
        for colours in (LIGHT, DARK)
    )
    dark += "color-scheme:dark;"
    return (
        f":root{{color-scheme:light;--font:{FONT};{light}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not([data-theme=light]){{{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}\n" + _template("view.css")
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
