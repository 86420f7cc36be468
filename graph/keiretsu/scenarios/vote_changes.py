"""Whose stake or votes change between two worlds, and which rule decides it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import PairRecord, percent_fields
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

_MOST_PLACES = 6
"""Two stakes that look the same with so many decimals are told as otherwise recorded."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why votes change: a sentence, and the articles that decide it."""

    text: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteChange(PairRecord):
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
    """Return, by issuer, whose votes a rule takes out of the count or gives back.

    Each as holder, article, and whether it is taken. Neutralised votes stay in the count, and who
    had no votes before or has none after takes nothing along.
    """
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for ends in sorted({*pairs[0], *pairs[1]}):
        before, after = (_uncounted(side.get(ends)) for side in pairs)
        if _has_votes(pairs[0].get(ends)):
            found[ends[1]] += [(ends[0], article, True) for article in sorted(after - before)]
        if _has_votes(pairs[1].get(ends)):
            found[ends[1]] += [(ends[0], article, False) for article in sorted(before - after)]
    return found


def _uncounted(pair: Pair | None) -> set[str]:
    return {name for name, trace in _silenced(pair).items() if trace.effect != "neutralised"}


def _has_votes(pair: Pair | None) -> bool:
    return pair is not None and pair.votes.high > 0


def _why(
    ends: Ends,
    before: Pair | None,
    after: Pair | None,
    switched: Iterable[tuple[str, str, bool]],
    labels: Mapping[str, str],
) -> Why:
    old, new = _rights(before), _rights(after)
    said = [*_of_stake(old[0], new[0]), *_of_rules(before, after)]
    by_rule = any(one.articles for one in said)
    if not by_rule and old[2] != new[2]:  # the votes of others count, or count no more
        said += [
            Why(
                f"the votes of {labels[holder]} {'no longer count' if taken else 'count again'} "
                f"({article})",
                (article,),
            )
            for holder, article, taken in switched
            if holder not in ends
        ]
    said += _of_caps(before, after)
    if not said:
        kind = "gross votes" if old[2:] == new[2:] else "votes"
        said = [Why(f"the total of {kind} changes with other stakes or registrations")]
    articles = dict.fromkeys(article for one in said for article in one.articles)
    return Why("; ".join(one.text for one in said), tuple(articles))


def _of_stake(before: Bounds, after: Bounds) -> list[Why]:
    if before == after:
        return []
    if before == NOTHING:
        return [Why(f"new stake of {_say(after)} of the capital")]
    if after == NOTHING:
        return [Why(f"stake of {_say(before)} of the capital ends")]
    places = next((n for n in range(2, _MOST_PLACES) if _say(before, n) != _say(after, n)), 2)
    texts = _say(before, places), _say(after, places)
    if texts[0] == texts[1]:
        return [Why(f"stake {texts[0]} of the capital, otherwise recorded")]
    return [Why(f"stake {texts[0]} \N{RIGHTWARDS ARROW} {texts[1]} of the capital")]


def _of_rules(before: Pair | None, after: Pair | None) -> list[Why]:
    old, new = _silenced(before), _silenced(after)
    found = [
        Why(f"{trace.effect} by {name}: {trace.text}", (name,))
        for name, trace in new.items()
        if name not in old or old[name].effect != trace.effect
    ]
    if not _has_votes(after):
        return found
    return found + [
        Why(f"votes return: {name} no longer applies{_spared(after, name)}", (name,))
        for name, trace in old.items()
        if name not in new and trace.effect != "own shares"
    ]


def _spared(pair: Pair | None, article: str) -> str:
    traces = pair.traces if pair is not None else ()
    texts = [t.text for t in traces if t.article.name == article and t.effect == "not suspended"]
    return f": {texts[0]}" if texts else ""


def _of_caps(before: Pair | None, after: Pair | None) -> list[Why]:
    """Say that agreed votes are cut, cut otherwise, or cut no longer."""
    old, new = _cut(before), _cut(after)
    if after is None or old == new or not after.votes.high:
        return []
    if new is None:
        labels = tuple(cap for cap in (before.caps if before else ()) if cap not in after.caps)
        ended = f": {'; '.join(labels)} ended" if labels else ""
        return [Why(f"no agreement cuts the votes any more{ended}", labels)]
    by = f" ({'; '.join(after.caps)})" if after.caps else ""
    return [Why(f"by agreement cut to {_say(new)} of the votes{by}", after.caps)]


def _cut(pair: Pair | None) -> Bounds | None:
    """Return agreed votes where they differ from those by law."""
    if pair is None or pair.agreed_votes == pair.votes:
        return None
    return pair.agreed_votes


def _say(share: Bounds, places: int = 2) -> str:
    low, high = (
        f"{float(end * 100):.{places}f}".rstrip("0").rstrip(".") for end in (share.low, share.high)
    )
    if share.low == share.high:
        return f"{low} %"
    if share.low == 0 and share.high == 1:
        return "an unknown part"
    more, less = ">" * share.low_open, "<" * share.high_open
    return f"{more}{low}\N{EN DASH}{less}{high} %"
