"""Images: those of other hosts, and those that say nothing to people who cannot see them."""

from __future__ import annotations

import pytest

from tests.unit.moderation.check_texts import HEAD, found

REMOTE = "https://img.example.com/a.png"


def test_an_image_of_a_host_that_is_not_listed_is_reported_at_its_address() -> None:
    text = f"{HEAD}One.\n![A clock]({REMOTE})\n"
    assert found("remote-images", text) == ((7, 12, REMOTE),)
    assert found("remote-images", text, hosts=("img.example.com",)) == ()
    assert found("remote-images", text, hosts=("*.example.com",)) == ()


def test_the_image_of_the_front_matter_counts_too() -> None:
    text = HEAD.replace("authors:", f"image: {REMOTE}\nimage_alt: A clock\nauthors:") + "Hi.\n"
    assert found("remote-images", text) == ((3, 8, REMOTE),)


def test_sound_and_film_of_the_front_matter_count_too() -> None:
    address = "https://cdn.example.com/ep.mp3"
    lines = f"media: {address}\nmedia_length: 42\nauthors:"
    text = HEAD.replace("authors:", lines) + "Hi.\n"
    assert found("remote-images", text) == ((3, 8, address),)
    assert found("remote-images", text, hosts=("cdn.example.com",)) == ()


def test_a_local_image_is_no_remote_one() -> None:
    assert found("remote-images", f"{HEAD}![A clock](a.png)\n") == ()


@pytest.mark.parametrize(
    "image",
    [
        "![](a.png)",
        "![ ](a.png)",
        '<img src="a.png">',
        "![a.png](a.png)",
        "![IMG_2041](IMG_2041.jpg)",
        '<img src="DSC00042.jpg" alt="dsc00042.jpg">',
    ],
)
def test_an_image_without_words_of_its_own_is_reported(image: str) -> None:
    ((line, column, words),) = found("alt-text", f"{HEAD}{image}\n")
    assert line == 6
    assert column > 1
    assert words in image


@pytest.mark.parametrize(
    "image",
    ["![A clock](a.png)", '<img src="a.png" alt="">', "![clock](clock.png)", "`![](a.png)`"],
)
def test_an_image_with_words_or_that_says_it_is_decoration_is_let_pass(image: str) -> None:
    assert found("alt-text", f"{HEAD}{image}\n") == ()


def test_the_post_s_image_needs_words() -> None:
    text = HEAD.replace("authors:", "image: a.png\nauthors:") + "Hi.\n"
    assert found("alt-text", text) == ((3, 8, "a.png"),)
    with_words = text.replace("authors:", "image_alt: A clock\nauthors:")
    assert found("alt-text", with_words) == ()
