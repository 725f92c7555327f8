"""A picture's structure, read without decoding a pixel: its size, its frames, where it ends, whether it is whole.

Answers within a time linear in the file's size and without memory of its own, whatever the file says of itself. Each
format has its walk in `blognet.pictures.walks`; what is too much is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.pictures import codes, walks
from blognet.pictures.walks import DamageError, Walked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_PIXELS = 80_000_000
MAX_SIDE = 30_000
MAX_FRAMES = 500
MAX_MOVING_PIXELS = 100_000_000
"""Pixels of all frames of an animation together."""
_ENOUGH = 64


class PictureFormat(StrEnum):
    """The formats of pictures made of pixels; the value is the last part of the media type."""

    AVIF = "avif"
    GIF = "gif"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"


FORMATS: Mapping[str, PictureFormat] = {
    ".avif": PictureFormat.AVIF,
    ".gif": PictureFormat.GIF,
    ".jpeg": PictureFormat.JPEG,
    ".jpg": PictureFormat.JPEG,
    ".png": PictureFormat.PNG,
    ".webp": PictureFormat.WEBP,
}
"""The format that a file's ending, in lower case, promises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Why a file is refused as a picture.

    Attributes:
        code: Of the problem.
        found: What was found, and what was expected.
        hint: What to do.
    """

    code: str
    found: str
    hint: str


def flaw_of(raw: bytes, ending: str) -> Flaw | None:
    """Return why a file cannot be a picture of the format its ending promises; None for one that can.

    Args:
        raw: All bytes of the file.
        ending: In lower case, with its dot; an ending of no picture has no flaws.
    """
    walk = _WALKS.get(FORMATS.get(ending))
    if walk is None:
        return None
    try:
        walked = walk(raw)
    except DamageError as damage:
        found = f"{damage}; expected a whole {ending} picture"
        return Flaw(code=codes.DAMAGED, found=found, hint="copy or export the picture again")
    return too_much(walked.width, walked.height, walked.frames) or _second_file(
        raw, walked, ending=ending
    )


def too_much(width: int, height: int, frames: int) -> Flaw | None:
    """Return why a picture of these measures is not decoded."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        found = f"{width:,} × {height:,} pixels, more than the {MAX_PIXELS:,} that are accepted"
        hint = "scale it down; 4,000 pixels on its longer side are plenty"
        return Flaw(code=codes.TOO_MANY_PIXELS, found=found, hint=hint)
    if frames > 1 and (frames > MAX_FRAMES or width * height * frames > MAX_MOVING_PIXELS):
        found = (
            f"an animation of {frames:,} frames of {width:,} × {height:,} pixels, which is too long"
        )
        hint = "make a short film of it (.mp4 or .webm), or keep fewer or smaller frames"
        return Flaw(code=codes.TOO_MANY_FRAMES, found=found, hint=hint)
    return None


def _second_file(raw: bytes, walked: Walked, *, ending: str) -> Flaw | None:
    rest = raw[walked.end : walked.end + _ENOUGH].strip(b"\x00\r\n\t \x1a")
    if not rest and not raw[walked.end :].strip(b"\x00\r\n\t \x1a"):
        return None
    if FORMATS[ending] is PictureFormat.JPEG and not walks.SIGNS_OF_ANOTHER_FILE.search(
        raw, walked.end
    ):
        return None  # previews, films and notes of cameras
    found = f"{len(raw) - walked.end:,} bytes of something else follow the end of the picture"
    return Flaw(code=codes.TWO_FILES, found=found, hint="open it and export it anew")


_WALKS: Mapping[PictureFormat | None, Callable[[bytes], Walked]] = {
    PictureFormat.AVIF: walks.walk_avif,
    PictureFormat.GIF: walks.walk_gif,
    PictureFormat.JPEG: walks.walk_jpeg,
    PictureFormat.PNG: walks.walk_png,
    PictureFormat.WEBP: walks.walk_webp,
}
