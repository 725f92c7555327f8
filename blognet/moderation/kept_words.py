"""Which words of an event are kept beside it, where a purge can remove them? Answers with the text of its words file.

An event is never changed, so whatever stands in it stays. Words that repeat a text or speak about somebody do not
stand in it: quotes of a note with their context, the words that a suggestion would put there, and the reasons of
waivers lie in the words file, before what was said; `options` of the event name them under ``private``, and `words`
holds the digest of all of the file. Events of before hold them themselves and are read as ever. The format is in
docs/record.md, the reasons in docs/decisions/0013-words-beside-the-event.md.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.moderation.events import Event

PRIVATE = "private"
"""The option that names what is kept in the words file, sorted, a blank between."""
_OPTIONS = frozenset({"after", "before", "quote", "with"})
_WAIVERS = "waivers"
NAMES = _OPTIONS | {_WAIVERS}


def with_kept_words(event: Event, words: str) -> Event:
    """Return an event that names what is kept beside it, with the digest of its words file.

    Args:
        event: As it was decided, with everything in its place and no `words` yet.
        words: What was said with it; "" for nothing.
    """
    names = _OPTIONS & {key for key, value in event.options.items() if value}
    names |= {_WAIVERS} if event.waivers else set()
    options = {**event.options, PRIVATE: " ".join(sorted(names))} if names else event.options
    named = replace(event, options=options)
    text = words_text(named, words)
    return replace(named, words=sha256_hex(text.encode("utf-8")) if text else "")


def words_text(event: Event, words: str) -> str:
    """Return the text of an event's words file, before quoting: what is kept beside it on one line, then the words."""
    values = _values(event)
    if not values:
        return words
    return f"{json.dumps(values, sort_keys=True, ensure_ascii=False)}\n{words}"


def without_kept_words(event: Event) -> Event:
    """Return an event as its own file holds it, and as it is read when its words are gone."""
    names = kept_names(event)
    if not names:
        return event
    options = {key: value for key, value in event.options.items() if key not in names}
    return replace(event, options=options, waivers=() if _WAIVERS in names else event.waivers)


def opened(event: Event, text: str) -> tuple[Event, str] | None:
    """Return an event with everything in its place, and its words; None when the text is not of its words file.

    Args:
        event: As its own file holds it.
        text: Of its words file; `words` of the event is known to be its digest.
    """
    names = kept_names(event)
    if not names:
        return event, text
    head, _, words = text.partition("\n")
    values = _read(head)
    if values is None or values.keys() != names:
        return None
    waivers, options = event.waivers, dict(event.options)
    for key, value in values.items():
        if key == _WAIVERS and isinstance(value, tuple):
            waivers = value
        elif key != _WAIVERS and isinstance(value, str):
            options[key] = value
        else:
            return None
    whole = replace(event, options=options, waivers=waivers)
    return (whole, words) if words_text(whole, words) == text else None


def kept_names(event: Event) -> frozenset[str]:
    """Return the names of what an event keeps in its words file."""
    return frozenset(event.options.get(PRIVATE, "").split())


def is_purged(event: Event) -> bool:
    """Whether what an event kept beside it is not there any more."""
    return bool(kept_names(event)) and without_kept_words(event) == event


def _values(event: Event) -> Mapping[str, str | list[str]]:
    values: dict[str, str | list[str]] = {}
    for name in kept_names(event):
        if name == _WAIVERS:
            values[name] = list(event.waivers)
        elif name in event.options:
            values[name] = event.options[name]
    return values


def _read(head: str) -> Mapping[str, str | tuple[str, ...]] | None:
    try:
        found = json.loads(head)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    values: dict[str, str | tuple[str, ...]] = {}
    for key, value in found.items():
        if isinstance(value, str):
            values[key] = value
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            values[key] = tuple(value)
        else:
            return None
    return values
