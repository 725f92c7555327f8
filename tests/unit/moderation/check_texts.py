"""Texts to let the checks look at, under any settings and among any other posts."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blognet.config import read_config
from blognet.content.library import read_library
from blognet.content.values import FoundFile, Proposal, ReadingRules
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SitePath, SourcePath, Subject
from blognet.markup import MarkupOptions, render_markdown
from blognet.moderation.checks import (
    Neighbour,
    Outside,
    SiteFacts,
    findings_of,
    indexed,
    source_of,
)

if TYPE_CHECKING:
    from blognet.config import Checks
    from blognet.moderation.findings import Finding

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = ReadingRules(main_language="en", languages=("en", "de"), zone=UTC)
HEAD = "---\ntitle: Our trip\nauthors: [ben]\n---\n\n"
LEAST = "id: net\ntitle: T\nurl: https://blog.example.org\nmayors: [ann]\n"
_ALPHABET = string.ascii_letters + string.digits


def settings(text: str = "") -> Checks:
    """Return the settings of the checks, from the lines below ``checks:``."""
    lines = "".join(f"  {line}\n" for line in text.strip("\n").split("\n")) if text else ""
    return read_config(f"{LEAST}checks:\n{lines}" if lines else LEAST).checks


def proposal_of(
    text: str, *, path: str = "queue/our-trip.md", assets: tuple[str, ...] = ()
) -> Proposal:
    """Return one text as the network folder would hold it."""
    raw = text.encode()
    files = [
        FoundFile(path=SourcePath(path), raw=raw, sha256=sha256_hex(raw), size=len(raw)),
        *(
            FoundFile(path=SourcePath(name), raw=None, sha256=sha256_hex(b"x"), size=1)
            for name in assets
        ),
    ]
    authors = frozenset({AuthorId("ann"), AuthorId("ben")})
    return read_library(tuple(files), rules=RULES, known_authors=authors).proposals[0]


def facts(**others: str) -> SiteFacts:
    """Return facts about other posts: each is an id (``_`` for ``-``) and its state, ``live`` or another."""
    neighbours = {
        Subject(kind=Kind.POST, id=name.replace("_", "-")): Neighbour(
            url=SitePath(f"/2026/{name.replace('_', '-')}/"),
            title=name.replace("_", " ").capitalize(),
            is_live=state == "live",
            state=state,
        )
        for name, state in {"our_trip": "waiting", **others}.items()
    }
    by_url, by_title = indexed(neighbours)
    return SiteFacts(
        now=NOW,
        zone=UTC,
        languages=("en", "de"),
        url="https://blog.example.org",
        authors=frozenset({AuthorId("ann"), AuthorId("ben")}),
        neighbours=neighbours,
        by_url=by_url,
        by_title=by_title,
    )


def look(
    text: str,
    checks: str = "",
    *,
    among: SiteFacts | None = None,
    outside: Outside | None = None,
    path: str = "queue/our-trip.md",
    assets: tuple[str, ...] = (),
    hosts: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Let all checks look at a text."""
    source = source_of(proposal_of(text, path=path, assets=assets))
    assert source is not None
    known = replace(among or facts(), media_hosts=frozenset(hosts))
    options = MarkupOptions(
        path=source.path,
        first_line=source.body_line,
        media_hosts=known.media_hosts,
        math=True,
        diagrams=True,
    )
    document = render_markdown(source.body, options=options)
    return findings_of(source, document, settings(checks), known, outside)


def found(
    check: str, text: str, checks: str = "", **more: object
) -> tuple[tuple[int, int, str], ...]:
    """Return line, column and words underlined of each finding of one check."""
    findings = look(text, checks, **more)  # type: ignore[arg-type]  # handed through
    return tuple(
        (one.location.line, one.location.column, words_at(text, one))
        for one in findings
        if one.check == check
    )


def words_at(text: str, finding: Finding) -> str:
    """Return the words of a source that a finding underlines."""
    where = finding.location
    if not where.line or not where.column:
        return ""
    line = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")[where.line - 1]
    return line[where.column - 1 : where.column - 1 + where.width]


def chance(length: int, *, seed: int, alphabet: str = _ALPHABET) -> str:
    """Return letters and digits that look drawn by chance, the same for the same seed."""
    drawn = random.Random(seed)  # noqa: S311  # a made-up token
    return "".join(drawn.choice(alphabet) for _ in range(length))
