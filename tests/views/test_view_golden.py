"""Drawings that a person has looked at, compared byte for byte.

A change of a picture is seen here, in the file itself, before a reader sees it. When it is wanted,
``make golden`` draws them anew; look at each before it is committed.
"""

from __future__ import annotations

import datetime as dt
import os
from importlib.metadata import version
from pathlib import Path

import pytest

import keiretsu
from keiretsu.mirror import snapshot_of_shares

FOLDER = Path(__file__).with_name("golden")
DRAWN_WITH = "2.0.4"
"""Version of pygraphviz, and so of the Graphviz inside it, whose layouts these are."""
ALLIANCE = ("Renault", "Nissan", "Mitsubishi Motors")


def _hyundai():
    """Return Hyundai's loop of 2017: Mobis holds Motor, Motor holds Kia, Kia holds Mobis."""
    shares = {("Hyundai Mobis", "Hyundai Motor"): "20.78%", ("Hyundai Motor", "Kia"): "33.88%",
              ("Kia", "Hyundai Mobis"): "16.88%"}  # fmt: skip
    return snapshot_of_shares(shares, as_of=dt.date(2017, 12, 31))


def _star():
    """Return a firm with many small owners, which are drawn as a stack."""
    owners = {(f"Owner {at:02}", "Firm"): f"{0.1 + at / 20:.2f}%" for at in range(40)}
    return snapshot_of_shares(owners, as_of=dt.date(2019, 9, 3))


DRAWINGS = {
    "alliance-2019": ("2019-09-03", ALLIANCE, 1),
    "alliance-2023-trust": ("2023-11-09", ALLIANCE, 1),
    "volkswagen-2019": ("2019-09-03", "Volkswagen AG", 2),
    "hyundai-loop": (_hyundai, (), 1),
    "forty-owners": (_star, (), 1),
}
"""By the name of its file: a world, or a day of the case; the parties it is about; how far."""


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_is_drawn_as_it_was(case, name):
    """Not a byte has changed since somebody looked at it."""
    if version("pygraphviz") != DRAWN_WITH:
        pytest.skip(f"drawn with pygraphviz {DRAWN_WITH}; {version('pygraphviz')} lays out anew")
    source, focus, depth = DRAWINGS[name]
    world = case.snapshot(source) if isinstance(source, str) else source()
    drawn = keiretsu.view(world, focus=focus, depth=depth, title=name).svg().encode()
    path = FOLDER / f"{name}.svg"
    if os.environ.get("KEIRETSU_GOLDEN") == "draw":
        path.write_bytes(drawn)
    assert path.read_bytes() == drawn, f"{path.name} differs; if it should, run: make golden"


def test_every_drawing_is_compared():
    """No file lies there unused, and none is large."""
    files = {path.stem: path.stat().st_size for path in FOLDER.glob("*.svg")}
    assert set(DRAWINGS) == set(files)
    assert max(files.values()) < 50_000
