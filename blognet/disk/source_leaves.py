"""The files of the sources dealt out to leaves by their places, each leaf with a digest. Reads no text.

A *unit* is what is read by itself: a bundle with all that is below, or a file in none. A leaf with the digest that it
had holds the same units with the same files in them, so nobody has to look at each. Profiles are no part of this: all
of them are one unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

from blognet.content.layout import bundles_in
from blognet.disk.network import SOURCE_FOLDERS, is_no_source
from blognet.disk.reading import MAX_DEPTH, MAX_FILES, shown_path
from blognet.disk.record_leaves import LEAVES
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.disk.look import Look

PROFILES = "authors"
"""The unit of all profiles."""
CROWD = 256
"""A folder with more names than this has its files in many leaves, each by its name; of others, all are in one."""
_SIZE, _MARK = 16, 32

Seen = tuple[SourcePath, bytes]
"""A file and its mark, as `blognet.disk.marks.packed` gives it."""


@dataclass(slots=True, kw_only=True)
class SourceLeaves:
    """What lies in the sources but for profiles, as a look saw it.

    Attributes:
        look: At the network.
        folders: By leaf, those of which all files are in it.
        bundles: The bundle of each folder that is in one, or is one.
        crowds: Folders whose files are in many leaves.
        crowded: Their files, by leaf.
    """

    look: Look
    folders: dict[int, list[str]] = field(default_factory=dict)
    bundles: dict[str, str] = field(default_factory=dict)
    crowds: set[str] = field(default_factory=set)
    crowded: dict[int, list[Seen]] = field(default_factory=dict)
    _units: dict[int, dict[str, tuple[Seen, ...]]] = field(default_factory=dict)

    def add(self, folder: str, bundle: str, *, is_crowd: bool) -> None:
        """Add the files of a folder.

        Args:
            folder: By its path.
            bundle: That it is in, or is; "" for none.
            is_crowd: Whether there are so many that they are dealt out one by one, if each is a unit.
        """
        if bundle:
            self.bundles[folder] = bundle
        if bundle or not is_crowd:
            self.folders.setdefault(_dealt(bundle or folder), []).append(folder)
            return
        self.crowds.add(folder)
        for one in _files_in(self.look, folder):
            self.crowded.setdefault(_dealt(one[0]), []).append(one)

    def digests(self) -> Mapping[int, bytes]:
        """Return the digest of each leaf in which anything lies."""
        listed, marks = self.look.listed, self.look.marks
        found: dict[int, bytes] = {}
        for leaf in {*self.folders, *self.crowded}:
            folders, files = self.folders.get(leaf, []), self.crowded.get(leaf, [])
            names = [f"{folder}\0{listed[folder][1]}" for folder in folders]
            names += [path for path, _ in files]
            said = blake2b(_bytes("\0\0".join(names)), digest_size=_SIZE)
            # A folder's own times may change and nothing in it does.
            said.update(b"".join([marks[folder][_MARK:] for folder in folders]))
            said.update(b"".join([mark for _, mark in files]))
            found[leaf] = said.digest()
        return found

    def units(self, leaf: int) -> Mapping[str, tuple[Seen, ...]]:
        """Return the files of each unit in a leaf, sorted."""
        known = self._units.get(leaf)
        if known is None:
            found: dict[str, list[Seen]] = {}
            for folder in self.folders.get(leaf, ()):
                bundle = self.bundles.get(folder)
                for one in _files_in(self.look, folder):
                    found.setdefault(bundle or one[0], []).append(one)
            found |= {one[0]: [one] for one in self.crowded.get(leaf, ())}
            known = {unit: tuple(sorted(files)) for unit, files in found.items()}
            self._units[leaf] = known
        return known

    def leaf_of(self, unit: str) -> int:
        """Return the leaf that a unit is in, or would be in if it were there; that of profiles is one of their own."""
        if unit == PROFILES:
            return LEAVES
        folder = unit.rpartition("/")[0]
        return _dealt(unit if unit in self.bundles or folder in self.crowds else folder)

    def unit_at(self, path: str) -> str:
        """Return the unit that a file is, or would be, a part of."""
        if path.startswith(f"{PROFILES}/"):
            return PROFILES
        return self.bundles.get(path) or self.bundles.get(path.rpartition("/")[0]) or path

    def seen(self, unit: str) -> tuple[Seen, ...]:
        """Return the files of a unit; none when it is not there."""
        folder, _, name = unit.rpartition("/")
        if self.bundles.get(unit) == unit or folder in self.crowds:
            return self.units(self.leaf_of(unit)).get(unit, ())
        if folder in self.bundles or folder not in self.folders.get(_dealt(folder), ()):
            return ()
        mark = self.look.mark_at(unit)
        is_file = mark is not None and unit not in self.look.listed and not is_no_source(name)
        return ((SourcePath(unit), mark),) if mark is not None and is_file else ()

    def below(self, folder: str) -> list[str]:
        """Return the units in a folder, or in folders in it; a bundle around it is not among them."""
        inside = f"{folder}/"
        leaves: set[int] = set()
        for leaf, folders in self.folders.items():
            if any(one == folder or one.startswith(inside) for one in folders):
                leaves.add(leaf)
        leaves |= {
            leaf
            for leaf, files in self.crowded.items()
            if any(p.startswith(inside) for p, _ in files)
        }
        return [unit for leaf in leaves for unit in self.units(leaf) if unit.startswith(inside)]


def source_leaves(look: Look | None, languages: tuple[str, ...]) -> SourceLeaves | None:
    """Deal out the files of the sources; None where only a walk can tell what is there.

    Args:
        look: At the sources.
        languages: That file names may end in.
    """
    if look is None or not look.is_whole:
        return None
    if any(top in look.marks and top not in look.listed for top in SOURCE_FOLDERS):
        return None  # no folder
    found = SourceLeaves(look=look)
    tops = [top for top in SOURCE_FOLDERS if top != PROFILES and top in look.listed]
    is_plain = all(_deal_out(found, top, languages) for top in tops)
    return found if is_plain else None


def _deal_out(leaves: SourceLeaves, top: str, languages: tuple[str, ...]) -> bool:
    """Add what lies below a folder; return whether that was possible."""
    listed = leaves.look.listed
    many, waiting = 0, [(top, "")]
    while waiting:  # this runs for every folder of the sources
        folder, bundle = waiting.pop()
        _, names, below, odd = listed[folder]
        if odd or not _is_plain(f"{folder}{names}{below}") or folder.count("/") + 1 >= MAX_DEPTH:
            return False
        many += names.count("/")
        bundle = bundle or _bundle_of(folder, names, languages)
        leaves.add(folder, bundle, is_crowd=names.count("/") > CROWD)
        if below:
            some = below.split("/")[:-1]
            waiting += [(f"{folder}/{name}", bundle) for name in some if not is_no_source(name)]
    return many <= MAX_FILES


def _bundle_of(folder: str, names: str, languages: tuple[str, ...]) -> str:
    """Return the folder when an index file makes it a bundle."""
    if "/index" not in f"/{names}".lower():
        return ""
    some = (name for name in _visible(names) if name.lower().startswith("index"))
    return folder if bundles_in((f"{folder}/{name}" for name in some), languages) else ""


def _files_in(look: Look, folder: str) -> Iterable[Seen]:
    marks, at = look.marks[folder], 0
    for name in look.listed[folder][1].split("/")[:-1]:
        at += _MARK  # the first is the folder's own
        if not is_no_source(name):
            yield SourcePath(f"{folder}/{name}"), marks[at : at + _MARK]


def _visible(names: str) -> list[str]:
    return [name for name in names.split("/")[:-1] if not is_no_source(name)]


def _is_plain(said: str) -> bool:
    return (said.isascii() and said.isprintable()) or shown_path((said,)) == said


def _dealt(place: str) -> int:
    return crc32(_bytes(place)) % LEAVES


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
