"""Questions answered by a process beside this one, so that two long looks at a disk take as long as one.

The other process is a copy of this one that answers and is gone. It holds none of the files that are open here, so no
lock outlives whoever took it. Where there are no such copies, or one processor, the question is answered here.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from blognet.disk.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

AnswerT = TypeVar("AnswerT")
_LENGTH = 8
"""How many bytes say how long the answer is that follows."""
_OPEN = "/proc/self/fd"
"""The numbers of the files that are open in a process, on Linux."""
_AT_ONCE = 1 << 20
_ENDING = (signal.SIGINT, signal.SIGTERM)
_FIRST = 3
"""The first number of a file that is not one of the three every process has."""


@contextmanager
def shared_out(
    questions: Sequence[Callable[[], AnswerT]],
    *,
    written: Callable[[AnswerT], bytes],
    read: Callable[[bytes], AnswerT],
    is_long: bool,
) -> Iterator[Callable[[], tuple[AnswerT, ...]]]:
    """Let somebody begin with the first of some questions, and give what helps from the last one on.

    Whoever is free takes the next question, so both are done at about the same time.

    Args:
        questions: Each reads and writes nothing that is open here, and changes nothing.
        written: Writes an answer for this process.
        read: Reads it.
        is_long: Whether they take longer than making a process does.
    """
    tokens = _tokens(len(questions)) if is_long and can_be_asked() else -1
    if tokens < 0:
        yield lambda: tuple(question() for question in questions)
        return

    def theirs() -> bytes:
        return b"".join([_framed(written(questions[at]())) for at in _taken(tokens)])

    def every() -> tuple[AnswerT, ...]:
        ours = [questions[-1 - at]() for at in _taken(tokens)]
        left = questions[: len(questions) - len(ours)]
        said = tuple(read(raw) for raw, _ in zip(heard(), left, strict=False))
        # What somebody took and did not answer is answered here.
        return (*said, *(question() for question in left[len(said) :]), *reversed(ours))

    try:
        with _begun(theirs, keep=tokens) as heard:
            yield every
    finally:
        os.close(tokens)


def _tokens(many: int) -> int:
    """Return the number of an open pipe from which as many bytes can be read, by whichever process; -1 for none."""
    try:
        reading, writing = os.pipe()
    except OSError:  # too much is open
        return -1
    write_all(writing, bytes(many))
    os.close(writing)
    return reading


def _taken(tokens: int) -> Iterator[int]:
    """Count what this process takes, until there is nothing left."""
    many = 0
    while os.read(tokens, 1):
        yield many
        many += 1


@contextmanager
def _begun(answer: Callable[[], bytes], *, keep: int) -> Iterator[Callable[[], Iterator[bytes]]]:
    """Let a copy begin, and give what waits for what it says: what is whole of that, part by part.

    Args:
        answer: What the copy does, and then says: parts as `_framed` gives them.
        keep: The number of a file that the copy needs.
    """
    try:
        reading, writing = os.pipe()
    except OSError:  # too much is open
        yield lambda: iter(())
        return
    # A copy that is interrupted before it answers must not go on as if it were the one who asked.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        copy = _copied()
        if copy == 0:
            _answer(answer, writing, keep)
        os.close(writing)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield lambda: _heard(reading)
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


def _answer(answer: Callable[[], bytes], writing: int, keep: int) -> None:
    """Answer and end, whatever happens; nothing that the other process would do at its end is done here."""
    try:
        for name in os.listdir(_OPEN):
            if int(name) >= _FIRST and int(name) not in {writing, keep}:
                with suppress(OSError):  # the list itself was one of them
                    os.close(int(name))
        write_all(writing, answer())
    finally:
        os._exit(0)


def _framed(raw: bytes) -> bytes:
    return len(raw).to_bytes(_LENGTH, "big") + raw


def _heard(reading: int) -> Iterator[bytes]:
    """Give what was said, part by part; a part that breaks off is none."""
    said = memoryview(b"".join(iter(lambda: os.read(reading, _AT_ONCE), b"")))
    while len(said) >= _LENGTH:
        end = _LENGTH + int.from_bytes(said[:_LENGTH], "big")
        if len(said) < end:
            return
        yield bytes(said[_LENGTH:end])
        said = said[end:]
