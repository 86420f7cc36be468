#!/usr/bin/env python3
"""Write the lists of decisions and of schemas; with `--check`, see that they are current.

python docs/generate_lists.py [--check]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def decisions() -> list[str]:
    """Return a row for each record: its number and its title."""
    rows = []
    for path in sorted((FOLDER / "decisions").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].partition(". ")[2]
        rows.append(f"| {path.name[:4]} | [{title}]({path.name}) |")
    return rows


def schemas() -> list[str]:
    """Return a row for each schema of an answer: its command, and what it is about."""
    rows = []
    for path in sorted((FOLDER / "schemas").glob("*.json")):
        title = json.loads(path.read_text(encoding="utf-8"))["title"]
        if path.stem != "common":
            rows.append(f"| `{path.stem}` | [`{path.name}`]({path.name}): {title} |")
    return rows


def main() -> None:
    """Write the lists below the heads of their tables, or check them."""
    for name, rows in (("decisions", decisions()), ("schemas", schemas())):
        page = FOLDER / name / "README.md"
        before = page.read_text(encoding="utf-8")
        head, rule, _ = before.partition("|---|---|\n")
        after = head + rule + "".join(f"{row}\n" for row in rows)
        if "--check" not in sys.argv:
            page.write_text(after, encoding="utf-8")
        elif after != before:
            sys.exit(f"docs/{name}/README.md is out of date; run python docs/generate_lists.py")


if __name__ == "__main__":
    main()
