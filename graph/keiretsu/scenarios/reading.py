"""Edits read from a file: TOML or JSON, one table for each edit, checked before any is done."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.model import ORDINARY, Agreement, AgreementKind, PartyKind, claim_id, exact
from keiretsu.scenarios.amount import Amount, Unit
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
from keiretsu.scenarios.supposed import SUPPOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from keiretsu.scenarios.edits import Edit

LARGEST = 1_000_000
"""Bytes of a file; a scenario is written by hand."""

_LISTS = ("edit", "edits")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one kind of edit takes: required and optional fields with how each is read."""

    make: Callable[..., Edit]
    needs: Mapping[str, Callable[[Any], Any]]
    may: Mapping[str, Callable[[Any], Any]]


def read_edits(text: str, form: str, place: str = "") -> tuple[Edit, ...]:
    r"""Return the edits that a file describes.

    Parameters
    ----------
    text
        Content of the file: a list of tables ``edit`` (in TOML ``[[edit]]``), each with its
        ``kind`` and fields. Amounts are as on the command line: ``25%``, ``25% votes``,
        ``44358343sh``; plain numbers are percent.
    form
        ``toml`` or ``json``.
    place
        Name of the file, for errors.

    Raises
    ------
    InputError
        If it is not of that form, or an edit is unknown, lacks a field, or has one too many; the
        place says which edit.

    Examples
    --------
    >>> text = '[[edit]]\nkind = "issue"\nissuer = "Renault"\namount = "5%"\nto = "Nissan"'
    >>> [str(edit) for edit in read_edits(text, "toml")]
    ['Renault issues 5 % of the capital to Nissan']
    """
    content = _parsed(text, form, place)
    if not isinstance(content, dict) or not set(content) <= set(_LISTS) or len(content) != 1:
        raise InputError(
            "is not a list of edits", place=place, mend="write one [[edit]] table for each edit"
        )
    tables = next(iter(content.values()))
    if not isinstance(tables, list) or not tables:
        raise InputError("has no edits", place=place, mend="write one [[edit]] table for each edit")
    return tuple(_edit(table, f"{place}: edit {n}") for n, table in enumerate(tables, 1))


def _parsed(text: str, form: str, place: str) -> object:
    try:
        return tomllib.loads(text) if form == "toml" else json.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not TOML: {error}", place=place, mend="correct it") from None
    except json.JSONDecodeError as error:
        where = f"{place}:{error.lineno}"
        raise InputError(f"is not JSON: {error.msg}", place=where, mend="correct it") from None
    except RecursionError:
        raise InputError("is nested too deeply", place=place, mend="write it plainly") from None


def _edit(table: object, place: str) -> Edit:
    if not isinstance(table, dict):
        raise InputError("is not a table", place=place, mend="write kind = ... and its fields")
    fields = dict(table)
    name = fields.pop("kind", None)
    if not isinstance(name, str) or name not in KINDS:
        raise InputError(
            f"no kind of edit is named {name!r}", place=place, mend=f"use one of: {_listed(KINDS)}"
        )
    kind = KINDS[name]
    known = {**kind.needs, **kind.may}
    for problem, names in (
        ("lacks", [field for field in kind.needs if field not in fields]),
        ("does not know", [field for field in fields if field not in known]),
    ):
        if names:
            raise InputError(
                f"{name} {problem} {_listed(names)}",
                place=place,
                mend=f"its fields: {_listed(known)}",
            )
    try:
        return kind.make(**{field: known[field](value) for field, value in fields.items()})
    except InputError as error:
        raise InputError(error.problem, place=place, mend=error.mend) from None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


# -- how fields are read -----------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{value!r:.40} is not a name", mend="write it in quotes")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(one) for one in (value if isinstance(value, list) else [value]))


def _amount(value: object) -> Amount:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Amount.read(f"{value}")
    return Amount.read(_text(value))


def _issued(value: object) -> Amount:
    found = _amount(value)
    if found.unit is Unit.VOTES:
        raise InputError("shares are not counted in votes", mend="give percent or shares")
    return found


def _percent(value: object) -> Fraction:
    found = _amount(value)
    if found.unit is not Unit.CAPITAL:
        raise InputError(f"{value!r:.40} is not a percentage", mend="write it like 33.4%")
    return found.value


def _votes(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(f"{value!r:.40} is not a number of votes", mend="write a number")
    number = exact(value)
    if number < 0:
        raise InputError("a share has less than no votes", mend="write a number")
    return number


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"{value!r:.40} is neither true nor false", mend="write true or false")
    return value


def _kind_of_party(value: object) -> PartyKind:
    try:
        return PartyKind(_text(value))
    except ValueError:
        known = ", ".join(kind.value for kind in PartyKind)
        raise InputError(f"no kind of party is named {value!r:.40}", mend=f"use {known}") from None


def _sense(value: object) -> Sense:
    senses = {"set": Sense.SET, "buy": Sense.BUY, "sell": Sense.SELL}
    if value not in senses:
        raise InputError(f"{value!r:.40} is no way to hold", mend="use set, buy or sell")
    return senses[str(value)]


def _agreement(value: object) -> str | Agreement:
    """Read the name of an agreement of the data, or a cap on votes that is made up here."""
    if not isinstance(value, dict):
        return _text(value)
    needs, may = {"label", "issuer", "bound", "cap_percent"}, {"decisions"}
    if not needs <= set(value) or not set(value) <= needs | may:
        raise InputError(
            "an agreement that is made up caps votes",
            mend=f"give {_listed(sorted(needs))} and perhaps decisions",
        )
    label, issuer, bound = _text(value["label"]), _text(value["issuer"]), _texts(value["bound"])
    return Agreement(
        id=claim_id(SUPPOSED.id, "agreement", label, issuer, *bound),
        document=SUPPOSED.id,
        label=label,
        kind=AgreementKind.VOTE_CAP,
        issuer=issuer,
        parties=bound,
        bound=bound,
        cap=_percent(value["cap_percent"]),
        decisions=_texts(value.get("decisions", ORDINARY)),
    )


def _new_party(label: str, party_kind: PartyKind = PartyKind.COMPANY, **rest: Any) -> NewParty:  # noqa: ANN401
    return NewParty(label, party_kind, **rest)


KINDS: Mapping[str, _Kind] = {
    "hold": _Kind(Hold, {"holder": _text, "issuer": _text, "amount": _amount}, {"sense": _sense}),
    "transfer": _Kind(
        Transfer, {"seller": _text, "buyer": _text, "issuer": _text}, {"amount": _issued}
    ),
    "issue": _Kind(Issue, {"issuer": _text, "amount": _issued}, {"to": _text}),
    "buy-back": _Kind(
        BuyBack, {"issuer": _text, "amount": _issued}, {"of": _text, "cancel": _flag}
    ),
    "cancel": _Kind(Cancel, {"issuer": _text}, {"amount": _issued}),
    "convert": _Kind(
        Convert,
        {"issuer": _text, "votes_per_share": _votes},
        {"holder": _text, "share_class": _text},
    ),
    "merge": _Kind(Merge, {"absorbed": _text, "into": _text, "share": _percent}, {}),
    "split": _Kind(Split, {"issuer": _text, "new": _text}, {"takes": _texts}),
    "adopt": _Kind(Adopt, {"agreement": _agreement}, {}),
    "end": _Kind(End, {"name": _text}, {}),
    "domicile": _Kind(Domicile, {"party": _text, "jurisdiction": _text}, {}),
    "new-party": _Kind(
        _new_party,
        {"label": _text},
        {"party_kind": _kind_of_party, "jurisdiction": _text, "listed": _flag},
    ),
    "propose": _Kind(Propose, {"proposal": _text}, {}),
}
"""Every kind of edit, as files name it."""
