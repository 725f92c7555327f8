"""Bare addresses in running text, as GitHub Flavored Markdown reads them. Answers: which words are links.

``www.`` with a host, ``http://`` and ``https://``, ``mailto:`` and mail addresses, each behind a blank, ``*``, ``_``,
``~``, ``(`` or the beginning of a line. It refuses to know where the text stands: nobody asks about code or the words
of a link. The rules are those of https://github.github.com/gfm/#autolinks-extension-.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from blognet.markup import allow

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = r"(?<![^\s*_~(])"
_HOST = r"[\w-]{1,63}+(?:\.[\w-]{1,63}+){0,20}+"
_MAIL = r"[A-Za-z0-9.+_-]{1,100}+@(?P<domain>[A-Za-z0-9_-]{1,63}+(?:\.[A-Za-z0-9][A-Za-z0-9_-]{0,62}+){1,20}+)"
_ADDRESS = re.compile(
    rf"{_BEFORE}(?:https?://|www\.(?=[\w-]+\.))(?P<host>{_HOST})[^\s<\0]*+"
    rf"|(?<![^\s*~(])(?:mailto:)?{_MAIL}(?![@_-])"
)
_OPEN_ADDRESS = re.compile(rf"{_BEFORE}(?:https?://|www\.)[^\s<\0]*+\Z")
_ENTITY_AT_END = re.compile(r"&[A-Za-z]+;\Z")
_TRAILING = "?!.,:*_~'\"[]"


class BareLink(NamedTuple):
    """Where in a text an address stands, and what a link to it leads to."""

    start: int
    end: int
    target: str


def may_hold_addresses(text: str) -> bool:
    """Whether a closer look is worth it."""
    return "://" in text or "www." in text or "@" in text


def find_bare_links(text: str) -> Iterator[BareLink]:
    """Yield the bare addresses in a text, in order; a NUL stands where none may go on."""
    at = 0
    while match := _ADDRESS.search(text, at):
        at = match.end()
        found = _bare_link(match)
        if found is not None:
            yield found
            at = found.end


def open_address(text: str) -> int | None:
    """Return where in a text an address begins that may go on behind its end; None when there is none."""
    match = _OPEN_ADDRESS.search(text)
    return match.start() if match else None


def _bare_link(match: re.Match[str]) -> BareLink | None:
    if match["domain"]:
        if match["domain"][-1] in "-_":
            return None
        target = match[0] if match[0].startswith("mailto:") else f"mailto:{match[0]}"
        return BareLink(match.start(), match.end(), target)
    address = _without_trailing(match[0])
    is_long = len(match[0]) > allow.MAX_ADDRESS
    if is_long or any("_" in label for label in match["host"].split(".")[-2:]):
        return None
    target = f"http://{address}" if address.startswith("www.") else address
    return BareLink(match.start(), match.start() + len(address), target)


def _without_trailing(address: str) -> str:
    """Return an address without what at its end belongs to the sentence."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ";":
            entity = _ENTITY_AT_END.search(address, max(0, end - 40), end)
            end = entity.start() if entity else end - 1
        elif last == ")" and surplus > 0:
            end -= 1
            surplus -= 1
        else:
            break
    return address[:end]
