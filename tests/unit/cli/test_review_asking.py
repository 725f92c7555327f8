"""Words of a source as a person types them."""

from __future__ import annotations

import pytest

from blognet.cli.mayor.review_asking import words_of_source

SOURCE = "Boats float on\nthe water. They  float.\n"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("float on", "float on"),
        ("float on the water", "float on\nthe water"),
        ("They float", "They  float"),
        ("float", "float"),  # several: the request says so
        ("sink", "sink"),
        (" ", " "),
    ],
)
def test_a_line_break_is_where_a_blank_was_typed(typed: str, found: str) -> None:
    assert words_of_source(SOURCE, typed) == found
