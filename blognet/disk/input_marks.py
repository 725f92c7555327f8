"""Whether anything that a build reads has changed, told by the marks of files alone. Reads no contents.

A file is the same as long as its size, times and number are. That is good enough to say that a build would come out as
the last one did; whatever is decided on, or shown in another form, is read in full.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from blognet.disk.look import keep_listed, listed_before, look_at
from blognet.disk.shared_look import look_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from blognet.disk.look import Look

_MOST = "record"
"""Where about three of four files lie."""
_READ = (_MOST, "blognet.yml", "authors", "pages", "posts", "queue", "themes", "urls.lock")
_YES, _NO = b"y", b"n"
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
    question: Callable[[], bool],
    *,
    is_long: bool,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Look, bool]:
    """Look at the same while somebody else answers a question, and then helps; return what was seen, and the answer.

    Args:
        root: As in `look_at_inputs`.
        named: As there.
        question: As in `blognet.disk.beside.asked_beside`.
        is_long: As there.
        meanwhile: What else there is to do here; somebody else looks at everything then. Only for what is long.
    """
    before, began = listed_before(root), time.time_ns()
    tops = _tops(named)
    theirs = tops if is_long and meanwhile else tops[1:]
    look, said = look_beside(
        root,
        tuple(top for top in tops if top not in theirs),
        theirs,
        began=began,
        before=before,
        is_long=is_long,
        question=lambda: _YES if question() else _NO,
        meanwhile=(is_long and meanwhile) or (lambda: None),
    )
    keep_listed(root, look, before)
    return look, said == _YES


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
