"""What a page is told in short arrives whole: nothing is lost on the way to its script."""

from __future__ import annotations

import json

import pytest

from keiretsu.views import Evidence, Percent, Scene, SceneLink, SceneParty, render_html
from keiretsu.views.drawing.figures import label_marks
from keiretsu.views.page.data import PageData
from keiretsu.views.page.packing import packed
from keiretsu.views.page.spelling import plain, script_json
from keiretsu.views.scene.arrangements import arrangements_of
from keiretsu.views.scene.wording import METRICS, label

SCENES = ("alliance", "odd_kinds", "star", "hostile")
_MOST = 1_000_000
_SHORTER = 0.65
"""How much shorter what is told becomes, at least, on the case that everybody sees."""
_A_ROUNDING = 0.11


@pytest.fixture(params=SCENES)
def scene(request):
    """Return a scene by the name of its fixture."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def hundred():
    """Return a hundred parties as a register tells them: an IRI, a source and a share for each."""
    iri = "https://w3id.org/keiretsu/id/"
    parties = tuple(
        SceneParty(
            id=f"{iri}party/{at:020}",
            kind="Company",
            label=f"Manufacturing Company No. {at} Limited",
            subtitle="Unlisted · GB",
            facts=(("Company number", f"{at:08}"),),
        )
        for at in range(100)
    )
    pairs = [(max(0, (at - 1) // 4), at) for at in range(1, 100)]
    pairs += [(at, at + 7) for at in range(0, 93, 3)]
    links = tuple(
        SceneLink(
            id=f"{iri}claim/{at:020}",
            holder=parties[holder].id,
            issuer=parties[issuer].id,
            capital=Percent.point(f"{10 + at % 50}.{at:03}"),
            votes=Percent.point(f"{10 + at % 40}.{at:03}"),
            remarks=("One share is taken as one vote.",),
            evidence=(
                Evidence(
                    claim=f"{iri}claim/{at:020}",
                    title=f"Confirmation statement of {parties[issuer].label}",
                    publisher="Companies House",
                    date="2019-09-03",
                    url=f"https://find-and-update.company-information.service.gov.uk/{at:08}",
                ),
            ),
        )
        for at, (holder, issuer) in enumerate(pairs)
    )
    return Scene(title="A hundred", as_of="2019-09-03", parties=parties, links=links)


def test_the_page_reads_what_it_was_told(visit, scene):
    """Spelled short and spelled out again, parties, links, claims and layouts are the same."""
    told = json.loads(json.dumps(PageData(scene, arrangements_of(scene)).as_dict()))
    heard = visit(scene).page.evaluate("keiretsu.unpacked()")
    for kind in ("parties", "links", "claims"):
        assert len(told[kind]) == len(heard[kind])
        for one, other in zip(told[kind], heard[kind], strict=True):
            known = {name: other[name] for name in one if name != "labels"}
            assert {name: one[name] for name in known} == known
    assert told["layouts"] == heard["layouts"]
    assert {name: told[name] for name in ("title", "csv", "overlays", "groups")} == {
        name: heard[name] for name in ("title", "csv", "overlays", "groups")
    }


def test_labels_are_set_as_in_a_drawing(visit, odd_kinds):
    """The plates and lines that a page makes from words are those of `figures.py`."""
    links = visit(odd_kinds).page.evaluate("keiretsu.data.links")
    heard = {one["id"]: one["labels"] for one in links}
    drawn = [link for link in odd_kinds.links if link.id in heard]
    assert drawn
    for link in drawn:
        for metric in METRICS:
            marks = label_marks(label(link, odd_kinds.rights, metric), (0.0, 0.0))
            expected = json.loads(json.dumps([plain(mark) for mark in marks]))
            found = heard[link.id][metric]
            assert expected[1:] == found[1:]
            assert _numbers(expected[0][1]) == pytest.approx(_numbers(found[0][1]), abs=_A_ROUNDING)


def _numbers(path):
    return [float(part) for corner in path.strip("MZ").split("L") for part in corner.split()]


def test_what_is_told_is_short(alliance):
    """The case's page, with its sources, weighs far less than its data spelled out would."""
    told = PageData(alliance, arrangements_of(alliance)).as_dict()
    assert len(script_json(packed(told))) < _SHORTER * len(script_json(told))


def test_packing_repeats(alliance):
    """The same data are packed the same."""
    told = PageData(alliance, arrangements_of(alliance)).as_dict()
    assert script_json(packed(told)) == script_json(packed(told))


def test_a_hundred_parties_weigh_less_than_a_megabyte(hundred):
    """A page that is sent by mail: the engine is half of it."""
    assert len(render_html(hundred).encode()) < _MOST
