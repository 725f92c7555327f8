"""A look at files that two processes share: whoever has done a part of its own takes the next few folders.

The folders of the posts in the record are most of a large network. They are dealt out as time allows, so that both
processes end at once, whatever else they have to do and however busy the machine is.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from blognet.disk.beside import asked_beside
from blognet.disk.look import add_look, look_as_bytes, look_at, look_further

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from blognet.disk.look import Listed, Look

_SHARED = "record/post"
_PARTS = 64
"""As many as one byte can number at most."""


def look_beside(
    root: Path,
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    *,
    began: int,
    before: Mapping[str, Listed],
    is_long: bool,
    question: Callable[[], bytes] = lambda: b" ",
    meanwhile: Callable[[], None] = lambda: None,
) -> tuple[Look, bytes]:
    """Look at files and folders in two processes; return what both saw, and an answer.

    Args:
        root: The network folder.
        ours: Paths from there, of what is looked at here.
        theirs: Of what the other process looks at.
        began: Nanoseconds since 1970, from a moment ago.
        before: What folders held before.
        is_long: Whether it takes longer than making a process does; else all is looked at here.
        question: Answered by the other process first, with one byte.
        meanwhile: What else there is to do here.
    """
    shared = _paths(before) if is_long else ()
    left_out = frozenset(shared)
    with _dealt(shared) as (taken, hand):

        def answer() -> bytes:
            said = question()
            look = look_at(root, theirs, began=began, listed=before, left_out=left_out)
            for some in taken():
                look_further(look, root, some, listed=before)
            return said + look_as_bytes(look, before)

        with asked_beside(answer, is_long=is_long, keeping=hand) as answered:
            meanwhile()
            look = look_at(root, ours, began=began, listed=before, left_out=left_out)
            for some in taken():
                look_further(look, root, some, listed=before)
            said = answered()
    add_look(look, said[1:], before)
    _look_at_rest(look, root, shared, before)
    return look, said[:1]


@contextmanager
def _dealt(
    folders: tuple[str, ...],
) -> Iterator[tuple[Callable[[], Iterator[tuple[str, ...]]], tuple[int, ...]]]:
    """Give what takes a part after the other, until nothing is left, here and in a copy of this process."""
    size = len(folders) // _PARTS + 1
    parts = [folders[start : start + size] for start in range(0, len(folders), size)]
    try:
        reading, writing = os.pipe()
    except OSError:  # too much is open: the rest is looked at in the end
        yield lambda: iter(()), ()
        return
    try:
        os.write(writing, bytes(range(len(parts))))
    finally:
        os.close(writing)

    def taken() -> Iterator[tuple[str, ...]]:
        while part := os.read(reading, 1):  # no two readers get the same byte
            yield parts[part[0]]

    try:
        yield taken, (reading,)
    finally:
        with suppress(OSError):
            os.close(reading)


def _paths(before: Mapping[str, Listed]) -> tuple[str, ...]:
    names = before[_SHARED][2].split("/")[:-1] if _SHARED in before else ()
    return tuple([f"{_SHARED}/{name}" for name in names])


def _look_at_rest(
    look: Look, root: Path, shared: tuple[str, ...], before: Mapping[str, Listed]
) -> None:
    """Look at what is still there and was seen by nobody: a process ended, or a folder went and came."""
    lacking = [folder for folder in shared if folder not in look.listed]
    if lacking and _SHARED in look.listed:
        there = set(look.listed[_SHARED][2].split("/"))
        rest = [folder for folder in lacking if folder.rpartition("/")[2] in there]
        look_further(look, root, rest, listed=before)
        look.is_whole = look.is_whole and all(folder in look.listed for folder in rest)
