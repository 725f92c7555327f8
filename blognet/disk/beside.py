"""A question answered by a process beside this one, so that two long looks at a disk take as long as one.

The other process is a copy of this one that answers and is gone. It holds none of the files that are open here, so no
lock outlives whoever took it. Where there are no such copies, or one processor, the question is answered here.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_YES, _NO = b"y", b"n"
_OPEN = "/proc/self/fd"
"""The numbers of the files that are open in a process, on Linux."""
_FIRST = 3
"""The first number of a file that is not one of the three every process has."""


@contextmanager
def asked_beside(question: Callable[[], bool], *, is_long: bool) -> Iterator[Callable[[], bool]]:
    """Ask a question at once, and give what waits for the answer.

    Args:
        question: Reads and writes nothing that is open here, and changes nothing.
        is_long: Whether it takes longer than making a process does.
    """
    if not is_long or not can_be_asked():
        yield question
        return
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        _answer(question, writing)
    os.close(writing)
    try:
        yield lambda: _heard(reading, question)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)  # whoever was not asked in the end need not finish
        os.waitpid(copy, 0)


def can_be_asked() -> bool:
    """Whether there can be another process, and a processor for it."""
    return sys.platform == "linux" and os.path.isdir(_OPEN) and len(os.sched_getaffinity(0)) > 1


def _answer(question: Callable[[], bool], writing: int) -> None:
    """Answer and end, whatever happens; nothing that the other process would do at its end is done here."""
    try:
        for name in os.listdir(_OPEN):
            if int(name) >= _FIRST and int(name) != writing:
                with suppress(OSError):  # the list itself was one of them
                    os.close(int(name))
        os.write(writing, _YES if question() else _NO)
    finally:
        os._exit(0)


def _heard(reading: int, question: Callable[[], bool]) -> bool:
    said = os.read(reading, 1)
    return said == _YES if said else question()  # it could not answer
