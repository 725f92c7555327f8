from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.disk.clock import now
from blognet.disk.identity import Identity, IdentitySource, keep_identity, read_identity, who_runs
from blognet.disk.lock import writing_lock
from blognet.disk.private import private_folder
from blognet.disk.receipts import Receipt, forget_receipt, keep_receipt, read_receipt
from blognet.kernel.errors import ConflictError, UsageError
from blognet.kernel.hashing import AssetEntry, ContentHash
from blognet.kernel.ids import AuthorId, Kind, Subject

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.disk.conftest import Git

ANN, BOB = AuthorId("ann"), AuthorId("bob")
EMAILS = {"Ann@Example.org": (ANN,), "team@example.org": (ANN, BOB)}
SUBJECT = Subject(kind=Kind.POST, id="hello", language="de")
RECEIPT = Receipt(
    subject=SUBJECT,
    content=ContentHash("a" * 64),
    text="# Grüße\n\u2028\n",
    assets=(AssetEntry(path="a/ö.png", sha256="b" * 64),),
    time=datetime(2026, 11, 22, 9, 15, 3, tzinfo=UTC),
    actor=ANN,
)


def test_git_never_sees_the_private_folder(tmp_path: Path, git: Git) -> None:
    keep_receipt(tmp_path, RECEIPT)
    keep_identity(tmp_path, ANN)
    assert git("status", "--porcelain") == ""


def test_the_private_folder_is_not_reached_through_a_link(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "network"
    outside.mkdir()
    root.mkdir()
    (root / ".blognet").symlink_to(outside)
    with pytest.raises(ConflictError):
        private_folder(root, "seen")
    assert list(outside.iterdir()) == []


def test_a_receipt_is_read_back(tmp_path: Path) -> None:
    keep_receipt(tmp_path, RECEIPT)
    assert read_receipt(tmp_path, SUBJECT) == RECEIPT
    assert (tmp_path / ".blognet/seen/post-hello.de.json").exists()
    assert read_receipt(tmp_path, Subject(kind=Kind.POST, id="hello")) is None


def test_a_forgotten_receipt_is_gone(tmp_path: Path) -> None:
    forget_receipt(tmp_path, SUBJECT)
    keep_receipt(tmp_path, RECEIPT)
    forget_receipt(tmp_path, SUBJECT)
    assert read_receipt(tmp_path, SUBJECT) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda _raw: b"",
        lambda raw: raw[:-30],
        lambda _raw: b"[1]",
        lambda _raw: b"\xff\xfe",
        lambda _raw: b"[" * 5000,
        lambda raw: raw.replace(b'"format": 1', b'"format": 2'),
        lambda raw: raw.replace(b"post/hello.de", b"post/other.de"),
        lambda raw: raw.replace(b"sha256:", b"md5:"),
        lambda raw: raw.replace(b"09:15:03Z", b"25:15:03Z"),
        lambda raw: raw.replace(b'"assets": {', b'"assets": [{').replace(b"}", b"}]", 1),
    ],
)
def test_a_damaged_receipt_counts_as_none(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    keep_receipt(tmp_path, RECEIPT)
    place = tmp_path / ".blognet/seen/post-hello.de.json"
    damaged: object = damage(place.read_bytes())
    assert isinstance(damaged, bytes)
    assert damaged != place.read_bytes()
    place.write_bytes(damaged)
    assert read_receipt(tmp_path, SUBJECT) is None


def test_whoever_is_named_comes_before_all_else(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("config", "user.email", "ann@example.org")
    keep_identity(tmp_path, AuthorId("dora"))
    monkeypatch.setenv("BLOGNET_USER", "bob")
    found = [who_runs(tmp_path, named="cleo", ids_by_email=EMAILS)]
    found.append(who_runs(tmp_path, named="", ids_by_email=EMAILS))
    monkeypatch.delenv("BLOGNET_USER")
    found.append(who_runs(tmp_path, named="", ids_by_email=EMAILS))
    git("config", "user.email", "stranger@example.org")
    found.append(who_runs(tmp_path, named="", ids_by_email=EMAILS))
    (tmp_path / ".blognet/me").unlink()
    found.append(who_runs(tmp_path, named="", ids_by_email=EMAILS))
    assert found == [
        Identity(author=AuthorId("cleo"), source=IdentitySource.NAMED),
        Identity(author=BOB, source=IdentitySource.ENVIRONMENT),
        Identity(author=ANN, source=IdentitySource.GIT),
        Identity(author=AuthorId("dora"), source=IdentitySource.KEPT),
        None,
    ]


def test_an_address_of_several_authors_names_nobody(tmp_path: Path, git: Git) -> None:
    git("config", "user.email", "team@example.org")
    assert who_runs(tmp_path, named="", ids_by_email=EMAILS) is None


def test_a_name_that_cannot_be_an_author_is_refused_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="--as says"):
        who_runs(tmp_path, named="../ann", ids_by_email={})
    monkeypatch.setenv("BLOGNET_USER", "Ann Smith")
    with pytest.raises(UsageError, match="BLOGNET_USER"):
        who_runs(tmp_path, named="", ids_by_email={})


@pytest.mark.parametrize("raw", [b"", b"no id\n", b"\xff", b"x" * 5000])
def test_a_damaged_identity_counts_as_none(tmp_path: Path, raw: bytes) -> None:
    keep_identity(tmp_path, ANN)
    (tmp_path / ".blognet/me").write_bytes(raw)
    assert read_identity(tmp_path) is None


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    said: list[str] = []
    holder = f"mayor approve, process {os.getpid()}"
    with (
        writing_lock(tmp_path, doing="mayor approve"),
        pytest.raises(ConflictError, match=holder),
        writing_lock(tmp_path, doing="blognet build", seconds=0.1, waiting=said.append),
    ):
        pass
    assert said == [f"waiting for another command ({holder})"]


def test_the_lock_is_free_after_its_holder_failed(tmp_path: Path) -> None:
    message = "a bug"
    with pytest.raises(RuntimeError), writing_lock(tmp_path, doing="x"):
        raise RuntimeError(message)
    with writing_lock(tmp_path, doing="y", seconds=0):
        pass


HOLD = """
import sys, time
from pathlib import Path
from blognet.disk.lock import writing_lock
with writing_lock(Path(sys.argv[1]), doing="x"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(ConflictError), writing_lock(tmp_path, doing="y", seconds=0):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
    with writing_lock(tmp_path, doing="y", seconds=0):
        pass


def test_the_clock_gives_whole_seconds_of_universal_time() -> None:
    moment = now()
    assert (moment.tzinfo, moment.microsecond) == (UTC, 0)
