#!/usr/bin/env python3
"""Write `assets/classes.svg`, the classes of the ontology; with `--check`, see that it is current.

python docs/generate_class_diagram.py [--check]
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import pygraphviz
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from keiretsu.resources import ontology_path
from keiretsu.vocabulary import ONTOLOGY

TARGET = Path(__file__).resolve().parent / "assets" / "classes.svg"


def kinds() -> list[tuple[str, str]]:
    """Return the classes, each with one that it is a kind of; "" where that is no class of ours."""
    graph = Graph().parse(ontology_path() / "keiretsu.ttl")
    names = {
        str(term).removeprefix(ONTOLOGY)
        for term in graph.subjects(RDF.type, OWL.Class)
        if isinstance(term, URIRef) and str(term).startswith(ONTOLOGY)
    }
    found = []
    for name in names:
        above = {
            str(one).removeprefix(ONTOLOGY)
            for one in graph.objects(URIRef(ONTOLOGY + name), RDFS.subClassOf)
        }
        found += [(name, one) for one in above & names] or [(name, "")]
    return sorted(found)


def drawing() -> bytes:
    """Return the diagram as SVG: an arrow from each class to what it is a kind of."""
    diagram = pygraphviz.AGraph(directed=True, rankdir="RL", nodesep="0.08", ranksep="0.6")
    diagram.node_attr.update(
        shape="box",
        style="rounded,filled",
        fillcolor="#f5f6ff",
        fontname="Helvetica",
        fontsize="11",
    )
    diagram.edge_attr.update(arrowhead="empty", color="#555555")
    pairs = kinds()
    joined = {name for pair in pairs if pair[1] for name in pair}
    for name, above in pairs:
        if above:
            diagram.add_edge(name, above)
        elif name not in joined:
            diagram.add_node(name)
    svg: bytes = diagram.draw(format="svg", prog="dot")
    return re.sub(rb"<!--.*?-->\n", b"", svg, flags=re.DOTALL)


def drawn(svg: str) -> list[tuple[str, str]]:
    """Return the classes of a diagram as `kinds` does, whatever version of Graphviz drew it."""
    titles = re.findall(r"<title>([^<]+)</title>", svg)
    edges = [tuple(title.split("&#45;&gt;")) for title in titles if "&#45;&gt;" in title]
    below = {edge[0] for edge in edges}
    alone = {title for title in titles if re.fullmatch(r"[A-Z]\w+", title)} - below
    return sorted([(a, b) for a, b in edges] + [(name, "") for name in alone])


def main() -> None:
    """Write the diagram, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="fail if it is out of date")
    if not parser.parse_args().check:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_bytes(drawing())
    elif drawn(TARGET.read_text(encoding="utf-8")) != kinds():
        sys.exit("docs/assets/classes.svg is out of date; run docs/generate_class_diagram.py")


if __name__ == "__main__":
    main()
