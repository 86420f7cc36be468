"""Whose stake or votes change between two worlds, and which rule decides it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent_fields
from keiretsu.rights.silencing import percent_text
from keiretsu.scenarios.pairs import NOTHING, RIGHTS_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.kernels.box import Bounds
    from keiretsu.rights import Trace
    from keiretsu.scenarios.pairs import Ends, Pair
    from keiretsu.snapshot import Evidence, Snapshot

SILENCING = frozenset(
    {"suspended", "may be suspended", "limited", "may be limited", "neutralised", "own shares"}
)
"""Effects of rules that take votes away."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why votes change: a sentence, and the articles that decide it."""

    text: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteChange:
    """What a pair of holder and issuer has before and after.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        The parties.
    owner, owner_id
        Who wholly owns the holder, if somebody does.
    before, after
        Capital, gross votes, votes and agreed votes; nothing where there is no such pair.
    why
        Which rule or stake decides it.
    sources_before, sources_after
        Which claims tell the holdings.
    """

    holder: str
    holder_id: str
    issuer: str
    issuer_id: str
    owner: str | None
    owner_id: str | None
    before: tuple[Bounds, ...]
    after: tuple[Bounds, ...]
    why: Why
    sources_before: tuple[Evidence, ...] = ()
    sources_after: tuple[Evidence, ...] = ()

    def of(self, right: str) -> tuple[Bounds, Bounds]:
        """Return what it has of one of the four rights, before and after."""
        place = RIGHTS_SHOWN.index(right)
        return self.before[place], self.after[place]

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data, keyed as in JSON."""
        row: dict[str, Any] = {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "owner": self.owner,
            "owner_id": self.owner_id,
            "issuer": self.issuer,
            "issuer_id": self.issuer_id,
        }
        for right in ("votes", "capital", "gross_votes", "agreed_votes"):
            prefix = "" if right == "votes" else f"{right}_"
            before, after = self.of(right)
            row |= percent_fields(f"{prefix}before", before)
            row |= percent_fields(f"{prefix}after", after)
        return {**row, "why": self.why.text, "articles": list(self.why.articles)}


def vote_changes(
    worlds: tuple[Snapshot, Snapshot], pairs: tuple[Mapping[Ends, Pair], Mapping[Ends, Pair]]
) -> list[VoteChange]:
    """Return every pair whose stake or votes differ between two worlds, the largest first."""
    before, after = pairs
    switched = _switched(pairs)
    found = []
    for ends in sorted({*before, *after}):
        one, other = before.get(ends), after.get(ends)
        if _rights(one) == _rights(other):
            continue
        world, pair = (worlds[1], other) if other is not None else (worlds[0], one)
        if pair is None:  # for the type checker: one of the two is there
            continue
        holder, issuer = world.parties[pair.holder], world.parties[pair.issuer]
        owner = None if pair.owner is None else world.parties[pair.owner]
        found.append(
            VoteChange(
                holder.label,
                ends[0],
                issuer.label,
                ends[1],
                owner.label if owner else None,
                owner.id if owner else None,
                _rights(one),
                _rights(other),
                _why(ends, one, other, switched[ends[1]], _labels(worlds)),
                one.sources if one is not None else (),
                other.sources if other is not None else (),
            )
        )
    return sorted(found, key=lambda row: (row.issuer, -_moved(row), row.holder, row.holder_id))


def _rights(pair: Pair | None) -> tuple[Bounds, ...]:
    return (NOTHING,) * len(RIGHTS_SHOWN) if pair is None else pair.rights


def _moved(row: VoteChange) -> float:
    before, after = row.of("votes")
    return float(max(abs(after.low - before.low), abs(after.high - before.high)))


def _labels(worlds: tuple[Snapshot, Snapshot]) -> dict[str, str]:
    return {party.id: party.label for world in worlds for party in world.parties}


def _silenced(pair: Pair | None) -> dict[str, Trace]:
    traces = pair.traces if pair is not None else ()
    return {t.article.name: t for t in traces if t.effect in SILENCING}


def _switched(
    pairs: tuple[Mapping[Ends, Pair], Mapping[Ends, Pair]],
) -> Mapping[str, list[tuple[str, str, bool]]]:
    """Return, by issuer, whose votes a rule takes or gives back: holder, article, taken."""
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for ends in sorted({*pairs[0], *pairs[1]}):
        before, after = (_silenced(side.get(ends)) for side in pairs)
        for article in {**before, **after}:
            if (article in before) != (article in after):
                found[ends[1]].append((ends[0], article, article in after))
    return found


def _why(
    ends: Ends,
    before: Pair | None,
    after: Pair | None,
    switched: Iterable[tuple[str, str, bool]],
    labels: Mapping[str, str],
) -> Why:
    said = _of_rules(before, after)
    old, new = _rights(before), _rights(after)
    stake = _of_stake(old[0], new[0])
    parts, articles = [part.text for part in said], [a for part in said for a in part.articles]
    if stake:
        parts.insert(0, stake)
    if not said and old[2] != new[2]:  # the votes of others count, or count no more
        others = [
            (holder, article, taken)
            for holder, article, taken in switched
            if holder not in (ends[0], ends[1])
        ]
        for holder, article, taken in others:
            verb = "no longer count" if taken else "count again"
            parts.append(f"the votes of {labels[holder]} {verb} ({article})")
            articles.append(article)
        if not others and not stake:
            parts.append("the total of votes changes with other stakes")
    return Why("; ".join(parts) or "rounding or recorded figures", tuple(dict.fromkeys(articles)))


def _of_stake(before: Bounds, after: Bounds) -> str:
    if before == after:
        return ""
    if before == NOTHING:
        return f"new stake of {_say(after)} of the capital"
    if after == NOTHING:
        return f"stake of {_say(before)} of the capital ends"
    return f"stake {_say(before)} → {_say(after)} of the capital"


def _of_rules(before: Pair | None, after: Pair | None) -> list[Why]:
    old, new = _silenced(before), _silenced(after)
    found = []
    for name, trace in new.items():
        if name not in old or old[name].effect != trace.effect:
            found.append(Why(f"{trace.effect} by {name}: {trace.text}", (name,)))
    gone = [name for name in old if name not in new]
    for name in gone if after is not None else ():
        if old[name].effect == "own shares":
            continue
        found.append(Why(f"votes return: {name} no longer applies{_spared(after, name)}", (name,)))
    return [*found, *_of_caps(before, after)]


def _spared(pair: Pair | None, article: str) -> str:
    traces = pair.traces if pair is not None else ()
    texts = [t.text for t in traces if t.article.name == article and t.effect == "not suspended"]
    return f": {texts[0]}" if texts else ""


def _of_caps(before: Pair | None, after: Pair | None) -> list[Why]:
    """Say that agreed votes are cut, or no longer, where they differ from the votes by law."""
    cut = [pair is not None and pair.agreed_votes != pair.votes for pair in (before, after)]
    if cut == [False, True] and after is not None:
        return [Why(f"by agreement cut to {_say(after.agreed_votes)} of the votes")]
    if cut == [True, False] and after is not None:
        return [Why("no agreement cuts the votes any more")]
    return []


def _say(share: Bounds) -> str:
    if share.low == share.high:
        return percent_text(share.low)
    low = percent_text(share.low).removesuffix(" %")
    return f"{low}\N{EN DASH}{percent_text(share.high)}"
