"""One period of a timeline, as a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import PairRecord, percent_fields

if TYPE_CHECKING:
    import datetime as dt

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures import Verdict
    from keiretsu.rights import Trace
    from keiretsu.snapshot import Evidence

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Control:
    """Who controls, or whom, by which rule."""

    party: str
    party_id: str
    verdict: Verdict
    rule: str

    def as_dict(self) -> dict[str, Any]:
        """Return whom it is about as plain data, keyed as in JSON."""
        return {
            "company": self.party,
            "company_id": self.party_id,
            "verdict": self.verdict.value,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class StakeThen(PairRecord):
    """What a holder has of an issuer in a period: shares of the respective whole, and the law."""

    capital: Bounds
    votes: Bounds
    agreed_votes: Bounds
    rules: tuple[Trace, ...]
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, keyed as in JSON."""
        return {
            **self.pair,
            **percent_fields("capital", self.capital),
            **percent_fields("votes", self.votes),
            **percent_fields("agreed_votes", self.agreed_votes),
            "rules": [trace.as_dict() for trace in self.rules],
            "sources": [source.as_dict() for source in self.sources],
        }

    @property
    def told(self) -> tuple[object, ...]:
        """What makes a regime: the stake and its votes as shown, and what articles do to them."""
        rules = tuple(sorted({(t.article.name, t.effect) for t in self.rules}))
        return (self.holder_id, self.issuer_id, *self.shares, rules)

    @property
    def shares(self) -> tuple[object, ...]:
        """Capital, votes and agreed votes as people see them."""
        return tuple(map(_shown, (self.capital, self.votes, self.agreed_votes)))


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than in the period before, in a sentence, and the articles that decide."""

    text: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """Who controls a party, whom it controls, and who votes how much: what a period has of it.

    Parameters
    ----------
    controllers
        Who controls the party and none of its other controllers: the nearest ones; if nobody does
        for certain, who may.
    ultimate
        Those of its controllers that none of the others controls.
    controls
        Whom the party controls.
    votes
        What each holder has of it.
    holds
        What it, its bodies and its wholly-owned vehicles have of others.
    """

    controllers: tuple[Control, ...]
    ultimate: tuple[Control, ...]
    controls: tuple[Control, ...]
    votes: tuple[StakeThen, ...]
    holds: tuple[StakeThen, ...]

    @property
    def told(self) -> tuple[object, ...]:
        """What two days must share to lie in one period."""
        stakes = (*self.votes, *self.holds)
        return (
            self.controllers,
            self.ultimate,
            self.controls,
            tuple(stake.told for stake in stakes),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told."""
        return not (self.controllers or self.controls or self.votes or self.holds)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which nothing changes for a party.

    Parameters
    ----------
    since, until
        Its first day, and the first day after it; None while it is not known to have ended.
    regime
        What is so in it.
    changes
        What is otherwise than before.
    """

    since: dt.date
    until: dt.date | None
    regime: Regime
    changes: tuple[Change, ...] = ()

    @property
    def controller(self) -> str | None:
        """Who controls the party, or may; None if nobody."""
        return _joined(self.regime.controllers, "party")

    @property
    def rule(self) -> str | None:
        """By which rule."""
        return self.regime.controllers[0].rule if self.regime.controllers else None

    @property
    def verdict(self) -> Verdict | None:
        """Whether that is certain."""
        return self.regime.controllers[0].verdict if self.regime.controllers else None

    def ending(self, day: dt.date) -> Period:
        """Return the period with its end."""
        return replace(self, until=day)

    def as_dict(self) -> dict[str, Any]:
        """Return the period as plain data, keyed as in JSON."""
        regime = self.regime
        return {
            "from": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "controller": self.controller,
            "controller_id": _joined(regime.controllers, "party_id"),
            "verdict": self.verdict.value if self.verdict else None,
            "rule": self.rule,
            "ultimate_controller": _joined(regime.ultimate, "party"),
            "ultimate_controller_id": _joined(regime.ultimate, "party_id"),
            "votes": [stake.as_dict() for stake in regime.votes],
            "holds": [stake.as_dict() for stake in regime.holds],
            "controls": [one.as_dict() for one in regime.controls],
            "changes": [
                {"text": change.text, "articles": list(change.articles)} for change in self.changes
            ],
        }


def _joined(controllers: tuple[Control, ...], name: str) -> str | None:
    """Return several controllers as one text: rings control together, possible ones one of them."""
    if not controllers:
        return None
    certain = controllers[0].verdict == "certain"
    return (" + " if certain else " or ").join(getattr(one, name) for one in controllers)


def _shown(share: Bounds) -> tuple[object, ...]:
    """Return a share as people see it, to two decimals of a percent: less is no change."""
    ends = (round(share.low * 100, _PLACES), round(share.high * 100, _PLACES))
    return (*ends, share.low_open, share.high_open)
