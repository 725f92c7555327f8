"""What there is to tell, and to whom: from the record, where subjects stand, and what was told before. Tells nothing.

`blognet.actions.tell` writes it down or sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.asked import asked_besides_mayors, deciders, reviewers_by_subject
from blognet.actions.promise import promised
from blognet.actions.readers import names_of, readers_of
from blognet.actions.waiting import published_word, what_of
from blognet.kernel.ids import AuthorId, Subject
from blognet.kernel.times import parse_iso
from blognet.kernel.working_time import day_of, is_working
from blognet.moderation.message_texts import language_for
from blognet.moderation.message_writing import compose, sentence
from blognet.moderation.messages import (
    Letterhead,
    Mail,
    Matter,
    News,
    QueueLine,
    audience,
    due_now,
    short_id,
)
from blognet.moderation.standing import Live, Scheduled, published_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from blognet.actions.network import Entry, Network
    from blognet.actions.promise import Promised
    from blognet.disk.told import Told
    from blognet.moderation.messages import Letter, Reader

_QUEUED = frozenset({"new", "edited"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What there is to tell.

    Attributes:
        letters: What goes out now, by reader.
        later: Who had a message today already, with how much waits for tomorrow.
        unreachable: Whose e-mail address nobody knows, with how much there is for them.
        today: The day it is, in the network's zone.
    """

    letters: tuple[Letter, ...]
    later: tuple[tuple[Reader, int], ...]
    unreachable: tuple[tuple[Reader, int], ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One event for a chat: the event, where its subject stands now, and a sentence that says it."""

    news: News
    matter: Matter
    authors: tuple[AuthorId, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    entry: Entry
    news: News
    heard_by: tuple[AuthorId, ...]


def telling(network: Network, told: Told) -> Telling:
    """Return what there is to tell to authors, and to everybody who is asked for an answer.

    Args:
        network: As it stands.
        told: What was told before.
    """
    today = day_of(network.config.zone, network.now)
    promise = promised(network)
    queues = _queues(network, told, promise) if is_working(promise.promise.days, today) else {}
    new: dict[AuthorId, list[_Item]] = {one: [] for one in queues}
    for item in _items(network):
        for author in item.heard_by:
            if short_id(item.news.ident) not in told.of(author):
                new.setdefault(author, []).append(item)
    readers = readers_of(network, sorted(new))
    head = letterhead(network)
    letters: list[Letter] = []
    later: list[tuple[Reader, int]] = []
    unreachable: list[tuple[Reader, int]] = []
    for author, reader in readers.items():
        mail = _mail(network, reader, new[author], queue=queues.get(author, ()), promise=promise)
        if not mail.news and not mail.queue:
            continue
        if not reader.address:
            unreachable.append((reader, len(mail.news)))
        if due_now(mail, last=told.letters.get(reader.id), today=today):
            letters.append(compose(mail, head, today=today))
        elif mail.news:
            later.append((reader, len(mail.news)))
    return Telling(
        letters=tuple(letters), later=tuple(later), unreachable=tuple(unreachable), today=today
    )


def announcements(network: Network, told: Told) -> tuple[Announcement, ...]:
    """Return what was not handed to the chat hook yet, in the order of time."""
    promise = promised(network)
    language = _language(network)
    new = [item for item in _items(network) if short_id(item.news.ident) not in told.hook]
    ordered = sorted(new, key=lambda item: (item.news.event.time, item.news.ident))
    return tuple(
        Announcement(
            news=item.news,
            matter=(matter := _matter(network, item.entry, (item.news,), promise)),
            authors=item.entry.authors,
            text=sentence(
                item.news, title=matter.title, language=language, zone=network.config.zone
            ),
        )
        for item in ordered
    )


def untold_count(network: Network, told: Told) -> int:
    """Return how many events somebody has not heard of."""
    return sum(
        1
        for item in _items(network)
        if any(short_id(item.news.ident) not in told.of(author) for author in item.heard_by)
    )


def without_before(network: Network, told: Told, moment: datetime) -> Told:
    """Return what was told, with everything before a moment counted as told."""
    for item in _items(network):
        if item.news.event.time < moment:
            ident = short_id(item.news.ident)
            told = told.hooked([ident])
            for author in item.heard_by:
                told = told.adding(author, [ident])
    return told


def letterhead(network: Network) -> Letterhead:
    """Return what all messages of a network share."""
    config = network.config
    return Letterhead(
        network=config.id,
        title=config.title,
        url=config.url,
        zone=config.zone,
        edit_url=config.messages.edit_url,
    )


def _language(network: Network) -> str:
    return language_for(network.config.messages.language, network.config.language)


def _items(network: Network) -> tuple[_Item, ...]:
    """Return every event that somebody hears of, by subject and in the order of its history."""
    names = names_of(network)
    mayors = frozenset(AuthorId(mayor) for mayor in network.config.mayors)
    reviewers = reviewers_by_subject(network)
    found: list[_Item] = []
    for entry in network.entries.values():
        history = entry.decided.history
        for at, (ident, event) in enumerate(zip(history.ids, history.events, strict=True)):
            heard_by = audience(
                event,
                authors=entry.authors or tuple(AuthorId(one) for one in event.path_facts.authors),
                mayors=mayors,
                reviewers=reviewers.get(entry.subject, frozenset()),
                took_part=(earlier.actor for earlier in history.events[:at]),
            )
            news = News(
                ident=ident,
                event=event,
                words=entry.decided.words.get(ident, ""),
                actor=names.get(event.actor, event.actor),
            )
            if heard_by:
                found.append(_Item(entry=entry, news=news, heard_by=heard_by))
    return tuple(found)


def _mail(
    network: Network,
    reader: Reader,
    items: Iterable[_Item],
    *,
    queue: tuple[QueueLine, ...],
    promise: Promised,
) -> Mail:
    mine: dict[Subject, list[News]] = {}
    others: dict[Subject, list[News]] = {}
    decides = reader.id in deciders(network)
    for item in items:
        is_mine = reader.id in item.entry.authors or not decides
        group = mine if is_mine else others
        group.setdefault(item.entry.subject, []).append(item.news)
    return Mail(
        reader=reader,
        matters=_matters(network, mine, promise),
        said=_matters(network, others, promise),
        queue=queue,
    )


def _matters(
    network: Network, groups: Mapping[Subject, list[News]], promise: Promised
) -> tuple[Matter, ...]:
    return tuple(
        _matter(network, network.entries[subject], tuple(groups[subject]), promise)
        for subject in sorted(groups)
    )


def _matter(network: Network, entry: Entry, news: tuple[News, ...], promise: Promised) -> Matter:
    wait = promise.wait_of(entry.subject)
    version = published_version(entry.standing.published)
    what = what_of(entry)
    return Matter(
        subject=entry.subject,
        title=entry.title,
        path=entry.glance.path,
        url=f"{network.config.url}{version.facts.url}" if version and version.facts.url else "",
        state="queued" if what in _QUEUED else what,
        published=published_word(entry),
        when=_when(entry),
        due=wait.due if wait and not wait.is_late else None,
        news=news,
    )


def _when(entry: Entry) -> datetime | None:
    """Return when a hold ends, or when what is scheduled appears."""
    history = entry.decided.history
    if what_of(entry) == "held":
        untils = (
            parse_iso(history.events[history.ids.index(reason)].options.get("until", ""))
            for reason in entry.standing.reasons
        )
        return max((until for until in untils if until is not None), default=None)
    match entry.standing.published:
        case Scheduled(version=version):
            return version.facts.publish
        case Live(next=following) if following is not None:
            return following.facts.publish
        case _:
            return None


def _queues(
    network: Network, told: Told, promise: Promised
) -> Mapping[AuthorId, tuple[QueueLine, ...]]:
    """Return the digest of each person who has had none today: for mayors all that waits, else what they are asked."""
    if not network.config.messages.digest:
        return {}
    everything = {wait.subject: "" for wait in promise.waits}
    asked = asked_besides_mayors(network, promise.waits)
    mayors = {AuthorId(mayor): everything for mayor in network.config.mayors}
    wanted: Mapping[AuthorId, Mapping[Subject, str]] = {**asked, **mayors}
    today = day_of(network.config.zone, network.now)
    return {
        person: _queue(network, promise, subjects)
        for person, subjects in wanted.items()
        if told.digests.get(person) != today
    }


def _queue(
    network: Network, promise: Promised, subjects: Mapping[Subject, str]
) -> tuple[QueueLine, ...]:
    """Return a line for each of the subjects, which come with the stage that somebody is asked for."""
    names = names_of(network)
    return tuple(
        QueueLine(
            wait=wait,
            title=network.entries[wait.subject].title,
            authors=tuple(names.get(one, one) for one in network.entries[wait.subject].authors),
            stage=subjects[wait.subject],
        )
        for wait in promise.waits
        if wait.subject in subjects
    )
