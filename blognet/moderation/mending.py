"""What would mend a record. Answers: are these the right bytes for that file, and which events are missing?

Nothing is invented: bytes are right when the hashes in the record say so, whoever brings them. Where they come from is
the caller's affair. The right bytes of a *changed* event cannot be told from the record but by its name, which ends in
eight digits of their hash; an event that another one names is known by its whole hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.hashing import content_hash, sha256_hex
from blognet.kernel.text import WORDS_QUOTE, unquote_lines
from blognet.moderation.event_json import event_from_bytes, event_id, event_stem
from blognet.moderation.events import Event
from blognet.moderation.record import subject_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.kernel.ids import EventId
    from blognet.moderation.record import RecordFile


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderEvents:
    """The well-formed events of one subject's folder, whether or not their chains are whole.

    Attributes:
        by_stem: By file name without its ending.
        ids: Their ids.
        missing: Ids that some of them name as earlier events, and that are not there.
    """

    by_stem: Mapping[str, Event]
    ids: frozenset[EventId]
    missing: frozenset[EventId]


def events_by_folder(files: Iterable[RecordFile]) -> Mapping[str, FolderEvents]:
    """Read the events of every folder; files that are no events, or not under their names, are passed over."""
    found: dict[str, dict[str, Event]] = {}
    ids: dict[str, set[EventId]] = {}
    for file in files:
        folder, _, name = file.path.rpartition("/")
        event = event_in(file.path, file.raw) if name.endswith(".json") else None
        if event is not None:
            found.setdefault(folder, {})[name.removesuffix(".json")] = event
            ids.setdefault(folder, set()).add(event_id(file.raw))
    return {
        folder: FolderEvents(
            by_stem=events,
            ids=frozenset(ids[folder]),
            missing=frozenset(prev for event in events.values() for prev in event.prev)
            - ids[folder],
        )
        for folder, events in found.items()
    }


def event_in(path: str, raw: bytes) -> Event | None:
    """Return the event in a file, when it is well formed and lies where it belongs under its own name."""
    event = event_from_bytes(raw)
    if not isinstance(event, Event):
        return None
    return event if path == own_path(event, raw) else None


def own_path(event: Event, raw: bytes) -> str:
    """Return where an event belongs."""
    return f"{subject_folder(event.subject)}/{event_stem(event, raw)}.json"


def is_right(path: str, raw: bytes, folder: FolderEvents | None) -> bool:
    """Whether these are the bytes that the record means by an event's, a text's or words' path.

    Args:
        path: From the network's root.
        raw: What may belong there.
        folder: The events of the same folder, which say what is right for words and texts.
    """
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    if ending == "json":
        return event_in(path, raw) is not None
    events = folder.by_stem if folder else {}
    if ending == "md":
        words = _unquoted(raw, mark=WORDS_QUOTE)
        event = events.get(stem)
        return event is not None and words is not None and _digest(words) == event.words
    text = _unquoted(raw)
    return text is not None and any(
        event.content is not None
        and event.content.file_stem == stem
        and content_hash(event.subject, path_facts=event.path_facts, text=text, assets=event.assets)
        == event.content
        for event in events.values()
    )


def speaks_of(event: Event, path: str) -> bool:
    """Whether a text or words at a path are there because of an event: its words, or the text it approved."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if path.endswith(".txt"):
        return bool(event.content and event.facts and event.content.file_stem == stem)
    return False


def _digest(words: str) -> str:
    return sha256_hex(words.encode("utf-8"))


def _unquoted(raw: bytes, *, mark: str = "| ") -> str | None:
    try:
        return unquote_lines(raw.decode("utf-8"), mark=mark)
    except UnicodeDecodeError:
        return None
