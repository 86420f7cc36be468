"""Laws of control: thresholds, names, order, and what wider or narrower ranges may change."""

import itertools
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.measures.corner_worlds import corner_worlds

from keiretsu.measures import control
from keiretsu.mirror import from_networkx, snapshot_of_shares

HALF = Fraction(1, 2)
MILLIONTH_OF_A_PERCENT = Fraction(1, 10**8)
RANK = {"impossible": 0, "possible": 1, "certain": 2}


def pairs(snapshot, **options):
    """Return the certain pairs."""
    found = control(snapshot, **options)
    return {(r.controller, r.company) for r in found if r.verdict == "certain"}


def shares_of(table):
    """Return a table of units as shares, the remainder left out."""
    return {
        (holder, issuer): Fraction(units, sum(held.values()))
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None and sum(held.values())
    }


# -- exactly half ---------------------------------------------------------------------------


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8), st.booleans())
def test_exactly_half_never_controls(parts, together):
    """Half, however it is split and summed, is not more than half; the least more is."""
    names = [f"h{n}" for n in range(len(parts))]
    for extra in (Fraction(0), MILLIONTH_OF_A_PERCENT):
        whole = sum(parts)
        shares = {(n, "t"): Fraction(p, whole) / 2 for n, p in zip(names, parts, strict=True)}
        shares["h0", "t"] += extra
        if not together:
            shares |= {("x", name): "100%" for name in names}
        world = snapshot_of_shares(shares)
        found = control(world, group=names, of="t") if together else control(world, by="x", of="t")
        assert ("certain" if extra else "impossible") == found[0].verdict
        assert HALF + extra == found[0].bounds.low == found[0].bounds.high


@given(st.lists(st.fractions(min_value=0, max_value=1, max_denominator=10**6), max_size=5))
def test_half_of_odd_denominators_is_half(parts):
    """Denominators that share nothing still add up to exactly half."""
    shares, left = {}, HALF
    for number, part in enumerate(parts):
        shares[f"h{number}", "t"] = left * part
        left -= left * part
    shares["last", "t"] = left
    names = [holder for holder, _ in shares]
    shares |= {("x", name): Fraction(1) for name in names}
    assert ("x", "t") not in pairs(snapshot_of_shares(shares))
    assert ("x", "t") in pairs(snapshot_of_shares(shares), at_least=True)


@pytest.mark.parametrize("spelling", [0.5, "50%", "0.5", Fraction(1, 2), "1/2"])
def test_half_in_every_spelling(spelling):
    """A float, a text and a fraction of a half are the same half."""
    world = snapshot_of_shares({("a", "t"): spelling})
    assert set() == pairs(world)
    assert {("a", "t")} == pairs(world, at_least=True)


def test_ten_tenths_as_floats():
    """Five floats of a tenth are half, and six are more."""
    shares = {(f"h{n}", "t"): 0.1 for n in range(6)}
    names = [holder for holder, _ in shares]
    world = snapshot_of_shares(shares)
    assert control(world, group=names[:5], of="t")[0].verdict == "impossible"
    assert control(world, group=names, of="t")[0].verdict == "certain"


# -- monotone and invariant -----------------------------------------------------------------


@given(st.data(), st.integers(1, 99), st.integers(1, 99))
def test_a_lower_threshold_never_controls_less(tables_of_shares, data, one, other):
    """Control is monotone in a strict threshold, and *at least* gives no less than *more than*."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    low, high = (Fraction(n, 100) for n in sorted((one, other)))
    assert pairs(world, threshold=high) <= pairs(world, threshold=low)
    assert pairs(world, threshold=high) <= pairs(world, threshold=high, at_least=True)


@given(st.data())
def test_names_and_order_do_not_matter(tables_of_shares, data):
    """Renaming the parties renames the answer; the order of claims changes nothing."""
    shares = shares_of(data.draw(tables_of_shares()))
    new = dict(zip("abcdef", data.draw(st.permutations("uvwxyz")), strict=True))
    renamed = {
        (new[h], new[i]): s for (h, i), s in data.draw(st.permutations(sorted(shares.items())))
    }
    expected = {(new[h], new[i]) for h, i in pairs(snapshot_of_shares(shares))}
    assert expected == pairs(snapshot_of_shares(renamed))


@given(st.data())
def test_a_majority_has_one_ultimate_controller(tables_of_shares, data):
    """By majority the controllers of one company are nested: one top or one ring."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    tops = {}
    for record in control(world, ultimate=True):
        tops.setdefault(record.company, set()).add(record.controller)
    assert all(len(found) == 1 for found in tops.values())
    assert {company for _, company in pairs(world)} == set(tops)


@given(st.data())
def test_through_and_missing_add_up(tables_of_shares, data):
    """The parts of a certain or impossible row are its percentage; what is missing reaches half."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    names = [party.label for party in world.parties]
    for record in control(world, by=names) if names else ():
        assert record.bounds.low == sum(part.share for part in record.through)
        if record.verdict == "certain":
            assert record.missing is None
        else:
            assert HALF == record.bounds.low + record.missing


@given(st.data())
def test_a_group_controls_no_less_than_its_members(tables_of_shares, data):
    """Acting together loses nobody but the members themselves."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    names = [party.label for party in world.parties]
    assume(len(names) > 2)
    alone = {company for controller, company in pairs(world) if controller in names[:2]}
    found = control(world, group=names[:2])
    assert alone - set(names[:2]) <= {r.company for r in found if r.verdict == "certain"}


# -- ranges ---------------------------------------------------------------------------------


@st.composite
def banded(draw, parties="abcd", unit=12, closed=True):
    """Return ranges in twelfths by holder and issuer, whose lows fit into every issuer."""
    ranges = {}
    for issuer in parties:
        left = unit
        for holder in draw(st.lists(st.sampled_from(parties), unique=True, max_size=3)):
            if holder == issuer:
                continue
            low = draw(st.integers(0, left))
            high = draw(st.integers(low, unit)) if draw(st.booleans()) else low
            left -= low
            wide = high > low and not closed
            opened = (wide and draw(st.booleans()), wide and draw(st.booleans()))
            ranges[holder, issuer] = (low, high, *opened)
        if left == 0:  # the lows fill the issuer: leaving one of them out would fit no world
            for pair, (low, high, _, high_open) in list(ranges.items()):
                if pair[1] == issuer:
                    ranges[pair] = (low, high, False, high_open)
    return ranges


def ranged_world(ranges, unit=12):
    """Return a snapshot of ranges."""
    graph = nx.DiGraph()
    for (holder, issuer), (low, high, low_open, high_open) in ranges.items():
        left, right = "(" if low_open else "[", ")" if high_open else "]"
        text = f"{left}{Fraction(low, unit)}, {Fraction(high, unit)}{right}"
        point = Fraction(low, unit)
        graph.add_edge(holder, issuer, capital_exact=point if low == high else text)
    return from_networkx(graph)


def verdicts(snapshot, **options):
    """Return the rank of every pair's verdict; pairs not listed are impossible."""
    found = control(snapshot, **options)
    return {(r.controller, r.company): RANK[r.verdict] for r in found}


@given(banded(unit=100), st.data())
def test_narrowing_keeps_what_was_decided(ranges, data):
    """A narrower range keeps certain pairs certain and impossible ones impossible."""
    narrow = {}
    for pair, (low, high, *_) in ranges.items():
        least = data.draw(st.integers(low, high))
        narrow[pair] = (least, data.draw(st.integers(least, high)), False, False)
    for issuer in "abcd":
        assume(100 >= sum(low for (_, of), (low, *_) in narrow.items() if of == issuer))
    wide, tight = verdicts(ranged_world(ranges, 100)), verdicts(ranged_world(narrow, 100))
    for pair in itertools.permutations("abcd", 2):
        before, after = wide.get(pair, 0), tight.get(pair, 0)
        assert before in (1, after)


@given(banded(unit=100))
def test_point_ranges_are_exact(ranges):
    """A range whose ends meet is the number itself: its verdicts are exact."""
    points = {pair: (low, low, False, False) for pair, (low, *_) in ranges.items()}
    exact = snapshot_of_shares({pair: Fraction(low, 100) for pair, (low, *_) in points.items()})
    assert verdicts(exact) == verdicts(ranged_world(points, 100))
    assert 1 not in verdicts(exact).values()


def least_model(shares, threshold):
    """Return who controls whom, written down as the definition says it."""
    found = set()
    for head in "abcd":
        inside, before = {head}, set()
        while inside != before:
            before = set(inside)
            for company in "abcd":
                held = sum(s for (h, i), s in shares.items() if i == company and h in inside - {i})
                if held > threshold:
                    inside.add(company)
        found |= {(head, company) for company in inside - {head}}
    return found


@settings(max_examples=40)
@given(banded(parties="abcd"), st.sampled_from([HALF, Fraction(1, 3)]))
def test_verdicts_are_those_of_all_corner_worlds(ranges, threshold):
    """Certain is true in every corner world, possible in one of them at least."""
    worlds = list(itertools.islice(corner_worlds(ranges), 3000))
    assume(len(worlds) < 3000)
    models = [least_model(shares, threshold) for shares in worlds]
    expected = {
        pair: 2 if all(pair in model for model in models) else 1
        for pair in itertools.permutations("abcd", 2)
        if any(pair in model for model in models)
    }
    assert expected == verdicts(ranged_world(ranges), threshold=threshold)


@given(banded(unit=100, closed=False))
def test_open_ends_decide_only_at_the_limit(ranges):
    """Opening an end narrows: nothing decided with closed ends is undecided with open ones."""
    shut = {pair: (low, high, False, False) for pair, (low, high, *_) in ranges.items()}
    wide, tight = verdicts(ranged_world(shut, 100)), verdicts(ranged_world(ranges, 100))
    for pair in itertools.permutations("abcd", 2):
        assert wide.get(pair, 0) == 1 or wide.get(pair, 0) == tight.get(pair, 0)


BANDS = {
    # name: (bands of holders of t, expected verdict of a by holder, where the answer comes from)
    "more than half": ({"a": "(50,75]"}, "certain", "an open end at the limit is beyond it"),
    "half or more": ({"a": "[50,75]"}, "possible", "half itself is not more than half"),
    "up to half": ({"a": "(25,50]"}, "impossible", "not more than half in any world"),
    "less than what is needed is left": ({"a": "0-100", "b": "50"}, "impossible", "by hand"),
    "just enough is left": ({"a": "0-100", "b": "49.999999"}, "possible", "by hand"),
    "unknown": ({"a": "unknown"}, "possible", "anything from none to all"),
    "nothing declared": ({"a": "10"}, "impossible", "a remainder makes nobody possible"),
}


@pytest.mark.parametrize(("bands", "expected", "source"), BANDS.values(), ids=BANDS)
def test_bands(bands, expected, source, register):
    """Ends count as they are declared, and what others surely have is not left."""
    book = register()
    for holder, band in bands.items():
        book.holds(holder, "t", band)
    assert expected == control(book.on(), by="a", of="t")[0].verdict, source


@pytest.mark.parametrize(
    ("band", "expected"),
    [("[25,50)", "impossible"), ("[25,50]", "possible"), ("[50,75)", "certain")],
)
def test_bands_that_must_be_reached(band, expected, register):
    """Where half is enough, an open upper end at half never reaches it."""
    book = register()
    book.holds("a", "t", band)
    assert expected == control(book.on(), by="a", of="t", at_least=True)[0].verdict
