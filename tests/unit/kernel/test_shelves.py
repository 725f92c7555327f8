from __future__ import annotations

import pytest

from blognet.kernel.shelves import LostError, Table
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
