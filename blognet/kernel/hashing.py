"""Content hashes. Answers: are these exactly the bytes that were approved? Reads nothing, knows no files.

The encoding is ours and versioned: the first field is the name and version of the encoding, and every field is
preceded by its length in bytes, so that no two different lists of fields encode to the same bytes. The fields of a
content hash are listed at `content_hash`; docs/record.md describes them for other implementations.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.kernel.ids import Subject

CONTENT_ENCODING = "blognet-content-1"
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, order=True)
class ContentHash:
    """SHA-256 of a canonical encoding, as 64 lower-case hex digits.

    Raises:
        ValueError: When made from something else than 64 lower-case hex digits.
    """

    hex: str

    def __post_init__(self) -> None:
        """Check the only invariant once, where the value is made."""
        if not _HEX.fullmatch(self.hex):
            message = f"not a SHA-256 in hex: {self.hex!r}"
            raise ValueError(message)

    @property
    def short(self) -> str:
        """The first ten digits, as shown to people and typed as ``ID@HASH``."""
        return self.hex[:10]

    @property
    def file_stem(self) -> str:
        """The first 32 digits, the file name of the approved copy."""
        return self.hex[:32]

    def __str__(self) -> str:
        """Name the algorithm and all digits: ``sha256:…``, as events hold it."""
        return f"sha256:{self.hex}"


def parse_content_hash(text: str) -> ContentHash | None:
    """Read ``sha256:`` and 64 hex digits; None when it is not that."""
    algorithm, _, digits = text.partition(":")
    return ContentHash(digits) if algorithm == "sha256" and _HEX.fullmatch(digits) else None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class AssetEntry:
    """One asset of a bundle: its path in the bundle (NFC, ``/``-separated) and the SHA-256 of its bytes in hex."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFacts:
    """What a post's path contributed because its front matter did not say it. Empty when nothing was used.

    Attributes:
        authors: The folder's name when it stood in for missing ``authors``.
        date: ``YYYY-MM-DD`` of the file name when it stood in for a missing ``date``; "" otherwise.
    """

    authors: tuple[str, ...] = ()
    date: str = ""


def canonical_encoding(fields: Iterable[str]) -> bytes:
    """Encode a list of texts so that different lists never give the same bytes: ``LENGTH:BYTES,`` for each."""
    parts: list[bytes] = []
    for field in fields:
        raw = field.encode("utf-8")
        parts += [str(len(raw)).encode("ascii"), b":", raw, b","]
    return b"".join(parts)


def content_hash(
    subject: Subject, *, path_facts: PathFacts, text: str, assets: tuple[AssetEntry, ...]
) -> ContentHash:
    """Return the hash that an approval is for.

    Args:
        subject: Kind, id and language.
        path_facts: What the path contributed.
        text: The source text as `blognet.kernel.text.decode_source` gives it: no BOM, LF only.
        assets: Every asset of the bundle; their order does not matter.
    """
    fields = [CONTENT_ENCODING, subject.kind.value, subject.id, subject.language]
    fields += [str(len(path_facts.authors)), *path_facts.authors, path_facts.date, text]
    for asset in sorted(assets):
        fields += [asset.path, asset.sha256]
    return ContentHash(sha256_hex(canonical_encoding(fields)))


def sha256_hex(raw: bytes) -> str:
    """Return the SHA-256 of bytes as 64 lower-case hex digits."""
    return hashlib.sha256(raw).hexdigest()
