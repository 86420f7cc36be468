"""Builds the alliance dataset from `facts.csv` and the curated tables beside it."""

from alliance_builder.assemble import build_claims, built_facts

__all__ = ["build_claims", "built_facts"]
