"""The fonts that come with the program."""

from __future__ import annotations

from functools import cache

_NAMES = (
    "NotoSerif-Bold", "NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansArmenian-Bold", "NotoSansBengali-Bold",
    "NotoSansDevanagari-Bold", "NotoSansGeorgian-Bold", "NotoSansHebrew-Bold", "NotoSansTamil-Bold",
    "NotoSansThai-Bold",
)  # fmt: skip


@cache
def bundled_fonts() -> tuple[bytes, ...]:
    """Return the fonts, the one for titles first and the one for all other lines second."""
    from importlib.resources import files  # noqa: PLC0415  # it opens archives, for those who draw letters

    folder = files("blognet.pictures").joinpath("fonts")
    return tuple(folder.joinpath(f"{name}.ttf").read_bytes() for name in _NAMES)


def can_shape() -> bool:
    """Whether this machine has what letters need that join, move or run from right to left."""
    from PIL import features  # noqa: PLC0415  # a site without cards does not pay for Pillow

    return bool(features.check("raqm"))
