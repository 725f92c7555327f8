"""The built site on disk. Answers: which files changed? Knows no pages and no posts.

The whole new site is made beside the present one, as ``.NAME.blognet-new``, and takes its place in one step. Files
that did not change are the very same files, so their times survive. A run that is killed, fails or fills the disk
leaves the present site as it was, and the next run clears up. Whoever calls this holds the lock.

What is ours is said by a marker in the output, ``.blognet-output``: a folder without it, or with files that it does
not name, is refused. Names at the top that begin with a dot (``.git``, ``.gitkeep``) may be somebody else's and stay.

Nothing here is flushed to the disk one by one: a site can be built again, and the next build compares bytes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.laid import Laid
from blognet.disk.output_ground import (
    checked_target,
    refuse_foreign_files,
    refuse_taken_dot_name,
)
from blognet.disk.output_marker import MARKER, manifest_of, marker_in, marker_like, marker_of
from blognet.disk.output_names import Names
from blognet.disk.output_places import (
    Places,
    places_of,
    put_in_place,
    recover,
    stand_by,
    without_dotted,
)
from blognet.disk.trees import (
    link_into,
    make_folder,
    make_room,
    remove_tree,
    take_out,
    write_into,
)
from blognet.disk.writing import holds, told
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputChange:
    """What a publication changed; names relative to the output, each sorted, and how many files are as they were."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the output was left alone."""
        return not self.written and not self.removed


def publish_output(
    target: Path,
    files: Iterable[tuple[str, bytes | Laid]],
    *,
    network: Path,
    kept: frozenset[str] = frozenset(),
    standby: Path | None = None,
    is_tidy: bool = False,
) -> OutputChange:
    """Make the target hold exactly these files, in one step; when nothing differs, touch nothing.

    Args:
        target: The output folder; made when missing; may be a link to a folder.
        files: Relative ``/``-separated name and bytes of each file, or where they were laid. May be lazy: when it
            raises, the site stays as it was and the error goes on.
        network: The network folder, which the output must not replace.
        kept: Names of more files, which stay as they are. The caller knows that they are as they were left.
        standby: Where a second tree with the same files stands by between builds, so that the next site need not be
            linked together from nothing; None for none.
        is_tidy: Whether the caller knows that the target holds nobody else's files.

    Raises:
        ConflictError: When the target holds files that are not ours.
        BlognetError: When the target cannot be an output folder, a name cannot be written, or the disk refuses.
    """
    live = checked_target(target, network)
    places = places_of(live, standby)
    with told(f"the site could not be written to {target}"):
        recover(places)
        present = manifest_of(live) or {}
        if not is_tidy:
            refuse_foreign_files(live, present)
        try:
            change, digests = _stage(places, files, present, kept)
            # Pages take long to make, and this tree will be taken away. Where all is tidy, a marker may be damaged.
            if places.new.exists() and (present or not is_tidy):
                refuse_foreign_files(live, {**present, **digests})
        except BaseException:
            remove_tree(places.new)
            raise
        if places.new.exists():
            replaced = put_in_place(places)
            if places.standby is not None:
                there = present if replaced else {}
                others = [n for n, said in digests.items() if there.get(n) != said or n not in kept]
                gone = sorted(there.keys() - digests.keys())
                stand_by(places, replaced, gone=gone, others=others)
            elif replaced is not None:
                remove_tree(replaced)
        return change


def _stage(
    places: Places,
    files: Iterable[tuple[str, bytes | Laid]],
    present: Mapping[str, str],
    kept: frozenset[str],
) -> tuple[OutputChange, Mapping[str, str]]:
    """Make the new site beside the present one, nothing when both are the same; return what differs, and what it holds.

    That is path and SHA-256 of each file.
    """
    names = Names(present, (MARKER, *kept))
    # A marker that somebody damaged is written anew.
    digests = {name: present.get(name) or _digest_of(places.live, name) for name in kept}
    same = set(kept)
    there: Mapping[str, str] | None = None
    dotted: dict[str, bytes] = {}
    for name, made in files:
        names.take(name)
        digests[name] = made.sha256 if isinstance(made, Laid) else sha256_hex(made)
        if name.startswith("."):
            raw = made.read() if isinstance(made, Laid) else made
            refuse_taken_dot_name(places.live, name, raw, present)
            dotted[name] = raw
        if name in present and _is_there(places.live / name, made):
            same.add(name)
        elif name not in dotted:
            there = _begun(places) if there is None else there
            if there:
                make_room(places.new, name)
            _put(places.new, name, made)
    change = OutputChange(
        written=tuple(sorted(digests.keys() - same)),
        unchanged=len(same),
        removed=tuple(sorted(present.keys() - digests.keys())),
    )
    if change.is_nothing and marker_in(places.live) == marker_of(digests):
        return change, digests
    there = _begun(places) if there is None else there
    # What was made and found to be there already may not be so in the other tree, if somebody mended it by hand.
    known = {name: digest for name, digest in there.items() if name in kept}
    for name in there.keys() - known.keys() - digests.keys():
        take_out(places.new, name)
    marker = (
        marker_like(marker_in(places.live), present, digests)
        if kept and not change.is_nothing
        else marker_of(digests)  # somebody may have written the one that is there
    )
    _complete(places, digests, same, dotted, known, marker)
    return change, digests


def _digest_of(live: Path, name: str) -> str:
    return sha256_hex((live / name).read_bytes())


def _is_there(path: Path, made: bytes | Laid) -> bool:
    return made.is_at(path) if isinstance(made, Laid) else holds(path, made)


def _put(tree: Path, name: str, made: bytes | Laid) -> None:
    if isinstance(made, Laid):
        made.place(tree, name)
    else:
        write_into(tree, name, made)


def _complete(
    places: Places,
    digests: Mapping[str, str],
    same: set[str],
    dotted: Mapping[str, bytes],
    there: Mapping[str, str],
    marker: bytes,
) -> None:
    """Take out of the new tree what is not on the site, and put in what did not change, and the marker."""
    for name in sorted(there.keys() - digests.keys()):
        take_out(places.new, name)
    lacking = sorted([name for name in same if there.get(name) != digests[name]])
    for name in lacking:
        if not name.startswith("."):
            make_room(places.new, name)
            link_into(places.live, places.new, name)
    # The marker comes before any name with a dot: so a tree's marker always tells whose its dotted names are.
    write_into(places.new, MARKER, marker)
    for name in lacking:
        if name.startswith("."):
            link_into(places.live, places.new, name)
    for name, raw in dotted.items():
        if name not in same:
            write_into(places.new, name, raw)


def _begun(places: Places) -> Mapping[str, str]:
    """Begin the new tree with the one that stands by, if any; return what it holds, path and SHA-256."""
    there = manifest_of(places.standby) if places.standby else None
    if places.standby is not None and there is not None:
        try:
            os.unlink(places.standby / MARKER)  # from here on nobody can say what it holds
            os.rename(places.standby, places.new)
        except OSError:  # it lies on another disk
            remove_tree(places.standby)
        else:
            without_dotted(places.new)
            return {name: digest for name, digest in there.items() if not name.startswith(".")}
    make_folder(places.new)
    return {}
