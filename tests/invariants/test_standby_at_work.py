"""The second tree is believed when it is as it was left; whatever somebody did to it costs time and reaches no page."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from blognet.actions import placing
from blognet.actions.build import build
from blognet.actions.unchanged import build_unchanged
from blognet.disk.output_marker import MARKER, is_output
from blognet.disk.output_places import forget_standby
from blognet.disk.private import PRIVATE
from blognet.kernel.errors import ConflictError
from tests.invariants.interrupting import killed_at
from tests.invariants.network_folder import NOW, NetworkFolder, post, start, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Harm = Callable[[Path], object]


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NetworkFolder:
    """A network with a second tree, which is not large."""
    monkeypatch.setattr(placing, "STANDBY_FROM", 3)
    network = start(tmp_path / "network")
    for name in ("one", "two"):
        network.write(f"posts/{name}.md", post(name.title()))
    network.approve("one", "two")
    for words in ("Words.", "Other words."):
        _edit(network, words)
        network.build()
    assert (standby_of(network) / MARKER).is_file()
    return network


def standby_of(network: NetworkFolder) -> Path:
    return network.root / PRIVATE / "standby"


def _edit(network: NetworkFolder, words: str) -> None:
    network.write("posts/one.md", post("One", body=words))
    network.approve("one")


def _page(tree: Path, name: str = "one") -> Path:
    (page,) = tree.rglob(f"{name}/index.html")
    return page


def _replace(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"by hand")


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _remove_folders(tree: Path) -> None:
    for path in [path for path in tree.iterdir() if path.is_dir()]:
        shutil.rmtree(path)


def _elsewhere(tree: Path) -> None:
    other = tree.parent.parent.parent / "other"
    tree.rename(other)
    tree.symlink_to(other)


HARMS: dict[str, Harm] = {
    "a file beside an edited page": lambda tree: (_page(tree).parent / "evil.html").write_bytes(
        b"x"
    ),
    "a file at the top": lambda tree: (tree / "evil.html").write_bytes(b"x"),
    "a new folder": lambda tree: (tree / "evil").mkdir(),
    "a file in a folder of another page": lambda tree: (
        _page(tree, "two").parent / "evil.html"
    ).write_bytes(b"x"),
    "a page removed": lambda tree: _page(tree, "two").unlink(),
    "a page replaced": lambda tree: _replace(_page(tree, "two")),
    "an edited page is a folder": lambda tree: _make_folder(_page(tree)),
    "a folder is a link": _elsewhere,
    "half removed": _remove_folders,
}


def clean_build_of(network: NetworkFolder, folder: Path) -> NetworkFolder:
    shutil.copytree(network.root, folder, ignore=shutil.ignore_patterns(PRIVATE, "site"))
    clean = NetworkFolder(root=folder)
    clean.build()
    return clean


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_what_somebody_did_to_the_tree_that_stands_by_is_on_no_site(
    network: NetworkFolder, tmp_path: Path, *, harm: str, is_forgotten: bool
) -> None:
    HARMS[harm](standby_of(network))
    if is_forgotten:
        for path in (network.root / PRIVATE).glob("memory*"):
            path.unlink()
    _edit(network, "Newest words.")
    network.build()
    clean = clean_build_of(network, tmp_path / "clean")
    assert tree_of(network.root / "site") == clean.site
    assert not (network.root / "site").is_symlink()
    assert {each for each in (network.root / "site").rglob("*") if each.is_dir()} == {
        network.root / "site" / each.relative_to(clean.root / "site")
        for each in (clean.root / "site").rglob("*")
        if each.is_dir()
    }
    assert tree_of(standby_of(network)) == tree_of(network.root / "site")


@pytest.fixture
def seen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> NetworkFolder:
    """The same network, of which marks of a moment ago are believed: here nothing writes a file twice in one."""
    monkeypatch.setattr("blognet.disk.input_marks._TOO_FRESH", 0)
    network: NetworkFolder = request.getfixturevalue("network")
    return network


@pytest.mark.parametrize("tree", ["site", f"{PRIVATE}/standby"])
@pytest.mark.parametrize(
    "harm", ["a file beside an edited page", "a file at the top", "a folder is a link"]
)
def test_what_somebody_does_to_a_tree_while_a_build_makes_pages_is_on_no_site(
    seen: NetworkFolder, tmp_path: Path, *, harm: str, tree: str
) -> None:
    now = datetime.fromisoformat(NOW)
    _edit(seen, "Newest words.")
    looked = build_unchanged(seen.root, now=now, output=None, base_url="")
    assert looked.left
    assert looked.standby
    HARMS[harm](seen.root / tree)
    if "file" in harm and tree == "site":
        with pytest.raises(ConflictError, match=r"did not write: .*evil\.html"):
            build(seen.root, now=now, looked=looked)
        return
    build(seen.root, now=now, looked=looked)
    assert seen.site == clean_build_of(seen, tmp_path / "first").site
    _edit(seen, "Still newer words.")
    seen.build()
    assert seen.site == clean_build_of(seen, tmp_path / "second").site


@pytest.mark.parametrize("is_planned", [False, True])
def test_a_tree_that_is_as_it_was_left_is_the_next_site(
    network: NetworkFolder, *, is_planned: bool
) -> None:
    for words in ("Newer words.", "Newest words."):
        before = standby_of(network).stat().st_ino
        _edit(network, words)
        if is_planned:
            config = network.root / "blognet.yml"
            config.write_text(config.read_text().replace("The Probe", f"The {words}"))
        network.build()
        assert (network.root / "site").stat().st_ino == before


def test_what_is_left_of_a_removal_that_was_killed_is_no_site(
    network: NetworkFolder, tmp_path: Path
) -> None:
    step, was_killed = 0, True
    while was_killed:
        step += 1
        folder = tmp_path / str(step)
        shutil.copytree(standby_of(network), folder)
        was_killed = killed_at(step, partial(forget_standby, folder))
        assert step == 1 or not is_output(folder)
        assert folder.exists() == was_killed
    assert step > 3


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_build_that_remembers_nothing_keeps_a_tree_with_the_very_files_of_the_site(
    network: NetworkFolder, *, is_edited: bool
) -> None:
    before, site = standby_of(network).stat().st_ino, (network.root / "site").stat().st_ino
    (network.root / PRIVATE / "memory.sqlite").unlink()
    if is_edited:
        _edit(network, "Newer words.")
    network.build()
    after = standby_of(network).stat().st_ino
    assert after == (site if is_edited else before)
    _edit(network, "Newest words.")
    network.build()
    assert (network.root / "site").stat().st_ino == after
