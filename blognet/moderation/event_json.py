"""The file format of an event. Answers: which bytes is this event, and what do these bytes say?

An event is a JSON object in UTF-8, keys sorted, one key a line, ending in a line feed; docs/record.md describes every
key. Its id is the SHA-256 of its bytes, and its file name ends in the first eight digits of that. Keys that this
version does not know survive reading and writing; a newer format version is refused. Only bytes that this module would
write again are accepted, so that an event has exactly one form.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from blognet.kernel.hashing import AssetEntry, PathFacts, parse_content_hash, sha256_hex
from blognet.kernel.ids import (
    AuthorId,
    EventId,
    Kind,
    SitePath,
    Subject,
    parse_author_id,
    parse_subject,
)
from blognet.kernel.times import compact, iso, parse_iso
from blognet.moderation.events import Event, Facts, Seen, Verb
from blognet.moderation.kept_words import NAMES, PRIVATE, without_kept_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from blognet.kernel.hashing import ContentHash

FORMAT = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEYS = frozenset(
    (
        "actor assets content facts findings format id kind language network options path_facts prev seen stage"
        " time verb waivers words"
    ).split()
)
_Member = TypeVar("_Member", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """Why bytes are not an event of this version.

    Attributes:
        reason: What was found and what was expected.
        newer: The format version, when only that is newer than this program; else 0. A format comes with the major
            version of blognet that has its number.
    """

    reason: str
    newer: int = 0


def event_to_bytes(event: Event) -> bytes:
    """Return the one form of an event as its file holds it."""
    text = json.dumps(event_to_dict(event), sort_keys=True, ensure_ascii=False, indent=1)
    return text.encode("utf-8") + b"\n"


def event_id(raw: bytes) -> EventId:
    """Return the id of an event from its bytes."""
    return EventId(sha256_hex(raw))


def event_stem(event: Event, raw: bytes) -> str:
    """Return the file name without its ending: ``20261122T091503Z-approve-ann-3f9c2a1b``."""
    return f"{compact(event.time)}-{event.verb.value}-{event.actor}-{event_id(raw)[:8]}"


def event_from_bytes(raw: bytes) -> Event | Malformed:
    """Read an event; says what is wrong instead of raising."""
    try:
        mapping = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_duplicates)
        if not isinstance(mapping, dict):
            return Malformed(reason="not a JSON object")
        event = event_from_dict(mapping)
        if event_to_bytes(event) != raw:
            return Malformed(reason="not written in the one form that events have")
    except _BadKeyError as error:
        return Malformed(reason=error.reason, newer=error.newer)
    except (ValueError, RecursionError) as error:
        return Malformed(reason=f"not JSON in UTF-8 ({error})")
    return event


def event_to_dict(event: Event) -> dict[str, object]:
    """Return the JSON object of an event's own file. What is empty is left out; unknown keys survive."""
    event = without_kept_words(event)
    optional: dict[str, object] = {
        "assets": {entry.path: entry.sha256 for entry in sorted(event.assets)},
        "content": str(event.content) if event.content else "",
        "facts": _facts_to_dict(event.facts) if event.facts else {},
        "findings": list(event.findings),
        "language": event.subject.language,
        "options": dict(event.options),
        "path_facts": _path_facts_to_dict(event.path_facts),
        "seen": event.seen.value if event.seen else "",
        "stage": event.stage,
        "waivers": list(event.waivers),
        "words": event.words,
    }
    return {
        **event.unknown,
        **{key: value for key, value in optional.items() if value},
        "actor": event.actor,
        "format": FORMAT,
        "id": event.subject.id,
        "kind": event.subject.kind.value,
        "network": event.network,
        "prev": sorted(event.prev),
        "time": iso(event.time),
        "verb": event.verb.value,
    }


def event_from_dict(mapping: Mapping[str, object]) -> Event:
    """Read an event from its JSON object.

    Raises:
        ValueError: A key is missing, of another type, or of a newer format; `event_from_bytes` reports it instead.
    """
    version = _whole(mapping, "format")
    if version > FORMAT:
        reason = f"it has format {version} and this blognet reads up to format {FORMAT}"
        raise _BadKeyError(reason, newer=version)
    return Event(
        network=_text(mapping, "network"),
        subject=_subject(mapping),
        verb=_member(mapping, "verb", Verb),
        actor=_author(_text(mapping, "actor")),
        time=_time(mapping, "time"),
        prev=tuple(EventId(_digest(item)) for item in _texts(mapping, "prev")),
        content=_content(mapping),
        path_facts=_path_facts(_inner(mapping, "path_facts")),
        assets=_assets(_inner(mapping, "assets")),
        facts=_facts(_inner(mapping, "facts")) if "facts" in mapping else None,
        words=_digest(_text(mapping, "words")) if "words" in mapping else "",
        seen=_member(mapping, "seen", Seen) if "seen" in mapping else None,
        stage=_text(mapping, "stage", default=""),
        findings=_texts(mapping, "findings"),
        waivers=_texts(mapping, "waivers"),
        options=_options(mapping),
        unknown={key: value for key, value in mapping.items() if key not in _KEYS},
    )


def _options(mapping: Mapping[str, object]) -> dict[str, str]:
    inner = _inner(mapping, "options")
    options = {key: _text(inner, key) for key in inner}
    names = options.get(PRIVATE, "").split(" ") if PRIVATE in options else []
    if names != sorted(NAMES & {*names}) or (names and "words" not in mapping):
        reason = f"'options' name {options[PRIVATE]!r} as kept in the words file"
        raise _BadKeyError(reason)
    return options


def _facts_to_dict(facts: Facts) -> dict[str, object]:
    optional = {
        "expires": iso(facts.expires) if facts.expires else "",
        "title": facts.title,
        "url": facts.url,
    }
    return {
        "authors": list(facts.authors),
        "date": iso(facts.date),
        "publish": iso(facts.publish),
        **{key: value for key, value in optional.items() if value},
    }


def _facts(mapping: Mapping[str, object]) -> Facts:
    return Facts(
        url=SitePath(_text(mapping, "url", default="")),
        authors=tuple(_author(item) for item in _texts(mapping, "authors")),
        date=_time(mapping, "date"),
        publish=_time(mapping, "publish"),
        expires=_time(mapping, "expires") if "expires" in mapping else None,
        title=_text(mapping, "title", default=""),
    )


def _path_facts_to_dict(facts: PathFacts) -> dict[str, object]:
    both: dict[str, object] = {"authors": list(facts.authors), "date": facts.date}
    return {key: value for key, value in both.items() if value}


def _path_facts(mapping: Mapping[str, object]) -> PathFacts:
    return PathFacts(authors=_texts(mapping, "authors"), date=_text(mapping, "date", default=""))


def _assets(mapping: Mapping[str, object]) -> tuple[AssetEntry, ...]:
    return tuple(
        AssetEntry(path=path, sha256=_digest(_text(mapping, path))) for path in sorted(mapping)
    )


class _BadKeyError(ValueError):
    """A key that cannot be read; never leaves this module but as a ValueError."""

    def __init__(self, reason: str, *, newer: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.newer = newer


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        reason = "a key stands twice"
        raise _BadKeyError(reason)
    return mapping


def _whole(mapping: Mapping[str, object], key: str) -> int:
    value = mapping.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        reason = f"'{key}' is not a whole number"
        raise _BadKeyError(reason)
    return value


def _text(mapping: Mapping[str, object], key: str, *, default: str | None = None) -> str:
    value = mapping.get(key, default)
    if not isinstance(value, str) or (not value and default is None):
        reason = f"'{key}' is not a text" if key in mapping else f"'{key}' is missing"
        raise _BadKeyError(reason)
    return value


def _texts(mapping: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = mapping.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        reason = f"'{key}' is not a list of texts"
        raise _BadKeyError(reason)
    return tuple(value)


def _inner(mapping: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = mapping.get(key, {})
    if not isinstance(value, dict):
        reason = f"'{key}' is not an object"
        raise _BadKeyError(reason)
    return value


def _member(mapping: Mapping[str, object], key: str, members: type[_Member]) -> _Member:
    value = _text(mapping, key)
    try:
        return members(value)
    except ValueError:
        reason = f"'{key}' is {value!r}, expected one of {', '.join(members)}"
        raise _BadKeyError(reason) from None


def _time(mapping: Mapping[str, object], key: str) -> datetime:
    moment = parse_iso(_text(mapping, key))
    if moment is None:
        reason = f"'{key}' is not a time such as 2026-11-22T09:15:03Z"
        raise _BadKeyError(reason)
    return moment


def _digest(text: str) -> str:
    if not _DIGEST.fullmatch(text):
        reason = f"{text!r} is not a SHA-256 in hex"
        raise _BadKeyError(reason)
    return text


def _content(mapping: Mapping[str, object]) -> ContentHash | None:
    if "content" not in mapping:
        return None
    parsed = parse_content_hash(_text(mapping, "content"))
    if parsed is None:
        reason = "'content' is not sha256: and 64 hex digits"
        raise _BadKeyError(reason)
    return parsed


def _author(text: str) -> AuthorId:
    author = parse_author_id(text)
    if author is None:
        reason = f"{text!r} is not an author's id"
        raise _BadKeyError(reason)
    return author


def _subject(mapping: Mapping[str, object]) -> Subject:
    kind = _member(mapping, "kind", Kind)
    subject = Subject(
        kind=kind, id=_text(mapping, "id"), language=_text(mapping, "language", default="")
    )
    if parse_subject(str(subject)) != subject:
        reason = f"'{subject}' is not the name of a subject"
        raise _BadKeyError(reason)
    return subject
