"""Files in ``.blognet/`` that somebody else put there: a folder may come along with a clone or an archive."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING

import pytest

from blognet.disk.look import LISTED, Look, keep_listed, listed_before
from blognet.disk.private import PRIVATE, private_folder, read_private, write_private
from blognet.disk.settings import KEPT, keep_settings, kept_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "0123"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "network"
    root.mkdir()
    (root / "blognet.yml").write_text("id: net\n", encoding="utf-8")
    private_folder(root)
    return root


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A file of the person that is none of ours."""
    path = tmp_path / "elsewhere"
    path.write_text("precious", encoding="utf-8")
    return path


def keep_many(root: Path) -> None:
    listed = {f"posts/{n}": ((0, n, n, n), "", "", "") for n in range(1, 200)}
    keep_listed(root, Look(began=1 << 62, listed=dict(listed)), {})


def keep_some(root: Path) -> None:
    keep_settings(root, NAME, b"what the settings came to")


@pytest.mark.parametrize(
    ("name", "keep"),
    [
        (f"{LISTED}.new", keep_many),
        (LISTED, keep_many),
        (f"{KEPT}.{os.getpid()}.new", keep_some),
        (KEPT, keep_some),
    ],
    ids=["new list", "list", "new settings", "settings"],  # one holds a process's number
)
def test_nothing_is_written_through_a_link(
    name: str, keep: Callable[[Path], None], root: Path, elsewhere: Path
) -> None:
    (root / PRIVATE / name).symlink_to(elsewhere)
    keep(root)
    assert elsewhere.read_text(encoding="utf-8") == "precious"
    assert len(listed_before(root)) == (199 if keep is keep_many else 0)
    assert bool(kept_settings(root, NAME)) is (keep is keep_some)


def test_what_is_no_plain_file_is_not_read(root: Path, elsewhere: Path) -> None:
    os.mkfifo(root / PRIVATE / LISTED)  # whoever opens one as usual waits for ever
    (root / PRIVATE / KEPT).symlink_to(elsewhere)
    assert listed_before(root) == {}
    assert read_private(root, KEPT, limit=100) is None


def test_what_is_too_long_is_not_read(root: Path) -> None:
    write_private(root / PRIVATE / KEPT, b"12345")
    assert read_private(root, KEPT, limit=5) == b"12345"
    assert read_private(root, KEPT, limit=4) is None


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 8, b"\xff" * 8, b"\0" * 13, b"\3" + b"\0" * 7 + b"a\0b"]
)
def test_a_list_of_folders_that_somebody_made_up_lists_none(body: bytes, root: Path) -> None:
    path = root / PRIVATE / LISTED
    path.write_bytes(blake2b(body, digest_size=16).digest() + body)
    assert listed_before(root) == {}


def test_settings_that_came_along_with_their_text_are_not_believed(root: Path) -> None:
    keep_some(root)
    assert kept_settings(root, NAME) == b"what the settings came to"
    copy = root / "copy.yml"
    copy.write_bytes((root / "blognet.yml").read_bytes())
    copy.replace(root / "blognet.yml")  # as a clone or an archive lays it down
    assert kept_settings(root, NAME) is None
