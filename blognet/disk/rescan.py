"""Looking at the network folder again and again. Answers: which files came, went or changed since the last time?

Told by marks (size, times, number); a file that changed so lately that its mark says nothing is told by its bytes. That
is good enough to show something to a person, and not good enough to decide on: commands that write read everything.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.clock import nanoseconds
from blognet.disk.home import CONFIG_FILE
from blognet.disk.marks import is_settled, mark_of
from blognet.disk.network import SOURCE_FOLDERS, is_no_source
from blognet.disk.reading import MAX_ASSET, Entry, read_plain, walk
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from blognet.disk.marks import Mark

RECORD = "record"
FOLDERS = (*SOURCE_FOLDERS, RECORD, "themes")
"""What is looked at at the top of a network, beside `FILES`."""
FILES = (CONFIG_FILE, "urls.lock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """How the files of a network lay at one moment.

    Attributes:
        marks: Of every file, by its path.
        digests: Of the bytes of those that are so young that they could change again and keep their mark.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


NOTHING = Scanned()


def rescan(
    root: Path, before: Scanned, *, only: frozenset[str] | None = None, more: tuple[str, ...] = ()
) -> tuple[Scanned, frozenset[str]]:
    """Find what changed in a network.

    Args:
        root: The network folder.
        before: How it lay the last time.
        only: What to look at of the names at the top, ``queue`` for example; all when None.
        more: Other files to look at each time.

    Returns:
        How it lies now, and the paths of the files that came, went or changed.
    """
    began = nanoseconds()
    marks: dict[str, Mark] = {}
    digests: dict[str, str] = {}
    changed: set[str] = set()
    for path, known in before.marks.items():
        if only is not None and path.partition("/")[0] not in only and path not in more:
            marks[path] = known
            if path in before.digests:
                digests[path] = before.digests[path]
    for entry in _entries(root, only, more):
        path = entry.path
        marks[path] = entry.mark
        is_young = not is_settled(entry.mark, began)
        digest = _digest(root, entry) if is_young or path in before.digests else ""
        if before.marks.get(path) != entry.mark or before.digests.get(path, digest) != digest:
            changed.add(path)
        if is_young:
            digests[path] = digest
    return Scanned(marks=marks, digests=digests), frozenset(changed | (before.marks.keys() - marks))


def _entries(root: Path, only: frozenset[str] | None, more: tuple[str, ...]) -> Iterator[Entry]:
    for top in FOLDERS:
        if only is None or top in only:
            skip = is_no_source if top in SOURCE_FOLDERS else _is_hidden
            yield from walk(root, top, skip=skip)
    for path in (*FILES, *more):
        if only is None or path in only or path in more:
            try:
                facts = os.lstat(root / path)
            except OSError:
                continue
            parts = tuple(path.split("/"))
            yield Entry(path=SourcePath(path), parts=parts, size=facts.st_size, mark=mark_of(facts))


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _digest(root: Path, entry: Entry) -> str:
    if entry.fault:
        return entry.fault.value
    raw = read_plain(root, entry.parts, limit=MAX_ASSET)
    return raw.value if isinstance(raw, FileFault) else sha256_hex(raw)
