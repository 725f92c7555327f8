"""What an import gives, as values: files to write, losses to report, files left out. Knows no foreign format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from datetime import tzinfo

    from blognet.kernel.ids import SourcePath

PERMALINK = "/:year/:slug/"
OLD_PERMALINK = "/:year/:month/:day/:title/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRules:
    """What the importer has to know of the network it imports into, and of the old site.

    Attributes:
        zone: The network's time zone, for times without one and for the year in an address.
        permalink: The network's setting for addresses of posts.
        old_urls: Addresses of the old site without a path, e.g. ``https://blog.example.org``; links that begin with
            one of them are links inside the site. `_config.yml` adds its ``url``.
        old_permalink: Jekyll's pattern of the posts' old addresses. That of `_config.yml` goes before it.
    """

    zone: tzinfo
    permalink: str = PERMALINK
    old_urls: tuple[str, ...] = ()
    old_permalink: str = OLD_PERMALINK


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ImportedFile:
    """One file to write into the network folder.

    Attributes:
        path: Under ``queue/`` or ``authors/``.
        raw: Its bytes.
        source: The path in the foreign tree that it was made from.
    """

    path: SourcePath
    raw: bytes
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LeftOut:
    """A file of the foreign tree that was not brought along, and why: a clause without full stop."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """How many of what; `posts` includes `drafts`."""

    posts: int = 0
    drafts: int = 0
    authors: int = 0
    assets: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The whole result of an import. Nothing was written and nothing is approved.

    Attributes:
        files: Sorted by path; no path occurs twice, in any case of letters.
        problems: Every loss, repair and doubt, by file and line of the foreign tree; sorted.
        left_out: Every file of the tree from which nothing was made; sorted.
        counts: How many posts, authors and assets are in `files`.
    """

    files: tuple[ImportedFile, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    counts: ImportCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A problem whose file is not known yet: the line counts in the file that is being converted."""

    line: int
    code: str
    message: str
    severity: Severity = Severity.WARNING
    hint: str = ""
    key: str = ""

    def at(self, path: str) -> Problem:
        """Return the problem at this remark's line of a file."""
        return Problem(
            location=Location(path=path, line=self.line, key=self.key),
            code=self.code,
            severity=self.severity,
            message=self.message,
            hint=self.hint,
        )
