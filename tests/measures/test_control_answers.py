"""What an answer on control tells: who, through which holdings, why, and what is missing."""

from fractions import Fraction

import pytest

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.measures import answer, control
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import Caution

CHAIN = {("a", "b"): "60%", ("a", "c"): "20%", ("b", "c"): "35%", ("c", "d"): "51%"}


def row(answer, controller, company):
    """Return the one row of a pair."""
    found = [r for r in answer if (r.controller, r.company) == (controller, company)]
    assert len(found) == 1
    return found[0]


def test_a_row_adds_up_its_parts(register):
    """The percentage is that of the holdings listed, largest first, each with claim and source."""
    book = register().document("paper", "2020-01-01")
    claims = {pair: book.holds(*pair, share) for pair, share in CHAIN.items()}
    found = row(control(book.on()), "a", "c").as_dict()
    assert [("b", 35.0), ("a", 20.0)] == [(p["holder"], p["percent"]) for p in found["through"]]
    assert (55.0, 55.0, None) == (found["percent"], found["percent_max"], found["missing_percent"])
    assert [claims["b", "c"].id] == found["through"][0]["claim_ids"]
    assert ["paper"] == [source["title"] for source in found["through"][0]["sources"]]


def test_reasons_name_every_step():
    """The explanation says how each company on the way is controlled, then what decides."""
    found = row(control(snapshot_of_shares(CHAIN)), "a", "d").explanation
    assert (
        "b is controlled: a 60 % of its votes.",
        "c is controlled: a 20 % + b 35 % of its votes.",
        "a has 51 % (c 51 %) of the votes of d; the rule is more than 50 % of the votes.",
    ) == found


def test_what_is_missing():
    """An impossible row says how much more than nothing is needed, and in which sense."""
    world = snapshot_of_shares({("a", "t"): "43.4%"})
    strict = control(world, by="a", of="t")[0]
    assert ("impossible", 43.4, 6.6) == (strict.verdict, strict.percent, strict.missing_percent)
    assert "more than 6.6 % further would be needed" in strict.explanation[-1]
    reached = control(world, by="a", of="t", threshold=Fraction(3, 4), at_least=True)[0]
    assert 31.6 == reached.missing_percent
    assert "; 31.6 % further would be needed" in reached.explanation[-1]
    presumed = control(world, by="a", of="t", rule="fr-presumption-40")[0]
    assert ("certain", None) == (presumed.verdict, presumed.missing_percent)


def test_what_is_missing_beside_a_larger_rival():
    """Above the presumption's 40 % but beside somebody larger, a majority is what is missing."""
    world = snapshot_of_shares({("a", "t"): "43.4%", ("x", "t"): "45%"})
    found = control(world, by="a", of="t", rule="fr-presumption-40")[0]
    assert ("impossible", 6.6) == (found.verdict, found.missing_percent)
    below = control(world, by="a", of="t", threshold=Fraction(9, 20))[0]
    assert 1.6 == below.missing_percent


def test_without_options_impossible_pairs_are_left_out():
    """Every certain pair and no other; with a company asked for, all who have something in it."""
    world = snapshot_of_shares(CHAIN)
    pairs = [(r.controller, r.company, r.verdict.value) for r in control(world)]
    assert [("a", "b"), ("a", "c"), ("a", "d"), ("c", "d")] == [pair[:2] for pair in pairs]
    asked = {(r.controller, r.verdict.value) for r in control(world, of="c")}
    assert {("a", "certain"), ("b", "impossible")} == asked


def test_a_group_is_one_controller():
    """Two of 30 % are 60 together, labelled by both, and only the group's rows are listed."""
    world = snapshot_of_shares({("x", "t"): "30%", ("y", "t"): "30%", ("z", "u"): "60%"})
    answer = control(world, group=["x", "y"])
    assert [("x + y", "t", "certain", 60.0)] == [
        (r.controller, r.company, r.verdict, r.percent) for r in answer
    ]
    assert ["x", "y"] == [part.holder for part in answer[0].through]
    assert [] == list(control(world, by="x", of="t", rule=None)[0].explanation[:-1])


def test_a_group_is_not_the_sum_of_its_members():
    """What neither controls alone they control together, and what that controls too."""
    shares = {("x", "t"): "30%", ("y", "t"): "30%", ("t", "u"): "60%"}
    assert {"t", "u"} == {r.company for r in control(snapshot_of_shares(shares), group=["x", "y"])}


def test_a_state_and_its_bodies_are_one_controller(register):
    """Two agencies of 30 % each make their State control; neither does alone."""
    book = register().party("State").party("A1", acts_for="State").party("A2", acts_for="State")
    book.holds("A1", "t", "30")
    book.holds("A2", "t", "30")
    book.holds("A1", "u", "60")
    found = {(r.controller, r.company) for r in control(book.on())}
    assert {("State", "t"), ("State", "u"), ("A1", "u")} == found
    tops = {(r.controller, r.company) for r in control(book.on(), ultimate=True)}
    assert {("State", "t"), ("State", "u")} == tops


def test_a_ring_answers_only_what_is_asked():
    """With a company asked for, a ring's other rows are left out."""
    shares = {("A", "B"): "60%", ("B", "A"): "60%", ("A", "t"): "60%", ("B", "u"): "60%"}
    found = control(snapshot_of_shares(shares), of="t", ultimate=True)
    assert [("A + B", "t", ("A", "B"))] == [(r.controller, r.company, r.ring) for r in found]
    everything = control(snapshot_of_shares(shares), ultimate=True)
    assert {"A", "B", "t", "u"} == {r.company for r in everything}


def test_a_ring_with_an_outside_controller_is_none():
    """Companies that hold each other under somebody else's control are not a ring."""
    shares = {("x", "A"): "60%", ("A", "B"): "60%", ("B", "A"): "30%"}
    found = {(r.controller, r.company) for r in control(snapshot_of_shares(shares), ultimate=True)}
    assert {("x", "A"), ("x", "B")} == found


def test_by_capital_or_by_votes(register):
    """The right that is counted decides, and names the rule."""
    book = register()
    book.share_class("t", "common")
    book.share_class("t", "preferred", votes_per_share=Fraction(0))
    book.holds("a", "t", "40", share_class="common")
    book.holds("b", "t", "60", share_class="preferred")
    world = book.on()
    assert [("a", "t")] == [(r.controller, r.company) for r in control(world)]
    by_capital = control(world, rights="capital")
    assert [("b", "t")] == [(r.controller, r.company) for r in by_capital]
    assert "more-than-50-percent-capital" == by_capital.fields["rule"]
    assert "majority-votes" == control(world).fields["rule"]


def test_warnings_are_those_of_the_parties_concerned(register):
    """An answer carries what was assumed about its own parties, not about others."""
    book = register()
    book.holds("a", "t", "60", stated="2019-12-31")
    book.holds("x", "y", "60")
    told = {(w.code, w.parties) for w in control(book.on(), by="a").warnings}
    assert {("carried-forward", ("a", "t")), ("one-share-one-vote", ("t",))} == told


def test_that_nobody_controls_says_what_it_rests_on():
    """Of all issuers, or of those asked about; of capital nothing is assumed about votes."""
    world = snapshot_of_shares({("a", "b"): "20%", ("b", "c"): "35%"})

    def said(**options):
        told = control(world, **options)
        assert 0 == len(told)
        return [w.parties for w in told.warnings if w.code == "one-share-one-vote"]

    assert [("b",), ("c",)] == said()
    assert [] == said(rights="capital")
    assert [] == said(of="a")


def test_an_empty_world_has_no_control(register):
    """Without holdings there is nothing to answer, and nothing breaks."""
    book = register().party("a")
    assert [] == list(control(book.on()))
    assert [] == list(control(book.on(), by="a"))
    assert [] == list(control(book.on(), ultimate=True))


def test_names_are_refused(register):
    """Unknown names come with the nearest, ambiguous ones with their candidates."""
    book = register().party("Renault").party("Nissan")
    book.party("urn:1", aliases=("RN",)).party("urn:2", aliases=("rn",))
    with pytest.raises(
        NameNotFoundError, match="no party is named 'Renalt'; nearest: Renault"
    ) as error:
        control(book.on(), by="Renalt")
    assert "Renalt" == error.value.name
    with pytest.raises(AmbiguousNameError, match="'RN' names 2 parties; use one of: urn:1, urn:2"):
        control(book.on(), by="RN")


def test_a_rule_with_a_threshold_is_refused():
    """A named rule has its own threshold."""
    world = snapshot_of_shares(CHAIN)
    with pytest.raises(InputError, match="has its own threshold"):
        control(world, rule="fr-presumption-40", threshold=Fraction(1, 3))


def test_a_holder_who_can_have_nothing_is_no_reason(register):
    """Where others hold all, a stake of unknown size counts for nothing and is not cited."""
    book = register()
    book.holds("a", "t", "70")
    book.holds("b", "t", "30")
    book.holds("a", "u", "100")
    book.holds("u", "t", "unknown")
    (found,) = control(book.on(), by="a", of="t")
    assert ["a"] == [part.holder for part in found.through]


def test_who_may_not_vote_is_told_why(register):
    """What a law suspends is no missing stake to be bought, and the answer names the law."""
    book = register().party("Parent", jurisdiction="FR")
    book.holds("Parent", "Sub", "60")
    book.holds("Sub", "Parent", "20")
    book.holds("Ada", "Parent", "45")
    (found,) = control(book.on(), by="Sub", of="Parent")
    assert "C. com. L.233-31 suspends the votes of Sub in Parent." == found.explanation[-1]
    assert (None, ()) == (found.purchase, found.blocks)
    assert ["Sub"] == [part.holder for part in found.through]
    (other,) = control(book.on(), by="Ada", of="Parent")
    assert other.verdict == "certain"


def test_what_is_assumed_of_very_many_companies_is_told_once(monkeypatch):
    """Up to a thousand each has its own warning; of more, one says of how many, and names some."""
    world = snapshot_of_shares({("a", f"c{n}"): "30%" for n in range(5)})
    apart = control(world).warnings
    assert [(f"c{n}",) for n in range(5)] == [told.parties for told in apart]

    monkeypatch.setattr(answer, "MOST_APART", 5)
    assert apart == control(world).warnings
    monkeypatch.setattr(answer, "MOST_APART", 4)
    (told,) = control(world).warnings
    assert told == Caution(
        "one-share-one-vote",
        "one share is taken as one vote; so of 5 parties, among them c0; c1; c2",
    )
    asked = control(world, of="c3").warnings
    assert [("c3",)] == [told.parties for told in asked]
