"""What each edit does to share counts, votes and provenance."""

from fractions import Fraction

import pytest

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.measures import control, dossier, votes
from keiretsu.mirror import to_networkx
from keiretsu.model import Proposal
from keiretsu.rights import rights_of
from keiretsu.scenarios import Amount, Scenario, scenario, whatif
from keiretsu.scenarios.edits import (
    Adopt,
    BuyBack,
    Cancel,
    Convert,
    Domicile,
    End,
    Hold,
    Issue,
    Merge,
    NewParty,
    Propose,
    Sense,
    Split,
    Transfer,
)
from keiretsu.snapshot import Snapshot
from keiretsu.views.compose import view


def votes_in(world, holder, issuer):
    bounds = rights_of(world).votes.bounds(world.position(issuer), {world.position(holder)})
    assert bounds.low == bounds.high
    return bounds.low


def test_a_scenario_is_a_snapshot(counted):
    """Every measure takes it; it knows its base and its edits."""
    base = counted.on()
    after = scenario(base, hold={("H", "T"): "40%"})

    assert isinstance(after, Snapshot)
    assert isinstance(after, Scenario)
    assert base is after.base
    assert ("H buys 10 % of T (100 shares) from the float part",) == after.edits[0].steps
    assert len(votes(after, "T")) > 0
    assert len(to_networkx(after)) > 0


def test_buying_and_issuing_differ(counted, shares, capital):
    """Bought from the float nobody is diluted; newly issued everybody is."""
    base = counted.on()
    bought = scenario(base, [Hold("O", "T", Amount.read("5%"), Sense.BUY)])
    issued = scenario(base, [Issue("T", Amount.read("5%"), to="O")])

    assert (Fraction(25, 100), Fraction(30, 100)) == (
        capital(bought, "O", "T"), capital(bought, "H", "T")
    )  # fmt: skip
    assert (Fraction(250, 1050), Fraction(300, 1050)) == (
        capital(issued, "O", "T"), capital(issued, "H", "T")
    )  # fmt: skip
    assert (250, 300, 250, 300) == (
        shares(bought, "O", "T"), shares(bought, "H", "T"),
        shares(issued, "O", "T"), shares(issued, "H", "T"),
    )  # fmt: skip


def test_bought_shares_have_single_votes(counted):
    """H has 300 double votes; 100 more are single, and of fewer shares some votes are lost."""
    base = counted.on()

    assert Fraction(600, 1250) == votes_in(base, "H", "T")
    assert Fraction(700, 1250) == votes_in(scenario(base, hold={("H", "T"): "400sh"}), "H", "T")
    assert Fraction(500, 1200) == votes_in(scenario(base, hold={("H", "T"): "250sh"}), "H", "T")


def test_a_purchase_is_booked_on_the_vehicle(register, capital):
    """The wholly-owned vehicle with the largest stake buys; a pair that did not exist is new."""
    book = register()
    book.party("T", listed=True)
    book.holds("H", "V", "100")
    book.holds("H", "W", "100")
    book.holds("V", "T", "10")
    book.holds("W", "T", "5")
    book.party("O")
    after = scenario(book.on(), hold={("H", "T"): "25%"})

    assert (Fraction(20, 100), Fraction(5, 100), 0) == (
        capital(after, "V", "T"), capital(after, "W", "T"), capital(after, "H", "T")
    )  # fmt: skip
    fresh = scenario(book.on(), hold={("O", "T"): "10%"})
    assert Fraction(10, 100) == capital(fresh, "O", "T")


def test_what_is_real_and_what_is_supposed(counted):
    """The supposed claim names the real one in whose place it stands; sources show both."""
    base = counted.on()
    after = scenario(base, hold={("H", "T"): "40%"})
    [real] = [one for one in base.holdings if one.holder == base.position("H")]
    titles = {
        source.title for record in votes(after, "T") if record.holder == "H"
        for source in record.sources
    }  # fmt: skip

    assert {"paper", "Supposed (scenario)"} == titles
    assert real in after.holdings
    assert "Supposed (scenario)" in str(dossier(after, "H", "T"))
    edges = to_networkx(after).get_edge_data("H", "T")
    assert {"paper", "Supposed (scenario)"} == {
        source["title"] for edge in edges.values() for source in edge["sources"]
    }


def test_every_answer_says_that_something_is_supposed(counted, tmp_path):
    """Votes, control and views of a scenario carry its edits as warnings."""
    after = scenario(counted.on(), hold={("H", "T"): "40%"})
    said = (
        "supposed: H holds 40 % of the capital of T; H buys 10 % of T (100 shares) from the float"
    )

    for answer in (votes(after, "T"), control(after, of="T")):
        assert [f"{said} part"] == [c.text for c in answer.cautions if c.code == "supposed"]
    page = tmp_path / "t.html"
    view(after, focus="T").save(page)
    assert "Supposed: H holds 40 % of the capital of T" in page.read_text(encoding="utf-8")
    assert "Supposed (scenario)" in page.read_text(encoding="utf-8")


def test_nothing_is_bought_that_nobody_sells(counted):
    """An error names the holders, and the base is as it was."""
    base = counted.on()
    with pytest.raises(InputError, match=r"only 45 % is with nobody named; holders: H 30 %, O"):
        scenario(base, hold={("H", "T"): "80%"})
    assert Fraction(3, 10) == next(
        one.capital.low for one in base.holdings if one.holder == base.position("H")
    )


def test_names_are_checked(counted):
    """An unknown party is refused by name."""
    with pytest.raises(NameNotFoundError, match="Hh"):
        scenario(counted.on(), hold={("Hh", "T"): "40%"})


def test_transfer_ends_double_votes(counted, shares):
    """The buyer's shares are single; the seller keeps what is left."""
    after = scenario(counted.on(), [Transfer("H", "O", "T", Amount.read("100sh"))])

    assert (200, 300) == (shares(after, "H", "T"), shares(after, "O", "T"))
    assert (Fraction(400, 1150), Fraction(300, 1150)) == tuple(
        votes_in(after, holder, "T") for holder in ("H", "O")
    )


def test_buying_back_and_cancelling(counted, shares, capital):
    """Own shares do not vote; cancelled ones are gone, and every other stake grows."""
    base = counted.on()
    back = scenario(base, [BuyBack("T", Amount.read("100sh"))])
    gone = scenario(base, [BuyBack("T", Amount.read("100sh"), cancel=True)])
    less = scenario(base, [Cancel("T")])

    assert (150, Fraction(3, 10)) == (shares(back, "T", "T"), capital(back, "H", "T"))
    assert (50, Fraction(300, 900)) == (shares(gone, "T", "T"), capital(gone, "H", "T"))
    assert (0, Fraction(300, 950)) == (shares(less, "T", "T"), capital(less, "H", "T"))


def test_conversion_changes_votes_only(counted, capital):
    """Without multiple votes everybody votes as the capital, own shares out."""
    after = scenario(counted.on(), [Convert("T", Fraction(1))])

    assert Fraction(3, 10) == capital(after, "H", "T")
    assert Fraction(300, 950) == votes_in(after, "H", "T")


def test_ending_the_law_of_double_votes(counted):
    """Shares of French companies have single votes without L.225-123."""
    after = scenario(counted.on(), end=["C. com. L.225-123"])

    assert Fraction(300, 950) == votes_in(after, "H", "T")


def test_a_rule_ends_alone(register):
    """Other rules of the same country stay; adopting it again returns it."""
    book = register()
    book.party("A", jurisdiction="FR").party("B", jurisdiction="JP")
    book.holds("A", "B", "60")
    book.holds("B", "A", "10")
    base = book.on()
    ended = scenario(base, end=["C. com. L.233-31"])
    again = scenario(ended, adopt=["C. com. L.233-31"])

    assert (0, Fraction(1, 10), 0) == tuple(votes_in(w, "B", "A") for w in (base, ended, again))
    assert "FR" == ended.parties[ended.position("A")].jurisdiction


def test_domicile_moves_the_meeting_under_another_law(register):
    """Under Dutch law a minority holder of whom the company has 43 % may vote."""
    book = register()
    book.party("A", jurisdiction="FR").party("B", jurisdiction="JP")
    book.holds("A", "B", "43.4")
    book.holds("B", "A", "15")
    base = book.on()

    assert 0 == votes_in(base, "B", "A")
    assert Fraction(15, 100) == votes_in(scenario(base, [Domicile("A", "nl")]), "B", "A")


def test_a_merger_exchanges_shares(register, capital):
    """Holders of the absorbed company get half of the merged one, and its stakes pass over."""
    book = register()
    for name in ("A", "B", "C"):
        book.party(name, listed=True)
    book.holds("X", "A", "30")
    book.holds("Y", "B", "40")
    book.holds("B", "C", "51")
    after = scenario(book.on(), [Merge("B", "A", Fraction(1, 2))])

    assert (Fraction(15, 100), Fraction(20, 100)) == (
        capital(after, "X", "A"), capital(after, "Y", "A")
    )  # fmt: skip
    assert (Fraction(51, 100), 0) == (capital(after, "A", "C"), capital(after, "B", "C"))


def test_a_split_mirrors_the_holders(register, capital):
    """The new company has the same holders and takes the stakes named."""
    book = register()
    book.party("A", listed=True)
    book.holds("X", "A", "30")
    book.holds("A", "C", "51")
    book.holds("A", "D", "60")
    after = scenario(book.on(), [Split("A", "Newco", ("C",))])

    assert (Fraction(3, 10), Fraction(3, 10)) == (
        capital(after, "X", "A"), capital(after, "X", "Newco")
    )  # fmt: skip
    assert (0, Fraction(51, 100), Fraction(6, 10)) == (
        capital(after, "A", "C"), capital(after, "Newco", "C"), capital(after, "A", "D")
    )  # fmt: skip


def test_new_parties_can_hold(counted, shares):
    """A party that the data does not know buys; its name must be new."""
    edits = [NewParty("Newco"), Hold("Newco", "T", Amount.read("10%"))]

    assert 100 == shares(scenario(counted.on(), edits), "Newco", "T")
    with pytest.raises(InputError, match="there is already a party 'H'"):
        scenario(counted.on(), [NewParty("H")])


def test_an_agreement_caps_votes(counted):
    """Caps work in agreed votes only, and end again."""
    counted.agrees("Cap", "vote-cap", "T", ["H"], cap=Fraction(1, 10), since="2030-01-01")
    claims = counted.claim_set()
    base = counted.on()
    adopted = scenario(base, [Adopt("Cap")], claims=claims)
    ended = scenario(adopted, [End("Cap")])
    issuer, holder = base.position("T"), base.position("H")
    agreed = [
        rights_of(world).ledger("agreed-votes").bounds(issuer, {holder}).low
        for world in (base, adopted, ended)
    ]

    assert [Fraction(600, 1250), Fraction(1, 10), Fraction(600, 1250)] == agreed
    assert votes_in(base, "H", "T") == votes_in(adopted, "H", "T")


def test_a_proposal_without_terms_is_refused(counted):
    """There is nothing that could be run."""
    empty = Proposal(id="urn:p", document="paper", label="Talks")
    with pytest.raises(InputError, match="the proposal 'Talks' has no terms in the data; say with"):
        scenario(counted.on(), [Propose(empty)])


def test_percent_of_the_votes(counted, shares):
    """So many shares are bought, or sold, that the votes are reached, exactly where they can be."""
    base = counted.on()
    more = scenario(base, hold={("O", "T"): "24% votes"})
    less = scenario(base, hold={("H", "T"): "40% votes"})

    assert (Fraction(24, 100), 300) == (votes_in(more, "O", "T"), shares(more, "O", "T"))
    # 2n / (n + 950) is 40 % between 237 and 238 double votes: the least number that reaches it.
    assert (Fraction(476, 1188), 238) == (votes_in(less, "H", "T"), shares(less, "H", "T"))
    assert "whole-shares" in {caution.code for caution in less.cautions}


def test_control_changes_are_told_once(counted):
    """A majority by both rules is told by the first."""
    answer = whatif(scenario(counted.on(), hold={("O", "T"): "65%"}), regimes=[])
    found = answer.fields["control"]["gained"]

    assert [("O", "T", "majority-votes")] == [
        (one["controller"], one["company"], one["rule"]) for one in found
    ]
    assert ["certain"] == [r.verdict.value for r in control(answer.snapshot, by="O", of="T")]
