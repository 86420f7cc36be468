"""Views: a scene (plain data) is laid out and drawn as an offline page or as an SVG file."""

from keiretsu.views.html import render_html
from keiretsu.views.percent import Percent
from keiretsu.views.scene import FLOAT, RIGHTS, Evidence, Scene, SceneLink, SceneParty
from keiretsu.views.svg import render_svg

__all__ = [
    "FLOAT",
    "RIGHTS",
    "Evidence",
    "Percent",
    "Scene",
    "SceneLink",
    "SceneParty",
    "render_html",
    "render_svg",
]
