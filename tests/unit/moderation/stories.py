"""Histories written as sentences, and standings as words, so that the rules of trust can be read as a table.

`2 approve B after 1 from day 20` is the second event: an approval of the bytes B by somebody who had seen the first,
to appear on day 20. Without `after` an event had seen everything told before it; `after nothing` had seen nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import assert_never

from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, Subject
from blognet.kernel.times import iso
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.history import History, history_of
from blognet.moderation.standing import (
    Expired,
    Live,
    NotPublished,
    Retracted,
    Scheduled,
    Standing,
    standing_of,
)

SUBJECT = Subject(kind=Kind.POST, id="hello-world")
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
BYTES = {letter: ContentHash(sha256_hex(f"bytes {letter}".encode())) for letter in "ABCD"}
_LETTERS = {content: letter for letter, content in BYTES.items()}
_SENTENCE = re.compile(
    r"(?P<number>\d) (?P<verb>[a-z]+)(?: (?P<bytes>[A-D]))?"
    r"(?: after (?P<after>nothing|\d(?: and \d)*))?"
    r"(?: from day (?P<start>\d+))?(?: until day (?P<end>\d+))?(?P<quiet> quietly)?"
)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def history_told(story: str) -> History:
    """Make the history that a story tells; its sentences end in semicolons or lines."""
    events: dict[EventId, Event] = {}
    ids: dict[str, EventId] = {}
    for sentence in filter(None, map(str.strip, re.split(r"[;\n]", story))):
        told = _SENTENCE.fullmatch(sentence)
        assert told, sentence
        prev = _heads(events) if told["after"] is None else _named(told["after"], ids)
        event = _event(told, prev)
        ident = event_id(event_to_bytes(event))
        events[ident] = event
        ids[told["number"]] = ident
    return history_of(SUBJECT, events)


def standing_told(story: str, *, disk: str = "", on: int = 10, draft: bool = False) -> Standing:
    """Return what stands on a day, with the bytes `disk` in the folder ("" for none)."""
    return standing_of(
        history_told(story),
        content=BYTES.get(disk),
        is_draft=draft,
        on_disk=bool(disk),
        now=day(on),
    )


def in_words(standing: Standing) -> str:
    """Say both lights: ``live A, then B; queued``."""
    match standing.published:
        case NotPublished():
            shown = "nothing"
        case Scheduled(version=version):
            shown = f"scheduled {_LETTERS[version.content]}"
        case Live(version=version, next=following):
            then = f", then {_LETTERS[following.content]}" if following else ""
            shown = f"live {_LETTERS[version.content]}{then}"
        case Retracted(version=gone, next=following):
            then = f", then {_LETTERS[following.content]}" if following else ""
            shown = f"retracted {_LETTERS[gone.content] if gone else '?'}{then}"
        case Expired(version=version):
            shown = f"expired {_LETTERS[version.content]}"
        case _:
            assert_never(standing.published)
    return f"{shown}; {standing.proposed.value}"


def _event(told: re.Match[str], prev: tuple[EventId, ...]) -> Event:
    verb = Verb(told["verb"])
    content = BYTES[told["bytes"]] if told["bytes"] else None
    publish = day(int(told["start"] or 0))
    ends = day(int(told["end"])) if told["end"] else None
    options = {"until": iso(ends)} if ends and verb is Verb.HOLD else {}
    facts = Facts(
        url=SitePath("/2026/hello-world/"),
        authors=(AuthorId("ben"),),
        date=START,
        publish=publish,
        expires=ends,
        title="Hello",
    )
    return Event(
        network="test",
        subject=SUBJECT,
        verb=verb,
        actor=AuthorId("ann"),
        time=START + timedelta(seconds=int(told["number"])),
        prev=prev,
        content=content,
        facts=facts if verb is Verb.APPROVE else None,
        options={**options, "quiet": "yes"} if told["quiet"] else options,
    )


def _named(after: str, ids: dict[str, EventId]) -> tuple[EventId, ...]:
    return tuple(sorted(ids[number] for number in re.findall(r"\d", after)))


def _heads(events: dict[EventId, Event]) -> tuple[EventId, ...]:
    seen = {prev for event in events.values() for prev in event.prev}
    return tuple(sorted(events.keys() - seen))
