"""The page as a file, read without a browser: whole, locked, escaped, repeatable."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from keiretsu.errors import KeiretsuError
from keiretsu.views import render_html
from keiretsu.views.page import html
from keiretsu.views.page.data import PageData
from keiretsu.views.page.spelling import script_json
from keiretsu.views.scene.arrangements import arrangements_of

SCENES = ("alliance", "odd_kinds", "star", "pyramid", "long_names", "hostile")


class Skeleton(HTMLParser):
    """The elements of a page, with their attributes and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Remember an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Remember what a script or a style holds."""
        if self.elements and self.cdata_elem in ("script", "style"):
            tag, attributes = self.elements[-1]
            self.raw.append((tag, attributes, data))

    def all(self, tag):
        """Return the attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=SCENES)
def page(request):
    """Return each scene's page."""
    return render_html(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def alliance_page(alliance):
    """Return the alliance's page."""
    return render_html(alliance)


def test_it_is_a_whole_document(page):
    """Doctype, language, encoding, window, one title and one heading."""
    skeleton = Skeleton(page)
    assert page.startswith("<!doctype html>\n")
    assert [{"lang": "en", "class": "no-script", "data-colours": "keiretsu"}] == skeleton.all(
        "html"
    )
    assert {"charset": "utf-8"} in skeleton.all("meta")
    assert "viewport" in [meta.get("name") for meta in skeleton.all("meta")]
    assert (1, 1) == (len(skeleton.all("h1")), page.partition("</head>")[0].count("<title>"))
    assert "\r" not in page


def test_nothing_is_loaded(page):
    """No element of the page asks for another file."""
    for tag, attributes in Skeleton(page).elements:
        assert tag not in ("img", "iframe", "object", "embed", "link", "base", "form"), tag
        assert "src" not in attributes, tag
        for name in ("href", "xlink:href", "action", "srcset"):
            address = attributes.get(name) or ""
            assert tag == "a" or not address or (tag, address[0]) == ("use", "#"), address


def test_no_handler_stands_in_an_attribute(page):
    """Scripts are attached by scripts only, and nothing is styled in place."""
    for tag, attributes in Skeleton(page).elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag


def test_the_policy_names_every_script_and_the_style(page):
    """The hashes in the policy are those of the page's scripts and style; all else is refused."""
    skeleton = Skeleton(page)
    policy = next(
        meta["content"]
        for meta in skeleton.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    programs = [
        text for tag, attributes, text in skeleton.raw if tag == "script" and not attributes
    ]
    styles = [text for tag, _, text in skeleton.raw if tag == "style"]
    assert "'none'" == rules["default-src"]
    assert 2 == len(programs)
    assert [_hash(text) for text in programs] == rules["script-src"].split()
    assert [_hash(text) for text in styles] == rules["style-src"].split()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_scripts_of_the_page_write_no_markup():
    """Our scripts set text, never markup, and evaluate nothing."""
    ours = html._app()
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert forbidden not in ours, forbidden


def test_hostile_text_breaks_out_nowhere(hostile):
    """The page of hostile text has the elements of any other page, and its data reads back."""
    skeleton = Skeleton(render_html(hostile))
    assert 4 == len(skeleton.all("script"))
    assert [] == skeleton.all("img")
    told = next(text for tag, attributes, text in skeleton.raw if attributes.get("id") == "data")
    assert hostile.title == json.loads(told)["title"]
    assert not re.search("[<>&\u2028\u2029]", told)


def test_unsafe_addresses_are_no_links(hostile):
    """An address that is not of the web is shown as text."""
    assert [{"class": "skip", "id": "skip", "href": "#table-panel"}] == Skeleton(
        render_html(hostile)
    ).all("a")


def test_sources_are_links(alliance_page, alliance):
    """A web address is a link that gives nothing away."""
    links = [one for one in Skeleton(alliance_page).all("a") if one.get("id") != "skip"]
    expected = {
        "href": "https://www.renaultgroup.com/en/finance/urd-2019.pdf",
        "rel": "noopener noreferrer",
        "target": "_blank",
    }
    assert [expected] * len(alliance.links) == links


def test_the_table_stands_in_the_file(alliance_page, alliance):
    """Without a script there is still a row per holding, the notes, and what is left out."""
    body = alliance_page.partition('<tbody id="rows">')[2].partition("</tbody>")[0]
    assert len(alliance.links) == body.count("<tr ")
    assert "no votes" in body
    for note in (*alliance.notes, alliance.left_out):
        assert f">{note}<" in alliance_page


def test_two_builds_are_identical(alliance, alliance_page):
    """The same scene gives the same bytes, in another process too."""
    assert alliance_page == render_html(alliance)


def test_bytes_repeat_across_processes():
    """No order of a set or of a hash leaks into the file."""
    program = (
        "import hashlib; from keiretsu.views import *;"
        "ps = tuple(SceneParty(id=c, label=c * 3, kind=k) for c, k in zip('abcdef',"
        " ('State', 'Company', 'Person', 'Fund', 'Agency', 'Concert')));"
        "ls = tuple(SceneLink(id=a + b, holder=a, issuer=b, capital=Percent.point(30))"
        " for a, b in ('ab', 'bc', 'ca', 'db', 'ef', 'fb'));"
        "s = Scene(title='t', as_of='2020', parties=ps, links=ls);"
        "print(hashlib.sha256((render_html(s) + render_svg(s)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert 1 == len(found)


def test_another_engine_is_refused(alliance, monkeypatch):
    """A vis-network that was never tried is not shipped to readers."""
    monkeypatch.setattr(html, "ENGINE_SHA256", "0" * 64)
    with pytest.raises(KeiretsuError, match="another vis-network"):
        render_html(alliance)


def test_json_in_a_script_cannot_end_it():
    """What would end or open a script is written as an escape that means the same."""
    text = "</script><!--&\u2028\u2029"
    told = script_json(text)
    assert text == json.loads(told)
    assert not set("<>&\u2028\u2029") & set(told)


def test_the_exported_table_has_a_cell_per_column(alliance, odd_kinds):
    """Every row that a page can export has the columns of its header."""
    for scene in (alliance, odd_kinds):
        data = PageData(scene, arrangements_of(scene)).as_dict()
        assert {len(data["csv"])} == {len(link["row"]) for link in data["links"] if link["row"]}


def test_agreed_votes_are_not_exported_as_votes(odd_kinds, alliance):
    """A table that is read back must not take agreed votes for exercisable ones."""
    agreed, plain = (
        PageData(scene, arrangements_of(scene)).as_dict() for scene in (odd_kinds, alliance)
    )
    assert "voting_percent" not in agreed["csv"]
    assert "voting_percent" in plain["csv"]


def test_importing_views_is_light():
    """pyvis, Jinja and Graphviz are loaded by the first page only."""
    program = (
        "import sys, keiretsu.views;"
        "print([m for m in ('pyvis', 'jinja2', 'pygraphviz', 'IPython') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert "[]\n" == run.stdout


def test_long_notes_unfold_and_lose_nothing(alliance):
    """What is longer than a look stands behind its beginning, whole, without a script too."""
    steps = [f"Party {number} has {number} % of Renault" for number in range(1, 40)]
    page = render_html(replace(alliance, notes=("; ".join(steps), "Short: A; B.")))
    folded = re.search(r"<details><summary>(.*?)</summary><ul>(.*?)</ul></details>", page)
    assert folded.group(1) == steps[0]
    assert re.findall(r"<li>(.*?)</li>", folded.group(2)) == steps[1:]
    assert "<li>Short: A; B.</li>" in page
