"""Views: a scene (plain data) is laid out and drawn as an offline page or as an SVG file."""

from keiretsu.views.percent import Percent
from keiretsu.views.scene import FLOAT, RIGHTS, Evidence, Scene, SceneLink, SceneParty

__all__ = [
    "FLOAT",
    "RIGHTS",
    "Evidence",
    "Percent",
    "Scene",
    "SceneLink",
    "SceneParty",
]
