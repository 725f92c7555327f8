"""Files that are laid down get their place as they are, or are found out."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from blognet.disk.laid import Laid, lay, laying
from blognet.disk.output import publish_output
from blognet.disk.private import PRIVATE
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex


@pytest.fixture
def network(tmp_path: Path) -> Path:
    (tmp_path / "blognet.yml").write_bytes(b"id: probe\n")
    return tmp_path


def test_a_laid_file_is_published_like_its_bytes(network: Path) -> None:
    with laying(network) as folder:
        files = [(name, lay(str(folder), name, name.encode())) for name in ("a/b.html", "c.html")]
        change = publish_output(network / "site", files, network=network)
    assert change.written == ("a/b.html", "c.html")
    assert (network / "site/a/b.html").read_bytes() == b"a/b.html"
    assert stat.S_IMODE(os.lstat(network / "site/c.html").st_mode) == 0o644
    assert not (network / PRIVATE / "laid").exists()


def test_what_did_not_change_stays_the_very_same_file(network: Path) -> None:
    plain = [("a.html", b"same"), ("b.html", b"old"), ("c.html", b"four")]
    publish_output(network / "site", plain, network=network)
    before = os.lstat(network / "site/a.html").st_ino
    with laying(network) as folder:
        said = {"a.html": b"same", "b.html": b"new", "c.html": b"five"}
        files = [(name, lay(str(folder), name, raw)) for name, raw in said.items()]
        change = publish_output(network / "site", files, network=network)
    assert (change.written, change.unchanged) == (("b.html", "c.html"), 1)
    assert os.lstat(network / "site/a.html").st_ino == before
    assert (network / "site/c.html").read_bytes() == b"five"


def test_a_laid_file_may_have_a_name_with_a_dot(network: Path) -> None:
    with laying(network) as folder:
        files = [(".well-known/x", lay(str(folder), ".well-known/x", b"words"))]
        publish_output(network / "site", files, network=network)
    assert (network / "site/.well-known/x").read_bytes() == b"words"


def test_a_laid_file_that_somebody_changed_is_found_out(network: Path) -> None:
    with laying(network) as folder:
        laid = lay(str(folder), "a.html", b"words")
        assert laid.is_there
        assert laid.sha256 == sha256_hex(b"words")
        Path(laid.path).write_bytes(b"longer words")
        assert not Laid(path=laid.path, size=laid.size, sha256=laid.sha256).is_there
        with pytest.raises(BlognetError, match="changed while"):
            laid.read()


def test_a_link_is_no_laid_file(network: Path) -> None:
    (network / "else").write_bytes(b"words")
    (network / "link").symlink_to(network / "else")
    sha256 = sha256_hex(b"words")
    assert Laid(path=str(network / "else"), size=5, sha256=sha256).is_there
    assert not Laid(path=str(network / "link"), size=5, sha256=sha256).is_there


def test_what_a_killed_run_laid_is_gone_with_the_next(network: Path) -> None:
    with laying(network) as folder:
        lay(str(folder), "a.html", b"words")
        left = folder.with_name("left")
        folder.rename(left)
    left.rename(folder)
    with laying(network) as folder:
        assert list(folder.iterdir()) == []


def test_no_name_leads_out_of_the_folder(network: Path) -> None:
    with laying(network) as folder:
        laid = lay(str(folder), "../../../a", b"words")
        assert Path(laid.path).parent == folder
