"""``keiretsu query``: SPARQL, in free text or by the name of a question."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.options import examples, with_output, with_source
from keiretsu.cli.output import FORMATS, Result
from keiretsu.cli.page import Column, Lines, Page, Table
from keiretsu.cli.question_page import question_page
from keiretsu.cli.serial import to_json_lines
from keiretsu.cli.world import STDIN, Source
from keiretsu.errors import InputError
from keiretsu.ownership_graph.on_disk import QUESTION_TIMEOUT
from keiretsu.store.query.questions import ParameterKind, parse_question, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.cli.output import Output
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.store.query.answer import Answer
    from keiretsu.store.query.questions import Question

TIMEOUT = 10.0
"""Seconds that a query in free text has, unless more are given."""


@click.command(
    "query",
    epilog=examples(
        "keiretsu query 'SELECT ?name { ?party a kei:State ; rdfs:label ?name }'",
        "keiretsu query -n q01-holders --set company=Nissan --as-of 2019-09-03",
        "keiretsu query -q mine.rq -d holdings.csv -f csv -o answer.csv",
    ),
)
@click.argument("sparql", required=False)
@click.option("-q", "--query-file", metavar="FILE", help="Read the query there; '-' is stdin.")
@click.option("-n", "--name", metavar="NAME", help="Ask a named question; see 'queries'.")
@click.option(
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    help="Value of a parameter of a named question, or of a file that declares it.",
)
@click.option(
    "--as-of", metavar="DATE", help="The same as --set as_of=DATE, for questions about a day."
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    help=f"Stop after this long. [default: {TIMEOUT:g}; {QUESTION_TIMEOUT:g} for named questions "
    "over a store; none for those over files, and for trusted queries]",
)
@click.option(
    "--trusted",
    is_flag=True,
    help="The query is your own: run it in this process, with no limit of memory or rows.",
)
@with_source
@with_output(*FORMATS, "xml", "turtle", stamped=("table", "turtle"))
def command(
    *,
    sparql: str | None,
    query_file: str | None,
    name: str | None,
    settings: tuple[str, ...],
    as_of: str | None,
    timeout: float | None,
    trusted: bool,
    source: Source,
    output: Output,
) -> None:
    """Answer a SPARQL query, or a named question.

    SELECT, ASK, CONSTRUCT and DESCRIBE over the claims of all sources and the ontology; common
    prefixes need no declaration. Updates, SERVICE and FROM are refused, and what is not a named
    question runs in a process of its own, with limits and off the network where the system allows
    that. JSON and XML are SPARQL 1.1 results; CONSTRUCT gives Turtle. A query file may declare
    parameters as named questions do ('# Who ...?', then '# param company: party').
    """
    if sum(given is not None for given in (sparql, query_file, name)) != 1:
        raise click.UsageError("give one of: a query, -q FILE, or -n NAME")
    asked = _question(sparql, query_file, name, source)
    values = _values(settings)
    if as_of is not None:
        values["as_of"] = as_of
    given = dict(values)
    if timeout is None and not (name or trusted):
        timeout = TIMEOUT
    if isinstance(asked, str):
        if values:
            raise click.UsageError(
                "--set and --as-of fill parameters; name a question, or declare them in a file"
            )
        graph = source.open()
        answer = graph.query(asked, timeout=timeout, trusted=trusted)
    else:
        asked = replace(asked, is_ours=asked.is_ours or trusted)
        graph = source.open()
        answer = _ask(graph, asked, values, timeout)
    if graph.backing.note:
        click.echo(f"note: {graph.backing.note}", err=True)
    dataset = graph.fingerprint if output.stamp else None
    _deliver(answer, _page_of(answer, asked, given), dataset, output)


def _deliver(answer: Answer, page: Callable[[], Page], dataset: str | None, output: Output) -> None:
    form = output.chosen
    if form != "table":
        output.write(_written(answer, form), dataset)
    elif answer.graph is not None:
        output.write(_written(answer, "turtle"), dataset, "turtle")
    else:
        output.deliver(Result({"dataset": dataset}, (), (), page))


def _ask(
    graph: OwnershipGraph, asked: Question, values: dict[str, str], timeout: float | None
) -> Answer:
    kinds = {parameter.name: parameter.kind for parameter in asked.parameters}
    for name, value in values.items():
        if kinds.get(name) is ParameterKind.PARTY:
            values[name] = graph.backing.party_named(value)
    return graph.answer(asked, values, timeout)


def _question(
    sparql: str | None, query_file: str | None, name: str | None, source: Source
) -> Question | str:
    if name is not None:
        return question(name)
    if query_file is None:
        return sparql or ""
    text = _read(query_file, source)
    if "# param " in text:
        return parse_question(query_file, text)
    return text


def _read(file: str, source: Source) -> str:
    if file == STDIN and STDIN in source.data:
        raise InputError("standard input can be read only once", mend="give '-' only once")
    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(problem, place=file, mend="check the path") from None
    except UnicodeDecodeError:
        problem = "is not text in UTF-8"
        raise InputError(problem, place=file, mend="save the file as UTF-8") from None


def _values(settings: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{setting!r} sets nothing; write --set NAME=VALUE")
        values[name.strip()] = value
    return values


def _page_of(answer: Answer, asked: Question | str, given: dict[str, str]) -> Callable[[], Page]:
    if isinstance(asked, str) or answer.boolean is not None:
        return lambda: _page(answer)
    return lambda: question_page(asked, given, answer)


def _written(answer: Answer, form: str) -> str:
    if form == "jsonl":
        boolean = {"boolean": answer.boolean}
        return to_json_lines(answer.values() if answer.boolean is None else [boolean])
    return answer.to(form)


def _page(answer: Answer) -> Page:
    if answer.boolean is not None:
        return Page("", (Lines("", (str(answer.boolean).lower(),)),))
    if not answer.rows:
        return Page("", (Lines("", ("no rows",)),))
    columns = tuple(Column(name) for name in answer.variables)
    rows = tuple(tuple(value or "" for value in row.values()) for row in answer.values())
    return Page("", (Table(columns, rows),))
