"""An approval that races an edit never approves bytes that the mayor had not seen."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.disk import marks
from blognet.disk.record import encode_asset
from blognet.kernel.text import unquote_lines
from tests.invariants.interrupting import doing_at
from tests.invariants.network_folder import NetworkFolder, post, start, tree_of
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFLICT = 5
STRIDE = 4
MANY = 400
SEEN_TEXT = post("Race", body="seen words ![x](x.png)")
SEEN_PICTURE = png(words="seen")
UNSEEN_TEXT = post("Race", body="UNSEEN words ![x](x.png)")
UNSEEN_PICTURE = png(words="UNSEEN")
UNSEEN_COPY = encode_asset(UNSEEN_PICTURE)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    network = start(tmp_path_factory.mktemp("racing") / "network")
    network.write("queue/race/index.md", SEEN_TEXT)
    network.write("queue/race/x.png", SEEN_PICTURE)
    network.write("secret.txt", UNSEEN_TEXT)
    return network


@pytest.fixture
def network(original: NetworkFolder, tmp_path: Path) -> NetworkFolder:
    shutil.copytree(original.root, tmp_path / "network")
    return NetworkFolder(root=tmp_path / "network")


def _bundle(network: NetworkFolder) -> Path:
    """Return where the bundle lies now: an approval moves it."""
    moved = network.root / "posts/race"
    return moved if moved.exists() else network.root / "queue/race"


def _edit_text(network: NetworkFolder) -> None:
    (_bundle(network) / "index.md").write_text(UNSEEN_TEXT, "utf-8")


def _edit_picture(network: NetworkFolder) -> None:
    (_bundle(network) / "x.png").write_bytes(UNSEEN_PICTURE)


def _add_picture(network: NetworkFolder) -> None:
    (_bundle(network) / "y.png").write_bytes(UNSEEN_PICTURE)


def _edit_both(network: NetworkFolder) -> None:
    _edit_text(network)
    _edit_picture(network)


def _exchange_for_a_link(network: NetworkFolder) -> None:
    path = _bundle(network) / "index.md"
    path.unlink()
    path.symlink_to(network.root / "secret.txt")


def _remove(network: NetworkFolder) -> None:
    shutil.rmtree(_bundle(network))


EDITS = (_edit_text, _edit_picture, _add_picture, _edit_both, _exchange_for_a_link, _remove)
every_edit = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__.strip("_"))


@every_edit
def test_what_changed_since_it_was_shown_is_refused_and_nothing_is_written(
    edit: Callable[[NetworkFolder], None], network: NetworkFolder
) -> None:
    network.decided("show", "race")
    edit(network)
    record = tree_of(network.root / "record")
    said = network.mayor("approve", "race")
    assert said.code in {2, CONFLICT}, said.everything
    assert tree_of(network.root / "record") == record


@every_edit
def test_what_changed_since_its_hash_was_named_is_refused_and_nothing_is_written(
    edit: Callable[[NetworkFolder], None], network: NetworkFolder
) -> None:
    name = f"race@{_hash(network)}"
    edit(network)
    record = tree_of(network.root / "record")
    said = network.mayor("approve", name)
    assert said.code in {2, CONFLICT}, said.everything
    assert tree_of(network.root / "record") == record


def test_the_refusal_shows_the_difference_and_what_to_type(network: NetworkFolder) -> None:
    network.decided("show", "race")
    _edit_both(network)
    said = network.mayor("approve", "race")
    assert said.code == CONFLICT
    assert "-seen words" in said.out
    assert "+UNSEEN words" in said.out
    assert "changed x.png" in said.out
    assert f"mayor approve race@{_hash(network)}" in said.err


def test_a_receipt_is_for_the_person_who_looked(network: NetworkFolder) -> None:
    network.decided("show", "race", who="max")
    said = network.mayor("approve", "race", who="mia")
    assert said.code == 2
    assert "you have not looked at race" in said.err


@every_edit
def test_at_whatever_moment_of_an_approval_an_edit_comes_only_seen_bytes_are_approved(
    edit: Callable[[NetworkFolder], None],
    original: NetworkFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Files that are a tenth of a second old need not be opened again. Here none gets so old, however busy the machine:
    # every approval opens as many, so that its moments can be counted.
    monkeypatch.setattr(marks, "FINE", 1 << 62)
    outcomes = set()
    name = f"race@{_hash(original)}"
    for step in _moments(original, name, edit, tmp_path / "undisturbed"):
        network = NetworkFolder(root=tmp_path / str(step))
        shutil.copytree(original.root, network.root)
        with doing_at(step, lambda network=network: edit(network)) as openings:  # type: ignore[misc]
            said = network.mayor("approve", name)
        if len(openings) >= step:
            outcomes.add(_outcome(network, said.code))
        shutil.rmtree(network.root)
    assert outcomes == {"refused", "approved"}


def _moments(
    original: NetworkFolder, name: str, edit: Callable[[NetworkFolder], None], folder: Path
) -> list[int]:
    """Say at which openings of files to edit: each edit at every fourth, and another fourth than the edit before it.

    The last ones are all tried: there an edit comes too late to matter, and the approval goes through.
    """
    shutil.copytree(original.root, folder)
    with doing_at(MANY, lambda: pytest.fail("an approval opens far too many files")) as openings:
        NetworkFolder(root=folder).decided("approve", name)
    last = len(openings)
    return sorted(
        {*range(1 + EDITS.index(edit) % STRIDE, last, STRIDE), *range(last - STRIDE, last + 1)}
    )


def _outcome(network: NetworkFolder, code: int) -> str:
    """Say what became of an approval, and make sure that the record is sound and holds nothing unseen."""
    written = tree_of(network.root / "record")
    approvals = [name for name in written if "post/race" in name and name.endswith(".json")]
    everything = b"".join(written.values())
    assert b"UNSEEN" not in everything
    assert UNSEEN_COPY not in everything
    assert network.mayor("verify").code == 0
    if not approvals:
        assert code != 0
        return "refused"
    (copy,) = (
        raw for name, raw in written.items() if "post/race" in name and name.endswith(".txt")
    )
    assert unquote_lines(copy.decode("utf-8")) == SEEN_TEXT
    return "approved"


def _hash(network: NetworkFolder) -> str:
    waiting = json.loads(network.decided("queue", "--json").out)["waiting"]
    return str(next(one["hash"] for one in waiting if one["name"] == "race"))[:10]
