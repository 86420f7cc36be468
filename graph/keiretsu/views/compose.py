"""From a snapshot to a scene: which parties are shown, and what their lines say."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures.explanation import say
from keiretsu.mirror import from_networkx
from keiretsu.model import ID, Holding, Remainder
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY, Snapshot
from keiretsu.views.percent import Percent
from keiretsu.views.saving import write_whole
from keiretsu.views.scene import Evidence, Scene, SceneLink, SceneParty

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from keiretsu.kernels.box import Bounds
    from keiretsu.model import Party
    from keiretsu.rights import Rights

DEPTH = 2
"""How many steps up and down from the parties in focus are shown unless told otherwise."""
MOST_PARTIES = 1500
_KIND_NAMES = {
    "Party": "",
    "SubnationalState": "Subnational state",
    "GovernmentBody": "Government body",
    "UnknownParty": "Not disclosed",
    "NewsOrganisation": "News organisation",
}


class View:
    """A picture of a snapshot, as a page or as an SVG drawing.

    Parameters
    ----------
    scene
        What is shown.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def html(self) -> str:
        """Return the page: one file that needs nothing else."""
        from keiretsu.views.html import render_html  # noqa: PLC0415 - brings pyvis

        return render_html(self.scene)

    def svg(self) -> str:
        """Return the drawing."""
        from keiretsu.views.svg import render_svg  # noqa: PLC0415 - brings the layout

        return render_svg(self.scene)

    def save(self, path: str | Path) -> Path:
        """Write the picture, and its folder if need be.

        The ending (``.html`` or ``.svg``) tells the form.

        Raises
        ------
        InputError
            If the ending is another.
        """
        target = Path(path)
        forms = {".html": self.html, ".svg": self.svg}
        if target.suffix not in forms:
            raise InputError(
                "its ending tells no picture", place=str(path), mend="use .html or .svg"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, forms[target.suffix]())
        return target


def view(
    world: Snapshot | nx.Graph[Any],
    *,
    focus: str | Sequence[str] = (),
    depth: int | None = None,
    title: str | None = None,
    rights: str = "votes",
) -> View:
    """Return a picture of who holds what in whom.

    Parameters
    ----------
    world
        A snapshot, or any networkx graph that `from_networkx` takes.
    focus
        Names of the parties that the picture is about; everything if none is named.
    depth
        How many steps up to holders and down to issuers are shown, `DEPTH` if not given.
    title
        Heading; made from the focus if not given.
    rights
        Which votes are drawn beside the capital.

    Raises
    ------
    NameNotFoundError, AmbiguousNameError
        If a name is not that of one party.
    InputError
        If there is nothing to show, or more than can be drawn.
    """
    snapshot = world if isinstance(world, Snapshot) else from_networkx(world)
    heads = snapshot.directory.find_all([focus] if isinstance(focus, str) else focus)
    return View(Composer(snapshot, rights).scene(heads, DEPTH if depth is None else depth, title))


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

    def scene(self, heads: Sequence[int], depth: int, title: str | None = None) -> Scene:
        """Return the scene of the parties around `heads`, or of all."""
        connected = {end for one in self.snapshot.holdings for end in (one.holder, one.issuer)}
        shown = self._around(heads, depth) if heads else connected
        if not shown or not connected:
            raise InputError("there is nothing to show", mend="choose another date or other data")
        if len(shown) > MOST_PARTIES:
            raise InputError(
                f"{len(shown)} parties are too many for a picture",
                mend="name some of them, or a smaller depth",
            )
        links = [
            self._link(position)
            for position, one in enumerate(self.snapshot.holdings)
            if one.holder in shown and one.issuer in shown
        ]
        labels = [self.snapshot.parties[head].label for head in heads]
        return Scene(
            title=title or (f"Who holds what: {', '.join(labels)}" if labels else "Who holds what"),
            subtitle=f"As of {self.snapshot.as_of}",
            as_of=self.snapshot.as_of.isoformat(),
            rights=self.right,
            parties=tuple(self._party(position, position in heads) for position in sorted(shown)),
            links=tuple(links),
            notes=tuple(self._notes(shown)),
            left_out=self._left_out(heads, shown, depth),
            focus=tuple(self.snapshot.parties[head].id for head in heads),
        )

    def _around(self, heads: Sequence[int], depth: int) -> set[int]:
        """Return the heads, their holders up to `depth` steps, and their issuers likewise."""
        shown = set(heads)
        for one_way in ("holder", "issuer"):
            frontier = set(heads)
            for _ in range(depth):
                frontier = {
                    getattr(held, one_way)
                    for held in self.snapshot.holdings
                    if (held.issuer if one_way == "holder" else held.holder) in frontier
                }
                shown |= frontier
        return shown

    def _left_out(self, heads: Sequence[int], shown: set[int], depth: int) -> str | None:
        beside = {
            end
            for one in self.snapshot.holdings
            for end in (one.holder, one.issuer)
            if (one.holder in shown) != (one.issuer in shown)
        } - shown
        if not heads or not beside:
            return None
        return (
            f"{len(beside)} further parties that hold in these, or are held by them, lie more than "
            f"{depth} steps away and are left out; a larger depth shows them."
        )

    def _party(self, position: int, in_focus: bool) -> SceneParty:
        party = self.snapshot.parties[position]
        return SceneParty(
            id=party.id,
            label=party.label,
            kind=party.kind.value,
            subtitle=_subtitle(party),
            country=party.jurisdiction,
            focus=in_focus,
            facts=tuple(self._facts(position)),
        )

    def _facts(self, position: int) -> Iterable[tuple[str, str]]:
        party = self.snapshot.parties[position]
        if party.aliases:
            yield "Also known as", ", ".join(party.aliases)
        yield from party.identifiers
        if not self.snapshot.held_in(position):
            return
        kind = self.snapshot.remainder_of(position)
        rest = self.snapshot.capital.rest_bounds(position)
        if kind is not Remainder.NONE and rest.high:
            yield ("Float" if kind is Remainder.FLOAT else "Undisclosed"), _percent(rest)
        facts = self.snapshot.facts.get(position)
        if facts is not None and facts.issued is not None:
            yield "Shares issued", f"{facts.issued:,}"
        if facts is not None and facts.gross_votes is not None:
            yield "Gross votes", f"{facts.gross_votes:,}"

    def _link(self, position: int) -> SceneLink:
        one = self.snapshot.holdings[position]
        traces = self.rights.traces.get(position, ())
        return SceneLink(
            id=f"{ID}line/{position}" if not one.claims else one.claims[0].id,
            holder=self.snapshot.parties[one.holder].id,
            issuer=self.snapshot.parties[one.issuer].id,
            capital=Percent.of_share(one.capital),
            reason=self._reason(position),
            indirect=one.indirect,
            doubtful=any(claim.status != "accepted" for claim in one.claims),
            remarks=tuple(f"{t.article.name}: {t.effect} — {t.text}" for t in traces),
            evidence=tuple(self._evidence(position)),
            gross_votes=self._votes(self.rights.gross, position),
            votes=self._votes(self.rights.votes, position),
            agreed_votes=self._votes(self._agreed, position),
        )

    def _votes(self, ledger: Any, position: int) -> Percent | None:  # noqa: ANN401
        line = ledger.line_of.get(position)
        if line is None:
            return None
        return (
            Percent.point(0)
            if ledger.holder_of(line) == NOBODY
            else Percent.of_share(ledger.single(line))
        )

    def _reason(self, position: int) -> str | None:
        """Return in a few words why there are no votes, for the line's label."""
        silencing = ("suspended", "may be suspended", "neutralised", "own shares")
        for trace in reversed(self.rights.traces.get(position, ())):
            if trace.effect in silencing:
                words = "no votes" if trace.effect == "suspended" else trace.effect
                return f"{trace.article.name}: {words}"
        return None

    def _evidence(self, position: int) -> Iterable[Evidence]:
        for found in self.snapshot.evidence(position):
            yield Evidence(
                claim=found.claim.id,
                title=found.title,
                text=_says(found.claim),
                publisher=found.publisher,
                date=found.date,
                url=found.url,
                sourcing=found.sourcing.value,
                status=found.status.value,
                valid=found.valid,
            )

    def _notes(self, shown: set[int]) -> Iterable[str]:
        """Say what was assumed, once for all parties or pairs of whom the same was."""
        labels = {self.snapshot.parties[position].label for position in shown}
        about: dict[str, list[str]] = defaultdict(list)
        for caution in sorted({*self.snapshot.cautions, *self.rights.cautions}):
            if set(caution.parties) <= labels:
                about[caution.text].append(" → ".join(caution.parties))
        for text, concerned in sorted(about.items(), key=lambda item: (len(item[1]), item[0])):
            names = ", ".join(name for name in concerned if name)
            sentence = f"{text[:1].upper()}{text[1:]}"
            said = f"{sentence}: {names}" if names else sentence
            yield said if said.endswith(".") else f"{said}."


def _subtitle(party: Party) -> str:
    words = _KIND_NAMES.get(party.kind.value, party.kind.value)
    if party.listed is not None and party.kind.value == "Company":
        words = "Listed" if party.listed else "Unlisted"
    return " · ".join(part for part in (words, party.jurisdiction) if part)


def _percent(share: Bounds) -> str:
    return say(share.low) if share.low == share.high else f"{say(share.low)} to {say(share.high)}"


def _says(claim: Any) -> str:  # noqa: ANN401 - any claim, of which only holdings state shares
    if not isinstance(claim, Holding):
        return claim.note or ""
    parts = []
    if claim.capital is not None:
        parts.append(f"{claim.capital} of the capital")
    if claim.shares is not None:
        parts.append(f"{claim.shares:,} shares")
    if claim.votes is not None:
        parts.append(f"{claim.votes} of the {claim.votes_basis} votes")
    said = ", ".join(parts) or "a holding without a figure"
    return f"{said}. {claim.note}" if claim.note else said
