"""A tree that stands by and of which nobody knows how it was left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from blognet.disk.output import publish_output
from blognet.disk.output_marker import MARKER
from blognet.disk.twins import are_twins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {"index.html": b"home", "a/index.html": b"a", "b/c/index.html": b"c", ".nojekyll": b""}


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A network whose site was built twice."""
    (tmp_path / ".blognet").mkdir()
    for files in ({"index.html": b"first"}, FILES):
        publish_output(
            tmp_path / "site",
            files.items(),
            network=tmp_path,
            standby=tmp_path / ".blognet/standby",
        )
    return tmp_path


def _are_twins(network: Path) -> bool:
    return are_twins(network / "site", network / ".blognet/standby")


def _copy_in_place_of(path: Path) -> None:
    raw = path.read_bytes()
    path.unlink()
    path.write_bytes(raw)


def _move_to_a_link(standby: Path) -> None:
    standby.rename(standby.with_name("elsewhere"))
    standby.symlink_to("elsewhere")


def test_it_is_known_by_the_files_that_it_shares_with_the_site(network: Path) -> None:
    assert _are_twins(network)


@pytest.mark.parametrize(
    "edit",
    [
        lambda standby: _copy_in_place_of(standby / "a/index.html"),
        lambda standby: (standby / "a/index.html").unlink(),
        lambda standby: (standby / "a/foreign.html").write_bytes(b"foreign"),
        lambda standby: (standby / "a/empty").mkdir(),
        lambda standby: (standby / ".git").mkdir(),
        lambda standby: (standby / "link").symlink_to("a"),
        lambda standby: os.mkfifo(standby / "pipe"),
        lambda standby: (standby / MARKER).unlink(),
        lambda standby: (standby / MARKER).write_bytes(b"{}"),
        _move_to_a_link,
    ],
)
def test_whatever_is_otherwise_tells_that_it_is_another(
    edit: Callable[[Path], object], network: Path
) -> None:
    edit(network / ".blognet/standby")
    assert not _are_twins(network)


def test_a_site_that_somebody_edited_is_another(network: Path) -> None:
    _copy_in_place_of(network / "site/b/c/index.html")
    assert not _are_twins(network)


def test_nothing_is_like_a_site_that_is_none(network: Path) -> None:
    for tree in ("site", ".blognet/standby"):
        (network / tree / MARKER).unlink()
    assert not _are_twins(network)
