"""Social cards: the picture that others show where somebody shares a page. Values and pixels, no pages.

A card's bytes are a function of the card, of the faces on it, of the fonts and of Pillow's version; no font of the
machine takes part. It is written with few colours (`blognet.pictures.few_colours`). What cannot be written with the
fonts at hand is left out by whoever makes the card (`blognet.pictures.lettering` says what that is): nothing is drawn
as an empty box.
"""

from __future__ import annotations

import colorsys
import io
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from blognet.kernel.hashing import canonical_encoding, sha256_hex
from blognet.pictures import few_colours
from blognet.pictures.few_colours import Blend, colours_for_photos, with_colours
from blognet.pictures.initials import HUES, LIGHT, Initials
from blognet.pictures.lettering import Lettering, needs_shaping, runs_right_to_left
from blognet.pictures.recipes import encoders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image, ImageDraw, ImageFont

METHOD = "1"
WIDTH: Final = 1200
HEIGHT: Final = 630
MOST_FACES: Final = 5
FACE: Final = 96
_EDGE: Final = 80
_FRAME: Final = (22, 4, 20)
"""The line around a card: its distance from the edge, its width, the radius of its corners."""
_SIZES: Final = ((84, 3), (72, 4), (60, 4), (50, 5))
"""Sizes of the title, the largest that fits, with the most lines of each."""
_SMALL: Final = 34
_TITLE_TOP: Final = 136
_TITLE_BOTTOM: Final = HEIGHT - _EDGE - FACE - 32
_LEADING: Final = 1.14
_LETTERS_OF_FACE: Final = 38
_LETTER_STEPS: Final = 16
_EDGE_STEPS: Final = 12
"""Colours from a face's ground to its letters, and to the ground of the card."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Card:
    """What a card shows.

    Attributes:
        title: Of the page; "" leaves its place to the site's.
        site: The site's title.
        names: Who wrote it, as one line.
        faces: SHA-256 of a picture, or initials; not more than `MOST_FACES`.
        ground: Colour of the card, ``#rrggbb``.
        ink: Colour of the letters, ``#rrggbb``.
        fonts: SHA-256 of each font that may be used.
    """

    title: str
    site: str
    names: str = ""
    faces: tuple[str | Initials, ...] = ()
    ground: str
    ink: str
    fonts: str

    @property
    def name(self) -> str:
        """64 hex digits: for the site, the same with every version of Pillow."""
        said = [str(getattr(self, field.name)) for field in fields(self)]
        return sha256_hex(canonical_encoding(["card", METHOD, *said]))

    @property
    def digest(self) -> str:
        """64 hex digits: the same bytes wherever Pillow is the same."""
        return sha256_hex(canonical_encoding([self.name, encoders(), few_colours.METHOD]))


def draw_card(card: Card, *, faces: Mapping[str, bytes], lettering: Lettering) -> bytes:
    """Return a card as PNG.

    Args:
        card: What it shows.
        faces: The bytes of each picture on it, square, by the SHA-256 that the card names.
        lettering: The fonts, the first for titles and the second for the rest.
    """
    from PIL import Image  # noqa: PLC0415  # a site without cards does not pay for Pillow

    image = Image.new("RGB", (WIDTH, HEIGHT), card.ground)
    drawer = _Drawer(card=card, image=image, lettering=lettering)
    drawer.draw(faces)
    if drawer.photos and not drawer.colours_of_photo:
        return few_colours.png_of_all(image)
    return few_colours.png_of_few(image, drawer.blends, drawer.colours)


class _Drawer:
    """One card while it is drawn.

    Attributes:
        blends: Colours that meet on it.
        photos: How many faces are photographs.
        colours_of_photo: How many colours each of them has; 0 for all.
        colours: Those of all of them, red, green and blue one after the other.
    """

    def __init__(self, *, card: Card, image: Image.Image, lettering: Lettering) -> None:
        from PIL import ImageDraw  # noqa: PLC0415  # see draw_card

        self._card = card
        self._image = image
        self._lettering = lettering
        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(image)
        self._mirrored = runs_right_to_left(card.title or card.site)
        shown = card.faces[:MOST_FACES]
        self.blends = _blends(card, shown)
        self.photos = len({face for face in shown if isinstance(face, str)})
        self.colours_of_photo = colours_for_photos(self.blends, self.photos)
        self.colours: list[int] = []

    def draw(self, faces: Mapping[str, bytes]) -> None:
        card = self._card
        distance, width, radius = _FRAME
        box = (distance, distance, WIDTH - distance - 1, HEIGHT - distance - 1)
        self._draw.rounded_rectangle(box, radius=radius, outline=card.ink, width=width)
        if card.title:
            self._line(card.site, size=_SMALL, top=_EDGE - 8, first=1)
        self._title(card.title or card.site)
        start = self._faces(faces)
        if card.names:
            room = WIDTH - 2 * _EDGE - start
            names = self._cut(card.names, _SMALL, room, first=1)
            top = HEIGHT - _EDGE - FACE // 2 - _SMALL * 0.7
            self._line(names, size=_SMALL, top=round(top), first=1, indent=start)

    def _title(self, title: str) -> None:
        room = WIDTH - 2 * _EDGE
        lines: list[str] = []
        size = _SIZES[-1][0]
        for size, most in _SIZES:  # the last one stays when none fits
            lines = self._wrapped(title, size, room)
            if len(lines) <= most:
                break
        most = _SIZES[-1][1]
        if len(lines) > most:
            lines = [*lines[: most - 1], self._cut(" ".join(lines[most - 1 :]), size, room)]
        height = round(size * _LEADING)
        top = max(_TITLE_TOP, (_TITLE_TOP + _TITLE_BOTTOM - height * len(lines)) // 2)
        for number, line in enumerate(lines):
            self._line(line, size=size, top=top + number * height)

    def _wrapped(self, text: str, size: int, room: int) -> list[str]:
        lines: list[str] = []
        for word in _words(text):
            longer = f"{lines[-1]}{word}" if lines else word
            if lines and self._width(longer.rstrip(), size) <= room:
                lines[-1] = longer
            else:
                lines.append(self._cut(word, size, room) if lines or word.strip() else word)
        return [line.strip() for line in lines if line.strip()]

    def _cut(self, text: str, size: int, room: int, *, first: int = 0) -> str:
        """Return as much of a text as there is room for."""
        if self._width(text.rstrip(), size, first=first) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self._width(f"{text[:middle].rstrip()}…", size, first=first) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return f"{text[:low].rstrip()}…"

    def _line(self, text: str, *, size: int, top: int, first: int = 0, indent: int = 0) -> None:
        """Write a line; on a mirrored card from the right."""
        pieces = self._pieces(text, size, first)
        widths = [self._length(piece, font) for piece, font in pieces]
        right_to_left = runs_right_to_left(text)
        left: float = _EDGE + indent
        if self._mirrored:
            left = WIDTH - _EDGE - indent - sum(widths)
        order = list(zip(pieces, widths, strict=True))
        for (piece, font), width in reversed(order) if right_to_left else order:
            # The baseline of the first font serves all, so that scripts stand on one line.
            place = (round(left), top + round(size * 1.02))
            direction = None
            if needs_shaping(piece):
                direction = "rtl" if runs_right_to_left(piece) else "ltr"
            self._draw.text(
                place, piece, font=font, fill=self._card.ink, anchor="ls", direction=direction
            )
            left += width

    def _width(self, text: str, size: int, *, first: int = 0) -> float:
        return sum(self._length(piece, font) for piece, font in self._pieces(text, size, first))

    def _length(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        direction = None
        if needs_shaping(text):
            direction = "rtl" if runs_right_to_left(text) else "ltr"
        return font.getlength(text, direction=direction)

    def _pieces(self, text: str, size: int, first: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        if first:
            fonts = (self._lettering.fonts[first], *self._lettering.fonts)
            lettering = Lettering(fonts=fonts, shapes=self._lettering.shapes)
            offset = -1
        else:
            lettering, offset = self._lettering, 0
        found: list[tuple[str, ImageFont.FreeTypeFont]] = []
        for piece in lettering.pieces(text):
            number = first if offset and piece.font == 0 else piece.font + offset
            found.append((piece.text, self._font(number, size, shaped=needs_shaping(piece.text))))
        return found

    def _font(self, number: int, size: int, *, shaped: bool) -> ImageFont.FreeTypeFont:
        return _font_of(self._lettering.fonts[number], size, shaped=shaped)

    def _faces(self, faces: Mapping[str, bytes]) -> int:
        """Draw the faces, and return how much room they took."""
        step, top = FACE - 22, HEIGHT - _EDGE - FACE
        shown = self._card.faces[:MOST_FACES]
        for number, face in enumerate(shown):
            if isinstance(face, Initials):
                picture = self._initials(face)
            else:
                picture, colours = _photo(faces[face], self.colours_of_photo)
                if face not in shown[:number]:
                    self.colours += colours
            left = _EDGE + number * step
            if self._mirrored:
                left = WIDTH - left - FACE
            self._image.paste(self._card.ground, (left - 6, top - 6), _disc(FACE + 12))
            self._image.paste(picture, (left, top), _disc(FACE))
        return (len(shown) - 1) * step + FACE + 24 if shown else 0

    def _initials(self, initials: Initials) -> Image.Image:
        from PIL import Image, ImageDraw  # noqa: PLC0415  # see draw_card

        ground, ink = _colours_of(initials)
        picture = Image.new("RGB", (FACE, FACE), ground)
        letters = initials.letters
        if not self._lettering.missing(letters) and not needs_shaping(letters):
            number = self._lettering.pieces(letters)[0].font or 1
            font = self._font(number, _LETTERS_OF_FACE, shaped=False)
            place = (FACE / 2, FACE / 2 + _LETTERS_OF_FACE * 0.36)
            ImageDraw.Draw(picture).text(place, letters, font=font, fill=ink, anchor="ms")
        return picture


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break, each with the blank behind it."""
    found: list[str] = []
    for word in text.split():
        start = 0
        for place, sign in enumerate(word):
            if place > start and (_is_wide(sign) or _is_wide(word[place - 1])):
                found.append(word[start:place])
                start = place
        found.append(f"{word[start:]} ")
    return found


def _is_wide(sign: str) -> bool:
    """Whether a line may break before and behind a character, as between Han and kana."""
    return 0x2E80 <= ord(sign) <= 0x9FFF or 0x20000 <= ord(sign) <= 0x3FFFF  # noqa: PLR2004  # Unicode's blocks


def _blends(card: Card, faces: tuple[str | Initials, ...]) -> tuple[Blend, ...]:
    """Return the colours that meet on a card, but for those of photographs."""
    ground = _rgb(card.ground)
    found = [Blend(first=ground, last=_rgb(card.ink), steps=few_colours.STEPS)]
    hues = dict.fromkeys(face.hue for face in faces if isinstance(face, Initials))
    for hue in hues:
        around, letters = map(_rgb, _colours_of(Initials(letters="", hue=hue)))
        found.append(Blend(first=around, last=letters, steps=_LETTER_STEPS))
        found.append(Blend(first=ground, last=around, steps=_EDGE_STEPS))
    return tuple(found)


def _colours_of(initials: Initials) -> tuple[str, str]:
    """Return the colours of the ground and of the letters."""
    ground, ink = (_hsl(HUES[initials.hue], *colour) for colour in LIGHT)
    return ground, ink


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


@lru_cache(maxsize=64)
def _photo(raw: bytes, colours: int) -> tuple[Image.Image, tuple[int, ...]]:
    """Return a photograph as large as a face, and its colours; people write more than one post.

    Args:
        raw: The picture.
        colours: How many; 0 for all of them, which are not named.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  # see draw_card

    with Image.open(io.BytesIO(raw)) as opened:
        picture = ImageOps.fit(opened.convert("RGB"), (FACE, FACE))
    return with_colours(picture, colours) if colours else (picture, ())


@lru_cache(maxsize=64)
def _font_of(font: bytes, size: int, *, shaped: bool) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415  # see draw_card

    # The simple layout needs no library of the machine; what it cannot do is asked of the other one.
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(io.BytesIO(font), size, layout_engine=engine)


@cache
def _disc(side: int) -> Image.Image:
    from PIL import Image, ImageDraw  # noqa: PLC0415  # see draw_card

    large = Image.new("L", (side * 4, side * 4), 0)
    ImageDraw.Draw(large).ellipse((0, 0, side * 4 - 1, side * 4 - 1), fill=255)
    return large.resize((side, side), Image.Resampling.LANCZOS)


def _hsl(hue: int, saturation: int, lightness: int) -> str:
    parts = colorsys.hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
