"""The folders of a record dealt out to leaves: a leaf whose digest stays holds what it held."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from blognet.disk.look import look_at
from blognet.disk.record_changes import read_folders
from blognet.disk.record_leaves import RecordLeaves, digest_of_rows, leaf_of, leaves_in
from blognet.kernel.ids import Kind
from tests.opened_files import let_the_clock_tick, settled_at_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAR = 1 << 62
KEYS = tuple(f"post/{name}" for name in "abcdefgh")


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    for key in (*KEYS, "page/about"):
        (tmp_path / f"record/{key}").mkdir(parents=True)
        (tmp_path / f"record/{key}/one.json").write_text("{}", encoding="utf-8")
    (tmp_path / "record/assets").mkdir()
    with settled_at_once():
        let_the_clock_tick(tmp_path)
        yield tmp_path


def leaves(root: Path) -> RecordLeaves:
    found = leaves_in(look_at(root, ["record"], began=FAR, listed={}))
    assert found is not None
    return found


def test_each_folder_of_a_subject_is_in_the_leaf_of_its_name(root: Path) -> None:
    found = leaves(root)
    assert sorted(one for some in found.folders.values() for one in some) == sorted(
        f"record/{key}" for key in (*KEYS, "page/about")
    )
    for leaf, folders in found.folders.items():
        assert {leaf_of(folder.removeprefix("record/")) for folder in folders} == {leaf}
    assert found.beside == ("record/assets",)
    assert found.keys_of(Kind.PAGE) == ["page/about"]
    assert found.has("record/post/a")
    assert not found.has("record/post/z")
    assert not found.has("record/post")


def _touch(root: Path) -> None:
    (root / "record/post/c/one.json").write_text("[]", encoding="utf-8")


def _touch_in_secret(root: Path) -> None:
    path = root / "record/post/c/one.json"
    facts = path.stat()
    path.write_text("[]", encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _add(root: Path) -> None:
    (root / "record/post/c/two.json").write_text("{}", encoding="utf-8")


def _remove(root: Path) -> None:
    (root / "record/post/c/one.json").unlink()


def _rename(root: Path) -> None:
    (root / "record/post/c/one.json").rename(root / "record/post/c/other.json")


@pytest.mark.parametrize("change", [_touch, _touch_in_secret, _add, _remove, _rename])
def test_whatever_happens_in_a_folder_changes_the_digest_of_its_leaf_alone(
    root: Path, change: object
) -> None:
    before = leaves(root).digests()
    assert callable(change)
    change(root)
    after = leaves(root).digests()
    assert {leaf for leaf in before if after[leaf] != before[leaf]} == {leaf_of("post/c")}


def test_what_is_kept_of_folders_gives_the_digest_that_a_look_gives(root: Path) -> None:
    found = leaves(root)
    digests = found.digests()
    for leaf, folders in found.folders.items():
        read = read_folders(root, folders, began=FAR).marks
        rows = {folder: (read[folder].names, read[folder].marks) for folder in folders}
        assert digest_of_rows(rows) == digests[leaf]


def test_names_that_could_be_one_name_are_left_to_a_walk(root: Path) -> None:
    (root / "record/post/Ko\u0308ln").mkdir()
    assert leaves_in(look_at(root, ["record"], began=FAR, listed={})) is None


def test_accents_in_the_common_encoding_are_names_like_others(root: Path) -> None:
    (root / "record/post/k\u00f6ln").mkdir()
    assert leaves(root).has("record/post/k\u00f6ln")


def test_a_record_that_is_not_there_has_no_leaves(tmp_path: Path) -> None:
    assert leaves_in(look_at(tmp_path, ["record"], began=FAR, listed={})) is None
    assert leaves_in(None) is None
