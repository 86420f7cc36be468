"""A picture, and the files that it can be saved as."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.views.drawing.palette import THEMES
from keiretsu.views.page.saving import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.views.scene.model import Scene


class View:
    """A picture of who holds what, as a page, a drawing or data.

    Parameters
    ----------
    scene
        What is shown.
    colours
        Name of the colours, one of `keiretsu.views.drawing.palette.THEMES`.

    Raises
    ------
    InputError
        If there are no such colours.
    """

    def __init__(self, scene: Scene, colours: str = "keiretsu") -> None:
        if colours not in THEMES:
            raise InputError(
                f"there are no colours named {colours!r}", mend=f"use {' or '.join(THEMES)}"
            )
        self.scene, self.colours = scene, colours

    def marked(self, overlay: str) -> View:
        """Return the picture with an analysis marked on it, in every form that it can take.

        Parameters
        ----------
        overlay
            Key of the overlay.

        Raises
        ------
        InputError
            If there is no such overlay.
        """
        known = [one.key for one in self.scene.overlays]
        if overlay not in known:
            mend = f"use {', '.join(known)}" if known else "this picture has none"
            raise InputError(f"no overlay is named {overlay!r}", mend=mend)
        return View(replace(self.scene, mark=overlay), self.colours)

    def html(self) -> str:
        """Return the page: one file that needs nothing else."""
        from keiretsu.views.page.html import render_html  # noqa: PLC0415 - brings pyvis

        return render_html(self.scene, colours=self.colours)

    def svg(self, overlay: str | None = None, *, bare: bool = False) -> str:
        """Return the drawing.

        Parameters
        ----------
        overlay
            Key of the overlay that is marked.
        bare
            Whether boxes and lines stand alone, without title, legend and notes.
        """
        from keiretsu.views.drawing.svg import render_svg  # noqa: PLC0415 - brings the layout

        return render_svg(self.scene, colours=self.colours, overlay=overlay, bare=bare)

    def png(self, *, scale: float = 2.0, overlay: str | None = None, bare: bool = False) -> bytes:
        """Return the drawing as a picture; needs no browser.

        Parameters
        ----------
        scale
            How many pixels wide a point of the drawing is.
        overlay
            Key of the overlay that is marked.
        bare
            As for `svg`.
        """
        from keiretsu.views.drawing.raster import png_of  # noqa: PLC0415 - brings resvg

        return png_of(self.svg(overlay, bare=bare), scale)

    def graphml(self) -> str:
        """Return what is shown as GraphML, for other programs that draw graphs."""
        from keiretsu.views.page.exchange import graphml_of  # noqa: PLC0415 - brings networkx

        return graphml_of(self.scene)

    def csv(self) -> str:
        """Return the holdings that are shown as a table that our own reader takes back."""
        from keiretsu.views.page.exchange import csv_of  # noqa: PLC0415 - as above

        return csv_of(self.scene)

    def bibtex(self) -> str:
        """Return the sources of what is shown as BibTeX."""
        from keiretsu.views.scene.bibliography import bibtex_of  # noqa: PLC0415 - only on demand

        return bibtex_of(self.scene)

    def csl(self) -> str:
        """Return the sources of what is shown as CSL-JSON, for reference managers."""
        from keiretsu.views.scene.bibliography import csl_of  # noqa: PLC0415 - only on demand

        return csl_of(self.scene)

    def rendered(self, form: str) -> str | bytes:
        """Return the picture in a form, one of `FORMS`.

        Raises
        ------
        InputError
            If there is no such form.
        """
        if form not in FORMS:
            raise InputError(f"{form!r} is no picture", mend=f"use {', '.join(FORMS)}")
        return FORMS[form](self)

    def save(self, path: str | Path) -> Path:
        """Write the picture, and its folder if need be; the ending tells the form.

        Raises
        ------
        InputError
            If the ending is none of `FORMS`, or the file cannot be written.
        """
        target = Path(path)
        form = target.suffix.lower().removeprefix(".")
        if target.name.lower().endswith(".csl.json"):
            form = "csl"
        if form not in FORMS:
            raise InputError(
                "its ending tells no picture",
                place=str(path),
                mend=f"use one of {', '.join('.' + ending for ending in FORMS)}",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, self.rendered(form))
        return target

    def _repr_html_(self) -> str:
        """Return the page for a notebook's cell, in a frame of its own that can reach nothing."""
        from keiretsu.views.page.notebook import framed  # noqa: PLC0415 - only on demand

        return framed(self.html(), self.scene.title)


FORMS: dict[str, Callable[[View], str | bytes]] = {
    "html": View.html,
    "svg": lambda picture: picture.svg(),
    "png": lambda picture: picture.png(),
    "graphml": View.graphml,
    "csv": View.csv,
    "bib": View.bibtex,
    "csl": View.csl,
}
"""Ways to write a picture, by the ending of its file; CSL-JSON ends in .csl or .csl.json."""
