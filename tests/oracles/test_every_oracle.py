"""Every case of `oracles.json` is run by some test of this folder."""

import ast
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


def marked(path):
    """Return the cases that the tests of a file are marked with."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.oracle":
                    yield from ast.literal_eval(ast.Tuple(mark.args, ast.Load()))


def test_sixty_cases(oracles):
    """The file holds what it held when it was copied, each case with its source."""
    kinds = Counter(name.partition("-")[0] for name in oracles)
    assert {
        "control": 13,
        "own": 14,
        "wl": 3,
        "power": 6,
        "npi": 1,
        "indirect": 1,
        "ofac": 3,
        "sanc": 1,
        "ubo": 4,
        "close": 1,
        "vote": 8,
        "ctrl": 1,
        "alphaicon": 1,
        "whatif": 1,
        "interval": 1,
        "defacto": 1,
    } == dict(kinds)
    assert 60 == len(oracles) == kinds.total()
    assert all(case["source"] and case["source_kind"] for case in oracles.values())


def test_every_case_is_run(oracles):
    """No case is without a test, and no test names a case that is not there."""
    files = sorted(HERE.glob("test_oracles_*.py"))
    assert 4 == len(files)
    assert {name for path in files for name in marked(path)} == set(oracles)
