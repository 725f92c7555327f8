"""Reading files and folders that others wrote. Answers: what lies here, and what are its bytes? Knows no posts.

Nothing here follows a symbolic link, waits for a pipe or a device, or reads more than it was allowed to. Every part of
a path is opened from the folder before it, so that a folder exchanged for a link meanwhile leads nowhere.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from blognet.content import assets
from blognet.content.values import FileFault
from blognet.disk.marks import NO_MARK, Mark, mark_of
from blognet.kernel.errors import BlognetError, ConflictError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

MAX_TEXT = assets.MAX_TEXT
"""Bytes of the longest text that is read."""

MAX_ASSET = assets.MAX_ASSET
"""Bytes of the largest asset that is read."""

MAX_DEPTH = 24
"""Folders within folders; deeper ones are reported, not entered."""

MAX_FILES = 2_000_000
"""Files below one folder; more are surely not meant to be posts."""

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_READ_FILE = os.O_RDONLY | _NO_LINKS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_READ_FOLDER = os.O_RDONLY | _NO_LINKS | getattr(os, "O_DIRECTORY", 0)
_OPENS_FROM_FOLDER = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_CHUNK = 1 << 20


class Entry(NamedTuple):
    """One file as it lies in a folder, before it is read. A named tuple because there are tens of thousands.

    Attributes:
        path: From the root, NFC; what cannot be written in it (bytes that are no UTF-8, control characters) is shown
            with a backslash.
        parts: The names as they are on this disk, to open it by.
        size: In bytes.
        fault: Why it cannot be read; None for a plain file. An entry with a fault may be a folder.
        mark: What the system said about a plain file when it was listed; changes when its bytes change.
    """

    path: SourcePath
    parts: tuple[str, ...]
    size: int
    fault: FileFault | None = None
    mark: Mark = NO_MARK


def walk(root: Path, top: str, *, skip: Callable[[str], bool]) -> tuple[Entry, ...]:
    """List every file below one folder of the network, sorted by path.

    Args:
        root: The network folder.
        top: A folder in it, ``queue`` or ``themes/acme``; nothing is found when it does not exist.
        skip: Whether a file or folder with this name is left out, and everything in it.

    Raises:
        BlognetError: When there are more than `MAX_FILES` files.
    """
    kind = _kind_of(os.path.join(root, top))
    if kind is None:
        return ()
    if not stat.S_ISDIR(kind):
        fault = FileFault.SYMLINK if stat.S_ISLNK(kind) else FileFault.SPECIAL
        return (_faulty(tuple(top.split("/")), fault),)
    found = list(islice(_walk_folder(root, tuple(top.split("/")), skip), MAX_FILES + 1))
    if len(found) > MAX_FILES:
        message = f"{top}/ holds more than {MAX_FILES} files"
        raise BlognetError(message, hint="move what is not meant for the site elsewhere")
    return _each_path_once(sorted(found, key=_by_path))


_by_path = itemgetter(0, 1)


def read_plain(root: Path, parts: tuple[str, ...], *, limit: int) -> bytes | FileFault:
    """Return all bytes of a plain file below the root, or why they were not read.

    Args:
        root: The network folder.
        parts: The names of folders and file as they are on this disk.
        limit: The largest number of bytes to read.
    """
    try:
        kind = _kind_of(os.path.join(root, *parts))
        if kind is not None and not stat.S_ISREG(kind):
            return FileFault.SYMLINK if stat.S_ISLNK(kind) else FileFault.SPECIAL
        opened = _open_below(root, parts, _READ_FILE)
    except OSError as error:
        return FileFault.SYMLINK if error.errno == errno.ELOOP else FileFault.UNREADABLE
    try:
        facts = os.fstat(opened)
        if not stat.S_ISREG(facts.st_mode):
            return FileFault.SPECIAL
        if facts.st_size > limit:
            return FileFault.TOO_LARGE
        return _read_up_to(opened, limit, expected=facts.st_size)
    except OSError:
        return FileFault.UNREADABLE
    finally:
        os.close(opened)


def read_asset(root: Path, path: SourcePath, sha256: str) -> bytes:
    """Read an asset again and make sure that it still is what was hashed before.

    Raises:
        ConflictError: When it changed, vanished or cannot be read any more.
    """
    raw = read_plain(root, _parts_on_disk(root, path), limit=MAX_ASSET)
    if isinstance(raw, FileFault):
        message = f"{path} could be read a moment ago and now cannot be read ({raw.value})"
        raise ConflictError(message, hint="look at the post again, then repeat the command")
    if sha256_hex(raw) != sha256:
        message = f"{path} changed while the command was running"
        raise ConflictError(message, hint="look at the post again, then repeat the command")
    return raw


def _walk_folder(
    root: Path, parts: tuple[str, ...], skip: Callable[[str], bool]
) -> Iterator[Entry]:
    try:
        listed = _listed(root, parts, skip)
    except OSError:
        yield _faulty(parts, FileFault.UNREADABLE)
        return
    yield from _entries_in(root, parts, listed, skip)


def walk_some(
    root: Path, top: str, names: Iterable[str], *, skip: Callable[[str], bool]
) -> tuple[Entry, ...]:
    """List some of what one folder holds, and every file below that, as `walk` does; sorted by path.

    Args:
        root: The network folder.
        top: A folder in it that exists.
        names: Of files and folders in it, as they are on this disk.
        skip: Whether a file or folder with this name is left out.
    """
    path = os.path.join(root, top)
    facts = ((name, _facts_of(os.path.join(path, name))) for name in names if not skip(name))
    there = [(name, found) for name, found in facts if found is not None]
    found = _entries_in(root, tuple(top.split("/")), there, skip)
    return _each_path_once(sorted(found, key=_by_path))


def _entries_in(
    root: Path,
    parts: tuple[str, ...],
    listed: list[tuple[str, os.stat_result]],
    skip: Callable[[str], bool],
) -> Iterator[Entry]:
    folder = "/".join(parts)
    is_plain = folder.isascii() and folder.isprintable()
    for name, facts in listed:
        below = (*parts, name)
        if is_plain and name.isascii() and name.isprintable() and stat.S_ISREG(facts.st_mode):
            # Nearly all; the same as below, in half the time.
            path = SourcePath(f"{folder}/{name}")
            yield Entry(path, below, facts.st_size, None, mark_of(facts))
        elif stat.S_ISDIR(facts.st_mode):
            if len(below) > MAX_DEPTH or not _is_writable_in_git(name):
                yield _faulty(below, FileFault.UNREADABLE)
            else:
                yield from _walk_folder(root, below, skip)
        elif stat.S_ISREG(facts.st_mode) and _is_writable_in_git(name):
            yield Entry(
                path=shown_path(below), parts=below, size=facts.st_size, mark=mark_of(facts)
            )
        elif stat.S_ISREG(facts.st_mode):
            yield _faulty(below, FileFault.UNREADABLE)
        else:
            linked = stat.S_ISLNK(facts.st_mode)
            yield _faulty(below, FileFault.SYMLINK if linked else FileFault.SPECIAL)


def _listed(
    root: Path, parts: tuple[str, ...], skip: Callable[[str], bool]
) -> list[tuple[str, os.stat_result]]:
    """Return what a folder holds, by name, with what the system says of it; what vanishes meanwhile is left out."""
    if not _OPENS_FROM_FOLDER:
        names = (name for name in _names_in(root, parts) if not skip(name))
        facts = ((name, _facts_of(os.path.join(root, *parts, name))) for name in names)
        return [(name, found) for name, found in facts if found is not None]
    listed: list[tuple[str, os.stat_result]] = []
    opened = _open_below(root, parts, _READ_FOLDER)
    try:
        with os.scandir(opened) as entries:
            for entry in entries:
                name = entry.name
                if not skip(name):
                    try:  # which costs nothing, where a context manager would be made for each file
                        listed.append((name, entry.stat(follow_symlinks=False)))
                    except FileNotFoundError:
                        continue
    finally:
        os.close(opened)
    return sorted(listed, key=itemgetter(0))


def _faulty(parts: tuple[str, ...], fault: FileFault) -> Entry:
    return Entry(path=shown_path(parts), parts=parts, size=0, fault=fault)


def _each_path_once(entries: list[Entry]) -> tuple[Entry, ...]:
    """Mark the second of two names that differ only in how accents are encoded: git and macOS mix them up."""
    if len({entry.path for entry in entries}) == len(entries):
        return tuple(entries)
    kept: list[Entry] = []
    for entry in entries:
        again = kept and kept[-1].path == entry.path
        kept.append(_faulty(entry.parts, FileFault.UNREADABLE) if again else entry)
    return tuple(kept)


def _is_writable_in_git(name: str) -> bool:
    """Whether a name is UTF-8 without control characters, so that every tool and page can show it."""
    if name.isascii() and name.isprintable():
        return True  # nearly all are, and a record has many
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return not any(unicodedata.category(character) == "Cc" for character in name)


def shown_path(parts: tuple[str, ...]) -> SourcePath:
    """Return the path that these names on the disk make: NFC, and what cannot be shown with a backslash."""
    joined = "/".join(parts)
    if joined.isascii() and joined.isprintable():
        return SourcePath(joined)
    text = joined.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    plain = "".join(
        f"\\x{ord(character):02x}" if unicodedata.category(character) == "Cc" else character
        for character in text
    )
    return SourcePath(unicodedata.normalize("NFC", plain))


def _parts_on_disk(root: Path, path: SourcePath) -> tuple[str, ...]:
    """Find the names that a path has on this disk, where accents may be encoded in another way."""
    parts: tuple[str, ...] = ()
    for wanted in path.split("/"):
        name = wanted
        if _kind_of(os.path.join(root, *parts, wanted)) is None:
            try:
                names = _names_in(root, parts)
            except OSError:
                names = ()
            same = (each for each in names if unicodedata.normalize("NFC", each) == wanted)
            name = next(same, wanted)
        parts = (*parts, name)
    return parts


def _names_in(root: Path, parts: tuple[str, ...]) -> tuple[str, ...]:
    if not _OPENS_FROM_FOLDER:
        return tuple(sorted(os.listdir(os.path.join(root, *parts))))
    opened = _open_below(root, parts, _READ_FOLDER)
    try:
        return tuple(sorted(os.listdir(opened)))
    finally:
        os.close(opened)


def _open_below(root: Path, parts: tuple[str, ...], flags: int) -> int:
    """Open what the parts lead to, each from the folder before it; the root itself may be behind a link."""
    if not _OPENS_FROM_FOLDER:
        return os.open(os.path.join(root, *parts), flags)
    opened = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    for number, name in enumerate(parts, start=1):
        try:
            below = os.open(name, flags if number == len(parts) else _READ_FOLDER, dir_fd=opened)
        finally:
            os.close(opened)
        opened = below
    return opened


def _read_up_to(opened: int, limit: int, *, expected: int) -> bytes | FileFault:
    first = os.read(opened, expected + 1)
    if len(first) == expected:  # and no byte more: most files are read in one go
        return first
    chunks, total = [first], len(first)
    while total <= limit and (chunk := os.read(opened, _CHUNK)):
        total += len(chunk)
        chunks.append(chunk)
    return FileFault.TOO_LARGE if total > limit else b"".join(chunks)


def _facts_of(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


def _kind_of(path: str) -> int | None:
    facts = _facts_of(path)
    return None if facts is None else facts.st_mode
