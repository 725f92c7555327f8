"""A post is put into the bytes of a file as if the file had been written with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.shelves import LostError
from blognet.render.search_postings import (
    add_to,
    file_of_words,
    nothing_found,
    read_file,
    spliced,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Worths = Mapping[str, Mapping[int, int]]

words = st.sampled_from(["a", "ab", "abc", "b", "1", "10", "köln", "時計", "ﻻ"])
numbers = st.integers(0, 400)
files = st.dictionaries(words, st.dictionaries(numbers, st.integers(1, 24), min_size=1))


def written(found: Worths) -> bytes:
    gathered = nothing_found()
    for number in sorted({number for worths in found.values() for number in worths}):
        here = {word: worths[number] for word, worths in found.items() if number in worths}
        add_to(gathered, number, here)
    return file_of_words(gathered, list(gathered))


def changed(before: Worths, after: Worths) -> dict[str, dict[int, int]]:
    """Return what differs."""
    changes: dict[str, dict[int, int]] = {}
    for word in before.keys() | after.keys():
        old, new = before.get(word, {}), after.get(word, {})
        found = {
            number: new.get(number, 0)
            for number in old.keys() | new.keys()
            if old.get(number) != new.get(number)
        }
        if found:
            changes[word] = found
    return changes


@given(files)
def test_what_is_written_is_read_back_sorted(found: dict[str, dict[int, int]]) -> None:
    read = read_file(written(found))
    assert read == found
    assert list(read) == sorted(found)
    assert all(list(worths) == sorted(worths, reverse=True) for worths in read.values())


@given(files, files)
def test_any_file_becomes_any_other(
    before: dict[str, dict[int, int]], after: dict[str, dict[int, int]]
) -> None:
    assert spliced(written(before), changed(before, after)) == written(after)


@pytest.mark.parametrize("number", [0, 1, 500, 1233, 1234, 1235, 5000])
def test_one_post_among_many_is_put_in_and_taken_out(number: int) -> None:
    before = {"bell": {at: 1 + at % 3 for at in range(0, 2466, 2)}, "rope": {3: 1}}
    after = {"bell": {**before["bell"], number: 9}, "rope": {3: 1}}
    raw = spliced(written(before), {"bell": {number: 9}})
    assert raw == written(after)
    assert spliced(raw, changed(after, before)) == written(before)


@pytest.mark.parametrize("raw", [b"", b"{", b'{"bell":[1]}\n', b'{"bell":[x,1]}\n', b"[]\n"])
def test_what_is_no_such_file_is_lost(raw: bytes) -> None:
    with pytest.raises(LostError):
        spliced(raw, {"bell": {1: 0}})


def test_a_post_that_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(LostError):
        spliced(written({"bell": {1: 2}}), {"bell": {2: 0}})
