"""Files are read whole, whatever the system says of their size, and never beyond the limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from blognet.content.values import FileFault
from blognet.disk.reading import read_plain

UNKNOWN = Path("/proc/self/status")
"""A plain file of which the system says that it is empty."""


@pytest.mark.parametrize("size", [0, 1, 5_000, 3_000_000])
def test_a_file_is_read_whole(size: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * size)
    assert read_plain(tmp_path, ("file",), limit=size) == b"x" * size


@pytest.mark.skipif(not UNKNOWN.exists(), reason="this system has no such files")
def test_a_file_that_is_longer_than_the_system_says_is_read_to_its_end_or_to_the_limit() -> None:
    found = read_plain(UNKNOWN.parent.resolve(), (UNKNOWN.name,), limit=1_000_000)
    assert isinstance(found, bytes)
    assert found.startswith(b"Name:")
    assert found.endswith(b"\n")
    assert read_plain(UNKNOWN.parent.resolve(), (UNKNOWN.name,), limit=100) is FileFault.TOO_LARGE
