"""Drawings as pictures of pixels, without a browser: resvg draws, with a font that we bring."""

from __future__ import annotations

import re
import warnings
from html import escape
from importlib.resources import as_file, files

from keiretsu.errors import InputError, KeiretsuError
from keiretsu.views.drawing.letters import MissingLettersWarning, missing_scripts
from keiretsu.views.drawing.palette import FONT, LIGHT

MOST_PIXELS = 16_000
"""Of a picture's longer side; a larger one is made smaller, for no viewer would open it."""
_FONTS = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
_FAMILY = "Liberation Sans"
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_COVERED = re.compile(r"[\u0000-\u052f\u1e00-\u1fff\u2000-\u23ff\u25a0-\u25ff]*")
"""What our font has letters for: Latin, Greek, Cyrillic, and signs."""


def png_of(drawing: str, scale: float = 2.0) -> bytes:
    """Return an SVG drawing of ours as PNG.

    The same drawing gives the same bytes on every machine, unless it has letters that our font
    lacks, such as Chinese or Arabic ones: those are taken from the fonts of the system. Where that
    has none either, a `MissingLettersWarning` names the script.

    Parameters
    ----------
    drawing
        The SVG file's text.
    scale
        How many pixels wide a point is.

    Raises
    ------
    InputError
        If the scale is not above 0.
    KeiretsuError
        If the library that draws is not installed.
    """
    if scale <= 0:
        raise InputError(f"{scale} is not a scale", mend="use a number above 0, such as 2")
    try:
        import resvg_py  # noqa: PLC0415 - only pictures need it
    except ImportError:
        raise KeiretsuError(
            "pictures need resvg, which is not installed", mend="pip install resvg-py"
        ) from None
    found = _SIZE.match(drawing)
    longest = max(map(float, found.groups())) if found else 1.0
    with as_file(files("keiretsu.views.drawing") / "fonts") as folder:

        def rendered(text: str, zoom: float = 1.0) -> bytes:
            picture: bytes = resvg_py.svg_to_bytes(
                svg_string=text,
                # The sheet may end within a pixel, which would be half transparent.
                background=LIGHT["page"],
                zoom=zoom,
                font_files=[str(folder / name) for name in _FONTS],
                skip_system_fonts=_COVERED.fullmatch(text) is not None,
                font_family=_FAMILY,
                sans_serif_family=_FAMILY,
            )
            return bytes(picture)

        _warn_of(missing_scripts(drawing, _COVERED, _FAMILY, rendered))
        return rendered(drawing.replace(escape(FONT), _FAMILY), min(scale, MOST_PIXELS / longest))


def _warn_of(scripts: list[str]) -> None:
    if scripts:
        names = ", ".join(scripts)
        warnings.warn(
            f"no font on this machine has letters of {names}: they are empty boxes in the picture; "
            "install one, such as Noto, or write .svg or .html",
            MissingLettersWarning,
            stacklevel=3,
        )
