"""What the tests of this room share: a git repository, and ways to kill a run or fill the disk at any step."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Every call with which the room changes the disk. Their number in a run is what the tests count through.
CHANGING = (
    "chmod", "fchmod", "fsync", "link", "mkdir", "open", "rename", "replace", "rmdir", "unlink", "write",
)  # fmt: skip
KILLED_BEFORE = -signal.SIGKILL


class Git(Protocol):
    def __call__(self, *arguments: str, check: bool = True) -> str: ...


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Git in the test's own repository; call it with the arguments, get the output."""

    def run(*arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path, check=check, capture_output=True, text=True
        )
        return done.stdout

    run("init", "-q")
    return run


class KillAt(Protocol):
    def __call__(self, step: int, action: Callable[[], object]) -> bool: ...


@pytest.fixture
def kill_at() -> KillAt:
    """Run an action in a process of its own that is killed before its n-th change of the disk.

    Says whether it was killed: False means that the action was over before.
    """

    def run(step: int, action: Callable[[], object]) -> bool:
        child = os.fork()
        if child == 0:
            _count_changes(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
            try:
                action()
            except BaseException:  # noqa: BLE001  nothing of this process may reach pytest
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in {0, KILLED_BEFORE}
        return code == KILLED_BEFORE

    return run


class FullAt(Protocol):
    def __call__(self, step: int) -> None: ...


@pytest.fixture
def disk_full_at(monkeypatch: pytest.MonkeyPatch) -> FullAt:
    """Let the n-th call that needs space on the disk fail, and all later ones."""

    def fill(step: int) -> None:
        calls = 0
        for name in ("link", "mkdir", "open", "rename", "write"):
            original = getattr(os, name)

            def failing(
                *arguments: object,
                original: Callable[..., object] = original,
                name: str = name,
                **named: object,
            ) -> object:
                nonlocal calls
                if name == "open" and not _creates(arguments):
                    return original(*arguments, **named)
                calls += 1
                if calls >= step:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return original(*arguments, **named)

            monkeypatch.setattr(os, name, failing)

    return fill


def _count_changes(step: int, stop: Callable[[], None]) -> None:
    calls = 0
    for name in CHANGING:
        original = getattr(os, name)

        def counting(
            *arguments: object,
            original: Callable[..., object] = original,
            name: str = name,
            **named: object,
        ) -> object:
            nonlocal calls
            if name != "open" or _creates(arguments):
                calls += 1
                if calls == step:
                    stop()
            return original(*arguments, **named)

        setattr(os, name, counting)


def _creates(arguments: tuple[object, ...]) -> bool:
    return len(arguments) > 1 and isinstance(arguments[1], int) and bool(arguments[1] & os.O_CREAT)
