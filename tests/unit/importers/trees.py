"""Small Jekyll trees for tests, and the corpora as trees."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from blognet.content.library import read_library
from blognet.content.values import FoundFile, Library, ReadingRules
from blognet.importers.jekyll import import_jekyll
from blognet.importers.values import Imported, ImportRules
from blognet.kernel.hashing import sha256_hex

ZONE = ZoneInfo("America/New_York")
RULES = ImportRules(zone=ZONE, old_urls=("https://18f.gsa.gov", "http://18f.gsa.gov"))
ROOT = Path(__file__).parents[3]
EXCERPT = ROOT / "tests" / "corpora" / "18f-excerpt"
FULL = Path(os.environ.get("BLOGNET_CORPORA", ROOT.parent / "shared" / "corpora")) / "18f"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def tree_of(files: dict[str, str | bytes]) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(path): text if isinstance(text, bytes) else text.encode()
        for path, text in files.items()
    }


def tree_at(folder: Path) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def imported(files: dict[str, str | bytes], rules: ImportRules = RULES) -> Imported:
    return import_jekyll(tree_of(files), rules)


def post(front: str = "", body: str = "Text.\n", *, authors: str = "[ann]") -> str:
    return f"---\ntitle: A title\nauthors: {authors}\n{front}---\n{body}"


def texts(result: Imported) -> dict[str, str]:
    return {str(file.path): file.raw.decode() for file in result.files if file.path.endswith(".md")}


def reports(result: Imported) -> list[str]:
    return [
        f"{each.location.path}:{each.location.line} {each.code} {each.message}"
        for each in result.problems
    ]


def codes_of(result: Imported, *, path: str = "") -> list[str]:
    return [each.code for each in result.problems if path in each.location.path]


def library_of(result: Imported) -> Library:
    """Read what was imported as the network will, once the files are written."""
    found = tuple(
        FoundFile(
            path=file.path,
            raw=file.raw if file.path.endswith((".md", ".svg")) else None,
            head=file.raw[:32],
            sha256=sha256_hex(file.raw),
            size=len(file.raw),
        )
        for file in result.files
    )
    rules = ReadingRules(main_language="en", languages=("en",), zone=ZONE)
    return read_library(found, rules=rules)
