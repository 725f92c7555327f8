"""Pages that stay the same when a list gets other entries need not be made to know it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.site.pagination import slices_of, staying


@given(st.integers(0, 30), st.integers(0, 30), st.sets(st.integers(0, 40)), st.integers(1, 5))
def test_pages_that_stay_are_the_same_in_both_lists(
    many: int, more: int, others: set[int], size: int
) -> None:
    objects = [object() for _ in range(many)]
    before = tuple(objects)
    now = tuple(
        [object() for _ in range(more)]
        + [object() if number in others else one for number, one in enumerate(objects)]
    )
    pairs = enumerate(zip(reversed(before), reversed(now), strict=False))
    shorter = min(len(before), len(now))
    behind = next((place for place, (one, other) in pairs if one is not other), shorter)
    beyond = staying(len(before), len(now), behind, size)
    whole = [{part.number: part for part in slices_of(each, size)} for each in (before, now)]
    for number in range(1, beyond + 1):
        assert whole[0][number] == whole[1][number]
    for each, pages in zip((before, now), whole, strict=True):
        cut = {part.number: part for part in slices_of(each, size, beyond=beyond)}
        assert cut == {number: part for number, part in pages.items() if not 0 < number <= beyond}


def test_one_more_entry_leaves_all_but_the_newest_pages_out() -> None:
    assert staying(1000, 1001, 1000, 10) == 98
