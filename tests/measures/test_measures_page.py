"""The page of the measures: its examples run, and it names what there is."""

import re
from pathlib import Path

import pytest

import keiretsu
from keiretsu.measures import REGIMES
from keiretsu.measures.ownership.integrated import METHODS
from keiretsu.measures.power.ballot import FLOATS
from keiretsu.measures.power.company import INDICES
from keiretsu.mirror import CONVENTIONS
from keiretsu.rights import RIGHTS

PAGE = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)}
PARTS = ("**Answers**", "**Definition.**", "**Conventions.**", "**Reference.**", "```pycon")


def test_every_section_is_whole():
    """A measure has its question, definition, convention, example and reference."""
    measures = [name for name in SECTIONS if not name.startswith("# ")]
    assert 9 == len(measures)
    assert {} == {
        name: missing
        for name in measures
        if (missing := [part for part in PARTS if part not in SECTIONS[name]])
    }


@pytest.mark.parametrize(
    "names",
    [METHODS, INDICES, FLOATS, RIGHTS, tuple(CONVENTIONS), tuple(REGIMES)],
    ids=["methods", "indices", "floats", "rights", "conventions", "regimes"],
)
def test_everything_that_can_be_asked_for_is_named(names):
    """What an option takes stands on the page, as code."""
    assert len(names) >= 3
    assert [] == [name for name in names if f"`{name}`" not in PAGE]


def test_every_measure_is_named():
    """Every function of the package that measures stands on the page."""
    others = {"OwnershipGraph", "Snapshot", "__version__", "from_networkx", "to_networkx", "view"}
    others |= {"diff", "moves", "scenario", "timeline", "whatif"}  # pages of their own
    measures = set(keiretsu.__all__) - others
    assert measures >= {"control", "ownership", "power", "chains", "screen", "karos_peters"}
    assert set() == {name for name in measures if f"`keiretsu.{name}`" not in PAGE}
