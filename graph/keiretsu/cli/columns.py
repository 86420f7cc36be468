"""The columns of each answer's main list, in the order of the JSON Schemas."""

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
    "direct_open_ends",
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
            "reasons",
            "purchase",
            "blocks",
            "ring",
        ),
        "screen": (
            "company",
            "company_id",
            "verdict",
            *_percents(""),
            "through",
            "article",
            "by",
            "grounds",
            "unknown",
        ),
        "beneficial": (
            "person",
            "person_id",
            "kind",
            "verdict",
            *_percents(""),
            "grounds",
            "not_met",
            "unknown",
        ),
        "reconcile": (
            "holder",
            "holder_id",
            "issuer",
            "issuer_id",
            "kind",
            "declared",
            "declared_min",
            "declared_max",
            "computed",
            "computed_min",
            "computed_max",
            "cause",
            "sources",
        ),
        "paths": ("parties", "party_ids", *_percents("product"), *_percents("weakest"), "hops"),
        "chains": (
            "convention",
            "text",
            *_percents("control"),
            *_percents("wedge"),
            "cash_flow_for_control",
        ),
        "network": (
            "party",
            "party_id",
            "kind",
            "value",
            "network_value",
            "network_value_corrected",
            "bow_tie_centrality",
            "section",
            "rank",
            "controlled_value",
            "cumulative_percent",
            "npi",
            "npi_error",
            "karos_peters",
            "karos_peters_error",
        ),
        "power": (
            "holder",
            "holder_id",
            "kind",
            *_percents("votes"),
            "power",
            "power_min",
            "power_max",
            "error",
            "decides_below_turnout_percent",
        ),
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
        "link": (
            "number",
            "party",
            "party_id",
            "other",
            "other_id",
            "score",
            "why",
            "confirmed",
        ),
        "claim": (
            "number",
            "kind",
            "edit_id",
            "claim",
            "claim_id",
            "holder",
            "holder_id",
            "issuer",
            "issuer_id",
            *_percents("capital"),
            *_percents("votes"),
            "votes_basis",
            "shares",
            "supersedes",
            "quote",
            "note",
            "source",
            "on",
            "reason",
            "claims_removed",
        ),
    }
)
"""Fields of one element of the main list; `info` has two such lists."""
