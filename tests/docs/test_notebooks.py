"""The notebooks run from the first cell to the last, and are kept without outputs."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
RUN = "from nbclient.cli import main; main()"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def code_of(path):
    """Return the cells of code of a notebook that keeps to the format."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    """The case, and a table of one's own."""
    assert ["alliance", "own_table"] == [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path):
    """No output, no count of runs."""
    cells = code_of(path)
    assert 5 <= len(cells)
    assert [([], None)] * len(cells) == [(cell.outputs, cell.execution_count) for cell in cells]


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("ipykernel") is None,
    reason="needs a Jupyter kernel; install keiretsu[notebook]",
)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path, tmp_path):
    """Every cell, in a kernel of this environment; checks in cells hold."""
    copy = Path(shutil.copy(path, tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", RUN, "--inplace", "--timeout=300", copy],
        cwd=tmp_path,
        env={**os.environ, "IPYTHONDIR": str(tmp_path), "JUPYTER_PLATFORM_DIRS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr[-3000:]
    cells = code_of(copy)
    assert all(cell.execution_count for cell in cells)
    assert 4 <= sum(bool(cell.outputs) for cell in cells)
