"""A site in a folder and where it is served, as the tests of this folder look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import html5lib

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from blognet.kernel.problems import Problem

# One page of each kind, by the form of its address.
KINDS: Mapping[str, str] = {
    "home": r"index\.html",
    "later page of a list": r"page/\d+/index\.html",
    "post with pictures": r"2026/a-winter-in-the-tower/index\.html",
    "post with boxes, listings and a video": r"2026/limp-line-by-line/index\.html",
    "post of a series": r"2026/hattersbek-on-the-bench/index\.html",
    "post in another language": r"de/\d{4}/[^/]+/index\.html",
    "tombstone": r"2026/what-a-visit-costs/index\.html",
    "year": r"\d{4}/index\.html",
    "archive": r"archive/index\.html",
    "authors": r"authors/index\.html",
    "author": r"authors/[^/]+/index\.html",
    "topics": r"topics/index\.html",
    "topic": r"topics/[^/]+/index\.html",
    "tags": r"tags/index\.html",
    "tag": r"tags/[^/]+/index\.html",
    "team": r"teams/[^/]+/index\.html",
    "series": r"series/[^/]+/index\.html",
    "search": r"search/index\.html",
    "feeds": r"feeds/index\.html",
    "plain page": r"about/index\.html",
    "home in another language": r"de/index\.html",
    "wrong address": r"404\.html",
}


@dataclass(frozen=True)
class BuiltSite:
    """A built site.

    Attributes:
        folder: Where its files are.
        address: Where it is served; ends with ``/``.
        problems: What the build warned about.
    """

    folder: Path
    address: str
    problems: tuple[Problem, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every file, by its path in the folder."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(self.folder).as_posix() for path in files))

    @cached_property
    def trees(self) -> Mapping[str, Element]:
        """Every HTML page as a browser reads it."""
        return {
            name: html5lib.parse((self.folder / name).read_bytes(), namespaceHTMLElements=False)
            for name in self.names
            if name.endswith(".html")
        }

    def page_of(self, kind: str) -> str:
        """Return the first page of a kind."""
        return next(name for name in self.names if re.fullmatch(KINDS[kind], name))

    def url_of(self, name: str) -> str:
        """Return where a file is served."""
        return self.address + quote(name.removesuffix("index.html"))

    def file_at(self, url: str) -> str | None:
        """Return the file that a host gives for an address of this site; None when there is none."""
        path = unquote(urlsplit(url).path)
        start = urlsplit(self.address).path
        name = path.removeprefix(start)
        if name == "" or name.endswith("/"):
            name += "index.html"
        return name if path.startswith(start) and name in self.names else None
