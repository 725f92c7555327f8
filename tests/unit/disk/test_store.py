from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.disk.store import open_store
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = sha256_hex(b"one"), sha256_hex(b"two")


def test_what_was_put_is_there_for_whoever_opens_the_store_again(tmp_path: Path) -> None:
    open_store(tmp_path, "pictures").put(ONE, b"bytes")
    again = open_store(tmp_path, "pictures")
    assert (again.get(ONE), again.get(TWO)) == (b"bytes", None)
    assert (again.has(ONE), again.has(TWO)) == (True, False)
    assert open_store(tmp_path, "others").get(ONE) is None


def test_a_damaged_entry_is_as_good_as_none(tmp_path: Path) -> None:
    store = open_store(tmp_path, "pictures")
    store.put(ONE, b"bytes")
    (place,) = (
        path for path in (tmp_path / ".blognet/cache/pictures").rglob("*") if path.is_file()
    )
    for raw in (b"", place.read_bytes()[:-1], place.read_bytes() + b"x", b"other"):
        place.write_bytes(raw)
        assert store.get(ONE) is None


def test_nothing_is_kept_but_what_is_named(tmp_path: Path) -> None:
    store = open_store(tmp_path, "pictures")
    for digest in (ONE, TWO):
        store.put(digest, b"bytes")
    store.keep_only([TWO])
    assert (store.get(ONE), store.get(TWO)) == (None, b"bytes")


def test_without_a_place_to_keep_things_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / ".blognet").write_text("in the way")
    store = open_store(tmp_path, "pictures")
    store.put(ONE, b"bytes")
    store.keep_only([])
    assert (store.get(ONE), store.has(ONE)) == (None, False)
