"""HTTP: the SPARQL 1.1 protocol and a JSON API over the same data, read-only."""

from keiretsu.service.application import application
from keiretsu.service.settings import LOOPBACK, Settings

__all__ = ["LOOPBACK", "Settings", "application"]
