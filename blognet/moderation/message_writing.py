"""What a message says: plain text for one person, in their language. Sends nothing and reads nothing.

Texts of authors and mayors are quoted and cleaned of control characters, so that they can break out neither of a line
nor of a header. The same news on the same day give the same message, key and all.
"""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

from blognet.kernel.hashing import canonical_encoding, sha256_hex
from blognet.kernel.ids import Kind
from blognet.kernel.working_time import spoken
from blognet.moderation.message_texts import has, say
from blognet.moderation.messages import Letter, Letterhead, Mail, Matter, News, QueueLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, tzinfo

    from blognet.kernel.ids import AuthorId, Subject

_WIDTH = 72
_LISTED = 15
_MARK_WIDTH = 2
_TITLES = 3
_WAITS = frozenset({"returned", "declined", "held", "queued", "contested", "draft", "faulty"})


def compose(mail: Mail, head: Letterhead, *, today: date) -> Letter:
    """Write a message."""
    writing = _Writing(mail=mail, head=head)
    digest_day = today.isoformat() if mail.queue else ""
    events = tuple(news.ident for news in mail.news)
    fields = ("blognet-message-1", head.network, mail.reader.id, digest_day, *sorted(events))
    subjects = sorted({matter.subject for matter in (*mail.matters, *mail.said)})
    return Letter(
        reader=mail.reader,
        key=sha256_hex(canonical_encoding(fields))[:32],
        topic=writing.topic(),
        body=writing.body(),
        urgent=mail.is_urgent,
        events=events,
        threads=tuple(_thread(head.network, mail.reader.id, subject) for subject in subjects),
        answered_by=tuple(dict.fromkeys(news.event.actor for news in mail.news)),
        has_digest=bool(mail.queue),
    )


def sentence(news: News, *, title: str, language: str, zone: tzinfo) -> str:
    """Say in one line what happened."""
    verb = news.event.verb.value
    key = "must" if verb == "comment" and news.is_urgent else verb
    return say(
        language,
        f"did {key}" if has(f"did {key}") else "did other",
        who=plain(news.actor),
        title=plain(title),
        when=_when(news.event.time, zone),
        verb=verb,
    )


def typed_name(subject: Subject) -> str:
    """Return how a subject is named in commands: a post by its name, anything else with its kind."""
    return subject.name if subject.kind is Kind.POST else str(subject)


def plain(text: str) -> str:
    """Return a text on one line without control and invisible format characters."""
    shown = ("" if unicodedata.category(each) in {"Cf", "Cs"} else each for each in text)
    kept = "".join(
        " " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in "".join(shown)
    )
    return " ".join(kept.split())


class _Writing:
    """Writes one message; lives for one call of `compose`."""

    def __init__(self, *, mail: Mail, head: Letterhead) -> None:
        self._mail = mail
        self._head = head
        self._language = mail.reader.language

    def topic(self) -> str:
        return plain(f"[{self._head.title}] {self._topic()}")

    def body(self) -> str:
        blocks: list[str] = [self._say("hello", name=plain(self._mail.reader.name))]
        for matter in self._mail.matters:
            blocks += self._matter(matter)
        if self._mail.said:
            blocks.append(self._say("queue said"))
            for matter in self._mail.said:
                blocks += self._told(matter)
        blocks += self._queue()
        if self._mail.news:
            who = self._say("and").join(dict.fromkeys(plain(one.actor) for one in self._mail.news))
            blocks.append(_wrapped(self._say("answer", who=who)))
        foot = f"-- \n{plain(self._head.title)}\n{self._head.url}"
        return "\n\n".join([*blocks, foot]) + "\n"

    def _topic(self) -> str:
        matters = self._mail.matters or self._mail.said
        if not matters:
            late = sum(line.wait.is_late for line in self._mail.queue)
            key = "subject queue late" if late else "subject queue"
            return self._say(key, count=len(self._mail.queue), late=late)
        if len(matters) == 1:
            verb = matters[0].news[-1].event.verb.value
            key = f"subject {verb}" if has(f"subject {verb}") else "subject other"
            return self._say(key, title=plain(matters[0].title))
        titles = ", ".join(plain(matter.title) for matter in matters[:_TITLES])
        rest = ", …" if len(matters) > _TITLES else ""
        return self._say("subject many", count=len(matters), titles=titles + rest)

    def _matter(self, matter: Matter) -> Iterator[str]:
        yield from self._told(matter)
        yield from self._now(matter)

    def _told(self, matter: Matter) -> Iterator[str]:
        for news in matter.news:
            yield _wrapped(
                sentence(news, title=matter.title, language=self._language, zone=self._head.zone)
            )
            if news.words.strip():
                yield quoted(news.words)

    def _now(self, matter: Matter) -> Iterator[str]:
        """Say where it stands, whose turn it is, what to type, and how to do it in the browser."""
        name = typed_name(matter.subject)
        yield _wrapped(self._where(matter))
        if matter.published == "live" and matter.url and matter.state in _WAITS:
            yield _wrapped(self._say("now edited", url=matter.url))
        commands = {
            "draft": f"blognet submit {name}",
            "faulty": f"blognet check {matter.path}",
        }
        if matter.state in commands:
            yield f"    {commands[matter.state]}"
        if matter.state in {"returned", "declined"}:
            yield f"{self._say('type')}\n\n    blognet status {name}"
        if matter.state in {"returned", "draft", "faulty", "declined"} and matter.path:
            yield self._in_browser(matter.path)

    def _in_browser(self, path: str) -> str:
        if self._head.edit_url:
            link = self._head.edit_url.replace(":path", _in_url(path))
            return self._say("browser", link=link)
        return _wrapped(self._say("browser plain", path=plain(path)))

    def _where(self, matter: Matter) -> str:
        when = self._time(matter.when) if matter.when else ""
        return self._say(
            _standing_key(matter),
            path=plain(matter.path),
            url=matter.url,
            until=when,
            appears=when,
            due=self._time(matter.due) if matter.due else "",
        )

    def _queue(self) -> Iterator[str]:
        lines = self._mail.queue
        if not lines:
            return
        shown = [self._queue_line(line) for line in lines[:_LISTED]]
        if len(lines) > _LISTED:
            shown.append(self._say("queue more", count=len(lines) - _LISTED))
        yield "\n".join([self._say("queue"), "", *shown])
        name, stage = typed_name(lines[0].wait.subject), lines[0].stage
        then = f"mayor queue --stage {stage}" if stage else "mayor queue"
        yield f"{self._say('queue type')}\n\n    mayor show {name}\n    {then}"

    def _queue_line(self, line: QueueLine) -> str:
        left = ""
        if line.wait.left is not None:
            key = "late" if line.wait.is_late else "left"
            left = self._say(key, time=spoken(line.wait.left))
        shown = self._say(
            "queue line" if left else "queue line plain",
            place=line.wait.place,
            name=typed_name(line.wait.subject),
            title=plain(line.title),
            authors=", ".join(plain(name) for name in line.authors),
            left=left,
        )
        return f"{shown} [{line.stage}]" if line.stage else shown

    def _say(self, key: str, **fields: object) -> str:
        return say(self._language, key, **fields)

    def _time(self, moment: datetime) -> str:
        return _when(moment, self._head.zone, with_time=True)


def quoted(words: str) -> str:
    """Quote somebody's words as e-mail does, wrapped, without control characters."""
    lines: list[str] = []
    for line in words.strip("\n").split("\n"):
        shown = plain(line)
        parts = textwrap.wrap(
            shown, _WIDTH - _MARK_WIDTH, break_long_words=False, break_on_hyphens=False
        )
        lines += [f"> {part}" for part in parts] or [">"]
    return "\n".join(lines)


def _standing_key(matter: Matter) -> str:
    """Return the key of the sentence that says where a subject stands and whose turn it is."""
    match matter.state:
        case "held" if matter.when:
            key = "now held until"
        case "queued" if matter.due:
            key = "now due"
        case "scheduled" | "none" if matter.when and matter.published != "retracted":
            key = "now scheduled"
        case "none" if matter.published == "live":
            key = "now live" if matter.url else "now live profile"
        case "none" if matter.published == "retracted":
            key = "now retracted"
        case state:
            key = f"now {state}" if has(f"now {state}") else "now nothing"
    return key


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _when(moment: datetime, zone: tzinfo, *, with_time: bool = False) -> str:
    return (
        f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
        if with_time
        else f"{moment.astimezone(zone):%Y-%m-%d}"
    )


def _in_url(path: str) -> str:
    """Write a path as part of an address."""
    safe = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
    return "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in path.encode("utf-8"))


def _thread(network: str, reader: AuthorId, subject: Subject) -> str:
    fields = ("blognet-thread-1", network, reader, str(subject))
    return sha256_hex(canonical_encoding(fields))[:32]
