"""A site and the trees beside it: what takes its place, what stands by, what a killed run left. Knows no pages."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.output_ground import foreign_dot_names
from blognet.disk.output_marker import MARKER, marker_in
from blognet.disk.renaming import exchange
from blognet.disk.trees import (
    link_into,
    make_folder,
    make_room,
    remove_tree,
    take_out,
    write_into,
)
from blognet.kernel.errors import BlognetError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The output and its neighbours: what is being made, what is being removed, and what stands by.

    Attributes:
        standby: A second tree with the very same files, from which the next site is made; None for none.
    """

    live: Path
    new: Path
    old: Path
    standby: Path | None = None


def places_of(live: Path, standby: Path | None) -> Places:
    """Return an output, given where it really lies, and its neighbours."""
    return Places(
        live=live,
        new=live.with_name(f".{live.name}.blognet-new"),
        old=live.with_name(f".{live.name}.blognet-old"),
        standby=standby,
    )


def stand_by(
    places: Places, replaced: Path | None, *, gone: Iterable[str], others: Iterable[str]
) -> None:
    """Make the replaced tree hold the same files as the site, and keep it for the next build.

    Nothing old stays in it: what was taken off the site must not lie beside it; nor does what somebody did to the site
    by hand, of which its marker knows nothing.

    Args:
        places: With the new site in place.
        replaced: Where the old one is; None when there was none.
        gone: Files that it holds, and the site does not.
        others: Those that are not simply kept, which are taken from the new site.
    """
    standby = places.standby
    if standby is None:
        return
    tree = replaced or places.new
    make_folder(tree)
    take_out(tree, MARKER)
    for name in gone:
        take_out(tree, name)
    for name in others:
        if not name.startswith("."):
            make_room(tree, name)
            link_into(places.live, tree, name)
    without_dotted(tree)
    write_into(tree, MARKER, marker_in(places.live))
    forget_standby(standby)
    try:
        os.rename(tree, standby)
    except OSError:  # it would lie on another disk
        remove_tree(tree)


def forget_standby(standby: Path) -> None:
    """Remove what stands by, if anything does; what a kill leaves of it has no marker, so that nobody believes it."""
    with suppress(OSError):
        os.unlink(standby if standby.is_symlink() else standby / MARKER)
    remove_tree(standby)


def without_dotted(tree: Path) -> None:
    """Remove every name at the top of a tree that begins with a dot: only the site itself holds those."""
    for name in os.listdir(tree):
        if name.startswith("."):
            make_room(tree, name)


def put_in_place(places: Places) -> Path | None:
    """Let the new site take the old one's place and carry over what is not ours; return where the old one is now."""
    if not places.live.exists():
        os.rename(places.new, places.live)
        return None
    for name in foreign_dot_names(places.live):
        plain = stat.S_ISREG(os.lstat(places.live / name).st_mode)
        if plain and not os.path.lexists(places.new / name):
            link_into(places.live, places.new, name, keep_mode=True)
    if exchange(places.new, places.live):
        replaced = places.new
    else:
        _rename_twice(places)
        replaced = places.old
    _carry_over(replaced, places.live)
    return replaced


def _rename_twice(places: Places) -> None:
    """Put the new site in place where the system cannot exchange: for a moment there is none."""
    os.rename(places.live, places.old)
    try:
        os.rename(places.new, places.live)
    except OSError:
        os.rename(places.old, places.live)
        raise


def recover(places: Places) -> None:
    """Clear up after a killed run."""
    if places.old.is_dir() and not places.live.exists():
        os.rename(places.old, places.live)
    for leftover in (places.old, places.new):
        if leftover.is_symlink() or (leftover.exists() and not leftover.is_dir()):
            message = f"{leftover} is in the way; blognet uses this name while it builds"
            raise ConflictError(message, hint=f"move {leftover} elsewhere")
        if leftover.is_dir():
            _carry_over(leftover, places.live)
            remove_tree(leftover)
            if leftover.exists():
                message = f"{leftover} is left from an earlier build and cannot be removed"
                raise BlognetError(message, hint=f"remove {leftover}")


def _carry_over(source: Path, live: Path) -> None:
    """Move what is not ours from a site that is going to be removed; what is there already stays."""
    for name in foreign_dot_names(source):
        if not os.path.lexists(live / name):
            make_folder(live)
            os.rename(source / name, live / name)
