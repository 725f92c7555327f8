from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.site.pagination import slices_of

sizes = st.integers(1, 12)
lengths = st.integers(0, 100)


def pages(length: int, size: int) -> dict[int, tuple[tuple[int, ...], int | None, int | None]]:
    """Cut a list of numbers, the highest being the newest."""
    entries = tuple(range(length, 0, -1))
    return {
        part.number: (part.entries, part.newer, part.older) for part in slices_of(entries, size)
    }


@given(lengths, sizes)
def test_every_entry_is_on_some_page_and_the_first_address_shows_the_newest(
    length: int, size: int
) -> None:
    found = pages(length, size)
    assert {entry for entries, _, _ in found.values() for entry in entries} == set(
        range(1, length + 1)
    )
    assert found[0][0] == tuple(range(length, 0, -1))[:size]


@given(lengths, sizes)
def test_following_older_from_the_first_address_visits_every_page_and_newer_leads_back(
    length: int, size: int
) -> None:
    found = pages(length, size)
    way, here = [0], found[0][2]
    while here is not None:
        assert found[here][1] == way[-1]
        way.append(here)
        here = found[here][2]
    assert sorted(way) == sorted(found)


@given(lengths, sizes)
def test_a_numbered_page_is_full_and_keeps_its_posts_for_ever(length: int, size: int) -> None:
    before, after = pages(length, size), pages(length + 1, size)
    for number, (entries, _, _) in before.items():
        if number:
            assert len(entries) == size
            assert after[number][0] == entries


@given(lengths, sizes)
def test_a_new_post_changes_two_pages_at_most_and_adds_one_at_most(length: int, size: int) -> None:
    before, after = pages(length, size), pages(length + 1, size)
    changed = [number for number in before if before[number] != after[number]]
    assert len(changed) <= 2
    assert len(after) - len(before) in {0, 1}
