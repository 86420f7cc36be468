"""Offices: persons and their seats are drawn as the claims have them on the day."""

from __future__ import annotations

import datetime as dt

import keiretsu
from keiretsu.cli.gallery import EXHIBITS
from keiretsu.views.drawing.svg import render_svg
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.layout.plan import rising_links
from keiretsu.views.page.table import told_lines
from keiretsu.views.scene.model import OFFICE
from keiretsu.views.scene.wording import label

DAY = "2019-09-03"
BOARDS = ("French State", "Renault", "Nissan", "Mitsubishi Motors")


def _scene(case):
    world = case.snapshot(DAY)
    return keiretsu.view(world, focus=BOARDS, depth=0, offices=case.claims).scene


def test_offices_are_those_of_the_day(case):
    """Each line is an accepted tenure that surely holds, in an organisation that is shown."""
    scene, day = _scene(case), dt.date.fromisoformat(DAY)
    tenures = {one.id: one for one in case.claims.tenures}
    drawn = {link.id for link in scene.links if link.kind == OFFICE}
    held = {link.issuer for link in scene.links if link.kind == OFFICE}
    assert len(drawn) > 10
    assert held <= {party.id for party in scene.parties}
    for one in drawn:
        assert tenures[one].period.surely_holds(day)
        assert "accepted" == tenures[one].status
    missing = {
        one.id for one in tenures.values() if one.organisation in held and one.id not in drawn
    }
    assert not any(
        tenures[one].period.surely_holds(day)
        for one in missing
        if tenures[one].status == "accepted"
        and (tenures[one].period.start or tenures[one].period.end)
    )


def test_seats_on_two_boards_and_nominees(case):
    """Senard sits in Renault and Nissan; who was put forward by whom is written on the line."""
    scene = _scene(case)
    seats = [
        scene.party(link.issuer).label
        for link in scene.links
        if link.kind == OFFICE and scene.party(link.holder).label == "Jean-Dominique Senard"
    ]
    assert {"Renault", "Nissan"} <= set(seats)
    drawing = render_svg(scene)
    assert "Thomas Courbe: Director proposed by the French State, Renault." in drawing
    assert ">Holds an office</text>" in drawing


def test_persons_stand_above_and_nothing_is_covered(case):
    """An office points down, and its words have room of their own."""
    scene = _scene(case)
    assert not rising_links(scene) & {link.line for link in scene.links if link.kind == OFFICE}
    quality = lay_out(scene).quality
    assert (0, 0, 0) == (quality.box_on_box, quality.label_on_label, quality.label_on_box)


def test_offices_are_no_holdings(case):
    """Tables of holdings leave them out, and no chain runs through them."""
    view = keiretsu.view(case.snapshot(DAY), focus=BOARDS, depth=0, offices=case.claims)
    assert "Senard" not in view.csv()
    assert "Senard" in view.graphml()


def _over_time(case):
    return keiretsu.view(
        case, focus=BOARDS, depth=0, start="2018-11-01", until="2019-12-31",
        offices=case.claims,
    ).scene  # fmt: skip


def test_offices_fade_in_and_out_over_time(case):
    """Of a span of time each office is drawn at those of its moments on which it surely is held."""
    scene = _over_time(case)
    tenures = {one.id: one for one in case.claims.tenures}
    offices = [link for link in scene.links if link.kind == OFFICE]
    for link in offices:
        period = tenures[link.line].period
        for at, moment in enumerate(scene.moments):
            held = period.surely_holds(dt.date.fromisoformat(moment.date))
            assert held == (at in link.during), (link.line, moment.date)
    lost = [link for link in offices if 0 in link.during and scene.moment not in link.during]
    taken = [link for link in offices if 0 not in link.during and scene.moment in link.during]
    assert "Carlos Ghosn" in {scene.party(link.holder).label for link in lost}
    assert "Jean-Dominique Senard" in {scene.party(link.holder).label for link in taken}


def test_a_person_with_one_office_has_it_in_the_box(case):
    """The line of whoever has one office and no more needs no label; who has two keeps both."""
    scene = _scene(case)
    by_person = {}
    for link in scene.links:
        if link.kind == OFFICE:
            by_person.setdefault(link.holder, []).append(link)
    told = {person for person, links in by_person.items() if all(one.in_box for one in links)}
    assert told
    for person, links in by_person.items():
        party = scene.party(person)
        if person in told:
            assert [party.subtitle] == [one.office for one in links]
            assert () == label(links[0], scene.rights, "both")
        else:
            assert not any(one.in_box for one in links)
    assert "Jean-Dominique Senard" not in {scene.party(person).label for person in told}


def test_the_gallery_tells_who_lost_which_office(case):
    """The page lists the offices of the day: in those weeks the chairman loses all that he has."""
    exhibit = next(one for one in EXHIBITS if one.name == "offices-2018-2019")
    scene = exhibit.make(case).scene
    lost = {
        link.issuer
        for link in scene.links
        if link.kind == OFFICE
        and scene.party(link.holder).label == "Carlos Ghosn"
        and 0 in link.during
        and len(scene.moments) - 1 not in link.during
    }
    assert {"Renault", "Nissan", "Mitsubishi Motors"} == {scene.party(one).label for one in lost}
    told = told_lines(scene, OFFICE)
    gone = next(
        one for one in told if one["text"] == "Greg Kelly: Representative director, Nissan."
    )
    assert ("0", False) == (gone["during"], gone["now"])
    assert any(one["now"] for one in told)
