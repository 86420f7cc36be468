"""What is said of each subject in each graph, as a block of text: what syntaxes have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement


class Block(NamedTuple):
    """What is said of a subject in one graph.

    Parameters
    ----------
    graph, subject
        By what they are sorted; the default graph is empty.
    text
        What is said, as a syntax writes it.
    """

    graph: str
    subject: str
    text: str


class WriteBlock(Protocol):
    """How a syntax writes a block's text."""

    def __call__(self, subject: str, said: Iterable[tuple[Node, Node]], *, in_graph: bool) -> str:
        """Return what is said of a subject in one graph.

        Parameters
        ----------
        subject
            Its IRI.
        said
            Predicates and objects, each pair once.
        in_graph
            Whether the graph has a name.
        """


def blocks_by_subject(
    statements: Iterable[Statement], write: WriteBlock, key: Callable[[Node], str] = str
) -> Iterator[Block]:
    """Yield a block for each subject in each graph, sorted by both.

    Parameters
    ----------
    statements
        Each once, in any order.
    write
        Returns the text of a block.
    key
        Returns by what a graph and a subject are sorted.

    Examples
    --------
    >>> from rdflib import URIRef
    >>> a, b = URIRef("urn:a"), URIRef("urn:b")
    >>> told = [(b, a, a, None), (a, a, b, b), (b, a, b, None)]
    >>> def counted(subject, said, *, in_graph):
    ...     return f"{len(said)} things"
    >>> for block in blocks_by_subject(told, counted):
    ...     print(*block, sep=", ")
    , urn:b, 2 things
    urn:b, urn:a, 1 things
    """
    found: dict[tuple[Node | None, Node], list[tuple[Node, Node]]] = {}
    for s, p, o, graph in statements:
        found.setdefault((graph, s), []).append((p, o))
    places = [
        ("" if graph is None else key(graph), key(subject), graph, subject)
        for graph, subject in found
    ]
    for sorted_graph, sorted_subject, graph, subject in sorted(places, key=_sorted_by):
        text = write(str(subject), found[graph, subject], in_graph=graph is not None)
        yield Block(sorted_graph, sorted_subject, text)


def _sorted_by(place: tuple[str, str, Node | None, Node]) -> tuple[str, str]:
    return place[:2]
