#!/usr/bin/env python3
"""Write `questions.md`: what each named question asks, how, and what the alliance answers.

python docs/generate_questions.py [--check]
"""

from __future__ import annotations

import argparse
import html
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from keiretsu.cli.page import Table
from keiretsu.cli.question_page import question_page
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.store.query.questions import named_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from keiretsu.cli.page import Lines
    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.questions import Question

    Ask = Callable[[str, Mapping[str, str]], Answer]

TARGET: Final = Path(__file__).resolve().parent / "questions.md"
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "q01-holders": {"company": "Nissan", "as_of": "2019-09-03"},
    "q02-without-votes": {"as_of": "2019-09-03"},
    "q03-loops": {"as_of": "2019-09-03"},
    "q04-controllers": {"as_of": "2019-09-03"},
    "q05-government-reach": {"as_of": "2019-09-03"},
    "q06-ministers-and-nominees": {"as_of": "2019-09-03"},
    "q12-group-sizes": {"as_of": "2018-12-31"},
    "q15-interlocks": {"as_of": "2018-06-30"},
    "who-has-at-least": {"as_of": "2019-09-03", "least": "80"},
}
"""What is given for the parameters; the other questions are asked as they are."""

_MOST_ROWS: Final = 16
_NUMBERED: Final = re.compile(r"q(\d\d)-")
_HEAD: Final = """\
# The questions of the case

<!-- Made by `python docs/generate_questions.py`; do not edit. -->

Each is a stored query in [ontology/queries](../ontology/queries), asked of the bundled dataset on
the command line, from Python with `kg.ask(NAME, parameter=value)`, or of your own data with `-d`.
Tables are what a person is shown; `-f json`, `csv`, `tsv` and `xml` have every column, with IRIs.
Where a question needs votes or control, they are derived for the day that is asked about, by the
same code that answers `keiretsu votes` and `keiretsu control`, and the query reads them as RDF.

Questions 9, 10 and 14 are no queries: `keiretsu whatif`, `keiretsu timeline` and `keiretsu diff`
answer them. What has no number is asked of any data.

"""


def document(ask: Ask) -> str:
    """Return the page.

    Parameters
    ----------
    ask
        Answers a named question with the values given for its parameters.
    """
    parts = [_HEAD, *(f"- [{_title(one)}](#{one.name})\n" for one in named_questions())]
    for asked in named_questions():
        values = VALUES.get(asked.name, {})
        parts += [f"\n{line}" for line in _section(asked, values, ask(asked.name, values))]
    return "".join(parts)


def _title(asked: Question) -> str:
    numbered = _NUMBERED.match(asked.name)
    return f"Q{int(numbered[1])}. {asked.text}" if numbered else asked.text


def _section(asked: Question, values: Mapping[str, str], answer: Answer) -> Iterator[str]:
    yield f'<a id="{asked.name}"></a>\n\n## {_title(asked)}\n'
    if asked.remarks:
        yield f"{_text(asked.remarks)}\n"
    yield f"```console\n{_command(asked, values)}\n```\n"
    for part in question_page(asked, values, answer).parts:
        lines = _table(part) if isinstance(part, Table) else _lines(part)
        if lines:
            yield "\n".join(lines) + "\n"
    query = "\n".join(line for line in asked.sparql.splitlines() if not line.startswith("#"))
    yield f"<details><summary>The query</summary>\n\n```sparql\n{query}\n```\n\n</details>\n"


def _command(asked: Question, values: Mapping[str, str]) -> str:
    words = ["keiretsu", "query", "-n", asked.name]
    for name, value in values.items():
        words += ["--as-of", value] if name == "as_of" else ["--set", f"{name}={value}"]
    return shlex.join(words)


def _table(table: Table) -> list[str]:
    table = table.filled()
    shown = table.rows[:_MOST_ROWS]
    lines = [
        _row([column.title for column in table.columns]),
        _row(["--:" if column.right else "---" for column in table.columns]),
        *map(_row, shown),
    ]
    more = len(table.rows) - len(shown)
    return [*lines, "", f"… and {more} more rows."] if more else lines


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_text, cells))} |"


def _lines(part: Lines) -> list[str]:
    if not part.lines:
        return []
    return [f"{part.title}:", "", *(f"- {_text(line)}" for line in part.lines[:_MOST_ROWS])]


def _text(text: str) -> str:
    """Return text from data so that Markdown takes nothing in it for markup."""
    found = html.escape(text, quote=False)
    for sign in "\\|*_[]`":
        found = found.replace(sign, f"\\{sign}")
    return found


def main() -> None:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether it is current")
    check = parser.parse_args().check
    graph = OwnershipGraph.open()
    text = document(lambda name, values: graph.ask(name, **values))
    if not check:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(f"{TARGET.name} is out of date; run docs/{Path(__file__).name}")


if __name__ == "__main__":
    main()
