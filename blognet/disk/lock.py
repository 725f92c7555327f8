"""One writer at a time. Answers: may this command write to the network now? Knows not what it will write.

The lock is advisory and goes with the process that holds it: a killed run leaves nothing that blocks the next.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.writing import told
from blognet.kernel.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "lock"
_PAUSE = 0.05
_LONGEST_NOTE = 200
_BY = ", process "


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A lock while it is held.

    Attributes:
        last: What tells when it was taken before this, and by whom; "" when nothing tells.
        sign: The same of this time.
        before: What whoever held it before was doing; "" when nothing tells.
    """

    last: str
    sign: str
    before: str


@contextmanager
def writing_lock(
    root: Path,
    *,
    doing: str,
    seconds: float = 10,
    waiting: Callable[[str], None] | None = None,
    name: str = LOCK_FILE,
) -> Iterator[Held]:
    """Hold the network's lock.

    Args:
        root: The network folder.
        doing: What the holder is doing, for whoever waits: ``mayor approve``.
        seconds: How long to wait for another holder.
        waiting: Called once with a sentence when it has to wait.
        name: Another lock than the one of writers, for work that takes long and writes nothing that others write.

    Raises:
        ConflictError: When another process still holds it then.
        BlognetError: When the disk refuses.
    """
    path = private_folder(root) / name
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    with told(f"{path} could not be opened"):
        opened = os.open(path, flags, 0o666)
    try:
        _wait(opened, seconds, waiting)
        last, before = _sign(opened), _note(opened).partition(_BY)[0]
        _leave_note(opened, doing)
        yield Held(last=last, sign=_sign(opened), before=before)
    finally:
        os.close(opened)  # which gives up the lock


def _wait(opened: int, seconds: float, waiting: Callable[[str], None] | None) -> None:
    end = time.monotonic() + seconds
    told_so = False
    while not _take(opened):
        holder = _holder(opened)
        if time.monotonic() >= end:
            message = f"another command is writing to this network{holder}"
            raise ConflictError(
                message, hint=f"repeat the command when it is done ({PRIVATE}/lock)"
            )
        if waiting and not told_so:
            waiting(f"waiting for another command{holder}")
            told_so = True
        time.sleep(_PAUSE)


def _leave_note(opened: int, doing: str) -> None:
    """Say who holds the lock; a full disk keeps nobody from holding it without a note."""
    with suppress(OSError):
        os.ftruncate(opened, 0)
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, f"{doing}{_BY}{os.getpid()}\n".encode())


def _sign(opened: int) -> str:
    """Return what is another one as soon as somebody else took the lock; "" when there is no note."""
    note = _note(opened)  # numbers of processes come again, in containers at the same time
    return f"{note} {os.fstat(opened).st_mtime_ns}" if note else ""


def _holder(opened: int) -> str:
    note = _note(opened)
    return f" ({note})" if note else ""


def _note(opened: int) -> str:
    os.lseek(opened, 0, os.SEEK_SET)
    return os.read(opened, _LONGEST_NOTE).decode("utf-8", "replace").strip()


if sys.platform == "win32":

    def _take(opened: int) -> bool:
        # A byte beyond the note: Windows keeps others from reading what is locked.
        os.lseek(opened, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _take(opened: int) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
