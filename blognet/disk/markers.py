"""What an output's marker says: every file that was written there, with the SHA-256 of its bytes. Pure texts."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
_NOTE = "blognet build wrote this folder and replaces it; change nothing in here"


@lru_cache(maxsize=4)  # one build asks for those of two trees several times
def manifest_in(raw: bytes) -> Mapping[str, str] | None:
    """Return path and SHA-256 of every file that a marker names; None when it is no marker of ours.

    Raises:
        ValueError: It is no JSON.
        RecursionError: It is none that a person could read either.
    """
    read: object = json.loads(raw)
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        return None
    files: object = read.get("files")
    if not isinstance(files, dict):
        return None
    return {str(name): str(digest) for name, digest in files.items()}


def marker_of(digests: Mapping[str, str]) -> bytes:
    """Return the bytes of a marker: JSON with sorted keys, each file on a line of its own."""
    # As `json.dumps(…, indent=1)` writes it, which takes ten times longer.
    quoted = json.encoder.encode_basestring
    files = ",\n".join(
        f"  {quoted(name)}: {quoted(said)}" for name, said in sorted(digests.items())
    )
    listed = f"{{\n{files}\n }}" if files else "{}"
    return f'{{\n "files": {listed},\n "format": {FORMAT},\n "note": {quoted(_NOTE)}\n}}\n'.encode()
