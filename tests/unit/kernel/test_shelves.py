from __future__ import annotations

import pytest

from blognet.kernel.shelves import LostError, Table
from tests.unit.site.rows import Rows


def numbers(rows: Rows | None, *, hot: bool) -> Table[int]:
    return Table(rows, "n", read=int, write=lambda number: str(number).encode(), hot=hot)


@pytest.mark.parametrize("hot", [True, False])
def test_a_table_gives_what_was_set_last_and_says_what_changed(*, hot: bool) -> None:
    rows = Rows()
    rows.put({"n/one": b"1", "n/two": b"2"}, anew=False)
    table = numbers(rows, hot=hot)
    table.set("two", 22)
    table.set("three", 3)
    table.set("one", None)
    assert [table.get(name) for name in ("one", "two", "three", "four")] == [None, 22, 3, None]
    assert dict(table.changes()) == {"n/one": None, "n/two": b"22", "n/three": b"3"}
    assert table.row("two") == b"22"


@pytest.mark.parametrize("hot", [True, False])
def test_without_a_shelf_a_table_is_empty_at_first(*, hot: bool) -> None:
    table = numbers(None, hot=hot)
    assert table.get("one") is None
    table.set("one", 1)
    assert table.get("one") == 1


def test_a_row_that_cannot_be_read_is_lost() -> None:
    rows = Rows()
    rows.put({"n/one": b"uno"}, anew=False)
    with pytest.raises(LostError):
        numbers(rows, hot=True).get("one")
