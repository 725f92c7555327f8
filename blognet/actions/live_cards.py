"""What is kept of a live subject between two builds: what its approved text says, without the body.

Like other cards (`blognet.actions.cards`) these are read by the program that wrote them alone.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache, partial
from sys import intern
from typing import TYPE_CHECKING, Any

from blognet.actions.cards import moment_of, said_moment
from blognet.content.values import (
    Author,
    AuthorStatus,
    FrontMatter,
    ProfileLink,
    post_without_body,
)
from blognet.kernel.hashing import AssetEntry, ContentHash, sha256_hex
from blognet.kernel.ids import SitePath
from blognet.site import Correction, LiveAuthor, LivePost, Pick

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.kernel.ids import Subject

_TIMES = ("date", "updated", "publish_at", "expires", "review_by")
_LISTS = ("authors", "tags", "topics", "aliases")
_DEFAULTS = FrontMatter()
_KEYS = tuple(each.name for each in fields(FrontMatter))


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlace:
    """Where the body of an approved text is.

    Attributes:
        content: The hash of the version.
        text: SHA-256 in hex of the text.
        start: The character of the text at which the body begins.
    """

    content: str
    text: str
    start: int


def live_text(live: LivePost | LiveAuthor, *, approval: str, text: str) -> str | None:
    """Return the card of a live subject; None when it cannot be read back from one.

    Args:
        live: As it was read.
        approval: The event that it comes from.
        text: The approved text.
    """
    values = _author(live) if isinstance(live, LiveAuthor) else _post(live, text)
    try:
        said = json.dumps([approval, *values], separators=(",", ":"))
    except (TypeError, ValueError):
        return None  # free data that JSON cannot hold
    body = live.post.body if isinstance(live, LivePost) else ""
    subject = live.subject if isinstance(live, LivePost) else live.author.subject
    with suppress(ValueError):
        if live_on(json.loads(said), subject, lambda _: body) == live:
            return said
    return None


def approval_on(values: list[Any]) -> str:
    """Return the event that a card's version comes from.

    Raises:
        ValueError: It is no card.
    """
    if not values or not isinstance(values[0], str):
        raise ValueError(values)
    return values[0]


def live_on(
    values: list[Any], subject: Subject, read: Callable[[BodyPlace], str]
) -> LivePost | LiveAuthor:
    """Return the live subject on a card; its body is read when somebody asks for it.

    Raises:
        ValueError: It is no such card.
    """
    try:
        if len(values) == _AUTHOR_VALUES:
            return _author_on(values, subject)
        return _post_on(values, subject, read)
    except (TypeError, KeyError) as error:
        raise ValueError(values) from error


def _post(live: LivePost, text: str) -> list[object]:
    post = live.post
    front = {
        key: _said(value)
        for key in _KEYS
        if (value := getattr(post.front, key)) != getattr(_DEFAULTS, key)
    }
    start = len(text) - len(post.body) if text.endswith(post.body) else -1
    return [
        live.hash.hex,
        sha256_hex(text.encode("utf-8")),
        start,
        post.body_line,
        front,
        post.authors,
        _moment(post.date),
        live.url,
        live.authors,
        said_moment(live.date),
        _moment(live.updated),
        [(asset.path, asset.sha256) for asset in live.assets],
        [(said_moment(one.when), one.words) for one in live.corrections],
        [(one.topic, said_moment(one.when)) for one in live.picks],
        _moment(live.since),
    ]


def _post_on(values: list[Any], subject: Subject, read: Callable[[BodyPlace], str]) -> LivePost:
    (
        _, content, text, start, line, front, by, day, url, authors, date, updated, assets, notes, picks, since,
    ) = values  # fmt: skip
    if start < 0:
        raise ValueError(values)
    for key in front.keys() & _SPECIAL:
        front[key] = _moment_again(front[key]) if key in _TIMES else _names(front[key])
    front.setdefault("extra", _NO_EXTRA)
    place = BodyPlace(content=content, text=text, start=start)
    return LivePost(
        subject=subject,
        hash=ContentHash(content),
        post=post_without_body(
            subject=subject,
            front=FrontMatter(**front),
            authors=_names(by),
            date=_moment_again(day) if day else None,
            body_line=line,
            read_body=partial(read, place),
        ),
        url=SitePath(url),
        authors=_names(authors),
        date=_moment_again(date),
        updated=_moment_again(updated) if updated else None,
        assets=_assets(assets),
        corrections=tuple(Correction(when=moment_of(when), words=words) for when, words in notes),
        picks=tuple(Pick(topic=topic, when=moment_of(when)) for topic, when in picks),
        since=moment_of(since) if since else None,
    )


def _author(live: LiveAuthor) -> list[object]:
    author = live.author
    return [
        live.hash.hex,
        author.name,
        author.title,
        author.team,
        author.email,
        [(link.label, link.url) for link in author.links],
        author.status.value,
        author.avatar,
        author.body,
        author.body_line,
        dict(author.extra),
        [(asset.path, asset.sha256) for asset in live.assets],
    ]


_AUTHOR_VALUES = 13
_NO_EXTRA: Mapping[str, object] = {}
"""Of all posts without free data."""


def _names(said: list[Any]) -> tuple[Any, ...]:
    """Return texts of which many posts have the same, each of them once in memory."""
    return _same_names(tuple(map(intern, said)))


@lru_cache(maxsize=4_096)
def _same_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


@lru_cache(maxsize=16)
def _moment_again(said: str) -> datetime:
    """Return a time that is said up to three times of a post, one after the other, once in memory."""
    return moment_of(said)


def _author_on(values: list[Any], subject: Subject) -> LiveAuthor:
    _, content, name, title, team, email, links, status, avatar, body, line, extra, assets = values
    author = Author(
        subject=subject,
        name=name,
        title=title,
        team=team,
        email=email,
        links=tuple(ProfileLink(label=label, url=url) for label, url in links),
        status=AuthorStatus(status),
        avatar=avatar,
        body=body,
        body_line=line,
        extra=extra,
    )
    return LiveAuthor(author=author, hash=ContentHash(content), assets=_assets(assets))


_SPECIAL = frozenset({*_TIMES, *_LISTS})


def _said(value: object) -> object:
    return said_moment(value) if isinstance(value, datetime) else value


def _moment(moment: datetime | None) -> str:
    return said_moment(moment) if moment else ""


def _assets(listed: list[Any]) -> tuple[AssetEntry, ...]:
    return tuple(AssetEntry(path=path, sha256=sha256) for path, sha256 in listed)
