"""The votes of a company's holders: four numbers for each, and the articles between them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.kernels.box import Bounds
from keiretsu.measures.answer import Answer, cautions_about, percent_fields
from keiretsu.measures.control.explanation import say
from keiretsu.measures.dispatch import on_what_lies_above
from keiretsu.model import ID, ORDINARY, Caution, Holding, Remainder, Sourcing, VotesBasis
from keiretsu.rights import Rights, Trace, rights_of
from keiretsu.rights.rules import Article
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.snapshot import Evidence, Ledger, Snapshot

_CHECK = Fraction(6, 1000)
"""How far a reported percentage may lie from the computed one: half its last printed decimal."""


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """What one holder may vote in a company.

    Parameters
    ----------
    holder, holder_id, kind
        The holder; `kind` is ``treasury`` for own shares, ``float`` or ``undisclosed`` for the
        remainder.
    owner, owner_id
        Who wholly owns the holder, if somebody does.
    capital, gross_votes, votes, agreed_votes
        Shares of the respective whole.
    rules
        What the law and agreements did to the votes, in order.
    sources
        Which documents tell the holding.
    """

    holder: str
    holder_id: str
    kind: str
    owner: str | None
    owner_id: str | None
    capital: Bounds
    gross_votes: Bounds
    votes: Bounds
    agreed_votes: Bounds
    rules: tuple[Trace, ...]
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "kind": self.kind,
            "owner": self.owner,
            "owner_id": self.owner_id,
            **percent_fields("capital", self.capital),
            **percent_fields("gross_votes", self.gross_votes),
            **percent_fields("votes", self.votes),
            **percent_fields("agreed_votes", self.agreed_votes),
            "rules": [trace.as_dict() for trace in self.rules],
            "sources": [source.as_dict() for source in self.sources],
        }


@on_what_lies_above
def votes(snapshot: Snapshot, company: str, *, decision: str = ORDINARY) -> Answer[VoteRecord]:
    """Return what each holder has of a company's capital, gross, exercisable and agreed votes.

    Parameters
    ----------
    snapshot
        The world on a date.
    company
        Name of the company.
    decision
        Class of decision, for agreements that cap votes in some classes only.

    Returns
    -------
    Answer of VoteRecord
        One row per holding, and one for the remainder; with `equilibria` among its fields, each
        the holdings whose votes are suspended in it.

    Notes
    -----
    Gross votes are theoretical ones, as companies publish them: suspended shares count with all
    their votes and own shares once. Agreed votes are cut at a contractual cap; the votes cut go to
    nobody, and both are fractions of the exercisable total before caps.
    """
    issuer = snapshot.position(company)
    rights = rights_of(snapshot)
    table = _Table(snapshot, rights, issuer, decision)
    records = [table.row(holding) for holding in snapshot.held_in(issuer)]
    cautions = list(cautions_about(snapshot, snapshot.cautions, {issuer, *table.holders()}))
    cautions += cautions_about(snapshot, rights.cautions, {issuer})
    cautions += table.checks()
    fields = {
        "company": snapshot.parties[issuer].label,
        "company_id": snapshot.parties[issuer].id,
        "decision": decision,
        "equilibria": [
            [
                snapshot.holdings[holding].claim_ids[0]
                for holding in sorted(state)
                if snapshot.holdings[holding].issuer == issuer
            ]
            for state in rights.settled.equilibria
        ],
    }
    ordered = sorted(records, key=lambda r: (-r.capital.high, r.holder))
    rest = table.rest()
    return Answer(
        "votes",
        snapshot,
        tuple(ordered if rest is None else (*ordered, rest)),
        fields,
        tuple(sorted(set(cautions))),
    )


class _Table:
    """The rows of one company's table."""

    def __init__(self, snapshot: Snapshot, rights: Rights, issuer: int, decision: str) -> None:
        self.snapshot, self.rights, self.issuer, self.decision = snapshot, rights, issuer, decision
        self.ledgers = [
            rights.ledger(right, decision) for right in ("gross-votes", "votes", "agreed-votes")
        ]

    def holders(self) -> set[int]:
        return {
            self.snapshot.holdings[holding].holder for holding in self.snapshot.held_in(self.issuer)
        }

    def row(self, holding: int) -> VoteRecord:
        one = self.snapshot.holdings[holding]
        party = self.snapshot.parties[one.holder]
        owner = self._sole_owner(one.holder)
        share = one.capital
        gross, exercisable, agreed = (self._share(ledger, holding) for ledger in self.ledgers)
        return VoteRecord(
            party.label,
            party.id,
            "treasury" if one.holder == self.issuer else party.kind.value,
            self.snapshot.parties[owner].label if owner is not None else None,
            self.snapshot.parties[owner].id if owner is not None else None,
            Bounds(share.low, share.high, share.low_open, share.high_open),
            gross,
            exercisable,
            agreed,
            (*self.rights.traces.get(holding, ()), *self._caps(one.holder)),
            self.snapshot.evidence(holding),
        )

    def rest(self) -> VoteRecord | None:
        kind = self.snapshot.remainder_of(self.issuer)
        shares = [
            ledger.rest_bounds(self.issuer) for ledger in (self.rights.gross, self.rights.votes)
        ]
        capital = self.snapshot.capital.rest_quantity(self.issuer)
        if kind is Remainder.NONE or (capital.high == 0 and not any(s.high for s in shares)):
            return None
        slug = self.snapshot.parties[self.issuer].id.rpartition("/")[2]
        return VoteRecord(
            kind.value,
            f"{ID}{kind.value}/{slug}",
            kind.value,
            None,
            None,
            capital,
            shares[0],
            shares[1],
            shares[1],
            (),
            (),
        )

    def _share(self, ledger: Ledger, holding: int) -> Bounds:
        line = ledger.line_of.get(holding)
        if line is None or ledger.holder_of(line) == NOBODY:
            return Bounds(Fraction(0), Fraction(0))
        return ledger.single(line)

    def _sole_owner(self, party: int) -> int | None:
        """Return who holds all of a party, if somebody does."""
        for holding in self.snapshot.held_in(party):
            one = self.snapshot.holdings[holding]
            if one.capital.low == 1 and one.holder != party:
                return one.holder
        return None

    def _caps(self, holder: int) -> Iterable[Trace]:
        for agreement, bound in self.rights.caps(self.issuer, self.decision):
            if holder in bound and agreement.cap is not None:
                together = self.rights.votes.bounds(self.issuer, bound)
                article = Article(agreement.label, "", "agreement between parties")
                bites = together.high > agreement.cap
                text = (
                    f"by agreement at most {say(agreement.cap)} of the exercisable votes on "
                    f"{self.decision} decisions"
                )
                yield Trace(article, "capped" if bites else "cap not reached", text)

    def checks(self) -> Iterable[Caution]:
        """Hold what sources report for the very day against what was computed."""
        for holding in self.snapshot.held_in(self.issuer):
            one = self.snapshot.holdings[holding]
            stated = [*one.checks, *(c for c in one.claims if isinstance(c, Holding))]
            for claim in dict.fromkeys(stated):
                if claim.votes is not None:
                    yield from self._check(holding, claim)

    def _check(self, holding: int, claim: Holding) -> Iterable[Caution]:
        doubted = "votes" in claim.unsourced_fields or claim.sourcing is Sourcing.UNSOURCED
        if claim.votes is None or doubted or self.issuer in self.rights.reported:
            return
        ledger = self.ledgers[0 if claim.votes_basis is VotesBasis.GROSS else 1]
        computed = self._share(ledger, holding)
        if computed.low - _CHECK / 100 <= claim.votes.high and claim.votes.low <= (
            computed.high + _CHECK / 100
        ):
            return
        holder = self.snapshot.parties[self.snapshot.holdings[holding].holder].label
        found = say(computed.low)
        if computed.low != computed.high:
            found += f" to {say(computed.high)}"
        text = (
            f"a source reports {claim.votes} of the {claim.votes_basis} votes, computed are {found}"
        )
        yield Caution("reported-differs", text, (holder, self.snapshot.parties[self.issuer].label))
