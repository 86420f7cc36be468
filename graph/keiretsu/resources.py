"""Where the ontology, its queries, its data and the schemas lie: in the wheel, in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def ontology_path(*parts: str) -> Path:
    """Return the path of a file or folder under ``ontology/``.

    Parameters
    ----------
    *parts
        Names below ``ontology/``, such as ``"queries", "q01-holders.rq"``.

    Returns
    -------
    Path
        In an installed wheel below the package, in a checkout beside the source root.

    Examples
    --------
    >>> ontology_path("keiretsu.ttl").is_file()
    True
    """
    return _root("ontology", "ontology").joinpath(*parts)


def schema_path(*parts: str) -> Path:
    """Return the path of a JSON Schema of an answer, or of their folder.

    Parameters
    ----------
    *parts
        Names below ``docs/schemas/``, such as ``"owners.json"``.

    Examples
    --------
    >>> schema_path("owners.json").is_file()
    True
    """
    return _root("schemas", "docs/schemas").joinpath(*parts)


def _root(in_package: str, in_checkout: str) -> Path:
    packaged = Path(str(files("keiretsu"))) / in_package
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / in_checkout
