"""Pictures inside drawings, as ``data:`` addresses. Answers: the same without what was written beside the pixels.

What a picture is, its first bytes say: a browser looks at these, and not at the address. Kept is what changes how it
is seen; what nobody here knows goes, and so does what stands behind its end:

- JPEG (ITU-T T.81, annex B): JFIF without its small picture, the colour profile, Adobe's mark.
- PNG (https://www.w3.org/TR/png-3/): what is critical, transparency, colours, measures, animation.
- GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt): pictures, how long each stays, how often all return.
- WebP (RFC 9649): pictures, transparency, animation, the colour profile.

Pixels are not decoded. What is torn loses its rest, what is none of the four loses all; the result is a fixed point.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

_ADDRESS = re.compile(
    r"\s*data:image/(?:png|jpe?g|gif|webp)(?P<form>[^,]*)(?:,(?P<data>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_IN_STYLE = re.compile(r"data:image/[^\"')]*", re.IGNORECASE)
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_GIFS = (b"GIF87a", b"GIF89a")
_JPEG_TABLES = frozenset(range(0xC0, 0xE0))  # frames, scans and what they need; not APPn, not COM
_SCAN, _END = 0xDA, 0xD9
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT "
    b"acTL fcTL fdAT".split()
)
_CHUNK = 12
_GIF_LOOPS = (b"\x21\xff\x0bNETSCAPE2.0\x03\x01", b"\x21\xff\x0bANIMEXTS1.0\x03\x01")
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_EXIF_AND_XMP = 0x0C
_FRAME_HEAD = 16


def bare_address(address: str) -> str:
    """Return an address; one that holds a picture without what was written beside its pixels."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return address
    raw = unquote_to_bytes((found["data"] or "").partition("#")[0])
    if found["form"].rstrip().lower().endswith("base64"):
        raw = _from_base64(raw)
    kind, bare = _bare(raw)
    return f"data:image/{kind};base64,{base64.b64encode(bare).decode('ascii')}"


def bare_style(text: str) -> str:
    """Return a style with the pictures in it made bare."""
    return _IN_STYLE.sub(lambda found: bare_address(found[0]), text)


def bare_jpeg(raw: bytes) -> bytes:
    """Return a JPEG without the segments of applications and comments that do not change what is seen."""
    kept, at = [_JPEG], 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != _END:  # noqa: PLR2004  # a marker's first byte
        mark, size = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        if mark == 0xFF:  # noqa: PLR2004  # a byte that fills
            at += 1
            continue
        end = at + 2 + size
        if mark == _SCAN:
            found = _AFTER_SCAN.search(raw, end)
            end = found.start() if found else max(end, len(raw.rstrip(b"\xff")))
        if size < 2 or end > len(raw):  # noqa: PLR2004  # a size counts its own two bytes
            break
        kept.append(_segment(mark, raw[at:end]))
        at = end
    return b"".join((*kept, b"\xff\xd9"))


def bare_png(raw: bytes) -> bytes:
    """Return a PNG without words, times, EXIF and chunks that nobody knows."""
    kept, at = [_PNG], len(_PNG)
    while at + _CHUNK <= len(raw):
        end, kind = at + _CHUNK + int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if kind in _PNG_KEPT:
            kept.append(raw[at:end])
        at = len(raw) if kind == b"IEND" else end
    return b"".join(kept)


def bare_gif(raw: bytes) -> bytes:
    """Return a GIF without comments, words and the data of applications; it returns as often as before."""
    at = 13 + _colours(raw[10:11])
    if at > len(raw):
        return b""
    kept = [raw[:at]]
    while at + 2 <= len(raw) and raw[at] in b"\x21\x2c":
        if raw[at] == 0x2C:  # noqa: PLR2004  # a picture
            end = _after_blocks(raw, at + 11 + _colours(raw[at + 9 : at + 10]))
            stays = True
        else:
            end = _after_blocks(raw, at + 2)
            block = raw[at:end]
            stays = block.startswith(b"\x21\xf9\x04") and len(block) == 8  # noqa: PLR2004  # how long a picture stays
            stays |= block.startswith(_GIF_LOOPS) and len(block) == 19  # noqa: PLR2004
        if stays and end <= len(raw):
            kept.append(raw[at:end])
        at = end
    return b"".join((*kept, b"\x3b"))


def bare_webp(raw: bytes) -> bytes:
    """Return a WebP without EXIF, XMP and chunks that nobody knows."""
    chunks = _bare_chunks(raw[12 : 8 + int.from_bytes(raw[4:8], "little")])
    return b"".join((b"RIFF", (4 + len(chunks)).to_bytes(4, "little"), b"WEBP", chunks))


def _bare(raw: bytes) -> tuple[str, bytes]:
    if raw.startswith(_JPEG):
        return "jpeg", bare_jpeg(raw)
    if raw.startswith(_GIFS) and (gif := bare_gif(raw)):
        return "gif", gif
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return "webp", bare_webp(raw)
    return "png", bare_png(raw) if raw.startswith(_PNG) else b""


def _from_base64(data: bytes) -> bytes:
    """Decode as a browser does: blanks and missing signs at the end do not matter."""
    signs = b"".join(data.split()).rstrip(b"=")
    try:
        return base64.b64decode(signs + b"=" * (-len(signs) % 4), validate=True)
    except binascii.Error:
        return b""


def _segment(mark: int, segment: bytes) -> bytes:
    content = segment[4:]
    if mark == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:  # noqa: PLR2004  # its fields
        return b"\xff\xe0\x00\x10" + content[:12] + b"\0\0"
    profile = mark == 0xE2 and content.startswith(b"ICC_PROFILE\0")  # noqa: PLR2004
    adobe = mark == 0xEE and content.startswith(b"Adobe")  # noqa: PLR2004
    return segment if mark in _JPEG_TABLES or profile or adobe else b""


def _colours(flags: bytes) -> int:
    """Return how long the table of colours is that a byte of flags announces."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_blocks(raw: bytes, at: int) -> int:
    """Return what comes after the last block, which is empty; beyond the end when there is no such block."""
    while at < len(raw) and raw[at]:
        at += 1 + raw[at]
    return at + 1


def _bare_chunks(raw: bytes) -> bytes:
    kept, at = b"", 0
    while at + 8 <= len(raw):
        kind, size = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        content = raw[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if kind not in _WEBP_KEPT:
            continue
        if kind == b"VP8X" and content:
            content = bytes((content[0] & ~_EXIF_AND_XMP,)) + content[1:]
        elif kind == b"ANMF":
            content = content[:_FRAME_HEAD] + _bare_chunks(content[_FRAME_HEAD:])
        kept += kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
    return kept
