"""The page on legal tests, made of the table of regimes and of the laws on voting.

``python -m keiretsu.cli.legal_reference > docs/legal-tests.md`` writes it; a test fails if it is
out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.measures import REGIMES
from keiretsu.measures.legal.regimes import Counting, Subjects
from keiretsu.rights.laws import CONTROLLED, RECIPROCAL
from keiretsu.rights.rules import DE_71D, FR_L225_123, JP_308

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.measures.legal.regimes import Ground, Regime
    from keiretsu.rights import Article

HEAD = """\
# Legal tests

<!-- Made by `python -m keiretsu.cli.legal_reference > docs/legal-tests.md`; do not edit. -->

`keiretsu screen` says which companies a test catches because of the parties on a list, and
`keiretsu beneficial` who stands behind a company. Each verdict names its article, the chain, and
what is unknown. **It is an engineering reading of the law, not legal advice.** What could not be
confirmed in the source says so below, and in every answer as the warning `unconfirmed`; what a
test asks and no holding can tell is the warning `not-seen`.

## How stakes are added up

- **In full.** A party's own stakes count with those of every company that it reaches through
  *links*; what it reaches so counts in full, nothing is multiplied. The companies reached are the
  least set closed under the links, in exact whole numbers: half is never more than half.
- **Multiplied.** Shares are multiplied along each chain and added over all chains, loops solved
  and not cut, in rational numbers. What comes back to the party asked about is not followed again.
- **Ranges.** A verdict is *certain* if it holds in every world that the claims allow, *possible* if
  in some. Ends are those of the set as a whole and belong to it or not, as declared: a register's
  "more than 25 %" is certainly more than 25 %. What nobody is named for makes nobody possible; the
  answer tells how much it is.
- **Own shares** are left out of every whole, and *votes* are those that the law lets holders use.
- **Together or alone.** Some tests add up all parties on a list, others look at each alone. A State
  and the bodies that act for it are one party; so are a concert and the members that act for it.
  `--joint 'X, Y'` tells a joint arrangement: each then has what all of them have.
- **Powers that are no shares** (to appoint the board's majority, a golden share, control by law)
  are told with `--controls 'PARTY>COMPANY'`, or claimed on record (appointment of board, control
  via company rules or articles, control by legal framework, other influence or control), and count
  where a ground says so. A claimed power is *certain* if the claim tells what the law asks (a
  majority of the board, significant influence), else *possible*; the claim is cited as the reason.

A State, a trust, an undisclosed holder or a company whose holders are not recorded is no person: if
it meets a test of beneficial ownership it is listed as `unresolved`, with the reason.

Worked examples, each a test of this project:

| holdings | answer |
|---|---|
| X 50 % of A, A 50 % of B; X is blocked | `ofac`: A and B (FAQ 401) |
| X 50 % of A and 25 % of B, A and B 25 % of C each | `ofac`: A only |
| X 30 %, Y 21 % of A, both listed | `ofac`, `eu-sanctions`: A; `uk-sanctions`: only if joint |
| P 30 % of H1, H1 30 % of H2, H2 30 % of T | `amld`: rolling only; `amlr`: nobody |
| P 60 % of H, H 40 % of T | `amlr`: art. 54(a), not 52 (24 %); `gwg`, `psc`: 40 % |
| P 50 % of H, H 50 % of T | `amlr`: art. 52 (25 %); `gwg`, `psc`: nobody |
| P 51 % of H1 and H2, each 20 % of T | `psc`: 40 %, though the product is 20.4 % |
| Z 25 % of X and Y | `close-links`: X and Y by the guideline only |

## The tests
"""

LAWS = """\
## Laws on voting

A law attaches to the company whose meeting it governs; a company without a recorded country has
none. First what rests on holdings or gross votes, then what depends on control, on what is left,
until it comes to rest. Rules of the second kind can have several consistent outcomes, or none: all
are told (`equilibria` of `keiretsu votes`), and the votes in which they differ are ranges.

| article | country | what it does |
|---|---|---|
"""

_NOTES = """
- **AktG 19, 328** rests on who was told of the mutual holding first, which no holding tells: who
  began to hold later is taken for the later one; where the dates do not tell, either may be
  limited. What is cut stays in the whole. Dependence (71d) goes before it (19(4)). That the later
  one has no vote for the supervisory board of a listed company (328(3)) is not applied.
- **TUF 121**: the limits (2 %, since 18 March 2016 3 %) are told from memory, not confirmed in the
  source; that of smaller companies, and the higher limits by agreement, are not applied. Nothing is
  lost before a listed company is recorded as listed.
- **c.c. 2359-bis** and **BW 2:118(7)** are told from memory, not confirmed in the source. Control
  is a majority of the votes.
- **C. com. L.233-29, L.233-30** (more than 10 % of each other) are not applied.
"""


def page() -> str:
    """Return the page in Markdown."""
    laws = "".join(f"| {a.name} | {a.jurisdiction} | {a.summary} |\n" for a in _articles())
    return f"{HEAD}\n{''.join(map(_regime, REGIMES.values()))}{LAWS}{laws}{_NOTES}"


def _articles() -> Iterator[Article]:
    yield from (FR_L225_123, JP_308, DE_71D)
    yield from (law.article for law in CONTROLLED.values())
    yield from (law.article for law in RECIPROCAL.values())


def _regime(regime: Regime) -> str:
    lines = [f"### `{regime.name}`: {regime.title}", "", f"Law: {regime.law}.", ""]
    if regime.applies_from is not None:
        lines += [f"Applies from {regime.applies_from}; an earlier day is answered and warned.", ""]
    lines += ["| ground | article | asks | counted | links | of |", "|---|---|---|---|---|---|"]
    lines += [_ground(ground) for ground in regime.grounds]
    lines.append("")
    doubts = dict.fromkeys(f"{g.article}: {g.doubt}" for g in regime.grounds if g.doubt)
    lines += [f"- Unconfirmed. {doubt}." for doubt in doubts]
    if regime.unseen:
        lines.append(f"- Not seen. {_sentence(regime.unseen)}")
    if regime.separate:
        lines.append("- Each ground is a reading of its own: `--reading NAME` asks for one alone.")
    if regime.fallback:
        lines.append(f"- {_sentence(regime.fallback)}")
    who = "persons" if regime.subjects is Subjects.PERSONS else "parties of any kind"
    lines.append(f"- `beneficial` looks for {who}.")
    return "\n".join(lines) + "\n\n"


def _ground(ground: Ground) -> str:
    rights = " or ".join(ground.rights) or "powers"
    counted = f"{ground.limit} of the {rights}" if ground.rights else "powers"
    how = [ground.counting.value, "all listed together" if ground.aggregate else "each alone"]
    how += ["powers count"] * ground.appointing
    how += ["significant influence counts"] * ground.influencing
    how += ["not the party's own stake"] * (not ground.own)
    if ground.third is not None:
        how.append(f"or a third party with {ground.third} of both")
    links = ", ".join(f"{link.limit} of {link.right}" for link in ground.links)
    if ground.counting is Counting.PRODUCT:
        links = "any"
    return (
        f"| `{ground.name}` | {ground.article} | {counted} | {'; '.join(how)} | {links} "
        f"| {_whom(ground)} |"
    )


def _whom(ground: Ground) -> str:
    told = [", ".join(sorted(ground.jurisdictions))] if ground.jurisdictions else []
    told += ["listed companies"] * ground.listed
    told += ["holders of other countries"] * ground.foreign
    told += [f"from {ground.since}"] if ground.since else []
    told += [f"until {ground.until}"] if ground.until else []
    return "; ".join(told) or "all"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


if __name__ == "__main__":
    click.echo(page(), nl=False)
