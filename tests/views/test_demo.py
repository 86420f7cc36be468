"""The demo: every number computed, views written, and what to do next."""

import html
import re

import pytest

from keiretsu.cli.commands.demo import INDEX
from keiretsu.cli.gallery import EXHIBITS, FORMS


@pytest.mark.slow
def test_the_demo_tells_the_story(demo):
    """The answers of the case stand in it."""
    ended = demo.ended

    assert (0, "") == (ended.exit_code, ended.stderr)
    for expected in (
        "28.61",
        "22.00",
        "17.90",
        "nobody (Renault 43.40, 6.60 short)",
        "nobody (Nissan 34.00, 16.00 short)",
        "C. com. L.233-31",
        "French State → Renault → Nissan → Mitsubishi Motors",
        "Nissan → 100.00 % of Nissan Finance Co., Ltd. → 15.00 % of Renault → 43.40 % of Nissan",
    ):
        assert expected in ended.stdout


@pytest.mark.slow
def test_the_demo_writes_its_views(demo):
    """Every view is a file, and the pages are named as what to open."""
    written = {path.name for path in demo.folder.iterdir()}

    assert {INDEX, *(f"{one.name}.{form}" for one in EXHIBITS for form in FORMS)} == written
    assert all(f"{one.name}.html" in demo.ended.stdout for one in EXHIBITS)


@pytest.mark.slow
def test_the_gallery_leads_to_every_view(demo):
    """The index names each question, shows its picture, and links to files that are there."""
    page = (demo.folder / INDEX).read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"]+)"', page))

    assert len(EXHIBITS) == page.count("<svg ")
    assert all(f">{html.escape(one.question)}</a>" in page for one in EXHIBITS)
    assert {f"{one.name}.{form}" for one in EXHIBITS for form in FORMS} == linked
    assert "<script" not in page


@pytest.mark.slow
def test_the_demo_fits_a_narrow_window(demo):
    """No line is longer than a hundred columns."""
    ended = demo.ended

    assert max(map(len, ended.stdout.splitlines())) <= 100
    assert not re.search(r"\x1b", ended.stdout)
