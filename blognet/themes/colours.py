"""Colours as numbers. Answers: can people read this colour on that one, and which shade of an accent can be read?

Contrast is that of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
"""The contrast that WCAG 2.2 AA asks of text."""

LIGHT_GROUNDS = ("#fcfcfa", "#f1f2ed")
"""Page and panel of the default theme in the light scheme, as in its style sheet."""

DARK_GROUNDS = ("#121417", "#1c1f24")
"""Page and panel of the default theme in the dark scheme, as in its style sheet."""

_COMFORTABLE = 5.2
_INK = "#121417"
_PAPER = "#ffffff"
_STEPS = 50
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accents:
    """The shades of one accent colour, each ``#rrggbb``.

    Attributes:
        light: For text and links in the light scheme.
        dark: For text and links in the dark scheme.
        plate: The colour itself, for filled areas.
        on_plate: For text on a filled area.
    """

    light: str
    dark: str
    plate: str
    on_plate: str


def is_colour(text: str) -> bool:
    """Whether the text is a colour in hex, ``#rgb`` or ``#rrggbb``."""
    return _HEX.fullmatch(text) is not None


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours in hex: 1 for equal ones, 21 for black on white."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def accents_of(colour: str) -> Accents:
    """Derive the shades that stay readable on every ground of the default theme.

    The hue stays: a shade is mixed with black or white no further than a contrast a little above `READABLE` needs.

    Args:
        colour: A colour for which `is_colour` holds.
    """
    plate = "#" + "".join(f"{part:02x}" for part in _rgb(colour))
    on_plate = max((_PAPER, _INK), key=lambda text: contrast(text, plate))
    if contrast(on_plate, plate) < READABLE:
        plate = _readable(plate, towards="#000000", grounds=(_PAPER,))
        on_plate = _PAPER
    return Accents(
        light=_readable(plate, towards="#000000", grounds=LIGHT_GROUNDS),
        dark=_readable(plate, towards="#ffffff", grounds=DARK_GROUNDS),
        plate=plate,
        on_plate=on_plate,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pale:
    """An accent that cannot be read as text in the light scheme.

    Attributes:
        ratio: Its contrast where it is lowest, cut after the second digit, so that it is never said to be `READABLE`.
        nearest: The shade of it that is just dark enough.
    """

    ratio: float
    nearest: str


def pale(colour: str) -> Pale | None:
    """Return how pale a colour is on the grounds of the light scheme; None for one that can be read there.

    The dark scheme is not asked: no colour of a brand can be read on both, and each gets a shade of its own.

    Args:
        colour: A colour for which `is_colour` holds.
    """
    ratio = min(contrast(colour, ground) for ground in LIGHT_GROUNDS)
    if ratio >= READABLE:
        return None
    nearest = _readable(colour, towards="#000000", grounds=LIGHT_GROUNDS, least=READABLE)
    return Pale(ratio=int(ratio * 100) / 100, nearest=nearest)


def _readable(
    colour: str, *, towards: str, grounds: tuple[str, ...], least: float = _COMFORTABLE
) -> str:
    for step in range(_STEPS + 1):
        shade = _mixed(colour, towards, step / _STEPS)
        if all(contrast(shade, ground) >= least for ground in grounds):
            return shade
    return towards


def _mixed(first: str, second: str, share: float) -> str:
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == len("rgb"):
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB, IEC 61966-2-1
