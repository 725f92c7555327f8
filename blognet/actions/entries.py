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

    def has(self, key: str) -> bool:
        """Whether there is a subject, named as a text."""
        ...

    def keys(self) -> tuple[str, ...]:
        """Return all subjects as texts, sorted as subjects are."""
        ...

    def keys_of(self, kind: Kind) -> tuple[str, ...]:
        """Return the subjects of a kind as texts, sorted."""
        ...

    def proposed(self) -> tuple[str, ...]:
        """Return the subjects as texts with something proposed, or a force that wants a second look, sorted."""
        ...

    def changing(self) -> tuple[str, ...]:
        """Return the subjects as texts that time alone may change, sorted."""
        ...

    def bound(self, kind: Kind) -> frozenset[str]:
        """Return the authors of what is published, or was, of a kind."""
        ...

    def near(self, path: str) -> set[str]:
        """Return at least the subjects as texts of which a file lies at a path, or below it."""
        ...

    def open(self) -> None:
        """Read what is known of all subjects, because somebody asks for something of each."""
        ...

    def outlines(self) -> Iterator[tuple[str, Outline]]:
        """Yield every subject as a text with what it is found by."""
        ...

    def may_be_by(self, key: str, author: str) -> bool:
        """Whether somebody may be an author of a subject, named as a text; a look without taking anything apart."""
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

    def __init__(self, parts: Parts) -> None:
        """Keep where entries come from.

        Args:
            parts: Where their parts are read from.
        """
        self._parts = parts
        self._made: dict[str, Entry] = {}
        self._bound: dict[Kind, frozenset[str]] = {}

    def __getitem__(self, subject: Subject) -> Entry:
        """Return the entry of a subject."""
        if not self._parts.has(str(subject)):
            raise KeyError(subject)
        return self._entry(str(subject))

    def __contains__(self, subject: object) -> bool:
        """Whether anything lies on disk of a subject, or was decided about it."""
        return isinstance(subject, Subject) and self._parts.has(str(subject))

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return (self._entry(key).subject for key in self._keys)

    def __len__(self) -> int:
        """Count the subjects."""
        return len(self._keys)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return self._parts.keys()

    def proposed(self) -> tuple[Entry, ...]:
        """Return the entries with something proposed, without making the others."""
        return self._proposed

    @cached_property
    def _proposed(self) -> tuple[Entry, ...]:
        return tuple(map(self._entry, self._parts.proposed()))

    def changing(self) -> tuple[Entry, ...]:
        """Return the entries that time alone may change, without making the others."""
        return tuple(map(self._entry, self._parts.changing()))

    def lately(self, moment: datetime) -> tuple[Entry, ...]:
        """Return the entries that readers may see otherwise since a moment, without making the others."""
        self._parts.open()
        keys = (key for key in self._keys if self._parts.may_be_later(key, moment))
        return tuple(map(self._entry, keys))

    def lying_at(self, path: str) -> tuple[Entry, ...]:
        """Return the entries of which a file lies at a path or below it; others are not looked at."""
        inside = f"{path}/"
        near = sorted(map(subject_of, self._parts.near(path)))
        return tuple(
            self._entry(key)
            for key in map(str, near)
            if any(one == path or one.startswith(inside) for one in self._parts.places(key))
        )

    def named(self, wanted: Callable[[str], bool]) -> tuple[Entry, ...]:
        """Return the entries whose subject, as a text, is wanted, without making the others."""
        return tuple(map(self._entry, filter(wanted, self._keys)))

    def outlines(self) -> Iterator[tuple[str, Outline]]:
        """Yield every subject as a text with what it is found by, without making entries."""
        return self._parts.outlines()

    def by_author(self, author: str) -> tuple[Entry, ...]:
        """Return the entries of which somebody is an author, on disk or as approved, without making the others."""
        self._parts.open()
        keys = (key for key in self._keys if self._parts.may_be_by(key, author))
        return _really_by(map(self._entry, keys), author)

    def bound_authors(self, kind: Kind) -> frozenset[str]:
        """Return the authors of what is published, or was, of a kind, without making entries."""
        if kind not in self._bound:
            self._bound[kind] = self._parts.bound(kind)
        return self._bound[kind]

    def below(self, wanted: Callable[[str], bool]) -> tuple[Entry, ...]:
        """Return the entries of which a file lies at a wanted path, without making the others."""
        keys = (key for key in self._keys if any(map(wanted, self._parts.places(key))))
        return tuple(map(self._entry, keys))

    def places(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield every subject as a text with where it lies, without making entries."""
        return ((key, self._parts.places(key)) for key in self._keys)

    def contents(self) -> Iterator[tuple[str, str, str]]:
        """Yield every subject as a text with the content hash and the path of its text, without making entries."""
        return ((key, *self._parts.content(key)) for key in self._keys)

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """Return the entries of a kind, without making the others."""
        return tuple(map(self._entry, self._parts.keys_of(kind)))

    def _entry(self, key: str) -> Entry:
        entry = self._made.get(key)
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


def lying_at(entries: Mapping[Subject, Entry], path: str) -> tuple[Entry, ...]:
    """Return the entries of which a file, the text or one beside it, lies at a path or below it."""
    if isinstance(entries, Entries):
        return entries.lying_at(path)
    return below_in(entries, lambda one: one == path or one.startswith(f"{path}/"))


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
