"""What an editor names: claims by their IRI or its end, parties that are yet to be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from keiretsu.errors import InputError
from keiretsu.formats.table.parties import party_iri
from keiretsu.model import Party
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from keiretsu.model import Claim, ClaimSet, PartyKind

_SHORTEST = 4
_SHOWN = 5


def find_claim(name: str, claims: ClaimSet) -> Claim:
    """Return the claim of a name.

    Parameters
    ----------
    name
        Its IRI, ``claim:`` with the last part of its IRI, that part alone, or a beginning of it of
        at least four characters that no other claim has.
    claims
        Where it is looked for.

    Raises
    ------
    InputError
        If no claim has the name, or several have.
    """
    wanted = name.strip().removeprefix("claim:")
    whole = [one for one in claims.every_claim() if one.id in (name.strip(), wanted)]
    tails = [one for one in claims.every_claim() if _tail(one.id) == wanted]
    begun = [
        one
        for one in claims.every_claim()
        if len(wanted) >= _SHORTEST and _tail(one.id).startswith(wanted)
    ]
    found = whole or tails or begun
    if not found:
        mend = "copy its IRI from 'keiretsu query -n q01' or from -f json of any answer"
        raise InputError(f"no claim is named {name[:120]!r}", mend=mend)
    if len(found) > 1:
        some = ", ".join(sorted(_tail(one.id) for one in found)[:_SHOWN])
        raise InputError(f"{name!r} begins the names of {len(found)} claims", mend=f"use {some}")
    return found[0]


def new_party(name: str, kind: PartyKind) -> Party:
    """Return a party that is not in the data yet.

    Its IRI is made of its name as that of a table's is, so that both mean the same party.

    Examples
    --------
    >>> from keiretsu.model import PartyKind
    >>> new_party(" Exor  N.V.", PartyKind.COMPANY).label
    'Exor N.V.'
    """
    iri, label = party_iri(name), tidy(name)
    if iri == label:
        label = unquote(re.split(r"[/#:]", iri.rstrip("/#"))[-1]) or iri
    return Party(id=iri, label=label, kind=kind)


def _tail(iri: str) -> str:
    return re.split(r"[/#:]", iri.rstrip("/#"))[-1]
