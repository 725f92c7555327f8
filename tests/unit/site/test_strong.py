"""What is said of the posts with a word is that of a plain mapping, and nothing is of a word that is common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.site.strong import COMMON, Strong, length_in, packed, weight_in
from tests.unit.site.rows import Rows

NAMES = st.sets(st.integers(0, 2 * COMMON).map("post/p{:03}".format), max_size=2 * COMMON)
STEPS = st.lists(st.tuples(NAMES, NAMES, st.integers(1, 9_000)), min_size=1, max_size=6)


@given(steps=STEPS)
def test_whatever_comes_and_goes_a_row_says_what_a_plain_mapping_does(
    steps: list[tuple[set[str], set[str], int]],
) -> None:
    rows, plain = Rows(), dict[str, int]()
    for gone, come, weight in steps:
        more = {name: packed(weight, 2 * weight) for name in come}
        before = dict(plain)
        plain = {name: said for name, said in plain.items() if name not in gone - come} | more
        strong = Strong(rows, "kin.")
        found = strong.change("rope", gone=gone - come, come=more, said_of=plain.__getitem__)
        rows.put(dict(strong.changes()), anew=False)
        visible = [each for each in (before, plain) if len(each) <= COMMON]
        assert found == {name for each in visible for name in each}
        kept = Strong(rows, "kin.").of("rope")
        assert kept == (plain if len(plain) <= COMMON else {})


def test_weight_and_length_come_back_from_the_number_that_holds_both() -> None:
    said = packed(13_000, 64_000)
    assert (weight_in(said), length_in(said)) == (13_000, 64_000)
