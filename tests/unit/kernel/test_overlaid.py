"""A mapping laid over another one is the mapping that a copy would be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.overlaid import Overlaid

few = st.dictionaries(st.integers(0, 9), st.integers())


@given(below=few, above=few, without=st.frozensets(st.integers(0, 9)))
def test_what_is_above_counts_and_what_is_taken_out_is_not_there(
    below: dict[int, int], above: dict[int, int], without: frozenset[int]
) -> None:
    copied = {key: value for key, value in below.items() if key not in without} | above
    laid = Overlaid(below, above, without=without)

    assert dict(laid) == copied
    assert len(laid) == len(copied)
    assert {key: key in laid for key in range(10)} == {key: key in copied for key in range(10)}
    assert {key: laid.get(key) for key in range(10)} == {key: copied.get(key) for key in range(10)}


def test_keys_below_keep_their_order_and_new_ones_follow() -> None:
    assert list(Overlaid({"b": 1, "a": 2}, {"c": 3, "a": 4})) == ["b", "a", "c"]
