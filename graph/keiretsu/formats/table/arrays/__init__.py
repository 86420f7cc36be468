"""A plain holdings table read as arrays: millions of rows without an object for each.

A cell that stands in many rows is read once, by the same functions that read it row by row; what is
left is arithmetic on codes. A table with anything out of the ordinary is none of this package's:
then it gives nothing, and the table is read row by row, with its errors and their places.
"""

from keiretsu.formats.table.arrays.shares import Shares
from keiretsu.formats.table.arrays.table import KINDS, UNTOLD, PlainTable, read_arrays

__all__ = ["KINDS", "UNTOLD", "PlainTable", "Shares", "read_arrays"]
