"""Updates over HTTP: who may, how one is tried and checked, and when readers see it."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError, QueryRefusedError
from keiretsu.ownership_graph.document import envelope
from keiretsu.ownership_graph.materializing import stale
from keiretsu.ownership_graph.update_log import UnwrittenError
from keiretsu.ownership_graph.updating import ChangedError
from keiretsu.service.faults import RequestFaultError
from keiretsu.service.served import Edition
from keiretsu.store.query.guarded_limits import Limits

if TYPE_CHECKING:
    from keiretsu.ownership_graph.updating import Target
    from keiretsu.service.served import Served
    from keiretsu.service.settings import Settings
    from keiretsu.service.sparql_request import UpdateRequest
    from keiretsu.store.query.guarded_reply import Change

LEAST_TOKEN = 16
"""Characters that a token has at least."""


@dataclass(frozen=True, slots=True)
class Writable:
    """Where updates are kept, and who may send them.

    Parameters
    ----------
    target
        Where; its data are those that are served.
    digest
        SHA-256 of the token, which itself is not kept.
    """

    target: Target
    digest: bytes = field(repr=False)

    @classmethod
    def by(cls, target: Target, token: str) -> Writable:
        """Return it for a token.

        Raises
        ------
        InputError
            If the token is short, or holds what no header can.
        """
        if len(token) < LEAST_TOKEN or not (token.isascii() and token.isprintable()):
            problem = (
                f"the token has fewer than {LEAST_TOKEN} characters, or some that are not ASCII"
            )
            mend = "make one with: python -c 'import secrets; print(secrets.token_urlsafe())'"
            raise InputError(problem, mend=mend)
        if " " in token:
            raise InputError("the token has a space in it", mend="leave out spaces")
        return cls(target, _digest(token))

    def check(self, authorization: str) -> None:
        """Refuse whoever has not the token.

        Parameters
        ----------
        authorization
            The header ``Authorization``; empty if there was none.

        Raises
        ------
        RequestFaultError
            401 if it is not the token; how long the comparison takes tells nothing of it.
        """
        scheme, _, given = authorization.partition(" ")
        right = hmac.compare_digest(_digest(given.strip()), self.digest)
        if scheme.lower() == "bearer" and right:
            return
        told = ', error="invalid_token"' if authorization else ""
        raise RequestFaultError(
            HTTPStatus.UNAUTHORIZED,
            "updates need the token of this server",
            "send it as 'Authorization: Bearer TOKEN'",
            {"WWW-Authenticate": f'Bearer realm="keiretsu"{told}'},
        )


class Updates:
    """Carries out updates, one after the other.

    Parameters
    ----------
    data
        The data as they are now; replaced when an update is kept.
    settings
        What is allowed.
    target
        Where updates are kept.
    """

    def __init__(self, data: Served, settings: Settings, target: Target) -> None:
        self._data, self._settings, self._target = data, settings, target

    def carry_out(self, asked: UpdateRequest) -> dict[str, Any]:
        """Try an update on a copy, check what comes of it, keep it, and say what changed.

        Raises
        ------
        RequestFaultError
            400 if it is no update or cannot be done, 403 if it may not be, 409 if somebody else
            has changed the data, 422 if what comes of it is no sound data, 507 if it cannot be
            written; the data are then as they were.
        DeadlineError
            If it takes too long.
        """
        change = self._change(asked)
        if not change.lines:
            return self._document(0, 0)
        asked_of = {"lines": change.lines, "name": self._target.name, "syntax": self._target.syntax}
        workers, timeout = self._data.now.workers, self._settings.measure_timeout
        data, told = workers.run("updated", asked_of, timeout)
        outcome = json.loads(told)
        if outcome["errors"]:
            first, number = outcome["errors"][0], len(outcome["errors"])
            others = f" (and {number - 1} more)" if number > 1 else ""
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            raise RequestFaultError(
                status, first["message"] + others, "nothing was changed", place=first["place"]
            )
        patch = outcome["patch"]
        try:
            graph = self._target.commit(data, patch)
        except QueryRefusedError as error:
            raise RequestFaultError(HTTPStatus.FORBIDDEN, error.problem, error.mend) from None
        except (ChangedError, UnwrittenError) as error:
            status = HTTPStatus.CONFLICT
            if isinstance(error, UnwrittenError):
                status = HTTPStatus.INSUFFICIENT_STORAGE
            raise RequestFaultError(status, error.problem, error.mend, place=error.place) from None
        self._data.now = Edition(graph, self._data.now)
        added = sum(line.startswith("A ") for line in patch)
        return self._document(added, len(patch) - added)

    def _change(self, asked: UpdateRequest) -> Change:
        settings = self._settings
        try:
            return self._data.now.graph.store.change_guarded(
                asked.text,
                settings.timeout,
                limits=Limits(rows=settings.changes),
                require_isolation=settings.require_isolation,
                using=asked.using,
                using_named=asked.using_named,
            )
        except QueryRefusedError as error:
            raise RequestFaultError(HTTPStatus.FORBIDDEN, error.problem, error.mend) from None
        except InputError as error:
            status = HTTPStatus.BAD_REQUEST
            raise RequestFaultError(status, error.problem, error.mend, place=error.place) from None

    def _document(self, added: int, removed: int) -> dict[str, Any]:
        graph = self._data.now.graph
        cautions = sorted({*graph.cautions, *stale(graph)})
        fields = {"added": added, "removed": removed}
        return envelope("update", fields, dataset=graph.claims.fingerprint, cautions=cautions)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
