"""What comes off the shelf is what was put there by the same program, or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from blognet.disk.kept import forget_everything
from blognet.disk.shelf import FILE, DiskShelf, open_shelf
from blognet.kernel.shelves import LostError

if TYPE_CHECKING:
    from pathlib import Path


def shelf(path: Path, like: str = "this program") -> DiskShelf:
    opened = DiskShelf(path)
    opened.claim(like)
    return opened


def test_rows_come_back_in_the_next_run_and_those_set_to_nothing_are_gone(tmp_path: Path) -> None:
    with closing(shelf(tmp_path / "rows")) as rows:
        rows.put({"a/one": b"1", "a/two": b"2", "b/one": b"3"}, anew=False)
        rows.put({"a/one": None}, anew=False)
    with closing(shelf(tmp_path / "rows")) as rows:
        assert [rows.get(key) for key in ("a/one", "a/two", "b/one")] == [None, b"2", b"3"]


def test_rows_put_anew_replace_those_of_the_same_place_and_no_others(tmp_path: Path) -> None:
    with closing(shelf(tmp_path / "rows")) as rows:
        rows.put({"a/one": b"1", "a.b/one": b"2", "b/one": b"3"}, anew=False)
        rows.put({"a/two": b"4"}, anew=True)
        found = [rows.get(key) for key in ("a/one", "a/two", "a.b/one", "b/one")]
    assert found == [None, b"4", b"2", b"3"]


def test_rows_of_another_program_are_not_seen_and_go_when_something_is_put(tmp_path: Path) -> None:
    with closing(shelf(tmp_path / "rows", "an older program")) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    with closing(shelf(tmp_path / "rows")) as rows:
        assert rows.get("a/one") is None
        rows.put({"a/two": b"2"}, anew=False)
    with closing(shelf(tmp_path / "rows", "an older program")) as rows:
        assert (rows.get("a/one"), rows.get("a/two")) == (None, None)


def test_a_shelf_that_somebody_wrote_to_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path)) as rows:
        rows.put({"a/one": b"1", "a/two": b"2"}, anew=False)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM kept WHERE key = 'a/two'")
    with closing(shelf(path)) as rows:
        assert (rows.get("a/one"), rows.get("a/two")) == (None, None)


def test_a_shelf_that_was_copied_from_elsewhere_is_an_empty_one(tmp_path: Path) -> None:
    with closing(shelf(tmp_path / "rows")) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    shutil.copytree(tmp_path, tmp_path / "copy")
    with closing(shelf(tmp_path / "copy" / "rows")) as rows:
        assert rows.get("a/one") is None


def test_a_run_that_is_killed_while_it_keeps_leaves_an_empty_shelf(tmp_path: Path) -> None:
    with closing(shelf(tmp_path / "rows")) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    killed = shelf(tmp_path / "rows")
    killed.put({"a/two": b"2"}, anew=False)
    with closing(shelf(tmp_path / "rows")) as rows:
        assert (rows.get("a/one"), rows.get("a/two")) == (None, None)
    killed.close()


def test_a_row_that_was_changed_or_moved_while_it_was_open_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path)) as rows:
        rows.put({"a/one": b"1", "a/two": b"2", "a/three": b"3"}, anew=False)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE kept SET bytes = ? WHERE key = 'a/one'", (b"evil",))
            database.execute("DELETE FROM kept WHERE key = 'a/three'")
            database.execute("UPDATE kept SET key = 'a/three' WHERE key = 'a/two'")
        for key in ("a/one", "a/three"):
            with pytest.raises(LostError):
                rows.get(key)


def test_a_damaged_shelf_is_an_empty_one_and_is_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(b"this is no database, and long enough to be looked at as one" * 40)
    with closing(shelf(path)) as rows:
        assert rows.get("a/one") is None
        rows.put({"a/one": b"1"}, anew=False)
    with closing(shelf(path)) as rows:
        assert rows.get("a/one") == b"1"


def test_what_is_forgotten_of_texts_is_forgotten_of_their_words(tmp_path: Path) -> None:
    with closing(open_shelf(tmp_path)) as rows:
        rows.claim("this program")
        rows.put({"a/one": b"purged"}, anew=False)
    (kept,) = tmp_path.rglob(FILE)
    forget_everything(tmp_path)
    assert [path for path in kept.parent.iterdir() if path.is_file()] == []


def test_a_shelf_that_was_cleared_has_no_rows_and_takes_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path)) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    with closing(shelf(path)) as rows:
        rows.clear()
        assert rows.get("a/one") is None
        rows.put({"a/two": b"2"}, anew=False)
    with closing(shelf(path)) as rows:
        assert (rows.get("a/one"), rows.get("a/two")) == (None, b"2")


def copied(path: Path, like: str = "this program") -> DiskShelf:
    copy = DiskShelf.copy_of(path)
    copy.claim(like)
    return copy


def test_a_copy_holds_the_rows_as_they_were_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path)) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    with closing(copied(path)) as copy:
        with closing(shelf(path)) as rows:
            rows.put({"a/one": b"2"}, anew=False)
        assert copy.get("a/one") == b"1"
        path.unlink()
        assert copy.get("a/one") == b"1"


def test_a_copy_changes_nothing_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path)) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    with closing(copied(path)) as copy:
        copy.put({"a/one": b"2"}, anew=False)
        assert copy.get("a/one") == b"2"
    with closing(shelf(path)) as rows:
        assert rows.get("a/one") == b"1"


def test_there_is_nothing_to_copy_while_somebody_writes_and_nothing_is_thrown_away(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path)) as rows:
        rows.put({"a/one": b"1"}, anew=False)
        with closing(copied(path)) as copy:
            assert copy.get("a/one") is None
        assert rows.get("a/one") == b"1"
    with closing(shelf(path)) as rows:
        assert rows.get("a/one") == b"1"


@pytest.mark.parametrize(
    "kept", [b"", b"this is no database, and long enough to be looked at" * 40]
)
def test_a_file_that_is_damaged_or_another_programs_gives_an_empty_copy(
    tmp_path: Path, kept: bytes
) -> None:
    path = tmp_path / "rows"
    with closing(shelf(path, like="another program")) as rows:
        rows.put({"a/one": b"1"}, anew=False)
    with closing(copied(path)) as copy:
        assert copy.get("a/one") is None
    path.write_bytes(kept)
    with closing(copied(path)) as copy:
        assert copy.get("a/one") is None
    assert path.read_bytes() == kept
