"""How an output was left: what is told of it without looking is what a look tells."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from blognet.disk.left import (
    NOWHERE,
    Left,
    OutputNames,
    left_as_rows,
    left_from_rows,
    left_in,
    touched_in,
)
from blognet.disk.output import publish_output
from blognet.disk.output_marker import MARKER, manifest_of, marker_of
from blognet.disk.packed_marks import NO_MARKS

if TYPE_CHECKING:
    from pathlib import Path

FILES = {f"{year}/{slug}/index.html": b"old" for year in range(3) for slug in "abcde"}


def _left(network: Path, names: list[str], known: Left = NOWHERE, *again: str) -> Left:
    standby = network / ".blognet/standby"
    return left_in(network / "site", (*names, MARKER), known, again={*again}, standby=standby)


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A network whose site was built twice."""
    (tmp_path / ".blognet").mkdir()
    for files in ({"index.html": b"first"}, FILES):
        _publish(tmp_path, files, frozenset())
    return tmp_path


def _publish(network: Path, files: dict[str, bytes], kept: frozenset[str]) -> set[str]:
    change = publish_output(
        network / "site",
        [(name, raw) for name, raw in files.items() if name not in kept],
        network=network,
        kept=kept,
        standby=network / ".blognet/standby",
        is_tidy=True,
    )
    return {*change.written, *change.removed, *(files.keys() - kept), MARKER}


@pytest.mark.parametrize("seed", range(8))
def test_folders_that_are_not_asked_are_as_they_would_say(seed: int, network: Path) -> None:
    chance, files = random.Random(seed), dict(FILES)  # noqa: S311
    left = _left(network, list(files))
    for step in range(8):
        before = dict(files)
        for _ in range(chance.randrange(4)):
            files[chance.choice(sorted(files))] = f"new {step}".encode()
        for _ in range(chance.randrange(3)):
            del files[chance.choice(sorted(files))]
        if chance.random() < 0.5:
            files[f"{chance.randrange(5)}/new-{step}/index.html"] = b"new"
        same = [name for name, raw in files.items() if before.get(name) == raw]
        kept = frozenset(name for name in same if chance.random() < 0.9)
        again = _publish(network, files, kept)
        left = _left(network, list(files), left, *again)
        assert left == _left(network, list(files))
        assert touched_in(network / "site", left) == (frozenset(), True)
        marker = (network / "site" / MARKER).read_bytes()
        assert marker == marker_of(manifest_of(network / "site") or {})


def test_a_file_that_somebody_put_into_the_tree_that_stands_by_is_noticed_on_the_site(
    network: Path,
) -> None:
    left = _left(network, list(FILES))
    (network / ".blognet/standby/0/a/foreign.html").write_bytes(b"foreign")
    files = {**FILES, "1/b/index.html": b"new"}
    again = _publish(network, files, frozenset(FILES) - {"1/b/index.html"})
    left = _left(network, list(FILES), left, *again)
    assert touched_in(network / "site", left) == (frozenset(), False)


def test_what_somebody_did_to_an_output_is_seen(network: Path) -> None:
    left = _left(network, list(FILES))
    site = network / "site"
    edited, facts = site / "0/a/index.html", (site / "0/a/index.html").stat()
    edited.write_bytes(b"by hand")
    os.utime(edited, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    (site / "0/b/index.html").chmod(0o600)
    assert touched_in(site, left) == (frozenset({"0/a/index.html", "0/b/index.html"}), True)
    (site / "0/c/index.html").unlink()
    (site / MARKER).write_bytes(b"shorter")
    touched, is_tidy = touched_in(site, left)
    assert touched == {"0/a/index.html", "0/b/index.html", "0/c/index.html", MARKER}
    assert not is_tidy


def test_the_time_of_the_marker_says_nothing(network: Path) -> None:
    left = _left(network, list(FILES))
    os.utime(network / "site" / MARKER, (1, 1))
    assert touched_in(network / "site", left) == (frozenset(), True)


def test_marks_survive_being_written_as_rows(network: Path) -> None:
    left = _left(network, list(FILES))
    assert left_from_rows(left_as_rows(left).get) == left
    empty = left_from_rows(left_as_rows(NOWHERE).get)
    assert empty == NOWHERE
    assert left_from_rows({**left_as_rows(empty), **left_as_rows(left, empty)}.get) == left


def test_rows_that_are_as_before_are_not_written_again(network: Path) -> None:
    left = _left(network, list(FILES))
    (network / "site/0/a/index.html").write_bytes(b"by hand")
    later = _left(network, list(FILES), left, "0/a/index.html")
    assert left_as_rows(left, left) == {}
    rows = left_as_rows(later, left)
    assert set(rows) == {"left files marks"}
    assert left_from_rows({**left_as_rows(left), **rows}.get) == later


@pytest.mark.parametrize("name", ["left files names", "left folders marks", "left standby names"])
@pytest.mark.parametrize("raw", [None, b"", b"a", b"\xff\n", b"a\nb\n"])
def test_rows_that_are_something_else_tell_nothing(
    name: str, raw: bytes | None, network: Path
) -> None:
    rows: dict[str, bytes | None] = {**left_as_rows(_left(network, list(FILES))), name: raw}
    assert left_from_rows(rows.get) == NOWHERE


def test_a_mark_that_cannot_be_kept_is_asked_for_again(network: Path) -> None:
    left = _left(network, list(FILES))
    odd = left.files.exchanged({"0/a/index.html": (1 << 64, 0, 0, 0)}, ())
    assert odd.unknown() == {"0/a/index.html"}
    assert _left(network, list(FILES), replace(left, files=odd)) == left


@pytest.mark.parametrize("many", [3, 2_000])
def test_marks_are_exchanged_one_by_one_as_they_are_all_together(many: int) -> None:
    before = {f"{number:05}/{number % 7}": (number, 1, 2, 3) for number in range(0, 9_000, 3)}
    changed = {f"{number:05}/{number % 7}": (5, 5, 5, 5) for number in range(1, many * 2, 2)}
    gone = [name for name in list(before)[1:many:2] if name not in changed]
    now = {name: mark for name, mark in {**before, **changed}.items() if name not in gone}
    found = NO_MARKS.exchanged(before, ()).exchanged(changed, gone)
    assert dict(found) == now
    assert found.names == tuple(sorted(now))


def test_names_of_an_output_are_told_with_what_came_and_without_what_went(network: Path) -> None:
    left = _left(network, list(FILES))
    fresh, gone = frozenset({"new", "0/b/index.html"}), frozenset({MARKER, "0/a/index.html", "x"})
    names = OutputNames(left, fresh=fresh, gone=gone)
    expected = (left.files.keys() | fresh) - gone
    assert frozenset(names) == expected
    assert set(names) == expected
    assert len(names) == len(expected)
    assert [name in names for name in ("new", "0/b/index.html", "0/a/index.html", "x", MARKER)] == [
        *(True, True, False, False, False)
    ]
