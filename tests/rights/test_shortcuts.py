"""What the derivation of votes leaves out changes nothing: held to the whole computation."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.rights import MAJORITY, Dominance, control_rule
from keiretsu.rights.derivation import Rights
from keiretsu.rights.suspension import Suspender
from keiretsu.snapshot import NOBODY

COUNTRIES = ("FR", "IT", "JP", "DE", "ES", None)
PRESUMED = control_rule("fr-presumption-40")
PARTIES = "abcdef"


class EveryState(Suspender):
    """Finds what each state silences anew, whatever was found before."""

    def _following(self, suspended):
        return self._controlled(suspended)


@st.composite
def worlds(draw, register):
    """Draw a world with loops, ranges, bodies of a state and parties of several countries."""
    found = register()
    for name in PARTIES:
        acting = draw(st.sampled_from([None, None, "f"])) if name in "ab" else None
        found.party(name, jurisdiction=draw(st.sampled_from(COUNTRIES)), acts_for=acting)
    for issuer in PARTIES:
        left = 100
        others = [name for name in PARTIES if name != issuer]
        for holder in draw(st.lists(st.sampled_from(others), unique=True, max_size=3)):
            least = draw(st.integers(0, left))
            left -= least
            most = draw(st.integers(least, 100)) if draw(st.integers(0, 3)) == 0 else least
            found.holds(holder, issuer, f"{least}-{most}" if most > least else str(least))
    return found.on()


def _told(rights):
    ledger = rights.votes
    lines = [ledger.single(line) for line in range(len(ledger.holding))]
    settled = rights.settled
    return lines, dict(rights.traces), settled.equilibria, settled.stable, rights.cautions


@settings(max_examples=40)
@given(st.data())
def test_votes_are_those_of_the_whole_computation(register, data):
    """Rules on the controlled asked of every issuer, in every state, give the same votes."""
    world = data.draw(worlds(register))
    everyone = set(range(len(world.parties)))
    found = Rights.of(world)
    with (
        patch("keiretsu.rights.suspension.in_loop", lambda _: everyone),
        patch("keiretsu.rights.derivation.Suspender", EveryState),
    ):
        whole = Rights.of(world)

    assert _told(whole) == _told(found)


@settings(max_examples=40)
@given(st.data())
def test_rivals_are_those_of_the_whole_computation(register, data):
    """A bloc is a holder, or whoever surely controls it by majority, whoever that is."""
    world = data.draw(worlds(register))
    dominance = Dominance(world, Rights.of(world).votes)
    for issuer in range(len(world.parties)):
        for member in range(len(world.parties)):
            blocs = dominance._rivals(issuer, {member})
            assert _frozen(_every_bloc(dominance, issuer, {member})) == _frozen(blocs)


def _frozen(blocs):
    return sorted(map(sorted, blocs))


def _every_bloc(dominance, issuer, members):
    """Return the blocs, every party of the world tried as their head."""
    world, ledger = dominance.snapshot, dominance.ledger
    groups = {
        head: {*world.as_one(head), *dominance.controlled(world.as_one(head), MAJORITY)}
        for head in range(len(world.parties))
    }
    blocs = {}
    for line in ledger.lines_of(issuer):
        holder = ledger.holder_of(line)
        if holder not in members and holder not in (issuer, NOBODY):
            heads = [head for head, group in groups.items() if holder in group]
            blocs |= {head: groups[head] - members for head in heads if head not in members}
    return list(blocs.values())


def test_the_generator_meets_suspensions_and_rivals(register):
    """So that the two laws above are about something."""
    found = register()
    found.party("a", jurisdiction="FR").party("b", jurisdiction="FR")
    found.holds("a", "b", "45")
    found.holds("b", "a", "20")
    found.holds("c", "b", "30")
    world = found.on()
    rights = Rights.of(world)

    assert [1] == [len(state) for state in rights.settled.equilibria]
    dominance = Dominance(world, rights.votes)
    assert [world.position("b")] == dominance.controlled([world.position("a")], PRESUMED)
