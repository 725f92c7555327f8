"""The posts that have a word are those of a plain mapping, however their names are cut into rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.shelves import LostError
from blognet.site.postings import Postings
from tests.unit.site.rows import Rows

NAMES = st.sets(st.integers(0, 60).map("post/p{:02}".format), max_size=12)
STEPS = st.lists(st.tuples(st.sampled_from(("rope", "bell")), NAMES, NAMES), max_size=12)


def kept(postings: Postings, rows: Rows) -> None:
    rows.put(dict(postings.changes()), anew=False)


@given(steps=STEPS, most=st.integers(1, 8))
def test_whatever_comes_and_goes_the_names_are_those_of_a_plain_mapping(
    steps: list[tuple[str, set[str], set[str]]], most: int
) -> None:
    rows, plain = Rows(), dict[str, set[str]]()
    for word, gone, come in steps:
        postings = Postings(rows, "kin./having", most=most)
        names = plain.get(word, set())
        more = come - (names - gone)
        there = names - gone | more
        said = postings.change(word, gone=sorted(gone), come=sorted(more))
        assert said == (len(names), len(there))
        plain[word] = there
        kept(postings, rows)
        again = Postings(rows, "kin./having", most=most)
        assert {each: again.names_with(each) for each in plain} == plain
        assert {each: again.number_of(each) for each in plain} == {
            each: len(some) for each, some in plain.items()
        }


def test_a_name_more_reads_and_writes_as_many_names_as_fit_a_row() -> None:
    rows = Rows()
    first = Postings(rows, "kin./having", most=8)
    first.change("rope", come=[f"post/p{number:03}" for number in range(400)])
    kept(first, rows)
    rows.read, rows.written = [], []
    second = Postings(rows, "kin./having", most=8)
    assert second.change("rope", come=["post/p200-b"]) == (400, 401)
    kept(second, rows)
    assert (len(rows.read), len(rows.written)) == (2, 2)


def test_names_that_all_come_at_the_end_are_cut_again() -> None:
    rows = Rows()
    postings = Postings(rows, "kin./having", most=4)
    for number in range(100):
        postings.change("rope", come=[f"post/p{number:03}"])
    kept(postings, rows)
    pieces = [raw for key, raw in rows.kept.items() if "/having/" in key]
    assert len(pieces) >= 100 // 4
    assert Postings(rows, "kin./having", most=4).number_of("rope") == 100


def test_a_piece_that_is_damaged_is_noticed() -> None:
    rows = Rows()
    postings = Postings(rows, "kin./having", most=2)
    postings.change("rope", come=["post/a", "post/b", "post/c"])
    kept(postings, rows)
    rows.kept["kin./having-pieces/rope"] = b"["
    with pytest.raises(LostError):
        Postings(rows, "kin./having", most=2).number_of("rope")
