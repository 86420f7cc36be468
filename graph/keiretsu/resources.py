"""Where the ontology, its queries and its data lie: in the wheel and in a checkout."""

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
    packaged = Path(str(files("keiretsu"))) / "ontology"
    root = packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "ontology"
    return root.joinpath(*parts)
