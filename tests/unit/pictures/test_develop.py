from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from blognet.pictures.develop import develop
from blognet.pictures.facts import PictureFacts, UnreadableError, facts_of
from blognet.pictures.recipes import (
    FACES,
    LARGEST,
    face,
    face_sides,
    scaled,
    shared,
    still,
    whole,
)
from blognet.pictures.structure import PictureFormat
from tests.picture_files import bomb, moving, photograph, png, saved, scene

SOURCE = "0" * 64


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw))


def level(image: Image.Image, channel: str) -> int:
    """Return how strong a channel is on average, from 0 to 255."""
    values = image.convert("RGBA").getchannel(channel).tobytes()
    return sum(values) // len(values)


def made_whole(raw: bytes) -> bytes:
    return develop(raw, (whole(SOURCE, facts_of(raw)),))[0]


@pytest.mark.parametrize("form", PictureFormat)
def test_nothing_but_pixels_is_left_of_a_photograph(form: PictureFormat) -> None:
    raw = photograph(words="zqsecret")
    (made,) = develop(raw, (scaled(SOURCE, facts_of(raw), form)[-1],))
    image = opened(made)
    assert (image.format, dict(image.getexif())) == (form.value.upper(), {})
    assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & set(image.info)
    assert b"zqsecret" not in made


def test_the_place_is_in_the_photograph_before() -> None:
    assert 0x8825 in opened(photograph()).getexif()


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_as_its_camera_was_held(turned: int) -> None:
    raw = photograph(90, 60, turned=turned)
    facts, made = facts_of(raw), opened(made_whole(raw))
    assert made.size == (facts.width, facts.height) == ((60, 90) if turned > 4 else (90, 60))
    far_x, far_y = made.width - 4, made.height - 4
    corners = {
        (x, y): made.crop((x * far_x, y * far_y, x * far_x + 4, y * far_y + 4))
        for x in (0, 1)
        for y in (0, 1)
    }
    reddest = max(corners, key=lambda at: level(corners[at], "R") - level(corners[at], "G"))
    assert reddest == {
        1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1),
    }[turned]  # fmt: skip


def test_colours_of_another_space_are_brought_to_that_of_the_web() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = saved(Image.new("RGB", (8, 8), (200, 30, 30)), "PNG", icc_profile=profile)
    made = opened(made_whole(raw))
    assert "icc_profile" not in made.info
    assert level(made, "R") == pytest.approx(200, abs=4)
    assert level(made, "G") == pytest.approx(30, abs=4)


def test_a_broken_profile_keeps_nobody_from_seeing_the_picture() -> None:
    raw = saved(scene(), "PNG", icc_profile=b"no profile")
    assert opened(made_whole(raw)).size == (60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_kind_of_pixels_are_developed(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.linear_gradient("L").resize((50, 50))
    raw = saved(
        image.convert("RGB").convert(mode)
        if mode != "I;16"
        else image.convert("I").point(lambda v: v * 256).convert("I;16"),
        form,
    )
    facts = facts_of(raw)
    for recipe in (
        whole(SOURCE, facts),
        *(scaled(SOURCE, facts, form)[0] for form in PictureFormat),
        shared(SOURCE, facts),
    ):
        (made,) = develop(raw, (recipe,))
        shown = opened(made).convert("L")
        assert shown.size == (50, 50)
        assert level(shown.crop((0, 0, 50, 3)), "R") < 60
        assert level(shown.crop((0, 47, 50, 50)), "R") > 190


def test_a_drawing_stays_exactly_as_it_is_in_both_formats() -> None:
    drawing = scene(200, 120).quantize(64)
    raw = saved(drawing, "PNG")
    facts = facts_of(raw)
    assert facts.few_colours
    for recipe in (whole(SOURCE, facts), *scaled(SOURCE, facts, PictureFormat.WEBP)):
        (made,) = develop(raw, (recipe,))
        assert opened(made).convert("RGB").tobytes() == drawing.convert("RGB").tobytes()


def test_what_shows_through_stays_see_through_and_gets_a_white_ground_as_jpeg() -> None:
    raw = saved(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG")
    facts = facts_of(raw)
    clear, solid = develop(
        raw, (scaled(SOURCE, facts, PictureFormat.WEBP)[-1], shared(SOURCE, facts))
    )
    assert level(opened(clear), "A") == 0
    assert level(opened(solid), "R") == 255


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_an_animation_goes_on_moving_and_has_a_still_for_those_who_want_rest(form: str) -> None:
    raw = moving(form, frames=6)
    facts = facts_of(raw)
    assert facts.frames == 6
    recipes = (
        whole(SOURCE, facts),
        *scaled(SOURCE, facts, PictureFormat.WEBP),
        still(SOURCE, facts),
    )
    same, webp, rest = (opened(made) for made in develop(raw, recipes))
    assert [getattr(image, "n_frames", 1) for image in (same, webp, rest)] == [6, 6, 1]
    assert same.format == form
    assert same.info.get("loop") == 0


def test_a_face_is_square_and_its_middle() -> None:
    wide = scene(300, 100)
    raw = saved(wide, "PNG")
    sides = face_sides(facts_of(raw))
    assert sides == FACES[:1]
    (made,) = develop(raw, (face(SOURCE, sides[0], PictureFormat.WEBP),))
    assert opened(made).size == (96, 96)


def test_no_side_of_a_derived_picture_is_longer_than_the_largest() -> None:
    facts = PictureFacts(format=PictureFormat.JPEG, width=3000, height=12_000)
    largest = whole(SOURCE, facts)
    assert (largest.width, largest.height) == (LARGEST // 4, LARGEST)
    assert max(each.height for each in scaled(SOURCE, facts, PictureFormat.WEBP)) == LARGEST


def test_widths_go_up_to_the_picture_s_own_and_never_beyond() -> None:
    facts = PictureFacts(format=PictureFormat.JPEG, width=1300, height=650)
    widths = [each.width for each in scaled(SOURCE, facts, PictureFormat.WEBP)]
    assert widths == [480, 800, 1300]


def test_the_same_recipe_gives_the_same_bytes_and_another_one_another_name() -> None:
    raw = photograph()
    recipe = whole(SOURCE, facts_of(raw))
    assert develop(raw, (recipe,)) == develop(raw, (recipe,))
    assert recipe.digest != still(SOURCE, facts_of(raw)).digest


def test_a_bomb_is_not_decoded() -> None:
    with pytest.raises(UnreadableError, match="3600000000 pixels"):
        facts_of(bomb())


def test_pixels_that_cannot_be_decoded_are_noticed_when_a_picture_is_measured() -> None:
    raw = photograph(200, 200)
    with pytest.raises(UnreadableError):
        facts_of(raw[: len(raw) // 2])


@given(
    edits=st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=6)
)
def test_what_could_be_measured_can_be_developed(edits: list[tuple[int, int]]) -> None:
    raw = bytearray(png() if len(edits) % 2 else photograph())
    for place, value in edits:
        raw[place % len(raw)] = value
    try:
        facts = facts_of(bytes(raw))
    except UnreadableError:
        return
    assert all(develop(bytes(raw), (whole(SOURCE, facts), shared(SOURCE, facts))))
