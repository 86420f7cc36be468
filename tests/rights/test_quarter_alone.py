"""Who alone could vote keeps its votes in the Japanese quarter (Enforcement Regulation 67(1))."""

from fractions import Fraction

import pytest

from keiretsu.rights import rights_of


@pytest.mark.parametrize(
    ("whole", "left"), [("100", Fraction(1)), ("90", Fraction(0))], ids=["alone", "not alone"]
)
def test_the_owner_of_a_vehicle_votes_in_it(register, whole, left):
    """The vehicle has a third of its owner: that silences it only if somebody else could vote."""
    book = register()
    for name in ("top", "vehicle"):
        book.party(name, jurisdiction="JP")
    book.holds("top", "vehicle", whole)
    book.holds("vehicle", "top", "34")
    world = book.on()
    top, vehicle = world.position("top"), world.position("vehicle")

    assert (left, left) == rights_of(world).votes.bounds(vehicle, {top})[:2]
