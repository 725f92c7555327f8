"""The style sheet: who can read it, what it loads, and what a network's accent does to it."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.token import STANDARD_TYPES

from blognet.config.settings import FONTS
from blognet.kernel.errors import FaultsError
from blognet.pictures.initials import DARK, HUES, LIGHT
from blognet.themes.colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    READABLE,
    accents_of,
    contrast,
    is_colour,
    pale,
)
from blognet.themes.fonts import LETTERS
from blognet.themes.sheet import DEFAULT_ACCENT, compacted, site_icon, style_sheet
from tests.unit.themes.samples import PLAIN, THEME

SOURCE = (THEME / "static" / "style.css").read_text("utf-8")
SOURCES = {"default": SOURCE, "plain": (PLAIN / "static" / "style.css").read_text("utf-8")}
TEXTS = (
    "ink soft accent note tip important warning caution code-word code-text code-name code-number code-remark"
).split()
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def _tokens(scheme: str, theme: str = "default") -> dict[str, str]:
    """The custom properties of the first `:root` of a scheme; dark ones stand over light ones."""
    light, dark = re.findall(r":root \{(.*?)\}", SOURCES[theme], re.DOTALL)[:2]
    read = [dict(re.findall(r"--([a-z-]+): ([^;]+);", text)) for text in (light, dark)]
    return read[0] if scheme == "light" else {**read[0], **read[1]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "panel"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("theme", SOURCES)
def test_text_can_be_read_on_every_ground(theme: str, scheme: str, ground: str, text: str) -> None:
    tokens = _tokens(scheme, theme)
    assert contrast(tokens.get(text, tokens["ink"]), tokens[ground]) >= READABLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_a_plate_can_be_read(scheme: str) -> None:
    assert contrast(_tokens(scheme)["on-plate"], _tokens(scheme)["plate"]) >= READABLE


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("hue", HUES)
def test_the_initials_of_a_face_can_be_read_in_every_hue(
    hue: int, scheme: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    ground, ink = scheme
    assert contrast(_hsl(hue, *ground), _hsl(hue, *ink)) >= READABLE


@pytest.mark.parametrize("theme", SOURCES)
def test_accents_are_made_for_the_grounds_of_the_sheet(theme: str) -> None:
    light, dark = _tokens("light", theme), _tokens("dark", theme)
    assert (light["page"], light["panel"]) == LIGHT_GROUNDS
    assert (dark["page"], dark["panel"]) == DARK_GROUNDS
    assert light["accent"] == DEFAULT_ACCENT
    base = (THEME / "templates" / "base.html").read_text("utf-8")
    assert re.findall(r'name="theme-color" content="([^"]+)"', base) == [
        LIGHT_GROUNDS[0],
        DARK_GROUNDS[0],
    ]


@given(colour=COLOUR)
def test_any_accent_gets_shades_that_can_be_read(colour: str) -> None:
    shades = accents_of(colour)
    assert all(contrast(shades.light, ground) >= READABLE for ground in LIGHT_GROUNDS)
    assert all(contrast(shades.dark, ground) >= READABLE for ground in DARK_GROUNDS)
    assert contrast(shades.on_plate, shades.plate) >= READABLE


@given(colour=COLOUR)
def test_a_pale_accent_is_told_with_the_nearest_shade_that_passes(colour: str) -> None:
    found = pale(colour)
    ratio = min(contrast(colour, ground) for ground in LIGHT_GROUNDS)
    assert (found is None) == (ratio >= READABLE)
    if found is not None:
        assert found.ratio <= ratio < READABLE
        assert pale(found.nearest) is None
        comfortable = accents_of(colour).light
        ground = LIGHT_GROUNDS[1]
        assert contrast(found.nearest, ground) <= contrast(comfortable, ground)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_the_sheet_loads_nothing(source: str) -> None:
    assert "@import" not in source
    assert "url(" not in source
    assert "//" not in source.replace("*/", "").replace("/*", "")


def test_an_accent_is_written_after_the_sheet_for_both_schemes() -> None:
    sheet = style_sheet(SOURCE, accent="#FA0")
    assert sheet.startswith(style_sheet(SOURCE, accent="").rstrip("\n"))
    added = sheet.removeprefix(style_sheet(SOURCE, accent="").rstrip("\n"))
    assert "--plate:#ffaa00" in added
    assert "prefers-color-scheme:dark" in added


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("font", FONTS)
def test_every_kind_of_letters_is_written_after_the_sheet_and_fetches_nothing(
    font: str, source: str
) -> None:
    sheet = style_sheet(source, accent="#fa0", font=font)
    plain = style_sheet(source, accent="#fa0")
    assert (len(sheet) > len(plain)) == (font != "serif")
    assert "url(" not in sheet
    for name in LETTERS[font]:
        assert f"--{name}:" in plain
        assert sheet.rindex(f"--{name}:") > plain.rindex(f"--{name}:")


@pytest.mark.parametrize(
    "accent", ["red", "#12345", "#xyzxyz", "#000; } body { x: y", "rgb(0,0,0)"]
)
def test_an_accent_that_is_no_hex_colour_is_refused_with_a_hint(accent: str) -> None:
    assert not is_colour(accent)
    with pytest.raises(FaultsError) as caught:
        style_sheet(SOURCE, accent=accent)
    problem = caught.value.problems[0]
    assert (problem.code, problem.location.path) == ("BN483", "blognet.yml")
    assert "#rrggbb" in problem.hint


def test_a_shorter_sheet_keeps_what_stands_in_quotes() -> None:
    source = '/* x: y; */\na::after {\n  content: " ( /* a:  b; */ ";\n}\n\nb , c { d: e f; }\n'
    assert compacted(source) == 'a::after{content:" ( /* a:  b; */ "}b,c{d:e f}\n'


def test_a_shorter_sheet_has_no_blanks_around_what_joins_selectors_but_around_what_adds() -> None:
    source = "a + b > c ~ d { e: calc((1px + 2px) + 3px) / 2; f: min(1px + 2px, 3px); }"
    assert compacted(source) == "a+b>c~d{e:calc((1px + 2px) + 3px)/2;f:min(1px + 2px,3px)}\n"


def test_a_shorter_sheet_keeps_the_blank_that_selectors_need() -> None:
    source = "@media (min-width: 4rem) and (hover) { .a :is(b, c) { d: calc(1rem + 2vw); } }"
    assert (
        compacted(source)
        == "@media (min-width:4rem) and (hover){.a :is(b,c){d:calc(1rem + 2vw)}}\n"
    )


def test_every_kind_of_code_is_coloured_or_plain_on_purpose() -> None:
    plain = {
        "",
        "w",
        "x",
        "n",
        "o",
        "p",
        "pm",
        "err",
        "esc",
        "g",
        "ge",
        "ges",
        "gs",
        "gd",
        "gi",
        "gr",
    }
    starts = re.findall(r'\[class\^="hl-([a-z])"\]', SOURCE)
    named = set(re.findall(r"\.hl-([a-z0-9]+)", SOURCE))
    unstyled = {
        short
        for short in STANDARD_TYPES.values()
        if short not in named and not short.startswith(tuple(starts))
    }
    assert unstyled <= plain


@pytest.mark.parametrize(
    ("title", "letter"), [("Lantern", "L"), ("»über«", "Ü"), ("<&>", "B"), ("ßa", "S")]
)
def test_a_site_without_a_logo_gets_its_first_letter(title: str, letter: str) -> None:
    icon = site_icon(title, accent="")
    assert f">{letter}</text>" in icon
    assert DEFAULT_ACCENT in icon


def _hsl(hue: int, saturation: int, lightness: int) -> str:
    parts = hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
