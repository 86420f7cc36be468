"""What the tests of the views share: scenes by hand, the bundled data, the demo, a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests.views.hostile_scene import hostile  # noqa: F401 - a fixture, as those below
from tests.views.scenes import (  # noqa: F401
    alliance,
    long_names,
    marked,
    moments,
    odd_kinds,
    pyramid,
    star,
)
from tests.views.visiting import visit  # noqa: F401

from keiretsu import OwnershipGraph
from keiretsu.cli import app
from keiretsu.cli.gallery import EXHIBITS
from keiretsu.views.scene.arrangements import arrangements_of

if TYPE_CHECKING:
    from pathlib import Path

    from keiretsu.views.scene.arrangements import Arrangement


@pytest.fixture(scope="session")
def case() -> OwnershipGraph:
    """Return the bundled data."""
    return OwnershipGraph.open()


@pytest.fixture(scope="session")
def world(case):
    """Return the alliance on the day of the article."""
    return case.snapshot("2019-09-03")


@dataclass(frozen=True)
class Demo:
    """What the demo told and wrote, and the arrangements of each picture, by its name."""

    ended: Result
    folder: Path
    arrangements: dict[str, tuple[Arrangement, ...]]

    def page(self, name: str) -> str:
        """Return a page that it wrote."""
        return (self.folder / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Demo:
    """Run the demo once: it draws all that is shipped, which takes minutes."""
    folder, drawn = tmp_path_factory.mktemp("demo") / "exports", []

    def arranged(scene):
        drawn.append(arrangements_of(scene))
        return drawn[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("keiretsu.views.page.html.arrangements_of", arranged)
        ended = CliRunner().invoke(app, ["demo", "--exports", str(folder)])
    names = (one.name for one in EXHIBITS)
    return Demo(ended, folder, dict(zip(names, drawn, strict=ended.exit_code == 0)))
