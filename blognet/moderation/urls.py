"""Where a subject lives on the site. Answers once, at the first approval; afterwards the record's answer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind, SitePath

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from blognet.kernel.ids import Subject

RESERVED = frozenset(
    {
        "page",
        "authors",
        "topics",
        "tags",
        "teams",
        "series",
        "archive",
        "feeds",
        "search",
        "static",
        "404",
    }
)
"""First parts of addresses that are ours; no page may take them."""


def address_of(subject: Subject, *, date: datetime, permalink: str, zone: tzinfo) -> SitePath:
    """Return the address of a post or page; profiles have none of their own ("").

    Args:
        subject: What; its language becomes a prefix.
        date: Aware; its year, month and day in `zone` are what the permalink shows.
        permalink: The network's setting, e.g. ``/:year/:slug/``.
        zone: The network's time zone.
    """
    prefix = f"/{subject.language}" if subject.language else ""
    if subject.kind is Kind.PROFILE:
        return SitePath("")
    if subject.kind is Kind.PAGE:
        return SitePath(f"{prefix}/{subject.id}/")
    local = date.astimezone(zone)
    path = permalink
    for token, value in (
        (":year", f"{local.year:04d}"),
        (":month", f"{local.month:02d}"),
        (":day", f"{local.day:02d}"),
        (":slug", subject.id),
    ):
        path = path.replace(token, value)
    return SitePath(prefix + path)


def is_reserved(path: SitePath, *, languages: tuple[str, ...]) -> bool:
    """Whether an address would stand where the site's own lists stand."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in languages:
        parts = parts[1:]
    if not parts:
        return True
    is_year = len(parts) == 1 and len(parts[0]) == len("2026") and parts[0].isdigit()
    return parts[0] in RESERVED or is_year
