"""How long a text takes to read, whatever it is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.markup import count_words, reading_minutes


def minutes(text: str) -> int:
    return reading_minutes(text, words=count_words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("word " * 220, 1),
        ("word " * 2200, 10),
        ("größer " * 2200, 10),
        ("時計塔の鐘が鳴る。" * 625, 10),
        ("钟楼的钟声响了。" * 714, 10),
        ("시계탑의 종이 울린다. " * 556, 10),
        ("塔" * 2500 + " word" * 1100, 10),
        ("word " * 2200 + "塔", 10),
    ],
)
def test_han_kana_and_hangul_are_read_by_characters_and_the_rest_by_words(
    text: str, expected: int
) -> None:
    assert minutes(text) == expected


@given(st.text(max_size=200), st.integers(1, 40))
def test_a_longer_text_never_takes_less_time(text: str, times: int) -> None:
    assert 1 <= minutes(text) <= minutes("\n".join([text] * times))
