"""A look at files that two processes share, with other questions: whoever is free takes the next part. No contents.

The folders of the posts in the record are most of a large network. They are looked at in parts, so that both processes
end at about the same time, whatever else they have to do and however busy the machine is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blognet.disk.beside import shared_out
from blognet.disk.look import Look, Part, add_look, look_as_bytes, look_at, look_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from blognet.disk.look import Listed

_MOST, _LONGEST = "record", "record/post"
"""Where about three of four files lie, and where in there most of them do."""
_PARTS = 6
"""In so many parts folders in there are looked at: each begins with a question and the names of all of them."""
_SAID = b"said "
"""What the answer to a question begins with, where a look begins otherwise."""


def look_shared(
    root: Path,
    tops: Sequence[str],
    questions: Sequence[Callable[[], str]] = (),
    *,
    began: int,
    before: Mapping[str, Listed],
    is_long: bool,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Look, tuple[str, ...]]:
    """Look at files and folders, and answer questions; somebody else does half of it, who begins with the questions.

    Args:
        root: The network folder.
        tops: Paths from there, as in `look_at`.
        questions: Each as in `blognet.disk.beside.shared_out`.
        began: Nanoseconds since 1970, from a moment ago.
        before: What folders held before.
        is_long: Whether it takes longer than making a process does.
        meanwhile: What else there is to do here, before this process helps. Only for what is long.

    Returns:
        The look, and the answers.
    """
    tasks: list[Callable[[], Look | str]] = [*questions]
    tasks += _looks(root, tops, began, before)

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
    look = _together(each for each in found if isinstance(each, Look))
    return look, tuple(each for each in found if isinstance(each, str))


def _looks(
    root: Path, tops: Sequence[str], began: int, before: Mapping[str, Listed]
) -> tuple[Callable[[], Look], ...]:
    """Return looks that come to one at everything, in an order of their own."""
    look = partial(look_at, root, began=began, listed=before)
    if _MOST not in tops:
        return (partial(look, tops),)
    parts = (Part(number=number, of_all=_PARTS) for number in range(_PARTS))
    return (
        partial(look, [top for top in tops if top != _MOST]),
        partial(look, (_MOST,), part=Part(without=_LONGEST)),
        *(partial(look, (_LONGEST,), part=part) for part in parts),
    )


def _together(looks: Iterable[Look]) -> Look:
    """Return the look that comes to all of some, as `_looks` gives them.

    It is not whole when the folder that is looked at in parts came or went meanwhile. Where that is no folder, or lies
    behind a link, nobody looks into it.
    """
    first, *others = looks
    for other in others[:1]:
        add_look(first, other)
    around = first.listed.get(_MOST)
    if around is not None and _LONGEST.removeprefix(f"{_MOST}/") in around[2].split("/"):
        for part in others[1:]:
            first.is_whole = first.is_whole and _LONGEST in part.listed
            add_look(first, part)
    return first
