"""One look at files: what the system says of each, folder by folder. Reads no contents, knows no posts.

A folder whose mark is the one that it had when it was listed holds the names that it held then, so it is not listed
again: a look costs one question to the system for each file and folder. What was listed is kept in
``.blognet/listed``; it may vanish, be damaged or be old, for each folder is believed by its mark alone.
"""

from __future__ import annotations

import marshal
import os
import stat
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from blognet.disk.marks import NUMBER, Mark, is_settled, mark_of, packed
from blognet.disk.private import PRIVATE, private_folder, read_private, write_private
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

LISTED = "listed"
WORTH_KEEPING = 100
"""Folders that had to be listed; fewer are listed once more sooner than everything is written once more."""
_LARGEST = 1 << 30
_SIZE = 16
_MARK = struct.Struct("<4q")

Listed = tuple[Mark, str, str, str]
"""What a folder held: its mark from before it was listed, the names of what lies in it but for folders, those of the
folders, and which of the former are no plain files. Sorted, each followed by ``/``, which no name can hold. A tuple,
for there are many."""


@dataclass(slots=True, kw_only=True)
class Look:
    """What some files and folders were like at one moment.

    Attributes:
        began: Nanoseconds since 1970, before anything was looked at.
        marks: By path from the root: the marks of a folder and of what lies in it but for folders, sorted by name, as
            `blognet.disk.marks.packed` gives them; or of one file.
        listed: By path: what the folders hold.
        newest: When the youngest of the files changed, in nanoseconds since 1970.
        is_whole: Whether nothing refused to be looked at, or vanished meanwhile.
    """

    began: int
    marks: dict[str, bytes] = field(default_factory=dict)
    listed: dict[str, Listed] = field(default_factory=dict)
    newest: int = 0
    is_whole: bool = True
    _digest: str = ""

    def digest(self) -> str:
        """Return 32 hex digits that differ when something of this came, went or changed."""
        if not self._digest:
            marks, listed, size = self.marks, self.listed, _MARK.size
            folders = sorted(listed)  # two processes that looked shared them as it came
            names = [f"{path}\0{listed[path][1]}" for path in folders]
            single = sorted(marks.keys() - listed.keys())
            names += single
            found = blake2b("\0".join(names).encode("utf-8", "surrogateescape"), digest_size=_SIZE)
            # A folder's own times may change and nothing in it does.
            found.update(b"".join([marks[path][size:] for path in folders]))
            found.update(b"".join([marks[path] for path in single]))
            self._digest = found.hexdigest()
        return self._digest

    def holds(self, folder: str, names: str, marks: bytes) -> bool:
        """Whether a folder was seen to hold just these files with these marks.

        Args:
            folder: By its path from the root.
            names: Of the files, sorted, each followed by a line feed.
            marks: Those of the folder and of the files.
        """
        return (
            self.marks.get(folder) == marks
            and folder in self.listed
            and self.listed[folder][1].replace("/", "\n") == names
        )

    def mark_at(self, path: str) -> bytes | None:
        """Return the marks of a folder or of one file, as `marks` holds them; None for what was not there."""
        folder, _, name = path.rpartition("/")
        if path in self.marks or folder not in self.listed:
            return self.marks.get(path)
        names = self.listed[folder][1].split("/")[:-1]
        if name not in names:
            return None
        at = _MARK.size * (names.index(name) + 1)  # the first is the folder's own
        return self.marks[folder][at : at + _MARK.size]


def is_as_seen(look: Look, root: Path, paths: Iterable[str]) -> bool:
    """Whether files and folders are now what a look saw.

    Args:
        look: The look.
        root: The network folder.
        paths: Some of what was looked at, from there; what was not there must still not be there.
    """
    asked = tuple(paths)
    now = look_at(root, asked, began=look.began, listed={})
    return (
        look.is_whole
        and now.is_whole
        and all(now.marks.get(path) == look.mark_at(path) for path in asked)
    )


def look_at(
    root: Path,
    tops: Iterable[str],
    *,
    began: int,
    listed: Mapping[str, Listed],
    left_out: AbstractSet[str] = frozenset(),
) -> Look:
    """Look at some files and folders, with all that is below.

    Args:
        root: The network folder.
        tops: Paths from there; what is not there is left out.
        began: Nanoseconds since 1970, from a moment ago.
        listed: What folders held before, by path.
        left_out: Folders in a folder at which somebody else looks.
    """
    look = Look(began=began)
    start = os.fspath(root)
    for top in tops:
        try:
            facts = os.lstat(f"{start}/{top}")
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            look.is_whole = False
            continue
        if not stat.S_ISDIR(facts.st_mode):
            look.marks[top] = packed([mark_of(facts)])
            look.newest = max(look.newest, facts.st_mtime_ns, facts.st_ctime_ns)
            continue
        _look_below(look, start, top, listed, left_out)
    return look


def look_further(
    look: Look, root: Path, folders: Iterable[str], *, listed: Mapping[str, Listed]
) -> None:
    """Look at some more folders, with all that is below; what is no folder any more is left out.

    Args:
        look: What was seen; it becomes more.
        root: The network folder.
        folders: Paths from there.
        listed: As in `look_at`.
    """
    start = os.fspath(root)
    for folder in folders:  # this runs for every subject of a network
        is_whole = look.is_whole
        below = _look_in(look, start, folder, listed.get(folder))
        if folder not in look.listed:
            look.is_whole = is_whole
        for name in _paths(folder, below) if below else ():
            _look_below(look, start, name, listed, frozenset())


def _look_below(
    look: Look,
    start: str,
    top: str,
    listed: Mapping[str, Listed],
    left_out: AbstractSet[str],
) -> None:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        below = _look_in(look, start, folder, listed.get(folder))
        if below:
            waiting += [path for path in _paths(folder, below) if path not in left_out]


def look_as_bytes(look: Look, listed: Mapping[str, Listed]) -> bytes:
    """Write a look for another process of this moment, which knows what folders held before."""
    files = sorted(look.marks.keys() - look.listed.keys())
    others = {path: found for path, found in look.listed.items() if listed.get(path) is not found}
    return marshal.dumps((look.marks, files, others, look.newest, look.is_whole))


def add_look(look: Look, raw: bytes, listed: Mapping[str, Listed]) -> None:
    """Add to a look what `look_as_bytes` wrote of another one.

    Args:
        look: It becomes the look at the places of both.
        raw: What was written, by a copy of this process: so it is what it seems to be.
        listed: As the copy was given it.
    """
    marks, single, others, newest, is_whole = marshal.loads(raw)  # noqa: S302
    files = frozenset(single)
    look.listed |= {path: others.get(path) or listed[path] for path in marks if path not in files}
    look.marks |= marks
    look.newest = max(look.newest, newest)
    look.is_whole = look.is_whole and is_whole


def _look_in(look: Look, start: str, folder: str, known: Listed | None) -> str:
    """Look at a folder and at what lies in it; return the names of the folders in it."""
    ask, newest, place = os.lstat, look.newest, f"{start}/{folder}"
    is_known = False
    try:
        facts = ask(place)
        mark = (0, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino & NUMBER)
        is_known = known is not None and known[0] == mark
        if known is None or not is_known:
            known = _list(place, mark)
        numbers = [*mark]
        place += "/"
        names = known[1].split("/")
        del names[-1]
        for name in names:  # this runs for every file of a network
            facts = ask(place + name)
            changed, moved = facts.st_mtime_ns, facts.st_ctime_ns
            if changed > newest or moved > newest:
                newest = max(changed, moved)
            numbers += (facts.st_size, changed, moved, facts.st_ino & NUMBER)
        look.marks[folder] = struct.pack(f"<{len(numbers)}q", *numbers)
    except (OSError, ValueError, struct.error):
        if is_known:
            return _look_in(look, start, folder, None)
        look.is_whole = False
        return ""
    look.newest = newest
    look.listed[folder] = known
    return known[2]


def _list(path: str, mark: Mark) -> Listed:
    files: list[str] = []
    folders: list[str] = []
    odd: list[str] = []
    with os.scandir(path) as found:
        for entry in found:
            if entry.is_file(follow_symlinks=False):  # nearly always
                files.append(entry.name)
            else:
                is_folder = entry.is_dir(follow_symlinks=False)
                (folders if is_folder else odd).append(entry.name)
    return (mark, _said([*files, *odd]), _said(folders), _said(odd))


def _said(names: Iterable[str]) -> str:
    return "".join([f"{name}/" for name in sorted(names)])


def _paths(folder: str, names: str) -> list[str]:
    """Return the paths of the folders in a folder, the last one first."""
    return [f"{folder}/{name}" for name in names.split("/")[-2::-1]]


def listed_before(root: Path) -> Mapping[str, Listed]:
    """Return what is kept of what folders held; nothing when it is damaged."""
    raw = read_private(root, LISTED, limit=_LARGEST)
    if raw is None or _digest(raw[_SIZE:]) != raw[:_SIZE]:
        return {}
    end = _SIZE + 8 + int.from_bytes(raw[_SIZE : _SIZE + 8], "little")
    words = raw[_SIZE + 8 : end].decode("utf-8", "surrogateescape").split("\0")
    whole = len(raw) - (len(raw) - end) % _MARK.size
    marks = _MARK.iter_unpack(raw[end:whole])
    kept = zip(marks, words[1::4], words[2::4], words[3::4], strict=False)
    return dict(zip(words[::4], kept, strict=False))


def keep_listed(root: Path, look: Look, before: Mapping[str, Listed]) -> None:
    """Keep what folders hold, when many of them had to be listed; nothing happens when the disk refuses.

    Args:
        root: The network folder.
        look: What was seen.
        before: What is kept, as `listed_before` returns it.
    """
    new = [path for path, found in look.listed.items() if before.get(path) is not found]
    if len(new) < WORTH_KEEPING:
        return
    kept = [(path, each) for path, each in look.listed.items() if is_settled(each[0], look.began)]
    text = "\0".join("\0".join((path, *names)) for path, (_, *names) in kept)
    said = text.encode("utf-8", "surrogateescape")
    body = len(said).to_bytes(8, "little") + said + packed(mark for _, (mark, *_) in kept)
    with suppress(OSError, BlognetError):
        path = private_folder(root) / LISTED
        fresh = path.with_name(f"{LISTED}.new")
        write_private(fresh, _digest(body) + body)
        os.replace(fresh, path)


def forget_listed(root: Path) -> None:
    """Remove what is kept.

    Raises:
        OSError: The disk refuses.
    """
    for name in (LISTED, f"{LISTED}.new"):
        (root / PRIVATE / name).unlink(missing_ok=True)


def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=_SIZE).digest()
