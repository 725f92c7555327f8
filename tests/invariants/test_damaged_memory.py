"""Whatever a disk does to what a build remembers, the next build is a clean one's twin."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from blognet.actions import making, placing
from blognet.disk.memory import DAMAGED, FILE, MemoryFault, Recall
from blognet.disk.output_marker import mark_built
from blognet.disk.private import PRIVATE
from blognet.disk.remembered import Kind
from tests.invariants.network_folder import CONFIG, NOW, NetworkFolder, post, start, tree_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """A network that was built, and in which a text and a title are others since, and a post is new."""
    network = start(tmp_path / "network")
    names = [f"post-{number}" for number in range(12)]
    for name in names:
        network.write(f"posts/{name}.md", post(name.title(), tags="[bells]"))
    network.approve(*names)
    network.build()
    network.write("posts/post-3.md", post("Post-3", tags="[bells]", body="Other words."))
    network.write("posts/post-5.md", post("Another", tags="[bells]"))
    network.write("posts/new.md", post("New", tags="[bells]"))
    network.approve("post-3", "post-5", "new")
    return network


def _assert_clean(network: NetworkFolder, tmp_path: Path) -> str:
    said = network.build()
    folder = tmp_path / "clean"
    shutil.copytree(network.root, folder, ignore=shutil.ignore_patterns(PRIVATE, "site"))
    clean = NetworkFolder(root=folder)
    clean.build()
    assert tree_of(network.root / "site") == clean.site
    return said.out


@pytest.mark.parametrize("seed", range(6))
def test_a_memory_in_which_bits_changed_changes_no_page(
    seed: int, network: NetworkFolder, tmp_path: Path
) -> None:
    path = network.root / PRIVATE / FILE
    chance = random.Random(seed)  # noqa: S311
    raw = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 3, 30, 300])):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(raw))
    _assert_clean(network, tmp_path)


@pytest.mark.parametrize("kind", Kind)
def test_a_memory_of_which_leaves_are_lost_changes_no_page(
    kind: Kind, network: NetworkFolder, tmp_path: Path
) -> None:
    chance = random.Random(kind)  # noqa: S311
    with closing(sqlite3.connect(network.root / PRIVATE / FILE)) as database, database:
        found = database.execute("SELECT place FROM leaf WHERE place >> 32 = ?", (int(kind),))
        places = found.fetchall()
        lost = [place for place in places if chance.random() < 0.5] or places[-1:]
        database.executemany("DELETE FROM leaf WHERE place = ?", lost)
    _assert_clean(network, tmp_path)


def test_a_memory_with_other_values_changes_no_page(network: NetworkFolder, tmp_path: Path) -> None:
    with closing(sqlite3.connect(network.root / PRIVATE / FILE)) as database, database:
        database.execute("UPDATE kept SET bytes = zeroblob(7) WHERE name LIKE 'page %'")
    _assert_clean(network, tmp_path)


QUESTIONS = [name for name in vars(Recall) if not name.startswith("_") and name != "close"]


@pytest.mark.parametrize(
    ("question", "is_few"),
    [*((question, True) for question in QUESTIONS), ("note", False), ("readings_of", False)],
)
def test_damage_that_is_found_while_a_site_is_built_changes_no_page_and_hides_no_change(
    question: str,
    is_few: bool,  # noqa: FBT001  # a parameter of the test
    network: NetworkFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not is_few:
        network.write("blognet.yml", CONFIG.replace("The Probe", "Another"))

    def damaged(*_: object) -> object:
        raise MemoryFault

    monkeypatch.setattr(Recall, question, damaged)
    said = _assert_clean(network, tmp_path)
    assert "  0 written" not in said
    monkeypatch.undo()
    again = network.build().out
    assert "  0 written" in again
    assert DAMAGED not in again


@pytest.mark.parametrize("asked", [(), ("--explain=/",)])
def test_traces_that_vanish_when_the_site_is_in_place_fail_no_build(
    asked: tuple[str, ...],
    network: NetworkFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "_TRACES", 1)
    laid = network.root / PRIVATE / "laid"

    def marked(target: Path, now: datetime) -> None:
        mark_built(target, now)
        assert any(laid.iterdir())
        shutil.rmtree(laid)

    with monkeypatch.context() as patched:
        patched.setattr(placing, "mark_built", marked)
        said = network.blognet("build", "--clean", "--now", NOW, "--jobs", "1", *asked)
    assert said.code == 0, said.everything
    assert "no such file" not in said.out
    again = _assert_clean(network, tmp_path)
    assert "nothing is remembered" in again
