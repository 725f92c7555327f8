from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.disk.output import OutputChange, publish_output
from blognet.disk.output_marker import MARKER, is_output
from blognet.kernel.errors import BlognetError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.unit.disk.conftest import FullAt, KillAt

OLD = {
    "index.html": b"old home",
    "2026/hello/index.html": b"hello",
    "2026/gone/index.html": b"gone",
    "gone": b"a file that becomes a folder",
    ".well-known/security.txt": b"old contact",
}
NEW = {
    "index.html": b"new home!",
    "2026/hello/index.html": b"hello",
    "2026/new/index.html": b"new",
    "gone/index.html": b"a folder that was a file",
    ".well-known/security.txt": b"new contact",
    ".nojekyll": b"",
}
FOREIGN = {
    ".git/HEAD": b"ref: refs/heads/pages\n",
    ".gitkeep": b"",
    ".htaccess": b"Deny from all\n",
}


@pytest.fixture
def network(tmp_path: Path) -> Path:
    root = tmp_path / "network"
    root.mkdir()
    (root / "blognet.yml").write_bytes(b"id: x\n")
    return root


def publish(network: Path, files: Mapping[str, bytes], target: str = "site") -> OutputChange:
    return publish_output(network / target, files.items(), network=network)


def put(root: Path, files: Mapping[str, bytes]) -> None:
    for name, raw in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def ours(site: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: raw for name, raw in site.items() if name not in FOREIGN}


def neighbours(network: Path) -> list[str]:
    return sorted(path.name for path in network.iterdir())


def test_the_output_holds_exactly_the_files_of_the_last_build(network: Path) -> None:
    publish(network, OLD)
    change = publish(network, NEW)
    assert held(network / "site") == NEW
    assert change == OutputChange(
        written=(
            ".nojekyll", ".well-known/security.txt", "2026/new/index.html", "gone/index.html",
            "index.html",
        ),
        unchanged=1,
        removed=("2026/gone/index.html", "gone"),
    )  # fmt: skip
    assert neighbours(network) == ["blognet.yml", "site"]


def test_an_unchanged_file_is_the_very_same_file(network: Path) -> None:
    publish(network, OLD)
    before = (network / "site/2026/hello/index.html").stat()
    publish(network, NEW)
    after = (network / "site/2026/hello/index.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_when_nothing_changed_nothing_is_touched(network: Path) -> None:
    publish(network, OLD)
    before = {path: path.lstat() for path in [network, *network.rglob("*")]}
    assert publish(network, OLD).is_nothing
    assert {path: path.lstat() for path in [network, *network.rglob("*")]} == before


def test_a_page_that_somebody_edited_in_the_output_is_put_right(network: Path) -> None:
    publish(network, OLD)
    (network / "site/index.html").write_bytes(b"OLD home")
    assert publish(network, OLD).written == ("index.html",)
    assert held(network / "site") == OLD


def test_a_page_that_somebody_deleted_from_the_output_comes_back(network: Path) -> None:
    publish(network, OLD)
    (network / "site/index.html").unlink()
    assert publish(network, OLD).written == ("index.html",)
    assert held(network / "site") == OLD


def test_the_marker_names_every_file_with_its_digest_and_is_the_same_for_the_same_site(
    network: Path,
) -> None:
    publish(network, OLD)
    publish(network, dict(reversed(OLD.items())), target="again")
    marker = (network / "site" / MARKER).read_bytes()
    assert marker == (network / "again" / MARKER).read_bytes()
    assert list(json.loads(marker)["files"]) == sorted(OLD)
    assert is_output(network / "site")


def test_modes_do_not_depend_on_the_umask(network: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(network, OLD)
    finally:
        os.umask(before)
    paths = list((network / "site").rglob("*"))
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_what_others_keep_at_the_top_under_dotted_names_survives(network: Path) -> None:
    put(network / "site", FOREIGN)
    publish(network, OLD)
    (network / "site/.link").symlink_to("nowhere")
    publish(network, NEW)
    assert held(network / "site") == {**NEW, **FOREIGN}
    assert (network / "site/.link").is_symlink()


def test_what_the_system_drops_into_folders_is_no_obstacle(network: Path) -> None:
    publish(network, OLD)
    put(network / "site", {"2026/.DS_Store": b"x", "Thumbs.db": b"x"})
    publish(network, NEW)
    assert held(network / "site") == NEW


@pytest.mark.parametrize("name", ["CNAME", "2026/notes.txt", ".well-known/mine.txt"])
def test_a_file_of_somebody_else_is_named_and_nothing_changes(network: Path, name: str) -> None:
    publish(network, OLD)
    put(network / "site", {name: b"mine"})
    with pytest.raises(ConflictError, match=name) as caught:
        publish(network, NEW)
    assert "--output" in caught.value.hint
    assert held(network / "site") == {**OLD, name: b"mine"}


def test_a_folder_full_of_other_things_is_refused(network: Path) -> None:
    put(network / "photos", {f"{number}.jpg": b"" for number in range(9)})
    with pytest.raises(ConflictError, match=r"0\.jpg, .*4\.jpg and 4 more"):
        publish(network, NEW, target="photos")
    assert len(held(network / "photos")) == 9


@pytest.mark.parametrize("files", [OLD, {**OLD, "index.html": b"new home"}])
@pytest.mark.parametrize("old", [b"\n", b'  "gone"', b'  ".well-known'])
def test_a_marker_that_somebody_wrote_in_another_way_is_written_anew(
    network: Path, files: Mapping[str, bytes], old: bytes
) -> None:
    publish(network, OLD)
    marker = network / "site" / MARKER
    lines = marker.read_bytes()
    twice = [line for line in lines.splitlines(keepends=True) if line.startswith(old)]
    new = b"\r\n" if old == b"\n" else b"".join(twice) + old
    marker.write_bytes(lines.replace(old, new))
    publish(network, files)
    publish(network, files, "again")
    assert marker.read_bytes() == (network / "again" / MARKER).read_bytes()


@pytest.mark.parametrize("marker", [b"", b"{", b"[]", b'{"format": 99, "files": {}}', b"[" * 9999])
def test_a_damaged_marker_makes_nothing_ours(network: Path, marker: bytes) -> None:
    put(network / "site", {MARKER: marker, "index.html": b"whose?"})
    with pytest.raises(ConflictError, match=r"index\.html"):
        publish(network, NEW)
    assert held(network / "site") == {"index.html": b"whose?"}


def test_a_dotted_name_that_is_taken_is_refused_unless_it_is_the_same(network: Path) -> None:
    put(network / "site", {".nojekyll": b""})
    publish(network, NEW)
    put(network / "other", {".well-known/mine.txt": b"mine"})
    with pytest.raises(ConflictError, match="security"):
        publish(network, NEW, target="other")
    assert held(network / "site") == NEW
    assert held(network / "other") == {".well-known/mine.txt": b"mine"}


@pytest.mark.parametrize(
    "name",
    [
        "", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a", "a\nb", "a\0b", "a\\b", "c:d",
        "Ko\u0308ln.html", "\udce9.html", "x" * 256,
    ],
)  # fmt: skip
def test_a_name_that_is_no_plain_relative_path_is_refused(network: Path, name: str) -> None:
    publish(network, OLD)
    with pytest.raises(BlognetError, match="cannot be written"):
        publish(network, {**NEW, name: b""})
    assert held(network / "site") == OLD
    assert neighbours(network) == ["blognet.yml", "site"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tag.html", "tag.html"),
        ("Ann/x.html", "ann/y.html"),
        ("a", "a/index.html"),
        ("a/index.html", "a"),
        ("Köln.html", "kÖln.html"),
        ("x.html", "x.html"),
        (MARKER, "x.html"),
    ],
)
def test_names_that_are_the_same_on_some_disk_are_refused(
    network: Path, one: str, other: str
) -> None:
    files = [(one, b"1"), (other, b"2")]
    with pytest.raises(BlognetError, match="two pages want the same place"):
        publish_output(network / "site", files, network=network)
    assert neighbours(network) == ["blognet.yml"]


def test_a_build_that_fails_halfway_leaves_the_old_site(network: Path) -> None:
    publish(network, OLD)

    def failing() -> Iterator[tuple[str, bytes]]:
        yield from NEW.items()
        message = "a template is broken"
        raise BlognetError(message)

    with pytest.raises(BlognetError, match="template"):
        publish_output(network / "site", failing(), network=network)
    assert held(network / "site") == OLD
    assert neighbours(network) == ["blognet.yml", "site"]


def test_a_reader_never_finds_the_site_missing_or_mixed(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(network, OLD)
    seen: list[dict[str, bytes]] = []
    for name in ("rename", "link", "unlink", "rmdir", "mkdir"):
        original = getattr(os, name)

        def looking(*args: object, original: object = original, **named: object) -> object:
            assert callable(original)
            result: object = original(*args, **named)
            seen.append(held(network / "site"))
            return result

        monkeypatch.setattr(os, name, looking)
    publish(network, NEW)
    assert all(state in (OLD, NEW) for state in seen)
    assert OLD in seen
    assert NEW in seen


@pytest.mark.parametrize("one_step", [True, False], ids=["exchanged", "renamed twice"])
def test_killed_at_any_step_a_whole_site_is_there_and_the_next_build_completes(
    network: Path, kill_at: KillAt, monkeypatch: pytest.MonkeyPatch, *, one_step: bool
) -> None:
    if not one_step:
        monkeypatch.setattr("blognet.disk.output_places.exchange", lambda *_names: False)
    step, killed, interrupted = 0, True, []
    while killed:
        step += 1
        place = network / str(step)
        put(place / "site", FOREIGN)
        publish(network, OLD, target=f"{step}/site")
        killed = kill_at(step, lambda step=step: publish(network, NEW, target=f"{step}/site"))  # type: ignore[misc]
        there = [held(site) for site in place.iterdir() if (site / MARKER).exists()]
        assert any(ours(site) in (OLD, NEW) for site in there)
        if (place / "site").exists():
            assert ours(held(place / "site")) in (OLD, NEW)
        else:
            interrupted.append(step)
        publish(network, NEW, target=f"{step}/site")
        assert held(place / "site") == {**NEW, **FOREIGN}
        assert [path.name for path in place.iterdir()] == ["site"]
    assert step > 20
    assert len(interrupted) == (0 if one_step else 1)


def test_a_first_build_that_is_killed_leaves_no_half_site(network: Path, kill_at: KillAt) -> None:
    step, killed = 0, True
    while killed:
        step += 1
        (network / str(step)).mkdir()
        killed = kill_at(step, lambda step=step: publish(network, NEW, target=f"{step}/site"))  # type: ignore[misc]
        site = network / str(step) / "site"
        assert not site.exists() or held(site) == NEW
        publish(network, NEW, target=f"{step}/site")
        assert held(site) == NEW
        assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert step > 10


def test_on_a_full_disk_a_whole_site_stays_and_nothing_of_others_is_lost(
    network: Path, disk_full_at: FullAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(network / "site", FOREIGN)
    messages = []
    for step in range(1, 40):
        publish(network, OLD)
        disk_full_at(step)
        try:
            publish(network, NEW)
        except BlognetError as error:
            messages.append(error.message)
            assert ours(held(network / "site")) in (OLD, NEW)
        else:
            assert held(network / "site") == {**NEW, **FOREIGN}
        finally:
            monkeypatch.undo()
    publish(network, NEW)
    assert held(network / "site") == {**NEW, **FOREIGN}
    assert neighbours(network) == ["blognet.yml", "site"]
    assert all("no space left" in message for message in messages)
    assert 10 < len(messages) < 39


def test_a_disk_without_hard_links_gets_copies(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise PermissionError

    publish(network, OLD)
    monkeypatch.setattr(os, "link", refuse)
    publish(network, NEW)
    assert held(network / "site") == NEW


def test_a_target_behind_a_link_is_replaced_where_it_lies(network: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (network / "site").symlink_to(tmp_path / "www")
    publish(network, NEW)
    assert (network / "site").is_symlink()
    assert held(tmp_path / "www") == NEW


@pytest.mark.parametrize(
    "target", [".", "..", "/", "~", "queue", "posts/site", "record", "blognet.yml", "no/such/site"]
)
def test_a_folder_that_must_not_be_replaced_is_refused(network: Path, target: str) -> None:
    place = Path.home() if target == "~" else network / target
    with pytest.raises(BlognetError, match="cannot be the output folder"):
        publish_output(place, NEW.items(), network=network)
    assert neighbours(network) == ["blognet.yml"]


def test_another_network_is_no_output_folder(network: Path, tmp_path: Path) -> None:
    put(tmp_path / "second", {"blognet.yml": b"id: y\n"})
    with pytest.raises(BlognetError, match="it holds a network"):
        publish_output(tmp_path / "second", NEW.items(), network=network)


def test_links_that_go_round_in_a_circle_are_refused(network: Path) -> None:
    (network / "site").symlink_to("site")
    with pytest.raises(BlognetError, match="circle"):
        publish(network, NEW)


def test_something_under_our_working_name_is_not_removed(network: Path) -> None:
    put(network, {".site.blognet-new": b"a file"})
    with pytest.raises(ConflictError, match="in the way"):
        publish(network, NEW)
    assert (network / ".site.blognet-new").read_bytes() == b"a file"


def test_the_site_of_a_run_killed_between_two_renames_is_back_even_if_the_next_build_fails(
    network: Path, kill_at: KillAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.disk.output_places.exchange", lambda *_names: False)
    publish(network, OLD)
    for step in range(1, 60):
        kill_at(step, lambda: publish(network, NEW))
        if not (network / "site").exists():
            break
        publish(network, OLD)
    assert not (network / "site").exists()
    with pytest.raises(BlognetError):
        publish(network, {"../x": b""})
    assert held(network / "site") == OLD


@pytest.mark.parametrize("has_standby", [False, True])
@pytest.mark.parametrize("is_tidy", [False, True])
def test_what_somebody_puts_there_while_pages_are_made_is_neither_lost_nor_kept_for_later(
    network: Path, *, has_standby: bool, is_tidy: bool
) -> None:
    standby = network / "standby" if has_standby else None
    for files in (OLD, {**OLD, "index.html": b"newer home"}):
        publish_output(network / "site", files.items(), network=network, standby=standby)
    before = held(network / "site")

    def made() -> Iterator[tuple[str, bytes]]:
        yield from NEW.items()
        put(network / "site", {"2026/hello/mine.html": b"mine"})

    with pytest.raises(ConflictError, match=r"did not write: 2026/hello/mine\.html"):
        publish_output(network / "site", made(), network=network, standby=standby, is_tidy=is_tidy)
    assert held(network / "site") == {**before, "2026/hello/mine.html": b"mine"}
    (network / "site/2026/hello/mine.html").unlink()
    for files in (NEW, OLD, NEW):
        publish_output(network / "site", files.items(), network=network, standby=standby)
        assert held(network / "site") == files
