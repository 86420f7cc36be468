"""Beneficial ownership: which persons stand behind a company."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from keiretsu.measures.legal.regimes import Engine, Ground, Limit, Link, Regime, Subjects

MORE_THAN_QUARTER = Limit(Fraction(1, 4))
QUARTER_OR_MORE = Limit(Fraction(1, 4), at_least=True)
MORE_THAN_HALF = Limit(Fraction(1, 2))
MAJORITY_OF_VOTES = (Link("votes", MORE_THAN_HALF),)
_ANY_MAJORITY = (Link("votes", MORE_THAN_HALF), Link("capital", MORE_THAN_HALF))
_BOTH = ("capital", "votes")

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
            limit=QUARTER_OR_MORE,
            rights=_BOTH,
            engine=Engine.PRODUCT,
        ),
        Ground(
            name="53",
            article="AMLR art. 53",
            text="control: more than 50 % of the shares or votes, through control at each level",
            limit=MORE_THAN_HALF,
            rights=_BOTH,
            links=_ANY_MAJORITY,
            appointing=True,
        ),
        Ground(
            name="54a",
            article="AMLR art. 54(a)",
            text="control of entities that have, alone or together, a direct interest of 25 % or "
            "more",
            limit=QUARTER_OR_MORE,
            rights=_BOTH,
            links=_ANY_MAJORITY,
            own=False,
            doubt="the person's own direct stake is not added to those of the entities: the "
            "article speaks of entities only",
        ),
        Ground(
            name="54b",
            article="AMLR art. 54(b)",
            text="an ownership interest of 25 % or more in an entity that controls the company",
            limit=QUARTER_OR_MORE,
            rights=_BOTH,
            engine=Engine.IN_CONTROLLER,
            links=_ANY_MAJORITY,
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
            limit=MORE_THAN_QUARTER,
            rights=_BOTH,
            engine=Engine.PRODUCT,
        ),
        Ground(
            name="rolling",
            article=f"{_DIRECTIVE}, rolling",
            text="more than 25 % at every level",
            limit=MORE_THAN_QUARTER,
            rights=_BOTH,
            links=(Link("capital", MORE_THAN_QUARTER), Link("votes", MORE_THAN_QUARTER)),
        ),
        Ground(
            name="dominancy",
            article=f"{_DIRECTIVE}, dominancy",
            text="more than 25 % of the company, by way of control at every level above",
            limit=MORE_THAN_QUARTER,
            rights=_BOTH,
            links=_ANY_MAJORITY,
            appointing=True,
        ),
    ),
)

_PSC_BANDS = (
    MORE_THAN_QUARTER,
    MORE_THAN_HALF,
    Limit(Fraction(3, 4), at_least=True),
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
        Ground(
            name="shares",
            article="CA 2006 Sch. 1A para 2",
            text="more than 25 % of the shares, through a majority stake at every link (para 18)",
            limit=MORE_THAN_QUARTER,
            rights=("capital",),
            links=MAJORITY_OF_VOTES,
            bands=_PSC_BANDS,
            since=dt.date(2016, 4, 6),
        ),
        Ground(
            name="votes",
            article="CA 2006 Sch. 1A para 3",
            text="more than 25 % of the votes, through a majority stake at every link (para 18)",
            limit=MORE_THAN_QUARTER,
            rights=("votes",),
            links=MAJORITY_OF_VOTES,
            bands=_PSC_BANDS,
            since=dt.date(2016, 4, 6),
        ),
        Ground(
            name="board",
            article="CA 2006 Sch. 1A para 4",
            text="the power to appoint or remove a majority of the board",
            limit=MORE_THAN_HALF,
            rights=(),
            links=MAJORITY_OF_VOTES,
            appointing=True,
            since=dt.date(2016, 4, 6),
        ),
        Ground(
            name="influence",
            article="CA 2006 Sch. 1A para 5",
            text="the right to exercise significant influence or control, or its exercise",
            limit=MORE_THAN_HALF,
            rights=(),
            links=MAJORITY_OF_VOTES,
            influencing=True,
            since=dt.date(2016, 4, 6),
        ),
    ),
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
    grounds=(
        Ground(
            name="capital",
            article="GwG § 3(2) no. 1",
            text="more than 25 % of the capital, with more than 50 % at every level above",
            limit=MORE_THAN_QUARTER,
            rights=("capital",),
            links=MAJORITY_OF_VOTES,
        ),
        Ground(
            name="votes",
            article="GwG § 3(2) no. 2",
            text="more than 25 % of the votes, with more than 50 % at every level above",
            limit=MORE_THAN_QUARTER,
            rights=("votes",),
            links=MAJORITY_OF_VOTES,
            appointing=True,
        ),
    ),
)
