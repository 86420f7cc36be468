"""What somebody supposes in a few words, such as ``A>B=25``, as edits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.scenarios.amount import Amount
from keiretsu.scenarios.edits import Adopt, End, Hold, Propose, Sense

if TYPE_CHECKING:
    from keiretsu.scenarios.edits import Edit

_HOLD: Final = re.compile(
    r"(?P<holder>[^>]+)>(?P<issuer>.+?)(?P<sign>[+-]?)=(?P<amount>[^=]+)", re.DOTALL
)
_SENSES: Final = {"": Sense.SET, "+": Sense.BUY, "-": Sense.SELL}


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed.

    Parameters
    ----------
    holds
        Stakes as text, ``A>B=25``.
    proposal
        IRI or label of a proposal of the data.
    adopted, ended
        Names of agreements, rules and readings of the law.
    written
        Edits that are read already, such as those of a file.
    """

    holds: tuple[str, ...] = ()
    proposal: str | None = None
    adopted: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    written: tuple[Edit, ...] = ()

    def edits(self) -> list[Edit]:
        """Return the edits in the order in which they are done: written, proposal, stakes, law.

        Raises
        ------
        InputError
            If a stake cannot be read.

        Examples
        --------
        >>> [str(edit) for edit in Supposed(holds=("A>B=25",), ended=("pact",)).edits()]
        ['A holds 25 % of the capital of B', 'ends pact']
        """
        found: list[Edit] = list(self.written)
        if self.proposal is not None:
            found.append(Propose(self.proposal))
        found += [read_hold(text) for text in self.holds]
        return [*found, *map(Adopt, self.adopted), *map(End, self.ended)]


def read_hold(text: str) -> Hold:
    """Return the stake that a text supposes.

    Raises
    ------
    InputError
        If it is not of the form ``A>B=25``.

    Examples
    --------
    >>> str(read_hold("Renault>Nissan=39.5")), str(read_hold("A>B+=100sh"))
    ('Renault holds 39.5 % of the capital of Nissan', 'A buys 100 shares of B')
    """
    found = _HOLD.fullmatch(text)
    if found is None:
        raise InputError(
            f"{text[:60]!r} is not a stake", mend='write "A>B=25", "A>B=25% votes" or "A>B=100sh"'
        )
    holder, issuer = found["holder"].strip(), found["issuer"].strip()
    return Hold(holder, issuer, Amount.read(found["amount"]), _SENSES[found["sign"]])
