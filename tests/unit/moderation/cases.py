"""Subjects to decide on and records to read, made in one line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from blognet.content.values import Author, FrontMatter, Post, Proposal
from blognet.kernel.hashing import AssetEntry, PathFacts, content_hash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, SourcePath, Subject
from blognet.moderation.cases import Case, Rights, Wish
from blognet.moderation.deciding import decide
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.history import History, history_of
from blognet.moderation.record import RecordFile, event_path, text_file, words_file
from blognet.moderation.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.problems import Problem

NOW = datetime(2026, 11, 22, 9, 15, 3, tzinfo=UTC)
POST = Subject(kind=Kind.POST, id="hello-world")
PAGE = Subject(kind=Kind.PAGE, id="about")
PROFILE = Subject(kind=Kind.PROFILE, id="ben")
ANN, BEN, CLEO = AuthorId("ann"), AuthorId("ben"), AuthorId("cleo")
RIGHTS = Rights(
    network="clocks",
    mayors=frozenset({ANN, CLEO}),
    solo=False,
    permalink="/:year/:slug/",
    zone=ZoneInfo("Europe/Berlin"),
    languages=("en", "de"),
)
SOLO = replace(RIGHTS, solo=True)


def proposal(
    subject: Subject = POST,
    text: str = "Hello.",
    *,
    authors: tuple[AuthorId, ...] = (BEN,),
    date: datetime | None = None,
    publish_at: datetime | None = None,
    expires: datetime | None = None,
    draft: bool = False,
    problems: tuple[Problem, ...] = (),
    assets: tuple[AssetEntry, ...] = (),
) -> Proposal:
    """Make what lies on disk."""
    front = FrontMatter(title=f"About {text}", draft=draft, publish_at=publish_at, expires=expires)
    content: Post | Author = Post(
        subject=subject, front=front, authors=authors, date=date, body=text, body_line=1
    )
    if subject.kind is Kind.PROFILE:
        content = Author(subject=subject, name="Ben", body=text)
    return Proposal(
        subject=subject,
        path=SourcePath(f"queue/{subject.name}.md"),
        bundle=None,
        text=text,
        assets=assets,
        asset_sources=tuple(SourcePath(f"queue/{entry.path}") for entry in assets),
        path_facts=PathFacts(),
        hash=content_hash(subject, path_facts=PathFacts(), text=text, assets=assets),
        content=None if problems else content,
        problems=problems,
    )


def case(
    found: Proposal | None = None,
    *events: Event,
    subject: Subject | None = None,
    now: datetime = NOW,
    last_editor: AuthorId | None = None,
    taken: Mapping[SitePath, Subject] | None = None,
) -> Case:
    """Make a subject with what lies on disk and what was decided before."""
    about = subject or (found.subject if found else POST)
    history = past(*events, subject=about)
    standing = standing_of(
        history,
        content=found.hash if found else None,
        is_draft=found.is_draft if found else False,
        on_disk=found is not None,
        now=now,
    )
    return Case(
        subject=about,
        history=history,
        standing=standing,
        proposal=found,
        last_editor=last_editor,
        taken=taken or {},
    )


def past(*events: Event, subject: Subject = POST) -> History:
    return history_of(subject, {ident_of(event): event for event in events})


def ident_of(event: Event) -> EventId:
    return event_id(event_to_bytes(event))


def wish(
    verb: Verb, actor: AuthorId = ANN, *, words: str = "", now: datetime = NOW, **options: str
) -> Wish:
    return Wish(verb=verb, actor=actor, now=now, words=words, options=options)


def approved(
    found: Proposal,
    *before: Event,
    actor: AuthorId = ANN,
    now: datetime = NOW,
    rights: Rights = SOLO,
) -> Event:
    """Return the approval of what lies on disk."""
    return decide(wish(Verb.APPROVE, actor, now=now), case(found, *before, now=now), rights)


def an_event(verb: Verb = Verb.APPROVE, *, text: str = "Hello.", **changes: object) -> Event:
    """Make an event about a text, without asking whether it may be; `changes` are fields of it."""
    facts = Facts(
        url=SitePath("/2026/hello-world/"),
        authors=(BEN,),
        date=NOW,
        publish=NOW,
        expires=None,
        title="Hello",
    )
    event = Event(
        network="clocks",
        subject=POST,
        verb=verb,
        actor=ANN,
        time=NOW,
        content=content_hash(POST, path_facts=PathFacts(), text=text, assets=()),
        facts=facts if verb is Verb.APPROVE else None,
    )
    return replace(event, **changes)  # type: ignore[arg-type]  # a test names fields that exist


def files_of(event: Event, *, text: str = "Hello.", words: str = "") -> tuple[RecordFile, ...]:
    """Return the files of an event: itself, its words, and its text when it approves."""
    if words:
        event = replace(event, words=sha256_hex(words.encode("utf-8")))
    raw = event_to_bytes(event)
    files = [RecordFile(path=event_path(event, raw), raw=raw)]
    if words:
        files.append(words_file(event, raw, words))
    if event.verb is Verb.APPROVE and event.content is not None:
        files.append(text_file(event.subject, event.content, text))
    return tuple(files)
