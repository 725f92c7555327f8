"""The style sheet of a network: the theme's own, then its accent colour. Reads no file, knows no templates.

Pages carry no style of their own, so that a strict Content-Security-Policy holds. What a network chooses is
therefore written into the sheet: four custom properties, appended, which the theme uses for everything accented.
"""

from __future__ import annotations

import re

from blognet.kernel.errors import FaultsError
from blognet.kernel.problems import Location, Problem
from blognet.themes.codes import NOT_A_COLOUR
from blognet.themes.colours import accents_of, is_colour
from blognet.themes.fonts import LETTERS

_OVERRIDE = """
:root {{
  --accent: {light};
  --plate: {plate};
  --on-plate: {on_plate};
}}
@media (prefers-color-scheme: dark) {{
  :root {{
    --accent: {dark};
  }}
}}
"""
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="12" fill="{plate}"/>'
    '<rect x="4.5" y="4.5" width="55" height="55" rx="8.5" fill="none" stroke="{on_plate}" stroke-width="2"/>'
    '<text x="32" y="45" text-anchor="middle" font-family="Charter,Georgia,serif" font-weight="700" font-size="38"'
    ' fill="{on_plate}">{letter}</text></svg>\n'
)
_QUOTED_OR_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*'|/\*.*?\*/)""", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_AROUND_SIGNS = re.compile(r"\s*([{};,])\s*")
_SIGN_OR_STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*')|([(){}])|\s+([+~/])\s+""")
_AFTER_COLON = re.compile(r"(?<=[\w-]):\s+")
_PART = re.compile(r"/\* only ([a-z]+) \*/(.*?)/\* end only \*/", re.DOTALL)
DEFAULT_ACCENT = "#1f45c4"


def style_sheet(
    source: str, *, accent: str, font: str = "serif", parts: frozenset[str] = frozenset()
) -> str:
    """Return the style sheet to write beside the pages, without comments and needless blanks.

    Args:
        source: The theme's ``static/style.css``.
        accent: The network's accent in hex, or "" for the theme's own. Text and links get shades of it that keep a
            contrast of at least 4.5 to 1 on the theme's grounds, light and dark.
        font: One of the names in `blognet.themes.fonts.LETTERS`.
        parts: What the network has that not every network has: of the rules between ``/* only NAME */`` and
            ``/* end only */`` those are kept whose name is here.

    Raises:
        FaultsError: When the accent is not a colour in hex.
    """
    source = _PART.sub(lambda part: part[2] if part[1] in parts else "", source)
    letters = "".join(f"  --{name}: {fonts};\n" for name, fonts in LETTERS[font].items())
    source += f":root {{\n{letters}}}\n" if letters else ""
    if not accent:
        return compacted(source)
    shades = accents_of(_checked(accent))
    override = _OVERRIDE.format(
        light=shades.light, dark=shades.dark, plate=shades.plate, on_plate=shades.on_plate
    )
    return compacted(source + override)


def compacted(source: str) -> str:
    """Return a style sheet that says the same in fewer bytes; what stands in quotes is not touched."""
    pieces = _QUOTED_OR_COMMENT.split(source)
    written = [piece if at % 2 else _BLANKS.sub(" ", piece) for at, piece in enumerate(pieces)]
    sheet = "".join(piece for piece in written if not piece.startswith("/*"))
    pieces = _QUOTED_OR_COMMENT.split(sheet)
    written = [piece if at % 2 else _tight(piece) for at, piece in enumerate(pieces)]
    return _joined("".join(written)).strip() + "\n"


def site_icon(title: str, *, accent: str) -> str:
    """Return an SVG icon for a network without a logo: its first letter on a plate of its accent.

    Args:
        title: The network's title.
        accent: The network's accent in hex, or "" for the theme's own.

    Raises:
        FaultsError: When the accent is not a colour in hex.
    """
    shades = accents_of(_checked(accent or DEFAULT_ACCENT))
    letter = next((sign for sign in title if sign.isalnum()), "b").upper()[:1]
    return _ICON.format(plate=shades.plate, on_plate=shades.on_plate, letter=letter)


def _tight(piece: str) -> str:
    tight = _AROUND_SIGNS.sub(r"\1", piece)
    return _AFTER_COLON.sub(":", tight).replace(";}", "}").replace(" > ", ">")


def _joined(sheet: str) -> str:
    """Take the blanks away around slashes and what joins selectors. A plus inside brackets adds, and keeps them."""
    depth = 0

    def written(found: re.Match[str]) -> str:
        nonlocal depth
        _, bracket, sign = found.groups()
        match bracket:
            case "(":
                depth += 1
            case ")":
                depth -= 1
            case "{" | "}":
                depth = 0
            case _:
                pass
        joins: bool = sign == "/" or (sign is not None and depth == 0)
        return sign if joins else found.group()

    return _SIGN_OR_STRING.sub(written, sheet)


def _checked(accent: str) -> str:
    if is_colour(accent):
        return accent
    problem = Problem(
        location=Location(path="blognet.yml", key="theme.accent"),
        code=NOT_A_COLOUR,
        message=f"theme.accent is {accent!r}; expected a colour in hex",
        hint='write it as "#rrggbb", with quotes: YAML takes a bare # for a comment',
    )
    message = f"The accent colour {accent!r} is not a colour in hex."
    raise FaultsError(message, problems=(problem,), hint=problem.hint)
