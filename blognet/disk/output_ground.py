"""Where a site may be written, and what lies there already that is somebody else's. Changes nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.disk.marker_lines import MarkerLines
from blognet.disk.output_marker import MARKER, manifest_of, marker_in
from blognet.disk.writing import holds
from blognet.kernel.errors import BlognetError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_NOT_OUTPUT = frozenset(
    {"authors", "pages", "posts", "queue", "record", "themes", ".blognet", ".git"}
)
_NAMED_AT_MOST = 5


def checked_target(target: Path, network: Path) -> Path:
    """Return where the output really lies.

    Raises:
        BlognetError: It must not lie there, and why.
    """
    hint = "name another folder: blognet build --output DIR"
    try:
        live = Path(os.path.abspath(target)).resolve()
        root = network.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        message = f"{target} leads nowhere: its links go round in a circle"
        raise BlognetError(message, hint=hint) from None
    if live.parent == live or live == Path.home().resolve():
        reason = "the site would replace everything in it"
    elif root == live or live in root.parents or os.path.lexists(live / "blognet.yml"):
        reason = "it holds a network, not a site"
    elif root in live.parents and live.relative_to(root).parts[0] in _NOT_OUTPUT:
        reason = f"{live.relative_to(root).parts[0]}/ is a part of the network"
    elif live.exists() and not live.is_dir():
        reason = "it is a file"
    elif os.path.ismount(live):
        reason = "it is a disk of its own, where a whole site cannot be replaced in one step"
        hint = f"build into a folder on it: blognet build --output {target / 'site'}"
    elif not live.parent.is_dir():
        reason = f"there is no folder {live.parent}"
        hint = f"make it first: mkdir -p {live.parent}"
    else:
        return live
    message = f"{target} cannot be the output folder: {reason}"
    raise BlognetError(message, hint=hint)


def refuse_foreign_files(live: Path, present: Mapping[str, str]) -> None:
    """Refuse an output that holds files which its marker does not name.

    Raises:
        ConflictError: It does; the message names some.
    """
    foreign = sorted(
        name
        for name in _files_below(live, foreign_dot_names(live))
        if name not in present and name != MARKER and name.rpartition("/")[2] not in _LITTER
    )
    if not foreign:
        return
    some = ", ".join(foreign[:_NAMED_AT_MOST])
    more = len(foreign) - _NAMED_AT_MOST
    rest = f" and {more} more" if more > 0 else ""
    message = f"{live} holds files that blognet did not write: {some}{rest}; nothing was changed"
    hint = "move them elsewhere, or build into another folder: blognet build --output DIR"
    raise ConflictError(message, hint=hint)


def refuse_taken_dot_name(live: Path, name: str, raw: bytes, present: Mapping[str, str]) -> None:
    """Refuse a file of the site whose name begins with a dot and is taken by somebody else's file or folder.

    Raises:
        ConflictError: It is.
    """
    top, folder, _ = name.partition("/")
    ours = top in _tops(present)
    if ours or not os.path.lexists(live / top) or (not folder and holds(live / name, raw)):
        return
    message = f"the site has a file {name}, but {live / top} was not written by blognet"
    raise ConflictError(message, hint=f"move {live / top} elsewhere, then build again")


def foreign_dot_names(folder: Path) -> tuple[str, ...]:
    """List the names at the top that begin with a dot and that the folder's own marker does not know."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return ()
    dotted = [name for name in names if name.startswith(".") and name != MARKER]
    known = _dotted_of_ours(folder) if dotted else ()
    return tuple(sorted(name for name in dotted if name not in known))


def _files_below(live: Path, but: tuple[str, ...]) -> Iterable[str]:
    """List files and links below the output, without the given names at its top."""
    for folder, folders, names in os.walk(live):
        below = os.path.relpath(folder, live).replace(os.sep, "/")
        start = "" if below == "." else f"{below}/"
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        yield from (start + name for name in (*names, *links) if start or name not in but)
        if not start:
            folders[:] = [name for name in folders if name not in but]


def _dotted_of_ours(folder: Path) -> set[str]:
    """Return the names at the top that begin with a dot and that the folder's own marker knows."""
    try:
        return _tops(MarkerLines(marker_in(folder)).starting("."))
    except ValueError:
        return _tops(manifest_of(folder) or {})


def _tops(names: Iterable[str]) -> set[str]:
    """Return the names at the top that begin with a dot and are ours."""
    return {name.partition("/")[0] for name in names if name.startswith(".")}
