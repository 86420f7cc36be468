"""Table and plot of the page of figures come from the kept figures, and from nothing else."""

import itertools
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import page
import pytest
import register_page
from register_figures import (
    CHAIN,
    CHANGE,
    CONTROL,
    INGEST,
    LOOKS,
    MEETING,
    OWNERS,
    SHAPLEY,
    STAGE,
    WALK,
    Figures,
)
from register_plot import DARK, LIGHT, plot

SCRIPT = Path(register_page.__file__)
SVG = "{http://www.w3.org/2000/svg}"
ENGINES = ["Keiretsu, forest", "one", "another", "a third <&>", "a fourth"]


def run_of(size, seconds):
    facts = {"holdings": size, "pairs of control": size // 2, "bytes per holding": 23.0}
    noted = {"load": [0.1, 0.2], "machine": "a machine", "largest memory so far, GiB": 1.0}
    return {**noted, "facts": facts, "seconds": seconds}


@pytest.fixture
def figures():
    """Ours grows with the size, each peer with its square, and all peers are as quick."""
    runs = {}
    for size in (10_000, 100_000, 1_000_000):
        seconds = {CONTROL + name: (size / 10**6) ** 2 for name in ENGINES}
        seconds[CONTROL + ENGINES[0]] = size / 10**8
        seconds |= {OWNERS + "Keiretsu": 1e-6, OWNERS + "solver": 1e-3, INGEST + "one": 0.5}
        runs[str(size)] = run_of(size, seconds)
    del runs["1000000"]["seconds"][CONTROL + "a fourth"]
    power = {SHAPLEY + "Keiretsu": 0.1, SHAPLEY + "powerindex": 12.0}
    runs[MEETING] = run_of(1, power) | {"facts": {"largest difference of the two": 1e-16}}
    return Figures(runs)


def test_the_page_and_its_plot_are_what_the_kept_figures_say():
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, check=False)
    assert (0, b"") == (done.returncode, done.stderr)


def test_the_kept_figures_are_of_every_size_up_to_a_million():
    sizes = Figures.kept().sizes
    assert {10_000, 100_000, 1_000_000} <= set(sizes)


def test_a_page_that_is_not_what_the_figures_say_is_told(figures, monkeypatch, tmp_path):
    text = page.PAGE.read_text(encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(register_page, "PLOT", tmp_path / "plot.svg")
    page.PAGE.write_text(text, encoding="utf-8")
    register_page.PLOT.write_text("", encoding="utf-8")
    assert {page.PAGE, register_page.PLOT} == set(register_page.outdated(figures))
    register_page.draw(figures)
    assert [] == register_page.outdated(figures)


def test_growth_is_the_exponent_of_time_over_holdings(figures):
    lines = "\n".join(register_page.lines_of(figures))
    assert "| Keiretsu, forest | 0.0001 | 0.001 | 0.01 | 1.00 |" in lines
    assert "| one | 0.0001 | 0.01 | 1 | 2.00 |" in lines
    assert "| a fourth | 0.0001 | 0.01 |  | 2.00 |" in lines
    assert f"| {CONTROL}one | 1.0 | 10.0 | 100.0 |" in lines


def test_the_aim_is_said_to_be_met_or_missed(figures):
    seconds = figures.runs["1000000"]["seconds"]
    seconds |= {CHAIN: 0.02, CHANGE: 1e-5}
    for peer, said in ((0.149, "missed"), (0.15, "met")):
        seconds[f"{CONTROL}DuckDB rounds"] = peer
        seconds[f"{CONTROL}networkx worklist"] = 10 * peer
        (told,) = register_page.beside(figures)
        assert f"(the aim of 15 is {said})" in told
        assert f"(the aim of 150 is {said})" in told
        assert "takes 2.0 times as long as the register (the aim of no longer is missed)" in told
        assert told.endswith("and one changed holding 1/1,000 of it.")
    seconds[CHAIN] = 0.01
    assert "(the aim of no longer is met)" in register_page.beside(figures)[0]


def test_stages_are_told_beside_the_least_that_looks_take(figures):
    assert register_page.stages(figures) == []
    for run in figures.runs.values():
        run["seconds"] |= {f"{STAGE}joint control": 0.01, f"{STAGE}another": 0.03}
        run["seconds"] |= {LOOKS: 0.002, WALK: 0.09, CHAIN: 0.03}
    told = "\n".join(register_page.stages(figures))
    assert "| joint control | 0.01 | 0.01 | 0.01 | 0.00 |" in told
    assert "take 20 times as long as one look" in told
    assert "has 25 % of it" in told
    assert "takes 3.0 times as long as all of control along it." in told
    assert f"| {WALK} |" in "\n".join(register_page.lines_of(figures))


def test_a_peer_that_ends_early_is_said_to(figures):
    said = "\n".join(register_page.left_out(figures))
    assert "clingo rules: to 100,000 parties" in said
    assert "DuckDB" not in said


def test_the_plot_names_every_engine_and_no_name_covers_another(figures):
    drawn = ET.fromstring(plot(figures))  # noqa: S314 - our own
    texts = drawn.findall(f"{SVG}text[@class]")
    named = {text.text: text for text in texts if "halo" in text.get("class")}
    assert {*ENGINES, "Keiretsu", "solver"} == set(named)
    boxes = [(float(text.get("x")), float(text.get("y")), name) for name, text in named.items()]
    for number, (x, y, name) in enumerate(boxes):
        for other_x, other_y, other in boxes[:number]:
            apart = x >= other_x + 6 * len(other) or other_x >= x + 6 * len(name)
            assert apart or abs(other_y - y) >= 12


def test_a_name_is_not_written_over_a_line_that_passes_the_end_of_its_own(figures):
    """A peer ends at 100,000 parties where a steeper one goes on just below it."""
    for size, seconds in ((10_000, 0.005), (100_000, 0.011)):
        figures.runs[str(size)]["seconds"][f"{CONTROL}a fourth"] = seconds
    drawn = ET.fromstring(plot(figures))  # noqa: S314 - our own
    (name,) = (text for text in drawn.iter(f"{SVG}text") if text.text == "a fourth")
    left, base = float(name.get("x")), float(name.get("y"))
    for line in drawn.findall(f"{SVG}polyline")[: len(ENGINES)]:
        points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
        for (x, y), (to_x, to_y) in itertools.pairwise(points):
            for step in range(101):
                at_x, at_y = x + (to_x - x) * step / 100, y + (to_y - y) * step / 100
                assert not (left < at_x < left + 45 and base - 8 < at_y < base + 1)


def test_the_plot_has_each_size_in_its_place(figures):
    drawn = ET.fromstring(plot(figures))  # noqa: S314 - our own
    lines = drawn.findall(f"{SVG}polyline")
    points = {line.get("class"): line.get("points").split() for line in lines[: len(ENGINES)]}
    ours = [tuple(map(float, point.split(","))) for point in points["line l0"]]
    steps = [(b[0] - a[0], a[1] - b[1]) for a, b in itertools.pairwise(ours)]
    assert 2 == len(steps)
    assert all(math.isclose(*pair, abs_tol=0.2) for pair in zip(*steps, strict=True))
    assert all(step > 10 for pair in steps for step in pair)


def test_the_same_figures_give_the_same_bytes(figures, tmp_path):
    figures.keep(tmp_path / "one.json")
    again = Figures.kept(tmp_path / "one.json")
    again.runs = dict(reversed(again.runs.items()))
    again.keep(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert plot(figures) == plot(again)


@pytest.mark.parametrize(("colours", "ground"), [(LIGHT, "#ffffff"), (DARK, "#161b22")])
def test_every_colour_is_legible_on_its_ground(colours, ground):
    assert ground in plot(Figures.kept())
    for colour in colours:
        lighter, darker = sorted(map(luminance, (colour, ground)), reverse=True)
        assert 4.5 <= (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    """Return the relative luminance of WCAG 2."""
    parts = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_what_stands_outside_of_the_marks_is_kept():
    begin, end = page.marks("peers.py")
    text = f"before\n{begin}\nold\n{end}\nafter\n"
    once = page.replaced(text, "peers.py", ["new"])
    assert once == f"before\n{begin}\n\nnew\n\n{end}\nafter\n"
    assert once == page.replaced(once, "peers.py", ["new"])


@pytest.mark.parametrize("text", ["", "{0}", "{1}", "{1} {0}", "{0} {0} {1}", "{0} {1} {1}"])
def test_a_page_without_its_marks_is_not_written(text):
    with pytest.raises(ValueError, match="needs these two lines once"):
        page.replaced(text.format(*page.marks("peers.py")), "peers.py", ["new"])
