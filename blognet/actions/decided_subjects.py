"""The record through the index: subjects whose files are as they were are read when somebody asks for them.

A subject that is read later is read from its files and checked like any other, and must be what the index said of it.
What the index says without reading is on its card (`blognet.actions.cards`); only sound subjects have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from blognet.actions.cards import said_moment
from blognet.actions.decided_cards import SEPARATOR, DecidedCard, decided_cards, digest_of
from blognet.actions.entries import subject_of
from blognet.actions.record_sheets import (
    BRIEFS,
    SECTION,
    Quiet,
    keys_known,
    quiet_in,
)
from blognet.actions.remembered import MANY, Remembered, key_of, rows_of
from blognet.disk.index import Row
from blognet.disk.record_changes import read_changes, read_folders, read_some_changes
from blognet.disk.record_leaves import ALL_LEAVES, leaf_of, leaves_in
from blognet.kernel.errors import ChangedError
from blognet.kernel.ids import AuthorId, Kind, SitePath, Subject
from blognet.moderation.approvals import first_approval
from blognet.moderation.record import Record, SubjectRecord, subject_folder
from blognet.moderation.record_reading import grant_problems, read_subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.record_sheets import Brief
    from blognet.content.values import ReadingRules
    from blognet.disk.index import Index
    from blognet.disk.record_changes import RecordChanges
    from blognet.disk.record_leaves import RecordLeaves
    from blognet.moderation.history import History
    from blognet.moderation.trusting import Trust


class DecidedSubjects(Mapping[Subject, SubjectRecord]):
    """Every subject of the record, sorted, each read when somebody asks for it, if it was not read already."""

    def __init__(self, read: Mapping[Subject, SubjectRecord], remembered: Remembered) -> None:
        """Keep what was read and where the rest is known from."""
        self.remembered = remembered
        self._known: dict[str, SubjectRecord | None] = dict.fromkeys(remembered.cards)
        self._known |= {str(subject): decided for subject, decided in read.items()}
        self._keys: tuple[str, ...] | None = None
        self.taking: Callable[[Iterable[str]], None] = _nothing

    def __getitem__(self, subject: Subject) -> SubjectRecord:
        """Return what was decided about a subject.

        Raises:
            ChangedError: Its files changed since the network was looked at.
        """
        key = str(subject)
        decided = self._known.get(key)
        if decided is None and not self.has(key):
            raise KeyError(subject)
        if decided is None:
            decided = self._known[key] = _read_later(subject, self.remembered)
        return decided

    def __contains__(self, subject: object) -> bool:
        """Whether anything was ever decided about a subject."""
        return isinstance(subject, Subject) and self.has(str(subject))

    def has(self, key: str) -> bool:
        """Whether anything was ever decided about a subject that is named as a text."""
        return key in self._known or self.remembered.is_quiet(key)

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return map(subject_of, self.keys_in_order())

    def __len__(self) -> int:
        """Count the subjects."""
        return len(self.keys_in_order())

    def open(self, leaves: Iterable[int] | None = None) -> None:
        """Read the cards of the subjects of some leaves, or of all, in place of their sheets."""
        opened = self.remembered.open(leaves)
        for key in opened:
            self._known.setdefault(key, None)
        self.taking(opened)

    def some(self, is_wanted: Callable[[DecidedCard], bool]) -> tuple[Subject, ...]:
        """Return the subjects whose card is wanted, and those that have none; the others are not even named."""
        self.open()
        return self._some(is_wanted)

    def _some(
        self, is_wanted: Callable[[DecidedCard], bool], others: Iterable[str] = ()
    ) -> tuple[Subject, ...]:
        """Return subjects as `some` does, of those whose cards were read, and others."""
        cards = self.remembered.cards
        keys = [key for key in self.loud() if (card := cards.get(key)) is None or is_wanted(card)]
        return tuple(map(subject_of, sorted({*keys, *others}, key=in_order)))

    def loud(self) -> Iterator[str]:
        """Yield the subjects, as texts, of which not only the sheet was read."""
        is_quiet = self.remembered.is_quiet
        return (key for key in self._known if not is_quiet(key))

    def of_kind(self, kind: Kind) -> set[str]:
        """Return the subjects of a kind, as texts."""
        leaves, begin = self.remembered.leaves, f"{kind.value}/"
        found = {key for key in self._known if key.startswith(begin)}
        return found if leaves is None else found.union(filter(self.has, leaves.keys_of(kind)))

    def keys_in_order(self) -> tuple[str, ...]:
        """Return the subjects as texts, sorted as subjects are."""
        if self._keys is None:
            quiet = self.remembered.quiet
            keys = {*self._known, *(quiet.keys() if quiet else ())}
            self._keys = tuple(sorted(keys, key=in_order))
        return self._keys

    def keys_in(self, leaves: AbstractSet[int], told: Iterable[str]) -> tuple[str, ...]:
        """Return the subjects of some leaves as texts, sorted as subjects are.

        Args:
            leaves: The leaves.
            told: Those of them of which only sheets were read, as somebody has read their names already.
        """
        if leaves == ALL_LEAVES:
            return self.keys_in_order()
        known = (key for key in self._known if leaf_of(key) in leaves)
        return tuple(sorted({*known, *told}, key=in_order))

    def open_untrue(self, leaves: AbstractSet[int], said: str) -> None:
        """Read the cards of the subjects of some leaves whose sheets are not true at a moment."""
        quiet = self.remembered.quiet
        sheets = quiet.sheets if quiet is not None else {}
        untrue = [leaf for leaf in leaves & sheets.keys() if not sheets[leaf].is_true_at(said)]
        if untrue:
            self.open(untrue)

    def without_cards(self) -> tuple[Subject, ...]:
        """Return the subjects of which no card says anything."""
        return self._some(lambda _: False)

    def granting(self) -> tuple[Subject, ...]:
        """Return the subjects whose events may give, end or use a grant."""
        told = (key for sheet in self.remembered.sheets() for key in sheet.grants)
        return self._some(lambda card: bool(card.grants), told)

    def answered_since(self, said: str, *, submitted: bool) -> tuple[Subject, ...]:
        """Return the subjects whose authors were answered since a moment, and perhaps others.

        Args:
            said: The moment, as `said_moment` gives it.
            submitted: Only those that an author submitted.
        """
        quiet = self.remembered.quiet
        sheets = {} if quiet is None else quiet.sheets
        found = {
            leaf: sheet.answered_since(said, submitted=submitted) for leaf, sheet in sheets.items()
        }
        self.open(leaf for leaf, keys in found.items() if keys is None)
        return self._some(
            lambda card: card.answered >= said and bool(card.was_submitted or not submitted),
            (key for keys in found.values() for key in keys or ()),
        )

    def approved_authors(self) -> frozenset[AuthorId]:
        """Return the authors whose profile was approved."""
        told = (author for sheet in self.remembered.sheets() for author in sheet.profiles)
        return frozenset(map(AuthorId, told)) | frozenset(
            AuthorId(key.partition("/")[2].partition(".")[0])
            for key in self.loud()
            if key.startswith(f"{Kind.PROFILE.value}/")
            and (
                bool(self.remembered.cards[key].was_approved)
                if key in self.remembered.cards
                else first_approval(self[subject_of(key)].history) is not None
            )
        )


def _nothing(opened: Iterable[str]) -> None:
    del opened


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
    leaves = leaves_in(index.look)
    quiet = None if leaves is None else quiet_in(index, leaves)
    rows, changes = _changes(root, index, leaves, quiet, began)
    cards = decided_cards({place: row.said for place, row in rows.items()})
    if quiet is not None and (lacking_assets := _lacking(quiet, changes.raw.assets)):
        for leaf in lacking_assets:
            del quiet.sheets[leaf]
        rows, changes = _changes(root, index, leaves, quiet, began)
        cards = decided_cards({place: row.said for place, row in rows.items()})
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
    kept = [(place, key_of(place)) for place in changes.kept if place not in left]
    remembered = Remembered(
        root=root,
        trust=trust,
        index=index,
        rules=rules,
        cards={key: cards[place] for place, key in kept},
        rows={key: rows[place] for place, key in kept},
        fresh={
            key_of(place): Row(one.names, one.marks, "")
            for place, one in marks.items()
            if place in sound
        },
        gone=tuple(rows.keys() - {place for place, _ in kept} - marks.keys()),
        assets=assets,
        quiet=quiet,
        leaves=leaves,
    )
    subjects = DecidedSubjects({subject: one.decided for subject, one in read.items()}, remembered)
    problems = [*changes.raw.problems, *again.raw.problems, *homeless]
    problems += [problem for one in read.values() for problem in one.problems]
    record = Record(subjects=subjects)
    concerned = {subject: subjects[subject] for subject in grant_histories(record)}
    problems += grant_problems(concerned, trust)
    return record.with_problems(tuple(problems)), subjects


def _lacking(quiet: Quiet, assets: frozenset[str]) -> list[int]:
    """Return the leaves of which an asset has no copy any more."""
    return [leaf for leaf, sheet in quiet.sheets.items() if not assets.issuperset(sheet.assets)]


def _changes(
    root: Path, index: Index, leaves: RecordLeaves | None, quiet: Quiet | None, began: int
) -> tuple[Mapping[str, Row], RecordChanges]:
    """Return the rows of the subjects whose sheets do not hold, and what changed of these."""
    if leaves is None or quiet is None:
        rows = _with_cards(index.rows(SECTION))
        return rows, read_changes(root, rows, began=began, look=index.look)
    loud = quiet.loud()
    folders = quiet.folders(loud)
    gone: Iterable[str] = ()
    if quiet.sheets and len(loud) <= MANY:
        known = keys_known(index.rows_at(BRIEFS, map(str, loud)))
        gone = {subject_folder(subject_of(key)) for key in known}.difference(folders)
    rows = _with_cards(rows_of(index, [*folders, *gone], len(loud)))
    if len(loud) > MANY:
        told = set(quiet.folders(quiet.sheets))
        rows = {place: row for place, row in rows.items() if place not in told}
    return rows, read_some_changes(leaves, root, folders, rows, began=began)


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
    urls: Mapping[str, str] = {}
    keys: Iterable[str] = map(str, subjects)
    if isinstance(subjects, DecidedSubjects):
        urls, keys = _urls(subjects), subjects.keys_in_order()
    given: dict[str, str] = {}
    for key in keys:
        told = urls.get(key)
        if told is not None:
            given |= dict.fromkeys(told.split(SEPARATOR) if told else (), key)
            continue
        events = subjects[subject_of(key)].history.events
        given |= {one.facts.url: key for one in events if one.facts and one.facts.url}
    return Given(given)


def _urls(subjects: DecidedSubjects) -> Mapping[str, str]:
    """Return the addresses that subjects were ever given, with separators between, as far as cards tell."""
    told = briefs_of(subjects)
    cards = subjects.remembered.cards
    return {brief.key: brief.urls for brief in told} | {k: card.urls for k, card in cards.items()}


def briefs_of(
    subjects: DecidedSubjects, leaves: AbstractSet[int] = ALL_LEAVES
) -> tuple[Brief, ...]:
    """Return the briefs of some leaves, as far as only sheets were read of them; () when some are there no more."""
    quiet = subjects.remembered.quiet
    briefs = quiet.briefs(leaves) if quiet is not None else ()
    if briefs is None:
        subjects.open(leaves)
    return tuple(briefs or ())


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
    return subjects.answered_since(said, submitted=submitted)


def count_events(record: Record) -> int:
    """Count every event there is."""
    subjects, counted, others = record.subjects, 0, tuple(record.subjects)
    if isinstance(subjects, DecidedSubjects):
        counted = sum(int(card.events) for card in subjects.remembered.cards.values())
        counted += sum(sheet.events for sheet in subjects.remembered.sheets())
        others = subjects.without_cards()
    return counted + sum(len(subjects[subject].history.events) for subject in others)


def grant_histories(record: Record) -> Mapping[Subject, History]:
    """Return the histories that may give, end or use a grant."""
    subjects = record.subjects
    wanted = subjects.granting() if isinstance(subjects, DecidedSubjects) else tuple(subjects)
    return {subject: subjects[subject].history for subject in wanted}


def _with_cards(rows: Mapping[str, Row]) -> Mapping[str, Row]:
    """Return the rows that have a card."""
    count = len(DecidedCard._fields) - 1
    return {place: row for place, row in rows.items() if row.said.count("\t") == count}


def _read_later(subject: Subject, remembered: Remembered) -> SubjectRecord:
    folder = subject_folder(subject)
    changes = read_folders(remembered.root, (folder,), began=0)
    read, _ = read_subjects(
        changes.raw.files, asset_names=remembered.assets, trust=remembered.trust
    )
    one = read.get(subject)
    same = one is not None and not one.problems and not changes.raw.problems
    card = remembered.card(str(subject))
    if one is None or not same or (card and digest_of(one.decided.history) != card.ids):
        message = f"{folder} changed while the command was running"
        raise ChangedError(message, hint="repeat the command")
    return one.decided
