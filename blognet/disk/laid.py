"""Files that are made before they have their place: laid into a folder of the network's own by whoever makes them.

So the bytes of a site need not travel from process to process. What a killed run left here is removed by
the next build that goes the whole way, and by a purge.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.trees import move_into, remove_tree, write_new
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FOLDER = "laid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A file that somebody made and laid down; whoever gets it moves it away.

    Attributes:
        path: Where it is.
        size: In bytes.
        sha256: Of its bytes, in hex.
    """

    path: str
    size: int
    sha256: str

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            BlognetError: They are not those that were laid down.
        """
        with open(self.path, "rb") as opened:
            raw = opened.read()
        if sha256_hex(raw) != self.sha256:
            message = f"{self.path} changed while the site was built"
            raise BlognetError(message, hint="repeat the command")
        return raw

    def place(self, tree: Path, name: str) -> None:
        """Move it into a tree, in which there is nothing of this name."""
        move_into(self.path, tree, name)

    @property
    def is_there(self) -> bool:
        """Whether a plain file of this size lies there."""
        try:
            facts = os.lstat(self.path)
        except OSError:
            return False
        return stat.S_ISREG(facts.st_mode) and facts.st_size == self.size

    def is_at(self, path: Path) -> bool:
        """Whether a plain file has the same bytes."""
        try:
            facts = os.lstat(path)
            if facts.st_size != self.size or not stat.S_ISREG(facts.st_mode):
                return False
            return sha256_hex(path.read_bytes()) == self.sha256
        except OSError:
            return False


@contextmanager
def laying(root: Path) -> Iterator[Path]:
    """Give an empty folder in which files can be laid, and remove it at the end. Whoever calls this holds the lock.

    Raises:
        BlognetError: The disk refuses.
    """
    forget_laid(root)
    folder = private_folder(root, _FOLDER)
    try:
        yield folder
    finally:
        remove_tree(folder)


def forget_laid(root: Path) -> None:
    """Remove what a killed run left. Whoever calls this holds the lock."""
    remove_tree(root / PRIVATE / _FOLDER)


def lay(folder: str, name: str, raw: bytes, *, sha256: str = "") -> Laid:
    """Lay a file down.

    Args:
        folder: From `laying`.
        name: What nothing else that is laid there is called; any text.
        raw: Its bytes.
        sha256: Of them, in hex, when the caller knows it; else "".

    Raises:
        OSError: The disk refuses.
    """
    path = f"{folder}/{sha256_hex(name.encode('utf-8', 'surrogatepass'))[:40]}"
    write_new(path, raw)
    return Laid(path=path, size=len(raw), sha256=sha256 or sha256_hex(raw))
