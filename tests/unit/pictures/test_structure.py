from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.pictures import codes
from blognet.pictures.facts import UnreadableError, facts_of
from blognet.pictures.structure import FORMATS, MAX_FRAMES, flaw_of
from tests.picture_files import bomb, endless_gif, moving, photograph, png, saved, scene

SOUND = {
    ".png": png(words="a note"),
    ".jpg": photograph(),
    ".jpeg": saved(scene(), "JPEG", progressive=True),
    ".gif": moving("GIF"),
    ".webp": moving("WEBP"),
    ".avif": saved(scene(), "AVIF"),
}
STILL_WEBP = {
    "lossy": saved(scene(), "WEBP"),
    "lossless": saved(scene(), "WEBP", lossless=True),
    "with a profile": saved(scene(), "WEBP", exif=b"Exif\0\0II*\0\0\0\0\0"),
}
SAMSUNG = b"\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1668780000SEFH"


def code_of(raw: bytes, ending: str) -> str:
    flaw = flaw_of(raw, ending)
    return flaw.code if flaw else ""


@pytest.mark.parametrize("ending", SOUND)
def test_a_sound_picture_has_no_flaw(ending: str) -> None:
    assert flaw_of(SOUND[ending], ending) is None


@pytest.mark.parametrize("kind", STILL_WEBP)
def test_every_kind_of_webp_is_sound(kind: str) -> None:
    assert flaw_of(STILL_WEBP[kind], ".webp") is None


@pytest.mark.parametrize("ending", SOUND)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_torn_picture_is_damaged(ending: str, share: float) -> None:
    raw = SOUND[ending]
    assert code_of(raw[: int(len(raw) * share)], ending) == codes.DAMAGED


@pytest.mark.parametrize("ending", [".png", ".gif", ".webp", ".jpg"])
@pytest.mark.parametrize(
    "second", [b"PK\x03\x04 an archive", b"<html><script>", b"<?php", b"%PDF-1.7"], ids=repr
)
def test_another_file_behind_a_picture_is_refused(ending: str, second: bytes) -> None:
    assert code_of(SOUND[ending] + second, ending) == codes.TWO_FILES


@pytest.mark.parametrize(
    "extra", [SAMSUNG, b"\0" * 900, photograph(), b"\0\0\0\x18ftypmp42"], ids=["notes", "zeros", "preview", "film"]
)  # fmt: skip
def test_what_a_camera_adds_to_a_photograph_is_no_second_file(extra: bytes) -> None:
    assert flaw_of(SOUND[".jpg"] + extra, ".jpg") is None


def test_a_changed_part_of_a_png_is_noticed_without_decoding_it() -> None:
    raw = bytearray(SOUND[".png"])
    raw[len(raw) // 2] ^= 1
    assert code_of(bytes(raw), ".png") == codes.DAMAGED


def test_a_bomb_is_refused_by_what_it_says_of_its_size() -> None:
    flaw = flaw_of(bomb(), ".png")
    assert flaw is not None
    assert (flaw.code, flaw.found) == (
        codes.TOO_MANY_PIXELS,
        "60,000 × 60,000 pixels, more than the 80,000,000 that are accepted",
    )


def test_a_picture_may_not_be_a_line_of_any_length() -> None:
    assert code_of(bomb(1, 40_000), ".png") == codes.TOO_MANY_PIXELS


def test_fifty_thousand_frames_are_too_many() -> None:
    flaw = flaw_of(endless_gif(), ".gif")
    assert flaw is not None
    assert flaw.code == codes.TOO_MANY_FRAMES
    assert "50,000 frames of 8 × 8 pixels" in flaw.found


def test_the_last_number_of_frames_that_is_accepted_is_accepted() -> None:
    assert flaw_of(endless_gif(MAX_FRAMES), ".gif") is None
    assert code_of(endless_gif(MAX_FRAMES + 1), ".gif") == codes.TOO_MANY_FRAMES


@pytest.mark.parametrize("raw", [b"", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF89a", b"\xff\xd8\xff"])
@pytest.mark.parametrize("ending", FORMATS)
def test_hardly_a_beginning_is_damaged_in_every_format(raw: bytes, ending: str) -> None:
    assert code_of(raw, ending) == codes.DAMAGED


def test_a_file_that_promises_no_picture_has_no_flaws() -> None:
    assert flaw_of(b"anything", ".pdf") is None


@pytest.mark.parametrize("ending", SOUND)
@given(
    edits=st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 40),
)
def test_whatever_happened_to_a_picture_it_is_judged_and_never_fails(
    ending: str, edits: list[tuple[int, int]], cut: int
) -> None:
    raw = bytearray(SOUND[ending])
    for place, value in edits:
        raw[place % len(raw)] = value
    mutated = bytes(raw[: len(raw) - cut])
    flaw_of(mutated, ending)
    try:
        facts = facts_of(mutated)
    except UnreadableError:
        return
    assert facts.width * facts.height > 0


@given(raw=st.binary(max_size=400), ending=st.sampled_from(sorted(FORMATS)))
def test_no_bytes_make_the_walk_fail(raw: bytes, ending: str) -> None:
    starts = {
        ".png": b"\x89PNG\r\n\x1a\n",
        ".gif": b"GIF89a",
        ".jpg": b"\xff\xd8",
        ".webp": b"RIFF",
    }
    flaw_of(starts.get(ending, b"") + raw, ending)
