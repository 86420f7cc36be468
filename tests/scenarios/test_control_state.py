"""Control after an edit: judged anew only where the edit reaches, and equal to judging all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.measures import control
from keiretsu.mirror import snapshot_of_shares
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.scenarios import scenario
from keiretsu.scenarios.control_state import control_state

RULES = ("majority-votes", "fr-presumption-40")
PARTIES = "abcdefs"
SHARES = st.sampled_from(["5", "20", "30", "34", "41", "45-55", "50", "51", "60", ">25", "100"])
PAIRS = st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)).filter(
    lambda pair: pair[0] != pair[1]
)


@pytest.fixture(scope="module")
def alliance():
    return OwnershipGraph.open()


def plain(state):
    return {head: (found.certain, found.possible) for head, found in state.reach.items()}


def world_of(register, holdings, day="2020-06-30"):
    """Return a world in which `s` is a State for which `f` acts; what does not fit is left out."""
    book = register().party("s").party("f", acts_for="s")
    for name in PARTIES:
        book._name(name)
    room = dict.fromkeys(PARTIES, 100)
    for (holder, issuer), percent in sorted(holdings.items()):
        least = int(percent.strip(">").split("-")[0])
        if least <= room[issuer]:
            room[issuer] -= least
            book.holds(holder, issuer, percent)
    return book.on(day)


@settings(max_examples=150)
@given(
    base=st.dictionaries(PAIRS, SHARES, max_size=9),
    edits=st.lists(
        st.dictionaries(PAIRS, st.none() | SHARES, min_size=1, max_size=2), min_size=1, max_size=3
    ),
    rule=st.sampled_from(RULES),
)
def test_following_edits_equals_judging_all(register, base, edits, rule):
    """Whatever is set, added or removed, one edit after the other, by both rules."""
    holdings = dict(base)
    state = control_state(world_of(register, holdings), rule)
    for edit in edits:
        holdings = {k: v for k, v in {**holdings, **edit}.items() if v is not None}
        world = world_of(register, holdings)
        following = state.after(world)
        whole = control_state(world, rule)
        assert plain(whole) == plain(following)
        before, after = state.pairs(), whole.pairs()
        moved = {ends for ends in {*before, *after} if before.get(ends) != after.get(ends)}
        assert moved == set(state.changes(following))
        state = following


@pytest.mark.parametrize("rule", RULES)
def test_a_state_says_what_control_answers(alliance, rule):
    """Pair by pair."""
    world = alliance.snapshot("2019-09-03")
    expected = {
        (one.controller_id, one.company_id): one.verdict for one in control(world, rule=rule)
    }
    pairs = control_state(world, rule).pairs()
    own = {(state, body) for state, body in pairs if body in bodies(world, state)}
    assert expected == {ends: verdict for ends, verdict in pairs.items() if ends not in own}


def bodies(world, state):
    return {party.id for party in world.parties if party.acts_for == state}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("percent", ["25%", "51%"])
def test_a_scenario_of_the_alliance(alliance, rule, percent):
    """Few are judged anew, and the outcome is that of judging all."""
    world = alliance.snapshot("2019-09-03")
    state = control_state(world, rule)
    supposed = scenario(world, hold={("Renault", "Nissan"): percent})
    after = state.after(supposed)
    assert plain(control_state(supposed, rule)) == plain(after)
    assert 0 < len(after.recomputed) < len(after.reach) / 2
    named = {p.id: p.label for p in supposed.parties}
    gained = {
        (named[head], named[company])
        for (head, company), (_, now) in state.changes(after).items()
        if now == "certain"
    }
    assert (("Renault", "Nissan") in gained) == (percent == "51%" and rule == "majority-votes")


def test_what_does_not_change_is_not_judged():
    """The same world again: nobody is; another component: only its own."""
    shares = {("a", "b"): "60%", ("b", "c"): "60%", ("x", "y"): "60%"}
    state = control_state(snapshot_of_shares(shares))
    assert frozenset() == state.after(snapshot_of_shares(shares)).recomputed
    after = state.after(snapshot_of_shares({**shares, ("x", "y"): "40%"}))
    assert 1 == len(after.recomputed)
    assert 1 == len(state.changes(after))


def test_a_bloc_that_grows_elsewhere_touches_a_presumption():
    """Who has 42 % is presumed to control until another's holders come under one hand."""
    shares = {("a", "t"): "42%", ("p", "t"): "30%", ("q", "t"): "20%", ("h", "p"): "60%"}
    worlds = [snapshot_of_shares({**shares, ("h", "q"): share}) for share in ("40%", "60%")]
    state = control_state(worlds[0], "fr-presumption-40")
    after = state.after(worlds[1])
    a, t = (worlds[0].parties[worlds[0].position(name)].id for name in "at")
    assert ("certain", "impossible") == (state.verdict(a, t), after.verdict(a, t))
    assert a in after.recomputed


def test_an_unknown_rule_is_refused():
    """With the names that there are."""
    with pytest.raises(InputError, match="no rule is named 'magic'"):
        control_state(snapshot_of_shares({("a", "b"): "60%"}), "magic")
