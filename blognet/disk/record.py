"""The record on disk: events, words, approved texts and assets, as bytes. Knows no verbs and judges no event.

    record/KIND/NAME/*.json *.md *.txt      read all at once
    record/assets/<sha256>.b64              listed; each is read when it is wanted

Writing keeps an order: assets, approved text, words, and last the event. The event is the commit point: before it, a
killed run has decided nothing; what it left is overwritten by nobody and does no harm. Writers hold the lock.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.reading import MAX_ASSET, MAX_TEXT, Entry, read_plain, walk
from blognet.disk.writing import make_folders, remove_leftovers, write_new_file
from blognet.kernel.errors import BlognetError, FaultsError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SourcePath
from blognet.kernel.problems import Location, Problem
from blognet.moderation.record import ASSETS, ROOT, RecordFile, asset_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TEXT_ENDINGS = (".json", ".md", ".txt")
_ASSET_NAME = re.compile(r"([0-9a-f]{64})\.b64")
_LINE = 76
_MAX_RECORD_TEXT = (
    4 * MAX_TEXT
)  # the mark before each line makes an approved text longer than its source
_MAX_RECORD_ASSET = MAX_ASSET * 3 // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """All of ``record/``, unjudged but for what could not be read.

    Attributes:
        files: Every plain file but the copies of assets, sorted by path; of files with an ending that the record
            does not use only the name counts, and their bytes are left out.
        assets: The SHA-256 in hex of each asset that has a copy, by the names of the copies.
        problems: Links, pipes and files that could not be read (BN391), sorted. They stop a build: an event that
            cannot be read must not be passed over.
    """

    files: tuple[RecordFile, ...] = ()
    assets: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWrite:
    """What one decision adds to the record.

    Attributes:
        assets: SHA-256 in hex and bytes of each asset to keep.
        texts: Each approved text.
        words: The event's words, if any.
        event: The event.
    """

    assets: tuple[tuple[str, bytes], ...] = ()
    texts: tuple[RecordFile, ...] = ()
    words: RecordFile | None = None
    event: RecordFile


def read_record(root: Path) -> RawRecord:
    """Read the whole record but for the assets' bytes. Names that begin with ``.`` are passed over.

    Raises:
        BlognetError: When the record holds an absurd number of files.
    """
    return read_entries(root, walk(root, ROOT, skip=is_hidden))


def read_entries(root: Path, entries: Iterable[Entry]) -> RawRecord:
    """Read those files of the record that a walk found, but for the assets' bytes."""
    files: list[RecordFile] = []
    assets: set[str] = set()
    problems: list[Problem] = []
    for entry in entries:
        if digest := _asset_of(entry):
            assets.add(digest)
            continue
        raw = entry.fault or _bytes_of(root, entry)
        if isinstance(raw, FileFault):
            problems.append(_unreadable(entry.path, raw))
        else:
            files.append(RecordFile(path=entry.path, raw=raw))
    return RawRecord(files=tuple(files), assets=frozenset(assets), problems=tuple(sorted(problems)))


def read_asset_copy(root: Path, sha256: str) -> bytes:
    """Return the bytes of an approved asset.

    Raises:
        FaultsError: When its copy is missing, cannot be read, is no base64 or holds other bytes (BN390).
    """
    encoded = read_plain(root, tuple(asset_path(sha256).split("/")), limit=_MAX_RECORD_ASSET)
    if isinstance(encoded, FileFault):
        raise _faulty_copy(
            sha256, f"the copy of an approved asset cannot be read ({encoded.value})"
        )
    raw = asset_in(encoded)
    if raw is None:
        raise _faulty_copy(sha256, "the copy of an approved asset is not base64")
    if sha256_hex(raw) != sha256:
        raise _faulty_copy(
            sha256, "the copy of an approved asset holds other bytes than were approved"
        )
    return raw


def read_text_copy(root: Path, path: str) -> bytes | FileFault:
    """Return the bytes of an approved text or of words, or why they cannot be read."""
    return read_plain(root, tuple(path.split("/")), limit=_MAX_RECORD_TEXT)


def asset_in(encoded: bytes) -> bytes | None:
    """Return the bytes of an asset from its copy; None when the copy is no base64."""
    try:
        return base64.b64decode(encoded.replace(b"\r\n", b"\n").replace(b"\n", b""), validate=True)
    except binascii.Error:
        return None


def encode_asset(raw: bytes) -> bytes:
    """Encode an asset as the record keeps it: base64 in lines of 76 characters, each with a line feed.

    Git would take a plain copy for a rename of the author's image and change it in a merge.
    """
    encoded = base64.b64encode(raw)
    lines = (encoded[start : start + _LINE] + b"\n" for start in range(0, len(encoded), _LINE))
    return b"".join(lines)


def write_decision(root: Path, decision: RecordWrite) -> tuple[SourcePath, ...]:
    """Write a decision: assets, texts, words, then the event. Whoever calls this holds the lock.

    Files that are there already with the same bytes stay as they are: repeating a killed write completes it.

    Returns:
        The paths of all its files, in the order of writing.

    Raises:
        ConflictError: When a file with one of the names holds other bytes; the event is not written then.
        BlognetError: When an asset's bytes do not have its digest, or the disk refuses.
    """
    for digest, raw in decision.assets:
        if sha256_hex(raw) != digest:
            message = f"an asset's bytes do not have the digest {digest}; nothing was written"
            raise BlognetError(message)
    writes = [
        *(RecordFile(path=asset_path(sha), raw=encode_asset(raw)) for sha, raw in decision.assets),
        *decision.texts,
        *(() if decision.words is None else (decision.words,)),
        decision.event,
    ]
    for folder in {write.path.rpartition("/")[0] for write in writes}:
        remove_leftovers(root / folder)
    for write in writes:
        folder, _, name = write.path.rpartition("/")
        write_new_file(make_folders(root, *folder.split("/")) / name, write.raw)
    return tuple(SourcePath(write.path) for write in writes)


def is_hidden(name: str) -> bool:
    """Whether the record passes over what has this name."""
    return name.startswith(".")


def _asset_of(entry: Entry) -> str:
    match = _ASSET_NAME.fullmatch(entry.parts[-1])
    inside = entry.path.rpartition("/")[0] == ASSETS
    return match[1] if match and inside and entry.fault is None else ""


def _bytes_of(root: Path, entry: Entry) -> bytes | FileFault:
    if not entry.path.endswith(_TEXT_ENDINGS):
        return b""
    return read_plain(root, entry.parts, limit=_MAX_RECORD_TEXT)


def _unreadable(path: SourcePath, fault: FileFault) -> Problem:
    return Problem(
        location=Location(path=path),
        code="BN391",
        message=f"this part of the record cannot be read ({fault.value})",
        hint="put the plain file back that was here: take it from git's history or another clone",
    )


def _faulty_copy(sha256: str, message: str) -> FaultsError:
    location = Location(path=asset_path(sha256))
    hint = "take the file from git's history or another clone; mayor verify checks it"
    problem = Problem(location=location, code="BN390", message=message, hint=hint)
    return FaultsError(f"{location.path}: {message}", problems=(problem,), hint=hint)
