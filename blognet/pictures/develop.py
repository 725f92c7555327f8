"""From an author's picture to the bytes that readers get: turned upright, in sRGB, made of pixels and nothing else.

A pure function of the bytes, the recipes and the versions of the encoders. What else was in the file (EXIF with its
places, XMP, thumbnails, comments, profiles) is not taken away: it is never taken along.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageCms, ImageOps, ImageSequence

from blognet.pictures.facts import UnreadableError, facts_of, open_picture
from blognet.pictures.structure import PictureFormat

if TYPE_CHECKING:
    from blognet.pictures.recipes import Recipe

_JPEG_QUALITY: Final = 84
_WEBP_QUALITY: Final = 80
_WEBP_QUALITY_OF_DRAWINGS: Final = 88
"""Of drawings made smaller, which have more colours than they had: without loss they would outgrow the whole."""
_WEBP_EFFORT: Final = 70
"""What the encoder calls quality when nothing may get lost."""
_AVIF_QUALITY: Final = 62
_COLOURS_OF_A_DRAWING: Final = 3_000
_SAMPLE: Final = 320
_KEPT_MODES: Final = frozenset({"1", "L", "P"})
_LONGEST_FRAME: Final = 60_000
_SHORTEST_FRAME: Final = 20


def develop(raw: bytes, recipes: tuple[Recipe, ...]) -> tuple[bytes, ...]:
    """Return the bytes of each recipe for one picture, which is decoded once.

    Raises:
        UnreadableError: When it cannot be decoded, or must not be.
    """
    facts_of(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which nobody gets
            return _developed(raw, recipes)
    except UnreadableError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # decoders of damaged files raise whatever they come across
        message = f"it cannot be decoded ({type(error).__name__})"
        raise UnreadableError(message) from error


def _developed(raw: bytes, recipes: tuple[Recipe, ...]) -> tuple[bytes, ...]:
    stills = [recipe for recipe in recipes if not recipe.moves]
    made: dict[Recipe, bytes] = {}
    if stills:
        with open_picture(raw) as image:
            _decode_only(image, max(max(each.width, each.height) for each in stills))
            upright = _upright(image)
            drawing = _is_drawing(image, upright)
        for recipe in stills:
            sized = _sized(upright, recipe)
            exact = drawing and sized is upright
            quality = _WEBP_QUALITY_OF_DRAWINGS if drawing else _WEBP_QUALITY
            made[recipe] = _encoded(sized, recipe.format, exact=exact, quality=quality)
    for recipe in recipes:
        if recipe.moves:
            made[recipe] = _animated(raw, recipe)
    return tuple(made[recipe] for recipe in recipes)


def _decode_only(image: Image.Image, side: int) -> None:
    """Let a JPEG be decoded no larger than needed: a decoder gives halves and quarters for less than the whole."""
    if image.format in {"JPEG", "MPO"}:
        image.draft(None, (2 * side, 2 * side))


def _upright(image: Image.Image) -> Image.Image:
    """Return a picture's pixels as people should see them, in sRGB, without anything beside them."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)  # always a copy
    if turned.mode in _KEPT_MODES and not profile:
        return _bare(turned)
    return _bare(_in_srgb(_plain(turned), turned, profile))


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture in one of the modes L, RGB, RGBA and CMYK, eight bits a channel."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"CMYK", "L", "RGB", "RGBA"}:
        return image
    if image.mode == "YCbCr" or not image.has_transparency_data:
        return image.convert("RGB")
    return image.convert("RGBA")


def _in_srgb(image: Image.Image, source: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = image.mode if image.mode == "RGBA" else "RGB"
    if profile and source.mode not in {"LAB", "HSV"}:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            shown = ImageCms.profileToProfile(image, theirs, ours, outputMode=wanted)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            shown = None  # a profile of another kind of pixels says nothing about these
        if shown is not None:
            return shown
    if image.mode in {"L", "RGBA"}:
        return image
    return image.convert("RGB")


def _bare(image: Image.Image) -> Image.Image:
    """Let a picture that is ours forget all but its pixels, and which colour of a table is see-through."""
    kept = image.info.get("transparency") if image.mode in _KEPT_MODES else None
    image.info = {} if kept is None else {"transparency": kept}
    return image.convert("RGBA") if image.mode == "1" and kept is not None else image


def _sized(image: Image.Image, recipe: Recipe) -> Image.Image:
    size = (recipe.width, recipe.height)
    if image.size == size:
        return image
    if image.mode in {"1", "P"} or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image.info = {}
    if recipe.crops:
        return ImageOps.fit(image, size, method=Image.Resampling.LANCZOS)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _is_drawing(source: Image.Image, image: Image.Image) -> bool:
    """Whether a picture has few colours, as charts and screens do: losing some of them would show."""
    if source.format == "JPEG":
        return False
    if image.mode in {"1", "P"}:
        return True
    sample = image.convert("RGBA") if image.mode != "L" else image
    sample.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
    return sample.getcolors(_COLOURS_OF_A_DRAWING) is not None


def _encoded(image: Image.Image, form: PictureFormat, *, exact: bool, quality: int) -> bytes:
    out = io.BytesIO()
    match form:
        case PictureFormat.JPEG:
            shown = image if image.mode in {"L", "RGB"} else _on_white(image)
            shown.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
        case PictureFormat.PNG:
            image.save(out, "PNG", optimize=True)
        case PictureFormat.GIF:
            image.save(out, "GIF")
        case PictureFormat.WEBP:
            quality = _WEBP_EFFORT if exact else quality
            _rich(image).save(out, "WEBP", method=4, lossless=exact, quality=quality)
        case PictureFormat.AVIF:
            _rich(image).save(out, "AVIF", quality=_AVIF_QUALITY, speed=7, max_threads=1)
    return out.getvalue()


def _rich(image: Image.Image) -> Image.Image:
    """Return a picture as RGB, or RGBA where something shows through."""
    if image.mode in {"RGB", "RGBA"}:
        return image
    rich = image.convert("RGBA" if image.has_transparency_data else "RGB")
    rich.info = {}
    return rich


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    shown = image.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(ground, shown).convert("RGB")


def _animated(raw: bytes, recipe: Recipe) -> bytes:
    frames: list[Image.Image] = []
    durations: list[int] = []
    with open_picture(raw) as image:
        loop = int(image.info.get("loop", 1))
        for frame in ImageSequence.Iterator(image):
            shown = frame.convert("RGBA")
            shown.info = {}
            frames.append(_sized(shown, recipe))
            said = int(frame.info.get("duration", 100) or 100)
            durations.append(min(max(said, _SHORTEST_FRAME), _LONGEST_FRAME))
    out = io.BytesIO()
    first, rest = frames[0], frames[1:]
    match recipe.format:
        case PictureFormat.GIF:
            first.save(
                out, "GIF", save_all=True, append_images=rest, duration=durations, disposal=2,
                **({} if loop == 1 else {"loop": loop}),
            )  # fmt: skip
        case PictureFormat.PNG:
            first.save(out, "PNG", save_all=True, append_images=rest, duration=durations, loop=loop)
        case _:
            first.save(
                out, recipe.format.value.upper(), save_all=True, append_images=rest,
                duration=durations, loop=loop, quality=_WEBP_QUALITY,
            )  # fmt: skip
    return out.getvalue()
