"""A page inside a notebook: a frame that runs its script and can reach nothing around it."""

from __future__ import annotations

from html import escape

HEIGHT = 720
"""Of the frame, in pixels."""


def framed(page: str, title: str) -> str:
    """Return a page as a sandboxed frame, with its content in an attribute.

    The frame has an origin of its own: its scripts run, but neither the notebook nor its cookies
    nor its kernel are within their reach.

    Examples
    --------
    >>> framed("<p>&</p>", 'a "b"')[:60]
    '<iframe title="a &quot;b&quot;" sandbox="allow-scripts allow'
    """
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts allow-downloads allow-popups" '
        f'style="width:100%;height:{HEIGHT}px;border:1px solid #d3dae3;border-radius:8px" '
        f'srcdoc="{escape(page)}"></iframe>'
    )
