"""One look at folders: it sees what a fresh one sees, whatever was kept of the last."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest

from blognet.disk.kept import forget_everything
from blognet.disk.look import (
    LISTED,
    WORTH_KEEPING,
    Look,
    Part,
    add_look,
    keep_listed,
    listed_before,
    look_as_bytes,
    look_at,
    look_from_bytes,
)
from blognet.disk.network import is_no_source
from blognet.disk.private import PRIVATE
from blognet.disk.reading import walk
from blognet.disk.seen import entry_seen, marks_seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.disk.look import Listed

LATER = 10_000_000_000
"""Nanoseconds after which marks of a moment ago are relied on."""


def seen(root: Path, listed: Mapping[str, Listed] | None = None) -> Look:
    """Look at everything, as if it were later."""
    return look_at(root, ("posts", "one.md"), began=time.time_ns() + LATER, listed=listed or {})


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A folder with more folders than are listed again each time, of which a look was kept."""
    for number in range(WORTH_KEEPING + 5):
        folder = tmp_path / f"posts/ann/{number:03}"
        folder.mkdir(parents=True)
        (folder / "index.md").write_text("text", encoding="utf-8")
        (folder / "image.png").write_bytes(b"image")
    (tmp_path / "one.md").write_text("one", encoding="utf-8")
    keep_listed(tmp_path, seen(tmp_path), {})
    return tmp_path


def test_folders_that_did_not_change_are_not_listed_again(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, kept = seen(network), listed_before(network)
    assert kept.keys() == fresh.listed.keys()
    monkeypatch.setattr(os, "scandir", None)
    assert seen(network, kept).digest() == fresh.digest()


@pytest.mark.parametrize("seed", range(6))
def test_a_look_sees_what_a_fresh_look_sees_after_any_changes(seed: int, network: Path) -> None:
    chance, before = random.Random(seed), {seen(network).digest()}  # noqa: S311
    for step in range(25):
        _change(network, chance, step)
        kept = listed_before(network)
        look, fresh = seen(network, kept), seen(network)
        assert look == fresh or (look.marks, look.listed) == (fresh.marks, fresh.listed)
        assert look.digest() == fresh.digest()
        assert look.digest() not in before
        before.add(look.digest())
        if chance.random() < 0.3:
            keep_listed(network, look, {})


def _change(root: Path, chance: random.Random, step: int) -> None:
    files = sorted(path for path in (root / "posts").rglob("*") if path.is_file())
    path = chance.choice(files)
    match chance.randrange(6):
        case 0:
            path.write_text(f"other words {step}", encoding="utf-8")
        case 1:
            path.unlink()
        case 2:
            path.rename(path.with_name(f"new-{step}.md"))
        case 3:
            (path.parent / f"below-{step}").mkdir()
            (path.parent / f"below-{step}/more.md").write_text("more", encoding="utf-8")
        case 4:
            path.parent.rename(path.parent.with_name(f"moved-{step}"))
        case _:
            (path.parent / f"link-{step}").symlink_to("nowhere")


def test_a_file_changed_in_place_is_noticed_though_its_size_and_time_are_those_of_before(
    network: Path,
) -> None:
    path, before = network / "posts/ann/004/index.md", seen(network, listed_before(network))
    facts = path.stat()
    path.write_text("TEXT", encoding="utf-8")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert seen(network, listed_before(network)).digest() != before.digest()


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_list_of_what_folders_hold_changes_nothing(seed: int, network: Path) -> None:
    chance, path, fresh = random.Random(seed), network / PRIVATE / LISTED, seen(network)  # noqa: S311
    raw = bytearray(path.read_bytes())
    if seed % 4:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    else:
        del raw[chance.randrange(len(raw)) :]
    path.write_bytes(bytes(raw))
    assert seen(network, listed_before(network)).digest() == fresh.digest()


def test_a_list_from_before_a_change_believes_no_folder_that_changed(network: Path) -> None:
    path = network / PRIVATE / LISTED
    old = path.read_bytes()
    (network / "posts/ann/001/more.md").write_text("more", encoding="utf-8")
    keep_listed(network, seen(network), {})
    path.write_bytes(old)
    assert seen(network, listed_before(network)).digest() == seen(network).digest()


def test_a_list_that_names_what_is_not_there_is_not_believed(network: Path) -> None:
    kept = dict(listed_before(network))
    mark, names, below, odd = kept["posts/ann/001"]
    kept["posts/ann/001"] = (mark, f"absent.md/{names}", below, odd)
    assert seen(network, kept).is_whole
    assert seen(network, kept).digest() == seen(network).digest()


def test_folders_so_young_that_they_may_change_unseen_are_listed_again(network: Path) -> None:
    (network / "posts/ann/001/more.md").write_text("more", encoding="utf-8")
    now = time.time_ns()
    look = look_at(network, ("posts",), began=now - LATER, listed={})
    keep_listed(network, look, {})
    assert listed_before(network) == {}


def test_nothing_is_left_of_a_list_when_everything_is_forgotten(network: Path) -> None:
    assert listed_before(network)
    forget_everything(network)
    assert not (network / PRIVATE / LISTED).exists()


def test_a_few_folders_are_listed_again_sooner_than_everything_is_kept_again(
    network: Path,
) -> None:
    before = (network / PRIVATE / LISTED).read_bytes()
    (network / "posts/ann/001/more.md").write_text("more", encoding="utf-8")
    kept = listed_before(network)
    keep_listed(network, seen(network, kept), kept)
    assert (network / PRIVATE / LISTED).read_bytes() == before


def test_any_name_that_a_disk_takes_is_kept(network: Path) -> None:
    for name in (b"line\nfeed", b"no \xff utf-8", "K\u00f6ln".encode()):
        (network / "posts/ann/001" / os.fsdecode(name)).touch()
    keep_listed(network, seen(network), {})
    kept = listed_before(network)
    assert kept == seen(network).listed
    assert seen(network, kept).digest() == seen(network).digest()


def test_a_folder_that_cannot_be_read_leaves_the_look_incomplete(network: Path) -> None:
    assert seen(network).is_whole
    look = look_at(network, ("one.md/below",), began=time.time_ns(), listed={})
    assert not look.is_whole


def test_what_is_seen_of_the_sources_is_what_a_walk_finds(network: Path) -> None:
    for name in ("posts/.hidden/a.md", "posts/_draft/b.md", "posts/z.md", "posts/ann/.c.md"):
        path = network / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text", encoding="utf-8")
    marks = marks_seen(seen(network), "posts", skip=is_no_source)
    found = tuple(entry_seen(path, mark) for path, mark in marks or ())
    assert found == walk(network, "posts", skip=is_no_source)
    assert found


def test_names_in_any_script_are_seen_as_a_walk_finds_them(network: Path) -> None:
    for name in ("K\u00f6ln.md", "\u6771\u4eac.md", "zero\u200bwidth.md"):
        (network / "posts" / name).write_text("text", encoding="utf-8")
    marks = marks_seen(seen(network), "posts", skip=is_no_source)
    found = tuple(entry_seen(path, mark) for path, mark in marks or ())
    assert found == walk(network, "posts", skip=is_no_source)
    assert found


@pytest.mark.parametrize("name", ["Ko\u0308ln.md", "line\nfeed.md", "a\udcff.md"])
def test_unusual_names_are_left_to_a_walk(name: str, network: Path) -> None:
    (network / "posts" / name).write_text("text", encoding="utf-8")
    assert marks_seen(seen(network), "posts", skip=is_no_source) is None


def test_links_are_left_to_a_walk(network: Path) -> None:
    (network / "posts/link.md").symlink_to("z.md")
    assert marks_seen(seen(network), "posts", skip=is_no_source) is None
    assert marks_seen(seen(network), "queue", skip=is_no_source) is None


@pytest.mark.parametrize("is_kept", [True, False])
def test_two_looks_put_together_are_one(network: Path, *, is_kept: bool) -> None:
    kept = listed_before(network) if is_kept else {}
    (network / "posts/ann/\udcff").mkdir()
    (network / "posts/ann/004/new.md").write_text("new", encoding="utf-8")
    os.utime(network / "one.md", ns=(1, time.time_ns() + LATER))
    began = time.time_ns() + 2 * LATER
    whole = look_at(network, ("posts", "one.md"), began=began, listed=kept)
    look = look_at(network, ("posts",), began=began, listed=kept)
    assert look.digest() != whole.digest()
    look = look_at(network, ("posts",), began=began, listed=kept)
    other = look_at(network, ("one.md",), began=began, listed=kept)
    add_look(look, look_from_bytes(look_as_bytes(other, kept), kept, began))
    assert look.digest() == whole.digest()
    assert look == whole
    swapped = look_at(network, ("one.md",), began=began, listed=kept)
    posts = look_at(network, ("posts",), began=began, listed=kept)
    add_look(swapped, look_from_bytes(look_as_bytes(posts, kept), kept, began))
    assert (swapped.marks, swapped.listed) == (whole.marks, whole.listed)
    other.is_whole = False
    add_look(look, look_from_bytes(look_as_bytes(other, kept), kept, began))
    assert not look.is_whole


@pytest.mark.parametrize("of_all", [1, 2, 4, 1_000])
def test_parts_of_a_look_come_to_the_whole(of_all: int, network: Path) -> None:
    began, kept = time.time_ns(), listed_before(network)
    whole = look_at(network, ("posts",), began=began, listed=kept)
    look = look_at(network, ("posts",), began=began, listed=kept, part=Part(without="posts/ann"))
    assert look.listed.keys() < whole.listed.keys()
    for number in range(of_all):
        part = Part(number=number, of_all=of_all)
        add_look(look, look_at(network, ("posts/ann",), began=began, listed=kept, part=part))
    assert (look.marks, look.listed) == (whole.marks, whole.listed)
    assert (look.newest, look.is_whole) == (whole.newest, True)


def test_parts_of_a_folder_that_changed_between_them_are_no_whole(network: Path) -> None:
    began = time.time_ns()
    first, last = (Part(number=number, of_all=2) for number in (0, 1))
    look = look_at(network, ("posts/ann",), began=began, listed={}, part=first)
    (network / "posts/ann/other").mkdir()
    add_look(look, look_at(network, ("posts/ann",), began=began, listed={}, part=last))
    assert not look.is_whole
