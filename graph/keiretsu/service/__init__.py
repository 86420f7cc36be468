"""HTTP: the SPARQL 1.1 protocol and a JSON API over the same data."""

from keiretsu.service.application import application
from keiretsu.service.settings import Settings
from keiretsu.service.updates import Writable

__all__ = ["Settings", "Writable", "application"]
