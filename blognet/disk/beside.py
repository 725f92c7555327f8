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

from blognet.disk.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LENGTH = 8
"""How many bytes say how long the answer is that follows."""
_OPEN = "/proc/self/fd"
"""The numbers of the files that are open in a process, on Linux."""
_AT_ONCE = 1 << 20
_ENDING = (signal.SIGINT, signal.SIGTERM)
_FIRST = 3
"""The first number of a file that is not one of the three every process has."""


@contextmanager
def asked_beside(
    question: Callable[[], bytes], *, is_long: bool, keeping: tuple[int, ...] = ()
) -> Iterator[Callable[[], bytes]]:
    """Ask a question at once, and give what waits for the answer.

    Args:
        question: Reads and writes nothing that is open here, and changes nothing.
        is_long: Whether it takes longer than making a process does.
        keeping: Numbers of files that are open here and that it does read: pipes, from which no two read the same.
    """
    if not is_long or not can_be_asked():
        yield question
        return
    try:
        reading, writing = os.pipe()
    except OSError:  # too much is open
        yield question
        return
    # A copy that is interrupted before it answers must not go on as if it were the one who asked.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        copy = _copied()
        if copy == 0:
            _answer(question, writing, keeping)
        os.close(writing)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield lambda: _heard(reading, question)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(reading)
        _end(copy)


def can_be_asked() -> bool:
    """Whether there can be another process, and a processor for it."""
    return sys.platform == "linux" and os.path.isdir(_OPEN) and len(os.sched_getaffinity(0)) > 1


def _copied() -> int:
    """Make the copy; -1 when the system refuses, for there are too many or there is no room."""
    try:
        return os.fork()
    except OSError:
        return -1


def _end(copy: int) -> None:
    """Leave no copy behind: whoever was not asked in the end need not finish."""
    # Where somebody said that ends of processes do not matter, none is left to be waited for.
    with suppress(ChildProcessError, ProcessLookupError):
        if copy > 0 and os.waitpid(copy, os.WNOHANG)[0] == 0:
            os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)


def _answer(question: Callable[[], bytes], writing: int, keeping: tuple[int, ...]) -> None:
    """Answer and end, whatever happens; nothing that the other process would do at its end is done here."""
    try:
        for name in os.listdir(_OPEN):
            if int(name) >= _FIRST and int(name) not in {writing, *keeping}:
                with suppress(OSError):  # the list itself was one of them
                    os.close(int(name))
        answer = question()
        write_all(writing, len(answer).to_bytes(_LENGTH, "big") + answer)
    finally:
        os._exit(0)


def _heard(reading: int, question: Callable[[], bytes]) -> bytes:
    said = b"".join(iter(lambda: os.read(reading, _AT_ONCE), b""))
    answer = said[_LENGTH:]
    if len(said) < _LENGTH or len(answer) != int.from_bytes(said[:_LENGTH], "big"):
        return question()  # it could not answer
    return answer
