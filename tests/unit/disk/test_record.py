from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.disk.record import (
    RawRecord,
    RecordWrite,
    encode_asset,
    read_asset_copy,
    read_record,
    write_decision,
)
from blognet.kernel.errors import BlognetError, ConflictError, FaultsError
from blognet.kernel.hashing import sha256_hex
from blognet.moderation.record import RecordFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.disk.conftest import FullAt, KillAt

PICTURE = bytes(range(256)) * 3
DIGEST = sha256_hex(PICTURE)
FOLDER = "record/post/hello"
EVENT = RecordFile(path=f"{FOLDER}/20260101T000000Z-approve-ann-00000000.json", raw=b"{}\n")
WORDS = RecordFile(path=f"{FOLDER}/20260101T000000Z-approve-ann-00000000.md", raw=b"> Nice\n")
TEXT = RecordFile(path=f"{FOLDER}/{'a' * 32}.txt", raw=b"| Hello\n")
DECISION = RecordWrite(assets=((DIGEST, PICTURE),), texts=(TEXT,), words=WORDS, event=EVENT)
IN_ORDER = (f"record/assets/{DIGEST}.b64", TEXT.path, WORDS.path, EVENT.path)


def put(root: Path, path: str, raw: bytes = b"") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(raw)
    return place


def whole_files(root: Path) -> list[bool]:
    """Which files of the decision are there, in the order of writing; each that is there must be whole."""
    expected = {IN_ORDER[0]: encode_asset(PICTURE)} | {f.path: f.raw for f in (TEXT, WORDS, EVENT)}
    for path, raw in expected.items():
        assert not (root / path).exists() or (root / path).read_bytes() == raw
    return [(root / path).exists() for path in IN_ORDER]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    assert write_decision(tmp_path, DECISION) == IN_ORDER
    assert read_record(tmp_path) == RawRecord(
        files=tuple(sorted((EVENT, WORDS, TEXT), key=lambda file: file.path)),
        assets=frozenset({DIGEST}),
    )
    assert read_asset_copy(tmp_path, DIGEST) == PICTURE


def test_a_network_without_a_record_has_an_empty_one(tmp_path: Path) -> None:
    assert read_record(tmp_path) == RawRecord()


def test_writing_the_same_decision_again_changes_nothing(tmp_path: Path) -> None:
    write_decision(tmp_path, DECISION)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in IN_ORDER}
    assert write_decision(tmp_path, DECISION) == IN_ORDER
    assert {path: (tmp_path / path).stat().st_mtime_ns for path in IN_ORDER} == before


@pytest.mark.parametrize("taken", IN_ORDER)
def test_a_file_of_the_record_is_never_overwritten_and_the_event_not_written(
    tmp_path: Path, taken: str
) -> None:
    put(tmp_path, taken, b"something else")
    with pytest.raises(ConflictError):
        write_decision(tmp_path, DECISION)
    assert (tmp_path / taken).read_bytes() == b"something else"
    assert taken == EVENT.path or not (tmp_path / EVENT.path).exists()


def test_an_asset_with_another_digest_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    wrong = RecordWrite(assets=((DIGEST, b"other"),), event=EVENT)
    with pytest.raises(BlognetError, match=DIGEST):
        write_decision(tmp_path, wrong)
    assert not (tmp_path / "record").exists()


def test_the_record_is_not_written_through_a_link(tmp_path: Path) -> None:
    root, outside = tmp_path / "network", tmp_path / "outside"
    outside.mkdir()
    (root / "record/post").mkdir(parents=True)
    (root / FOLDER).symlink_to(outside)
    with pytest.raises(ConflictError):
        write_decision(root, DECISION)
    assert list(outside.iterdir()) == []


def test_killed_at_any_step_no_event_comes_before_what_it_needs(
    tmp_path: Path, kill_at: KillAt
) -> None:
    states = set()
    step, killed = 0, True
    while killed:
        step += 1
        root = tmp_path / str(step)
        root.mkdir()
        killed = kill_at(step, lambda root=root: write_decision(root, DECISION))  # type: ignore[misc]
        there = whole_files(root)
        assert there == sorted(there, reverse=True)
        assert not read_record(root).problems
        states.add(sum(there))
        write_decision(root, DECISION)
        assert whole_files(root) == [True] * 4
        assert not [name for _, _, names in os.walk(root) for name in names if name[0] == "."]
    assert states == {0, 1, 2, 3, 4}


def test_on_a_full_disk_no_event_comes_before_what_it_needs(
    tmp_path: Path, disk_full_at: FullAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = []
    for step in range(1, 40):
        root = tmp_path / str(step)
        root.mkdir()
        disk_full_at(step)
        try:
            write_decision(root, DECISION)
        except BlognetError as error:
            messages.append(error.message)
        finally:
            monkeypatch.undo()
        there = whole_files(root)
        assert there == sorted(there, reverse=True)
        write_decision(root, DECISION)
        assert whole_files(root) == [True] * 4
    assert all("no space left" in message for message in messages)
    assert 4 <= len(messages) < 39


def test_a_write_that_stops_early_is_continued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda opened, raw: write(opened, raw[:7]))
    write_decision(tmp_path, DECISION)
    assert whole_files(tmp_path) == [True] * 4


def test_where_a_disk_knows_neither_hard_links_nor_safe_renames_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("blognet.disk.renaming._call", lambda *_arguments: None)
    monkeypatch.setattr(os, "link", refuse)
    write_decision(tmp_path, DECISION)
    other = RecordFile(path=EVENT.path, raw=b"other")
    with pytest.raises(ConflictError):
        write_decision(tmp_path, RecordWrite(event=other))
    assert whole_files(tmp_path) == [True] * 4


def test_links_and_pipes_in_the_record_are_faults(tmp_path: Path) -> None:
    put(tmp_path, TEXT.path, TEXT.raw)
    secret = put(tmp_path, "secret.json", b"{}")
    (tmp_path / FOLDER / "x.json").symlink_to(secret)
    os.mkfifo(tmp_path / FOLDER / "y.json")
    (tmp_path / "record/page").symlink_to(tmp_path)
    record = read_record(tmp_path)
    assert record.files == (TEXT,)
    assert [(problem.location.path, problem.code) for problem in record.problems] == [
        ("record/page", "BN391"),
        (f"{FOLDER}/x.json", "BN391"),
        (f"{FOLDER}/y.json", "BN391"),
    ]


def test_files_that_mean_nothing_are_named_so_that_somebody_can_report_them(tmp_path: Path) -> None:
    for path in ("record/notes.txt", "record/assets/photo.b64", f"{FOLDER}/big.zip"):
        put(tmp_path, path, b"bytes")
    put(tmp_path, f"{FOLDER}/.DS_Store")
    assert read_record(tmp_path) == RawRecord(
        files=(
            RecordFile(path="record/assets/photo.b64", raw=b""),
            RecordFile(path="record/notes.txt", raw=b"bytes"),
            RecordFile(path=f"{FOLDER}/big.zip", raw=b""),
        )
    )


@given(st.binary(max_size=400))
def test_an_asset_is_encoded_in_short_lines_that_each_end(raw: bytes) -> None:
    lines = encode_asset(raw).split(b"\n")
    assert lines.pop() == b""
    assert all(1 <= len(line) <= 76 for line in lines)


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(encode_asset(b"other bytes"), id="other bytes"),
        pytest.param(b"not base64 at all!\n", id="no base64"),
        pytest.param(encode_asset(PICTURE)[:-40], id="cut short"),
    ],
)
def test_a_damaged_copy_of_an_asset_is_a_fault(tmp_path: Path, copy: bytes) -> None:
    put(tmp_path, IN_ORDER[0], copy)
    with pytest.raises(FaultsError) as caught:
        read_asset_copy(tmp_path, DIGEST)
    assert [(p.code, p.location.path) for p in caught.value.problems] == [("BN390", IN_ORDER[0])]


def test_a_missing_copy_of_an_asset_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsError):
        read_asset_copy(tmp_path, DIGEST)


def test_a_copy_that_git_gave_windows_line_ends_is_still_the_asset(tmp_path: Path) -> None:
    put(tmp_path, IN_ORDER[0], encode_asset(PICTURE).replace(b"\n", b"\r\n"))
    assert read_asset_copy(tmp_path, DIGEST) == PICTURE
