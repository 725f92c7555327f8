"""What is kept of a subject between two runs, as text. Answers: what is on the card? Reads and keeps nothing itself.

A *card* is small: what most commands ask of every subject. Whoever wants more reads the files. Cards are JSON, in lists
to be short; what each place means is said by the class that it becomes. They are read by the program that wrote them
and no other (`blognet.disk.index`), so their form may change freely, and their values are of the types that they had.
They are named tuples because there are tens of thousands, and those are made six times faster than dataclasses.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, assert_never

from blognet.content import codes
from blognet.content.values import Author, Post
from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, Subject
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.times import parse_iso
from blognet.moderation.approvals import Approved, first_approval
from blognet.moderation.events import Facts, Verb
from blognet.moderation.promise import is_answer
from blognet.moderation.secrets import masked
from blognet.moderation.standing import (
    Expired,
    Live,
    NotPublished,
    Proposed,
    Published,
    Retracted,
    Scheduled,
    Standing,
)
from blognet.moderation.trusting import is_under_grant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from blognet.content.values import Proposal
    from blognet.moderation.history import History
    from blognet.moderation.record import SubjectRecord

_Card = TypeVar("_Card")
_GRANTING = frozenset({Verb.GRANT, Verb.REVOKE})


class VersionCard(NamedTuple):
    """An approved version, in texts."""

    content: str
    approval: str
    url: str
    authors: Sequence[str]
    date: str
    publish: str
    expires: str
    title: str


class StandingCard(NamedTuple):
    """Where a subject stands, and as long as what that is true.

    Attributes:
        content: Of the bytes on disk; "" for none.
        is_draft: As `standing_of` was told.
        on_disk: As `standing_of` was told.
        since: The first second of it; "" for ever.
        until: The first second after it; "" for ever.
        proposed: The light.
        second: The force that wants a second look, or "".
        reasons: Events.
        published: The name of the light, in lower case.
        retraction: The event, or "".
        version: What is published, or was.
        next: What comes.
    """

    content: str
    is_draft: bool
    on_disk: bool
    since: str
    until: str
    proposed: str
    second: str
    reasons: Sequence[str]
    published: str
    retraction: str
    version: VersionCard | None
    next: VersionCard | None

    def holds(self, *, content: str, is_draft: bool, on_disk: bool, now: str) -> bool:
        """Whether this is where the subject stands with these bytes at this time."""
        return (self.content, self.is_draft, self.on_disk) == (
            content,
            is_draft,
            on_disk,
        ) and self.is_published_at(now)

    def is_published_at(self, now: str) -> bool:
        """Whether the published light is right at a time, whatever lies on disk."""
        return self.since <= now and (not self.until or now < self.until)


class DecidedCard(NamedTuple):
    """What was decided about a subject; only sound subjects have one.

    Attributes:
        ids: A digest of the ids of its events.
        was_approved: Whether there is a first approval.
        grants: Whether an event gives, ends or uses a grant.
        urls: The addresses that it was given.
        assets: Those that approvals need and that had a copy.
        answered: The time of the latest answer to its authors, "" when there was none.
        was_submitted: Whether an author ever submitted it.
        title: What the published version is called; "" when what lies on disk tells a title, or nothing is published.
        standing: Where it stood.
    """

    ids: str
    was_approved: bool
    grants: bool
    urls: Sequence[str]
    assets: Sequence[str]
    answered: str
    was_submitted: bool
    title: str
    standing: StandingCard


def decided_text(
    decided: SubjectRecord,
    standing: Standing,
    *,
    asset_names: frozenset[str],
    now: datetime,
    is_draft: bool,
    on_disk: bool,
    title: str,
) -> str:
    """Return the card of what was decided, as it is kept."""
    history = decided.history
    since, until = _around(history, now)
    readers = [event for event in history.events if event.is_for_readers]
    answers = [event.time for event in history.events if is_answer(event)]
    published = standing.published
    version = None if isinstance(published, NotPublished) else published.version
    following = published.next if isinstance(published, Live | Retracted) else None
    return _written(
        [
            digest_of(history),
            first_approval(history) is not None,
            any(event.verb in _GRANTING or is_under_grant(event) for event in history.events),
            [event.facts.url for event in history.events if event.facts and event.facts.url],
            sorted({one.sha256 for event in readers for one in event.assets} & asset_names),
            said_moment(max(answers)) if answers else "",
            any(event.verb is Verb.SUBMIT for event in history.events),
            title,
            [
                standing.content.hex if standing.content else "",
                is_draft,
                on_disk,
                since,
                until,
                standing.proposed.value,
                standing.second or "",
                standing.reasons,
                published_word(published),
                published.retraction if isinstance(published, Retracted) else "",
                _version(version),
                _version(following),
            ],
        ]
    )


def decided_cards(said: Mapping[str, str]) -> dict[str, DecidedCard]:
    """Read cards of what was decided; what is none is left out."""
    return _cards(said, _decided_card)


def digest_of(history: History) -> str:
    """Return a digest that tells two histories apart."""
    return sha256_hex("".join(history.ids).encode("ascii"))


def published_word(published: Published) -> str:
    """Return the published light in a word."""
    match published:
        case NotPublished():
            return "none"
        case Live():
            return "live"
        case Scheduled():
            return "scheduled"
        case Retracted():
            return "retracted"
        case Expired():
            return "expired"
        case _:
            assert_never(published)


def standing_on(card: StandingCard) -> Standing:
    """Return the standing on a card."""
    return Standing(
        published=published_on(card),
        proposed=Proposed(card.proposed),
        content=ContentHash(card.content) if card.content else None,
        reasons=tuple(EventId(one) for one in card.reasons),
        second=EventId(card.second) if card.second else None,
    )


def published_on(card: StandingCard) -> Published:
    """Return the published light on a card."""
    version = None if card.version is None else _approved(card.version)
    following = None if card.next is None else _approved(card.next)
    if card.published == "retracted":
        return Retracted(retraction=EventId(card.retraction), version=version, next=following)
    if version is None:
        return NotPublished()
    match card.published:
        case "live":
            return Live(version=version, next=following)
        case "scheduled":
            return Scheduled(version=version)
        case "expired":
            return Expired(version=version)
        case _:
            raise ValueError(card.published)


class TextCard(NamedTuple):
    """A source text that makes a proposal, as it was read by itself.

    Attributes:
        path: The text.
        bundle: Its folder, or "".
        kind, id, language: Its subject.
        content: Its content hash in hex; "" when it could not be decoded.
        is_draft: Whether its author keeps it back.
        title: With secrets masked; None when its content could not be read.
        authors: Those of a post; None when its content could not be read.
        date: Of a post, "" for none.
        aliases: Of a post.
        assets: Paths in the bundle.
        sources: Paths of the assets.
        named: Authors that its front matter names.
        problems: With secrets masked, as lists.
    """

    path: str
    bundle: str
    kind: str
    id: str
    language: str
    content: str
    is_draft: bool
    title: str | None
    authors: Sequence[str] | None
    date: str
    aliases: Sequence[str]
    assets: Sequence[str]
    sources: Sequence[str]
    named: Sequence[str]
    problems: Sequence[Sequence[str | int]]

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(kind=Kind(self.kind), id=self.id, language=self.language)

    @property
    def key(self) -> str:
        """The subject as a text: ``post/hello-world.de``."""
        return (
            f"{self.kind}/{self.id}.{self.language}" if self.language else f"{self.kind}/{self.id}"
        )

    @property
    def is_faulty(self) -> bool:
        """Whether an error keeps it waiting."""
        return any(problem[7] == Severity.ERROR for problem in self.problems)


class SourceCard(NamedTuple):
    """A text file, a bundle, or another file among the sources: what is read by itself.

    Attributes:
        authors: A digest of the authors that were known when it was read.
        folder: The author that its folders named.
        problems: Those that belong to no subject, as lists.
        texts: Its texts.
    """

    authors: str
    folder: str
    problems: Sequence[Sequence[str | int]]
    texts: Sequence[TextCard]

    def holds(self, *, digest: str, authors: frozenset[AuthorId], folder: str) -> bool:
        """Whether it would be read in the same way knowing these authors."""
        if self.authors == digest:
            return True
        every = (problem for text in self.texts for problem in text.problems)
        return (
            self.folder == folder
            and all(authors.issuperset(text.named) for text in self.texts)
            and all(problem[6] != codes.UNKNOWN_AUTHOR for problem in every)
        )


def source_text(
    proposals: Iterable[Proposal], problems: Iterable[Problem], *, authors: str, folder: str
) -> str:
    """Return the card of a source, as it is kept. Its problems repeat no secret."""
    return _written(
        [authors, folder, [_problem(one) for one in problems], [_text(one) for one in proposals]]
    )


def source_cards(said: Mapping[str, str]) -> dict[str, SourceCard]:
    """Read cards of sources; what is none is left out."""
    return _cards(said, _source_card)


def text_card(proposal: Proposal) -> TextCard:
    """Return the card of a text that was read."""
    post = proposal.content if isinstance(proposal.content, Post) else None
    return TextCard(
        path=proposal.path,
        bundle=proposal.bundle or "",
        kind=proposal.subject.kind.value,
        id=proposal.subject.id,
        language=proposal.subject.language,
        content=proposal.hash.hex if proposal.hash else "",
        is_draft=proposal.is_draft,
        title=title_of(proposal.content),
        assets=[asset.path for asset in proposal.assets],
        sources=proposal.asset_sources,
        problems=[_problem(one) for one in proposal.problems],
        authors=post.authors if post else None,
        date=said_moment(post.date) if post and post.date else "",
        aliases=post.front.aliases if post else (),
        named=post.front.authors if post else (),
    )


def problems_on(said: Sequence[Sequence[str | int]]) -> tuple[Problem, ...]:
    """Return the problems on a card."""
    return tuple(
        Problem(
            location=Location(
                path=str(path), line=int(line), column=int(column), width=int(width),
                key=str(key), excerpt=str(excerpt),
            ),
            code=str(code),
            severity=Severity(str(severity)),
            message=str(message),
            hint=str(hint),
        )
        for path, line, column, width, key, excerpt, code, severity, message, hint in said
    )  # fmt: skip


def title_of(content: Post | Author | None) -> str | None:
    """Return the title or name as it lies on disk, with secrets masked; None when it cannot be read."""
    match content:
        case Post():
            return masked(content.front.title)
        case Author():
            return content.name
        case None:
            return None
        case _:
            assert_never(content)


def _cards(said: Mapping[str, str], make: Callable[[list[Any]], _Card]) -> dict[str, _Card]:
    cards: dict[str, _Card] = {}
    try:
        read = json.loads(f"[{','.join(said.values())}]")  # far faster than one by one
    except (ValueError, RecursionError):
        return {}
    for place, values in zip(said, read, strict=False):
        with suppress(TypeError, ValueError):
            cards[place] = make(values)
    return cards


def _decided_card(values: list[Any]) -> DecidedCard:
    *facts, standing = values
    *lights, version, following = standing
    versions = [None if one is None else VersionCard._make(one) for one in (version, following)]
    return DecidedCard._make([*facts, StandingCard._make([*lights, *versions])])


def _source_card(values: list[Any]) -> SourceCard:
    authors, folder, problems, texts = values
    return SourceCard(authors, folder, problems, [TextCard._make(text) for text in texts])


def _text(proposal: Proposal) -> list[object]:
    return list(text_card(proposal))


def _problem(problem: Problem) -> list[str | int]:
    at = problem.location
    return [
        at.path, at.line, at.column, at.width, at.key, at.excerpt,
        problem.code, problem.severity.value, problem.message, problem.hint,
    ]  # fmt: skip


def _version(version: Approved | None) -> list[object] | None:
    if version is None:
        return None
    facts = version.facts
    return [
        version.content.hex,
        version.approval,
        facts.url,
        facts.authors,
        said_moment(facts.date),
        said_moment(facts.publish),
        said_moment(facts.expires) if facts.expires else "",
        facts.title,
    ]


def _approved(card: VersionCard) -> Approved:
    return Approved(
        content=ContentHash(card.content),
        approval=EventId(card.approval),
        facts=Facts(
            url=SitePath(card.url),
            authors=tuple(AuthorId(one) for one in card.authors),
            date=moment_of(card.date),
            publish=moment_of(card.publish),
            expires=moment_of(card.expires) if card.expires else None,
            title=card.title,
        ),
    )


def said_moment(moment: datetime) -> str:
    """Return a time as cards hold it; of two, the earlier one sorts first."""
    return moment.astimezone(UTC).isoformat()


def moment_of(said: str) -> datetime:
    """Return a time that `said_moment` wrote.

    Raises:
        ValueError: It is none.
    """
    return datetime.fromisoformat(said)


def _around(history: History, now: datetime) -> tuple[str, str]:
    """Return from when until when time alone changes nothing about a standing."""
    moments: list[datetime] = []
    for event in history.events:
        if event.facts is not None:
            moments += [one for one in (event.facts.publish, event.facts.expires) if one]
        if (until := parse_iso(event.options.get("until", ""))) is not None:
            moments.append(until)
    before = max((one for one in moments if one <= now), default=None)
    after = min((one for one in moments if one > now), default=None)
    return said_moment(before) if before else "", said_moment(after) if after else ""


def _written(values: list[object]) -> str:
    return json.dumps(values, separators=(",", ":"))
