"""A built site in which few files are others, put in place without asking for the rest.

Two trees hold the same files: the site, and the one that stands by. Their markers are the same bytes then, and what
they say of a file is read from its line alone. Where anything is not as expected, nothing was done that matters, and
`blognet.disk.output.publish_output` does the same with all files. Whoever calls this holds the lock.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.marker_lines import MarkerLines
from blognet.disk.output import OutputChange
from blognet.disk.output_ground import checked_target
from blognet.disk.output_marker import MARKER, marker_in
from blognet.disk.output_names import same_name, take_name
from blognet.disk.output_places import (
    places_of,
    put_in_place,
    recover,
    stand_by,
    without_dotted,
)
from blognet.disk.trees import link_into, make_room, remove_tree, take_out, write_into
from blognet.disk.writing import holds, told
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from blognet.disk.output_places import Places

Names = tuple[str, ...]


def exchange_files(
    target: Path,
    files: Mapping[str, bytes],
    gone: Collection[str],
    *,
    network: Path,
    standby: Path,
    many: int,
) -> OutputChange | None:
    """Put a few files in place; None when only the whole output can tell what has to be done.

    Args:
        target: The output folder, which nobody touched since it was left.
        files: What is new or other, by name.
        gone: Names of what is on the site no more.
        network: The network folder.
        standby: The second tree.
        many: How many files the output has as it was left, but for its marker.

    Raises:
        BlognetError: As `publish_output`.
    """
    live = checked_target(target, network)
    if any(name.startswith(".") for name in (*files, *gone)) or not files.keys().isdisjoint(gone):
        return None
    places, same, stay = places_of(live, standby), frozenset[str](), many
    with told(f"the site could not be written to {target}"):
        recover(places)
        if files or gone:
            try:
                there = _looked_at(live, standby, files, gone, many)
            except ValueError:  # somebody else wrote the marker
                return None
            if there is None:
                return None
            same, stay = there.same, many - len(there.known - there.same) - len(gone)
            is_other = bool(gone) or same != files.keys()
            if is_other and not _exchange(places, files, gone, there):
                return None
    return OutputChange(
        written=tuple(sorted(files.keys() - same)),
        unchanged=stay,
        removed=tuple(sorted(gone)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """What lies on the site before a few files are put in place.

    Attributes:
        known: Those of the files that are on the site already.
        same: Those of them that are there as they are to be; perhaps not in the other tree, if somebody mended
            them by hand.
        dotted: Files whose names begin with a dot.
        marker: The bytes that the marker is to have.
    """

    known: frozenset[str]
    same: frozenset[str]
    dotted: Names
    marker: bytes


def _looked_at(
    live: Path, standby: Path, files: Mapping[str, bytes], gone: Collection[str], many: int
) -> _There | None:
    """Look at the places of few files; None when only the whole output can tell.

    Raises:
        ValueError: The marker is none that we write.
    """
    said = _said(live, standby, many)
    if said is None or not all(said.digest(name) for name in gone):
        return None
    known = frozenset(name for name in files if said.digest(name))
    if not _are_free(live, files.keys() - known):
        return None
    digests = {name: sha256_hex(raw) for name, raw in files.items()}
    return _There(
        known=known,
        same=frozenset(name for name in known if holds(live / name, files[name])),
        dotted=tuple(said.starting(".")),
        marker=said.exchanged({**digests, **dict.fromkeys(gone, "")}),
    )


def _said(live: Path, standby: Path, many: int) -> MarkerLines | None:
    """Return what the markers of both trees say; None when they do not say the same, or of other files."""
    raw = marker_in(live)
    if not raw or raw != marker_in(standby):
        return None
    lines = MarkerLines(raw)
    return lines if len(lines) == many else None


def _are_free(live: Path, fresh: Iterable[str]) -> bool:
    """Whether nothing on the site stands in the way of new files, nor has a name that is the same on some disks."""
    taken: dict[str, str] = {}
    listed: dict[str, Mapping[str, str]] = {}
    for name in fresh:
        take_name(taken, name)
        folder, parts = os.fspath(live), name.split("/")
        for part in parts:
            if folder not in listed:
                listed[folder] = {same_name(each): each for each in os.listdir(folder)}
            known = listed[folder].get(same_name(part))
            if known is None:
                break
            folder = f"{folder}/{part}"
            if known != part or not os.path.isdir(folder):
                return False
        else:
            return False
    return True


def _exchange(
    places: Places, files: Mapping[str, bytes], gone: Collection[str], there: _There
) -> bool:
    """Make the new site of the tree that stands by, and let both change places; False when it cannot be moved."""
    if places.standby is None:
        return False
    os.unlink(places.standby / MARKER)  # from here on nobody can say what it holds
    try:
        os.rename(places.standby, places.new)
    except OSError:  # it lies on another disk
        return False
    try:
        without_dotted(places.new)
        for name, raw in files.items():
            make_room(places.new, name)
            if name in there.same:
                link_into(places.live, places.new, name)
            else:
                write_into(places.new, name, raw)
        for name in gone:
            take_out(places.new, name)
        # The marker comes before any name with a dot: so a tree's marker always tells whose its dotted names are.
        write_into(places.new, MARKER, there.marker)
        for name in there.dotted:
            link_into(places.live, places.new, name)
    except BaseException:
        remove_tree(places.new)
        raise
    replaced = put_in_place(places)
    stand_by(places, replaced, gone=gone, others=files)
    return True
