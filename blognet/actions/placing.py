"""Put the files of a site in place: all that it has, or the few that differ; and say how they were left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.disk.left import (
    is_as_left_around,
    left_after,
    left_in,
    standby_of,
    stands_as_left,
)
from blognet.disk.output import publish_output
from blognet.disk.output_few import exchange_files
from blognet.disk.output_marker import MARKER, mark_built
from blognet.disk.output_places import forget_standby
from blognet.disk.packed_marks import NO_MARKS
from blognet.disk.twins import are_twins
from blognet.kernel.errors import ChangedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.outdated import Outdated
    from blognet.disk.laid import Laid
    from blognet.disk.left import Left
    from blognet.disk.output import OutputChange

STANDBY_FROM = 500
"""A site with fewer files than this is linked together again sooner than a second tree is worth its keep."""


def put_in_place(
    files: Iterable[tuple[str, bytes | Laid]],
    needed: Outdated,
    names: frozenset[str],
    *,
    root: Path,
    target: Path,
    now: datetime,
) -> tuple[OutputChange, Left]:
    """Put files in place beside those that stay; return what changed, and how the output is left.

    Args:
        files: What was made, by name.
        needed: What had to be made.
        names: All files of the site.
        root: The network folder.
        target: The output folder.
        now: As of which time the site is built.
    """
    standby = standby_for(root, target, len(names), needed.left)
    change = publish_output(
        target,
        files,
        network=root,
        kept=names - needed.files.keys(),
        standby=standby,
        is_tidy=needed.is_tidy,
    )
    mark_built(target, now)
    again = {*change.written, *change.removed, *needed.files, MARKER}
    known = (
        needed.left if needed.is_tidy else replace(needed.left, folders=NO_MARKS, standby=NO_MARKS)
    )
    return change, left_in(target, (*names, MARKER), known, again=again, standby=standby)


def exchange_in_place(
    files: Mapping[str, bytes],
    gone: AbstractSet[str],
    needed: Outdated,
    *,
    root: Path,
    target: Path,
    now: datetime,
    is_standing: bool,
) -> tuple[OutputChange, Left]:
    """Put few files in place, as `put_in_place` does; the others are not asked for one by one.

    Args:
        files: What was made, by name.
        gone: The files that the site has no more.
        needed: What had to be made; nobody touched the output.
        root: As there.
        target: As there.
        now: As there.
        is_standing: Whether somebody saw just now that nobody touched the tree that stands by.

    Raises:
        ChangedError: Somebody touched the output since.
    """
    left, around = needed.left, (*files, *gone)
    if not is_as_left_around(target, left.folders, around):
        message = f"somebody changed {target} while the site was built"
        raise ChangedError(message, hint="repeat the command")
    place = standby_of(root)
    is_standing = (
        is_standing and not place.is_symlink() and is_as_left_around(place, left.standby, around)
    )
    many = len(left.files) - (MARKER in left.files)
    fresh = sum(1 for name in files if name not in left.files)
    standby = standby_for(root, target, many + fresh - len(gone), left, is_standing=is_standing)
    change = standby and exchange_files(
        target, files, gone, network=root, standby=standby, many=many
    )
    if not change:
        every = frozenset((*left.files.names, *files)) - gone - {MARKER}
        return put_in_place(iter(files.items()), needed, every, root=root, target=target, now=now)
    mark_built(target, now)
    again = {*files, MARKER}
    return change, left_after(target, left, again=again, gone=gone, standby=standby)


def standby_for(
    root: Path, target: Path, many: int, left: Left, *, is_standing: bool = False
) -> Path | None:
    """Return where a second tree stands by; None when there is to be none. What is not as it was left is removed.

    Args:
        root: The network folder.
        target: The output folder.
        many: How many files the site has.
        left: How the last build left the tree; when nobody knows, it has to hold the very files of the output.
        is_standing: Whether somebody saw just now that it is as it was left.
    """
    place = standby_of(root)
    is_wanted = many >= STANDBY_FROM
    is_kept = is_standing or (
        stands_as_left(place, left) if left.standby else are_twins(target, place)
    )
    if not is_wanted or not is_kept:
        forget_standby(place)
    return place if is_wanted else None
