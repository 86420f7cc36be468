"""Formats from outside, in and out, as claims of the model; one format per module.

`FORMATS` lists them, `recognised` tells which one a file is, `Input` opens it, and `collected`
gathers what a reader yields, `kept` on disk; `keiretsu.formats.frame` says what a format is made
of.
"""

from keiretsu.formats.collecting import collected
from keiretsu.formats.frame import Format, Reading
from keiretsu.formats.kept import kept
from keiretsu.formats.opening import Input
from keiretsu.formats.registry import FORMATS, recognised
from keiretsu.formats.table.format import check_holdings_table, read_holdings_table

__all__ = [
    "FORMATS",
    "Format",
    "Input",
    "Reading",
    "check_holdings_table",
    "collected",
    "kept",
    "read_holdings_table",
    "recognised",
]
