"""Overlays: an analysis marked on the boxes of a picture, one at a time.

A mark is a few letters, a frame and a sentence, so that nothing hangs on colour: what is certain
has an unbroken frame, what is only possible a broken one, and the sentence says which.
"""

from __future__ import annotations

from dataclasses import dataclass

from keiretsu.views.scene.characters import drawable

CERTAIN, POSSIBLE, PLAIN = TONES = ("certain", "possible", "plain")
"""How a mark is framed; a plain one, such as a number, has no frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A mark on one party's box.

    Parameters
    ----------
    party
        Id of the party.
    text
        A few letters that stand on the box.
    words
        What it means, as a sentence.
    tone
        One of `TONES`.
    group
        Number of the group to which the party belongs; groups differ in colour too.
    """

    party: str
    text: str
    words: str
    tone: str = PLAIN
    group: int = 0

    def __post_init__(self) -> None:
        for name in ("party", "text", "words"):
            object.__setattr__(self, name, drawable(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """An analysis of a whole picture.

    Parameters
    ----------
    key
        Short name, for a page's address.
    title
        What a reader chooses, such as ``Who controls whom (majority of votes)``.
    note
        By which rule, and what it leaves open, in a sentence or two.
    badges
        What is marked; a party may have several marks.
    """

    key: str
    title: str
    note: str
    badges: tuple[Badge, ...] = ()

    def __post_init__(self) -> None:
        for name in ("key", "title", "note"):
            object.__setattr__(self, name, drawable(getattr(self, name)))
