"""The built site on disk. Answers: which files changed? Knows no pages and no posts.

The whole new site is made beside the present one, as ``.NAME.blognet-new``, and takes its place in one step. Files
that did not change are the very same files, so their times survive. A run that is killed, fails or fills the disk
leaves the present site as it was, and the next run clears up. Whoever calls this holds the lock.

What is ours is said by a marker in the output, ``.blognet-output``: a folder without it, or with files that it does
not name, is refused. Names at the top that begin with a dot (``.git``, ``.gitkeep``) may be somebody else's and stay.

Nothing here is flushed to the disk one by one: a site can be built again, and the next build compares bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.disk.output_names import take_name
from blognet.disk.renaming import exchange
from blognet.disk.writing import holds, told, write_all
from blognet.kernel.errors import BlognetError, ConflictError
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARKER = ".blognet-output"
FORMAT = 1
_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_NOT_OUTPUT = frozenset(
    {"authors", "pages", "posts", "queue", "record", "themes", ".blognet", ".git"}
)
_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputChange:
    """What a publication changed; names relative to the output, each sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the output was left alone."""
        return not self.written and not self.removed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """The output and its two neighbours: what is being made, and what is being removed."""

    live: Path
    new: Path
    old: Path


def publish_output(
    target: Path, files: Iterable[tuple[str, bytes]], *, network: Path
) -> OutputChange:
    """Make the target hold exactly these files, in one step; when nothing differs, touch nothing.

    Args:
        target: The output folder; made when missing; may be a link to a folder.
        files: Relative ``/``-separated name and bytes of each file. May be lazy: when it raises, the site stays as it
            was and the error goes on.
        network: The network folder, which the output must not replace.

    Raises:
        ConflictError: When the target holds files that are not ours.
        BlognetError: When the target cannot be an output folder, a name cannot be written, or the disk refuses.
    """
    live = _checked_target(target, network)
    places = _Places(
        live=live,
        new=live.with_name(f".{live.name}.blognet-new"),
        old=live.with_name(f".{live.name}.blognet-old"),
    )
    with told(f"the site could not be written to {target}"):
        _recover(places)
        present = _manifest_of(live) or {}
        _refuse_foreign_files(live, present)
        try:
            change = _stage(places, files, present)
        except BaseException:
            _remove_tree(places.new)
            raise
        if places.new.exists():
            _put_in_place(places)
        return change


def is_output(folder: Path) -> bool:
    """Whether a folder holds a site that was written here."""
    return _manifest_of(folder) is not None


def mark_built(folder: Path, moment: datetime) -> None:
    """Note as of which time a site was built; only the time of its marker changes, and no byte.

    Raises:
        BlognetError: When the disk refuses.
    """
    with told(f"the time of the build could not be kept in {folder}"):
        os.utime(folder / MARKER, (moment.timestamp(), moment.timestamp()))


def built_as_of(folder: Path) -> datetime | None:
    """Return as of which time a site was built here last, in whole seconds; None when there is none."""
    if not is_output(folder):
        return None
    with told(f"{folder} could not be read"):
        return datetime.fromtimestamp(int(os.stat(folder / MARKER).st_mtime), UTC)


def _stage(
    places: _Places, files: Iterable[tuple[str, bytes]], present: Mapping[str, str]
) -> OutputChange:
    """Make the new site beside the present one; make nothing when both are the same."""
    taken: dict[str, str] = {MARKER: MARKER}
    digests: dict[str, str] = {}
    same: list[str] = []
    dotted: dict[str, bytes] = {}
    for name, raw in files:
        take_name(taken, name)
        digests[name] = sha256_hex(raw)
        if name.startswith("."):
            _refuse_taken_dot_name(places.live, name, raw, present)
            dotted[name] = raw
        if name in present and holds(places.live / name, raw):
            same.append(name)
        elif name not in dotted:
            _write(places.new, name, raw)
    change = OutputChange(
        written=tuple(sorted(digests.keys() - set(same))),
        unchanged=tuple(sorted(same)),
        removed=tuple(sorted(present.keys() - digests.keys())),
    )
    if change.is_nothing and is_output(places.live):
        return change
    _make_folder(places.new)
    for name in same:
        if name not in dotted:
            _link(places.live, places.new, name)
    # The marker comes before any name with a dot: so a tree's marker always tells whose its dotted names are.
    _write(places.new, MARKER, _marker(digests))
    for name, raw in dotted.items():
        if name in same:
            _link(places.live, places.new, name)
        else:
            _write(places.new, name, raw)
    return change


def _put_in_place(places: _Places) -> None:
    """Let the new site take the old one's place, then carry over what is not ours and remove the old one."""
    if not places.live.exists():
        os.rename(places.new, places.live)
        return
    for name in _foreign_dot_names(places.live):
        plain = stat.S_ISREG(os.lstat(places.live / name).st_mode)
        if plain and not os.path.lexists(places.new / name):
            _link(places.live, places.new, name, keep_mode=True)
    if exchange(places.new, places.live):
        replaced = places.new
    else:
        _rename_twice(places)
        replaced = places.old
    _carry_over(replaced, places.live)
    _remove_tree(replaced)


def _rename_twice(places: _Places) -> None:
    """Put the new site in place where the system cannot exchange: for a moment there is none."""
    os.rename(places.live, places.old)
    try:
        os.rename(places.new, places.live)
    except OSError:
        os.rename(places.old, places.live)
        raise


def _recover(places: _Places) -> None:
    """Clear up after a killed run."""
    if places.old.is_dir() and not places.live.exists():
        os.rename(places.old, places.live)
    for leftover in (places.old, places.new):
        if leftover.is_symlink() or (leftover.exists() and not leftover.is_dir()):
            message = f"{leftover} is in the way; blognet uses this name while it builds"
            raise ConflictError(message, hint=f"move {leftover} elsewhere")
        if leftover.is_dir():
            _carry_over(leftover, places.live)
            _remove_tree(leftover)
            if leftover.exists():
                message = f"{leftover} is left from an earlier build and cannot be removed"
                raise BlognetError(message, hint=f"remove {leftover}")


def _carry_over(source: Path, live: Path) -> None:
    """Move what is not ours from a site that is going to be removed; what is there already stays."""
    for name in _foreign_dot_names(source):
        if not os.path.lexists(live / name):
            _make_folder(live)
            os.rename(source / name, live / name)


def _foreign_dot_names(folder: Path) -> tuple[str, ...]:
    """List the names at the top that begin with a dot and that the folder's own marker does not know."""
    known = _tops(_manifest_of(folder) or {}) | {MARKER}
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return ()
    return tuple(sorted(name for name in names if name.startswith(".") and name not in known))


def _tops(manifest: Mapping[str, str]) -> set[str]:
    return {name.partition("/")[0] for name in manifest}


def _refuse_taken_dot_name(live: Path, name: str, raw: bytes, present: Mapping[str, str]) -> None:
    top, folder, _ = name.partition("/")
    ours = top in _tops(present)
    if ours or not os.path.lexists(live / top) or (not folder and holds(live / name, raw)):
        return
    message = f"the site has a file {name}, but {live / top} was not written by blognet"
    raise ConflictError(message, hint=f"move {live / top} elsewhere, then build again")


def _refuse_foreign_files(live: Path, present: Mapping[str, str]) -> None:
    foreign = sorted(
        name
        for name in _files_below(live, _foreign_dot_names(live))
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


def _files_below(live: Path, but: tuple[str, ...]) -> Iterable[str]:
    """List files and links below the output, without the given names at its top."""
    for folder, folders, names in os.walk(live):
        below = os.path.relpath(folder, live).replace(os.sep, "/")
        start = "" if below == "." else f"{below}/"
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        yield from (start + name for name in (*names, *links) if start or name not in but)
        if not start:
            folders[:] = [name for name in folders if name not in but]


def _checked_target(target: Path, network: Path) -> Path:
    """Return where the output really lies, or say why it must not lie there."""
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


def _manifest_of(folder: Path) -> Mapping[str, str] | None:
    """Return path and SHA-256 of every file that we wrote there; None without a readable marker."""
    marker = folder / MARKER
    try:
        if not stat.S_ISREG(os.lstat(marker).st_mode):
            return None
        read: object = json.loads(marker.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        return None
    files: object = read.get("files")
    if not isinstance(files, dict):
        return None
    return {str(name): str(digest) for name, digest in files.items()}


def _marker(digests: Mapping[str, str]) -> bytes:
    said = {
        "files": dict(digests),
        "format": FORMAT,
        "note": "blognet build wrote this folder and replaces it; change nothing in here",
    }
    return (json.dumps(said, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _write(tree: Path, name: str, raw: bytes) -> None:
    path = tree / name
    _make_folder(tree, *name.split("/")[:-1])
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags, _FILE_MODE)
    try:
        write_all(opened, raw)
        if hasattr(os, "fchmod"):
            os.fchmod(opened, _FILE_MODE)  # whatever the person's umask: a web server reads it
    finally:
        os.close(opened)


def _link(source: Path, tree: Path, name: str, *, keep_mode: bool = False) -> None:
    """Let a file of one tree be in the other, too; a copy where the disk knows no hard links."""
    _make_folder(tree, *name.split("/")[:-1])
    try:
        os.link(source / name, tree / name)
    except (OSError, NotImplementedError):
        shutil.copy2(source / name, tree / name, follow_symlinks=False)
    if not keep_mode and stat.S_IMODE(os.lstat(tree / name).st_mode) != _FILE_MODE:
        os.chmod(tree / name, _FILE_MODE)


def _make_folder(tree: Path, *names: str) -> None:
    folder = tree
    for name in ("", *names):
        folder = folder / name
        try:
            os.mkdir(folder, _FOLDER_MODE)
        except FileExistsError:
            continue
        os.chmod(folder, _FOLDER_MODE)


def _remove_tree(tree: Path) -> None:
    if os.path.lexists(tree):
        shutil.rmtree(tree, ignore_errors=True)
