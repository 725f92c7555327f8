"""Strategies that grow whole histories of a subject: several mayors on branches that merge now and then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, Subject
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.history import history_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.moderation.history import History

SUBJECT = Subject(kind=Kind.POST, id="hello-world")
START = datetime(2026, 1, 1, tzinfo=UTC)
HASHES = tuple(ContentHash(sha256_hex(f"version {number}".encode())) for number in range(3))
DECISIONS = (
    Verb.APPROVE,
    Verb.RETURN,
    Verb.DECLINE,
    Verb.HOLD,
    Verb.RELEASE,
    Verb.RETRACT,
    Verb.RESTORE,
    Verb.COMMENT,
    Verb.FORCE,
    Verb.CORRECT,
    Verb.FEATURE,
    Verb.SUBMIT,
    Verb.RECALL,
    Verb.PURGE,
)
APPROVALS: tuple[Mapping[str, str], ...] = (
    {},
    {},
    {},
    {"grant": "0" * 64},
    {"carried_from": str(HASHES[0]), "rule": "typo"},
    {"deputy": "all mayors are away"},
)
"""What an approval may say about itself: a mayor's, an author's under a grant, a carried one, a deputy's."""
MAYORS = (AuthorId("ann"), AuthorId("cleo"))
OF_AUTHORS = frozenset({Verb.SUBMIT, Verb.RECALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """Events by id, and the set of ids that each of several clones holds."""

    events: dict[EventId, Event]
    clones: tuple[frozenset[EventId], ...]


def make_event(
    verb: Verb,
    *,
    prev: tuple[EventId, ...],
    content: ContentHash | None,
    number: int,
    publish: datetime = START,
    expires: datetime | None = None,
    actor: AuthorId = MAYORS[0],
    stage: str = "",
    options: Mapping[str, str] | None = None,
) -> tuple[EventId, Event]:
    """Make one event and its id; `number` sets its time, which must not matter."""
    event = Event(
        network="test",
        subject=SUBJECT,
        verb=verb,
        actor=AuthorId("ben") if verb in OF_AUTHORS else actor,
        stage=stage,
        options=options or {},
        time=START + timedelta(seconds=number),
        prev=tuple(sorted(prev)),
        content=content,
    )
    if event.is_for_readers and content is not None:
        facts = Facts(
            url=SitePath("/2026/hello-world/"),
            authors=(AuthorId("ben"),),
            date=publish,
            publish=publish,
            expires=expires,
            title="Hello",
        )
        event = replace(event, facts=facts)
    return event_id(event_to_bytes(event)), event


@st.composite
def branches(draw: st.DrawFn, *, steps: int = 14) -> Branches:
    """Grow a history on up to three clones which decide and pull from each other in any order."""
    events: dict[EventId, Event] = {}
    clones: list[frozenset[EventId]] = [frozenset() for _ in range(draw(st.integers(1, 3)))]
    for number in range(draw(st.integers(1, steps))):
        at = draw(st.integers(0, len(clones) - 1))
        if draw(st.booleans()) and draw(st.booleans()):
            clones[at] |= clones[draw(st.integers(0, len(clones) - 1))]
            continue
        verb = draw(st.sampled_from(DECISIONS))
        ident, event = make_event(
            verb,
            prev=heads_of(events, clones[at]),
            content=draw(st.sampled_from(HASHES)),
            number=draw(st.integers(0, 50)) * 100 + number,
            publish=START + timedelta(days=draw(st.sampled_from([0, 0, 0, 20]))),
            expires=START + timedelta(days=40) if draw(st.integers(0, 5)) == 0 else None,
            actor=draw(st.sampled_from(MAYORS)),
            stage="legal" if verb is Verb.APPROVE and draw(st.integers(0, 4)) == 0 else "",
            options=draw(st.sampled_from(APPROVALS)) if verb is Verb.APPROVE else {},
        )
        events[ident] = event
        clones[at] |= {ident}
    return Branches(events=events, clones=tuple(clones))


def heads_of(events: dict[EventId, Event], known: frozenset[EventId]) -> tuple[EventId, ...]:
    """Return the heads of what a clone knows."""
    overtaken = {prev for ident in known for prev in events[ident].prev}
    return tuple(sorted(known - overtaken))


def whole_history(grown: Branches) -> History:
    """Merge all clones."""
    return history_of(SUBJECT, grown.events)
