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
    Part,
    add_look,
    keep_listed,
    listed_before,
    look_as_bytes,
    look_at,
    look_from_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from blognet.disk.look import Listed

_MOST, _LONGEST = "record", "record/post"
"""Where about three of four files lie, and where in there most of them do."""
_READ = ("blognet.yml", "authors", "pages", "posts", "queue", "themes", "urls.lock")
_PARTS = 4
"""In so many parts folders in there are looked at, by whoever is free."""
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
    looks = (ask() for ask in _looks(root, named, time.time_ns(), before))
    return _together(root, looks, before)


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
    before, began = listed_before(root), time.time_ns()
    tasks: list[Callable[[], Look | str]] = [*questions]
    tasks += _looks(root, named, began, before)

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
    look = _together(root, (each for each in found if isinstance(each, Look)), before)
    return look, tuple(each for each in found if isinstance(each, str))


def _looks(
    root: Path, named: str, began: int, before: Mapping[str, Listed]
) -> tuple[Callable[[], Look], ...]:
    """Return looks that come to one at everything, in an order of their own."""
    look = partial(look_at, root, began=began, listed=before)
    tops = (*_READ, *(name for name in named.split("\n") if name))
    parts = (Part(number=number, of_all=_PARTS) for number in range(_PARTS))
    return (
        partial(look, tops),
        partial(look, (_MOST,), part=Part(without=_LONGEST)),
        *(partial(look, (_LONGEST,), part=part) for part in parts),
    )


def _together(root: Path, looks: Iterable[Look], before: Mapping[str, Listed]) -> Look:
    first, *others = looks
    for other in others:
        add_look(first, other)
    keep_listed(root, first, before)
    return first


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
