"""A drawn picture as PNG with at most 256 colours, a fraction of the time and of the bytes that all of them take.

What was drawn consists of pairs of colours that blend where letters and edges are smooth, and of photographs. Each
pair gets some steps, the photographs share what is left; where that is too little for them, nothing is taken away.
Pure: the bytes are a function of the picture, of what is said of it, and of Pillow's version.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

METHOD = "2"
"""Changes whenever other bytes are written."""
MOST: Final = 256
STEPS: Final = 48
"""Of the letters on their ground: none is further than three of 255 from its own, less than anybody sees."""
LEAST_OF_PHOTO: Final = 80
MOST_OF_PHOTO: Final = 160
"""Colours of a photograph as small as a face."""
_LEVEL: Final = 3
"""Of compression: two thirds of the time of the next one, for a twelfth more bytes."""
_LEVEL_OF_ALL: Final = 4
"""The same where no colour is taken away: a quarter of the time of the highest, for a twentieth more bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """Two colours that meet.

    Attributes:
        first: A colour as red, green and blue.
        last: The other one.
        steps: Colours from the one to the other, both counted.
    """

    first: tuple[int, int, int]
    last: tuple[int, int, int]
    steps: int


def colours_for_photos(blends: Iterable[Blend], photos: int) -> int:
    """Return how many colours each photograph can have beside blends; 0 when that is too few."""
    left = MOST - sum(blend.steps for blend in blends)
    share = min(MOST_OF_PHOTO, left // photos) if photos else 0
    return share if share >= LEAST_OF_PHOTO else 0


def with_colours(photo: Image.Image, colours: int) -> tuple[Image.Image, tuple[int, ...]]:
    """Return a photograph in so many colours, and these colours, red, green and blue one after the other."""
    from PIL import Image  # noqa: PLC0415  # a site without pictures does not pay for Pillow

    found = photo.quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=1)
    return found.convert("RGB"), tuple(found.getpalette() or ())[: 3 * colours]


def png_of_few(image: Image.Image, blends: tuple[Blend, ...], more: Iterable[int] = ()) -> bytes:
    """Return a picture as PNG, each pixel in about the nearest of the colours; where blends begin and end, exactly.

    Args:
        image: As drawn, in red, green and blue.
        blends: Colours that meet in it, the most important first.
        more: Other colours, red, green and blue one after the other.
    """
    from PIL import Image  # noqa: PLC0415  # see with_colours

    palette = Image.new("P", (1, 1))
    colours = [*chain.from_iterable(map(_steps_of, blends)), *more]
    palette.putpalette(colours)
    few = image.quantize(palette=palette, dither=Image.Dither.NONE)
    few.putpalette(_exact(colours, palette, blends))
    return _saved(few, _LEVEL)


def _exact(colours: list[int], palette: Image.Image, blends: tuple[Blend, ...]) -> list[int]:
    """Return the colours, each that stands for an end of a blend being that end: Pillow looks up small cubes."""
    from PIL import Image  # noqa: PLC0415  # see with_colours

    exact = list(colours)
    for end in (end for blend in reversed(blends) for end in (blend.last, blend.first)):
        dot = Image.new("RGB", (1, 1), end).quantize(palette=palette, dither=Image.Dither.NONE)
        place = 3 * dot.tobytes()[0]
        exact[place : place + 3] = end
    return exact


def png_of_all(image: Image.Image) -> bytes:
    """Return a picture as PNG with all its colours."""
    return _saved(image, _LEVEL_OF_ALL)


def _saved(image: Image.Image, level: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=level)
    return out.getvalue()


def _steps_of(blend: Blend) -> Iterable[int]:
    last = blend.steps - 1
    for step in range(blend.steps):
        for first, other in zip(blend.first, blend.last, strict=True):
            yield (first * (last - step) + other * step + last // 2) // last
