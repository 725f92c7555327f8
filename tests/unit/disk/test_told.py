"""What was told already is remembered, and anything that cannot be read counts as forgotten."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from blognet.disk.told import Told, keep_told, read_told
from blognet.kernel.ids import AuthorId

if TYPE_CHECKING:
    from pathlib import Path

BEN = AuthorId("ben")
DAY = date(2026, 11, 23)


def test_what_was_told_is_read_as_it_was_kept(tmp_path: Path) -> None:
    told = Told().adding(BEN, ["a" * 16]).on(DAY, BEN, has_digest=True).hooked(["b" * 16])
    keep_told(tmp_path, told)
    again = read_told(tmp_path)
    assert again is not None
    assert again.of(BEN) == {"a" * 16}
    assert again.letters == again.digests == {BEN: DAY}
    assert again.hook == {"b" * 16}
    assert (tmp_path / ".blognet/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_more_is_added_and_nothing_is_forgotten() -> None:
    told = Told().adding(BEN, ["a"]).adding(BEN, ["b"]).on(DAY, BEN, has_digest=False)
    assert told.of(BEN) == {"a", "b"}
    assert not told.digests


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "{}", '{"format": 2}', '{"format": 1}', '{"format": 1, "events": []}',
        '{"format": 1, "events": {"b n": []}, "letters": {}, "digests": {}, "hook": []}',
        '{"format": 1, "events": {"ben": [1]}, "letters": {}, "digests": {}, "hook": []}',
        '{"format": 1, "events": {}, "letters": {"ben": "soon"}, "digests": {}, "hook": []}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / ".blognet").mkdir()
    (tmp_path / ".blognet/told.json").write_text(text, encoding="utf-8")
    assert read_told(tmp_path) is None


def test_without_a_file_there_is_no_memory(tmp_path: Path) -> None:
    assert read_told(tmp_path) is None
