"""What is said, and where: a claim with its document, behind a line of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from keiretsu.views.scene.characters import clean_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A claim, and the document that makes it.

    Parameters
    ----------
    claim
        IRI of the claim.
    text
        What it says, in words, such as ``43.4 % of the capital``.
    title, publisher, date, url
        Of the document; a `url` that is not http or https is shown as text.
    sourcing, status
        Notations of the model's `Sourcing` and `Status`.
    valid
        When it is said to be so, in words.
    """

    claim: str
    title: str
    text: str = ""
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    sourcing: str = "sourced"
    status: str = "accepted"
    valid: str = ""

    def __post_init__(self) -> None:
        clean_texts(self)

    @property
    def link(self) -> str | None:
        """The address if a reader can safely follow it, else None.

        Examples
        --------
        >>> Evidence(claim="c", title="t", url="javascript:alert(1)").link is None
        True
        >>> Evidence(claim="c", title="t", url="https://example.org/a").link
        'https://example.org/a'
        """
        if self.url is None or " " in self.url:
            return None
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return None
        return self.url if parts.scheme in ("http", "https") and parts.netloc else None
