"""The W3C's query evaluation tests: read from their manifests, and compared with an answer."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.query import Result

from keiretsu.store.query.answer import Answer
from keiretsu.store.query.result_forms import written_as

ARCHIVE = Path(__file__).parent / "w3c-sparql.zip"
BASE = "http://example.org/w3c/"
BLANK = "urn:blank:"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
KINDS = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float}
SYNTAXES = {".ttl": "turtle", ".rdf": "xml", ".nt": "nt", ".n3": "turtle"}


@dataclass(frozen=True)
class Case:
    """One test."""

    id: str
    query: str
    data: tuple[str, ...]
    graphs: tuple[str, ...]
    result: str
    lax: bool
    """Whether duplicates of a row may be dropped (REDUCED)."""


@cache
def archive():
    """Return the files of the tests by name."""
    with zipfile.ZipFile(ARCHIVE) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def text(name):
    """Return a file as text."""
    return archive()[name].decode("utf-8")


def _name(iri):
    return str(iri).removeprefix(BASE)


@cache
def cases():
    """Return all tests, in the order of their manifests."""
    found = []
    for name in sorted(archive()):
        if not name.endswith("/manifest.ttl") or "/protocol/" in name:
            continue
        manifest = Graph().parse(data=archive()[name], format="turtle", publicID=BASE + name)
        for head in manifest.objects(predicate=MF.entries):
            found += [
                _case(manifest, name, entry)
                for entry in Collection(manifest, head)
                if manifest.value(entry, RDF.type) in KINDS
            ]
    return tuple(found)


def _case(manifest, name, entry):
    action = manifest.value(entry, MF.action)
    folder = name.rpartition("/")[0]
    return Case(
        id=f"{folder}#{str(entry).rpartition('#')[2]}",
        query=_name(manifest.value(action, QT.query)),
        data=tuple(sorted(map(_name, manifest.objects(action, QT.data)))),
        graphs=tuple(
            sorted(
                _name(manifest.value(one, QT.graph) or one)
                for one in manifest.objects(action, QT.graphData)
            )
        ),
        result=_name(manifest.value(entry, MF.result)),
        lax=manifest.value(entry, MF.resultCardinality) == MF.LaxCardinality,
    )


@cache
def _parsed(name):
    # as files are loaded: literals keep the form in which they are written
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        syntax = SYNTAXES[Path(name).suffix]
        return tuple(Graph().parse(data=archive()[name], format=syntax, publicID=BASE + name))
    finally:
        rdflib.NORMALIZE_LITERALS = before


def dataset_of(case):
    """Return what a test asks: its default graph, and its named graphs by their addresses."""
    dataset = Dataset()
    for name in case.data:
        for triple in _parsed(name):
            dataset.default_graph.add(triple)
    for name in case.graphs:
        graph = dataset.graph(URIRef(BASE + name))
        for triple in _parsed(name):
            graph.add(triple)
    return dataset


def all_quads():
    """Return what all tests ask, each file a graph; blank nodes have addresses of their own."""
    for name in sorted({name for case in cases() for name in (*case.data, *case.graphs)}):
        for triple in _parsed(name):
            yield (
                *(URIRef(BLANK + x) if isinstance(x, BNode) else x for x in triple),
                URIRef(BASE + name),
            )


def graphs_of(case):
    """Return the names of a test's default graphs and of its named ones, as a protocol has them."""
    default = [BASE + name for name in case.data] or ["urn:none"]
    return {"default_graphs": default, "named_graphs": [BASE + name for name in case.graphs]}


def with_blanks(answer):
    """Return an answer with the blank nodes that `all_quads` replaced."""

    def back(term):
        blank = isinstance(term, URIRef) and term.startswith(BLANK)
        return BNode(term.removeprefix(BLANK)) if blank else term

    if answer.graph is not None:
        graph = Graph()
        for triple in answer.graph:
            graph.add(tuple(map(back, triple)))
        return Answer(graph=graph)
    rows = tuple(tuple(map(back, row)) for row in answer.rows)
    return Answer(answer.variables, rows, answer.boolean)


def expected(case):
    """Return the answer that is right: a boolean, a graph, a text, or (variables, rows)."""
    name, suffix = case.result, Path(case.result).suffix
    if suffix == ".csv":
        return _table(text(name))
    if suffix in (".srx", ".srj", ".tsv"):
        form = {".srx": "xml", ".srj": "json", ".tsv": "tsv"}[suffix]
        return _told(Result.parse(io.BytesIO(archive()[name]), format=form))
    graph = Graph().parse(data=archive()[name], format=SYNTAXES[suffix], publicID=BASE + name)
    sets = list(graph.subjects(RDF.type, RS.ResultSet))
    return _result_set(graph, sets[0]) if sets else graph


def _table(written):
    """Return CSV with its columns in the order of their names and its rows in any order."""
    head, *rows = csv.reader(io.StringIO(written))
    order = sorted(range(len(head)), key=head.__getitem__)
    return sorted([_short(row[at]) for at in order] for row in (head, *rows))


def _short(cell):
    """Return a cell without the name of a blank node, which is nobody's."""
    return "_:" if cell.startswith("_:") else cell


def _told(result):
    if result.type == "ASK":
        return bool(result.askAnswer)
    names = tuple(map(str, result.vars))
    return names, [{str(k): v for k, v in row.items() if v is not None} for row in result.bindings]


def _result_set(graph, node):
    boolean = graph.value(node, RS.boolean)
    if boolean is not None:
        return bool(boolean)
    rows = []
    for solution in graph.objects(node, RS.solution):
        bindings = graph.objects(solution, RS.binding)
        rows.append({str(graph.value(b, RS.variable)): graph.value(b, RS.value) for b in bindings})
    return tuple(sorted(map(str, graph.objects(node, RS.resultVariable)))), rows


def same(right, answer, *, lax=False):
    """Whether an answer of ours is the right one; if `lax`, but for how often a row comes."""
    if isinstance(right, bool):
        return answer.boolean is right
    if isinstance(right, Graph):
        return answer.graph is not None and isomorphic(right, answer.graph)
    if isinstance(right, list):
        order = [answer.variables.index(name) for name in sorted(answer.variables)]
        ordered = Answer(
            tuple(answer.variables[at] for at in order),
            tuple(tuple(row[at] for at in order) for row in answer.rows),
        )
        return right == _table(written_as(ordered, "text/csv"))
    names, rows = right
    ours = [
        {name: term for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    if set(names) != set(answer.variables):
        return False
    if lax:
        rows, ours = (_once(one) for one in (rows, ours))
    return _same_rows(rows, ours)


def _once(rows):
    plain = [{name: _plain(term) for name, term in row.items()} for row in rows]
    return list({frozenset(row.items()): row for row in plain}.values())


def _same_rows(one, other):
    """Whether two bags of rows are the same but for the names of blank nodes."""
    bags = [
        Counter(frozenset((k, _plain(v)) for k, v in row.items()) for row in rows)
        for rows in (one, other)
    ]
    if bags[0] == bags[1]:
        return True
    blank = any(isinstance(v, BNode) for row in one for v in row.values())
    return blank and len(one) == len(other) and isomorphic(_as_graph(one), _as_graph(other))


def _as_graph(rows):
    """Return a bag of rows as a graph: each once, with how often it comes; many alike take ages."""
    graph = Graph()
    plain = (frozenset((name, _plain(term)) for name, term in row.items()) for row in rows)
    for row, times in Counter(plain).items():
        node = BNode()
        graph.add((node, RDF.type, RS.ResultSet))
        graph.add((node, URIRef("urn:times"), Literal(times)))
        for name, term in row:
            graph.add((node, URIRef(f"urn:variable:{name}"), term))
    return graph


def _plain(term):
    """Return a term with one form for each number, and no difference between two plain texts."""
    if not isinstance(term, Literal):
        return term
    if term.datatype == XSD.string:
        return Literal(str(term))
    if term.language:
        return Literal(str(term), lang=term.language.lower())
    if term.datatype in NUMBERS:
        try:
            return Literal(f"{float(str(term)):.12g}", datatype=term.datatype, normalize=False)
        except ValueError:
            return term
    return term
