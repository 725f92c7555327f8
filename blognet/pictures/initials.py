"""Initials as a picture: a small drawing for people who gave no picture of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from blognet.kernel.hashing import canonical_encoding, sha256_hex

METHOD = "1"
HUES: Final = (8, 28, 46, 78, 128, 158, 184, 204, 226, 262, 300, 338)
LIGHT: Final = ((42, 86), (55, 22))
"""Saturation and lightness, in percent, of the ground and of the letters in the light scheme."""
DARK: Final = ((42, 24), (55, 88))
SIDE: Final = 96


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Initials:
    """One or two letters on a ground of one of the `HUES`, by its number."""

    letters: str
    hue: int

    @property
    def name(self) -> str:
        """64 hex digits."""
        return sha256_hex(canonical_encoding([METHOD, self.letters, str(self.hue)]))


def draw_initials(initials: Initials) -> bytes:
    """Return initials as SVG, in the colours that the reader's scheme asks for. The letters are the reader's own."""
    hue = HUES[initials.hue]
    (light_ground, light_ink), (dark_ground, dark_ink) = (
        [f"hsl({hue} {saturation}% {lightness}%)" for saturation, lightness in scheme]
        for scheme in (LIGHT, DARK)
    )
    size = 36 if len(initials.letters) > 1 else 42
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 96 96">\n'
        f"<style>rect{{fill:{light_ground}}}text{{fill:{light_ink};font:600 {size}px system-ui,sans-serif}}"
        f"@media(prefers-color-scheme:dark){{rect{{fill:{dark_ground}}}text{{fill:{dark_ink}}}}}</style>\n"
        f'<rect width="96" height="96"/>'
        f'<text x="48" y="48" dy=".36em" text-anchor="middle">{escape(initials.letters)}</text>\n</svg>\n'
    ).encode()
