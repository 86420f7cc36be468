"""Numbers, cells, terminals and files: what is written is safe, plain and whole."""

import csv
import io
import os
import stat
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.cli.numbers import shown, spelled
from keiretsu.cli.output import Output
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.cli.rendering import UNLIMITED, rendered
from keiretsu.cli.screen import harmless, safe
from keiretsu.cli.serial import cell, json_parts, table_parts
from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.model import Caution
from keiretsu.views.page.saving import write_whole

F = Fraction


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (None, ""),
        (Bounds(F(217, 500), F(217, 500)), "43.40"),
        (Bounds(F(0), F(1)), "?"),
        (Bounds(F(0), F(1), False, True), "0.00–<100.00"),
        (Bounds(F(1802, 10000), F(3054, 10000)), "18.02–30.54"),
        (Bounds(F(1, 4), F(1, 2), True, False), ">25.00–50.00"),
        (Bounds(F(1, 2) + F(1, 10**8), F(1, 2) + F(1, 10**8)), "50.000001"),
        (Bounds(F(1, 2) - F(1, 10**9), F(1, 2) - F(1, 10**9)), "just under 50"),
        (Bounds(F(1, 10**7), F(1, 10**7)), "0.00001"),
    ],
)
def test_percentages_for_people(share, expected):
    """Two decimals, more where they would look like a limit, ranges with their ends."""
    assert expected == shown(share)


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**6))
def test_only_a_half_looks_like_a_half(share):
    """What is not exactly half is never shown as 50.00."""
    assert (share == F(1, 2)) == (spelled(share) == "50.00")


@given(st.text())
def test_nothing_reaches_the_terminal_that_it_would_obey(text):
    """No control character, no change of direction, one line."""
    shown_text = safe(text)

    assert shown_text.isprintable() or not any(
        ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown_text
    )
    assert not set(shown_text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert safe(shown_text) == shown_text


@given(st.one_of(st.text(), st.lists(st.text())))
def test_no_cell_is_taken_for_a_formula(value):
    """Cells never begin as formulas do, also when a list is joined."""
    assert not cell(value).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_without_rows_has_a_header():
    """CSV always has its header."""
    assert "a,b\n" == "".join(table_parts([], ["a", "b"]))


def test_nested_parts_are_said_in_words():
    """Sources, rules, holdings and hops in a cell read as sentences do."""
    source = {"claim_id": "c", "title": "Report", "publisher": "Firm", "date": "2020"}
    rule = {"article": "L.1", "effect": "suspended", "text": "because"}
    part = {"holder": "A", "holder_id": "a", "percent": 43.4}
    hop = {
        "holder": "A",
        "issuer": "B",
        "capital_percent": 50.0,
        "votes_percent": None,
        "votes_percent_min": 1.0,
        "votes_percent_max": 2.5,
    }

    assert "Report (Firm, 2020)" == cell([source])
    assert "L.1: suspended (because)" == cell([rule])
    assert "A 43.4 %; A 43.4 %" == cell([part, part])
    assert "A > B 50 % capital 1-2.5 % votes" == cell([hop])


def test_json_refuses_what_is_no_number():
    """NaN and infinity are not JSON."""
    with pytest.raises(ValueError, match="JSON"):
        list(json_parts({"percent": float("nan")}))


def test_pages_show_markup_and_escapes_as_text():
    """A label is text: no markup of ours, no escape sequences."""
    table = Table((Column("holder"), number("%")), (("[red]A[/red]\x1b[2J", "1"), ("日産", "22")))
    text = rendered(Page("[b]T", (table, Lines("", ("x",)), Lines("empty", ()))))

    assert "[red]A[/red]\ufffd[2J" in text
    assert "[b]T" in text
    assert "\x1b" not in text
    assert "empty" not in text


def test_pages_wrap_on_a_terminal_only():
    """Names are cut nowhere: wrapped on a terminal, in full elsewhere."""
    name = "Renault Nissan share trust (French fiducie) " * 5
    page = Page("", (Table((Column("holder"),), ((name.strip(),),)),))

    assert name.strip() in rendered(page)
    assert max(map(len, rendered(page, width=60).splitlines())) <= 60
    assert "\x1b[" in rendered(Page("T"), color=True)


CELLS = st.text(st.sampled_from("ab 1[/]\t\x1b\u202e日産é\u0301\u200b"), max_size=8)


@settings(max_examples=50)
@given(st.data())
def test_a_page_in_full_is_what_a_wide_terminal_shows(data):
    """Plain text is written without the terminal's library, and is the same to the last space."""
    columns = tuple(
        Column(f"{n} title", right=n % 2 == 1) for n in range(data.draw(st.integers(1, 4)))
    )
    row = st.tuples(*[CELLS] * len(columns))
    table = Table(columns, tuple(data.draw(st.lists(row, max_size=4))), data.draw(CELLS))
    lines = Lines(data.draw(CELLS), tuple(data.draw(st.lists(CELLS.map("x{}".format), max_size=3))))
    page = Page(data.draw(CELLS), (table, lines))

    assert rendered(page, width=UNLIMITED) == rendered(page)


def test_columns_without_content_are_left_out():
    """A column in which nothing stands says nothing; the first one stays."""
    table = Table((Column("a"), Column("b"), Column("c")), (("", "", "x"),)).filled()

    assert ["a", "c"] == [column.title for column in table.columns]


@given(st.text())
def test_a_cell_shows_what_the_terminal_shows(text):
    """CSV keeps line ends and tabs, and nothing else that a terminal or a pager would obey."""
    for made in (harmless(text), cell([text]), cell({"a": text})):
        kept = "".join(made.split())
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in kept)
        assert not {"\u202e", "\u2066"} & set(kept)
    assert text == harmless(text) or not text.isprintable()


def test_names_that_would_move_the_cursor_are_harmless_in_csv(call, tmp_path):
    """As in the table; the IRI beside a name finds the party again."""
    rdf = tmp_path / "t.ttl"
    rdf.write_text(
        "@prefix kei: <https://w3id.org/keiretsu/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<urn:x:a> a kei:Person ; rdfs:label "A\\u001B[31mred\\u202Etxt" .\n'
        '<urn:x:b> a kei:Company ; rdfs:label "B" .\n',
        encoding="utf-8",
    )
    for form in ("csv", "tsv"):
        told = call("info", "--names", "-d", rdf, "-f", form)
        assert 0 == told.exit_code, told.stderr
        assert "A\ufffd[31mredtxt" in told.stdout


def test_warnings_are_short():
    """The same for many parties is told once, with some of them and their number."""
    cautions = [Caution("one-share-one-vote", "one vote each", (name,)) for name in "ABCDEF"]

    assert ("one vote each: A; B; C; D; and 2 more",) == warning_lines(cautions).lines


def test_footnotes_number_documents_once(alliance):
    """A document has one number wherever it is cited."""
    world = alliance.snapshot("2020-12-31")
    sources = [s for holding in range(40) for s in world.evidence(holding)]
    notes = Footnotes()
    marks = [notes.cite([source]) for source in sources]
    documents = {(s.title, s.publisher, s.date) for s in sources}

    assert len(documents) == len(set(marks)) == len(notes.lines().lines)
    assert "[1]" == marks[0]


@pytest.mark.parametrize(
    ("form", "file", "expected"),
    [
        (None, "-", "table"),
        (None, "a.csv", "csv"),
        (None, "a.JSONL", "jsonl"),
        (None, "a.txt", "table"),
        ("json", "a.csv", "json"),
    ],
)
def test_the_ending_tells_the_form(form, file, expected):
    """The form asked for, else that of the file's ending, else a table."""
    assert expected == Output(form, file).chosen


def test_a_file_is_replaced_whole(tmp_path):
    """The file has the new content, the usual rights, and nothing lies beside it."""
    target = tmp_path / "a.csv"
    target.write_text("old", encoding="utf-8")
    write_whole(target, "new – ÿ\n")

    assert "new – ÿ\n" == target.read_bytes().decode()
    assert ["a.csv"] == [path.name for path in tmp_path.iterdir()]
    mask = os.umask(0)
    os.umask(mask)
    assert 0o666 & ~mask == stat.S_IMODE(target.stat().st_mode)


def test_a_link_stays_a_link(tmp_path):
    """Writing through a link writes what it points to."""
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    write_whole(link, "new")

    assert link.is_symlink()
    assert "new" == (tmp_path / "real.csv").read_text(encoding="utf-8")


def test_a_folder_is_not_written_over(tmp_path):
    """Writing to a folder is refused with its name."""
    with pytest.raises(InputError, match=r"cannot be written") as refused:
        write_whole(tmp_path, "x")
    assert str(tmp_path) == refused.value.place


@given(
    st.lists(
        st.fixed_dictionaries({"a": st.text("ab,;\"'\t\r\n =\x00é"), "b": st.text('x,"\n')}),
        max_size=5,
    ),
    st.sampled_from([",", "\t"]),
)
def test_lines_are_those_of_the_writer_of_csv(rows, separator):
    """Lines in which nothing is to be quoted are joined, and others are quoted: no byte differs."""
    whole = io.StringIO()
    writer = csv.writer(whole, delimiter=separator, lineterminator="\n")
    writer.writerow(["a", "b"])
    writer.writerows([[cell(row["a"]), cell(row["b"])] for row in rows])

    assert "".join(table_parts(rows, ["a", "b"], separator)) == whole.getvalue()
