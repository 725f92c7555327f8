from __future__ import annotations

import os
import socket
import threading
import unicodedata
from typing import TYPE_CHECKING

import pytest

from blognet.content.values import FileFault, FoundFile
from blognet.disk import reading
from blognet.disk.home import find_network
from blognet.disk.look import Look, look_at
from blognet.disk.network import look_at_network, read_config_text, scan
from blognet.disk.reading import MAX_DEPTH, MAX_TEXT, read_asset
from blognet.kernel.errors import BlognetError, ConfigError, ConflictError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SourcePath
from tests.picture_files import png

if TYPE_CHECKING:
    from pathlib import Path


def put(root: Path, path: str, raw: bytes = b"text\n") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(raw)
    return place


def faults(root: Path) -> dict[str, str]:
    return {file.path: file.fault for file in scan(root) if file.fault}


def paths(root: Path) -> list[str]:
    return [file.path for file in scan(root)]


def test_the_network_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    put(tmp_path, "blognet.yml")
    (tmp_path / "queue/ann").mkdir(parents=True)
    assert find_network(tmp_path / "queue/ann") == tmp_path


def test_outside_of_a_network_the_error_names_init(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        find_network(tmp_path)
    assert "blognet init" in caught.value.hint


def test_a_folder_named_blognet_yml_is_no_network(tmp_path: Path) -> None:
    (tmp_path / "blognet.yml").mkdir()
    with pytest.raises(ConfigError):
        find_network(tmp_path)


def test_the_configuration_is_read_without_bom_and_carriage_returns(tmp_path: Path) -> None:
    put(tmp_path, "blognet.yml", b"\xef\xbb\xbfid: x\r\n")
    assert read_config_text(tmp_path) == "id: x\n"


def test_a_configuration_that_is_no_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    put(tmp_path, "blognet.yml", b"id: x\ntitle: K\xf6ln\n")
    with pytest.raises(ConfigError, match=r"blognet\.yml:2:9"):
        read_config_text(tmp_path)


def test_files_come_sorted_with_their_bytes_or_their_head(tmp_path: Path) -> None:
    picture = png()
    put(tmp_path, "queue/trip/index.md", b"# Trip\n")
    put(tmp_path, "queue/trip/a.png", picture)
    put(tmp_path, "authors/ann.md", b"Ann\n")
    assert scan(tmp_path) == (
        FoundFile(
            path=SourcePath("authors/ann.md"), raw=b"Ann\n", sha256=sha256_hex(b"Ann\n"), size=4
        ),
        FoundFile(
            path=SourcePath("queue/trip/a.png"),
            raw=None,
            sha256=sha256_hex(picture),
            size=len(picture),
            head=picture[:32],
        ),
        FoundFile(
            path=SourcePath("queue/trip/index.md"),
            raw=b"# Trip\n",
            sha256=sha256_hex(b"# Trip\n"),
            size=7,
        ),
    )


def test_the_bytes_of_a_drawing_are_there_because_they_must_be_judged(tmp_path: Path) -> None:
    put(tmp_path, "queue/trip/map.SVG", b"<svg/>")
    assert scan(tmp_path)[0].raw == b"<svg/>"


def test_hidden_and_underscored_names_are_passed_over_and_readme_is_not(tmp_path: Path) -> None:
    for name in (".hidden.md", "_draft.md", "_private/x.md", ".git/config", "README.md"):
        put(tmp_path, f"queue/{name}")
    assert paths(tmp_path) == ["queue/README.md"]


def test_nothing_outside_of_the_four_folders_is_read(tmp_path: Path) -> None:
    put(tmp_path, "record/post/x/y.md")
    put(tmp_path, "drafts/x.md")
    put(tmp_path, "pages/about.md")
    assert paths(tmp_path) == ["pages/about.md"]


def test_links_are_reported_and_never_followed(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret/key.md", b"secret")
    put(tmp_path, "posts/a.md")
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue/file.md").symlink_to(secret)
    (tmp_path / "queue/folder").symlink_to(secret.parent)
    (tmp_path / "queue/round.md").symlink_to("round.md")
    (tmp_path / "queue/nowhere.md").symlink_to("nowhere")
    (tmp_path / "authors").symlink_to(secret.parent)
    found = {file.path: (file.fault, file.raw, file.sha256) for file in scan(tmp_path)}
    link = (FileFault.SYMLINK, None, "")
    assert found.pop(SourcePath("posts/a.md"))[0] == ""
    links = ("authors", "queue/file.md", "queue/folder", "queue/nowhere.md", "queue/round.md")
    assert found == dict.fromkeys(links, link)


def test_pipes_and_sockets_are_reported_without_waiting_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "queue").mkdir()
    os.mkfifo(tmp_path / "queue/pipe.md")
    monkeypatch.chdir(tmp_path / "queue")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
        assert faults(tmp_path) == {
            "queue/pipe.md": FileFault.SPECIAL,
            "queue/socket.md": FileFault.SPECIAL,
        }


def test_a_text_over_its_limit_is_reported_and_an_image_of_that_size_is_not(tmp_path: Path) -> None:
    put(tmp_path, "queue/long.md", b"x" * (MAX_TEXT + 1))
    put(tmp_path, "queue/photo.jpg", b"x" * (MAX_TEXT + 1))
    assert faults(tmp_path) == {"queue/long.md": FileFault.TOO_LARGE}


def test_a_file_that_grows_while_it_is_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "queue/a.md", b"small")
    monkeypatch.setattr(os, "read", lambda _opened, size: b"x" * size)
    assert faults(tmp_path) == {"queue/a.md": FileFault.TOO_LARGE}


def test_a_file_that_the_system_refuses_to_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "queue/a.md")

    def refuse(_opened: int, _size: int) -> bytes:
        raise PermissionError

    monkeypatch.setattr(os, "read", refuse)
    assert faults(tmp_path) == {"queue/a.md": FileFault.UNREADABLE}


def test_a_file_exchanged_for_a_pipe_or_a_link_after_it_was_listed_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = put(tmp_path, "secret.md", b"secret")
    pipe, link = put(tmp_path, "queue/pipe.md"), put(tmp_path, "queue/link.md")
    plain = os.lstat(link).st_mode
    for place in (pipe, link):
        place.unlink()
    os.mkfifo(pipe)
    link.symlink_to(secret)
    monkeypatch.setattr(reading, "_kind_of", lambda _path: plain)  # what it was when it was listed
    for place, fault in ((pipe, FileFault.SPECIAL), (link, FileFault.SYMLINK)):
        assert reading.read_plain(tmp_path, ("queue", place.name), limit=100) is fault


def test_a_folder_exchanged_for_a_link_does_not_lead_outside(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/a.md", b"secret").parent
    root = tmp_path / "network"
    (root / "queue").mkdir(parents=True)
    (root / "queue/sub").symlink_to(outside)
    raw = reading.read_plain(root, ("queue", "sub", "a.md"), limit=100)
    assert isinstance(raw, FileFault)


def test_a_name_that_is_no_utf8_or_holds_a_line_feed_is_reported_readably(tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir()
    (tmp_path / os.fsdecode(b"queue/caf\xe9.md")).touch()
    put(tmp_path, "queue/two\nlines.md")
    assert faults(tmp_path) == {
        "queue/caf\\xe9.md": FileFault.UNREADABLE,
        "queue/two\\x0alines.md": FileFault.UNREADABLE,
    }


def test_decomposed_accents_are_named_in_the_usual_form_and_still_found(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Köln/photo-ö.png")
    put(tmp_path, f"queue/{name}", b"png")
    (found,) = scan(tmp_path)
    assert found.path == "queue/Köln/photo-ö.png"
    assert read_asset(tmp_path, found.path, found.sha256) == b"png"


def test_two_names_that_differ_only_in_how_accents_are_encoded_are_not_both_read(
    tmp_path: Path,
) -> None:
    for form in ("NFC", "NFD"):
        put(tmp_path, "queue/" + unicodedata.normalize(form, "Köln.md"))
    assert [file.fault for file in scan(tmp_path)] == ["", FileFault.UNREADABLE]


def test_folders_too_deep_are_reported_and_not_entered(tmp_path: Path) -> None:
    put(tmp_path, "queue/" + "d/" * (MAX_DEPTH + 5) + "x.md")
    assert list(faults(tmp_path).values()) == [FileFault.UNREADABLE]


def test_an_absurd_number_of_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_FILES", 3)
    for number in range(4):
        put(tmp_path, f"queue/{number}.md")
    with pytest.raises(BlognetError, match="queue/ holds more than 3 files"):
        scan(tmp_path)


def test_an_asset_that_changed_or_vanished_is_a_conflict(tmp_path: Path) -> None:
    place = put(tmp_path, "queue/trip/a.png", b"one")
    path = SourcePath("queue/trip/a.png")
    place.write_bytes(b"two")
    with pytest.raises(ConflictError, match="changed"):
        read_asset(tmp_path, path, sha256_hex(b"one"))
    place.unlink()
    with pytest.raises(ConflictError, match="cannot be read"):
        read_asset(tmp_path, path, sha256_hex(b"one"))


@pytest.mark.parametrize("is_known", [True, False])
def test_two_processes_see_what_one_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    for path in ("posts/a/one.md", "queue/two.md", "record/post/one/1.json", "authors/a.md"):
        put(tmp_path, path)
    if is_known:
        before = look_at(tmp_path, ("posts", "record"), began=0, listed={})
        monkeypatch.setattr("blognet.disk.network.listed_before", lambda _: before.listed)
        put(tmp_path, "record/post/one/2.json")
    alone = look_at_network(tmp_path, began=0)
    monkeypatch.setattr("blognet.disk.network._MANY", 0)
    both = look_at_network(tmp_path, began=0)
    assert (both.marks, both.listed) == (alone.marks, alone.listed)
    assert (both.newest, both.is_whole) == (alone.newest, alone.is_whole)
    assert "record/post/one" in both.listed
    assert "posts/a" in both.listed


def test_a_process_with_several_threads_looks_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.disk.network._MANY", 0)
    asked: list[bool] = []

    def noted(*_: object, is_long: bool, **__: object) -> tuple[Look, tuple[str, ...]]:
        asked.append(is_long)
        return Look(began=0), ()

    monkeypatch.setattr("blognet.disk.network.look_shared", noted)
    gone = threading.Event()
    other = threading.Thread(target=gone.wait)
    other.start()
    try:
        look_at_network(tmp_path, began=0)
    finally:
        gone.set()
        other.join()
    assert asked == [False]
