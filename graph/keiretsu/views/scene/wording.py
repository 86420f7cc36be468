"""What is written on boxes and lines: the same words in the picture, the panel and the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from keiretsu.model import PartyKind
from keiretsu.views.drawing.textsize import wrapped
from keiretsu.views.scene.model import ACTS_FOR, FLOAT, OFFICE, STACK, STACKED, TIES

if TYPE_CHECKING:
    from keiretsu.views.scene.model import Scene, SceneLink
    from keiretsu.views.scene.percent import Percent

BOTH, CAPITAL, VOTES = METRICS = ("both", "capital", "votes")
"""What the lines of a page can show."""

NO_VOTES = "no votes"
LABEL_SIZE = 12.5
"""Font size of what is written on a line, in pixels."""
_OFFICE_ROOM, _OFFICE_LINES = 110.0, 3
_ARTICLE_ROOM, _ARTICLE_LINES = 150.0, 3
"""Room of an article on a label; what is longer still is whole in the panel and in the table."""

KIND_WORDS = {
    PartyKind.PARTY: "Party (kind not known)",
    PartyKind.PERSON: "Person",
    PartyKind.ORGANISATION: "Organisation",
    PartyKind.COMPANY: "Company",
    PartyKind.FUND: "Fund",
    PartyKind.ARRANGEMENT: "Trust or arrangement",
    PartyKind.GOVERNMENT_BODY: "Government body",
    PartyKind.STATE: "State",
    PartyKind.SUBNATIONAL_STATE: "Subnational state",
    PartyKind.MINISTRY: "Ministry",
    PartyKind.AGENCY: "State agency",
    PartyKind.CONCERT: "Acting in concert",
    PartyKind.ALLIANCE: "Alliance",
    PartyKind.NEWS_ORGANISATION: "News organisation",
    PartyKind.UNKNOWN_PARTY: "Undisclosed party",
    FLOAT: "Dispersed holders",
    STACK: "Several, shown as one",
}
_RIGHTS_WORDS = {"gross-votes": "gross votes", "agreed-votes": "agreed votes"}


class Line(NamedTuple):
    """A line of a label, and the name of its colour."""

    text: str
    colour: str


def kind_word(kind: str) -> str:
    """Return a kind of party in words; one that is not known is a party."""
    return KIND_WORDS.get(kind, KIND_WORDS[PartyKind.PARTY])


def votes_word(rights: str) -> str:
    """Return what the votes of a scene about `rights` are called."""
    return _RIGHTS_WORDS.get(rights, "votes")


def votes_text(votes: Percent | None) -> str:
    """Return a share of the votes in words; none at all is ``no votes``."""
    if votes is None:
        return ""
    return NO_VOTES if votes.is_zero else str(votes)


def is_without_votes(link: SceneLink, rights: str) -> bool:
    """Return whether a holding carries capital, or may, and certainly no votes."""
    votes = link.votes_of(rights)
    owns = link.capital is None or not link.capital.is_zero
    return votes is not None and votes.is_zero and owns


def may_lack_votes(link: SceneLink, rights: str) -> bool:
    """Return whether a holding that surely carries capital may carry no votes."""
    votes, capital = link.votes_of(rights), link.capital
    return bool(votes is not None and votes.low == 0 and capital is not None and capital.low)


def article(link: SceneLink) -> str:
    """Return the article that a link's reason begins with."""
    return (link.reason or "").partition(":")[0].strip()


def told_reason(link: SceneLink) -> tuple[str, tuple[str, ...]]:
    """Return why a link's votes differ, as fully as it is told, and what else is remarked.

    The remark that tells an article in full stands for the short reason with the same article, so
    that nothing is said twice.

    Examples
    --------
    >>> from keiretsu.views.scene.model import SceneLink
    >>> remarks = "Art. 2: two votes a share", "Art. 1: suspended: B controls A"
    >>> told_reason(
    ...     SceneLink(id="1", holder="a", issuer="b", reason="Art. 1: no votes", remarks=remarks)
    ... )
    ('Art. 1: suspended: B controls A', ('Art. 2: two votes a share',))
    """
    if not link.reason:
        return "", link.remarks
    fully = [one for one in link.remarks if one.startswith(f"{article(link)}:")]
    told = fully[-1] if fully else link.reason
    return told, tuple(one for one in link.remarks if one != told)


def marks_of_doubt(link: SceneLink) -> tuple[str, ...]:
    """Return the words that a line must carry beside its numbers."""
    words = (
        (link.supposition, bool(link.supposition)),
        ("indirect", link.indirect),
        ("doubtful", link.doubtful),
    )
    return tuple(word for word, holds in words if holds)


def label(link: SceneLink, rights: str, metric: str) -> tuple[Line, ...]:
    """Return the lines of a link's label under a metric.

    Examples
    --------
    >>> from keiretsu.views.scene.percent import Percent
    >>> from keiretsu.views.scene.model import SceneLink
    >>> half = Percent.point(15)
    >>> link = SceneLink(id="1", holder="a", issuer="b", capital=half, votes=Percent.point(0))
    >>> [line.text for line in label(link, "votes", "both")]
    ['15 % capital', 'no votes']
    """
    if link.kind in TIES:
        return _label_of_tie(link)
    capital, votes = link.capital, link.votes_of(rights)
    if link.kind == STACKED and capital is None and votes is None:
        lines = []
    elif metric == CAPITAL:
        lines = [_share(capital, "", "capital")] if capital else []
    elif metric == VOTES:
        lines = [_votes(votes, "")] if votes else []
    elif capital is not None and capital == votes:
        lines = [_share(capital, "", "ink")]
    else:
        lines = [_share(capital, " capital", "capital")] if capital else []
        lines += [_votes(votes, f" {votes_word(rights)}")] if votes else []
    if link.each is not None and (link.capital is None or not link.each.is_point):
        lines.append(Line(f"each {link.each}", "muted"))
    lines = lines or [Line("not told", "muted")]
    silent = is_without_votes(link, rights) or may_lack_votes(link, rights)
    if metric != CAPITAL and silent:
        told = wrapped(article(link), LABEL_SIZE, _ARTICLE_ROOM, lines=_ARTICLE_LINES)
        lines += [Line(words, "muted") for words in told]
    beside = ((link.share_class, "muted"), (link.via, "muted"), (link.change, "ink"))
    lines += [Line(words, colour) for words, colour in beside if words]
    return (*lines, *(Line(word, "muted") for word in marks_of_doubt(link)))


def _label_of_tie(link: SceneLink) -> tuple[Line, ...]:
    if link.in_box:
        return ()
    words = link.office if link.kind == OFFICE else "acts for"
    told = wrapped(words, LABEL_SIZE, _OFFICE_ROOM, lines=_OFFICE_LINES) or ("office",)
    return tuple(Line(line, "muted") for line in told)


def _share(share: Percent, suffix: str, colour: str) -> Line:
    return Line(f"{share}{suffix}", colour)


def _votes(votes: Percent, suffix: str) -> Line:
    return Line(NO_VOTES if votes.is_zero else f"{votes}{suffix}", "votes")


def sentence(scene: Scene, link: SceneLink) -> str:
    """Return a link as a sentence, for those who hear the picture.

    Examples
    --------
    >>> from keiretsu.views.scene.percent import Percent
    >>> from keiretsu.views.scene.model import Scene, SceneLink, SceneParty
    >>> parties = SceneParty(id="r", label="Renault"), SceneParty(id="n", label="Nissan")
    >>> link = SceneLink(id="1", holder="r", issuer="n", capital=Percent.point("43.4"))
    >>> sentence(Scene(title="", as_of="2019-09-03", parties=parties, links=(link,)), link)
    'Renault holds 43.4 % of the capital of Nissan.'
    """
    holder, issuer = scene.party(link.holder).label, scene.party(link.issuer).label
    if link.kind == ACTS_FOR:
        return ended(f"{issuer} acts for {holder}")
    if link.kind == OFFICE:
        return ended(f"{holder}: {link.office}, {issuer}")
    votes, parts = link.votes_of(scene.rights), []
    if link.capital is not None:
        parts.append(f"{_amount(link.capital)} of the capital")
    if votes is not None:
        parts.append(
            NO_VOTES if votes.is_zero else f"{_amount(votes)} of the {votes_word(scene.rights)}"
        )
    what = " and ".join(parts) or "a share that is not told"
    what += f", in {link.share_class} shares" if link.share_class else ""
    why = f" ({link.reason})" if link.reason else ""
    doubt = "".join(f", {word}" for word in marks_of_doubt(link))
    change = f" [{link.change}]" if link.change else ""
    verb = "would hold" if link.supposition else "holds"
    return ended(f"{holder} {verb} {what} of {issuer}{why}{doubt}{change}")


def ended(words: str) -> str:
    """Return words as a sentence; names may end with a full stop of their own.

    Examples
    --------
    >>> ended("Renault holds 50 % of the capital of Renault-Nissan B.V.")
    'Renault holds 50 % of the capital of Renault-Nissan B.V.'
    """
    return words if words.endswith(".") else f"{words}."


def _amount(share: Percent) -> str:
    return "an unknown part" if share.is_unknown else str(share)
