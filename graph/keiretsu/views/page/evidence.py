"""What a page says of a claim: its document, and how far it can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.views.page.sparql import is_iri

if TYPE_CHECKING:
    from keiretsu.views.scene.evidence import Evidence


def evidence_told(evidence: Evidence) -> dict[str, Any]:
    """Return a claim and its document, as the panel of a page tells them."""
    return {
        "claim": evidence.claim,
        "iri": is_iri(evidence.claim),
        "text": evidence.text,
        "title": evidence.title,
        "publisher": evidence.publisher,
        "date": evidence.date,
        "about": about(evidence),
        "valid": evidence.valid,
        "sourcing": evidence.sourcing,
        "status": evidence.status,
        "words": trust_words(evidence),
        "link": evidence.link,
        "url": None if evidence.link else evidence.url,
    }


def about(evidence: Evidence) -> str:
    """Return publisher and date of a document in one line."""
    return ", ".join(part for part in (evidence.publisher, evidence.date) if part)


def trust_words(evidence: Evidence) -> list[str]:
    """Return in words how far a claim can be trusted: its sourcing, and any doubt on it."""
    words = [evidence.sourcing.replace("-", " ")]
    return [*words, evidence.status] if evidence.status != "accepted" else words
