"""Control: who decides in whom, by a named rule, through which holdings, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.answer import Answer, cautions_about
from keiretsu.measures.control.judge import Judge
from keiretsu.measures.control.record import ControlRecord, Verdict
from keiretsu.measures.control.ultimate import ultimate_controllers
from keiretsu.measures.control.undisclosed import what_undisclosed_could_give
from keiretsu.measures.dispatch import on_columns
from keiretsu.model import ORDINARY
from keiretsu.rights import ControlRule, Dominance, control_rule, rights_of, turnout_rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from fractions import Fraction

    from keiretsu.snapshot import Snapshot


@on_columns("control", "control_of_columns")
def control(
    snapshot: Snapshot,
    *,
    by: str | Sequence[str] = (),
    of: str | Sequence[str] = (),
    group: Sequence[str] = (),
    rule: str | None = None,
    threshold: Fraction | None = None,
    at_least: bool = False,
    rights: str = "votes",
    decision: str = ORDINARY,
    ultimate: bool = False,
    turnout: Fraction | None = None,
    undisclosed_to: str | None = None,
) -> Answer[ControlRecord]:
    r"""Return who controls whom on the snapshot's date.

    A party controls a company when it and the companies it already controls together have more
    than `threshold` of the right in it: the least set closed under that rule [1]_. A State and the
    bodies that act for it are one controller.

    Parameters
    ----------
    snapshot
        The world on a date.
    by, of
        Names of controllers and companies; with either, impossible pairs are answered too, with
        what is missing.
    group
        Names of parties that act together as one controller; only its rows are answered.
    rule
        Name of a rule, such as ``fr-presumption-40``; else `threshold` and `at_least` make one.
    threshold
        Fraction of one, a half if not given; control takes *more than* this unless `at_least`.
    rights
        The right that is counted, see `keiretsu.rights.RIGHTS`.
    decision
        For agreed votes, the class of decision.
    turnout
        Fraction of the votes that are cast: control is then a majority of these, even if everybody
        else who comes votes against.
    ultimate
        Answer only with controllers that nobody else controls, and with rings.
    undisclosed_to
        Name of a party of which is asked whom it could control if the undisclosed parts were its;
        the answer has then a field `what_undisclosed_could_add`.

    Returns
    -------
    Answer of ControlRecord
        Without options every certain pair, and the possible ones that declared ranges give.

    Raises
    ------
    InputError
        If the rule, the right or a combination of options is unknown.
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.

    Notes
    -----
    Verdicts are *certain* (in every world that the claims allow), *possible* (in some) or
    *impossible*. For a set of holders the ends are computed for the set as a whole, so they are
    tight; issuers split independently, so one world attains all of them.

    References
    ----------
    .. [1] S. Ceri, G. Gottlob, L. Tanca, Logic Programming and Databases, 1990 (company control).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("a", "c"): "20%", ("b", "c"): "35%"})
    >>> [(found.controller, found.company, found.percent) for found in control(world)]
    [('a', 'b', 60.0), ('a', 'c', 55.0)]
    """
    the_rule = chosen_rule(rule, threshold, turnout, rights, at_least=at_least)
    ledger = rights_of(snapshot).ledger(rights, decision)
    judge = Judge(snapshot, Dominance(snapshot, ledger), the_rule)
    find = snapshot.directory.find_all
    controllers = find([by] if isinstance(by, str) else by)
    companies = find([of] if isinstance(of, str) else of)
    if group and controllers:
        raise InputError("a group is a controller of its own", mend="give group or by, not both")
    if group:
        records = judge.of_group(tuple(dict.fromkeys(find(group))), companies)
    elif controllers or companies:
        records = judge.asked(controllers, companies)
    else:
        records = judge.everyone()
    if ultimate:
        records = ultimate_controllers(snapshot, judge, records)
    answer = answer_of(snapshot, the_rule, rights, records, asked=companies)
    if undisclosed_to is not None:
        party = snapshot.position(undisclosed_to)
        added = what_undisclosed_could_give(judge.dominance, the_rule, party, companies)
        answer.fields["what_undisclosed_could_add"] = added
    return answer


def ultimate_control_of(
    snapshot: Snapshot, companies: Collection[str], rule: str
) -> list[ControlRecord]:
    """Return the rows of some companies in `control` of everybody with ``ultimate=True``.

    Parameters
    ----------
    snapshot
        The world on a date.
    companies
        IRIs of parties.
    rule
        Name of a rule.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "60%", ("b", "d"): "60%"})
    >>> company = world.parties[world.position("d")].id
    >>> found = ultimate_control_of(world, {company}, "majority-votes")
    >>> [(row.controller, row.company) for row in found]
    [('a', 'd')]
    """
    the_rule = control_rule(rule)
    judge = Judge(snapshot, Dominance(snapshot, rights_of(snapshot).ledger("votes")), the_rule)
    positions = {at for at, party in enumerate(snapshot.parties) if party.id in companies}
    return ultimate_controllers(snapshot, judge, judge.everyone(positions))


def chosen_rule(
    rule: str | None,
    threshold: Fraction | None,
    turnout: Fraction | None,
    rights: str,
    *,
    at_least: bool,
) -> ControlRule:
    """Return the rule that the options of `control` choose.

    Raises
    ------
    InputError
        If it is unknown, or the options do not go together.
    """
    if turnout is None:
        return control_rule(rule, threshold=threshold, at_least=at_least, right=rights)
    return turnout_rule(turnout, rule=rule, threshold=threshold, at_least=at_least)


def answer_of(
    snapshot: Snapshot,
    rule: ControlRule,
    rights: str,
    records: Iterable[ControlRecord],
    *,
    asked: Iterable[int] = (),
) -> Answer[ControlRecord]:
    """Return rows as an answer: sorted, with what was assumed about the parties in them.

    That there is none rests on what was assumed about the companies asked about, or about all.
    """
    ordered = tuple(sorted(records, key=order_of))
    ids = {i for r in ordered for i in (r.company_id, r.controller_id)}
    ids |= {part.holder_id for r in ordered for part in r.through}
    everybody = range(len(snapshot.parties))
    parties = {p for p in everybody if snapshot.parties[p].id in ids}
    if not ordered:
        parties = set(asked) or set(everybody)
    cautions = (*snapshot.cautions, *(rights_of(snapshot).cautions if rights != "capital" else ()))
    fields = {"rule": rule.name, "rule_text": rule.text, "rights": rights}
    about = cautions_about(snapshot, cautions, parties)
    return Answer("control", snapshot, ordered, fields, about)


def order_of(record: ControlRecord) -> tuple[object, ...]:
    """Return by what rows are sorted: verdict, labels, then IRIs."""
    labels = (record.controller, record.company)
    return (list(Verdict).index(record.verdict), *labels, record.controller_id, record.company_id)
