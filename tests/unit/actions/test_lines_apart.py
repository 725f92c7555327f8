"""Lists of lines that are mostly the same are compared without being taken apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.actions.kept_live import lines_apart

LINES = st.sets(st.text("ab", max_size=4).map(str.encode), max_size=8)


@given(LINES, LINES)
def test_it_tells_what_a_comparison_of_all_lines_tells(one: set[bytes], other: set[bytes]) -> None:
    before, now = (b"\n".join(sorted(lines)) for lines in (one, other))
    old, new = (set(lines.split(b"\n")) for lines in (before, now))
    assert lines_apart(before, now) == (frozenset(old - new), frozenset(new - old))


def test_one_line_among_many_is_found_with_the_one_that_took_its_place() -> None:
    lines = [b"post/%05d" % number for number in range(5_000)]
    others = [*lines[:2_000], b"post/02000 again", *lines[2_001:]]
    found = lines_apart(b"\n".join(lines), b"\n".join(others))
    assert found == (frozenset({b"post/02000"}), frozenset({b"post/02000 again"}))
