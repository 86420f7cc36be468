"""Claims as RDF: held, read, written, checked and asked; `Store` holds them in memory."""

from keiretsu.store.memory import Store
from keiretsu.store.syntax.parse import SUFFIXES

__all__ = ["SUFFIXES", "Store"]
