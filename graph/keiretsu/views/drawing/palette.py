"""The colours, by what they mean, in a light and a dark theme; the page and the SVG share them.

Capital and votes keep a difference of 77 or more (CIE76) under protanopia, deuteranopia and
tritanopia, in the colours of Open Ownership of 25, and no picture relies on colour alone. Text
keeps a contrast of at least 4.5 on its ground; tests hold both.
"""

from __future__ import annotations

LIGHT = {
    "page": "#f5f7fa",
    "card": "#ffffff",
    "ink": "#14202c",
    "muted": "#52606f",
    "rule": "#d3dae3",
    "accent": "#0b5cad",
    "capital": "#0072b2",
    "votes": "#c2410c",
    "firm": "#3d5a80",
    "firm-tint": "#eaf0f8",
    "state": "#8a6100",
    "state-tint": "#fdf3d8",
    "person": "#0f6b4f",
    "person-tint": "#e4f4ee",
    "trust": "#6d3f8f",
    "trust-tint": "#f4ecf9",
    "other": "#52606f",
    "other-tint": "#eef1f4",
    "halo": "#ffd24a",
    "capital-ink": "#0072b2",
    "votes-ink": "#c2410c",
    "group-0": "#8a1c7c",
    "group-1": "#a3420b",
    "group-2": "#1b5e20",
    "group-3": "#283593",
    "group-4": "#5d4037",
    "group-5": "#00606b",
}
DARK = {
    "page": "#0f151c",
    "card": "#18212b",
    "ink": "#e8eef5",
    "muted": "#a7b5c5",
    "rule": "#324052",
    "accent": "#7cc0ff",
    "capital": "#56b4e9",
    "votes": "#ff9b57",
    "firm": "#9dbbe0",
    "firm-tint": "#213145",
    "state": "#f0c75e",
    "state-tint": "#3a3014",
    "person": "#6fd1ad",
    "person-tint": "#17362c",
    "trust": "#d2a8f0",
    "trust-tint": "#35243f",
    "other": "#a7b5c5",
    "other-tint": "#26303b",
    "halo": "#b98a00",
    "capital-ink": "#56b4e9",
    "votes-ink": "#ff9b57",
    "group-0": "#ee9be3",
    "group-1": "#f6b26b",
    "group-2": "#93d696",
    "group-3": "#aab6ff",
    "group-4": "#d7b8ab",
    "group-5": "#79d3dd",
}
_BOVS = {"capital": "#652eb1", "capital-ink": "#652eb1", "votes": "#349aee", "votes-ink": "#1565a8"}
_BOVS_DARK = {
    "capital": "#d9c2ff",
    "capital-ink": "#d9c2ff",
    "votes": "#349aee",
    "votes-ink": "#5db2f7",
}
THEMES = {"keiretsu": (LIGHT, DARK), "bovs": (LIGHT | _BOVS, DARK | _BOVS_DARK)}
"""Light and dark colours by name; ``bovs`` has those of Open Ownership's Beneficial Ownership
Visualisation System, its blue made darker where it is text, for its contrast on white is 3.0."""
GROUPS = 6
"""How many colours groups have; more groups take them in turn, and each has its own letter."""

FONT = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif'


def themed(colour: str) -> str:
    """Return a colour as a page writes it, so that it follows the reader's theme."""
    return f"var(--{colour})"
