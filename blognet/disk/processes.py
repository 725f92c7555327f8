"""Worker processes on this machine. They end with the work, and with the process that began them, however that ends."""

from __future__ import annotations

import gc
import os
import socket
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import connection, parent_process
from threading import Lock, Thread
from typing import TYPE_CHECKING

from blognet.disk.generator import program_mark
from blognet.kernel.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Iterator

_HELD: ContextVar[bytes] = ContextVar("kit")
"""The kit of a worker process, for its life."""


ALONE = Lock()
"""Held while a worker renders: those of a cluster may have several threads, and what is looked up is noted by one."""


class OtherProgramError(Exception):
    """A worker joined that runs another blognet, Python or library."""


class Processes:
    """Processes of this machine."""

    def __init__(self, many: int) -> None:
        """Keep how many."""
        self._many = many

    @contextmanager
    def hands(self, kit: bytes) -> Iterator[Hands]:
        """Let processes begin that all have a kit, and end at the end."""
        executor = ProcessPoolExecutor(self._many, initializer=_begin, initargs=(kit,))
        try:
            yield Hands(executor=executor, many=self._many, kit=None, is_there=lambda: True)
        finally:
            executor.shutdown(cancel_futures=True)


def kit_in(given: object) -> bytes:
    """Return the kit of this worker process, from what a piece of work was given.

    Args:
        given: None in a process of `Processes`; elsewhere, the mark of the program that sent the kit, and the kit.

    Raises:
        OtherProgramError: This process runs another program.
    """
    match given:
        case (str() as mark, bytes() as kit):
            if mark != program_mark():
                raise OtherProgramError
            return kit
        case _:
            return _HELD.get()


def _begin(kit: bytes) -> None:
    """Begin a worker process."""
    _HELD.set(kit)
    gc.freeze()  # what it has from its parent is never garbage; to look through it would copy it, too
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the process that began this one does: killed, it could not say so."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def mark_of_this_run() -> str:
    """Return what no other run of the program has: for those who outlive one and must tell two apart."""
    return f"{socket.gethostname()} {os.getpid()} {time.time_ns()}"
