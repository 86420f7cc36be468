"""The holdings of one right and what decides in each issuer, checked, as tables of an engine."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError, OverAllocatedError
from keiretsu.measures.engines.register_files import HOLDINGS, ISSUERS
from keiretsu.snapshot.scaling import LARGEST

if TYPE_CHECKING:
    from keiretsu.measures.engines.register_files import RegisterFiles
    from keiretsu.measures.engines.session import Session
    from keiretsu.rights import ControlRule

_FINEST = 2**31
"""Denominators of thresholds below this keep products of remainders within 64 bits."""
_WANTED = {HOLDINGS: ("holder", "issuer", "capital"), ISSUERS: ("issuer", "capital_total")}
_PROBLEMS = {
    "missing": "a holding lacks its holder, its issuer or its weight",
    "beneath": "a weight or a party's number is negative",
    "wide": "the weights add up to more than 64 bits hold",
    "doubled": "an issuer has several totals",
    "untold": "an issuer has no total",
}


def prepare(session: Session, files: RegisterFiles, right: str, rule: ControlRule) -> None:
    """Make the tables ``kei_holding`` (holder, issuer, weight) and ``kei_issuer``.

    ``kei_issuer`` has per issuer (issuer, whole, need, named, most, holders): what counts, the
    weight that must be *reached*, what named holders have, the largest of them, how many there are.

    Raises
    ------
    InputError
        If a column is missing, numbers do not fit together, or the rule makes no forest.
    OverAllocatedError
        If an issuer's holdings add up to more than 100.5 % of its total.
    """
    refuse_rule(rule)
    session.read("kei_holdings", files.path(HOLDINGS))
    session.read("kei_issuers", files.path(ISSUERS))
    for table, name in (("kei_holdings", HOLDINGS), ("kei_issuers", ISSUERS)):
        held = _columns(session, table)
        for column in _WANTED[name]:
            if column not in held:
                problem = f"there is no column {column!r}"
                raise InputError(problem, place=files.path(name), mend="add it")
    right = _told(session, files, right)
    _refuse_bad(session, files, right)
    session.keep(
        "kei_pair",
        f"select holder, issuer, cast(sum({right}) as bigint) weight "
        "from kei_holdings group by holder, issuer",
    )
    session.keep(
        "kei_holding",
        "select holder, issuer, weight from kei_pair where holder <> issuer and weight > 0",
    )
    session.keep("kei_issuer", _issuers(session, right, rule))
    _refuse_over(session, right)
    session.drop("kei_pair")


def _told(session: Session, files: RegisterFiles, right: str) -> str:
    """Return the column that tells a right: without votes of their own, shares have one each."""
    has_votes = "votes" in _columns(session, "kei_holdings")
    told = "votes" if right != "capital" and has_votes else "capital"
    if f"{told}_total" not in _columns(session, "kei_issuers"):
        problem = f"there is no column '{told}_total'"
        raise InputError(problem, place=files.path(ISSUERS), mend="add it")
    return told


def refuse_rule(rule: ControlRule) -> None:
    """Refuse a rule by which control is no forest, or whose threshold is too fine.

    Raises
    ------
    InputError
        Saying which engine would do.
    """
    half_is_enough = rule.at_least and 2 * rule.threshold == 1
    if rule.presumed_above is not None or 2 * rule.threshold < 1 or half_is_enough:
        mend = "ask for more than half or more, or use --engine memory"
        raise InputError(f"engines do not compute the rule {rule.name!r}", mend=mend)
    if rule.threshold.denominator >= _FINEST:
        raise InputError("the threshold has too many decimals", mend="give at most nine")


def _columns(session: Session, table: str) -> tuple[str, ...]:
    return tuple(session.columns(f"select * from {table} limit 0").column_names)


def _refuse_bad(session: Session, files: RegisterFiles, right: str) -> None:
    """Look for what cannot be computed with, in one pass over each table."""
    found = session.rows(
        "select 'missing', min(coalesce(issuer, holder)), count(*) from kei_holdings "
        f"where holder is null or issuer is null or {right} is null union all "
        "select 'beneath', min(issuer), count(*) from kei_holdings "
        f"where holder < 0 or issuer < 0 or {right} < 0 union all "
        "select 'wide', min(issuer), count(*) from (select issuer from kei_holdings "
        f"group by issuer having sum(cast({right} as double)) >= {LARGEST}) w union all "
        "select 'doubled', min(issuer), count(*) from (select issuer from kei_issuers "
        "group by issuer having count(*) > 1) d union all "
        "select 'untold', min(h.issuer), count(*) from kei_holdings h left join "
        f"(select issuer from kei_issuers where {right}_total > 0 and {right}_total < {LARGEST}) i "
        "on h.issuer = i.issuer where i.issuer is null"
    )
    for problem, issuer, count in found:
        if count:
            place = f"{files.folder}, issuer {issuer}"
            raise InputError(_PROBLEMS[problem], place=place, mend="correct the register")


def _issuers(session: Session, right: str, rule: ControlRule) -> str:
    complete = "complete" in _columns(session, "kei_issuers")
    is_closed = "coalesce(complete, false)" if complete else "false"
    own = "coalesce(own, 0)" if right == "capital" else "0"
    held = (
        "select issuer, cast(sum(case when holder <> issuer then weight end) as bigint) named, "
        "cast(sum(case when holder = issuer then weight end) as bigint) own, "
        "max(case when holder <> issuer then weight end) most, "
        "count(case when holder <> issuer then 1 end) holders from kei_pair group by issuer"
    )
    told = (
        f"select i.issuer, i.{right}_total total, {is_closed} closed, {own} own, "
        "coalesce(named, 0) named, coalesce(most, 0) most, coalesce(holders, 0) holders "
        f"from kei_issuers i left join ({held}) p on i.issuer = p.issuer"
    )
    counted = (
        "select issuer, total, own, named, most, holders, "
        "case when closed then named else greatest(total, named + own) - own end whole "
        f"from ({told}) t"
    )
    need = needed(session, rule.threshold, at_least=rule.at_least)
    return f"select issuer, total, own, whole, {need} need, named, most, holders from ({counted}) c"


def needed(session: Session, threshold: Fraction, *, at_least: bool) -> str:
    """Return the SQL of the weight that must be reached in an issuer; null where nothing counts.

    The product of whole and threshold is formed of quotient and remainder, so that it fits.
    """
    up, down = threshold.numerator, threshold.denominator
    whole = session.quotient("whole", str(down))
    rest = f"(whole % {down}) * {up}"
    part = session.quotient(f"({rest} + {down - 1})" if at_least else f"({rest})", str(down))
    return f"case when whole > 0 then {whole} * {up} + {part}{'' if at_least else ' + 1'} end"


def _refuse_over(session: Session, right: str) -> None:
    beyond = session.quotient("total", "200")
    over = session.rows(
        "select issuer, named + own, total from kei_issuer "
        f"where named + own - total > {beyond} order by issuer limit 1"
    )
    if over:
        ((issuer, held, total),) = over
        place = f"issuer {issuer}"
        raise OverAllocatedError(str(issuer), Fraction(held, total), place=place, what=right)
