"""An archive of a shard brings exactly what was put in, or is refused with a sentence."""

from __future__ import annotations

import io
import json
import tarfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from blognet.disk.sealed_archive import ArchiveError
from blognet.disk.shard_archive import Inputs, open_shard, write_shard
from blognet.disk.shard_files import shard_file, shard_files
from blognet.kernel.errors import UsageError
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.sealing import seal
from blognet.site.shards import Shard

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"a key of tests, long enough"
SHARD = Shard(number=2, of=3)
INPUTS = Inputs(program="p", now="2026-11-22T00:00:00Z", base_url="", settings="s", network="n")
FILES = {"index.html": b"<p>Home</p>" * 99, "größe/index.html": b"", "feed.xml": b"<rss/>"}
PROBLEM = Problem(
    location=Location(path="posts/a.md", line=3),
    code="BN410",
    severity=Severity.WARNING,
    message="a dead link",
    hint="mend it",
)


def archive(folder: Path, *, key: bytes = KEY) -> Path:
    path = folder / "shard-2-of-3.tar"
    write_shard(path, SHARD, INPUTS, iter(FILES.items()), (PROBLEM,), key=key)
    return path


def read(path: Path, *, key: bytes = KEY, unsealed: bool = False) -> dict[str, bytes]:
    with open_shard(path, key=key, unsealed=unsealed) as shard:
        return dict(shard.files())


def handmade(path: Path, listing: object, *members: bytes) -> Path:
    raw = listing if isinstance(listing, bytes) else json.dumps(listing).encode()
    good = seal(KEY, "blognet shard 1", sha256(raw).hexdigest()).encode()
    named = ((f"file/{number}", each) for number, each in enumerate(members, start=1))
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for name, each in (("blognet-shard", raw), ("seal", good), *named):
            member = tarfile.TarInfo(name)
            member.size = len(each)
            tar.addfile(member, io.BytesIO(each))
    return path


def listing(**changed: object) -> dict[str, object]:
    return {
        "format": 1,
        "shard": "1/1",
        "inputs": {
            "program": "p", "now": "n", "base_url": "", "settings": "s", "network": "n",
        },
        "problems": [],
        "files": [["a", 1, sha256(b"x").hexdigest()]],
        **changed,
    }  # fmt: skip


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path)
    assert read(path) == FILES
    with open_shard(path, key=KEY, unsealed=False) as shard:
        assert (shard.said.shard, shard.said.inputs) == (SHARD, INPUTS)
        assert shard.said.problems == (PROBLEM,)


def test_equal_contents_give_equal_archives(tmp_path: Path) -> None:
    first = archive(tmp_path).read_bytes()
    assert archive(tmp_path).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["shard-2-of-3.tar"]


def test_the_handmade_archive_of_the_other_tests_is_good(tmp_path: Path) -> None:
    assert read(handmade(tmp_path / "good.tar", listing(), b"x")) == {"a": b"x"}


def test_every_changed_byte_that_counts_is_noticed(tmp_path: Path) -> None:
    path = archive(tmp_path)
    good = path.read_bytes()
    for at in range(0, len(good), 61):
        path.write_bytes(good[:at] + bytes([good[at] ^ 0x20]) + good[at + 1 :])
        try:
            found = read(path)
        except ArchiveError:
            continue
        assert found == FILES


def test_every_shortened_file_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path)
    whole = path.read_bytes()
    for size in range(0, len(whole.rstrip(b"\0")), 97):
        path.write_bytes(whole[:size])
        with pytest.raises(ArchiveError):
            read(path)


def test_without_the_key_that_sealed_it_a_shard_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path)
    for key in (b"", b"another key of tests"):
        with pytest.raises(ArchiveError):
            read(path, key=key)
    bare = archive(tmp_path, key=b"")
    with pytest.raises(ArchiveError, match="has no seal"):
        read(bare)
    assert read(bare, unsealed=True) == FILES


@pytest.mark.parametrize(
    "said",
    [
        b"no JSON",
        b"[" * 100_000,
        [],
        listing(format=2),
        listing(shard="3/2"),
        listing(shard=1),
        listing(inputs={"program": "p"}),
        listing(inputs={"program": 1}),
        listing(inputs=listing()["inputs"] | {"more": "x"}),  # type: ignore[operator]
        listing(problems=[["x"]]),
        listing(files=[["a", -1, "0" * 64]]),
        listing(files=[["a", 10**12, "0" * 64]]),
        listing(files=[["a", True, "0" * 64]]),
        listing(files=[["a", 1]]),
        listing(files=[[1, 1, "0" * 64]]),
        listing(files=5),
    ],
)
def test_a_list_that_is_none_of_ours_is_refused(tmp_path: Path, said: object) -> None:
    with pytest.raises(ArchiveError, match="its list of files is not one"):
        read(handmade(tmp_path / "evil.tar", said, b"x"))


def test_other_bytes_than_the_list_says_are_refused(tmp_path: Path) -> None:
    for raw in (b"y", b"", b"xx"):
        with pytest.raises(ArchiveError):
            read(handmade(tmp_path / "evil.tar", listing(), raw))


def test_more_than_the_list_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="goes on after"):
        read(handmade(tmp_path / "evil.tar", listing(), b"x", b"more"))


def test_a_shard_lies_under_a_name_by_which_it_is_found(tmp_path: Path) -> None:
    path = shard_file(tmp_path, tmp_path / "some" / "where", SHARD)
    path.write_bytes(b"")
    (path.parent / "other.tar").write_bytes(b"")
    assert shard_files([path.parent, path]) == (path,)
    assert shard_file(tmp_path, None, SHARD).parent == tmp_path / ".blognet" / "shards"
    with pytest.raises(UsageError, match="holds no shards"):
        shard_files([tmp_path])
