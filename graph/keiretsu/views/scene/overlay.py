"""Overlays: an analysis marked on the boxes of a picture, one at a time.

A mark is a few letters, a frame and a sentence, so that nothing hangs on colour: what is certain
has an unbroken frame, what is only possible a broken one, and the sentence says which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    during
        Numbers of the scene's moments at which it holds; None for always.
    """

    party: str
    text: str
    words: str
    tone: str = PLAIN
    group: int = 0
    during: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("party", "text", "words"):
            object.__setattr__(self, name, drawable(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A sentence of an overlay that is about no party of the picture.

    Parameters
    ----------
    words
        The sentence.
    during
        As of a badge.
    """

    words: str
    during: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", drawable(self.words))


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
    asides
        What is said beside the marks.
    """

    key: str
    title: str
    note: str
    badges: tuple[Badge, ...] = ()
    asides: tuple[Aside, ...] = ()

    def __post_init__(self) -> None:
        for name in ("key", "title", "note"):
            object.__setattr__(self, name, drawable(getattr(self, name)))

    def at(self, moment: int) -> Overlay:
        """Return what it says at a moment of the scene."""
        return replace(
            self,
            badges=tuple(one for one in self.badges if _is_so(one, moment)),
            asides=tuple(one for one in self.asides if _is_so(one, moment)),
        )


def _is_so(one: Badge | Aside, moment: int) -> bool:
    return one.during is None or moment in one.during
