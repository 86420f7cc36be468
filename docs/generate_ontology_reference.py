#!/usr/bin/env python3
"""Write `ontology.html` from the ontology; with `--check`, see that it is current.

python docs/generate_ontology_reference.py [--check]
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from keiretsu.resources import ontology_path
from keiretsu.store.query.audits import audits
from keiretsu.vocabulary import CODE, CODES, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

FOLDER: Final = Path(__file__).resolve().parent
TARGET: Final = FOLDER / "ontology.html"

_SECTION: Final = re.compile(r"^#### (?P<section>.+?) -+$|^kei:(?P<term>\w+) a ", re.MULTILINE)
_RELATIONS: Final = (
    (RDFS.subClassOf, "is a kind of"),
    (RDFS.subPropertyOf, "implies"),
    (SKOS.exactMatch, "the same as"),
    (SKOS.closeMatch, "close to"),
    (SKOS.relatedMatch, "related to"),
)
_SHORT: Final = {
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://www.w3.org/ns/org#": "org:",
    "http://xmlns.com/foaf/0.1/": "foaf:",
    "https://schema.org/": "schema:",
    "https://schema.followthemoney.tech/#": "ftm:",
    "https://vocab.openownership.org/terms#": "bods:",
    "https://standard.openownership.org/codelists#": "bods-codes:",
    "https://www.gleif.org/ontology/": "gleif:",
    "https://spec.edmcouncil.org/fibo/ontology/": "fibo:",
    ONTOLOGY: "kei:",
    CODE: "",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A term of another vocabulary, and how ours is related to it."""

    relation: str
    label: str
    iri: str


@dataclass(slots=True)
class Term:
    """What the page says of a class or property."""

    name: str
    iri: str
    label: str
    definition: str
    is_class: bool
    examples: list[str]
    notes: list[str]
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    disjoint: list[str] = field(default_factory=list)
    domain: str = ""
    range: str = ""
    code_list: str = ""
    properties: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that checks data: of a shape, or of an audit."""

    name: str
    severity: str
    sayings: list[str]


def graph(*paths: Path) -> Graph:
    """Return what Turtle files say together."""
    found = Graph()
    for path in paths:
        found.parse(source=str(path), format="turtle")
    return found


class Reference:
    """The ontology in the order in which it is read."""

    def __init__(self) -> None:
        self._text = ontology_path("keiretsu.ttl").read_text(encoding="utf-8")
        self._core = graph(ontology_path("keiretsu.ttl"))
        self._codes = graph(ontology_path("codes.ttl"))
        self._shapes = graph(*sorted(ontology_path("shapes").glob("*.ttl")))
        self._alignments = {
            path.stem: graph(path) for path in sorted(ontology_path("alignments").glob("*.ttl"))
        }
        self.terms = {name: self._term(name) for _, names in self._sections() for name in names}
        for name, term in self.terms.items():
            for above in term.above:
                self.terms[above].below.append(name)
            for owner in sorted({term.domain, *self._shaped(term)} - {""}):
                self.terms[owner].properties.append(name)

    def _sections(self) -> list[tuple[str, list[str]]]:
        sections: list[tuple[str, list[str]]] = []
        for found in _SECTION.finditer(self._text):
            if found["section"]:
                sections.append((found["section"], []))
            else:
                sections[-1][1].append(found["term"])
        return sections

    def _term(self, name: str) -> Term:
        iri = URIRef(ONTOLOGY + name)
        code_list = re.sub(r"([A-Z])", lambda found: f"-{found[1].lower()}", name)
        return Term(
            name=name,
            iri=str(iri),
            label=self._one(iri, RDFS.label),
            definition=self._one(iri, SKOS.definition),
            is_class=(iri, RDF.type, OWL.Class) in self._core,
            examples=self._texts(iri, SKOS.example),
            notes=self._texts(iri, SKOS.scopeNote),
            above=self._names(iri, RDFS.subClassOf),
            disjoint=self._names(iri, OWL.disjointWith),
            domain="".join(self._names(iri, RDFS.domain)),
            range=shorten(str(self._core.value(iri, RDFS.range) or "")),
            code_list=code_list if code_list in CODES else "",
            links=[link for found in self._alignments.values() for link in links(found, iri)],
        )

    def _shaped(self, term: Term) -> Iterator[str]:
        """Yield the classes whose shape has a rule for a property: where it is used."""
        for rule in self._shapes.subjects(SH.path, URIRef(term.iri)):
            for shape in self._shapes.subjects(SH.property, rule):
                for target in self._shapes.objects(shape, SH.targetClass):
                    yield str(target).removeprefix(ONTOLOGY)

    def _texts(self, subject: URIRef, predicate: URIRef) -> list[str]:
        return sorted(str(value) for value in self._core.objects(subject, predicate))

    def _one(self, subject: URIRef, predicate: URIRef) -> str:
        return "".join(self._texts(subject, predicate))

    def _names(self, subject: URIRef, predicate: URIRef) -> list[str]:
        return [iri.removeprefix(ONTOLOGY) for iri in self._texts(subject, predicate)]

    def roots(self) -> list[Term]:
        """Return the classes that are under no other, in reading order."""
        return [term for term in self.terms.values() if term.is_class and not term.above]

    def properties(self) -> list[tuple[str, list[Term]]]:
        """Return the properties by the sections of the source."""
        sections = [
            (title, [self.terms[name] for name in names if not self.terms[name].is_class])
            for title, names in self._sections()
        ]
        return [(title, terms) for title, terms in sections if terms]

    def code_lists(self) -> list[tuple[str, str, list[Term]]]:
        """Return each code list: its name, its label and its codes in reading order."""
        return [
            (name, self._label(URIRef(CODE + name)), [self._code(name, one) for one in notations])
            for name, notations in CODES.items()
        ]

    def _label(self, iri: URIRef) -> str:
        return str(self._codes.value(iri, SKOS.prefLabel))

    def _code(self, code_list: str, notation: str) -> Term:
        iri = URIRef(f"{CODE}{code_list}/{notation}")
        definition = str(self._codes.value(iri, SKOS.definition))
        return Term(
            name=notation,
            iri=str(iri),
            label=self._label(iri),
            definition=definition,
            is_class=False,
            examples=[],
            notes=[],
            links=list(links(self._codes, iri)),
        )

    def rules(self) -> list[Rule]:
        """Return the rules of the shapes, each with everything that it may say."""
        sayings: dict[str, set[str]] = {}
        severity: dict[str, str] = {}
        for shape, name in self._shapes.subject_objects(SH.name):
            sayings.setdefault(str(name), set()).update(map(str, self._said(shape)))
            warns = (shape, SH.severity, SH.Warning) in self._shapes
            severity[str(name)] = "warning" if warns else "error"
        return [Rule(name, severity[name], sorted(said)) for name, said in sorted(sayings.items())]

    def _said(self, shape: Node) -> Iterator[Node]:
        return self._shapes.objects(shape, SH.message)

    def header(self) -> dict[str, object]:
        """Return title, version and licence."""
        ontology = URIRef(ONTOLOGY.rstrip("#"))
        return {
            "title": self._one(ontology, DCTERMS.title),
            "abstract": self._one(ontology, DCTERMS.abstract),
            "licence": self._one(ontology, DCTERMS.license),
            "version": self._one(ontology, OWL.versionInfo),
            "version_iri": self._one(ontology, OWL.versionIRI),
            "namespace": ONTOLOGY,
            "changes": [
                note.partition(": ")[::2]
                for note in reversed(self._texts(ontology, SKOS.changeNote))
            ],
        }

    def vocabularies(self) -> list[tuple[str, str, int, int]]:
        """Return the aligned vocabularies: name, origin, links, and those that entail something."""
        found = []
        for name, aligned in self._alignments.items():
            iri = URIRef(f"https://w3id.org/keiretsu/alignment/{name}")
            title = str(aligned.value(iri, DCTERMS.title)).removeprefix("Keiretsu and ")
            origin = str(aligned.value(iri, DCTERMS.source))
            counts = [len(list(aligned.subject_objects(p))) for p, _ in _RELATIONS]
            found.append((title, origin, sum(counts), sum(counts[:2])))
        return found


def links(where: Graph, iri: URIRef) -> Iterator[Link]:
    """Yield the terms of others to which a term leads."""
    for predicate, words in _RELATIONS:
        for other in sorted(str(other) for other in where.objects(iri, predicate)):
            yield Link(words, shorten(other), other)


def shorten(iri: str) -> str:
    """Return an IRI with its usual prefix; of FIBO's paths only the last parts are kept."""
    for namespace, prefix in _SHORT.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return prefix + ("/".join(local.split("/")[-2:]) if prefix == "fibo:" else local)
    return iri


def render() -> str:
    """Return the page: the same text for the same ontology."""
    reference = Reference()
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    example = ontology_path("examples", "valid", "holding.ttl").read_text(encoding="utf-8")
    return environment.get_template("ontology.html.j2").render(
        **reference.header(),
        terms=reference.terms,
        roots=reference.roots(),
        properties=reference.properties(),
        code_lists=reference.code_lists(),
        rules=reference.rules(),
        audits=audits(),
        vocabularies=reference.vocabularies(),
        example=example.strip(),
    )


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or check that it is current; return the exit status."""
    parser = argparse.ArgumentParser(description="Write the reference of the ontology.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it differs")
    options = parser.parse_args(arguments)
    page = render()
    if options.check:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == page:
            return 0
        sys.stderr.write(f"error: {TARGET.name} is not what the ontology gives; run {__file__}\n")
        return 1
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
