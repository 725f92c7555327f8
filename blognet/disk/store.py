"""What was made once and costs too much to be made again: bytes by the digest of what they were made from.

Lies in ``.blognet/cache/NAME/``, so that it can be deleted at any time; an entry that was damaged is as good as none.
Several processes may read and write at once: an entry is there as a whole or not at all.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.private import private_folder
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_CACHE = "cache"
_DIGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One folder of entries. Make it with `open_store`; it can be sent to another process."""

    folder: Path

    def get(self, digest: str) -> bytes | None:
        """Return what was kept under a digest; None when there is nothing, or not what was written."""
        try:
            raw = self._place(digest).read_bytes()
        except OSError:
            return None
        kept = raw[_DIGEST:]
        return kept if raw[:_DIGEST] == sha256_hex(kept).encode("ascii") else None

    def has(self, digest: str) -> bool:
        """Whether anything is kept under a digest; it may still turn out to be damaged."""
        return self._place(digest).is_file()

    def put(self, digest: str, raw: bytes) -> None:
        """Keep bytes under the digest of what they were made from. A disk that refuses only makes us slower."""
        place = self._place(digest)
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            beside.write_bytes(sha256_hex(raw).encode("ascii") + raw)
            os.replace(beside, place)
        with suppress(OSError):
            beside.unlink()

    def keep_only(self, digests: Collection[str]) -> None:
        """Forget everything else, so that what a person asked to have erased does not live on here."""
        wanted = {self._place(digest) for digest in digests}
        for place in self.folder.glob("*/*"):
            if place not in wanted:
                with suppress(OSError):
                    place.unlink()

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def open_store(root: Path, name: str) -> Store:
    """Return a network's store of this name, made when missing.

    Raises:
        ConflictError: When a file or a link is in the way.
        BlognetError: When the disk refuses.
    """
    return Store(folder=private_folder(root, _CACHE, name))
