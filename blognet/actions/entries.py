"""Every subject with what lies on disk, what was decided and where it stands; what nobody asks for need not be read.

Entries that come from the index have their `Glance` from there, and read a part when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from blognet.actions.approved_title import approved_title
from blognet.actions.glances import glance_at, outline_of
from blognet.actions.source_cards import text_card
from blognet.kernel.ids import Kind, Subject
from blognet.kernel.ids import subject_of as subject_of  # noqa: PLC0414  # others know it from here
from blognet.moderation.notes import notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from blognet.actions.glances import Glance, Outline
    from blognet.content.values import Proposal
    from blognet.kernel.ids import AuthorId
    from blognet.kernel.problems import Problem
    from blognet.moderation.approvals import Approved
    from blognet.moderation.record import SubjectRecord
    from blognet.moderation.standing import Standing


class Parts(Protocol):
    """Where the parts of entries are read from."""

    def glance(self, subject: Subject) -> Glance:
        """Return what is seen without reading."""
        ...

    def outline(self, key: str) -> Outline:
        """Return what a subject, named as a text, is found by."""
        ...

    def may_be_by(self, key: str, author: str) -> bool:
        """Whether somebody may be an author of a subject, named as a text; a look without taking anything apart."""
        ...

    def bound_authors(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the authors of what is published, or was, of subjects named as texts."""
        ...

    def places(self, key: str) -> tuple[str, ...]:
        """Return where a subject, named as a text, lies: its text and the files beside it."""
        ...

    def content(self, key: str) -> tuple[str, str]:
        """Return content hash in hex and path of the text on disk of a subject, named as a text; "" for none."""
        ...

    def problems(self, key: str) -> tuple[Problem, ...]:
        """Return the faults of what lies on disk of a subject, named as a text."""
        ...

    def has_notes(self, key: str) -> bool:
        """Whether there are notes on a subject, named as a text."""
        ...

    def may_be_later(self, key: str, moment: datetime) -> bool:
        """Whether what readers see of a subject, named as a text, may have changed after a moment."""
        ...

    def may_change(self, key: str) -> bool:
        """Whether time alone may change where a subject, named as a text, stands."""
        ...

    def proposal(self, subject: Subject) -> Proposal | None:
        """Read what lies on disk."""
        ...

    def decided(self, subject: Subject) -> SubjectRecord:
        """Read what was decided."""
        ...

    def standing(self, subject: Subject) -> Standing:
        """Return where it stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One subject: what lies on disk, what was decided, what stands."""

    subject: Subject
    proposal: Proposal | None
    decided: SubjectRecord
    standing: Standing
    _parts: Parts | None = field(default=None, init=False, repr=False, compare=False)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Read a part that was left out by `entry_read_later`, and keep it."""
            if name not in {"proposal", "decided", "standing"}:
                raise AttributeError(name)
            part = getattr(self._parts, name)(self.subject)
            object.__setattr__(self, name, part)
            return part

    @property
    def glance(self) -> Glance:
        """What is seen without reading it."""
        if self._parts is not None:
            return self._parts.glance(self.subject)
        text = text_card(self.proposal) if self.proposal else None
        return glance_at(self.subject, self.standing, text, title_of=self.title_of)

    def title_of(self, version: Approved) -> str:
        """Return the title or name of an approved version, secrets masked; "" when the record does not hold it."""
        return approved_title(self.decided, version)

    @property
    def title(self) -> str:
        """The title or name as it lies on disk, else as it was approved, else the id; secrets masked."""
        return self.glance.title

    @property
    def authors(self) -> tuple[AuthorId, ...]:
        """The authors as they stand on disk, else as they were approved."""
        return self.glance.authors

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of what lies on disk."""
        if self._parts is not None:
            return self._parts.problems(str(self.subject))
        return self.proposal.problems if self.proposal else ()

    @property
    def has_notes(self) -> bool:
        """Whether there are notes on it, whatever became of them."""
        if self._parts is not None:
            return self._parts.has_notes(str(self.subject))
        return bool(notes_of(self.decided.history))


def entry_read_later(subject: Subject, parts: Parts) -> Entry:
    """Return an entry whose parts are read when somebody asks for them."""
    entry = object.__new__(Entry)
    object.__setattr__(entry, "subject", subject)
    object.__setattr__(entry, "_parts", parts)
    return entry


class Entries(Mapping[Subject, Entry]):
    """Every subject on disk or in the record, sorted; entries are made when somebody asks for them."""

    def __init__(
        self, keys: Iterable[str], parts: Parts, is_proposed: Callable[[str], bool]
    ) -> None:
        """Keep where entries come from.

        Args:
            keys: The subjects as texts, sorted as subjects are.
            parts: Where their parts are read from.
            is_proposed: Tells by its text whether a subject is proposed, without making an entry.
        """
        self._parts = parts
        self._is_proposed = is_proposed
        self._made: dict[str, Entry | None] = dict.fromkeys(keys)
        self._bound: dict[Kind, frozenset[str]] = {}

    def __getitem__(self, subject: Subject) -> Entry:
        """Return the entry of a subject."""
        try:
            return self._made[str(subject)] or self._entry(str(subject))
        except KeyError:
            raise KeyError(subject) from None

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return (self._entry(key).subject for key in self._made)

    def __len__(self) -> int:
        """Count the subjects."""
        return len(self._made)

    def proposed(self) -> tuple[Entry, ...]:
        """Return the entries with something proposed, without making the others."""
        return self._proposed

    @cached_property
    def _proposed(self) -> tuple[Entry, ...]:
        return tuple(self._entry(key) for key in self._made if self._is_proposed(key))

    def changing(self) -> tuple[Entry, ...]:
        """Return the entries that time alone may change, without making the others."""
        return tuple(self._entry(key) for key in self._made if self._parts.may_change(key))

    def lately(self, moment: datetime) -> tuple[Entry, ...]:
        """Return the entries that readers may see otherwise since a moment, without making the others."""
        keys = (key for key in self._made if self._parts.may_be_later(key, moment))
        return tuple(map(self._entry, keys))

    def named(self, wanted: Callable[[str], bool]) -> tuple[Entry, ...]:
        """Return the entries whose subject, as a text, is wanted, without making the others."""
        return tuple(map(self._entry, filter(wanted, self._made)))

    def outlines(self) -> Iterator[tuple[str, Outline]]:
        """Yield every subject as a text with what it is found by, without making entries."""
        return ((key, self._parts.outline(key)) for key in self._made)

    def by_author(self, author: str) -> tuple[Entry, ...]:
        """Return the entries of which somebody is an author, on disk or as approved, without making the others."""
        keys = (key for key in self._made if self._parts.may_be_by(key, author))
        return _really_by(map(self._entry, keys), author)

    def bound_authors(self, kind: Kind) -> frozenset[str]:
        """Return the authors of what is published, or was, of a kind, without making entries."""
        if kind not in self._bound:
            begin = f"{kind.value}/"
            keys = (key for key in self._made if key.startswith(begin))
            self._bound[kind] = self._parts.bound_authors(keys)
        return self._bound[kind]

    def below(self, wanted: Callable[[str], bool]) -> tuple[Entry, ...]:
        """Return the entries of which a file lies at a wanted path, without making the others."""
        keys = (key for key in self._made if any(map(wanted, self._parts.places(key))))
        return tuple(map(self._entry, keys))

    def places(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield every subject as a text with where it lies, without making entries."""
        return ((key, self._parts.places(key)) for key in self._made)

    def contents(self) -> Iterator[tuple[str, str, str]]:
        """Yield every subject as a text with the content hash and the path of its text, without making entries."""
        return ((key, *self._parts.content(key)) for key in self._made)

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """Return the entries of a kind, without making the others."""
        return tuple(self._entry(key) for key in self._made if key.startswith(f"{kind.value}/"))

    def _entry(self, key: str) -> Entry:
        entry = self._made[key]
        if entry is None:
            entry = self._made[key] = entry_read_later(subject_of(key), self._parts)
        return entry


def proposed_in(entries: Mapping[Subject, Entry]) -> tuple[Entry, ...]:
    """Return the entries with something proposed, or live and in want of a second look."""
    if isinstance(entries, Entries):
        return entries.proposed()
    return tuple(entry for entry in entries.values() if entry.glance.lights.is_proposed)


def changing_in(entries: Mapping[Subject, Entry]) -> tuple[Entry, ...]:
    """Return at least the entries that time alone changes."""
    return entries.changing() if isinstance(entries, Entries) else tuple(entries.values())


def lately_in(entries: Mapping[Subject, Entry], moment: datetime) -> tuple[Entry, ...]:
    """Return at least the entries that readers see otherwise since a moment."""
    return entries.lately(moment) if isinstance(entries, Entries) else tuple(entries.values())


def languages_in(entries: Mapping[Subject, Entry], subject: Subject) -> tuple[Entry, ...]:
    """Return the entries of a subject's kind and id, in whatever language."""
    whole = f"{subject.kind.value}/{subject.id}"
    return named_in(entries, lambda key: key == whole or key.startswith(f"{whole}."))


def named_in(entries: Mapping[Subject, Entry], wanted: Callable[[str], bool]) -> tuple[Entry, ...]:
    """Return the entries whose subject, as a text, is wanted."""
    if isinstance(entries, Entries):
        return entries.named(wanted)
    return tuple(entry for subject, entry in entries.items() if wanted(str(subject)))


def below_in(entries: Mapping[Subject, Entry], wanted: Callable[[str], bool]) -> tuple[Entry, ...]:
    """Return the entries of which a file, the text or one beside it, lies at a wanted path."""
    if isinstance(entries, Entries):
        return entries.below(wanted)
    return tuple(entry for entry in entries.values() if any(map(wanted, _places(entry.proposal))))


def outlines_in(entries: Mapping[Subject, Entry]) -> Iterator[tuple[str, Outline]]:
    """Yield every subject as a text with what it is found by, in the order of subjects."""
    if isinstance(entries, Entries):
        return entries.outlines()
    return ((str(subject), outline_of(entry.glance)) for subject, entry in entries.items())


def by_author_in(entries: Mapping[Subject, Entry], author: str) -> tuple[Entry, ...]:
    """Return the entries of which somebody is an author, on disk or as approved."""
    if isinstance(entries, Entries):
        return entries.by_author(author)
    return _really_by(entries.values(), author)


def _really_by(entries: Iterable[Entry], author: str) -> tuple[Entry, ...]:
    glances = ((entry, entry.glance) for entry in entries)
    return tuple(
        entry for entry, seen in glances if author in seen.authors or author in seen.lights.authors
    )


def bound_authors_in(entries: Mapping[Subject, Entry], kind: Kind) -> frozenset[str]:
    """Return the authors of what is published, or was, of a kind."""
    if isinstance(entries, Entries):
        return entries.bound_authors(kind)
    of_kind = (one for one in entries.values() if one.subject.kind is kind)
    return frozenset(author for one in of_kind for author in one.glance.lights.authors)


def places_in(entries: Mapping[Subject, Entry]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every subject as a text with where it lies: its text and the files beside it; () when nowhere."""
    if isinstance(entries, Entries):
        return entries.places()
    return ((str(subject), _places(entry.proposal)) for subject, entry in entries.items())


def contents_in(entries: Mapping[Subject, Entry]) -> Iterator[tuple[str, str, str]]:
    """Yield every subject as a text with content hash in hex and path of its text; "" for what is not there."""
    if isinstance(entries, Entries):
        return entries.contents()
    return ((str(subject), *content_of(entry.proposal)) for subject, entry in entries.items())


def content_of(proposal: Proposal | None) -> tuple[str, str]:
    """Return the content hash in hex, and the path; "" for what is not there."""
    if proposal is None:
        return "", ""
    return proposal.hash.hex if proposal.hash else "", proposal.path


def profiles_in(entries: Mapping[Subject, Entry]) -> tuple[Entry, ...]:
    """Return the entries of profiles."""
    if isinstance(entries, Entries):
        return entries.of_kind(Kind.PROFILE)
    return tuple(entry for entry in entries.values() if entry.subject.kind is Kind.PROFILE)


def _places(proposal: Proposal | None) -> tuple[str, ...]:
    return (proposal.path, *proposal.asset_sources) if proposal else ()
