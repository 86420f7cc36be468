"""Tests between companies: close links, consolidation, takeover bids, foreign investment."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import partial
from typing import Any

from keiretsu.measures.legal.regimes import Counting, Ground, Limit, Link, Regime
from keiretsu.measures.legal.regimes_words import (
    BY_VOTES,
    CAPITAL,
    EITHER,
    FROM_MEMORY,
    VOTES,
    above,
    at_least,
)

_JP_CHANGE = dt.date(2026, 5, 1)
_THIRD = Fraction(100, 3)

CLOSE_LINKS = Regime(
    name="close-links",
    title="close links between two parties: three rules of one name",
    law="Guideline (EU) 2015/510 art. 138; ECB documentation of T2S; Regulation (EU) 575/2013 art. "
    "4(1)(38)",
    separate=True,
    unseen="the exemptions (governments, covered bonds) are not applied",
    grounds=(
        Ground(
            name="guideline",
            article="Guideline (EU) 2015/510 art. 138(2)",
            text="20 % or more of one in the other, multiplied along chains; or of a third party "
            "in both",
            limit=at_least(20),
            rights=CAPITAL,
            counting=Counting.PRODUCT,
            third=at_least(20),
            doubt=f"art. 138(2)(c) is {FROM_MEMORY}",
        ),
        Ground(
            name="t2s",
            article="T2S definition of close links",
            text="20 % or more of one in the other, directly or by majority-owned undertakings, "
            "nothing multiplied; or a third party with a majority of both",
            limit=at_least(20),
            rights=CAPITAL,
            links=(Link("capital", above(50)),),
            third=above(50),
        ),
        Ground(
            name="crr",
            article="CRR art. 4(1)(38)",
            text="20 % or more of the votes or capital of one in the other, directly or by way of "
            "control; or control of both by a third party",
            limit=at_least(20),
            rights=EITHER,
            links=BY_VOTES,
            third=above(50),
            appointing=True,
            doubt=f"the article is {FROM_MEMORY}",
        ),
    ),
)

IFRS10 = Regime(
    name="ifrs10",
    title="consolidation: control presumed by a majority of votes",
    law="IFRS 10 (May 2011), B34 to B50",
    unseen="control below a majority, by size and dispersion (B42 to B46: 48 % beside dispersed "
    "holders can be control), potential votes and contracts is a judgement that is not made here",
    grounds=(
        Ground(
            name="majority",
            article="IFRS 10 B35",
            text="more than half of the votes, those of subsidiaries in full",
            limit=above(50),
            rights=VOTES,
            links=BY_VOTES,
            appointing=True,
        ),
    ),
)

IAS28 = Regime(
    name="ias28",
    title="associates: significant influence presumed",
    law="IAS 28 (May 2011), paragraph 5",
    unseen="the presumption can be rebutted, and influence can be had with less",
    grounds=(
        Ground(
            name="influence",
            article="IAS 28.5",
            text="20 % or more of the votes, those of subsidiaries in full",
            limit=at_least(20),
            rights=VOTES,
            links=BY_VOTES,
            doubt=f"the paragraph is {FROM_MEMORY}",
        ),
    ),
)


def _national(
    country: str,
    article: str,
    limit: Limit,
    doubt: str = FROM_MEMORY,
    **more: Any,  # noqa: ANN401
) -> Ground:
    return Ground(
        name=country.lower(),
        article=article,
        text=f"{limit} of the votes, those of controlled companies in full",
        limit=limit,
        rights=VOTES,
        links=BY_VOTES,
        jurisdictions=frozenset({country}),
        doubt=doubt,
        **more,
    )


_bid = partial(_national, listed=True)
_foreign = partial(_national, foreign=True)

TAKEOVER = Regime(
    name="takeover-bid",
    title="the duty to bid for all shares of a listed company",
    law="national law under Directive 2004/25/EC; Japan: FIEA",
    unseen="acting in concert is asked for with a joint arrangement; exemptions, and when the "
    "limit was passed, are not looked at; nor is Italy's 25 % where nobody has more, told from "
    "memory",
    grounds=(
        _bid("DE", "WpÜG § 29(2), § 35", at_least(30), ""),
        _bid(
            "NO",
            "Securities Trading Act § 6-1",
            above(_THIRD),
            "",
            bands=(above(_THIRD), at_least(40), at_least(50)),
        ),
        _bid("FR", "AMF General Regulation art. 234-2", above(30)),
        _bid("GB", "Takeover Code rule 9", at_least(30)),
        _bid("NL", "Wft art. 5:70", at_least(30)),
        _bid("IT", "TUF art. 106", above(30)),
        _bid("JP", "FIEA art. 27-2", above(_THIRD), until=_JP_CHANGE),
        _bid(
            "JP",
            "FIEA art. 27-2 (Act no. 32 of 2024)",
            above(30),
            "read in summaries of the amendment and of its date, not in the statute",
            since=_JP_CHANGE,
        ),
    ),
)


def _sector(percent: int, what: str) -> Ground:
    limit = at_least(percent)
    return Ground(
        name=f"de-{percent}",
        article=f"AWV § 56(1) no. {(10, 20, 25).index(percent) + 1}",
        text=f"{limit} of the votes, directly or indirectly, {what}",
        limit=limit,
        rights=VOTES,
        links=(Link("votes", limit),),
        jurisdictions=frozenset({"DE"}),
        foreign=True,
        bands=tuple(at_least(p) for p in (10, 20, 25, 40, 50, 75) if p >= percent),
        doubt="the sectors are not known here; read in the text of March 2022; the attribution "
        "through companies is told from memory",
    )


FDI = Regime(
    name="fdi",
    title="foreign investment that must or may be reviewed",
    law="Germany: Außenwirtschaftsverordnung § 56; other countries: national law",
    unseen="sectors, purchases of assets and whether an acquirer comes from the European Union are "
    "not looked at; only its country of law is, where it is recorded; a further purchase is "
    "reviewed when it reaches the next limit, which the band tells and no snapshot can",
    grounds=(
        _sector(10, "in the sectors of § 55a(1) nos. 1 to 7"),
        _sector(20, "in the sectors of § 55a(1) nos. 8 to 27"),
        _sector(25, "in any other sector"),
        _foreign(
            "IT",
            "Decree-Law 21/2012 (golden power)",
            at_least(10),
            bands=tuple(map(at_least, (10, 15, 20, 25, 50))),
        ),
        _foreign("FR", "C. mon. fin. R.151-2", above(25)),
        _foreign(
            "GB", "NSI Act 2021 section 8", above(25), bands=(above(25), above(50), at_least(75))
        ),
        _foreign("JP", "FEFA art. 26", at_least(1), listed=True),
    ),
)
