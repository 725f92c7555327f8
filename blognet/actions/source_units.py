"""The units of the sources: the files of each, as a look saw them or a walk found them. Reads no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from blognet.actions.source_sheets import is_as_before
from blognet.content.layout import bundle_around, bundles_in
from blognet.disk.index import Row
from blognet.disk.look import look_at
from blognet.disk.marks import packed, packed_one
from blognet.disk.network import SOURCE_FOLDERS, is_no_source
from blognet.disk.reading import walk
from blognet.disk.seen import entry_seen, marks_seen
from blognet.disk.source_leaves import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blognet.content.values import ReadingRules
    from blognet.disk.look import Look
    from blognet.disk.reading import Entry as FoundEntry
    from blognet.disk.source_leaves import Seen, SourceLeaves
    from blognet.kernel.ids import SourcePath


class SeenFile(NamedTuple):
    """A file that lies there; `entry` is None for one that a look saw, of which nobody asked for more."""

    path: SourcePath
    mark: bytes
    entry: FoundEntry | None


class Units(Mapping[str, "tuple[FoundEntry, ...]"]):
    """The files of each unit; what is known of a file but for its mark is told when somebody asks.

    Attributes:
        leaves: Where units are that were not taken; None when all were.
    """

    def __init__(self, seen: Mapping[str, tuple[SeenFile, ...]]) -> None:
        """Name units with their files."""
        self._seen = dict(seen)
        self.leaves: SourceLeaves | None = None

    def __getitem__(self, unit: str) -> tuple[FoundEntry, ...]:
        """Return the files of a unit."""
        if unit in self._seen:
            return tuple(one.entry or entry_seen(one.path, one.mark) for one in self._seen[unit])
        seen = self.leaves.seen(unit) if self.leaves else ()
        if not seen:
            raise KeyError(unit)
        return tuple(entry_seen(path, mark) for path, mark in seen)

    def __contains__(self, unit: object) -> bool:
        """Whether a unit is there."""
        is_there = unit in self._seen
        if is_there or self.leaves is None or not isinstance(unit, str):
            return is_there
        return bool(self.leaves.seen(unit))

    def __iter__(self) -> Iterator[str]:
        """Go through the units."""
        if self.leaves is None:
            return iter(self._seen)
        others = (unit for leaf in self.leaves.digests() for unit in self.leaves.units(leaf))
        return iter({*self._seen, *others})

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)

    def take(self, units: Iterable[tuple[str, tuple[Seen, ...]]]) -> None:
        """Name some units from their leaves."""
        for unit, seen in units:
            self._seen[unit] = tuple(SeenFile(path, mark, None) for path, mark in seen)

    def taken(self) -> Iterable[str]:
        """Return the units that were named."""
        return self._seen.keys()

    def as_before(self, rows: Mapping[str, Row]) -> dict[str, Row]:
        """Return the rows of the units that were named and are as they were."""
        return {
            unit: rows[unit]
            for unit, seen in self._seen.items()
            if unit in rows and _is_as_before(rows[unit], seen)
        }


def profiles_in(root: Path, look: Look | None) -> Units:
    """Return the unit of all profiles, if there are any."""
    return Units({PROFILES: tuple(found)} if (found := _seen_in(root, PROFILES, look)) else {})


def units_in(root: Path, rules: ReadingRules, look: Look | None) -> Units:
    """Return all units, found as they are found where no leaves can be told."""
    found: list[SeenFile] = []
    if look is None:  # a walk takes longer
        look = look_at(root, SOURCE_FOLDERS, began=0, listed={})
    for top in SOURCE_FOLDERS:
        found += _seen_in(root, top, look)
    return Units(_units_of(found, rules.languages))


def _seen_in(root: Path, top: str, look: Look | None) -> list[SeenFile]:
    seen = None if look is None else marks_seen(look, top, skip=is_no_source)
    if seen is None:
        entries = walk(root, top, skip=is_no_source)
        return [SeenFile(entry.path, packed_one(entry.mark), entry) for entry in entries]
    return [SeenFile(path, mark, None) for path, mark in seen]


def _units_of(
    found: Iterable[SeenFile], languages: tuple[str, ...]
) -> dict[str, tuple[SeenFile, ...]]:
    files = tuple(found)
    profiles = f"{PROFILES}/"
    bundles = bundles_in(
        (one.path for one in files if not one.path.startswith(profiles)), languages
    )
    around: dict[str, str] = {}  # by folder, of which there are fewer
    units: dict[str, tuple[SeenFile, ...]] = {}
    gathered: dict[str, list[SeenFile]] = {}
    for one in files:
        path = one.path
        if path.startswith(profiles) or path == PROFILES:
            gathered.setdefault(PROFILES, []).append(one)
            continue
        folder = path.rpartition("/")[0]
        bundle = around.get(folder)
        if bundle is None:
            bundle = around[folder] = bundle_around(f"{folder}/", bundles)
        if bundle:
            gathered.setdefault(bundle, []).append(one)
        else:  # a second name may be the same path for us, as accents may be encoded in two ways
            units[path] = (*units[path], one) if path in units else (one,)
    return {**units, **{unit: tuple(members) for unit, members in gathered.items()}}


def _is_as_before(row: Row, seen: tuple[SeenFile, ...]) -> bool:
    return is_as_before(row, [(path, mark) for path, mark, _ in seen])


def row_of(entries: tuple[FoundEntry, ...]) -> Row | None:
    """Return names and marks of the files of a unit, with nothing said; None when they have no marks."""
    names = "".join(f"{entry.path}\n" for entry in entries)
    marks = packed(entry.mark for entry in entries)
    return Row(names, marks, "") if marks else None
