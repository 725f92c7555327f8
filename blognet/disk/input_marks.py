"""Whether anything that a build reads has changed, told by the marks of files alone. Reads no contents.

A file is the same as long as its size, times and number are. That is good enough to say that a build would come out as
the last one did; whatever is decided on, or shown in another form, is read in full.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from blognet.disk.look import Look, keep_listed, listed_before, look_at
from blognet.disk.shared_look import look_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

_READ = ("blognet.yml", "authors", "pages", "posts", "queue", "themes", "urls.lock", "record")
_TOO_FRESH = 100_000_000
"""Nanoseconds: clocks of file systems are coarse, so a file this young may change once more without showing it."""


def look_at_inputs(root: Path, named: str) -> Look:
    """Look at everything in a network that a build reads.

    Args:
        root: The network folder.
        named: Paths of the files that settings name, one a line: the logo, fonts; "" for none.
    """
    return look_at_inputs_beside(root, named, (), is_long=False)[0]


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
        questions: Each as in `blognet.disk.beside.shared_out`.
        is_long: As there.
        meanwhile: As in `blognet.disk.shared_look.look_shared`.
    """
    before, began = listed_before(root), time.time_ns()
    tops = (*_READ, *(name for name in named.split("\n") if name))
    look, said = look_shared(
        root, tops, questions, began=began, before=before, is_long=is_long, meanwhile=meanwhile
    )
    keep_listed(root, look, before)
    return look, said


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
