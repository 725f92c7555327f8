"""An archive of the cache brings exactly what was put in, or is refused as a whole with a sentence."""

from __future__ import annotations

import io
import tarfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from blognet.disk.cache_archive import (
    Listed,
    check_archive,
    read_archive,
    write_archive,
)
from blognet.disk.sealed_archive import ArchiveError
from blognet.kernel.sealing import seal

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"a key of tests, long enough"
ENTRIES = {f"texts/{'0' * 31}{number}": f"text {number}".encode() * 99 for number in range(3)}


NOTE = f"texts/{'0' * 32}.images"


def listed(entries: dict[str, bytes]) -> list[Listed]:
    return [
        Listed(name=name, size=len(raw), digest=sha256(raw).hexdigest())
        for name, raw in sorted(entries.items())
    ]


def archive(folder: Path, *, key: bytes = KEY, name: str = "cache.tar") -> Path:
    path = folder / name
    write_archive(path, listed(ENTRIES), iter(ENTRIES.values()), key=key)
    return path


def handmade(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for member, raw in members:
            member.size = len(raw)
            tar.addfile(member, io.BytesIO(raw))
    return path


def sealed_list(*lines: str) -> tuple[tuple[tarfile.TarInfo, bytes], ...]:
    raw = "".join(f"{line}\n" for line in ("blognet-cache 1", *lines)).encode()
    good = seal(KEY, "blognet cache archive 1", sha256(raw).hexdigest())
    return (tarfile.TarInfo("blognet-cache"), raw), (tarfile.TarInfo("seal"), good.encode())


def refusal(path: Path, *, key: bytes = KEY, unsealed: bool = False) -> str:
    with pytest.raises(ArchiveError) as caught:
        check_archive(path, key=key, unsealed=unsealed)
    return caught.value.message


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path)
    assert check_archive(path, key=KEY, unsealed=False) == len(ENTRIES)
    assert dict(read_archive(path, key=KEY, unsealed=False)) == ENTRIES


def test_equal_entries_give_equal_files(tmp_path: Path) -> None:
    assert archive(tmp_path).read_bytes() == archive(tmp_path, name="other.tar").read_bytes()


def test_a_key_may_have_a_word_behind_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "cache.tar"
    write_archive(path, listed({NOTE: b"[]"}), iter([b"[]"]), key=KEY)
    assert dict(read_archive(path, key=KEY, unsealed=False)) == {NOTE: b"[]"}


def test_any_tar_can_look_into_it(tmp_path: Path) -> None:
    with tarfile.open(archive(tmp_path)) as tar:
        assert tar.getnames() == ["blognet-cache", "seal", *ENTRIES]


def test_every_changed_byte_that_counts_is_noticed(tmp_path: Path) -> None:
    path = archive(tmp_path)
    good = path.read_bytes()
    for at in range(0, len(good), 97):
        path.write_bytes(good[:at] + bytes([good[at] ^ 0x20]) + good[at + 1 :])
        try:
            found = dict(read_archive(path, key=KEY, unsealed=False))
        except ArchiveError:
            continue
        assert found == ENTRIES


def test_every_shortened_file_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path)
    whole = path.read_bytes()
    end = len(whole.rstrip(b"\0"))
    for size in range(0, end, 61):
        path.write_bytes(whole[:size])
        assert refusal(path)


def test_without_the_key_that_sealed_it_a_file_is_refused(tmp_path: Path) -> None:
    assert "was not sealed with this" in refusal(archive(tmp_path), key=b"another key of tests")
    assert "is not set" in refusal(archive(tmp_path), key=b"")
    unsealed = archive(tmp_path, key=b"")
    assert "has no seal" in refusal(unsealed)
    assert check_archive(unsealed, key=KEY, unsealed=True) == len(ENTRIES)


@pytest.mark.parametrize(
    "name",
    [
        "texts/../../../etc/passwd",
        "/etc/passwd",
        "texts/" + "A" * 32,
        "other/" + "0" * 32,
        "texts/short",
    ],
)
def test_names_that_are_no_keys_are_refused(tmp_path: Path, name: str) -> None:
    line = f"{sha256(b'x').hexdigest()} 1 {name}"
    path = handmade(tmp_path / "evil.tar", *sealed_list(line), (tarfile.TarInfo(name), b"x"))
    assert "list of entries" in refusal(path)


def test_links_are_refused(tmp_path: Path) -> None:
    name = f"texts/{'0' * 32}"
    link = tarfile.TarInfo(name)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    line = f"{sha256(b'').hexdigest()} 0 {name}"
    path = handmade(tmp_path / "evil.tar", *sealed_list(line), (link, b""))
    assert "plain file" in refusal(path)


def test_an_entry_larger_than_its_line_says_is_not_read(tmp_path: Path) -> None:
    name = f"texts/{'0' * 32}"
    line = f"{sha256(b'x').hexdigest()} 1 {name}"
    path = handmade(tmp_path / "evil.tar", *sealed_list(line), (tarfile.TarInfo(name), b"x" * 9999))
    assert "at most 1 bytes" in refusal(path)


def test_a_name_that_is_listed_twice_is_refused(tmp_path: Path) -> None:
    name = f"texts/{'0' * 32}"
    line = f"{sha256(b'x').hexdigest()} 1 {name}"
    member = (tarfile.TarInfo(name), b"x")
    path = handmade(tmp_path / "evil.tar", *sealed_list(line, line), member, member)
    assert "list of entries" in refusal(path)


def test_what_comes_after_the_last_entry_is_refused(tmp_path: Path) -> None:
    path = handmade(tmp_path / "evil.tar", *sealed_list(), (tarfile.TarInfo("more"), b"x"))
    assert "goes on" in refusal(path)


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = archive(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="shorter"):
        write_archive(path, listed(ENTRIES), iter(()), key=KEY)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before
