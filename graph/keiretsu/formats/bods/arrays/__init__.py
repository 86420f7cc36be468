"""Plain statements that Keiretsu wrote, read as arrays: without an object for each.

A statement of ours keeps the party or claim that it stands for beside its record, so that its own
words need not be understood again; see `keiretsu.formats.bods.annotation`. Files whose statements
are all of this kind, and say nothing that columns cannot hold, are read here: typed, line by line,
and what stands in many of them once, by the functions that read it as objects. Anything else in a
file, errors too, leaves it to `keiretsu.formats.bods.read`, which decides and says so.
"""

from keiretsu.formats.bods.arrays.reading import read_arrays

__all__ = ["read_arrays"]
