"""Views: a scene (plain data) is laid out and drawn as an offline page or as an SVG file."""

from keiretsu.views.drawing.svg import render_svg
from keiretsu.views.page.html import render_html
from keiretsu.views.scene.evidence import Evidence
from keiretsu.views.scene.model import FLOAT, Scene, SceneLink, SceneParty
from keiretsu.views.scene.percent import Percent

__all__ = [
    "FLOAT",
    "Evidence",
    "Percent",
    "Scene",
    "SceneLink",
    "SceneParty",
    "render_html",
    "render_svg",
]
