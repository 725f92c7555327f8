"""Values as bytes for another process of the same program, and back. For nobody else: bytes from elsewhere can do harm.

A post travels without its text, which pages do not read: they show its Document. Where one asks for it all the same,
`NotHereError` says so, and the page is made where the text is.
"""

from __future__ import annotations

import io
import pickle
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from blognet.actions.states import Ways
from blognet.content.values import Post, post_without_body, reading_of
from blognet.themes.strings import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from blognet.actions.states import Parts, Way
    from blognet.content.values import FrontMatter
    from blognet.kernel.ids import AuthorId, Subject

_PROTOCOL = 5


class NotHereError(Exception):
    """Something is asked for that did not travel."""


def packed(value: object) -> bytes:
    """Write a value as bytes."""
    out = io.BytesIO()
    Packer(out, _PROTOCOL).dump(value)
    return out.getvalue()


def packed_texts(value: object) -> bytes:
    """Write a value as bytes for a process that sees the same files: posts that nobody read are read there."""
    out = io.BytesIO()
    _TextPacker(out, _PROTOCOL).dump(value)
    return out.getvalue()


def unpacked(raw: bytes) -> object:
    """Read what `packed` wrote in this program; the bytes must come from where this process came from."""
    return pickle.loads(raw)  # noqa: S301  # see above


def not_here(_name: object = None) -> NoReturn:
    """Refuse to give what did not travel."""
    raise NotHereError


def _of_mapping(value: Mapping[object, object]) -> Parts:
    return read_only, (dict(value),)


def _of_post(post: Post) -> Parts:
    return bodiless, (post.subject, post.front, post.authors, post.date, post.body_line)


def _of_post_with_text(post: Post) -> Parts:
    """Let a post travel with its text, or with the way to it."""
    known = (post.subject, post.front, post.authors, post.date, post.body_line)
    reading = reading_of(post)
    return (_whole, (*known, post.body)) if reading is None else (_later, (*known, reading))


def _of_words(words: Words) -> Parts:
    return _words, (dict(words.own), dict(words.built_in))


_TRAVEL: Mapping[type, Way] = {MappingProxyType: _of_mapping, Words: _of_words}


class Packer(pickle.Pickler):
    """Writes values that cannot travel as they are, or should not."""

    dispatch_table = Ways({**_TRAVEL, Post: _of_post})


class _TextPacker(Packer):
    dispatch_table = Ways({**_TRAVEL, Post: _of_post_with_text})


def read_only(values: dict[object, object]) -> Mapping[object, object]:
    """Return a mapping that nobody changes."""
    return MappingProxyType(values)


def _words(own: dict[str, str], built_in: dict[str, str]) -> Words:
    return Words(own=own, built_in=built_in)


def bodiless(
    subject: Subject,
    front: FrontMatter,
    authors: tuple[AuthorId, ...],
    date: datetime | None,
    body_line: int,
) -> Post:
    """Return a post whose text did not travel."""
    return _later(subject, front, authors, date, body_line, not_here)


def _later(
    subject: Subject,
    front: FrontMatter,
    authors: tuple[AuthorId, ...],
    date: datetime | None,
    body_line: int,
    read_body: Callable[[], str],
) -> Post:
    return post_without_body(
        subject=subject,
        front=front,
        authors=authors,
        date=date,
        body_line=body_line,
        read_body=read_body,
    )


def _whole(
    subject: Subject,
    front: FrontMatter,
    authors: tuple[AuthorId, ...],
    date: datetime | None,
    body_line: int,
    body: str,
) -> Post:
    return Post(
        subject=subject, front=front, authors=authors, date=date, body=body, body_line=body_line
    )
