"""Whether anything that a build reads has changed, told by the marks of files alone. Reads no contents.

A file is the same as long as its size, times and number are. That is good enough to say that a build would come out as
the last one did; whatever is decided on, or shown in another form, is read in full.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from blognet.disk.beside import shared_out
from blognet.disk.look import (
    Look,
    add_look,
    keep_listed,
    listed_before,
    look_as_bytes,
    look_at,
    look_from_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

_MOST = "record"
"""Where about three of four files lie."""
_READ = (_MOST, "blognet.yml", "authors", "pages", "posts", "queue", "themes", "urls.lock")
_SAID = b"said "
"""What the answer to a question begins with, where a look begins otherwise."""
_TOO_FRESH = 100_000_000
"""Nanoseconds: clocks of file systems are coarse, so a file this young may change once more without showing it."""


def look_at_inputs(root: Path, named: str) -> Look:
    """Look at everything in a network that a build reads.

    Args:
        root: The network folder.
        named: Paths of the files that settings name, one a line: the logo, fonts; "" for none.
    """
    before = listed_before(root)
    look = look_at(root, _tops(named), began=time.time_ns(), listed=before)
    keep_listed(root, look, before)
    return look


def look_at_inputs_beside(
    root: Path,
    named: str,
    questions: Sequence[Callable[[], str]],
    *,
    is_long: bool,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Look, tuple[str, ...]]:
    """Look at the same, and answer questions; somebody else does half of it, who begins with the questions.

    Args:
        root: As in `look_at_inputs`.
        named: As there.
        questions: Each as in `blognet.disk.beside.asked_beside`.
        is_long: As there.
        meanwhile: What else there is to do here, before this process helps. Only for what is long.
    """
    before, began, tops = listed_before(root), time.time_ns(), _tops(named)
    tasks: list[Callable[[], Look | str]] = [*questions]
    tasks += [
        partial(look_at, root, some, began=began, listed=before) for some in (tops[1:], tops[:1])
    ]

    def written(answer: Look | str) -> bytes:
        if isinstance(answer, Look):
            return look_as_bytes(answer, before)
        return _SAID + answer.encode()

    def read(raw: bytes) -> Look | str:
        if raw.startswith(_SAID):
            return raw.removeprefix(_SAID).decode()
        return look_from_bytes(raw, before, began)

    with shared_out(tasks, written=written, read=read, is_long=is_long) as answers:
        if is_long and meanwhile:
            meanwhile()
        found = answers()
    rest, look = (each for each in found if isinstance(each, Look))
    add_look(look, rest)  # in the order of `look_at_inputs`, whoever looked at what
    keep_listed(root, look, before)
    return look, tuple(each for each in found if isinstance(each, str))


def marks_in(look: Look) -> str:
    """Return a digest of the marks of everything that was looked at.

    Returns:
        32 hex digits; "" when some of it is so young that it may change without showing it, or cannot be read.
    """
    is_sure = look.is_whole and look.newest <= look.began - _TOO_FRESH
    return look.digest() if is_sure else ""


def marks_of(root: Path, names: Iterable[str]) -> str:
    """Return a digest of the marks of some files and folders in a network, with all that is below; as above."""
    return marks_in(look_at(root, names, began=time.time_ns(), listed={}))


def _tops(named: str) -> tuple[str, ...]:
    return (*_READ, *(name for name in named.split("\n") if name))
