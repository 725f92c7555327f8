"""Filling the index before a large network is loaded: whoever loads it then reads cards, and no text.

Sources and the record are read by all who help, a slice at a time, and nobody holds more than a slice. What a slice
gives are rows of the index, made as they are made when everything is read at once (`blognet.actions.indexed`); they are
believed for their marks alone, as ever. So whatever is lost or left out here is read later, and costs time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from blognet.actions.approved_title import approved_title
from blognet.actions.decided_cards import decided_text
from blognet.actions.kept_live import SECTION as LIVE
from blognet.actions.live_cards import live_text
from blognet.actions.packing import NotHereError, packed, unpacked
from blognet.actions.published import as_approved, shown_of
from blognet.actions.record_sheets import SECTION as RECORD
from blognet.actions.source_cards import source_cards
from blognet.actions.source_sheets import SECTION as SOURCES
from blognet.actions.sources import Capturing, changed_units, read_alone
from blognet.content.values import Proposal
from blognet.disk.index import Row
from blognet.disk.processes import kit_in
from blognet.disk.record_changes import is_as_before, read_folders, subject_folders
from blognet.kernel.hashing import ContentHash
from blognet.kernel.ids import AuthorId, Kind
from blognet.moderation.approvals import first_approval
from blognet.moderation.record import ROOT, subject_folder
from blognet.moderation.record_reading import read_subjects
from blognet.moderation.standing import published_version, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.content.values import Content, ReadingRules
    from blognet.disk.index import Index
    from blognet.disk.reading import Entry as FoundEntry
    from blognet.disk.record_changes import FolderMarks
    from blognet.kernel.ids import EventId, Subject
    from blognet.moderation.record import SubjectRecord
    from blognet.moderation.trusting import Trust
    from blognet.site import LiveAuthor, LivePost

    Mask = Callable[[Proposal], Proposal]
    _Unit = tuple[str, tuple[FoundEntry, ...]]

_ItemT = TypeVar("_ItemT")
_DoneT = TypeVar("_DoneT")

WORTH_FILLING = 200
"""Fewer subjects than this are read at once sooner than a second process starts."""
_LOOKED_AT = 16
"""Folders that tell whether the index knows the record as it is."""
_SLICE = 50


class OnDisk(NamedTuple):
    """What lies on disk of a subject, as far as where it stands depends on it."""

    content: str = ""
    is_draft: bool = False
    is_there: bool = False
    tells_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingKit:
    """What a process needs to read any part of a network.

    Attributes:
        root: The network folder.
        rules: How sources are read.
        trust: Whose events count.
        now: The time.
        began: Nanoseconds since 1970, from before anything was looked at.
        authors: Everyone with a profile or an approved one.
        assets: Those that have an approved copy.
        mask: Takes secrets out of a proposal's problems.
    """

    root: Path
    rules: ReadingRules
    trust: Trust
    now: datetime
    began: int
    authors: frozenset[AuthorId]
    assets: frozenset[str]
    mask: Mask


def fill_index(
    root: Path,
    index: Index,
    *,
    rules: ReadingRules,
    trust: Trust,
    now: datetime,
    began: int,
    mask: Mask,
    crew: Crew,
) -> None:
    """Read a large network of which the index knows little, so that it knows everything that stays as it is.

    Args:
        root: The network folder.
        index: What was read before.
        rules: How sources are read.
        trust: Whose events count.
        now: The time.
        began: Nanoseconds since 1970, from before anything was looked at.
        mask: Takes secrets out of a proposal's problems; a function of a module.
        crew: Who helps; only those of this machine.

    Raises:
        BlognetError: When a folder holds an absurd number of files.
    """
    folders = subject_folders(root, index.look)
    if len(folders) < WORTH_FILLING or _is_known(root, index, folders):
        return
    assets = read_folders(root, (f"{ROOT}/assets",), began=began).raw.assets
    approved = _approved_authors(root, folders, assets, trust)
    looked = changed_units(root, index, rules=rules, approved=approved)
    kit = ReadingKit(
        root=root,
        rules=rules,
        trust=trust,
        now=now,
        began=began,
        authors=looked.authors,
        assets=assets,
        mask=mask,
    )
    units = tuple(looked.units.items())
    rows: dict[str, Row] = {}
    decided: dict[str, Row] = {}
    live: dict[str, Row] = {}
    for some, one, other in _each_done(source_rows, units, kit, crew):
        rows |= some
        decided |= one
        live |= other
    index.keep(SOURCES, rows)
    said = {unit: row.said for unit, row in {**looked.rows, **rows}.items()}
    on_disk = _on_disk(said)
    known = index.rows(RECORD)
    asked = tuple(
        (folder, on_disk.get(folder.partition("/")[2], OnDisk()))
        for folder in folders
        if folder not in decided
        and (folder not in known or not is_as_before(root, folder, known[folder]))
    )
    for one, other in _each_done(record_rows, asked, kit, crew):
        decided |= one
        live |= other
    there = frozenset(folders)
    index.keep(RECORD, {folder: row for folder, row in decided.items() if folder in there})
    index.keep(LIVE, {folder: row for folder, row in live.items() if folder in there})


def source_rows(
    given: object, units: tuple[_Unit, ...]
) -> tuple[dict[str, Row], dict[str, Row], dict[str, Row]]:
    """Read a slice of sources and what was decided on them, in whatever process.

    Most approved texts are what lies in the sources, and are taken apart once for both.

    Args:
        given: Leads to the kit.
        units: The sources.

    Returns:
        What the sources say, by unit; what was decided, and what readers see, by folder.
    """
    kit, capturing = _kit(given), Capturing()
    rows = read_alone(
        kit.root,
        dict(units),
        rules=kit.rules,
        authors=kit.authors,
        began=kit.began,
        mask=kit.mask,
        capturing=capturing,
    )
    there = _on_disk({unit: row.said for unit, row in rows.items()})
    asked = {f"{ROOT}/{key}": found for key, found in there.items()}
    known = {
        read.hash: read.content
        for read in capturing.done.values()
        if isinstance(read, Proposal) and read.hash and read.content
    }
    return rows, *_record_rows(kit, asked, known)


def record_rows(
    given: object, asked: tuple[tuple[str, OnDisk], ...]
) -> tuple[dict[str, Row], dict[str, Row]]:
    """Read a slice of the record, in whatever process.

    Args:
        given: Leads to the kit.
        asked: The folders, each with what lies on disk of its subject.

    Returns:
        What was decided, and what readers see, by folder.
    """
    return _record_rows(_kit(given), dict(asked), {})


def _record_rows(
    kit: ReadingKit, on_disk: Mapping[str, OnDisk], known: Mapping[ContentHash, Content]
) -> tuple[dict[str, Row], dict[str, Row]]:
    changes = read_folders(kit.root, on_disk, began=kit.began)
    faulty = {problem.location.path.rpartition("/")[0] for problem in changes.raw.problems}
    read, _ = read_subjects(changes.raw.files, asset_names=kit.assets, trust=kit.trust)
    decided: dict[str, Row] = {}
    live: dict[str, Row] = {}
    for subject, one in read.items():
        folder = subject_folder(subject)
        marks = changes.marks.get(folder)
        if marks is None or one.problems or folder in faulty:
            continue
        decided[folder] = _row(marks, _decided(one.decided, on_disk[folder], kit))
        seen = _live(one.decided, kit, known)
        if seen is not None:
            live[folder] = _row(marks, seen)
    return decided, live


def _decided(decided: SubjectRecord, there: OnDisk, kit: ReadingKit) -> str:
    standing = standing_of(
        decided.history,
        content=ContentHash(there.content) if there.content else None,
        is_draft=there.is_draft,
        on_disk=there.is_there,
        now=kit.now,
    )
    version = published_version(standing.published)
    is_told = version is None or there.tells_title
    return decided_text(
        decided,
        standing,
        asset_names=kit.assets,
        now=kit.now,
        is_draft=there.is_draft,
        on_disk=there.is_there,
        title="" if is_told or version is None else approved_title(decided, version),
    )


def _live(
    decided: SubjectRecord, kit: ReadingKit, known: Mapping[ContentHash, Content]
) -> str | None:
    taken = _Taken()
    shown_of(decided, as_approved(kit.rules), kit.now, taken, known=known)
    return taken.said


class _Taken:
    """Takes the one live subject that it is given, as text."""

    def __init__(self) -> None:
        self.said: str | None = None

    def take(
        self, subject: Subject, live: LivePost | LiveAuthor, *, approval: EventId, text: str
    ) -> None:
        """Note a live subject that was read."""
        del subject
        self.said = live_text(live, approval=approval, text=text)


def _row(marks: FolderMarks, said: str) -> Row:
    return Row(marks.names, marks.marks, said)


@lru_cache(maxsize=1)
def _unpacked_kit(raw: bytes) -> ReadingKit:
    kit = unpacked(raw)
    if not isinstance(kit, ReadingKit):
        raise NotHereError
    return kit


def _kit(given: object) -> ReadingKit:
    return given if isinstance(given, ReadingKit) else _unpacked_kit(kit_in(given))


def _each_done(
    work: Callable[[object, tuple[_ItemT, ...]], _DoneT],
    items: Sequence[_ItemT],
    kit: ReadingKit,
    crew: Crew,
) -> Iterator[_DoneT]:
    """Have all items worked on, in slices; what nobody did is done here."""
    slices = [tuple(items[start : start + _SLICE]) for start in range(0, len(items), _SLICE)]
    many = crew.here.done(work, slices, lambda: packed(kit), send=_as_it_is)
    for some, done in zip(slices, many, strict=True):
        yield work(kit, some) if done is None else done


def _as_it_is(items: tuple[_ItemT, ...]) -> tuple[_ItemT, ...]:
    return items


def _is_known(root: Path, index: Index, folders: tuple[str, ...]) -> bool:
    """Whether the index knows most of the record as it is; a few folders answer for all."""
    some = folders[:: max(1, len(folders) // _LOOKED_AT)]
    rows = index.rows_at(RECORD, some)
    same = sum(is_as_before(root, place, row) for place, row in rows.items())
    return same * 2 > len(some)


def _approved_authors(
    root: Path, folders: tuple[str, ...], assets: frozenset[str], trust: Trust
) -> frozenset[AuthorId]:
    """Return the authors whose profile was approved, from their part of the record alone."""
    profiles = (one for one in folders if one.startswith(f"{ROOT}/{Kind.PROFILE.value}/"))
    files = read_folders(root, profiles, began=0).raw.files
    read, _ = read_subjects(files, asset_names=assets, trust=trust)
    return frozenset(
        AuthorId(subject.id)
        for subject, one in read.items()
        if first_approval(one.decided.history) is not None
    )


def _on_disk(said: Mapping[str, str]) -> dict[str, OnDisk]:
    """Return what lies on disk, by the subject as a text; where two texts are one subject, a guess."""
    return {
        text.key: OnDisk(
            content=text.content,
            is_draft=text.is_draft,
            is_there=True,
            tells_title=text.title is not None,
        )
        for card in source_cards(said).values()
        for text in card.texts
    }
