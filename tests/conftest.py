"""What the suites of the core share: a register in which a test writes its claims down."""

import datetime as dt
import gc
import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from httpx import create_ssl_context
from httpx._transports import default as transports
from hypothesis import settings
from hypothesis import strategies as st

from keiretsu.model import (
    Agreement,
    AgreementKind,
    Capital,
    ClaimSet,
    Document,
    Holding,
    PartialDate,
    Party,
    Period,
    Registration,
    Share,
    ShareClass,
)
from keiretsu.snapshot import Snapshot

# In continuous integration the same code has the same verdict; elsewhere each run tries others.
settings.register_profile(
    "house", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("house")

# What the fixtures of a session hold is looked through at each collection, and is never garbage.
gc.set_threshold(20_000, 10, 10)

ROOT = Path(__file__).resolve().parents[1]
_MINUTES = {"demo"}
"""Fixtures that take minutes."""


def pytest_collection_modifyitems(items):
    """Let several processes run a room each, whose data, servers and kernels are then made once.

    Rooms come in the order in which the shuffle has them first, the tests of a room as shuffled;
    but first of all what waits for something that takes minutes: no process then takes some of it
    from another, and makes it again. A process alone runs all of them shuffled.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        rooms = {}
        for item in sorted(items, key=_is_quickly_ready):
            rooms.setdefault(_room_of(item.path), []).append(item)
        items[:] = [item for room in rooms.values() for item in room]


def _is_quickly_ready(item):
    return _MINUTES.isdisjoint(getattr(item, "fixturenames", ()))


def _room_of(path):
    """Return the name of a room, whose tests lie beside its code and in a folder of theirs."""
    first, *others = path.relative_to(ROOT).parts
    return Path(others[1] if first == "graph" else others[0]).stem


DAY = dt.date(2020, 6, 30)


class Register:
    """Collects claims in short words; parties and documents appear when first named."""

    def __init__(self):
        self.parties, self.documents = {}, {}
        self.holdings, self.capitals, self.classes = [], [], []
        self.registrations, self.agreements = [], []
        self.horizon = None
        self._count = 0

    def party(self, name, **facts):
        """Record what is known of a party."""
        self.parties[name] = Party(id=name, label=name, **facts)
        return self

    def document(self, name, date=None):
        """Record a document with its date."""
        parsed = PartialDate.parse(date) if date else None
        self.documents[name] = Document(id=name, title=name, date=parsed)
        return self

    def holds(self, holder, issuer, percent=None, *, votes=None, **fields):
        """Record a holding; percentages are read like those of a table."""
        self._name(holder, issuer, *fields.get("via", ()))
        capital = None if percent is None else Share.from_percent(percent)
        voting = None if votes is None else Share.from_percent(votes)
        common = self._common(fields)
        self.holdings.append(
            Holding(holder=holder, issuer=issuer, capital=capital, votes=voting, **common, **fields)
        )
        return self.holdings[-1]

    def capital(self, issuer, **fields):
        """Record figures of an issuer's capital."""
        self._name(issuer)
        self.capitals.append(Capital(issuer=issuer, **self._common(fields), **fields))
        return self.capitals[-1]

    def share_class(self, issuer, name, **fields):
        """Record a class of shares."""
        self._name(issuer)
        common = self._common(fields, name)
        self.classes.append(ShareClass(issuer=issuer, label=name, **common, **fields))
        return self.classes[-1]

    def registered(self, holder, issuer, shares=None, **fields):
        """Record how many of a holder's shares are registered for multiple votes."""
        self._name(holder, issuer)
        self.registrations.append(
            Registration(
                holder=holder, issuer=issuer, shares=shares, **self._common(fields), **fields
            )
        )
        return self.registrations[-1]

    def agrees(self, label, kind, issuer, bound, **fields):
        """Record an agreement."""
        self._name(issuer, *bound)
        self.agreements.append(
            Agreement(
                label=label,
                kind=AgreementKind(kind),
                issuer=issuer,
                bound=tuple(bound),
                **self._common(fields),
                **fields,
            )
        )
        return self.agreements[-1]

    def claim_set(self):
        """Return everything recorded."""
        return ClaimSet(
            parties=self.parties,
            documents=self.documents,
            holdings=tuple(self.holdings),
            share_classes=tuple(self.classes),
            registrations=tuple(self.registrations),
            capitals=tuple(self.capitals),
            agreements=tuple(self.agreements),
            horizon=self.horizon,
        )

    def on(self, day=DAY, **options):
        """Return the world on a day, given as a date or as text."""
        date = dt.date.fromisoformat(day) if isinstance(day, str) else day
        return Snapshot.of(self.claim_set(), date, **options)

    def _common(self, fields, name=None):
        """Take out of `fields` what every claim has, in short words."""
        self._count += 1
        document = fields.pop("document", "paper")
        self.documents.setdefault(document, Document(id=document, title=document))
        stated = fields.pop("stated", None)
        return {
            "id": name or fields.pop("id", f"claim-{self._count:03d}"),
            "document": document,
            "period": Period.parse(fields.pop("since", None), fields.pop("until", None)),
            "stated_for": PartialDate.parse(stated) if stated else None,
        }

    def _name(self, *names):
        for name in names:
            self.parties.setdefault(name, Party(id=name, label=name))


@pytest.fixture(scope="session")
def register():
    """Return the class of registers: each test opens one of its own."""
    return Register


@pytest.fixture(scope="session")
def tables_of_shares():
    """Return a strategy of cap tables: whole numbers per issuer, by holder, loops and all.

    The values of one issuer are units; the whole is their sum with a remainder (key None). A party
    that holds itself has own shares.
    """

    @st.composite
    def tables(draw, parties="abcdef", unit=100, own_shares=True):
        table = {}
        for issuer in parties:
            others = [p for p in parties if own_shares or p != issuer]
            holders = draw(st.lists(st.sampled_from(others), unique=True, max_size=4))
            left, units = unit, {}
            for holder in holders:
                units[holder] = draw(st.integers(0, left))
                left -= units[holder]
            if holders:
                table[issuer] = {**units, None: left}
        return table

    return tables


# -- clients: certificates are read once, not for each request to a server on loopback  ---


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transports, "create_ssl_context", cache(create_ssl_context))
        yield


# -- the browser: one for a session, since its driver bears no other beside it  ---

_ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _browser_path() -> str:
    found = os.environ.get("CHROME_PATH") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found:
        return found
    reason = "no Chromium: install chromium, or set CHROME_PATH"
    if os.environ.get("CI"):
        pytest.fail(reason)
    return pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """Return an installed Chromium."""
    path = _browser_path()
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield chromium
        chromium.close()
