"""A store on disk: claims as N-Quads, with an index in columns that tells where each one lies."""

from keiretsu.store.disk.arrays_writing import write_table
from keiretsu.store.disk.claims import DiskClaims
from keiretsu.store.disk.columns import ClaimColumns
from keiretsu.store.disk.folder import Folder, is_store
from keiretsu.store.disk.manifest import Manifest
from keiretsu.store.disk.sparql import SparqlFolder
from keiretsu.store.disk.sparql_derived import DerivedSparqlFolder
from keiretsu.store.disk.writing import write_generation

__all__ = [
    "ClaimColumns",
    "DerivedSparqlFolder",
    "DiskClaims",
    "Folder",
    "Manifest",
    "SparqlFolder",
    "is_store",
    "write_generation",
    "write_table",
]
