"""What was made once and costs too much to be made again: bytes by the digest of what they were made from.

Lies in ``.blognet/cache/NAME/``, so that it can be deleted at any time; an entry that was damaged is as good as none.
Several processes may read and write at once: an entry is there as a whole or not at all.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.private import private_folder
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_CACHE = "cache"
_DIGEST = 64
_NAME = re.compile(r"[0-9a-f]{32,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One folder of entries; without one, nothing is kept. Make it with `open_store`."""

    folder: Path | None

    def get(self, digest: str) -> bytes | None:
        """Return what was kept under a digest; None when there is nothing, or not what was written."""
        if self.folder is None:
            return None
        try:
            raw = self._place(self.folder, digest).read_bytes()
        except OSError:
            return None
        kept = raw[_DIGEST:]
        return kept if raw[:_DIGEST] == sha256_hex(kept).encode("ascii") else None

    def has(self, digest: str) -> bool:
        """Whether anything is kept under a digest; it may still turn out to be damaged."""
        return self.folder is not None and self._place(self.folder, digest).is_file()

    def put(self, digest: str, raw: bytes) -> None:
        """Keep bytes under the digest of what they were made from. A disk that refuses only makes us slower."""
        if self.folder is None:
            return
        place = self._place(self.folder, digest)
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            beside.write_bytes(sha256_hex(raw).encode("ascii") + raw)
            os.replace(beside, place)
        with suppress(OSError):
            beside.unlink()

    def keep_only(self, digests: Collection[str]) -> None:
        """Forget everything else, so that what a person asked to have erased does not live on here."""
        if self.folder is None:
            return
        wanted = {self._place(self.folder, digest) for digest in digests}
        for place in self.folder.glob("*/*"):
            if place not in wanted:
                with suppress(OSError):
                    place.unlink()

    def sizes(self) -> tuple[tuple[int, str, int], ...]:
        """Return when each entry was made (seconds since 1970), its digest and how many bytes it has, by digest."""
        found: list[tuple[int, str, int]] = []
        for place in self.folder.glob("*/*") if self.folder else ():
            with suppress(OSError):
                if _NAME.fullmatch(place.name):
                    facts = place.lstat()
                    size = max(0, facts.st_size - _DIGEST)
                    found.append((int(facts.st_mtime), place.name, size))
        return tuple(sorted(found, key=lambda one: one[1]))

    @staticmethod
    def _place(folder: Path, digest: str) -> Path:
        return folder / digest[:2] / digest


def open_store(root: Path, name: str) -> Store:
    """Return a network's store of this name, made when missing; one that keeps nothing where the disk refuses."""
    try:
        return Store(folder=private_folder(root, _CACHE, name))
    except BlognetError:
        return Store(folder=None)
