"""Published figures, recomputed from the parts that the dataset has."""

import datetime as dt
from fractions import Fraction

import pytest

from keiretsu.measures import votes
from keiretsu.model import Status
from keiretsu.snapshot import Snapshot


def percent(part, whole, decimals=2):
    """Return a part in percent of the whole, rounded as publishers do."""
    return round(Fraction(100 * part) / whole, decimals)


@pytest.fixture(scope="module")
def issued(alliance, named):
    """Return a function from an issuer and a day to the claim about its capital."""

    def find(name, day):
        (found,) = [
            claim
            for claim in alliance.capitals
            if claim.issuer == named(name).id and day in (str(claim.stated_for), str(claim.begins))
        ]
        return found

    return find


@pytest.fixture(scope="module")
def table(alliance):
    """Return a function from a company and a day to the votes of its holders."""

    def find(company, day):
        world = Snapshot.of(alliance, dt.date.fromisoformat(day))
        return {row.holder: row for row in votes(world, company)}

    return find


def test_the_states_three_figures_of_2020(table):
    """15.01 % of the capital, 22.00 % of the gross and 28.61 % of the exercisable votes."""
    state = table("Renault", "2020-12-31")["French State"]
    shown = [state.capital, state.gross_votes, state.votes]
    assert [Fraction(1501, 100), 22, Fraction(2861, 100)] == [percent(one.low, 1) for one in shown]


def test_the_trust_after_each_sale(issued, between):
    """24.63, 22.73 and 18.66 %: 28.4 % less what was sold, of the shares that were left."""
    whole = issued("Nissan", "2023-12-12").issued
    # sold from the trust; cancelled by Nissan, which bought 1,110,800 from others in March 2024
    sold = [211_000_000, 99_132_100, 195_473_600]
    cancelled = [211_000_000, 100_242_900, 195_473_600]
    left, total = Fraction(284, 1000) * whole, whole
    found = []
    for shares, gone in zip(sold, cancelled, strict=True):
        left, total = left - shares, total - gone
        found.append(percent(left, total))
    assert [Fraction("24.63"), Fraction("22.73"), Fraction("18.66")] == found
    trust = [c.capital.low * 100 for c in between("Nissan share trust", "Nissan")]
    assert [Fraction("28.4"), *found] == trust
    assert total == issued("Nissan", "2024-10-03").issued
    assert total + cancelled[2] + cancelled[1] == issued("Nissan", "2023-12-15").issued


def test_renaults_direct_share_creeps_up(issued, between):
    """15 % of the shares of 2023 are 17.05 % of those that are left in October 2024."""
    held = Fraction(15, 100) * issued("Nissan", "2023-12-12").issued
    grown = between("Renault", "Nissan")[-1]
    assert ("2024-10-03", Fraction("17.05")) == (str(grown.begins), grown.capital.low * 100)
    assert percent(held, issued("Nissan", "2024-10-03").issued) == grown.capital.low * 100


def test_exor_in_fca(issued, alliance, between, named, table):
    """42.11 % of the votes with 28.98 % of the capital: common and special voting shares."""
    capital = issued("FCA", "2018-12-31")
    assert (1_550_617_563, 1_550_617_563 + 408_941_767) == (capital.issued, capital.gross_votes)
    (held,) = [c for c in between("Exor", "FCA") if c.shares]
    (special,) = [c for c in alliance.registrations if c.holder == named("Exor").id]
    assert (449_410_092, 375_803_870) == (held.shares, special.shares)
    assert Fraction("28.98") == percent(held.shares, capital.issued)
    assert Fraction("42.11") == percent(held.shares + special.shares, capital.gross_votes)
    on_the_day = table("FCA", "2019-09-03")["Exor"]
    assert Fraction("28.98") == percent(on_the_day.capital.low, 1)
    assert Fraction("42.11") == percent(on_the_day.votes.low, 1)


def test_exor_in_stellantis_doubles_alone(between):
    """A holder of c whose shares alone count double has 2c/(1+c): 14.9 % gives 25.9 %."""
    (claim,) = [c for c in between("Exor", "Stellantis") if str(c.stated_for) == "2024-01-17"]
    share = claim.capital.low
    assert Fraction("25.9") == percent(2 * share, 1 + share, 1) == claim.votes.low * 100


VOLKSWAGEN = [
    # votes, capital that they carry
    ("53.3", "31.4"),
    ("20.0", "11.8"),
    ("17.0", "10.0"),
]


@pytest.mark.parametrize(("of_votes", "of_capital"), VOLKSWAGEN)
def test_volkswagens_votes_to_capital(issued, of_votes, of_capital):
    """Only ordinary shares vote: a share of the votes is so much of all shares."""
    capital = issued("Volkswagen", "2021-12-31")
    assert (295_089_818, 206_205_445) == (
        capital.gross_votes,
        capital.issued - capital.gross_votes,
    )
    shares = Fraction(of_votes) / 100 * capital.gross_votes
    assert Fraction(of_capital) == percent(shares, capital.issued, 1)


def test_qatars_capital_in_volkswagen_shows_preferred_shares(issued, between):
    """14.6 % and 10.5 % of the capital are more than its 17.0 % of the votes carry."""
    voting = Fraction(17, 100) * issued("Volkswagen", "2016-12-31").gross_votes
    carried = percent(voting, issued("Volkswagen", "2016-12-31").issued, 1)
    found = [c.capital.low * 100 for c in between("Qatar Holding", "Volkswagen") if c.capital]
    assert [Fraction("14.6"), Fraction("10.5")] == found
    assert all(share > carried for share in found)


def test_mitsubishi_motors_after_the_buyback(between):
    """About 27 % of the shares that are left, though 24.05 % of the old denominator."""
    before, after = Fraction("34.07"), Fraction("24.05")
    bought = before - after
    assert Fraction("10.02") == bought
    assert Fraction("26.7") == percent(after, 100 - bought, 1)
    stated = {str(c.capital.low * 100) for c in between("Nissan", "Mitsubishi Motors")}
    assert {"34", "481/20", "27"} == stated


def test_nissan_finance_in_2023(issued, between):
    """22.13 % of the gross votes: twice 44,358,343 shares of about 400.9 million votes."""
    claim = between("Nissan Finance Co., Ltd.", "Renault")[-1]
    gross = issued("Renault", "2023-11-08").gross_votes
    assert Fraction("22.13") == percent(2 * claim.shares, gross) == claim.votes.low * 100


def test_dongfeng_and_porsche(between):
    """66.86 % by the count of domestic shares; 4.99 % of the preferred half is 2.5 %."""
    dongfeng = between("Dongfeng Motor Corporation", "Dongfeng Motor Group")[0]
    assert percent(5_760_388_000, 8_616_120_000) == dongfeng.capital.low * 100
    (qatar,) = between("Qatar Investment Authority", "Porsche AG")
    assert Fraction("2.5") == percent(Fraction("4.99") / 2, 100, 1) == qatar.capital.low * 100


def test_vehicles_of_the_alliance(alliance, named):
    """10.76 million sold in 2018 by all members; Renault and Nissan alone 9.54 million."""
    sold = {
        claim.party: claim.value
        for claim in alliance.figures
        if claim.measure == "sales"
        and str(claim.period.start) == "2018-01-01"
        and claim.status is Status.ACCEPTED
    }
    renault, nissan, mitsubishi = (
        sold[named(name).id] for name in ("Renault", "Nissan", "Mitsubishi Motors")
    )
    millions = [round(n / 1_000_000, 2) for n in (renault, nissan, renault + nissan)]
    assert [Fraction("3.88"), Fraction("5.65"), Fraction("9.54")] == millions
    together = round((renault + nissan + mitsubishi) / 1_000_000, 2)
    alliance_figure = sold[named("Renault-Nissan-Mitsubishi alliance").id]
    assert Fraction("10.76") == together == alliance_figure / 1_000_000
