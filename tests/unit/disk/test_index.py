"""The index: rows by section and place, for one key; whatever is wrong with the file, it is as if there were none."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from blognet.disk import index as index_module
from blognet.disk.index import Index, Row
from blognet.disk.marks import NO_MARK, Folders, folder_mark, is_settled, mark_of, packed

if TYPE_CHECKING:
    from pathlib import Path

ROW = Row("a\n", b"\0\1", "said")
FILE = ".blognet/index.sqlite3"


def index(root: Path, key: str = "one") -> Index:
    return Index(root=root, key=key)


def test_a_row_is_there_for_the_next_run(tmp_path: Path) -> None:
    index(tmp_path).keep("record", {"x": ROW, "y": ROW})
    index(tmp_path).keep("record", {"x": Row("a\n", b"\2", "else")}, gone=["y"])
    assert index(tmp_path).rows("record") == {"x": Row("a\n", b"\2", "else")}
    assert index(tmp_path).rows("sources") == {}


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    assert index(tmp_path).rows("record") == {}
    assert list(tmp_path.iterdir()) == []


def test_rows_of_another_key_are_not_seen_and_go_when_one_is_kept(tmp_path: Path) -> None:
    index(tmp_path).keep("record", {"x": ROW})
    assert index(tmp_path, "two").rows("record") == {}
    index(tmp_path, "two").keep("record", {"y": ROW})
    assert index(tmp_path, "two").rows("record") == {"y": ROW}
    assert index(tmp_path).rows("record") == {}


@pytest.mark.parametrize("raw", [b"", b"no index", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_broken_file_is_as_none_and_makes_way(tmp_path: Path, raw: bytes) -> None:
    index(tmp_path).keep("record", {"x": ROW})
    (tmp_path / FILE).write_bytes(raw)
    assert index(tmp_path).rows("record") == {}
    both = index(tmp_path)
    both.rows("record")
    both.keep("record", {"y": ROW})
    assert index(tmp_path).rows("record") == {"y": ROW}


def test_a_table_of_somebody_else_makes_way(tmp_path: Path) -> None:
    (tmp_path / ".blognet").mkdir()
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("CREATE TABLE about (format INTEGER, key TEXT)")
        other.execute("INSERT INTO about VALUES (2, 'one')")
        other.execute("CREATE TABLE rows (secrets TEXT)")
    both = index(tmp_path)
    assert both.rows("record") == {}
    both.keep("record", {"y": ROW})
    assert index(tmp_path).rows("record") == {"y": ROW}


def test_a_row_with_values_of_another_sort_is_left_out(tmp_path: Path) -> None:
    index(tmp_path).keep("record", {"x": ROW, "y": ROW})
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("UPDATE rows SET marks = 'text' WHERE place = 'x'")
    assert index(tmp_path).rows("record") == {"y": ROW}


def test_a_row_that_is_not_what_was_written_is_left_out(tmp_path: Path) -> None:
    index(tmp_path).keep("record", {"x": ROW, "y": ROW, "z": ROW})
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("UPDATE rows SET said = 'sage' WHERE place = 'x'")
        other.execute("UPDATE rows SET checked = 'sage' WHERE place = 'z'")
    assert index(tmp_path).rows("record") == {"y": ROW}
    assert index(tmp_path).rows_at("record", ["x", "y"]) == {"y": ROW}


def test_a_folder_in_its_place_is_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir(parents=True)
    index(tmp_path).keep("record", {"x": ROW})
    assert index(tmp_path).rows("record") == {}


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / ".blognet").mkdir()
    (tmp_path / FILE).symlink_to(elsewhere)
    index(tmp_path).keep("record", {"x": ROW})
    assert not elsewhere.exists()
    assert index(tmp_path).rows("record") == {"x": ROW}


def test_a_writer_that_holds_the_file_costs_the_row_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.disk.index.PATIENCE", 0)
    index(tmp_path).keep("record", {"x": ROW})
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        busy = index(tmp_path)
        assert busy.rows("record") == {}
        busy.keep("record", {"y": ROW})
        other.execute("ROLLBACK")
    assert index(tmp_path).rows("record") == {"x": ROW}


def test_who_cannot_keep_rows_can_still_read_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.disk.index.PATIENCE", 0)
    index(tmp_path).keep("record", {"x": ROW})
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        busy = index(tmp_path)
        busy.keep("record", {"y": ROW})
        assert busy.rows("record") == {"x": ROW}
        other.execute("ROLLBACK")


def test_rows_that_come_under_another_key_while_somebody_reads_are_not_taken_for_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.disk.index.PATIENCE", 0)
    index(tmp_path).keep("record", {"x": ROW})
    real, others = index_module._connected, [index(tmp_path, "two")]  # noqa: SLF001  # between two questions

    class Slow(sqlite3.Connection):
        def execute(self, sql: str, /, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401  # as the real one
            if "FROM rows" in sql and others:
                others.pop().keep("record", {"y": ROW})
            return super().execute(sql, *values)

    def slow(path: str, *, mode: str) -> sqlite3.Connection:
        return (
            real(path, mode=mode)
            if mode != "ro"
            else sqlite3.connect(path, factory=Slow, isolation_level=None)
        )

    monkeypatch.setattr(index_module, "_connected", slow)
    assert index(tmp_path).rows("record") in ({}, {"x": ROW})
    assert not others


def test_a_young_file_has_no_mark_that_can_be_relied_on() -> None:
    began = time.time_ns()
    assert not is_settled((1, began, 0, 1), began)
    assert not is_settled((1, 0, began, 1), began)
    assert is_settled((1, began - 10**9 - 1, began - 10**9 - 1, 1), began)
    whole_seconds = began // 10**9 * 10**9 - 10**9
    assert not is_settled((1, whole_seconds, whole_seconds, 1), began)


def test_a_folder_is_as_before_until_a_file_comes_or_changes(tmp_path: Path) -> None:
    folder = tmp_path / "record" / "post" / "hello"
    folder.mkdir(parents=True)
    (folder / "a.json").write_bytes(b"{}")

    def is_as_before(marks: bytes) -> bool:
        return Folders(str(tmp_path)).is_as_before("record/post/hello", "a.json\n", marks)

    here = (folder_mark(folder.stat()), mark_of((folder / "a.json").stat()))
    assert is_as_before(packed(here))
    size, changed, status, number = here[1]
    for other in (
        (size + 1, changed, status, number),
        (size, changed, status - 1, number),
        NO_MARK,
    ):
        assert not is_as_before(packed((here[0], other)))
    assert not is_as_before(packed((NO_MARK, here[1])))
    (folder / "a.json").unlink()
    assert not is_as_before(packed(here))


def test_a_time_beyond_all_files_is_no_mark() -> None:
    assert packed(((1, 1 << 64, 0, 1),)) == b""
