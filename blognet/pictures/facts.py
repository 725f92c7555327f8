"""How large an approved picture is as people see it, and whether it can be decoded at all."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.pictures.structure import PictureFormat, too_much

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_TURNED = frozenset({5, 6, 7, 8})
"""Values of the EXIF tag Orientation that lay a picture on its side."""
_ORIENTATION = 0x0112
_BY_NAME = {form.value.upper(): form for form in PictureFormat}


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """A picture as its header says.

    Attributes:
        format: Of the file.
        width: In pixels, as people see it: turned as its camera was held.
        height: The same.
        frames: 1 for a picture that does not move.
        few_colours: Whether it names its colours in a table, as charts do: it is small without loss, and would only
            get larger by being made smaller.
    """

    format: PictureFormat
    width: int
    height: int
    frames: int = 1
    few_colours: bool = False


class UnreadableError(Exception):
    """A picture cannot be decoded, or must not be; the message says why."""


def facts_of(raw: bytes) -> PictureFacts:
    """Return the measures of a picture, after decoding all of it.

    Raises:
        UnreadableError: When it is no picture, is torn, or too large to be decoded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which nobody gets
            with open_picture(raw) as image:
                return _facts(image)
    except UnreadableError:
        raise
    except Exception as error:  # decoders of damaged files raise whatever they come across
        raise UnreadableError(_reason(error)) from error


def open_picture(raw: bytes) -> ImageFile:
    """Open a picture of one of our formats with Pillow, which reads its header; no other decoder gets to see it."""
    from PIL import Image  # noqa: PLC0415  # a site without pictures does not pay for Pillow

    return Image.open(io.BytesIO(raw), formats=tuple(_BY_NAME))


def _facts(image: ImageFile) -> PictureFacts:
    form = _BY_NAME["JPEG" if image.format == "MPO" else str(image.format)]
    frames = int(getattr(image, "n_frames", 1)) if form is not PictureFormat.JPEG else 1
    width, height = image.size
    if flaw := too_much(width, height, frames):
        raise UnreadableError(flaw.found)
    turned = image.getexif().get(_ORIENTATION) in _TURNED
    few = image.mode in {"1", "P"} and frames == 1
    _decode(image, frames)
    if turned:
        width, height = height, width
    return PictureFacts(format=form, width=width, height=height, frames=frames, few_colours=few)


def _decode(image: ImageFile, frames: int) -> None:
    """Decode every frame; a photograph at an eighth of its size, for which all of its bytes are read, too."""
    image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
    for frame in range(frames):
        if frames > 1:
            image.seek(frame)
        image.load()


def _reason(error: Exception) -> str:
    said = str(error).partition("<")[0].strip(" .:")
    return f"it cannot be decoded ({said or type(error).__name__})"
