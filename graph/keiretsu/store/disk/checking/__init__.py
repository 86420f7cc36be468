"""Checks of a store on disk that never hold all of it: things one by one, and what lies between."""

from keiretsu.store.disk.checking.alone import checked_alone
from keiretsu.store.disk.checking.together import checked_together

__all__ = ["checked_alone", "checked_together"]
