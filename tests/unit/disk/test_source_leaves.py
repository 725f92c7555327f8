"""The files of the sources dealt out to leaves: a leaf whose digest stays holds what it held."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from blognet.disk.look import look_at
from blognet.disk.network import SOURCE_FOLDERS
from blognet.disk.source_leaves import SourceLeaves, source_leaves
from tests.opened_files import let_the_clock_tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = (
    "authors/ann.md",
    "pages/about.md",
    "posts/_draft/x.md",
    "posts/_x.md",
    "posts/ann/a.md",
    "posts/ann/b.md",
    "posts/ann/c.md",
    "posts/ann/.hidden.md",
    "posts/trip/index.de.md",
    "posts/trip/index.md",
    "posts/trip/far/index.md",
    "posts/trip/far/photo.png",
    "posts/index.md",
    "posts/not/indexed/one.md",
    "queue/one.md",
    "queue/index-of-all.md",
)
UNITS = {
    "pages/about.md": ["pages/about.md"],
    "posts/ann/a.md": ["posts/ann/a.md"],
    "posts/ann/b.md": ["posts/ann/b.md"],
    "posts/ann/c.md": ["posts/ann/c.md"],
    "posts/index.md": ["posts/index.md"],
    "posts/not/indexed/one.md": ["posts/not/indexed/one.md"],
    "posts/trip": [
        "posts/trip/far/index.md",
        "posts/trip/far/photo.png",
        "posts/trip/index.de.md",
        "posts/trip/index.md",
    ],
    "queue/index-of-all.md": ["queue/index-of-all.md"],
    "queue/one.md": ["queue/one.md"],
}
NOTHING = ("posts/none.md", "posts/trip/far", "posts/trip/index.md", "posts/ann", "posts", "x")
NO_UNITS = (*NOTHING, "posts/_x.md", "posts/_draft/x.md", "posts/ann/.hidden.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in FILES:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("text", encoding="utf-8")
    return tmp_path


@pytest.fixture(params=[0, 2, 256], autouse=True)
def crowd(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blognet.disk.source_leaves.CROWD", request.param)


def dealt(root: Path) -> SourceLeaves | None:
    look = look_at(root, SOURCE_FOLDERS, began=0, listed={})
    return source_leaves(look, ("en", "de"))


def leaves(root: Path) -> SourceLeaves:
    found = dealt(root)
    assert found is not None
    return found


def test_each_unit_is_in_the_leaf_of_its_place_with_its_files(root: Path) -> None:
    found = leaves(root)
    units: dict[str, list[str]] = {}
    for leaf in found.digests():
        for unit, seen in found.units(leaf).items():
            assert found.leaf_of(unit) == leaf
            assert found.seen(unit) == seen
            units[unit] = [path for path, _ in seen]
    assert units == UNITS


@pytest.mark.parametrize("unit", NO_UNITS)
def test_what_is_no_unit_has_no_files(root: Path, unit: str) -> None:
    assert leaves(root).seen(unit) == ()


def test_a_file_is_found_in_its_unit_and_units_in_their_folders(root: Path) -> None:
    found = leaves(root)
    assert all(found.unit_at(path) == unit for unit, paths in UNITS.items() for path in paths)
    assert found.unit_at("authors/ann.md") == "authors"
    for folder in ("posts", "posts/ann", "posts/not", "queue", "none", "post"):
        inside = sorted(unit for unit in UNITS if unit.startswith(f"{folder}/"))
        assert sorted(found.below(folder)) == inside


def _in_place(root: Path) -> str:
    path = root / "posts/ann/b.md"
    facts = path.stat()
    path.write_text("TEXT", encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    return "posts/ann/b.md"


def _in_bundle(root: Path) -> str:
    (root / "posts/trip/far/photo.png").write_text("other", encoding="utf-8")
    return "posts/trip"


def _come(root: Path) -> str:
    (root / "posts/ann/d.md").write_text("text", encoding="utf-8")
    return "posts/ann/d.md"


def _gone(root: Path) -> str:
    (root / "queue/one.md").unlink()
    return "queue/one.md"


def _renamed(root: Path) -> str:
    (root / "posts/not/indexed/one.md").rename(root / "posts/not/indexed/two.md")
    return "posts/not/indexed/one.md"


@pytest.mark.parametrize("change", [_in_place, _in_bundle, _come, _gone, _renamed])
def test_a_change_is_seen_in_the_leaf_of_the_unit(
    root: Path, change: Callable[[Path], str]
) -> None:
    before = leaves(root).digests()
    let_the_clock_tick(root)
    unit = change(root)
    found = leaves(root)
    leaf, now = found.leaf_of(unit), found.digests()
    assert before.get(leaf) != now.get(leaf)


def test_leaves_in_which_nothing_changed_keep_their_digests(root: Path) -> None:
    before = leaves(root).digests()
    let_the_clock_tick(root)
    (root / "posts/ann/b.md").write_text("Other text.", encoding="utf-8")
    found = leaves(root)
    now, leaf = found.digests(), found.leaf_of("posts/ann/b.md")
    assert {one: now[one] for one in now if one != leaf} == {
        one: before[one] for one in before if one != leaf
    }


def test_a_folder_that_becomes_a_bundle_is_a_unit_and_noticed(root: Path) -> None:
    before = leaves(root).digests()
    let_the_clock_tick(root)
    (root / "posts/ann/index.md").write_text("text", encoding="utf-8")
    found = leaves(root)
    assert [path for path, _ in found.seen("posts/ann")] == [
        f"posts/ann/{name}.md" for name in ("a", "b", "c", "index")
    ]
    leaf = found.leaf_of("posts/ann")
    assert found.digests()[leaf] != before.get(leaf)


def _link(root: Path) -> None:
    (root / "posts/ann/link.md").symlink_to("b.md")


def _accents(root: Path) -> None:
    (root / "posts/ann/Ko\u0308ln.md").write_text("text", encoding="utf-8")


def _no_folder(root: Path) -> None:
    (root / "queue").rename(root / "queue.old")
    (root / "queue").write_text("text", encoding="utf-8")


def _deep(root: Path) -> None:
    (root / "posts" / "/".join("d" * 24)).mkdir(parents=True)


@pytest.mark.parametrize("odd", [_link, _accents, _no_folder, _deep])
def test_what_only_a_walk_can_tell_is_left_to_it(root: Path, odd: Callable[[Path], None]) -> None:
    odd(root)
    assert dealt(root) is None
