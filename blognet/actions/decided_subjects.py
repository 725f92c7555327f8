"""The record through the index: subjects whose files are as they were are read when somebody asks for them.

A subject that is read later is read from its files and checked like any other, and must be what the index said of it.
What the index says without reading is on its card (`blognet.actions.cards`); only sound subjects have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.actions.cards import said_moment
from blognet.actions.decided_cards import SEPARATOR, DecidedCard, decided_cards, digest_of
from blognet.actions.entries import subject_of
from blognet.disk.index import Row
from blognet.disk.record_changes import read_changes, read_folders
from blognet.kernel.errors import ChangedError
from blognet.kernel.ids import AuthorId, Kind, SitePath, Subject
from blognet.moderation.approvals import first_approval
from blognet.moderation.record import Record, SubjectRecord, subject_folder
from blognet.moderation.record_reading import grant_problems, read_subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from blognet.content.values import ReadingRules
    from blognet.disk.index import Index
    from blognet.moderation.history import History
    from blognet.moderation.trusting import Trust

SECTION = "record"


@dataclass(slots=True, kw_only=True)
class Remembered:
    """What is known of the record without reading it.

    Attributes:
        root: The network folder.
        trust: Whose events count.
        index: What was read before.
        rules: How approved texts are read.
        cards: Of the subjects that are as they were, by the subject as a text.
        rows: Where these cards come from.
        fresh: Rows to be kept, still without a card, of the sound subjects that were read.
        gone: Places of rows whose folders are no more.
        assets: Those that have a copy.
    """

    root: Path
    trust: Trust
    index: Index
    rules: ReadingRules
    cards: dict[str, DecidedCard] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    fresh: dict[str, Row] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    assets: frozenset[str] = frozenset()


class DecidedSubjects(Mapping[Subject, SubjectRecord]):
    """Every subject of the record, sorted, each read when somebody asks for it, if it was not read already."""

    def __init__(self, read: Mapping[Subject, SubjectRecord], remembered: Remembered) -> None:
        """Keep what was read and where the rest is known from."""
        self.remembered = remembered
        known: dict[str, SubjectRecord | None] = dict.fromkeys(remembered.cards)
        known |= {str(subject): decided for subject, decided in read.items()}
        self._known = {key: known[key] for key in sorted(known, key=in_order)}

    def __getitem__(self, subject: Subject) -> SubjectRecord:
        """Return what was decided about a subject.

        Raises:
            ChangedError: Its files changed since the network was looked at.
        """
        key = str(subject)
        try:
            decided = self._known[key]
        except KeyError:
            raise KeyError(subject) from None
        if decided is None:
            decided = self._known[key] = _read_later(subject, self.remembered)
        return decided

    def __contains__(self, subject: object) -> bool:
        """Whether anything was ever decided about a subject."""
        return isinstance(subject, Subject) and str(subject) in self._known

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return map(subject_of, self._known)

    def __len__(self) -> int:
        """Count the subjects."""
        return len(self._known)

    def some(self, is_wanted: Callable[[DecidedCard], bool]) -> tuple[Subject, ...]:
        """Return the subjects whose card is wanted, and those that have none; the others are not even named."""
        cards = self.remembered.cards
        keys = (key for key in self._known if (card := cards.get(key)) is None or is_wanted(card))
        return tuple(map(subject_of, keys))

    def keys_in_order(self) -> tuple[str, ...]:
        """Return the subjects as texts, sorted as subjects are."""
        return tuple(self._known)

    def approved_authors(self) -> frozenset[AuthorId]:
        """Return the authors whose profile was approved."""
        return frozenset(
            AuthorId(key.partition("/")[2].partition(".")[0])
            for key, decided in self._known.items()
            if key.startswith(f"{Kind.PROFILE.value}/")
            and (
                bool(self.remembered.cards[key].was_approved)
                if decided is None or key in self.remembered.cards
                else first_approval(decided.history) is not None
            )
        )


def in_order(key: str) -> str:
    """Return what sorts subjects as texts in the order of subjects: a language after its id, before longer ids."""
    return key.replace(".", "\0")


def read_through(
    root: Path, index: Index, *, trust: Trust, rules: ReadingRules, began: int
) -> tuple[Record, DecidedSubjects]:
    """Read what changed of the record, and remember the rest; the record's subjects are given by themselves, too.

    Args:
        root: The network folder.
        index: What was read before.
        trust: Whose events count.
        rules: How approved texts are read.
        began: Nanoseconds since 1970, from before anything was looked at.
    """
    rows = index.rows(SECTION)
    cards = decided_cards({place: row.said for place, row in rows.items()})
    known = rows if len(cards) == len(rows) else {place: rows[place] for place in cards}
    changes = read_changes(root, known, began=began, look=index.look)
    assets = changes.raw.assets
    lacking = [
        place
        for place in changes.kept
        if (names := cards[place].asset_names) and not assets.issuperset(names.split())
    ]
    again = read_folders(root, lacking, began=began)
    read, homeless = read_subjects(
        (*changes.raw.files, *again.raw.files), asset_names=assets, trust=trust
    )
    marks = {**changes.marks, **again.marks}
    sound = {subject_folder(subject) for subject, one in read.items() if not one.problems}
    left = set(lacking)
    kept = [(place, _key(place)) for place in changes.kept if place not in left]
    remembered = Remembered(
        root=root,
        trust=trust,
        index=index,
        rules=rules,
        cards={key: cards[place] for place, key in kept},
        rows={key: rows[place] for place, key in kept},
        fresh={
            _key(place): Row(one.names, one.marks, "")
            for place, one in marks.items()
            if place in sound
        },
        gone=tuple(rows.keys() - {place for place, _ in kept} - marks.keys()),
        assets=assets,
    )
    subjects = DecidedSubjects({subject: one.decided for subject, one in read.items()}, remembered)
    problems = [*changes.raw.problems, *again.raw.problems, *homeless]
    problems += [problem for one in read.values() for problem in one.problems]
    record = Record(subjects=subjects)
    concerned = {subject: subjects[subject] for subject in grant_histories(record)}
    problems += grant_problems(concerned, trust)
    return record.with_problems(tuple(problems)), subjects


class Given(Mapping["SitePath", Subject]):
    """Subjects by the addresses that they were given; a subject is named when somebody asks for it."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Keep subjects as texts, by address."""
        self._keys = keys

    def __getitem__(self, url: SitePath) -> Subject:
        """Return the subject that has an address."""
        return subject_of(self._keys[url])

    def __iter__(self) -> Iterator[SitePath]:
        """Go through the addresses."""
        return map(SitePath, self._keys)

    def __len__(self) -> int:
        """Count the addresses."""
        return len(self._keys)


def addresses_given(record: Record) -> Mapping[SitePath, Subject]:
    """Return the addresses that the record ever gave away, also of what is retracted, contested or expired."""
    subjects = record.subjects
    cards: Mapping[str, DecidedCard] = {}
    keys: Iterable[str] = map(str, subjects)
    if isinstance(subjects, DecidedSubjects):
        cards, keys = subjects.remembered.cards, subjects.keys_in_order()
    given: dict[str, str] = {}
    for key in keys:
        card = cards.get(key)
        if card is not None:
            given |= dict.fromkeys(card.urls.split(SEPARATOR) if card.urls else (), key)
            continue
        events = subjects[subject_of(key)].history.events
        given |= {one.facts.url: key for one in events if one.facts and one.facts.url}
    return Given(given)


def answered_since(record: Record, moment: datetime, *, submitted: bool) -> tuple[Subject, ...]:
    """Return every subject whose authors were answered since a moment, and perhaps others.

    Args:
        record: What was decided.
        moment: Aware time.
        submitted: Only those that an author submitted.
    """
    subjects, said = record.subjects, said_moment(moment)
    if not isinstance(subjects, DecidedSubjects):
        return tuple(subjects)
    return subjects.some(
        lambda card: card.answered >= said and bool(card.was_submitted or not submitted)
    )


def count_events(record: Record) -> int:
    """Count every event there is."""
    subjects, counted, others = record.subjects, 0, tuple(record.subjects)
    if isinstance(subjects, DecidedSubjects):
        counted = sum(int(card.events) for card in subjects.remembered.cards.values())
        others = subjects.some(lambda _: False)
    return counted + sum(len(subjects[subject].history.events) for subject in others)


def grant_histories(record: Record) -> Mapping[Subject, History]:
    """Return the histories that may give, end or use a grant."""
    subjects = record.subjects
    wanted = (
        subjects.some(lambda card: bool(card.grants))
        if isinstance(subjects, DecidedSubjects)
        else tuple(subjects)
    )
    return {subject: subjects[subject].history for subject in wanted}


def _key(place: str) -> str:
    return place.partition("/")[2]


def _read_later(subject: Subject, remembered: Remembered) -> SubjectRecord:
    folder = subject_folder(subject)
    changes = read_folders(remembered.root, (folder,), began=0)
    read, _ = read_subjects(
        changes.raw.files, asset_names=remembered.assets, trust=remembered.trust
    )
    one = read.get(subject)
    same = one is not None and not one.problems and not changes.raw.problems
    if (
        one is None
        or not same
        or digest_of(one.decided.history) != remembered.cards[str(subject)].ids
    ):
        message = f"{folder} changed while the command was running"
        raise ChangedError(message, hint="repeat the command")
    return one.decided
