"""Which files are opened meanwhile. What a command reads is counted, not how long it takes."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from blognet.disk import marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEXTS = (".md", ".txt", ".json")


@contextmanager
def texts_opened() -> Iterator[list[str]]:
    """Yield a list that grows by the name of each text, event or copy that is opened to be read."""
    opened: list[str] = []
    original = os.open

    def looking(path: str, flags: int, *more: int, dir_fd: int | None = None) -> int:
        name = os.fspath(path).rpartition("/")[2]
        if name.endswith(_TEXTS) and not flags & os.O_CREAT:
            opened.append(name)
        return original(path, flags, *more, dir_fd=dir_fd)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", looking)
        yield opened


@contextmanager
def settled_at_once() -> Iterator[None]:
    """Let files be remembered although they are new; `let_the_clock_tick` between a change and a reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "FINE", 0)
        yield


def let_the_clock_tick(root: Path) -> None:
    """Make sure that the next change has a later time than the ones before: file systems count in ticks."""
    scratch = root / ".tick"
    scratch.write_bytes(b"")
    before = scratch.stat().st_ctime_ns
    while scratch.stat().st_ctime_ns == before:
        scratch.write_bytes(b"")
