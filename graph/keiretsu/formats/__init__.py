"""Formats from outside, in and out, as claims of the model; one format per module."""

from keiretsu.formats.holdings_table import (
    TableResult,
    check_holdings_table,
    read_holdings_table,
)

__all__ = ["TableResult", "check_holdings_table", "read_holdings_table"]
