"""The folders of a record dealt out to leaves by their names, each leaf with a digest. Knows no events.

A leaf with the digest that it had holds the same folders with the same files in them, so nobody has to look at each.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

from blognet.disk.reading import shown_path
from blognet.disk.record import is_hidden
from blognet.kernel.ids import Kind
from blognet.moderation.record import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.disk.look import Look

LEAVES = 256
ALL_LEAVES = frozenset(range(LEAVES))
_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLeaves:
    """What lies in a record, as a look saw it.

    Attributes:
        look: At the record.
        folders: Those of the subjects, ``record/post/hello-world``, by leaf.
        beside: What else lies there: the assets, and what has no place there.
    """

    look: Look
    folders: Mapping[int, tuple[str, ...]]
    beside: tuple[str, ...]

    def has(self, folder: str) -> bool:
        """Whether there is a folder of a subject."""
        return folder in self.look.listed and folder.count("/") > 1

    def keys_of(self, kind: Kind) -> list[str]:
        """Return the subjects of a kind, as texts."""
        top = f"{ROOT}/{kind.value}"
        below = self.look.listed[top][2] if top in self.look.listed else ""
        return [f"{kind.value}/{name}" for name in _shown(below)]

    def digests(self) -> Mapping[int, bytes]:
        """Return the digest of each leaf."""
        listed, marks = self.look.listed, self.look.marks
        return {
            leaf: _digest(folders, [listed[one][1] for one in folders], map(marks.get, folders))
            for leaf, folders in self.folders.items()
        }


def leaf_of(key: str) -> int:
    """Return the leaf of a subject that is named as a text, ``post/hello-world``."""
    return crc32(key.encode("utf-8", "surrogatepass")) % LEAVES


def leaves_in(look: Look | None) -> RecordLeaves | None:
    """Deal out the folders of a record; None where only a walk can tell what is there.

    Args:
        look: At the record.
    """
    if look is None or not look.is_whole or ROOT not in look.listed:
        return None
    _, files, folders, _ = look.listed[ROOT]
    beside = [f"{ROOT}/{name}" for name in _shown(files)]
    leaves: dict[int, list[str]] = {}
    kinds = set(Kind)
    for top in _shown(folders):
        if top not in kinds:
            beside.append(f"{ROOT}/{top}")
            continue
        _, loose, below, _ = look.listed[f"{ROOT}/{top}"]
        said = f"{loose}{below}"
        if not (said.isascii() or shown_path((said,)) == said):
            return None  # accents may be encoded in two ways
        beside += [f"{ROOT}/{top}/{name}" for name in _shown(loose)]
        for name in _shown(below):  # this runs for every subject
            key = f"{top}/{name}"
            leaves.setdefault(leaf_of(key), []).append(f"{ROOT}/{key}")
    return RecordLeaves(
        look=look,
        folders={leaf: tuple(some) for leaf, some in leaves.items()},
        beside=tuple(beside),
    )


def digest_of_rows(rows: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Return the digest of a leaf from the names, each followed by a line feed, and the marks of its folders."""
    names = (names.replace("\n", "/") for names, _ in rows.values())
    return _digest(rows, names, (marks for _, marks in rows.values()))


def _digest(folders: Iterable[str], names: Iterable[str], marks: Iterable[bytes | None]) -> bytes:
    said = blake2b("\0".join(folders).encode(), digest_size=_SIZE)
    said.update("\0\0".join(names).encode("utf-8", "surrogateescape"))
    said.update(b"\0\0".join([each or b"" for each in marks]))
    return said.digest()


def _shown(names: str) -> list[str]:
    return [name for name in names.split("/")[:-1] if not is_hidden(name)]
