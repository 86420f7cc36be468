"""From a snapshot to a scene: what its boxes and lines say."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from keiretsu.model import ID, Interest
from keiretsu.rights import rights_of
from keiretsu.scenarios import IS_SUPPOSED, Scenario, is_supposed
from keiretsu.snapshot import NOBODY
from keiretsu.views.scene.model import ACTS_FOR, Scene, SceneLink, SceneParty
from keiretsu.views.scene.neighbourhood import Neighbourhood, neighbourhood
from keiretsu.views.scene.percent import Percent
from keiretsu.views.scene.telling import evidence, facts, name_on, passed_over, subtitle
from keiretsu.views.scene.wording import ended

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from keiretsu.rights import Rights
    from keiretsu.snapshot import HeldOnDate, Ledger, Snapshot


SUPPOSED_WORD = "supposed"
_FEW = 5  # names that are counted at one look
_HASH = re.compile(r"-[0-9a-f]{8,}$")
"""What makes an IRI unique and says nothing to readers."""


class Composer:
    """Makes scenes of a snapshot.

    Parameters
    ----------
    snapshot
        The world on a date.
    rights
        Which votes are drawn beside the capital.
    """

    def __init__(self, snapshot: Snapshot, rights: str = "votes") -> None:
        self.snapshot, self.right = snapshot, rights
        self.rights: Rights = rights_of(snapshot)
        self._agreed = self.rights.ledger("agreed-votes")
        self._is_supposed = isinstance(snapshot, Scenario)
        self._recorded = _tied(snapshot.base) if isinstance(snapshot, Scenario) else frozenset()

    def scene(
        self,
        heads: Sequence[int],
        depth: int,
        title: str | None = None,
        also: Collection[str] = (),
    ) -> Scene:
        """Return the scene of the parties around `heads`, or of all, and of those in `also`."""
        near = neighbourhood(self.snapshot, heads, depth, also)
        day = self.snapshot.as_of
        labels = [name_on(self.snapshot.parties[head], day) for head in heads]
        return Scene(
            title=title or (f"Who holds what: {', '.join(labels)}" if labels else "Who holds what"),
            subtitle=f"{'Supposed, as' if self._is_supposed else 'As'} of {self.snapshot.as_of}",
            as_of=self.snapshot.as_of.isoformat(),
            rights=self.right,
            parties=tuple(self.parties(near, heads)),
            links=tuple(self.links(near.shown)),
            notes=tuple(self.notes(near.shown)),
            left_out=near.left_out,
            focus=tuple(self.snapshot.parties[head].id for head in heads),
        )

    def parties(self, near: Neighbourhood, heads: Collection[int] = ()) -> Iterator[SceneParty]:
        """Yield the boxes, sorted by IRI."""
        for position in sorted(near.shown):
            party = self.snapshot.parties[position]
            yield SceneParty(
                id=party.id,
                label=name_on(party, self.snapshot.as_of),
                kind=party.kind.value,
                subtitle=subtitle(party, self.snapshot.as_of),
                country=party.jurisdiction,
                focus=position in heads,
                facts=tuple(facts(self.snapshot, position)),
                more_above=near.more_above[position],
                more_below=near.more_below[position],
                supposition=self._supposition(party.id, position),
            )

    def _supposition(self, party: str, position: int) -> str:
        """Return whether a party holds something or is held only in what is supposed."""
        if not self._is_supposed or party in self._recorded:
            return ""
        held = any(position in (one.holder, one.issuer) for one in self.snapshot.holdings)
        return SUPPOSED_WORD if held else ""

    def links(self, shown: Collection[int]) -> Iterator[SceneLink]:
        """Yield the lines between the parties that are shown."""
        pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for position, one in enumerate(self.snapshot.holdings):
            if one.holder in shown and one.issuer in shown:
                pairs[one.holder, one.issuer].append(position)
        for positions in pairs.values():
            for at, position in enumerate(positions):
                yield self._link(position, at, several=len(positions) > 1)
        parties = self.snapshot.parties
        for state, bodies in sorted(self.snapshot.bodies.items()):
            for body in bodies:
                if state in shown and body in shown and (state, body) not in pairs:
                    name = f"{parties[body].id}#acts-for"
                    holder, issuer = parties[state].id, parties[body].id
                    yield SceneLink(id=name, kind=ACTS_FOR, holder=holder, issuer=issuer)

    def _link(self, position: int, at: int, *, several: bool) -> SceneLink:
        one = self.snapshot.holdings[position]
        holder, issuer = (self.snapshot.parties[end].id for end in (one.holder, one.issuer))
        traces = self.rights.traces.get(position, ())
        found = self.snapshot.evidence(position)
        return SceneLink(
            id=f"{ID}line/{position}" if not one.claims else one.claims[0].id,
            line=f"{holder} {issuer} {one.share_class or ''} {at}",
            holder=holder,
            issuer=issuer,
            capital=None
            if one.interest is Interest.VOTING_RIGHTS
            else Percent.of_share(one.capital),
            share_class=self._class_word(one) if several else "",
            reason=self._reason(position),
            indirect=one.indirect,
            supposition=SUPPOSED_WORD if any(map(is_supposed, one.claims)) else "",
            doubtful=any(claim.status != "accepted" for claim in one.claims),
            remarks=tuple(f"{t.article.name}: {t.effect} — {t.text}" for t in traces),
            evidence=tuple(map(evidence, found)),
            conflicts=tuple(passed_over(self.snapshot, one.claims)),
            gross_votes=_votes(self.rights.gross, position),
            votes=_votes(self.rights.votes, position),
            agreed_votes=_votes(self._agreed, position),
        )

    def _reason(self, position: int) -> str | None:
        """Return in a few words why there are no votes, for the line's label."""
        silencing = ("suspended", "may be suspended", "neutralised", "own shares")
        for trace in reversed(self.rights.traces.get(position, ())):
            if trace.effect in silencing:
                words = "no votes" if trace.effect == "suspended" else trace.effect
                return f"{trace.article.name}: {words}"
        return None

    def _class_word(self, one: HeldOnDate) -> str:
        """Return what the shares of a holding are called."""
        known = self.snapshot.facts.get(one.issuer)
        labels = {kind.id: kind.label for kind in known.share_classes} if known else {}
        if one.share_class is None:
            return "" if one.interest is Interest.SHAREHOLDING else one.interest.replace("-", " ")
        return labels.get(one.share_class) or _last_word(
            one.share_class, self.snapshot.parties[one.issuer].id
        )

    def notes(self, shown: Collection[int]) -> Iterable[str]:
        """Say what is supposed, then what was assumed, once for all of whom the same was."""
        day = self.snapshot.as_of
        parties = (self.snapshot.parties[position] for position in sorted(shown))
        names = {party.label: name_on(party, day) for party in parties}
        about: dict[tuple[bool, str], list[str]] = defaultdict(list)
        for caution in sorted({*self.snapshot.cautions, *self.rights.cautions}):
            if set(caution.parties) <= names.keys():
                key = caution.code != IS_SUPPOSED, caution.text
                about[key].append(" → ".join(names[one] for one in caution.parties))
        ranked = sorted(about.items(), key=lambda item: (item[0][0], len(item[1]), item[0][1]))
        for (_, text), concerned in ranked:
            whom = ", ".join(name for name in concerned if name)
            many = f" ({len(concerned)} parties)" if len(concerned) > _FEW else ""
            sentence = f"{text[:1].upper()}{text[1:]}{many}"
            said = f"{sentence}: {whom}" if whom else sentence
            yield ended(said)


def _tied(snapshot: Snapshot) -> frozenset[str]:
    """Return the ids of all that hold or are held."""
    ends = (end for one in snapshot.holdings for end in (one.holder, one.issuer))
    return frozenset(snapshot.parties[end].id for end in ends)


def _last_word(share_class: str, issuer: str) -> str:
    """Return a class's name from its IRI, where no claim names it: ``.../vw-preference-1f2e3d4c``.

    Examples
    --------
    >>> _last_word("urn:x/class/vw-preference-1f2e3d4c", "urn:x/party/vw")
    'preference'
    """
    word, company = (_HASH.sub("", iri.rpartition("/")[2]) for iri in (share_class, issuer))
    return word.removeprefix(f"{company}-").replace("-", " ")


def _votes(ledger: Ledger, position: int) -> Percent | None:
    line = ledger.line_of.get(position)
    if line is None:
        return None
    return (
        Percent.point(0)
        if ledger.holder_of(line) == NOBODY
        else Percent.of_share(ledger.single(line))
    )
