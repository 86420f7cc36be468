"""Beneficial ownership: which persons stand behind a company."""

from __future__ import annotations

import datetime as dt

from keiretsu.measures.legal.regimes import Counting, Ground, Link, Regime, Subjects
from keiretsu.measures.legal.regimes_words import (
    BY_MAJORITY,
    BY_VOTES,
    EITHER,
    above,
    at_least,
)

AMLR = Regime(
    name="amlr",
    title="beneficial owners, European Union (regulation)",
    law="Regulation (EU) 2024/1624 of 31 May 2024, articles 51 to 54",
    subjects=Subjects.PERSONS,
    applies_from=dt.date(2027, 7, 10),
    fallback="where nobody is found the senior managing officials are identified instead",
    unseen="the 25 % may be lowered to 15 % for riskier kinds of companies; control by other means "
    "(article 53(4)), rights to profits, and trusts (articles 57, 58) are not told by holdings; "
    "that the regulation applies from 10 July 2027 is told from memory",
    grounds=(
        Ground(
            name="52",
            article="AMLR art. 52",
            text="an ownership interest of 25 % or more, multiplied along chains and added up",
            limit=at_least(25),
            rights=EITHER,
            counting=Counting.PRODUCT,
        ),
        Ground(
            name="53",
            article="AMLR art. 53",
            text="control: more than 50 % of the shares or votes, through control at each level",
            limit=above(50),
            rights=EITHER,
            links=BY_MAJORITY,
            appointing=True,
        ),
        Ground(
            name="54a",
            article="AMLR art. 54(a)",
            text="control of entities that have, alone or together, a direct interest of 25 % or "
            "more",
            limit=at_least(25),
            rights=EITHER,
            links=BY_MAJORITY,
            own=False,
            doubt="the person's own direct stake is not added to those of the entities: the "
            "article speaks of entities only",
        ),
        Ground(
            name="54b",
            article="AMLR art. 54(b)",
            text="an ownership interest of 25 % or more in an entity that controls the company",
            limit=at_least(25),
            rights=EITHER,
            counting=Counting.IN_CONTROLLER,
            links=BY_MAJORITY,
        ),
    ),
)

_DIRECTIVE = "Directive (EU) 2015/849 art. 3(6)(a)(i)"

AMLD = Regime(
    name="amld",
    title="beneficial owners, European Union (directive): three readings",
    law="Directive (EU) 2015/849 of 20 May 2015, article 3(6); EBA Q&A 2022_6622",
    subjects=Subjects.PERSONS,
    fallback="where nobody is found the senior managing officials are taken instead",
    separate=True,
    unseen="the directive does not say how indirect ownership is reckoned: each reading is an "
    "answer of its own; control by other means is not told by holdings",
    grounds=(
        Ground(
            name="multiplication",
            article=f"{_DIRECTIVE}, multiplication",
            text="more than 25 %, multiplied along chains and added up",
            limit=above(25),
            rights=EITHER,
            counting=Counting.PRODUCT,
        ),
        Ground(
            name="rolling",
            article=f"{_DIRECTIVE}, rolling",
            text="more than 25 % at every level",
            limit=above(25),
            rights=EITHER,
            links=(Link("capital", above(25)), Link("votes", above(25))),
        ),
        Ground(
            name="dominancy",
            article=f"{_DIRECTIVE}, dominancy",
            text="more than 25 % of the company, by way of control at every level above",
            limit=above(25),
            rights=EITHER,
            links=BY_MAJORITY,
            appointing=True,
        ),
    ),
)

_PSC_SINCE = dt.date(2016, 4, 6)


def _psc_stake(paragraph: int, name: str, right: str) -> Ground:
    return Ground(
        name=name,
        article=f"CA 2006 Sch. 1A para {paragraph}",
        text=f"more than 25 % of the {name}, through a majority stake at every link (para 18)",
        limit=above(25),
        rights=(right,),
        links=BY_VOTES,
        bands=(above(25), above(50), at_least(75)),
        since=_PSC_SINCE,
    )


PSC = Regime(
    name="psc",
    title="persons with significant control, United Kingdom",
    law="Companies Act 2006, section 790C and Schedule 1A",
    subjects=Subjects.PERSONS,
    country="GB",
    unseen="significant influence or control (fourth condition) counts only where it is claimed; "
    "trusts (fifth) are not told by holdings; paragraph 18 is written for one chain: that a "
    "majority stake may be assembled from several controlled entities is an assumption",
    grounds=(
        _psc_stake(2, "shares", "capital"),
        _psc_stake(3, "votes", "votes"),
        Ground(
            name="board",
            article="CA 2006 Sch. 1A para 4",
            text="the power to appoint or remove a majority of the board",
            limit=above(50),
            rights=(),
            links=BY_VOTES,
            appointing=True,
            since=_PSC_SINCE,
        ),
        Ground(
            name="influence",
            article="CA 2006 Sch. 1A para 5",
            text="the right to exercise significant influence or control, or its exercise",
            limit=above(50),
            rights=(),
            links=BY_VOTES,
            influencing=True,
            since=_PSC_SINCE,
        ),
    ),
)


def _gwg_stake(number: int, right: str, *, appointing: bool = False) -> Ground:
    return Ground(
        name=right,
        article=f"GwG § 3(2) no. {number}",
        text=f"more than 25 % of the {right}, with more than 50 % at every level above",
        limit=above(25),
        rights=(right,),
        links=BY_VOTES,
        appointing=appointing,
    )


GWG = Regime(
    name="gwg",
    title="beneficial owners, Germany",
    law="Geldwäschegesetz of 23 June 2017, section 3",
    subjects=Subjects.PERSONS,
    country="DE",
    fallback="where nobody is found the legal representative, managing partner or partner counts "
    "as the beneficial owner (section 3(2) sentence 5)",
    unseen="dominant influence by contract and other comparable control are not told by holdings",
    grounds=(_gwg_stake(1, "capital"), _gwg_stake(2, "votes", appointing=True)),
)
