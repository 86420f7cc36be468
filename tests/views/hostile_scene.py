"""A scene of hostile text, as a stranger may bring it."""

from __future__ import annotations

import pytest

from keiretsu.views import Evidence, Percent, Scene, SceneLink, SceneParty
from keiretsu.views.scene.overlay import Badge, Overlay

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>alert(1)</script>",
    '"\' onmouseover=alert(1) x="',
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}",
    "]]><svg onload=alert(1)>&lt;b&gt;&amp;",
    "a\u2028b\u2029c\x00d\x1be\ud800f\ufffe",
    "gpj.\u202etxt\u202c.exe",
    '=HYPERLINK("https://example.org")',
    "`;alert(1)//\\u003cscript\\u003e",
)


@pytest.fixture(scope="session")
def hostile() -> Scene:
    """Return hostile text in every field that a stranger can fill."""
    parties = tuple(
        SceneParty(
            id=f"{text}{at}",
            kind=text if at % 2 else "Company",
            label=text,
            subtitle=text,
            country=text,
            facts=((text, text),),
        )
        for at, text in enumerate(HOSTILE)
    )
    ids = [party.id for party in parties]
    links = tuple(
        SceneLink(
            id=f"{text}{at}",
            holder=ids[at],
            issuer=ids[(at + 1) % len(ids)],
            kind=text,
            capital=Percent.point(30),
            votes=Percent.point(0),
            reason=text,
            remarks=(text,),
            share_class=text,
            via=text,
            change=text,
            evidence=(_hostile_claim(text),),
            conflicts=(_hostile_claim(text),),
        )
        for at, text in enumerate(HOSTILE)
    )
    return Scene(
        title=HOSTILE[0],
        subtitle=HOSTILE[1],
        as_of=HOSTILE[2],
        parties=parties,
        links=links,
        notes=HOSTILE,
        left_out=HOSTILE[0],
        focus=(ids[0],),
        overlays=tuple(
            Overlay(
                key=f"{text}{at}",
                title=text,
                note=text,
                badges=(Badge(party=ids[at], text=text, words=text, tone="possible"),),
            )
            for at, text in enumerate(HOSTILE)
        ),
    )


def _hostile_claim(text):
    return Evidence(
        claim=text, text=text, title=text, publisher=text, date=text, url=text, sourcing=text,
        status=text, valid=text,
    )  # fmt: skip
