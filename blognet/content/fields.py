"""From YAML nodes to the values that front matter and profiles hold. Knows no keys, only sorts of values.

Each function raises `MisfitError`, which pydantic collects, so that every fault of a file is shown at once.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Annotated
from urllib.parse import urlsplit

from blognet.content import codes
from blognet.kernel.ids import MAX_SLUG, parse_author_id, parse_language, parse_slug
from blognet.kernel.text import slugify
from blognet.kernel.times import parse_time
from blognet.kernel.yamlmodels import Read, ReadInZone
from blognet.kernel.yamltree import shortened
from blognet.kernel.yamlvalues import (
    MisfitError,
    bool_of,
    int_of,
    items_of,
    plain_entries_of,
    text_of,
    whole_items_of,
)

MAX_NAME = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,255}")
_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\<>\"]")


def line_of(value: object) -> str:
    """Return a text on one line, its white space made single blanks."""
    return " ".join(text_of(value).split())


def time_of(value: object, zone: tzinfo) -> datetime | None:
    """Return a time in UTC; `zone` is the network's, of times without one."""
    text = text_of(value)
    if not text:
        return None
    moment = parse_time(text, zone=zone)
    if moment is None:
        message = f"expected a date, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_TIME, hint=_time_hint(text))
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        message = f"the year {moment.year} can't be meant"
        raise MisfitError(message, code=codes.BAD_TIME, hint="write it as 2026-11-22")
    return moment


def author_of(value: object) -> str:
    """Return an author's id."""
    text = text_of(value).removeprefix("@")
    if parse_author_id(text) is None:
        guess = slugify(text)
        example = f", perhaps {guess}" if guess and parse_author_id(guess) else ""
        message = f"expected an author's id, found '{shortened(text)}'"
        hint = f"write the name of the profile's file without .md{example}"
        raise MisfitError(message, code=codes.BAD_AUTHOR_ID, hint=hint)
    return text


def name_of(value: object) -> str:
    """Return the name of a tag, topic or series: short, with something that can stand in an address."""
    text = line_of(value).removeprefix("#").strip()
    if not text:
        return ""
    if not slugify(text) or len(text) > MAX_NAME:
        message = f"'{shortened(text)}' can't have a page of its own"
        hint = f"use a name with letters or digits, of at most {MAX_NAME} characters"
        raise MisfitError(message, code=codes.NO_LETTERS, hint=hint)
    return text


def slug_of(value: object) -> str:
    """Return a slug that is already in its form."""
    text = text_of(value)
    if text and parse_slug(text) is None:
        good = slugify(text)
        message = f"'{shortened(text)}' can't be a slug: lower-case words joined by hyphens, {MAX_SLUG} at most"
        hint = f"write slug: {good}" if good else "write slug: a-short-name"
        raise MisfitError(message, code=codes.BAD_SLUG, hint=hint)
    return text


def language_of(value: object) -> str:
    """Return a language tag in its usual case: `pt_br` is `pt-BR`."""
    text = text_of(value)
    if not text:
        return ""
    first, *rest = text.replace("_", "-").split("-")
    tag = "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])  # noqa: PLR2004
    if parse_language(tag) is None:
        message = f"expected a language tag, found '{shortened(text)}'"
        raise MisfitError(
            message, code=codes.BAD_LANGUAGE, hint="write a tag such as en, de or pt-BR"
        )
    return tag


def alias_of(value: object) -> str:
    """Return an old path of this site, with a slash in front. Of a whole URL the path is taken."""
    text = text_of(value)
    if not text:
        return ""
    parts = _split(text)
    path = "/" + parts[2].lstrip("/")
    wrong = parts[0] not in {"", "http", "https"} or parts[3] or ".." in path.split("/")
    if wrong or path == "/":
        message = f"expected a path on this site, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_ADDRESS, hint="write it as /old/path/")
    return path


def url_of(value: object) -> str:
    """Return an absolute http or https URL."""
    text = text_of(value)
    if text:
        scheme, host, _, _ = _split(text)
        if scheme not in {"http", "https"} or not host:
            message = f"expected a whole URL, found '{shortened(text)}'"
            raise MisfitError(message, code=codes.BAD_ADDRESS, hint="begin it with https://")
    return text


def image_of(value: object) -> str:
    """Return the address of an image: in the bundle, on this site, or a URL."""
    text = text_of(value)
    if text:
        scheme, host, path, _ = _split(text.replace(" ", "%20"))
        wrong = scheme not in {"", "http", "https"} or (scheme and not host) or not path
        if wrong or ".." in path.split("/"):
            message = f"expected an image's file name or address, found '{shortened(text)}'"
            hint = "write the name of a file in the post's folder"
            raise MisfitError(message, code=codes.BAD_ADDRESS, hint=hint)
    return text.removeprefix("./")


def email_of(value: object) -> str:
    """Return an email address."""
    text = text_of(value).removeprefix("mailto:")
    if text and not _EMAIL.fullmatch(text):
        message = f"expected an email address, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_EMAIL, hint="write it as ann@example.org")
    return text


def _split(text: str) -> tuple[str, str, str, bool]:
    """Return scheme, host, path, and whether a query or fragment follows."""
    if _UNSAFE_IN_ADDRESS.search(text) is None:
        try:
            parts = urlsplit(text)
        except ValueError:
            pass
        else:
            return (
                parts.scheme.lower(),
                parts.netloc,
                parts.path,
                bool(parts.query or parts.fragment),
            )
    message = f"'{shortened(text)}' holds characters that no address may hold"
    hint = "write blanks as %20, and no quotes, angle brackets or backslashes"
    raise MisfitError(message, code=codes.BAD_ADDRESS, hint=hint)


def _time_hint(text: str) -> str:
    example = "write it as 2026-11-22 or 2026-11-22 09:30"
    if match := re.match(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text):
        return f"{example}; day and month of {match[0]} could be either"
    if match := re.match(r"(\d{4}-\d{1,2}-\d{1,2})\s*\(", text):
        return f"write {match[1]} alone"
    return example


def distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    """Drop empty texts and repetitions, keeping the order."""
    return tuple(dict.fromkeys(value for value in values if value))


Text = Annotated[str, Read(text_of)]
Line = Annotated[str, Read(line_of)]
Time = Annotated[datetime | None, ReadInZone(time_of)]
Flag = Annotated[bool, Read(bool_of)]
Number = Annotated[int | None, Read(int_of)]
Name = Annotated[str, Read(name_of)]
Address = Annotated[str, Read(url_of)]
ImageAddress = Annotated[str, Read(image_of)]
SlugText = Annotated[str, Read(slug_of)]
LanguageTag = Annotated[str, Read(language_of)]
Email = Annotated[str, Read(email_of)]
Extra = Annotated[dict[str, object], Read(plain_entries_of)]
Names = Annotated[tuple[Name, ...], Read(items_of)]
AuthorIds = Annotated[tuple[Annotated[str, Read(author_of)], ...], Read(items_of)]
Aliases = Annotated[tuple[Annotated[str, Read(alias_of)], ...], Read(whole_items_of)]
