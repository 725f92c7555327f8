from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.disk.move import move_without_overwriting
from blognet.disk.writing import replace_file, write_new_file
from blognet.kernel.errors import BlognetError, ConflictError
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.disk.conftest import FullAt, KillAt

SOURCE = SourcePath("queue/ann/sub/hello.md")
TARGET = SourcePath("posts/ann/sub/hello.md")


def put(root: Path, path: str, raw: bytes = b"text\n") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(raw)


def tree(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@pytest.fixture(params=["one step", "elsewhere"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of moving: with the system's safe rename, and without."""
    if request.param == "elsewhere":
        monkeypatch.setattr("blognet.disk.renaming._call", lambda *_arguments: None)
    return str(request.param)


@pytest.mark.usefixtures("system")
def test_a_file_is_moved_and_the_folders_it_leaves_empty_go(tmp_path: Path) -> None:
    put(tmp_path, SOURCE)
    put(tmp_path, "queue/bob/other.md")
    move_without_overwriting(tmp_path, SOURCE, TARGET)
    assert tree(tmp_path) == [
        "posts", "posts/ann", "posts/ann/sub", TARGET, "queue", "queue/bob", "queue/bob/other.md",
    ]  # fmt: skip


@pytest.mark.usefixtures("system")
def test_the_queue_itself_stays_when_it_is_empty(tmp_path: Path) -> None:
    put(tmp_path, "queue/a.md")
    move_without_overwriting(tmp_path, SourcePath("queue/a.md"), SourcePath("posts/a.md"))
    assert tree(tmp_path) == ["posts", "posts/a.md", "queue"]


def test_a_folder_that_holds_anything_stays(tmp_path: Path) -> None:
    put(tmp_path, SOURCE)
    put(tmp_path, "queue/ann/.gitkeep", b"")
    move_without_overwriting(tmp_path, SOURCE, TARGET)
    assert tree(tmp_path / "queue") == ["ann", "ann/.gitkeep"]


@pytest.mark.usefixtures("system")
def test_a_bundle_is_moved_with_everything_in_it(tmp_path: Path) -> None:
    for name in ("index.md", "images/a.png", ".hidden"):
        put(tmp_path, f"queue/ann/trip/{name}", name.encode())
    source, target = SourcePath("queue/ann/trip"), SourcePath("posts/ann/trip")
    move_without_overwriting(tmp_path, source, target)
    assert tree(tmp_path / target) == [".hidden", "images", "images/a.png", "index.md"]
    assert tree(tmp_path / "queue") == []


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("taken", ["file", "folder", "empty folder", "link", "dead link"])
@pytest.mark.parametrize("what", ["file", "bundle"])
def test_what_has_the_name_already_is_never_replaced(tmp_path: Path, taken: str, what: str) -> None:
    source = SourcePath("queue/x") if what == "bundle" else SourcePath("queue/x.md")
    target = SourcePath(source.replace("queue", "posts"))
    put(tmp_path, f"{source}/index.md" if what == "bundle" else source)
    (tmp_path / "posts").mkdir()
    match taken:
        case "file":
            put(tmp_path, target, b"other")
        case "folder":
            put(tmp_path, f"{target}/other.md")
        case "empty folder":
            (tmp_path / target).mkdir()
        case "link":
            (tmp_path / target).symlink_to(tmp_path / source)
        case _:
            (tmp_path / target).symlink_to("nowhere")
    before = tree(tmp_path)
    with pytest.raises(ConflictError, match="exists already"):
        move_without_overwriting(tmp_path, source, target)
    assert tree(tmp_path) == before


def test_what_is_gone_is_a_conflict(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="is gone"):
        move_without_overwriting(tmp_path, SOURCE, TARGET)
    assert tree(tmp_path) == []


@pytest.mark.parametrize("where", ["queue", "queue/ann", "queue/ann/sub/hello.md"])
def test_links_are_not_moved_and_not_passed_through(tmp_path: Path, where: str) -> None:
    outside, root = tmp_path / "outside", tmp_path / "network"
    put(outside, SOURCE)
    (root / where).parent.mkdir(parents=True)
    (root / where).symlink_to(outside / where)
    with pytest.raises(ConflictError, match="no plain file or folder"):
        move_without_overwriting(root, SOURCE, TARGET)
    assert (outside / SOURCE).read_bytes() == b"text\n"


def test_nothing_is_moved_through_a_link(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "network"
    outside.mkdir()
    put(root, SOURCE)
    (root / "posts").symlink_to(outside)
    with pytest.raises(ConflictError):
        move_without_overwriting(root, SOURCE, TARGET)
    assert (root / SOURCE).read_bytes() == b"text\n"
    assert tree(outside) == []


def test_a_move_killed_at_any_step_loses_nothing_and_can_be_repeated(
    tmp_path: Path, kill_at: KillAt, system: str
) -> None:
    step, killed, both = 0, True, 0
    while killed:
        step += 1
        root = tmp_path / str(step)
        put(root, SOURCE)
        killed = kill_at(step, lambda root=root: move_without_overwriting(root, SOURCE, TARGET))  # type: ignore[misc]
        there = [(root / path).exists() for path in (SOURCE, TARGET)]
        both += all(there)
        assert any(there)
        if there[0]:
            move_without_overwriting(root, SOURCE, TARGET)
        assert (root / TARGET).read_bytes() == b"text\n"
        assert not (root / SOURCE).exists()
    assert both == (0 if system == "one step" else 1)


def test_a_new_file_is_written_once(tmp_path: Path) -> None:
    assert write_new_file(tmp_path / "a.md", b"one")
    assert not write_new_file(tmp_path / "a.md", b"one")
    with pytest.raises(ConflictError):
        write_new_file(tmp_path / "a.md", b"two")
    assert (tmp_path / "a.md").read_bytes() == b"one"
    assert tree(tmp_path) == ["a.md"]


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    (tmp_path / "a.md").chmod(0o640)
    replace_file(tmp_path / "a.md", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_a_replacement_killed_at_any_step_leaves_old_or_new_bytes(
    tmp_path: Path, kill_at: KillAt
) -> None:
    step, killed = 0, True
    while killed:
        step += 1
        put(tmp_path, "a.md", b"old")
        killed = kill_at(step, lambda: replace_file(tmp_path / "a.md", b"new"))
        assert (tmp_path / "a.md").read_bytes() in {b"old", b"new"}
    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_a_replacement_on_a_full_disk_leaves_the_old_bytes_and_no_rest(
    tmp_path: Path, disk_full_at: FullAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.md", b"old")
    for step in (1, 2):
        disk_full_at(step)
        with pytest.raises(BlognetError, match="no space left") as caught:
            replace_file(tmp_path / "a.md", b"new")
        monkeypatch.undo()
        assert "free some space" in caught.value.hint
        assert tree(tmp_path) == ["a.md"]
        assert (tmp_path / "a.md").read_bytes() == b"old"
