"""Rules of law and of contract as objects: what they are called, where they stand, what they do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Article:
    """Where a rule stands, as it is cited.

    Parameters
    ----------
    name
        The citation, such as ``C. com. L.233-31``.
    jurisdiction
        Two-letter code of the country, or empty for contracts and for rules of every country.
    summary
        What it says, in one sentence of our own.
    """

    name: str
    jurisdiction: str
    summary: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How a rule touched one holding: shown beside the number that it changed.

    Parameters
    ----------
    article
        The rule.
    effect
        What it did: ``suspended``, ``may be suspended``, ``limited``, ``may be limited``,
        ``own shares``, ``multiple votes``, ``neutralised``, ``capped`` or ``not suspended``.
    text
        Why, with the numbers.
    """

    article: Article
    effect: str
    text: str

    def as_dict(self) -> dict[str, str | None]:
        """Return it as plain data, keyed as in JSON."""
        return {
            "article": self.article.name,
            "jurisdiction": self.article.jurisdiction or None,
            "effect": self.effect,
            "text": self.text,
        }


FR_L233_31 = Article(
    "C. com. L.233-31",
    "FR",
    "shares of a company held by companies that it controls, directly or indirectly, cannot vote",
)
FR_L233_3 = Article(
    "C. com. L.233-3 II",
    "FR",
    "control is presumed above 40 % of the votes if no other holder has more",
)
FR_L225_123 = Article(
    "C. com. L.225-123",
    "FR",
    "a share registered for two years in the same name has two votes unless the articles opt out",
)
JP_308 = Article(
    "Companies Act 308(1)",
    "JP",
    "a holder of which the company and its subsidiaries have a quarter or more of the votes "
    "cannot vote in the company",
)
DE_71D = Article(
    "AktG 71d, 71b",
    "DE",
    "shares of a company held by those that depend on it carry no rights; a majority, of the "
    "shares or of the votes, makes dependent (16, 17)",
)
DE_328 = Article(
    "AktG 19, 328",
    "DE",
    "of two German companies with more than a quarter of each other the one that was told later "
    "has rights for a quarter at most",
)
IT_121 = Article(
    "TUF 121",
    "IT",
    "of two listed companies with more than the limit of each other the one that passed it later "
    "cannot vote the excess, and after twelve months none of its shares",
)
IT_2359_BIS = Article(
    "c.c. 2359-bis", "IT", "a company that is controlled by another cannot vote in its meeting"
)
NL_2_118 = Article(
    "BW 2:118(7)", "NL", "shares held by the company or by a subsidiary of it cannot be voted"
)
OWN_SHARES: Mapping[str, Article] = MappingProxyType(
    {
        "FR": Article("C. com. L.225-210", "FR", "own shares (treasury) carry no votes"),
        "JP": Article("Companies Act 308(2)", "JP", "own shares (treasury) carry no votes"),
        "DE": Article("AktG 71b", "DE", "own shares (treasury) carry no rights"),
        "IT": Article("c.c. 2357-ter", "IT", "own shares (treasury) carry no votes"),
        "NL": Article("BW 2:118(7)", "NL", "own shares (treasury) carry no votes"),
        "": Article("general rule", "", "own shares (treasury) carry no votes"),
    }
)
JP_QUARTER = Fraction(1, 4)


def own_shares_article(jurisdiction: str | None) -> Article:
    """Return the rule by which own shares have no votes in a country.

    Examples
    --------
    >>> own_shares_article("JP").name, own_shares_article(None).name
    ('Companies Act 308(2)', 'general rule')
    """
    return OWN_SHARES.get(jurisdiction or "", OWN_SHARES[""])


@dataclass(frozen=True, slots=True)
class ControlRule:
    """A named rule by which holders control an issuer.

    Parameters
    ----------
    name
        As users and results name it.
    text
        The rule in words.
    threshold, at_least
        Fraction of the right, and whether reaching it is enough (else it must be exceeded).
    presumed_above
        If given, control is also presumed above this fraction when nobody else has more.
    title
        What it is called where people read; `text` if it has no shorter one.
    """

    name: str
    text: str
    threshold: Fraction = Fraction(1, 2)
    at_least: bool = False
    presumed_above: Fraction | None = None
    title: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title or self.text)

    @property
    def lowest(self) -> Fraction:
        """The smallest fraction from which the rule can give control."""
        return self.threshold if self.presumed_above is None else self.presumed_above


MAJORITY = ControlRule(
    "majority-votes", "more than 50 % of the votes", title="majority of the votes"
)
FR_PRESUMPTION_40 = ControlRule(
    "fr-presumption-40",
    "more than 50 % of the votes, or more than 40 % while nobody else has more (L.233-3)",
    presumed_above=Fraction(2, 5),
    title="French presumption above 40 % of the votes",
)
RULES: Mapping[str, ControlRule] = MappingProxyType(
    {rule.name: rule for rule in (MAJORITY, FR_PRESUMPTION_40)}
)


def control_rule(
    name: str | None = None,
    *,
    threshold: Fraction | None = None,
    at_least: bool = False,
    right: str = "votes",
) -> ControlRule:
    """Return a rule by name, or the one that a threshold and its sense make.

    Parameters
    ----------
    name
        A key of `RULES`.
    threshold
        Fraction of one; a half if not given.
    at_least
        Whether reaching the threshold is enough.
    right
        The right that is counted, for the rule's name.

    Raises
    ------
    InputError
        If the name is unknown, is combined with a threshold, or the threshold is not in (0, 1].

    Examples
    --------
    >>> control_rule(threshold=Fraction(1, 4), at_least=True).name
    'at-least-25-percent-votes'
    """
    if name is not None:
        if name not in RULES:
            known = ", ".join(sorted(RULES))
            raise InputError(f"no rule is named {name!r}", mend=f"use one of: {known}")
        if threshold is not None or at_least:
            raise InputError(f"the rule {name!r} has its own threshold", mend="give one of the two")
        return RULES[name]
    share = Fraction(1, 2) if threshold is None else threshold
    if not 0 < share <= 1 or (share == 1 and not at_least):
        raise InputError("the threshold must lie between 0 and 100 %", mend="give a percentage")
    if share == Fraction(1, 2) and not at_least and right == "votes":
        return MAJORITY
    percent = f"{float(share * 100):.6f}".rstrip("0").rstrip(".")
    sense = "at least" if at_least else "more than"
    what = {"votes": "the votes", "capital": "the capital"}.get(right, right.replace("-", " "))
    name = f"{sense.replace(' ', '-')}-{percent}-percent-{right}"
    return ControlRule(name, f"{sense} {percent} % of {what}", share, at_least)


def turnout_rule(
    turnout: Fraction,
    *,
    rule: str | None = None,
    threshold: Fraction | None = None,
    at_least: bool = False,
) -> ControlRule:
    """Return the rule of a majority of the votes that are cast.

    Parameters
    ----------
    turnout
        Fraction of the exercisable votes that are cast at a meeting.
    rule, threshold, at_least
        Must not be given: the turnout makes the threshold.

    Raises
    ------
    InputError
        If the turnout is not in (0, 1], or another rule is given too.

    Notes
    -----
    Who has more than half of the turnout has a majority even if everybody else who comes votes
    against. Two who both have that much cannot both have come.

    Examples
    --------
    >>> turnout_rule(Fraction(55, 100)).text
    'more than half of the votes cast at a turnout of 55 % (more than 27.5 % of all votes)'
    """
    if rule is not None or threshold is not None or at_least:
        raise InputError("a turnout makes a threshold of its own", mend="give one of the two")
    if not 0 < turnout <= 1:
        raise InputError("the turnout must lie between 0 and 100 %", mend="give a percentage")
    percent, half = (
        f"{float(s * 100):.6f}".rstrip("0").rstrip(".") for s in (turnout, turnout / 2)
    )
    return ControlRule(
        f"majority-at-turnout-{percent}-percent",
        f"more than half of the votes cast at a turnout of {percent} % "
        f"(more than {half} % of all votes)",
        turnout / 2,
    )
