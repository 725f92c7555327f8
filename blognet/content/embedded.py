"""Pictures inside drawings, as ``data:`` addresses. Answers: the same without what a camera wrote beside the pixels.

JPEG (ITU-T T.81, annex B) keeps JFIF, colour profile and Adobe's mark; PNG (https://www.w3.org/TR/png-3/) loses words,
times and EXIF. Pixels are not decoded; what cannot be read stays as it is.
"""

from __future__ import annotations

import base64
import binascii
import re

_ADDRESS = re.compile(
    r"\s*data:image/(?P<kind>png|jpe?g);base64,(?P<data>[A-Za-z0-9+/=\s]*)", re.IGNORECASE
)
_JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})
_JPEG_BESIDE = frozenset({*range(0xE0, 0xF0), 0xFE})
_SCAN = 0xDA
_PNG_BESIDE = frozenset({b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"})
_PNG_HEAD = 8
_CHUNK = 12


def bare_address(address: str) -> str:
    """Return an address; one that holds a picture without what was written beside its pixels."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return address
    try:
        raw = base64.b64decode("".join(found["data"].split()), validate=True)
    except binascii.Error:
        return address
    kind = found["kind"].lower()
    bare = bare_png(raw) if kind == "png" else bare_jpeg(raw)
    return f"data:image/{kind};base64,{base64.b64encode(bare).decode('ascii')}"


def bare_jpeg(raw: bytes) -> bytes:
    """Return a JPEG without the segments of applications and comments that do not change what is seen."""
    kept, at = [raw[:2]], 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != _SCAN:  # noqa: PLR2004  # a marker's first byte
        mark, size = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        if mark not in _JPEG_BESIDE or mark in _JPEG_KEPT:
            kept.append(raw[at : at + 2 + size])
        at += 2 + size
    return b"".join((*kept, raw[at:]))


def bare_png(raw: bytes) -> bytes:
    """Return a PNG without words, times and EXIF."""
    kept, at = [raw[:_PNG_HEAD]], _PNG_HEAD
    while at + _CHUNK <= len(raw):
        end = at + _CHUNK + int.from_bytes(raw[at : at + 4], "big")
        if raw[at + 4 : at + 8] not in _PNG_BESIDE:
            kept.append(raw[at:end])
        at = end
    return b"".join((*kept, raw[at:]))
