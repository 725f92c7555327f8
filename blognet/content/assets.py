"""Which files may lie beside a text. Answers by name and first bytes; looks into SVGs alone.

What a browser would run or show as a page of ours (HTML, scripts, styles, XML) is not on the list, and so never
reaches readers.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.content.values import FileFault
from blognet.kernel.ids import is_device_name
from blognet.kernel.patterns import later
from blognet.kernel.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.content.values import FoundFile

MAX_TEXT = 1_000_000
MAX_ASSET = 25_000_000
TEXT_ENDINGS = frozenset({".md", ".markdown"})
AVATAR_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".svg")
IMAGE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
ASSET_ENDINGS = IMAGE_ENDINGS | frozenset(
    {
        ".pdf", ".txt", ".csv", ".tsv", ".json", ".zip", ".gz", ".ics", ".vcf", ".srt", ".vtt", ".epub",
        ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mp4", ".m4v", ".webm", ".ogv",
        ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx",
    }
)  # fmt: skip
# First bytes from the registrations of the formats; a tuple of (offset, bytes), one of which must be there.
_MAGIC: Mapping[str, tuple[tuple[int, bytes], ...]] = {
    ".png": ((0, b"\x89PNG\r\n\x1a\n"),),
    ".jpg": ((0, b"\xff\xd8\xff"),),
    ".jpeg": ((0, b"\xff\xd8\xff"),),
    ".gif": ((0, b"GIF87a"), (0, b"GIF89a")),
    ".webp": ((8, b"WEBP"),),
    ".avif": ((4, b"ftypavif"), (4, b"ftypavis"), (4, b"ftypmif1")),
    ".pdf": ((0, b"%PDF-"),),
    ".zip": ((0, b"PK"),),
    ".gz": ((0, b"\x1f\x8b"),),
    ".mp4": ((4, b"ftyp"),),
    ".m4v": ((4, b"ftyp"),),
    ".m4a": ((4, b"ftyp"),),
    ".webm": ((0, b"\x1a\x45\xdf\xa3"),),
    ".ogg": ((0, b"OggS"),),
    ".oga": ((0, b"OggS"),),
    ".ogv": ((0, b"OggS"),),
    ".opus": ((0, b"OggS"),),
    ".flac": ((0, b"fLaC"), (0, b"ID3")),
    ".wav": ((8, b"WAVE"),),
    ".epub": ((0, b"PK"),), ".odt": ((0, b"PK"),), ".ods": ((0, b"PK"),), ".odp": ((0, b"PK"),),
    ".docx": ((0, b"PK"),), ".xlsx": ((0, b"PK"),), ".pptx": ((0, b"PK"),),
}  # fmt: skip
_LEFT_OVER = later(
    r"conflicted copy|sync-conflict-\d{8}|case conflict|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\.|"
    r"~$|^#.*#$|\.(?:orig|rej|bak|old|swp|swo|tmp|temp|part|crdownload|download)$",
    re.IGNORECASE,
)
_JUNK = frozenset({"thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db"})
_FAULTS: Mapping[str, tuple[str, str, str]] = {
    FileFault.SYMLINK: (
        codes.SYMLINK,
        "a symbolic link; links are not followed",
        "replace it by a copy of the file",
    ),
    FileFault.SPECIAL: (
        codes.SPECIAL_FILE,
        "a pipe, socket or device; expected a file",
        "delete it",
    ),
    FileFault.UNREADABLE: (codes.UNREADABLE, "the file can't be read", "look at its permissions"),
}


def ending_of(path: str) -> str:
    """Return the ending in lower case, with its dot."""
    return PurePosixPath(path).suffix.lower()


def is_text(path: str) -> bool:
    """Whether a file may be the text of a subject."""
    return ending_of(path) in TEXT_ENDINGS


def is_junk(path: str) -> bool:
    """Whether a system left this file in every folder; nobody means it to be anything."""
    name = PurePosixPath(path).name.lower()
    return name.startswith(".") or name in _JUNK


def file_problem(found: FoundFile) -> Problem | None:
    """Return why a file of any sort can't be used at all: not read, too large, left over."""
    name = PurePosixPath(found.path).name
    if re.search(r"[\x00-\x1f\x7f\\]", found.path) or len(name.encode("utf-8", "replace")) > 255:  # noqa: PLR2004
        return problem_of(
            found.path,
            codes.BAD_PATH,
            "a name with control characters or backslashes, or too long",
            "rename it",
        )
    if device := next(filter(is_device_name, found.path.split("/")), ""):
        return problem_of(
            found.path, codes.BAD_PATH, f"'{device}' is a name that Windows keeps for itself", "rename it"
        )  # fmt: skip
    limit = MAX_TEXT if is_text(found.path) else MAX_ASSET
    if found.size > limit or found.fault == FileFault.TOO_LARGE:
        message = f"{found.size:,} bytes, more than the {limit:,} that are accepted"
        return problem_of(
            found.path, codes.TOO_LARGE, message, "make it smaller, or link to it elsewhere"
        )
    if found.fault:
        code, message, hint = _FAULTS.get(found.fault, _FAULTS[FileFault.UNREADABLE])
        return problem_of(found.path, code, message, hint)
    if _LEFT_OVER.search(name):
        return problem_of(
            found.path,
            codes.CONFLICTED_COPY,
            "a copy that another program left behind",
            "compare it with the file it was made from, then delete it",
        )
    return None


def asset_problem(found: FoundFile) -> Problem | None:
    """Return why a file can't be an asset, or None."""
    ending = ending_of(found.path)
    if ending not in ASSET_ENDINGS:
        shown = f"the ending '{ending}'" if ending else "no ending"
        message = f"a file with {shown}, which is not accepted beside a post"
        return problem_of(
            found.path,
            codes.ASSET_TYPE,
            message,
            "convert it, pack it into a .zip, or move it away",
        )
    if ending == ".svg":
        from blognet.content.svg import svg_problem  # noqa: PLC0415  # the same
        from blognet.content.svg_bare import bare_svg  # noqa: PLC0415  # what it needs of XML takes long to load

        raw = found.raw or b""
        return svg_problem(raw, path=found.path) or svg_problem(bare_svg(raw), path=found.path)
    expected = _MAGIC.get(ending)
    if (
        expected
        and found.head
        and not any(found.head[at:].startswith(magic) for at, magic in expected)
    ):
        message = f"the file's first bytes are not those of a {ending} file"
        return problem_of(
            found.path, codes.ASSET_MISMATCH, message, "export it anew, or correct its ending"
        )
    if found.flaw:
        return problem_of(found.path, found.flaw.code, found.flaw.found, found.flaw.hint)
    return None


def problem_of(path: str, code: str, message: str, hint: str) -> Problem:
    """Return a problem of a whole file."""
    return Problem(location=Location(path=path), code=code, message=message, hint=hint)
