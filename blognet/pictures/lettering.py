"""Which characters a set of fonts can write, and a text in pieces that each one font writes.

Answers from the fonts' own tables (``cmap``, https://learn.microsoft.com/typography/opentype/spec/cmap), not from what
is installed on a machine.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHAPED: Final = (
    (0x0590, 0x109F),
    (0x1780, 0x18AF),
    (0x1900, 0x1CFF),
    (0xA800, 0xABFF),
    (0xFB1D, 0xFDFF),
)
"""Scripts whose letters join, move or run from right to left."""
_WHOLE, _BY_SEGMENTS = 12, 4
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})
MOST_CHARACTERS = 400_000


class FontError(Exception):
    """A file is no font that can be used; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some characters and the number of the font that writes them."""

    text: str
    font: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """Fonts in the order in which they are asked.

    Attributes:
        fonts: Bytes of TrueType or OpenType files.
        shapes: Whether letters that join or move can be put where they belong on this machine.
    """

    fonts: tuple[bytes, ...]
    shapes: bool

    @property
    def digest(self) -> str:
        """Names the fonts."""
        return sha256_hex("".join(map(_digest, self.fonts)).encode("ascii"))

    def missing(self, text: str) -> str:
        """Return the characters of a text that cannot be written, each once, in order."""
        return "".join(dict.fromkeys(sign for sign in text if not self._writes(sign)))

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Return a text in pieces; blanks and marks stay with what is before them. Nothing of it may be missing."""
        return tuple(self._joined(text))

    def _joined(self, text: str) -> Iterator[Piece]:
        so_far, font = "", -1
        for sign in text:
            follows = font >= 0 and (sign.isspace() or unicodedata.combining(sign))
            wanted = font if follows or font in self._fonts_of(sign) else self._font_of(sign)
            if wanted != font and so_far:
                yield Piece(text=so_far, font=font)
                so_far = ""
            so_far, font = so_far + sign, wanted
        if so_far:
            yield Piece(text=so_far, font=max(font, 0))

    def _font_of(self, sign: str) -> int:
        return next(iter(self._fonts_of(sign)), 0)

    def _fonts_of(self, sign: str) -> tuple[int, ...]:
        return _writing(self.fonts, sign)

    def _writes(self, sign: str) -> bool:
        if sign.isspace() or unicodedata.category(sign) in _INVISIBLE:
            return True
        return bool(self._fonts_of(sign)) and (self.shapes or not needs_shaping(sign))


def needs_shaping(text: str) -> bool:
    """Whether a text has letters that join, move or run from right to left."""
    if text.isascii():  # most texts
        return False
    return any(first <= ord(sign) <= last for sign in text for first, last in _SHAPED)


def runs_right_to_left(text: str) -> bool:
    """Whether a text begins with a letter of a script that runs from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


@cache
def _digest(font: bytes) -> str:
    return sha256_hex(font)


@lru_cache(maxsize=8192)
def _writing(fonts: tuple[bytes, ...], sign: str) -> tuple[int, ...]:
    """Return the numbers of the fonts that have a shape for a character."""
    code = ord(sign)
    return tuple(number for number, font in enumerate(fonts) if code in characters_of(font))


@cache
def characters_of(font: bytes) -> frozenset[int]:
    """Return the code points that a font has a shape for.

    Raises:
        FontError: When it is no TrueType or OpenType font.
    """
    try:
        return frozenset(_characters(font))
    except (struct.error, IndexError, StopIteration):
        message = "no TrueType or OpenType font"
        raise FontError(message) from None


def _characters(font: bytes) -> set[int]:
    (tables,) = struct.unpack_from(">H", font, 4)
    places = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * min(tables, 100), 16)
    }
    start = places.get(b"cmap")
    if start is None or font[:4] not in {b"\x00\x01\x00\x00", b"OTTO", b"true"}:
        message = "no TrueType or OpenType font"
        raise FontError(message)
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for number in range(min(count, 50)):
        platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * number)
        if platform in {0, 3}:
            found |= _of_table(font, start + offset)
    return found


def _of_table(font: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", font, at)
    if form == _WHOLE:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        ranges = [
            struct.unpack_from(">II", font, at + 16 + 12 * group)
            for group in range(min(groups, 60_000))
        ]
    elif form == _BY_SEGMENTS:
        size = struct.unpack_from(">H", font, at + 6)[0]
        ends = struct.unpack_from(f">{size // 2}H", font, at + 14)
        starts = struct.unpack_from(f">{size // 2}H", font, at + 16 + size)
        ranges = list(zip(starts, ends, strict=True))
    else:
        return set()
    found: set[int] = set()
    for first, last in ranges:
        if last - first + len(found) > MOST_CHARACTERS:
            break
        found.update(range(first, last + 1))
    return found - {0xFFFF}
