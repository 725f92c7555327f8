"""A few files put in place by themselves give the site, the tree that stands by and the answer that all files give."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.disk.output import publish_output
from blognet.disk.output_few import exchange_files
from blognet.disk.output_marker import MARKER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.disk.output import OutputChange
    from tests.unit.disk.conftest import KillAt

NAMES = (
    *("a/index.html", "a/b/index.html", "c/index.html", "d.html", "e/f", "D.html", "é.html"),
    *("c", "E/f", "a/b/c/d/e.html", "z/1", "z/2"),
)
FIRST = {"a/index.html": b"a", "c/index.html": b"c", "d.html": b"d", "e/f": b"f", ".keep": b""}


def held(tree: Path) -> Mapping[str, bytes]:
    files = (path for path in tree.rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files}


def folders(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_dir()}


def begun(place: Path, files: Mapping[str, bytes] = FIRST) -> Path:
    """Return a network with a site, and a second tree that stands by."""
    (place / ".blognet").mkdir(parents=True)
    for some in ({"index.html": b"first"}, files):
        whole(place, some, frozenset())
    return place


def whole(place: Path, files: Mapping[str, bytes], kept: frozenset[str]) -> OutputChange:
    made = ((name, raw) for name, raw in files.items() if name not in kept)
    standby = place / ".blognet/standby"
    return publish_output(
        place / "site", made, network=place, kept=kept, standby=standby, is_tidy=True
    )


def few(
    place: Path, before: Mapping[str, bytes], files: Mapping[str, bytes], *gone: str
) -> OutputChange | None:
    return exchange_files(
        place / "site",
        files,
        gone,
        network=place,
        standby=place / ".blognet/standby",
        many=len(before),
    )


@pytest.mark.parametrize("seed", range(12))
def test_they_come_to_what_all_files_come_to(seed: int, tmp_path: Path) -> None:
    chance, before, done = random.Random(seed), dict(FIRST), 0  # noqa: S311
    one, other = begun(tmp_path / "one"), begun(tmp_path / "other")
    for _ in range(12):
        plain = sorted(name for name in before if not name.startswith("."))
        gone = chance.sample(plain, chance.choice((0, 0, 1, 2)) if len(plain) > 3 else 0)
        made = set(chance.sample(NAMES, chance.randrange(3))) | {chance.choice(plain)}
        files = {name: chance.choice((b"1", b"2")) for name in made - {*gone}}
        after = {name: raw for name, raw in {**before, **files}.items() if name not in gone}
        change = few(one, before, files, *gone)
        if (
            change is None
        ):  # a name that clashes, most often: it is as it was, for all but the tree that stands by
            assert held(one / "site") == held(other / "site")
            shutil.rmtree(one)
            shutil.copytree(other, one)
            continue
        expected = whole(other, after, frozenset(after) - files.keys())
        done += not expected.is_nothing
        assert change == expected
        for tree in ("site", ".blognet/standby"):
            assert held(one / tree) == held(other / tree)
            assert folders(one / tree) == folders(other / tree)
        before = after
    assert done > 3


@pytest.mark.parametrize(
    "name", ["D.html", "A/index.html", "a", "d.html/x", "e", "a/index.html/y", ".well-known/x"]
)
def test_a_new_name_that_may_clash_is_left_to_the_whole(name: str, tmp_path: Path) -> None:
    place = begun(tmp_path / "network")
    before = {tree: held(place / tree) for tree in ("site", ".blognet/standby")}
    assert few(place, FIRST, {name: b"new"}) is None
    assert {tree: held(place / tree) for tree in before} == before


def test_trees_that_do_not_say_the_same_are_left_to_the_whole(tmp_path: Path) -> None:
    place = begun(tmp_path / "network")
    marker = place / ".blognet/standby" / MARKER
    raw = marker.read_bytes()
    for said in (raw.replace(b"d.html", b"g.html"), b"", b"{}"):
        marker.write_bytes(said)
        assert few(place, FIRST, {"d.html": b"new"}) is None
    for tree in ("site", ".blognet/standby"):
        (place / tree / MARKER).write_bytes(raw.replace(b'  "d.html"', b'   "d.html"'))
    assert few(place, FIRST, {"d.html": b"new"}) is None
    for tree in ("site", ".blognet/standby"):
        (place / tree / MARKER).write_bytes(raw)
    assert few(place, {**FIRST, "x": b""}, {"d.html": b"new"}) is None
    assert few(place, FIRST, {}, "x") is None
    shutil.rmtree(place / ".blognet/standby")
    assert few(place, FIRST, {"d.html": b"new"}) is None
    assert held(place / "site") == {**FIRST, MARKER: raw}


@pytest.mark.parametrize("old", [b'"files"', b'  "d.html"', b'"format": 1'])
def test_a_marker_that_a_disk_damaged_is_mended(old: bytes, tmp_path: Path) -> None:
    place = begun(tmp_path / "network")
    marker = place / "site" / MARKER
    raw = marker.read_bytes()
    marker.write_bytes(raw.replace(old, b"x" * len(old)))
    assert few(place, FIRST, {"e/f": b"new"}) is None
    after = {**FIRST, "e/f": b"new"}
    change = whole(place, after, frozenset(FIRST) - {"e/f"})
    assert change.written == ("e/f",)
    assert held(place / "site") == {**after, MARKER: marker.read_bytes()}
    assert few(place, after, {"e/f": b"f"})
    assert marker.read_bytes() == raw


def test_somebody_else_s_names_with_a_dot_stay_and_ours_are_no_others(tmp_path: Path) -> None:
    place = begun(tmp_path / "network")
    (place / "site/.git").mkdir()
    (place / "site/.git/config").write_bytes(b"theirs")
    (place / "site/.theirs").write_bytes(b"theirs")
    assert few(place, FIRST, {"d.html": b"new"})
    found = dict(held(place / "site"))
    found.pop(MARKER)
    theirs = {".git/config": b"theirs", ".theirs": b"theirs"}
    assert found == {**FIRST, "d.html": b"new", **theirs}
    standby = held(place / ".blognet/standby").keys()
    assert standby == {name for name in FIRST if not name.startswith(".")} | {MARKER}


def test_killed_at_any_step_one_whole_site_is_there_and_the_next_build_completes(
    tmp_path: Path, kill_at: KillAt
) -> None:
    files = {"d.html": b"new", "n/index.html": b"new", "a/index.html": b"a"}
    after = {**FIRST, **files}
    del after["e/f"]
    step, killed, states = 0, True, set()
    while killed:
        step += 1
        place = begun(tmp_path / str(step))
        killed = kill_at(step, lambda place=place: few(place, FIRST, files, "e/f"))  # type: ignore[misc]
        now = dict(held(place / "site"))
        now.pop(MARKER)
        assert now in (FIRST, after)
        states.add(now == after)
        later = {**after, "d.html": b"later"}
        if now == FIRST or few(place, after, {"d.html": b"later"}) is None:
            whole(place, later, frozenset())
        for tree in ("site", ".blognet/standby"):
            now = dict(held(place / tree))
            now.pop(MARKER)
            assert now == {n: raw for n, raw in later.items() if tree == "site" or n[0] != "."}
        assert {path.name for path in place.iterdir()} == {"site", ".blognet"}
    assert step > 12
    assert states == {True, False}
