"""Sanctions: whom a listed party owns or controls is treated as listed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from keiretsu.measures.legal.regimes import Ground, Limit, Link, Regime
from keiretsu.measures.legal.regimes_words import BY_VOTES, CAPITAL, EITHER, VOTES, above, at_least

_OFAC_AGGREGATES = dt.date(2014, 8, 13)


def _ofac_ownership(article: str, owners: str, **more: Any) -> Ground:  # noqa: ANN401
    return Ground(
        name="ownership",
        article=article,
        text=f"50 % or more owned, directly or through entities so owned, by {owners}",
        limit=at_least(50),
        rights=CAPITAL,
        links=(Link("capital", at_least(50)),),
        **more,
    )


OFAC = Regime(
    name="ofac",
    title="property blocked by the 50 Percent Rule of the United States",
    law="OFAC Revised Guidance on Entities Owned by Persons Whose Property Is Blocked, "
    "13 August 2014",
    grounds=(
        _ofac_ownership(
            "OFAC 50 Percent Rule (13 August 2014; FAQ 399, 401)",
            "blocked persons together",
            aggregate=True,
            since=_OFAC_AGGREGATES,
        ),
        _ofac_ownership(
            "OFAC guidance of 14 February 2008",
            "one blocked person",
            until=_OFAC_AGGREGATES,
            doubt="the rule before 13 August 2014 is told from memory",
        ),
    ),
    unseen="ownership alone counts, not control (FAQ 398); that an example of FAQ 401 with two "
    "half-owned quarters is not blocked is told from memory",
)

_EU_CHANGE = dt.date(2024, 7, 1)
_EU_CHAIN = "how ownership passes down a chain is not spelled out in the text that was read"


def _eu_ownership(
    limit: Limit, article: str, since: dt.date | None = None, until: dt.date | None = None
) -> Ground:
    return Ground(
        name="ownership",
        article=article,
        text=f"{limit} owned by listed persons together, directly or through entities so owned",
        limit=limit,
        rights=CAPITAL,
        links=(Link("capital", limit), Link("votes", above(50))),
        aggregate=True,
        doubt=_EU_CHAIN,
        since=since,
        until=until,
    )


EU = Regime(
    name="eu-sanctions",
    title="entities owned or controlled by listed persons, European Union",
    law="EU Best Practices on restrictive measures, as updated in July 2024",
    grounds=(
        _eu_ownership(at_least(50), "EU Best Practices, ownership (July 2024)", since=_EU_CHANGE),
        _eu_ownership(above(50), "EU Best Practices, ownership (2018)", until=_EU_CHANGE),
        Ground(
            name="control",
            article="EU Best Practices, control",
            text="a majority of the votes, or a power to appoint the board's majority, of listed "
            "persons together",
            limit=above(50),
            rights=VOTES,
            links=(Link("votes", above(50)), Link("capital", at_least(50))),
            aggregate=True,
            appointing=True,
            doubt="that the votes of several listed persons are added for control as they are for "
            "ownership is an assumption",
        ),
    ),
    unseen="control by contract, by a dominant influence or by the use of assets is not told by "
    "holdings",
)

UK = Regime(
    name="uk-sanctions",
    title="entities owned or controlled by designated persons, United Kingdom",
    law="Russia (Sanctions) (EU Exit) Regulations 2019, regulation 7 and Schedule 1; OFSI guidance",
    grounds=(
        Ground(
            name="ownership",
            article="reg. 7(2), first condition",
            text="more than 50 % of the shares or votes of one designated person, directly or "
            "through majority stakes; several only by a joint arrangement (OFSI 4.14)",
            limit=above(50),
            rights=EITHER,
            links=BY_VOTES,
            appointing=True,
        ),
    ),
    unseen="the second condition, that affairs would be conducted as a designated person wishes, "
    "is not told by holdings",
)
