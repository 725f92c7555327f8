"""One walk for each format of pictures: from its first byte to its end, over its parts and never into the pixels.

PNG: https://www.w3.org/TR/png-3/ · JPEG: ITU-T T.81, annex B · GIF89a: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
WebP: RFC 9649 · AVIF: ISO/IEC 14496-12 (boxes) and 23008-12 (``ispe``)
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

SIGNS_OF_ANOTHER_FILE = re.compile(
    rb"PK\x03\x04|%PDF-|Rar!\x1a|7z\xbc\xaf|\x7fELF|<\?php|<!doctype|<html|<script|<svg|<iframe",
    re.IGNORECASE,
)
"""What begins an archive, a program, a document or a page; cameras add nothing of the kind."""
_MAX_STEPS = 500_000
_ENDLESS = "more parts than a picture has"
_JPEG_MARK = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
_FRAME_MARKS = frozenset(
    {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
)
_SCAN, _END, _START = 0xDA, 0xD9, 0xD8
_ALONE = frozenset({0x01, _START, *range(0xD0, 0xD8)})
_GIF_IMAGE, _GIF_EXTENSION, _GIF_END = 0x2C, 0x21, 0x3B
_BOXES_OF_BOXES = {
    b"meta": 4,
    b"iprp": 0,
    b"ipco": 0,
    b"moov": 0,
    b"trak": 0,
    b"mdia": 0,
    b"minf": 0,
    b"stbl": 0,
}


class DamageError(Exception):
    """The file is not what its first bytes say; the message is what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a walk saw: the measures in pixels as stored, the number of frames, and where the picture ends."""

    width: int
    height: int
    frames: int = 1
    end: int


def walk_png(raw: bytes) -> Walked:
    """Go over the chunks of a PNG, and make sure that each holds what was written.

    Raises:
        DamageError: When it is torn or changed.
    """
    at, width, height, frames, pixels = 8, 0, 0, 1, 0
    for _ in range(_MAX_STEPS):
        (length,), kind = _unpack(">I", raw, at), _name(raw, at + 4)
        body = raw[at + 8 : at + 8 + length]
        (check,) = _unpack(">I", raw, at + 8 + length)
        if zlib.crc32(kind + body) != check:
            message = f"the part '{_named(kind)}' at byte {at:,} does not hold what was written"
            raise DamageError(message)
        if at == 8 and kind != b"IHDR":  # noqa: PLR2004  # behind the signature
            message = "no header"
            raise DamageError(message)
        at += 12 + length
        match kind:
            case b"IHDR":
                width, height = _unpack(">II", body, 0)
            case b"acTL":
                (frames,) = _unpack(">I", body, 0)
            case b"IDAT":
                pixels += length
            case b"IEND":
                break
            case _:
                pass
    else:
        raise DamageError(_ENDLESS)
    if not pixels:
        message = "no pixels"
        raise DamageError(message)
    return _walked(width, height, frames=max(1, frames), end=at)


def walk_jpeg(raw: bytes) -> Walked:
    """Go over the segments of a JPEG.

    Raises:
        DamageError: When it is torn.
    """
    at, width, height, scans = 2, 0, 0, 0
    for _ in range(_MAX_STEPS):
        found = _JPEG_MARK.search(raw, at) if scans else _JPEG_MARK.match(raw, at)
        if found is None:
            message = "no end" if scans else f"no segment at byte {at:,}"
            raise DamageError(message)
        mark, at = raw[found.end() - 1], found.end()
        if mark == _END:
            break
        if mark in _ALONE:
            continue
        (length,) = _unpack(">H", raw, at)
        if mark in _FRAME_MARKS:
            height, width = _unpack(">HH", raw, at + 3)
        scans += mark == _SCAN
        at += max(2, length)
        if at > len(raw):
            message = f"it ends within a segment, at byte {len(raw):,}"
            raise DamageError(message)
    else:
        raise DamageError(_ENDLESS)
    if not scans:
        message = "no pixels"
        raise DamageError(message)
    return _walked(width, height, end=at)


def walk_gif(raw: bytes) -> Walked:
    """Go over the blocks of a GIF and count its frames.

    Raises:
        DamageError: When it is torn.
    """
    width, height, flags = _unpack("<HHB", raw, 6)
    at, frames = 13 + _table(flags), 0
    for _ in range(_MAX_STEPS):
        (mark,) = _unpack("B", raw, at)
        at += 1
        if mark == _GIF_END:
            break
        if mark == _GIF_EXTENSION:
            at = _after_blocks(raw, at + 1)
        elif mark == _GIF_IMAGE:
            left, top, wide, high, flags = _unpack("<HHHHB", raw, at)
            width, height = max(width, left + wide), max(height, top + high)
            at = _after_blocks(raw, at + 10 + _table(flags))
            frames += 1
        else:
            message = f"something unknown at byte {at - 1:,}"
            raise DamageError(message)
    else:
        raise DamageError(_ENDLESS)
    if not frames:
        message = "no pixels"
        raise DamageError(message)
    return _walked(width, height, frames=frames, end=at)


def walk_webp(raw: bytes) -> Walked:
    """Go over the chunks of a WebP and count its frames.

    Raises:
        DamageError: When it is torn.
    """
    (size,) = _unpack("<I", raw, 4)
    end = 8 + size
    if _name(raw, 0) != b"RIFF" or end > len(raw):
        message = f"it says that it has {end:,} bytes, and has {len(raw):,}"
        raise DamageError(message)
    at, width, height, frames, pixels = 12, 0, 0, 0, 0
    while at < end:
        kind, (length,) = _name(raw, at), _unpack("<I", raw, at + 4)
        body = at + 8
        if body + length > end:
            message = f"it ends within the part '{_named(kind)}'"
            raise DamageError(message)
        match kind:
            case b"VP8X":
                low, high = _unpack("<II", raw, body + 4)
                width, height = 1 + (low & 0xFFFFFF), 1 + (low >> 24 | (high & 0xFFFF) << 8)
            case b"VP8 ":
                wide, tall = _unpack("<HH", raw, body + 6)
                width, height = max(width, wide & 0x3FFF), max(height, tall & 0x3FFF)
                pixels += 1
            case b"VP8L":
                (bits,) = _unpack("<I", raw, body + 1)
                width, height = (
                    max(width, 1 + (bits & 0x3FFF)),
                    max(height, 1 + (bits >> 14 & 0x3FFF)),
                )
                pixels += 1
            case b"ANMF":
                frames += 1
                pixels += 1
            case _:
                pass
        at = body + length + length % 2
    if not pixels:
        message = "no pixels"
        raise DamageError(message)
    return _walked(width, height, frames=max(1, frames), end=min(len(raw), end))


def walk_avif(raw: bytes) -> Walked:
    """Go over the boxes of an AVIF; the largest of its parts stands for its size.

    Raises:
        DamageError: When it is torn.
    """
    seen = _Boxes()
    seen.walk(raw, 0, len(raw), depth=0)
    if not seen.sizes:
        message = "no size"
        raise DamageError(message)
    width, height = max(w for w, _ in seen.sizes), max(h for _, h in seen.sizes)
    return _walked(width, height, frames=max(1, seen.samples), end=len(raw))


class _Boxes:
    """What the boxes of one file say."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.samples = 0
        self.steps = 0

    def walk(self, raw: bytes, at: int, end: int, *, depth: int) -> None:
        while at < end:
            (size,), kind = _unpack(">I", raw, at), _name(raw, at + 4)
            head = 8
            if size == 1:
                (size,) = _unpack(">Q", raw, at + 8)
                head = 16
            size = size or end - at
            self.steps += 1
            if size < head or at + size > end or self.steps > _MAX_STEPS:
                message = f"the part '{_named(kind)}' at byte {at:,} ends outside of the file"
                raise DamageError(message)
            if kind in _BOXES_OF_BOXES and depth < 8:  # noqa: PLR2004  # deeper than any real file
                self.walk(raw, at + head + _BOXES_OF_BOXES[kind], at + size, depth=depth + 1)
            elif kind == b"ispe":
                width, height = _unpack(">II", raw, at + head + 4)
                self.sizes.append((width, height))
            elif kind == b"stsz":
                self.samples = max(self.samples, _unpack(">I", raw, at + head + 8)[0])
            at += size


def _walked(width: int, height: int, *, frames: int = 1, end: int) -> Walked:
    if not width or not height:
        message = "no size"
        raise DamageError(message)
    return Walked(width=width, height=height, frames=frames, end=end)


def _unpack(form: str, raw: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, raw, at)
    except struct.error:
        message = f"it ends too early, at byte {len(raw):,}"
        raise DamageError(message) from None


def _table(flags: int) -> int:
    """Return how many bytes a GIF's table of colours has, by the flags before it."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(raw: bytes, at: int) -> int:
    """Return where a chain of a GIF's blocks ends: each begins with its length, and the last one is empty."""
    for _ in range(_MAX_STEPS):
        (length,) = _unpack("B", raw, at)
        at += 1 + length
        if not length:
            return at
    raise DamageError(_ENDLESS)


def _name(raw: bytes, at: int) -> bytes:
    return raw[at : at + 4]


def _named(kind: bytes) -> str:
    return ascii(kind.decode("latin-1"))[1:-1]
