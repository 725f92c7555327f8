"""The sources through the index: a text or bundle whose files are as they were is parsed when somebody asks for it.

Sources are read by *units*: a bundle, a single file, or all of ``authors/``; no unit changes how another is read, but
for the authors that are known. What only shows when units are put together (two of them are one subject) is worked out
by reading all units concerned together, as without an index.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.source_cards import SourceCard, source_cards, source_text
from blognet.actions.source_sheets import MANY, SECTION, QuietSources, quiet_sources
from blognet.actions.source_units import profiles_in, row_of, units_in
from blognet.content.values import Proposal
from blognet.disk.clock import nanoseconds
from blognet.disk.index import Row
from blognet.disk.marks import is_settled
from blognet.disk.network import is_unchanged, read_found
from blognet.disk.source_leaves import PROFILES, source_leaves
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from blognet.actions.source_units import Units
    from blognet.content.layout import FoundText
    from blognet.content.values import FoundFile, ReadingRules
    from blognet.disk.index import Index
    from blognet.disk.reading import Entry as FoundEntry
    from blognet.kernel.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What lies in the sources.

    Attributes:
        units: The files of each unit.
        cards: Of the units that are as they were, but for those of which only sheets were read.
        files: Of the units that had to be read.
        rows: To be kept, by unit, as soon as their cards are known.
        gone: Units that are no more.
        authors: Everyone with a profile or an approved one.
        quiet: Units of which only sheets were read; None where only a walk could tell what is there.
    """

    units: Mapping[str, tuple[FoundEntry, ...]]
    cards: dict[str, SourceCard]
    files: tuple[FoundFile, ...]
    rows: Mapping[str, Row]
    gone: tuple[str, ...]
    authors: frozenset[AuthorId]
    quiet: QuietSources | None = None

    def open(self, leaves: Iterable[int]) -> Mapping[str, SourceCard]:
        """Read the cards of the units of some leaves in place of their sheets, and return them.

        Raises:
            ChangedError: One changed while this ran.
        """
        opened = self.quiet.open(leaves) if self.quiet else {}
        self.cards.update(opened)
        return opened

    def quiet_faults(self) -> Iterable[tuple[str, SourceCard]]:
        """Return the units, of those of which only sheets were read, with problems that belong to no subject.

        Raises:
            ChangedError: One changed while this ran.
        """
        if self.quiet is None:
            return ()
        faulty = (unit for sheet in self.quiet.sheets.values() for unit in sheet.faulty)
        return self.quiet.cards(faulty).items()

    def is_as_before(self, unit: str) -> bool:
        """Whether a unit that is there is as it was."""
        return unit in self.cards or (self.quiet is not None and self.quiet.has(unit))


@dataclass(slots=True, kw_only=True)
class Capturing:
    """Reads each text once and remembers what came of it.

    Attributes:
        done: What came of each text, by path.
        known: Gives a text from its path and bytes, as it was read by an earlier command.
    """

    done: dict[str, Proposal | Problem] = field(default_factory=dict)
    known: Callable[[str, bytes], Proposal | None] = field(default=lambda _path, _raw: None)

    def __call__(
        self, text: FoundText, *, rules: ReadingRules, known_authors: frozenset[AuthorId]
    ) -> Proposal | Problem:
        """Read one text, as `propose` does."""
        path = text.file.path
        if path not in self.done:
            known = self.known(path, text.file.raw or b"")
            self.done[path] = known or self._read(text, rules, known_authors)
        return self.done[path]

    def _read(
        self, text: FoundText, rules: ReadingRules, known_authors: frozenset[AuthorId]
    ) -> Proposal | Problem:
        from blognet.content.proposals import propose

        return propose(text, rules=rules, known_authors=known_authors)


def look_at_sources(
    root: Path,
    index: Index,
    *,
    rules: ReadingRules,
    approved: frozenset[AuthorId],
    began: int,
    mask: Callable[[Proposal], Proposal],
) -> Looked:
    """Find what lies in the source folders, and read what is not as it was.

    Args:
        root: The network folder.
        index: What was read before.
        rules: The network's settings.
        approved: Authors whose profile was approved.
        began: Nanoseconds since 1970, from before anything was looked at.
        mask: Takes secrets out of a proposal's problems.
    """
    leaves = source_leaves(index.look, rules.languages)
    units = units_in(root, rules, index.look) if leaves is None else profiles_in(root, index.look)
    rows = index.rows(SECTION) if leaves is None else index.rows_at(SECTION, units)
    same = units.as_before(rows)
    cards = source_cards({unit: row.said for unit, row in same.items()})
    files: dict[str, tuple[FoundFile, ...]] = {}
    if PROFILES in units and PROFILES not in cards:
        files[PROFILES] = read_unit(root, units[PROFILES])
    authors = approved | _profiled(cards.get(PROFILES), files.get(PROFILES, ()), rules)
    digest = authors_digest(authors)
    holds = partial(_holds, digest=digest, authors=authors)
    quiet = None
    if leaves is not None:
        again = partial(_read_again, root, units, rules=rules, authors=authors, mask=mask)
        quiet = quiet_sources(index, leaves, authors=digest, holds=holds, read=again)
        loud = quiet.loud()
        units.leaves = leaves
        units.take(unit for leaf in loud for unit in leaves.units(leaf).items())
        rows = _rows_known(index, quiet, loud, units)
        same = units.as_before(rows)
        # Somebody else may have kept the profiles since they were read here.
        cards = source_cards({unit: row.said for unit, row in same.items() if unit not in files})
    cards = {unit: card for unit, card in cards.items() if unit == PROFILES or holds(unit, card)}
    for unit in units.taken():
        if unit not in cards and unit not in files:
            files[unit] = read_unit(root, units[unit])
    return Looked(
        units=units,
        cards=cards,
        files=tuple(one for unit in sorted(files) for one in files[unit]),
        rows=_rows(root, units, files, began),
        gone=tuple(unit for unit in rows if unit not in units),
        authors=authors,
        quiet=quiet,
    )


def _holds(unit: str, card: SourceCard, *, digest: str, authors: frozenset[AuthorId]) -> bool:
    """Whether a unit would be read in the same way knowing these authors."""
    if card.authors == digest:  # nearly always; no folder is looked at
        return True
    return card.holds(digest=digest, authors=authors, folder=_folder_of(unit, authors))


def _rows_known(
    index: Index, quiet: QuietSources, loud: list[int], units: Units
) -> Mapping[str, Row]:
    """Return the rows of the units that were taken, and of those that were in their leaves and are gone."""
    if quiet.sheets and len(loud) <= MANY:
        return index.rows_at(SECTION, [*units.taken(), *quiet.gone()])
    told = {unit for leaf in quiet.sheets for unit in quiet.leaves.units(leaf)}
    return {unit: row for unit, row in index.rows(SECTION).items() if unit not in told}


def _read_again(
    root: Path,
    units: Units,
    wanted: Iterable[str],
    *,
    rules: ReadingRules,
    authors: frozenset[AuthorId],
    mask: Callable[[Proposal], Proposal],
) -> Mapping[str, Row]:
    """Read units that a sheet tells of, and of which no card is kept any more."""
    some = {unit: units[unit] for unit in wanted}
    return read_alone(
        root,
        some,
        rules=rules,
        authors=authors,
        began=nanoseconds(),
        mask=mask,
        capturing=Capturing(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What of the sources is not known.

    Attributes:
        units: The files of each unit that is not as it was.
        rows: Of the others.
        authors: Everyone with a profile or an approved one.
    """

    units: Mapping[str, tuple[FoundEntry, ...]]
    rows: Mapping[str, Row]
    authors: frozenset[AuthorId]


def changed_units(
    root: Path, index: Index, *, rules: ReadingRules, approved: frozenset[AuthorId]
) -> Unread:
    """Find what lies in the source folders and is not as it was; nothing but profiles is read.

    Args:
        root: The network folder.
        index: What was read before.
        rules: The network's settings.
        approved: Authors whose profile was approved.
    """
    rows = index.rows(SECTION)
    units = units_in(root, rules, index.look)
    same = units.as_before(rows)
    profiles = read_unit(root, units.get(PROFILES, ()))
    return Unread(
        units={unit: units[unit] for unit in units if unit not in same},
        rows=same,
        authors=approved | _profiled(None, profiles, rules),
    )


def read_alone(
    root: Path,
    units: Mapping[str, tuple[FoundEntry, ...]],
    *,
    rules: ReadingRules,
    authors: frozenset[AuthorId],
    began: int,
    mask: Callable[[Proposal], Proposal],
    capturing: Capturing,
) -> dict[str, Row]:
    """Read some units by themselves, and return their rows of the index.

    Args:
        root: The network folder.
        units: Their files.
        rules: The network's settings.
        authors: Everyone with a profile or an approved one.
        began: Nanoseconds since 1970, from before anything was looked at.
        mask: Takes secrets out of a proposal's problems.
        capturing: Gets what came of each text.
    """
    from blognet.content.library import read_library

    files = {unit: read_unit(root, entries) for unit, entries in units.items()}
    looked = Looked(
        units=units,
        cards={},
        files=tuple(one for some in files.values() for one in some),
        rows=_rows(root, units, files, began),
        gone=(),
        authors=authors,
    )
    library = read_library(looked.files, rules=rules, known_authors=authors, proposing=capturing)
    return rows_with_cards(looked, capturing.done, library.problems, mask)


def authors_digest(authors: Iterable[AuthorId]) -> str:
    """Return a digest of the authors that are known."""
    return sha256_hex("\n".join(sorted(authors)).encode("ascii"))


def rows_with_cards(
    looked: Looked,
    done: Mapping[str, Proposal | Problem],
    homeless: Iterable[Problem],
    mask: Callable[[Proposal], Proposal],
) -> dict[str, Row]:
    """Return the rows to be kept of the units that were read.

    Args:
        looked: What was read.
        done: What came of each text, by path.
        homeless: Problems that belong to no subject.
        mask: Takes secrets out of a proposal's problems.
    """
    lone: dict[str, list[Problem]] = {}
    for problem in homeless:
        lone.setdefault(problem.location.path, []).append(problem)
    digest = authors_digest(looked.authors)
    rows: dict[str, Row] = {}
    for unit, row in looked.rows.items():
        paths = [entry.path for entry in looked.units[unit]]
        read = (done[path] for path in paths if path in done)
        proposals = [mask(one) for one in read if isinstance(one, Proposal)]
        problems = [problem for path in paths for problem in lone.get(path, ())]
        folder = _folder_of(unit, looked.authors)
        said = source_text(proposals, problems, authors=digest, folder=folder)
        rows[unit] = Row(row.names, row.marks, said)
    return rows


def read_unit(root: Path, entries: Iterable[FoundEntry]) -> tuple[FoundFile, ...]:
    """Read the files of a unit."""
    return tuple(read_found(root, entry) for entry in entries)


def _profiled(
    card: SourceCard | None, files: tuple[FoundFile, ...], rules: ReadingRules
) -> frozenset[AuthorId]:
    if card is not None:
        return frozenset(AuthorId(subject_of(text.key).id) for text in card.texts)
    if not files:
        return frozenset()
    from blognet.content.library import read_library

    library = read_library(files, rules=rules)
    return frozenset(AuthorId(one.subject.id) for one in library.proposals)


def _folder_of(unit: str, authors: frozenset[AuthorId]) -> str:
    """Return the author whom the folders around a unit name."""
    folders = unit.split("/")[1:-1]
    return next((name for name in reversed(folders) if name in authors), "")


def _rows(
    root: Path,
    units: Mapping[str, tuple[FoundEntry, ...]],
    files: Mapping[str, tuple[FoundFile, ...]],
    began: int,
) -> dict[str, Row]:
    rows = ((unit, _row(root, units[unit], found, began)) for unit, found in files.items())
    return {unit: row for unit, row in rows if row is not None}


def _row(
    root: Path, entries: tuple[FoundEntry, ...], files: tuple[FoundFile, ...], began: int
) -> Row | None:
    """Return by what a unit can be known again; None when it may have changed while it was read, or still may."""
    plain = all(
        entry.fault is None and "/".join(entry.parts) == entry.path and "\n" not in entry.path
        for entry in entries
    )
    if not plain or any(found.fault for found in files):
        return None
    if not all(is_settled(entry.mark, began) for entry in entries):
        return None
    if not all(is_unchanged(root, entry) for entry in entries):
        return None
    return row_of(entries)
