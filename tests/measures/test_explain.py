"""The page on who controls whom: what it says, its footnotes, and labels that would be markup."""

import html.parser
import re
from dataclasses import replace

import pytest

from keiretsu import explain
from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.measures import dossier
from keiretsu.model import Document, PartialDate, Sourcing
from keiretsu.views.page.dossier import to_html, to_markdown, web_address

HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/a.png)",
    "a | b \\| c",
    "**bold** _it_ `code` ~~no~~",
    "line\nbreak\r\n# heading",
    "&lt;b&gt; &amp; \"quoted\" 'single'",
    "[^1] https://evil.example www.evil.example",
    "- list",
    "\u202egnp.exe",
]


def world(register, **labels):
    """Return a controls m, and with it t; the second holding rests on another paper."""
    book = register()
    for paper, url in (("report", "https://example.org/report"), ("leak", None)):
        book.documents[paper] = Document(
            id=paper,
            title=f"The {paper}",
            publisher="Press",
            date=PartialDate.parse("2020"),
            url=url,
        )
    book.holds("a", "m", "60", document="report", quote="a has 60 per cent")
    book.holds("a", "t", "20", document="report")
    book.holds("m", "t", "35", document="leak", sourcing=Sourcing.UNSOURCED)
    return book.on(**labels)


def test_the_page_says_why(register):
    """The verdict, every step with its sources, the holdings counted, the capital."""
    page = dossier(world(register), "a", "t")
    assert ("Does a control t?", ("Yes: a controls t.",)) == (page.title, page.summary)
    assert ["Why", "What counts in t", "In capital", "Assumed, or to be known"] == [
        section.heading for section in page.sections
    ]
    text = to_markdown(page)
    assert "- m is controlled: a 60 %[^1] of its votes." in text
    assert "- t is controlled: a 20 %[^1] + m 35 %[^2] of its votes." in text
    assert "| m | 35 % | [^2] |" in text
    assert "a has 41 % of the capital of t" in text


def test_footnotes_are_numbered_and_complete(register):
    """Every mark has its source and every source a mark; links and doubts are told."""
    text = explain(world(register), "a", "t")
    marks = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    assert {"1", "2"} == marks == set(notes)
    assert (
        "The report, Press, 2020; <https://example.org/report>; "
        "\N{LEFT DOUBLE QUOTATION MARK}a has 60 per cent\N{RIGHT DOUBLE QUOTATION MARK}"
    ) == notes["1"]
    assert "The leak, Press, 2020; unsourced" == notes["2"]


def test_who_does_not_control(register):
    """A page can say no, and then what would give control."""
    book = register()
    book.holds("a", "t", "30")
    book.holds("b", "t", "25")
    book.holds("c", "t", "20")
    text = explain(book.on(), "a", "t")
    assert "**No: a does not control t.**" in text
    assert "- more than 20 % of the capital from the undisclosed part" in text
    assert "- the block of b, 25 %: enough" in text
    assert "the block of c" not in text


def test_perhaps(register):
    """Where ranges leave it open the page says perhaps."""
    book = register()
    book.holds("a", "t", "40-60")
    text = explain(book.on(), "a", "t")
    assert "**Perhaps: a controls t in some of the worlds that the record allows.**" in text


def test_the_law_at_work(register):
    """Suspended votes are told with the article and the source of the holding."""
    book = register().party("top", jurisdiction="FR")
    book.holds("top", "low", "60")
    book.holds("low", "top", "10")
    book.holds("p", "top", "46")
    text = explain(book.on(), "p", "top")
    assert "low: suspended by C. com. L.233-31: top controls low (60 % of votes)[^" in text
    assert "**Yes: p controls top.**" in text


def test_the_same_page_twice(register):
    """The same input gives the same bytes."""
    for form in ("md", "html"):
        one, other = (explain(world(register), "a", "t", form=form) for _ in range(2))
        assert one == other


class Tags(html.parser.HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        """Note a tag with the names of its attributes, and where it leads."""
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        """Note text."""
        self.text.append(data)


def hostile_world(register, label):
    """Return a world in which the controller and its source bear a hostile label."""
    book = register()
    book.documents["d"] = Document(id="d", title=label, publisher=label, url=f"javascript:{label}")
    book.holds("x", "t", "60", document="d", quote=label)
    book.parties["x"] = replace(book.parties["x"], label=label)
    return book.on()


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_are_no_html(label, register):
    """A hostile label changes no tag and no link of the page, and is there to be read."""
    parser, plain = Tags(), Tags()
    parser.feed(explain(hostile_world(register, label), "x", "t", form="html"))
    plain.feed(explain(hostile_world(register, "x"), "x", "t", form="html"))
    assert plain.tags == parser.tags
    assert plain.links == parser.links
    assert all(link.startswith("#source-") for link in parser.links)


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_are_no_markdown(label, register):
    """A hostile label opens no tag, link, image, code, table cell or line of its own."""
    text = explain(hostile_world(register, label), "x", "t")
    plain = explain(hostile_world(register, "x"), "x", "t")
    bare = re.sub(r"\\.", "", text)
    assert len(plain.splitlines()) == len(text.splitlines())
    for mark in ("<script", "](", "![", "`", "~~", "://evil", "www.e"):
        assert mark not in bare
    for line, simple in zip(bare.splitlines(), plain.splitlines(), strict=True):
        assert simple.count("|") == line.count("|")
        assert simple.count("[^") == line.count("[^")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ('http://example.org/"><script>', "http://example.org/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(url, address):
    """Only the web's addresses are links, and nothing in them ends the link."""
    assert address == web_address(url)


def test_weak_copies_are_not_linked(register):
    """A document marked as a weak copy is named without a link."""
    book = register()
    book.documents["blog"] = Document(
        id="blog", title="Blog", url="https://blog.example", weak=True
    )
    book.holds("a", "t", "60", document="blog")
    assert "blog.example" not in explain(book.on(), "a", "t")


def test_refusals(register):
    """An unknown form, rule or name is refused, and so is a party asked about itself."""
    snapshot = world(register)
    with pytest.raises(InputError, match="no form is named 'pdf'; use one of: md, html"):
        explain(snapshot, "a", "t", form="pdf")
    with pytest.raises(InputError, match="no rule is named 'x'"):
        explain(snapshot, "a", "t", rule="x")
    with pytest.raises(NameNotFoundError):
        explain(snapshot, "nobody", "t")
    with pytest.raises(InputError, match="t is asked about itself"):
        dossier(snapshot, "t", "t")


def test_html_loads_nothing(register):
    """The page forbids scripts and fetches, and every footnote leads to its source."""
    page = to_html(dossier(world(register), "a", "t"))
    assert "default-src 'none'" in page
    assert "<script" not in page
    targets = set(re.findall(r'href="#(source-\d+)"', page))
    assert {"source-1", "source-2"} == targets == set(re.findall(r'id="(source-\d+)"', page))
