"""Worker processes on this machine. They end with the work, and with the process that began them, however that ends."""

from __future__ import annotations

import gc
import os
import platform
import signal
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock, Thread
from typing import TYPE_CHECKING

from blognet.disk.generator import program_mark
from blognet.disk.writing import told
from blognet.kernel.hands import Hands
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import ProcessPoolExecutor

_SMALL = 1 << 16
"""Bytes of a kit that may as well travel with each piece of work."""
_LYING: set[str] = set()
"""The kits that this process was given, as long as it lives."""


ALONE = Lock()
"""Held while a worker renders: those of a cluster may have several threads, and what is looked up is noted by one."""


class OtherProgramError(Exception):
    """A worker joined that runs another blognet, Python or library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LyingKit:
    """A kit that lies in a file.

    Attributes:
        path: Where.
        sha256: Of its bytes, in hex.
    """

    path: str
    sha256: str


class Processes:
    """Processes of this machine; they begin with the first work, while their parent is small, and stay until `end`."""

    def __init__(self, many: int) -> None:
        """Keep how many."""
        self._many = many
        self._executor: ProcessPoolExecutor | None = None

    @contextmanager
    def hands(self, kit: bytes) -> Iterator[Hands]:
        """Let processes have a kit until the end."""
        if self._executor is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # few builds are so large

            self._executor = ProcessPoolExecutor(self._many, initializer=_begin)
        with _at_hand(kit) as given:
            del kit  # it is large
            yield Hands(executor=self._executor, many=self._many, kit=given, is_there=lambda: True)

    def end(self) -> None:
        """Let the processes end."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


@contextmanager
def _at_hand(kit: bytes) -> Iterator[bytes | LyingKit]:
    """Put a kit where other processes find it: once into a file that nobody else can read, when it is large."""
    if len(kit) <= _SMALL:
        yield kit
        return
    import tempfile  # noqa: PLC0415  # the same

    try:
        opened, path = tempfile.mkstemp(prefix="blognet-kit-")
    except OSError:  # there is no place for it
        yield kit
        return
    try:
        with told("what workers need could not be written"), os.fdopen(opened, "wb") as file:
            file.write(kit)
        sha256 = sha256_hex(kit)
        del kit  # it is large, and nobody here needs it while others work
        yield LyingKit(path=path, sha256=sha256)
    finally:
        with suppress(OSError):
            os.unlink(path)


def kit_in(given: object) -> bytes:
    """Return the kit of a piece of work, from what it was given.

    Args:
        given: From `Processes`, the kit or where it lies; elsewhere, the mark of the program that sent the kit, and
            the kit.

    Raises:
        OtherProgramError: This process runs another program, or the kit is not what was put there.
    """
    match given:
        case bytes():
            return given
        case LyingKit():
            return _read(given)
        case (str() as mark, bytes() as kit) if mark == program_mark():
            return kit
        case _:
            raise OtherProgramError


def kit_once(given: object) -> bytes:
    """Return the kit as `kit_in` does, for whoever keeps what becomes of it: it is not kept here."""
    return _read_again(given) if isinstance(given, LyingKit) else kit_in(given)


@lru_cache(maxsize=1)
def _read(lying: LyingKit) -> bytes:
    return _read_again(lying)


def _read_again(lying: LyingKit) -> bytes:
    _LYING.add(lying.path)
    with open(lying.path, "rb") as opened:
        kit = opened.read()
    if sha256_hex(kit) != lying.sha256:
        raise OtherProgramError
    return kit


def _begin() -> None:
    """Begin a worker process."""
    # A key that interrupts reaches all processes of a terminal; the parent answers, and lets the others end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what it has from its parent is never garbage; to look through it would copy it, too
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the process that began this one does: killed, it could neither say so nor remove its kits."""
    from multiprocessing import connection, parent_process  # noqa: PLC0415  # in a worker alone

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        for path in tuple(_LYING):
            with suppress(OSError):
                os.unlink(path)
        os._exit(1)


def mark_of_this_run() -> str:
    """Return what no other run of the program has: for those who outlive one and must tell two apart."""
    return f"{platform.node()} {os.getpid()} {time.time_ns()}"
