from __future__ import annotations

import pytest

from blognet.kernel.shelves import LostError, MemoryShelf, Table
from tests.unit.site.rows import Rows


def numbers(rows: Rows | None, *, hot: bool) -> Table[int]:
    return Table(rows, "n", read=int, write=lambda number: str(number).encode(), hot=hot)


@pytest.mark.parametrize("hot", [True, False])
def test_a_table_gives_what_was_set_last_and_says_what_changed(*, hot: bool) -> None:
    rows = Rows()
    before = numbers(rows, hot=hot)
    before.set("one", 1)
    before.set("two", 2)
    rows.put(dict(before.changes()), anew=False)
    table = numbers(rows, hot=hot)
    table.set("two", 22)
    table.set("three", 3)
    table.set("one", None)
    assert [table.get(name) for name in ("one", "two", "three", "four")] == [None, 22, 3, None]
    rows.put(dict(table.changes()), anew=False)
    assert sorted(rows.kept) == ["n/three", "n/two"]
    after = numbers(rows, hot=hot)
    assert [after.get(name) for name in ("one", "two", "three")] == [None, 22, 3]


@pytest.mark.parametrize("hot", [True, False])
def test_without_a_shelf_a_table_is_empty_at_first(*, hot: bool) -> None:
    table = numbers(None, hot=hot)
    assert table.get("one") is None
    table.set("one", 1)
    assert table.get("one") == 1


@pytest.mark.parametrize("hot", [True, False])
def test_a_row_that_cannot_be_read_is_lost(*, hot: bool) -> None:
    rows = Rows()
    rows.put({"n/one": b"uno"}, anew=False)
    with pytest.raises(LostError):
        numbers(rows, hot=hot).get("one")


def test_a_shelf_over_another_gives_its_rows_and_leaves_them_as_they_are() -> None:
    below = Rows()
    below.put({"a/one": b"1", "a/two": b"2"}, anew=False)
    above = MemoryShelf(below)
    above.put({"a/one": b"11", "a/two": None}, anew=False)
    assert [above.get(key) for key in ("a/one", "a/two", "a/three")] == [b"11", None, None]
    assert below.kept == {"a/one": b"1", "a/two": b"2"}


def test_rows_that_are_put_anew_hide_all_of_the_same_kind_below() -> None:
    below = Rows()
    below.put({"a/one": b"1", "b/one": b"1"}, anew=False)
    above = MemoryShelf(below)
    above.put({"a/two": b"2"}, anew=True)
    assert [above.get(key) for key in ("a/one", "a/two", "b/one")] == [None, b"2", b"1"]


def test_a_copy_of_a_shelf_changes_by_itself() -> None:
    shelf = MemoryShelf()
    shelf.put({"a/one": b"1", "a/two": b"2"}, anew=False)
    copy = shelf.copy()
    copy.put({"a/two": b"22"}, anew=True)
    shelf.put({"a/one": b"11"}, anew=False)
    assert [shelf.get(key) for key in ("a/one", "a/two")] == [b"11", b"2"]
    assert [copy.get(key) for key in ("a/one", "a/two")] == [None, b"22"]
