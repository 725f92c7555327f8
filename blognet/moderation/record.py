"""The record as a whole. Answers: what is held of each subject, and where does each part of it lie? Reads nothing.

What its files say, and whether they are sound, is `record_reading`'s question.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from blognet.kernel.text import WORDS_QUOTE, quote_lines
from blognet.moderation.event_json import event_stem
from blognet.moderation.history import History
from blognet.moderation.kept_words import words_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import EventId, Subject
    from blognet.kernel.problems import Problem
    from blognet.moderation.events import Event

ROOT = "record"
ASSETS = "record/assets"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """One file of the record: its path from the network's root and its bytes."""

    path: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRecord:
    """What the record holds of one subject.

    Attributes:
        history: Its events.
        texts: Approved texts by content hash, checked against it.
        words: Words by event.
        first_paths: File stem of each event, for messages.
    """

    subject: Subject
    history: History
    texts: Mapping[ContentHash, str] = field(default_factory=dict)
    words: Mapping[EventId, str] = field(default_factory=dict)
    stems: Mapping[EventId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSubject:
    """A subject's folder as it was read, with the faults found in it."""

    decided: SubjectRecord
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that was decided, and the faults found while reading it.

    Attributes:
        subjects: By subject, sorted.
        problems: Sorted; an error among them stops a build.
    """

    subjects: Mapping[Subject, SubjectRecord] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def of(self, subject: Subject) -> SubjectRecord:
        """Return what is held of a subject; an empty one when nothing was ever decided."""
        empty = SubjectRecord(subject=subject, history=History(subject=subject))
        return self.subjects.get(subject, empty)

    def with_problems(self, more: tuple[Problem, ...]) -> Record:
        """Return this record with the faults added that were found while reading its files."""
        return replace(self, problems=tuple(sorted((*self.problems, *more))))


def subject_folder(subject: Subject) -> str:
    """Return where a subject's events lie: ``record/post/hello-world.de``."""
    return f"{ROOT}/{subject}"


def event_path(event: Event, raw: bytes) -> str:
    """Return where an event's file lies."""
    return f"{subject_folder(event.subject)}/{event_stem(event, raw)}.json"


def words_file(event: Event, raw: bytes, words: str) -> RecordFile:
    """Return the file of an event's words, and of what it keeps beside it: Markdown, each line quoted with ``>``.

    Quoted for the same reason as approved texts: git must never take words for a moved post.
    """
    path = f"{subject_folder(event.subject)}/{event_stem(event, raw)}.md"
    text = words_text(event, words)
    return RecordFile(path=path, raw=quote_lines(text, mark=WORDS_QUOTE).encode("utf-8"))


def text_file(subject: Subject, content: ContentHash, text: str) -> RecordFile:
    """Return the file of an approved text."""
    path = f"{subject_folder(subject)}/{content.file_stem}.txt"
    return RecordFile(path=path, raw=quote_lines(text).encode("utf-8"))


def asset_path(sha256: str) -> str:
    """Return where an approved asset lies."""
    return f"{ASSETS}/{sha256}.b64"
