"""What a check may know of the rest of the network. Values only; who reads the network fills them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from blognet.kernel.ids import AuthorId, SitePath, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another subject, as links and titles see it.

    Attributes:
        url: Where it lives or would live; "" for profiles.
        title: As it lies on disk, else as approved.
        is_live: Whether readers can open it now.
        state: In a word, for messages: ``live``, ``waiting``, ``scheduled``, ``retracted``, ``expired``.
        aliases: Old addresses that lead to it.
        files: Paths of the files in its bundle.
    """

    url: SitePath
    title: str
    is_live: bool
    state: str
    aliases: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a check may know of the rest of the network.

    Attributes:
        now: Aware time.
        zone: The network's time zone.
        language: Tag of the main language.
        languages: All configured tags.
        url: Where the site is published.
        media_hosts: Hosts whose images readers may get.
        parser: Who reads Markdown, by name.
        math: Whether dollars enclose formulas.
        diagrams: Whether fences of the language ``dot`` are drawn.
        authors: Everyone with a profile.
        neighbours: Every subject on disk or in the record, the examined one included.
        by_url: Subjects by address, aliases included.
        by_title: Posts and pages by `title_key` of their titles.
    """

    now: datetime
    zone: tzinfo
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    url: str = ""
    media_hosts: frozenset[str] = frozenset()
    parser: str = "markdown-it"
    math: bool = False
    diagrams: bool = False
    authors: frozenset[AuthorId] = frozenset()
    neighbours: Mapping[Subject, Neighbour] = field(default_factory=dict)
    by_url: Mapping[str, Subject] = field(default_factory=dict)
    by_title: Mapping[str, tuple[Subject, ...]] = field(default_factory=dict)


def title_key(title: str) -> str:
    """Return what two titles have in common that readers take for the same."""
    return " ".join(title.casefold().split())


def indexed(
    neighbours: Mapping[Subject, Neighbour],
) -> tuple[dict[str, Subject], dict[str, tuple[Subject, ...]]]:
    """Return `by_url` and `by_title` of these subjects."""
    by_url: dict[str, Subject] = {}
    by_title: dict[str, tuple[Subject, ...]] = {}
    for subject, one in neighbours.items():
        for address in one.aliases:
            by_url.setdefault(with_slash(address), subject)
        if one.url and one.title:
            key = title_key(one.title)
            by_title[key] = (*by_title.get(key, ()), subject)
    # An address of its own goes before an old one of another's.
    by_url |= {with_slash(one.url): subject for subject, one in neighbours.items() if one.url}
    return by_url, by_title


def with_slash(address: str) -> str:
    """Return an address as `by_url` names it."""
    return address.rstrip("/") + "/"
