"""The table of legal tests, by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.legal.regimes_companies import CLOSE_LINKS, FDI, IAS28, IFRS10, TAKEOVER
from keiretsu.measures.legal.regimes_owners import AMLD, AMLR, GWG, PSC
from keiretsu.measures.legal.regimes_sanctions import EU, OFAC, UK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.measures.legal.regimes import Regime

REGIMES: Mapping[str, Regime] = MappingProxyType(
    {
        regime.name: regime
        for regime in (
            OFAC,
            EU,
            UK,
            AMLR,
            AMLD,
            PSC,
            GWG,
            CLOSE_LINKS,
            IFRS10,
            IAS28,
            TAKEOVER,
            FDI,
        )
    }
)
"""Every legal test, by its name."""


def regime(name: str) -> Regime:
    """Return a legal test by name.

    Raises
    ------
    InputError
        If there is none of that name.

    Examples
    --------
    >>> regime("gwg").law
    'Geldwäschegesetz of 23 June 2017, section 3'
    """
    if name not in REGIMES:
        raise InputError(f"no regime is named {name!r}", mend=f"use one of: {', '.join(REGIMES)}")
    return REGIMES[name]
