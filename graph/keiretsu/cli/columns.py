"""The main list of each answer and its columns, in the order of the JSON Schemas."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def _percents(name: str) -> tuple[str, str, str]:
    key = f"{name}_percent" if name else "percent"
    return key, f"{key}_min", f"{key}_max"


_STAKE = (
    "kind",
    *_percents("direct"),
    *_percents(""),
    *_percents("look_through"),
    "open_ends",
    "sources",
)

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "info": ("name", "count"),
        "names": ("party", "party_id", "kind", "aliases", "identifiers"),
        "validate": ("severity", "rule", "message", "place", "parties"),
        "queries": ("name", "question", "parameters"),
        "owners": ("holder", "holder_id", *_STAKE),
        "holdings": ("issuer", "issuer_id", *_STAKE),
        "control": (
            "controller",
            "controller_id",
            "company",
            "company_id",
            "verdict",
            "percent",
            "percent_max",
            "missing_percent",
            "through",
            "explanation",
            "ring",
        ),
        "paths": ("parties", "party_ids", *_percents("product"), *_percents("weakest"), "hops"),
        "votes": (
            "holder",
            "holder_id",
            "kind",
            "owner",
            "owner_id",
            *_percents("capital"),
            *_percents("gross_votes"),
            *_percents("votes"),
            *_percents("agreed_votes"),
            "rules",
            "sources",
        ),
    }
)
"""Fields of one element of the main list; `info` has two such lists."""

MAIN: Mapping[str, str] = MappingProxyType(
    {
        "validate": "results",
        "queries": "queries",
        "owners": "owners",
        "holdings": "holdings",
        "control": "control",
        "paths": "paths",
        "votes": "votes",
    }
)
"""The key of each answer's main list."""
