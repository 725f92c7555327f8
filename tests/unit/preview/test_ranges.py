"""Byte ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.preview.ranges import UnsatisfiableError, range_of


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=990-2000", (990, 999)),
        ("bytes=5-", (5, 999)),
        ("bytes=-10", (990, 999)),
        ("bytes=-5000", (0, 999)),
        ("bytes=9-3", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_a_range_is_read_as_the_standard_says(
    header: str, expected: tuple[int, int] | None
) -> None:
    assert range_of(header, 1000) == expected


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=-0"])
def test_a_range_behind_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(UnsatisfiableError):
        range_of(header, 1000)


@given(header=st.from_regex(r"bytes=\d{0,5}-\d{0,5}", fullmatch=True), size=st.integers(0, 9999))
def test_a_range_never_leads_out_of_the_file(header: str, size: int) -> None:
    try:
        found = range_of(header, size)
    except UnsatisfiableError:
        return
    assert found is None or 0 <= found[0] <= found[1] < size
