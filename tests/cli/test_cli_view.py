"""``keiretsu view``: its options, its forms, and what it says to wrong ones."""

import json

import pytest

DAY = ("--as-of", "2019-09-03")


def test_a_picture_of_pixels(call, tmp_path):
    """A PNG is written without a browser, in any colours, with an analysis marked."""
    target = tmp_path / "nissan.png"
    outcome = call("view", "Nissan", *DAY, "--depth", "1", "--colours", "bovs", "-o", target)

    assert (0, "", "") == (outcome.exit_code, outcome.stdout, outcome.stderr)
    assert target.read_bytes().startswith(b"\x89PNG")


def test_a_marked_drawing(call, tmp_path):
    """A legal test is marked on the drawing that names it."""
    target = tmp_path / "test.svg"
    outcome = call(
        "view", "Renault", *DAY, "--depth", "1", "--regime", "ofac", "--listed", "Renault",
        "--mark", "test-ofac", "-o", target,
    )  # fmt: skip

    assert (0, "") == (outcome.exit_code, outcome.stderr)
    drawing = target.read_text(encoding="utf-8")
    assert ">listed</text>" in drawing
    assert ">OFAC</text>" in drawing


def test_two_days(call, tmp_path):
    """A second day is drawn beside the first, with what differs."""
    target = tmp_path / "two.svg"
    outcome = call("view", "Nissan", *DAY, "--depth", "1", "--compare", "2023-11-09", "-o", target)

    assert (0, "") == (outcome.exit_code, outcome.stderr)
    drawing = target.read_text(encoding="utf-8")
    for words in ("On 2019-09-03", "On 2023-11-09", "was 43.4 %"):
        assert f">{words}</text>" in drawing, words


def test_what_is_supposed(call, tmp_path):
    """A supposed stake is drawn beside what is held, dashed and said to be supposed."""
    target = tmp_path / "deal.svg"
    outcome = call(
        "view", "Nissan", *DAY, "--depth", "1", "--hold", "Renault>Nissan=15", "-o", target
    )

    assert (0, "") == (outcome.exit_code, outcome.stderr)
    drawing = target.read_text(encoding="utf-8")
    for words in ("As it would be", "was 43.4 %", "supposed", "Supposed, not so"):
        assert f">{words}</text>" in drawing, words


def test_what_is_proposed(call, tmp_path):
    """A proposal on the table is drawn apart from what is held."""
    target = tmp_path / "proposed.svg"
    outcome = call(
        "view", "Renault", "--as-of", "2019-05-27", "--depth", "1", "--proposals", "-o", target
    )

    assert (0, "") == (outcome.exit_code, outcome.stderr)
    drawing = target.read_text(encoding="utf-8")
    for words in ("proposed", "Proposed, not so", "French State"):
        assert f">{words}</text>" in drawing, words


def test_a_span_of_time(call, tmp_path):
    """The page has a moment for each change, and the events between."""
    target = tmp_path / "years.html"
    outcome = call(
        "view", "Nissan", "--depth", "1", "--from", "2023-11-01", "--until", "2023-11-30",
        "-o", target,
    )  # fmt: skip

    assert (0, "") == (outcome.exit_code, outcome.stderr)
    data = target.read_text(encoding="utf-8").partition('id="data">')[2].partition("</script>")[0]
    moments = json.loads(data)["moments"]
    assert "2023-11-01" == moments[0]["date"]
    assert len(moments) > 1


def test_sources(call, tmp_path):
    """The sources of a view go to a reference manager."""
    target = tmp_path / "sources.csl.json"
    outcome = call("view", "Nissan", *DAY, "--depth", "1", "-o", target)

    assert (0, "") == (outcome.exit_code, outcome.stderr)
    items = json.loads(target.read_text(encoding="utf-8"))
    assert all(item["title"] for item in items)
    assert len({item["id"] for item in items}) == len(items) > 3


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (("--from", "2020-01-01", "--compare", "2021-01-01"), "a span of time is drawn without"),
        (
            ("--from", "2020-01-01", "--hold", "Renault>Nissan=15"),
            "a span of time is drawn without",
        ),
        (("--compare", "2020-01-01", "--hold", "Renault>Nissan=15"), "are two comparisons"),
        (("--until", "2020-01-01"), "a span of time needs its first day"),
        (("--from", "2021-01-01", "--until", "2020-01-01"), "lies before"),
        (("--from", "soon"), "'soon' is not a date"),
        (("--compare", "2021-13-01"), "is not a date"),
        (("--regime", "nonsense", "--listed", "Renault"), "no legal test is named"),
        (("--regime", "ofac"), "needs somebody on its list"),
        (("--mark", "nothing"), "no overlay is named"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_options_that_do_not_go(call, tmp_path, given, problem):
    """A wrong option ends in one line, and nothing is written."""
    target = tmp_path / "wrong.svg"
    outcome = call("view", "Nissan", "--depth", "1", *given, "-o", target)

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert problem in outcome.stderr
    assert 1 == len(outcome.stderr.splitlines())
    assert not target.exists()


@pytest.mark.parametrize(("held", "drawn"), [(3, 4), (160, 3)])
def test_a_store_is_drawn_as_its_file_and_of_a_hub_one_step(call, tmp_path, held, drawn):
    """Beside a company with few holdings all of them are drawn, beside a hub none."""
    rows = ["Top,Hub,60", *(f"Hub,Company {n},60" for n in range(held - 1)), "Top,Company 0,5"]
    file = tmp_path / "t.csv"
    file.write_text("\n".join(["holder,issuer,capital_percent", *rows]), encoding="utf-8")
    assert call("load", file, "--store", tmp_path / "s").exit_code == 0
    pages = []
    for data in (file, tmp_path / "s"):
        target = tmp_path / f"{data.name}.graphml"
        outcome = call("view", "Top", "--as-of", "2020-01-01", "-d", data, "-o", target)
        assert (0, "") == (outcome.exit_code, outcome.stderr)
        pages.append(target.read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert pages[0].count("<node ") == drawn
