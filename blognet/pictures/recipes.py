"""What readers get in place of an author's picture, as values: which pixels, how large, in which format. No bytes.

A recipe says everything that decides its bytes but for the versions of the encoders. Its name is that of the file on
the site, so that no address changes with them; its digest, which covers them, that of the entry in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from blognet.kernel.hashing import canonical_encoding, sha256_hex
from blognet.pictures.structure import PictureFormat

if TYPE_CHECKING:
    from blognet.pictures.facts import PictureFacts

METHOD = "1"
"""Changes whenever `blognet.pictures.develop` would make other bytes of the same recipe."""
LARGEST = 2560
"""No side of a derived picture is longer, in pixels: twice what a text's column or a screen shows."""
WIDTHS = (480, 800, 1200, 1600)
"""Widths beside the full one: half a column and a whole one, on plain and on dense screens."""
WORTH_IT = 1.2
"""A width this much smaller than the next larger one is worth a file of its own."""
FACES = (96, 192, 416)
"""Sides of an author's picture: in bylines, in boxes, and on the author's own page on a dense screen."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Recipe:
    """One derived picture.

    Attributes:
        source: SHA-256 in hex of the approved file.
        format: Of the result.
        width: Of the result, in pixels.
        height: Of the result.
        moves: Whether all frames are kept; else the first one.
        crops: Whether what is too wide or too high is cut off evenly; else the shape is that of the source.
    """

    source: str
    format: PictureFormat
    width: int
    height: int
    moves: bool = False
    crops: bool = False

    @property
    def name(self) -> str:
        """64 hex digits: for the site, the same with every version of the encoders."""
        said = [str(getattr(self, field.name)) for field in fields(self)]
        return sha256_hex(canonical_encoding([METHOD, *said]))

    @property
    def digest(self) -> str:
        """64 hex digits: the same bytes wherever the encoders are the same."""
        return sha256_hex(canonical_encoding([self.name, encoders()]))


@cache
def encoders() -> str:
    """Return the versions of what encodes."""
    from PIL import features  # noqa: PLC0415  # a site without pictures does not pay for Pillow

    parts = ("pil", "libjpeg_turbo", "zlib", "webp", "avif", "littlecms2")
    return " ".join(f"{part} {features.version(part)}" for part in parts)


def whole(source: str, facts: PictureFacts) -> Recipe:
    """Return the picture in its own format, as large as a picture of the site gets."""
    return _recipe(source, facts, facts.format, _fitting(facts), moves=facts.frames > 1)


def still(source: str, facts: PictureFacts) -> Recipe:
    """Return the first frame of a moving picture."""
    return _recipe(source, facts, PictureFormat.WEBP, _fitting(facts), moves=False)


def scaled(source: str, facts: PictureFacts, form: PictureFormat) -> tuple[Recipe, ...]:
    """Return a picture in a format at each width that is worth a file, narrowest first.

    A moving picture has its own width alone, since every frame would be paid again; so has one of few colours, which
    is smaller without loss than its scaled copies would be.
    """
    full = _fitting(facts)
    moves = facts.frames > 1
    alone = moves or (facts.few_colours and full <= WIDTHS[-1])
    widths = [each for each in WIDTHS if each * WORTH_IT <= full and not alone]
    return tuple(_recipe(source, facts, form, width, moves=moves) for width in (*widths, full))


def shared(source: str, facts: PictureFacts) -> Recipe:
    """Return a still picture in the format that every other site shows."""
    width = min(_fitting(facts), WIDTHS[2])
    return _recipe(source, facts, PictureFormat.JPEG, width, moves=False)


def face(source: str, side: int, form: PictureFormat) -> Recipe:
    """Return an author's picture as a square."""
    return Recipe(source=source, format=form, width=side, height=side, crops=True)


def face_sides(facts: PictureFacts) -> tuple[int, ...]:
    """Return the sides that an author's picture is large enough for; the smallest always."""
    shorter = min(facts.width, facts.height)
    return tuple(side for side in FACES if side <= shorter) or FACES[:1]


def _fitting(facts: PictureFacts) -> int:
    longer = max(facts.width, facts.height)
    return facts.width if longer <= LARGEST else max(1, round(facts.width * LARGEST / longer))


def _recipe(
    source: str, facts: PictureFacts, form: PictureFormat, width: int, *, moves: bool
) -> Recipe:
    height = max(1, round(facts.height * width / facts.width))
    return Recipe(source=source, format=form, width=width, height=height, moves=moves)
