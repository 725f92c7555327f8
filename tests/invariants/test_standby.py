"""The second tree that stands by: a large site changes in one step, and a kill at any moment leaves a whole one."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest

from blognet.disk.left import left_in, touched_in
from blognet.disk.output import publish_output
from blognet.disk.output_marker import MARKER
from tests.invariants.interrupting import changes_in, full_from, killed_at
from tests.invariants.network_folder import tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OLD = {"index.html": b"old", "a/index.html": b"a", "b/index.html": b"b", "c/d/index.html": b"d"}
NEW = {"index.html": b"new", "a/index.html": b"a", "c/d/index.html": b"d", "e/f/index.html": b"f"}


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A network whose site was built twice, so that a second tree stands by."""
    (tmp_path / ".blognet").mkdir()
    _publish(tmp_path, {"index.html": b"first"})
    _publish(tmp_path, OLD)
    return tmp_path


def _publish(network: Path, files: Mapping[str, bytes], kept: frozenset[str] = frozenset()) -> None:
    made = [(name, raw) for name, raw in files.items() if name not in kept]
    standby = network / ".blognet/standby"
    publish_output(network / "site", made, network=network, kept=kept, standby=standby)


def _site(network: Path) -> Mapping[str, bytes]:
    return {name: raw for name, raw in tree_of(network / "site").items() if name != MARKER}


def test_the_second_tree_holds_the_very_same_files_and_nothing_old(network: Path) -> None:
    _publish(network, NEW, kept=frozenset(["a/index.html", "c/d/index.html"]))
    assert _site(network) == NEW
    assert tree_of(network / ".blognet/standby") == tree_of(network / "site")
    for name in NEW:
        there = (network / ".blognet/standby" / name).stat()
        assert there.st_ino == (network / "site" / name).stat().st_ino
    assert sorted(path.name for path in network.iterdir()) == [".blognet", "site"]


def test_what_somebody_did_to_the_site_by_hand_does_not_come_back(network: Path) -> None:
    edited, removed = network / "site/a/index.html", network / "site/b/index.html"
    edited.unlink()
    edited.write_bytes(b"by hand")
    removed.unlink()
    last = {**OLD, "index.html": b"newer"}
    _publish(network, OLD, kept=frozenset(["index.html", "c/d/index.html"]))
    _publish(network, last, kept=frozenset(OLD) - {"index.html"})
    assert _site(network) == last
    assert tree_of(network / ".blognet/standby") == tree_of(network / "site")


def test_what_somebody_edited_and_mended_by_hand_is_mended_in_both_trees(network: Path) -> None:
    edited = network / "site/a/index.html"
    edited.write_bytes(b"by hand")  # in place: the second tree has the same file
    edited.unlink()
    edited.write_bytes(b"a")
    last = {**OLD, "index.html": b"newer"}
    _publish(network, last, kept=frozenset(["b/index.html", "c/d/index.html"]))
    assert _site(network) == last
    assert tree_of(network / ".blognet/standby") == tree_of(network / "site")


def test_files_that_stay_are_the_same_files_as_before(network: Path) -> None:
    left = left_in(network / "site", OLD)
    _publish(network, NEW, kept=frozenset(["a/index.html", "c/d/index.html"]))
    touched, _ = touched_in(network / "site", left)
    assert touched == {"index.html", "b/index.html"}


def test_a_kill_at_any_moment_leaves_a_whole_site_and_the_next_run_finishes(
    network: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def copied() -> Path:
        folder = tmp_path_factory.mktemp("killed") / "network"
        shutil.copytree(network, folder)
        return folder

    first = copied()
    steps = changes_in(partial(_publish, first, NEW))
    assert steps > 10
    for step in range(1, steps + 1):
        folder = copied()
        assert killed_at(step, partial(_publish, folder, NEW))
        assert _site(folder) in (OLD, NEW), f"killed at {step}"
        _publish(folder, NEW)
        assert _site(folder) == NEW
        _publish(folder, OLD)
        assert _site(folder) == OLD, f"after a kill at {step}"


def test_a_full_disk_leaves_a_whole_site(network: Path) -> None:
    for step in range(1, 30):
        with full_from(step):
            try:
                _publish(network, NEW)
            except Exception:  # noqa: BLE001  whatever it says, the site is looked at
                assert _site(network) in (OLD, NEW)
        _publish(network, OLD)
        assert _site(network) == OLD


def test_a_damaged_second_tree_is_made_anew(network: Path) -> None:
    (network / ".blognet/standby" / MARKER).write_bytes(b"{}")
    _publish(network, NEW)
    assert _site(network) == NEW
