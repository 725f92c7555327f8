"""What comes out of the cache is what was put in, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from blognet.disk.cache import Cache, open_cache

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_put_in_comes_out_in_the_next_run(tmp_path: Path) -> None:
    with closing(open_cache(tmp_path)) as cache:
        assert cache.put([("one", b"bytes"), ("two", b"")])
    with closing(open_cache(tmp_path)) as cache:
        assert (cache.get("one"), cache.get("two"), cache.get("three")) == (b"bytes", b"", None)
        assert cache.keys() == {"one", "two"}


def test_an_entry_that_was_changed_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    with closing(Cache(path)) as cache:
        cache.put([("one", b"bytes"), ("two", b"other")])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE entry SET bytes = ? WHERE key = 'one'", (b"evil",))
    with closing(Cache(path)) as cache:
        assert (cache.get("one"), cache.get("two")) == (None, b"other")


def test_a_damaged_cache_is_an_empty_one_and_is_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    path.write_bytes(b"this is no database, and long enough to be looked at as one" * 40)
    with closing(Cache(path)) as cache:
        assert (cache.get("one"), cache.keys(), cache.put([("one", b"")])) == (
            None,
            frozenset(),
            False,
        )
    with closing(Cache(path)) as cache:
        assert cache.put([("one", b"bytes")])


def test_without_a_place_nothing_is_kept() -> None:
    assert not Cache(None).put([("one", b"bytes")])
