#!/usr/bin/env python3
"""See that a built site is whole: inner links lead somewhere, and nothing is fetched from outside.

python docs/check_site.py FOLDER
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {(tag, "src") for tag in ("script", "img", "iframe", "source")} | {("link", "href")}
LINKS_THAT_FETCH_NOTHING = {"canonical", "next", "prev", "license", "alternate"}


class Page(HTMLParser):
    """Gathers the anchors of a page, where it links to, and what it fetches."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names and points to."""
        named = dict(attrs)
        self.anchors |= {value for key in ("id", "name") if (value := named.get(key))}
        for key in ("href", "src"):
            target = named.get(key)
            if target is None:
                continue
            self.links.append(target)
            if (tag, key) in FETCHED and named.get("rel") not in LINKS_THAT_FETCH_NOTHING:
                self.fetched.append(target)


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the pages of a folder, in lines."""
    pages = {path.resolve(): Page(path) for path in sorted(folder.rglob("*.html"))}
    found = []
    for page in pages.values():
        place = page.path.relative_to(folder)
        found += [f"{place} fetches {url}" for url in page.fetched if urlsplit(url).netloc]
        # The page of a server that finds nothing links from the root of the site.
        if page.path.name != "404.html":
            lost = [link for link in page.links if dead(link, page, pages)]
            found += [f"{place}: {link} leads nowhere" for link in lost]
    return found


def dead(link: str, page: Page, pages: dict[Path, Page]) -> bool:
    """Return whether a link within the site leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = page.path.resolve()
    if parts.path:
        target = (page.path.parent / unquote(parts.path)).resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return True
    anchor = unquote(parts.fragment)
    return bool(anchor) and target in pages and anchor not in pages[target].anchors


def main() -> None:
    """Check the site, or exit with what is wrong."""
    folder = Path(sys.argv[1])
    count = len(list(folder.rglob("*.html")))
    if count < 10:  # noqa: PLR2004 - an empty site has no dead links either
        sys.exit(f"{folder} has only {count} pages")
    if found := faults(folder):
        sys.exit("\n".join(found))
    sys.stdout.write(f"{count} pages, every inner link leads somewhere, nothing is fetched\n")


if __name__ == "__main__":
    main()
