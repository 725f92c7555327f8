"""A site made from the tree that stands by is the site that would be made from nothing, whatever it held before."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from blognet.disk.output import publish_output
from blognet.disk.output_marker import MARKER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = ("a", "a/index.html", "a/b", "a/b/index.html", "c", "c/index.html", "d.html", "e", "e/f")
DOTTED = (".htaccess", ".well-known/x")


def held(tree: Path) -> Mapping[str, bytes]:
    files = (path for path in tree.rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files}


def files_of(chance: random.Random, before: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return a site in which no file stands where a folder does."""
    names: list[str] = []
    for name in chance.sample((*NAMES, *DOTTED), len(NAMES)):
        clash = any(f"{one}/".startswith(f"{name}/") or name.startswith(f"{one}/") for one in names)
        names += [] if clash else [name]
    stays = {name: before[name] for name in names if name in before and chance.random() < 0.6}
    return {name: stays.get(name, chance.randbytes(3)) for name in names}


@pytest.mark.parametrize("seed", range(30))
def test_files_and_folders_may_take_each_other_s_places(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    live, standby = tmp_path / "site", tmp_path / "standby"
    before: Mapping[str, bytes] = {}
    for _ in range(6):
        files = files_of(chance, before)
        same = (name for name in files if before.get(name) == files[name])
        kept = frozenset(name for name in same if chance.random() < 0.7)
        others = [(name, raw) for name, raw in files.items() if name not in kept]
        publish_output(live, others, network=tmp_path / "network", kept=kept, standby=standby)
        found = dict(held(live))
        found.pop(MARKER)
        assert found == files
        assert not [path for path in live.rglob("*") if path.is_dir() and not any(path.iterdir())]
        by = held(standby).keys() - {MARKER}
        assert by == {name for name in files if not name.startswith(".")}
        before = files


def test_a_file_with_a_dot_that_did_not_change_stays(tmp_path: Path) -> None:
    live, standby = tmp_path / "site", tmp_path / "standby"
    for text in (b"one", b"two", b"three"):
        kept = frozenset({".htaccess"}) if live.exists() else frozenset()
        files = [("index.html", text), *([] if kept else [(".htaccess", b"Redirect")])]
        publish_output(live, files, network=tmp_path / "network", kept=kept, standby=standby)
        assert (live / ".htaccess").read_bytes() == b"Redirect"
        assert (live / "index.html").read_bytes() == text
