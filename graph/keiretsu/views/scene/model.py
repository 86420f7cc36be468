"""The scene: what a picture shows, as plain data that no drawing library knows of.

A scene is made from a snapshot, laid out, and drawn as a page or as an SVG file. Every text in it
comes from strangers; it is made `drawable` on entry and escaped by whoever writes it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.views.scene.characters import clean_texts, drawable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.views.scene.evidence import Evidence
    from keiretsu.views.scene.overlay import Overlay
    from keiretsu.views.scene.percent import Percent

FLOAT = "float"
"""Kind of a party that stands for dispersed holders; others but `STACK` are those of the model."""
STACK = "stack"
"""Kind of a party that stands for several that are too small to be shown one by one."""

HOLDING, ACTS_FOR, OFFICE, STACKED = "holding", "acts-for", "office", "stacked"
PROPOSED = "proposed"
"""Kinds of lines: a holding; a body that acts for a State; an office; the holdings of a stack; and
what would be held if a proposal went through."""
TIES = frozenset({ACTS_FOR, OFFICE})
"""Kinds of lines that carry no share."""

RIGHTS = ("capital", "gross-votes", "votes", "agreed-votes")
"""What a scene can be about; `capital` opens the page on capital alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneParty:
    """A box.

    Parameters
    ----------
    id
        IRI, or any name that is unique in the scene.
    kind
        Value of the model's `PartyKind`, or `FLOAT`. An unknown kind is drawn as a party.
    label, subtitle
        Its name, and a line below it.
    country
        Two-letter code, if known.
    focus
        Whether the picture is about it; drawn stronger.
    facts
        Further pairs of name and text for the panel, such as ``("LEI", "...")``.
    more_above, more_below
        How many holders and issuers of it were left out.
    members
        Ids of the parties for which a stack stands.
    supposition
        In a word, why the party is not there: ``supposed`` or ``proposed``; empty if it is.
    """

    id: str
    label: str
    kind: str = "Party"
    subtitle: str = ""
    country: str | None = None
    focus: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    more_above: int = 0
    more_below: int = 0
    members: tuple[str, ...] = ()
    supposition: str = ""

    def __post_init__(self) -> None:
        clean_texts(self)
        facts = tuple((drawable(name), drawable(text)) for name, text in self.facts)
        object.__setattr__(self, "facts", facts)
        object.__setattr__(self, "members", tuple(map(drawable, self.members)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneLink:
    """A line from a holder to an issuer.

    Parameters
    ----------
    id
        IRI of the claim, or any name that is unique in the scene.
    holder, issuer
        Ids of parties; the same one for treasury shares.
    capital, gross_votes, votes, agreed_votes
        Shares of the respective whole; None where it is not told or does not apply.
    reason
        Why votes differ from capital, the article first: ``C. com. L.233-31: no votes``.
    indirect
        Whether the source tells it as held through others.
    doubtful
        Whether a source disputes it or it is only possible.
    remarks
        What was assumed for it, a sentence each.
    evidence
        The claims behind it.
    conflicts
        Claims that were passed over in favour of these.
    share_class
        Of which shares, in a word, where a pair has several.
    office
        For an office, its title, and by whom its holder was nominated.
    in_box
        Whether the box of its holder tells it already, so that the line needs no label.
    each
        For a stack, the range in which the share of each member lies.
    via
        Through which wholly-owned company it is held, where that is not drawn.
    change
        What differs from the world that a picture compares with, in a few words.
    line
        Name of the route that it is drawn on; several states of one holding in time share it.
    during
        Numbers of the scene's moments at which it is so; None for always.
    supposition
        In a word, why it is not so: ``supposed`` or ``proposed``; empty if it is.
    """

    id: str
    holder: str
    issuer: str
    kind: str = HOLDING
    capital: Percent | None = None
    gross_votes: Percent | None = None
    votes: Percent | None = None
    agreed_votes: Percent | None = None
    reason: str | None = None
    indirect: bool = False
    doubtful: bool = False
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Evidence, ...] = ()
    share_class: str = ""
    office: str = ""
    in_box: bool = False
    each: Percent | None = None
    via: str = ""
    change: str = ""
    line: str = ""
    during: tuple[int, ...] | None = None
    supposition: str = ""

    def __post_init__(self) -> None:
        clean_texts(self)
        object.__setattr__(self, "line", self.line or self.id)
        object.__setattr__(self, "remarks", tuple(drawable(text) for text in self.remarks))

    def votes_of(self, rights: str) -> Percent | None:
        """Return the votes that a scene about `rights` shows."""
        if rights == "gross-votes":
            return self.gross_votes
        return self.agreed_votes if rights == "agreed-votes" else self.votes


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day from which on something is otherwise than before.

    Parameters
    ----------
    date
        In ISO form.
    events
        What happened about then, a sentence each.
    notes
        What was assumed for that day and what is not known, a sentence each.
    """

    date: str
    events: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        clean_texts(self)
        for name in ("events", "notes"):
            object.__setattr__(self, name, tuple(map(drawable, getattr(self, name))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that a picture shows; where it stands is the layout's business.

    Parameters
    ----------
    title, subtitle
        Heading of the page, and a line below it.
    as_of
        The date, in ISO form.
    rights
        One of `RIGHTS`: which votes are drawn beside the capital.
    parties, links
        Boxes and lines.
    notes
        What was assumed and what is not known, a sentence each; shown in full.
    left_out
        What the composer left out and how to see it, in one sentence.
    focus
        Ids of the parties that the picture is about, beside those marked themselves.
    moments, moment
        The days between which a reader can go, and the number of the one shown first.
    overlays
        Analyses that can be marked on the boxes.
    mark
        Key of the overlay that is marked at first; empty for none.
    sides
        Captions of two worlds that are shown beside one another; ids of parties, links and lines
        then begin with the number of their side and a blank, ``1 `` or ``2 ``.

    Raises
    ------
    InputError
        If an id is used twice, or a line ends at a party that is not there.

    Examples
    --------
    >>> from keiretsu.views.scene.percent import Percent
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> stake = SceneLink(id="1", holder="r", issuer="n", capital=Percent.point("43.4"))
    >>> scene = Scene(title="Renault", as_of="2019-09-03", parties=parties, links=(stake,))
    >>> scene.party("n").label, str(scene.links[0].capital)
    ('Nissan', '43.4 %')
    """

    title: str
    as_of: str
    parties: tuple[SceneParty, ...]
    links: tuple[SceneLink, ...] = ()
    subtitle: str = ""
    rights: str = "votes"
    notes: tuple[str, ...] = ()
    left_out: str | None = None
    focus: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    moment: int = 0
    overlays: tuple[Overlay, ...] = ()
    mark: str = ""
    sides: tuple[str, ...] = ()
    _by_id: dict[str, SceneParty] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {party.id: party for party in self.parties})
        clean_texts(self)
        for name in ("notes", "focus", "sides"):
            object.__setattr__(self, name, tuple(map(drawable, getattr(self, name))))
        if self.rights not in RIGHTS:
            raise InputError(
                f"{self.rights!r} is not a right", mend=f"use one of {', '.join(RIGHTS)}"
            )
        _refuse_twins("party", (party.id for party in self.parties))
        _refuse_twins("link", (link.id for link in self.links))
        for end in (end for link in self.links for end in (link.holder, link.issuer)):
            if end not in self._by_id:
                raise InputError(f"a link ends at {end!r}, which is not in the scene")

    def party(self, party_id: str) -> SceneParty:
        """Return the party with this id."""
        return self._by_id[party_id]

    @property
    def lines(self) -> dict[str, list[SceneLink]]:
        """The links by the route that they are drawn on; but for moments, each has its own."""
        found: dict[str, list[SceneLink]] = {}
        for link in self.links:
            found.setdefault(link.line, []).append(link)
        return found

    @property
    def links_now(self) -> tuple[SceneLink, ...]:
        """The links that are so at the moment shown first."""
        return tuple(
            link for link in self.links if link.during is None or self.moment in link.during
        )

    @property
    def idle(self) -> frozenset[str]:
        """Ids of the parties that hold nothing and are not held at the moment shown first."""
        if not self.moments:
            return frozenset()
        tied = {end for link in self.links_now for end in (link.holder, link.issuer)}
        return frozenset(party.id for party in self.parties) - tied

    def in_focus(self, party: SceneParty) -> bool:
        """Return whether the picture is about `party`."""
        return party.focus or party.id in self.focus


def _refuse_twins(what: str, ids: Iterable[str]) -> None:
    twins = sorted(name for name, count in Counter(ids).items() if count > 1)
    if twins:
        raise InputError(f"the {what} {twins[0]!r} is in the scene twice")
