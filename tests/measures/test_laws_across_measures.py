"""Laws that hold for every measure: units, names, transfers of votes, and narrower ranges."""

from fractions import Fraction

import networkx as nx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.measures import control, holdings, network_value, owners, power
from keiretsu.mirror import chains, from_networkx, snapshot_of_shares

UNIT = 60


def shares_of(table):
    """Return a table of units as shares, the remainder left out."""
    return {
        (holder, issuer): Fraction(units, sum(held.values()))
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None and sum(held.values())
    }


def pairs(snapshot):
    """Return who certainly controls whom."""
    return {(r.controller, r.company) for r in control(snapshot) if r.verdict == "certain"}


def integrated(snapshot, company, method="absorbing"):
    """Return the shares in a company, by owner; None where an owner has no number."""
    return {o.party: o.integrated for o in owners(snapshot, company, method=method)}


# -- units ------------------------------------------------------------------------------------


def counted(register, table, factors):
    """Return a register of share counts, each issuer's multiplied by its factor."""
    book = register()
    for issuer, held in table.items():
        times = factors[issuer]
        book.capital(issuer, issued=100 * times)
        for holder, units in held.items():
            if holder is not None:
                book.holds(holder, issuer, shares=units * times)
    return book.on()


@settings(max_examples=30)
@given(st.data())
def test_more_shares_of_the_same_size_change_nothing(register, tables_of_shares, data):
    """Multiplying all share counts of an issuer changes no verdict, share, value or power."""
    table = data.draw(tables_of_shares(parties="abcd", own_shares=False))
    assume(table)
    large = st.sampled_from([1, 3, 10**6 + 3, 2**61 - 1])
    factors = {issuer: data.draw(large) for issuer in table}
    small = counted(register, table, dict.fromkeys(table, 1))
    scaled = counted(register, table, factors)

    assert pairs(small) == pairs(scaled)
    for issuer, held in table.items():
        assert integrated(small, issuer) == integrated(scaled, issuer)
        if any(units for holder, units in held.items() if holder is not None):
            assert list(power(small, issuer)) == list(power(scaled, issuer))
    assert list(network_value(small)) == list(network_value(scaled))


# -- names ------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.data())
def test_names_do_not_matter(tables_of_shares, data):
    """Renaming the parties renames the answer of every measure."""
    shares = shares_of(data.draw(tables_of_shares(parties="abcd")))
    assume(shares)
    new = dict(zip("abcd", data.draw(st.permutations("wxyz")), strict=True))
    world = snapshot_of_shares(shares)
    other = snapshot_of_shares({(new[h], new[i]): s for (h, i), s in shares.items()})

    for name in {name for pair in shares for name in pair}:
        for method in ("absorbing", "row-corrected", "column-corrected"):
            upward = integrated(world, name, method)
            assert {new[p]: s for p, s in upward.items()} == integrated(other, new[name], method)
        downward = {h.party: h.look_through for h in holdings(world, name)}
        assert {new[p]: s for p, s in downward.items()} == {
            h.party: h.look_through for h in holdings(other, new[name])
        }
    values = {row.party: (row.raw, row.corrected, row.centrality) for row in network_value(world)}
    assert {new[p]: v for p, v in values.items()} == {
        row.party: (row.raw, row.corrected, row.centrality) for row in network_value(other)
    }
    for (head, company), _ in sorted(shares.items()):
        if head != company:
            said = [row.control for row in chains(world, head, company)]
            assert said == [row.control for row in chains(other, new[head], new[company])]


# -- transfers --------------------------------------------------------------------------------


@given(st.data())
def test_more_votes_never_lose_control(tables_of_shares, data):
    """Votes that move to a controller from outside its group lose it nobody, without any law."""
    table = data.draw(tables_of_shares())
    world = snapshot_of_shares(shares_of(table))
    head = data.draw(st.sampled_from("abcdef"))
    group = {head} | {company for controller, company in pairs(world) if controller == head}
    sources = [
        (holder, issuer)
        for issuer, held in table.items()
        for holder, units in held.items()
        if issuer != head and holder not in group and units
    ]
    assume(sources)
    holder, issuer = data.draw(st.sampled_from(sources))
    moved = data.draw(st.integers(1, table[issuer][holder]))
    after = {name: dict(held) for name, held in table.items()}
    after[issuer][holder] -= moved
    after[issuer][head] = after[issuer].get(head, 0) + moved

    kept = {
        company
        for controller, company in pairs(snapshot_of_shares(shares_of(after)))
        if controller == head
    }
    assert group - {head} <= kept


# -- narrower ranges --------------------------------------------------------------------------


@st.composite
def nested(draw, parties="abcde"):
    """Return wide ranges of holders and issuers, and narrower ones inside them that fit too."""
    wide, narrow = {}, {}
    for issuer in parties:
        left = UNIT
        for holder in draw(st.lists(st.sampled_from(parties), unique=True, max_size=3)):
            if holder == issuer:
                continue
            chosen = draw(st.integers(0, left))
            left -= chosen  # the world of what was chosen lies in both
            low = draw(st.integers(0, chosen))
            high = draw(st.integers(chosen, UNIT))
            wide[holder, issuer] = (low, high)
            narrow[holder, issuer] = (
                draw(st.integers(low, chosen)),
                draw(st.integers(chosen, high)),
            )
    return wide, narrow


def ranged(ranges):
    """Return a snapshot of closed ranges."""
    graph = nx.DiGraph()
    for (holder, issuer), (low, high) in ranges.items():
        ends = f"[{Fraction(low, UNIT)}, {Fraction(high, UNIT)}]"
        point = str(Fraction(low, UNIT))
        graph.add_edge(holder, issuer, capital_exact=point if low == high else ends)
    return from_networkx(graph)


def within(inner, outer):
    """Whether a range lies in another."""
    return outer.low <= inner.low <= inner.high <= outer.high


@settings(max_examples=40)
@given(nested(), st.sampled_from(["absorbing", "row-corrected", "column-corrected", "raw"]))
def test_narrower_ranges_never_widen_ownership(ranges, method):
    """What is known better is answered no worse: every end stays or moves inward."""
    wide, narrow = map(ranged, ranges)
    for company in {issuer for _, issuer in ranges[0]}:
        before, after = integrated(wide, company, method), integrated(narrow, company, method)
        for party, share in after.items():
            if share is not None and before.get(party) is not None:
                assert within(share, before[party]), (company, party)
        looked = {o.party: o.look_through for o in owners(wide, company) if o.look_through}
        for o in owners(narrow, company):
            if o.look_through and o.party in looked:
                assert within(o.look_through, looked[o.party]), (company, o.party)


@settings(max_examples=30)
@given(nested())
def test_narrower_ranges_never_widen_conventions(ranges):
    """Conventions of chains, and the cash flow, stay within what was said before."""
    wide, narrow = map(ranged, ranges)
    for head, company in sorted(ranges[0]):
        before, after = chains(wide, head, company), chains(narrow, head, company)
        for one, other in zip(after, before, strict=True):
            assert within(one.control, other.control), one.convention
