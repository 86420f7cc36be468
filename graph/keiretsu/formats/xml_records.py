"""Records of an XML file, one after the other, in constant memory.

A document type is refused: with it come entities, which can grow without bound or reach out to
other files. Nothing is fetched, and no more than one record is kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.opening import Input

_CUT_SHORT: Final = ("premature end", "couldn't find end", "start tag expected", "not terminated")


class XmlRecord(NamedTuple):
    """An element that is one record, and where it begins."""

    element: Any
    place: str


def xml_records(source: Input, *tags: str) -> Iterator[XmlRecord]:
    r"""Yield the elements of some names, whatever their namespace.

    Parameters
    ----------
    source
        The file.
    *tags
        Local names of the elements.

    Raises
    ------
    InputError
        If it is not XML, is cut short, is nested too deeply or has a document type; or if the
        library that reads XML is not installed.

    Examples
    --------
    >>> from keiretsu.formats.opening import Input
    >>> data = b"<List xmlns='urn:x'>\n<Item><LEI>1</LEI></Item>\n<Item/></List>"
    >>> [(text_of(r.element, "LEI"), r.place) for r in xml_records(Input(data, "x.xml"), "Item")]
    [('1', 'x.xml:2'), ('', 'x.xml:3')]
    """
    etree = _etree()
    with source.open() as stream:
        events = etree.iterparse(
            stream,
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,  # keeps depth and size of a text within what the parser allows
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for number, (_, element) in enumerate(events):
                if number == 0:
                    _refuse_document_type(element, source.name)
                yield XmlRecord(element, f"{source.name}:{element.sourceline}")
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise _no_xml(error, source.name) from None
        _refuse_document_type(events.root, source.name)


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local_name(element: Any) -> str:  # noqa: ANN401 - lxml is loaded when it is needed
    """Return the name of an element without its namespace."""
    return _local(element.tag)


def by_name(element: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the children of an element by their local names, the first of each name.

    For records: each element is looked at once, however many of its children are asked for.
    """
    found: dict[str, Any] = {}
    for child in element:
        found.setdefault(_local(child.tag), child)
    return found


def texts_of(element: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the texts of the children of an element that have any, by their local names."""
    found: dict[str, str] = {}
    for child in element:
        text = child.text
        if text and (plain := text.strip()):
            found.setdefault(_local(child.tag), plain)
    return found


def text_of(element: Any, *path: str) -> str:  # noqa: ANN401
    """Return the text of the first element at a path of local names; empty if there is none."""
    for name in path:
        for child in element:
            if _local(child.tag) == name:
                element = child
                break
        else:
            return ""
    return (element.text or "").strip()


def children(element: Any, *path: str) -> list[Any]:  # noqa: ANN401
    """Return the elements at a path of local names."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent if local_name(child) == name]
    return found


def is_xml(source: Input) -> bool:
    """Return whether a file begins like XML."""
    return source.head().lstrip()[:1] == b"<"


def _etree() -> Any:  # noqa: ANN401
    try:
        from lxml import etree  # noqa: PLC0415 - heavy, and only XML needs it
    except ImportError:
        raise InputError(
            "reading XML needs the package lxml", mend="pip install 'keiretsu[formats]'"
        ) from None
    return etree


def _refuse_document_type(element: Any, name: str) -> None:  # noqa: ANN401
    tree = element.getroottree()
    if tree.docinfo.doctype:
        problem, line = "the file has a document type, with which entities come", 1
        raise InputError(problem, place=f"{name}:{line}", mend="take <!DOCTYPE> out")


def _forget(element: Any) -> None:  # noqa: ANN401
    """Let go of a record and of what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _no_xml(error: Any, name: str) -> InputError:  # noqa: ANN401
    place, words = f"{name}:{error.lineno}", str(error.msg)[:160]
    if any(sign in words.casefold() for sign in _CUT_SHORT):
        return InputError("the XML is cut short", place=place, mend="fetch it again")
    return InputError(f"this is not XML ({words})", place=place, mend="correct it")
