"""The network folder. Answers: which files wait in it? Knows no front matter and no decisions."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.content.assets import ending_of
from blognet.content.values import FileFault, FoundFile
from blognet.disk.home import CONFIG_FILE
from blognet.disk.look import Look, keep_listed, listed_before
from blognet.disk.marks import mark_of
from blognet.disk.reading import MAX_ASSET, MAX_TEXT, Entry, read_plain, walk
from blognet.disk.shared_look import look_shared
from blognet.kernel.errors import ConfigError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.text import Undecodable, decode_source
from blognet.moderation.record import ROOT as RECORD

if TYPE_CHECKING:
    from blognet.pictures.structure import Flaw

SOURCE_FOLDERS = ("authors", "pages", "posts", "queue")
_TEXTS = (".md", ".markdown", ".svg")
_HEAD = 32
_MANY = 5_000
"""Folders that two processes look at sooner than one."""


def read_config_text(root: Path) -> str:
    """Return the text of ``blognet.yml``.

    Raises:
        ConfigError: When it cannot be read, or is no UTF-8 text.
    """
    raw = read_plain(Path(os.path.realpath(root)), (CONFIG_FILE,), limit=MAX_TEXT)
    if isinstance(raw, FileFault):
        message = f"{CONFIG_FILE} cannot be read: {_REASONS[raw]}"
        raise ConfigError(message, hint=f"make {root / CONFIG_FILE} a plain text file")
    text = decode_source(raw)
    if isinstance(text, Undecodable):
        message = f"{CONFIG_FILE}:{text.line}:{text.column}: {text.reason}"
        raise ConfigError(message, hint="save it as UTF-8")
    return text


def scan(root: Path) -> tuple[FoundFile, ...]:
    """Read everything that may be a subject or an asset: all of `SOURCE_FOLDERS`, sorted by path.

    Left out are files and folders whose names begin with ``.`` or ``_``. A file that cannot be read, or should not be
    (a link, a pipe, 2 MB of Markdown), is there with its fault.

    Raises:
        BlognetError: When a folder holds an absurd number of files.
    """
    entries = [entry for top in SOURCE_FOLDERS for entry in walk(root, top, skip=is_no_source)]
    return tuple(read_found(root, entry) for entry in sorted(entries, key=lambda entry: entry.path))


def look_at_network(root: Path, *, began: int) -> Look:
    """Look at the record and at the sources, in two processes when there is much; what was listed is not listed again.

    Args:
        root: The network folder.
        began: Nanoseconds since 1970, from a moment ago.
    """
    before = listed_before(root)
    # A copy of a process with several threads has one of them, and what the others held stays held in it.
    is_long = len(before) >= _MANY and threading.active_count() == 1
    look, _ = look_shared(
        root, (*SOURCE_FOLDERS, RECORD), began=began, before=before, is_long=is_long
    )
    if not before:
        keep_listed(root, look, before)
    return look


def is_no_source(name: str) -> bool:
    """Whether a file or folder with this name is left out of the sources."""
    return name.startswith((".", "_"))


def read_found(root: Path, entry: Entry) -> FoundFile:
    """Read one file that a walk found."""
    text = entry.path.lower().endswith(_TEXTS)
    limit = MAX_TEXT if text else MAX_ASSET
    raw = entry.fault or read_plain(root, entry.parts, limit=limit)
    if isinstance(raw, FileFault):
        return FoundFile(path=entry.path, raw=None, sha256="", size=entry.size, fault=raw)
    return FoundFile(
        path=entry.path,
        raw=raw if text else None,
        sha256=sha256_hex(raw),
        size=len(raw),
        head=b"" if text else raw[:_HEAD],
        flaw=None if text else _flaw_of(raw, entry.path),
    )


def _flaw_of(raw: bytes, path: str) -> Flaw | None:
    from blognet.pictures.structure import flaw_of  # noqa: PLC0415  # texts change more often

    return flaw_of(raw, ending_of(path))


def is_unchanged(root: Path, entry: Entry) -> bool:
    """Whether a plain file has the mark that it had when a walk found it."""
    try:
        return mark_of(os.lstat(os.path.join(root, *entry.parts))) == entry.mark
    except (OSError, ValueError):
        return False


_REASONS = {
    FileFault.SYMLINK: "it is a symbolic link",
    FileFault.SPECIAL: "it is no plain file",
    FileFault.TOO_LARGE: f"it is larger than {MAX_TEXT} bytes",
    FileFault.UNREADABLE: "the system refused to open it",
}
