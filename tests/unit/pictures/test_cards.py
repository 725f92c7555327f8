from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from blognet.pictures import few_colours
from blognet.pictures.bundled import bundled_fonts, can_shape
from blognet.pictures.cards import HEIGHT, WIDTH, Card, draw_card
from blognet.pictures.initials import HUES, Initials, draw_initials
from blognet.pictures.lettering import (
    FontError,
    Lettering,
    characters_of,
    needs_shaping,
    runs_right_to_left,
)
from tests.picture_files import png

PLAIN = Lettering(fonts=bundled_fonts(), shapes=False)
SHAPING = Lettering(fonts=bundled_fonts(), shapes=can_shape())
CARD = Card(
    title="A winter in the tower",
    site="Lantern Pinion",
    names="Dev Raman, Ann Thorley",
    faces=("a" * 64, Initials(letters="AT", hue=3)),
    ground="#9a4a1c",
    ink="#ffffff",
    fonts=PLAIN.digest,
)
NEAR = 12
FACES = {"a" * 64: png(96, 96)}
TITLES = {
    "Latin": "Čapek über Ǻrøya: “Đặng” – 60 %",
    "Greek": "Το ρολόι του πύργου",  # noqa: RUF001  # it is Greek
    "Cyrillic": "Часы на башне",
    "Armenian": "Աշտարակի ժամացույցը",
    "Georgian": "კოშკის საათი",
}
SHAPED = {
    "Arabic": "ساعة البرج",
    "Hebrew": "שעון המגדל",
    "Devanagari": "घड़ी की मरम्मत",
    "Bengali": "ঘড়ির মিনার",
    "Tamil": "கோபுர கடிகாரம்",
    "Thai": "นาฬิกาหอคอย",
}


def drawn(card: Card, lettering: Lettering = PLAIN) -> Image.Image:
    raw = draw_card(card, faces=FACES, lettering=lettering)
    return Image.open(io.BytesIO(raw)).convert("RGB")


@pytest.mark.parametrize("script", TITLES)
def test_scripts_that_need_no_shaping_are_written_on_every_machine(script: str) -> None:
    assert PLAIN.missing(TITLES[script]) == ""
    assert drawn(replace(CARD, title=TITLES[script])).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("script", SHAPED)
def test_scripts_that_need_shaping_are_written_where_that_can_be_done(script: str) -> None:
    title = SHAPED[script]
    assert needs_shaping(title)
    assert PLAIN.missing(title) != ""
    if not can_shape():
        pytest.skip("this machine has no FriBiDi")
    assert SHAPING.missing(title) == ""
    assert drawn(replace(CARD, title=title), SHAPING).size == (WIDTH, HEIGHT)


def test_what_no_font_writes_is_named_once_and_in_order() -> None:
    assert PLAIN.missing("A 時計台の時計 x") == "時計台の"


def test_a_card_of_a_script_that_runs_from_the_right_begins_at_the_right() -> None:
    assert runs_right_to_left("«שעון» clock")
    assert not runs_right_to_left("1 clock שעון")


def test_the_same_card_has_the_same_bytes_and_other_words_another_name() -> None:
    again = replace(CARD)
    assert draw_card(CARD, faces=FACES, lettering=PLAIN) == draw_card(
        again, faces=FACES, lettering=PLAIN
    )
    assert CARD.name == again.name != replace(CARD, title="Another").name
    assert Lettering(fonts=PLAIN.fonts, shapes=True).digest == PLAIN.digest


def colours_on(card: Card, faces: dict[str, bytes]) -> str:
    return Image.open(io.BytesIO(draw_card(card, faces=faces, lettering=PLAIN))).mode


def test_a_card_is_written_with_few_colours_unless_many_photographs_need_them() -> None:
    faces = {sign * 64: png(96, 96, words=sign) for sign in "abc"}
    initials = tuple(Initials(letters="AT", hue=hue) for hue in range(5))
    photos = tuple(faces)
    assert colours_on(replace(CARD, faces=()), faces) == "P"
    assert colours_on(replace(CARD, faces=initials), faces) == "P"
    assert colours_on(replace(CARD, faces=(photos[0], *initials[:4])), faces) == "P"
    assert colours_on(replace(CARD, faces=photos[:2]), faces) == "P"
    assert colours_on(replace(CARD, faces=photos), faces) == "RGB"


def test_few_colours_are_near_to_those_that_were_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    card = replace(CARD, faces=(Initials(letters="AT", hue=3), Initials(letters="DR", hue=9)))
    few = drawn(card)
    monkeypatch.setattr(few_colours, "png_of_few", lambda image, *_: few_colours.png_of_all(image))
    counts = ImageChops.difference(few, drawn(card)).histogram()
    apart = [sum(counts[start + NEAR : start + 256]) for start in (0, 256, 512)]
    assert max(apart) < WIDTH * HEIGHT // 20_000  # where a ring cuts a letter


def test_a_card_has_the_colours_of_the_network_and_an_edge() -> None:
    card = drawn(CARD)
    found = {colour for _, colour in card.getcolors(1 << 24) or ()}
    assert {(0x9A, 0x4A, 0x1C), (255, 255, 255)} <= found


@settings(max_examples=25)
@given(title=st.text(st.characters(codec="utf-8"), max_size=300), names=st.text(max_size=200))
def test_whatever_can_be_written_is_drawn_inside_the_frame(title: str, names: str) -> None:
    said = "".join(sign for sign in title if not PLAIN.missing(sign) and sign.isprintable())
    by = "".join(sign for sign in names if not PLAIN.missing(sign) and sign.isprintable())
    card = drawn(replace(CARD, title=said, names=by))
    ground = (0x9A, 0x4A, 0x1C)
    edges = (
        (0, 0, WIDTH, 20),
        (0, HEIGHT - 20, WIDTH, HEIGHT),
        (0, 0, 20, HEIGHT),
        (WIDTH - 20, 0, WIDTH, HEIGHT),
    )
    for box in edges:
        assert card.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), ground)]


@pytest.mark.parametrize("raw", [b"", b"no font", b"\0\1\0\0", b"OTTO" + b"\xff" * 200, png()])
def test_a_file_that_is_no_font_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(FontError):
        characters_of(raw)


def test_initials_are_a_drawing_with_nothing_but_shapes_and_letters() -> None:
    from blognet.content.svg import svg_problem  # noqa: PLC0415

    for hue in range(len(HUES)):
        raw = draw_initials(Initials(letters="<&", hue=hue))
        assert svg_problem(raw, path="x.svg") is None
        assert b"&lt;&amp;" in raw
