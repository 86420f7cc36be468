"""Offices: persons and their seats are drawn as the claims have them on the day."""

from __future__ import annotations

import datetime as dt

import keiretsu
from keiretsu.views.drawing.svg import render_svg
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.layout.plan import rising_links
from keiretsu.views.scene.model import OFFICE

DAY = "2019-09-03"


def _scene(case):
    world = case.snapshot(DAY)
    return keiretsu.view(world, focus=["Renault", "Nissan"], depth=1, offices=case.claims).scene


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
    view = keiretsu.view(
        case.snapshot(DAY), focus=["Renault", "Nissan"], depth=1, offices=case.claims
    )
    assert "Senard" not in view.csv()
    assert "Senard" in view.graphml()
