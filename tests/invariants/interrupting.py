"""Ways to interrupt a run at any of its steps: kill it, fill the disk, or let somebody do something in between."""

from __future__ import annotations

import errno
import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Every call with which the program changes the disk.
CHANGING = (
    "chmod", "fchmod", "fsync", "link", "mkdir", "open", "rename", "replace", "rmdir", "unlink", "write",
)  # fmt: skip
NEEDING_SPACE = ("link", "mkdir", "open", "write")


def changes_in(action: Callable[[], object]) -> int:
    """Do something and return with how many changes of the disk it was done."""
    counted: list[int] = []
    with _before_each(CHANGING, counted.append, only_writing=True):
        action()
    return len(counted)


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Do something in a process that is killed before its change of the disk with this number.

    Returns:
        False when it was over before.
    """

    def kill(number: int) -> None:
        if number == step:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        with _before_each(CHANGING, kill, only_writing=True):
            try:
                action()
            except BaseException:  # noqa: BLE001  nothing of this process may reach pytest
                os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, -signal.SIGKILL}
    return code == -signal.SIGKILL


@contextmanager
def full_from(step: int) -> Iterator[None]:
    """Let the disk be full from the change with this number on."""

    def refuse(number: int) -> None:
        if number >= step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with _before_each(NEEDING_SPACE, refuse, only_writing=True):
        yield


@contextmanager
def doing_at(step: int, what: Callable[[], object]) -> Iterator[list[int]]:
    """Let somebody do something just before the file with this number is opened, for reading or writing.

    Yields:
        The numbers of the openings so far.
    """
    counted: list[int] = []
    busy: list[bool] = []

    def count(number: int) -> None:
        if busy:
            return  # the other person's own openings do not count
        counted.append(number)
        if len(counted) == step:
            busy.append(True)
            what()
            busy.clear()

    with _before_each(("open",), count, only_writing=False):
        yield counted


@contextmanager
def _before_each(
    names: tuple[str, ...], do: Callable[[int], object], *, only_writing: bool
) -> Iterator[None]:
    number = 0
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            original = getattr(os, name)

            def calling(
                *arguments: object,
                original: Callable[..., object] = original,
                name: str = name,
                **named: object,
            ) -> object:
                nonlocal number
                if name != "open" or not only_writing or _creates(arguments):
                    number += 1
                    do(number)
                return original(*arguments, **named)

            patch.setattr(os, name, calling)
        yield


def _creates(arguments: tuple[object, ...]) -> bool:
    return len(arguments) > 1 and isinstance(arguments[1], int) and bool(arguments[1] & os.O_CREAT)
