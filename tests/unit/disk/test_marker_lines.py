"""A marker that is changed line by line is the one that would be written from nothing."""

from __future__ import annotations

import random

import pytest

from blognet.disk.marker_lines import MarkerLines
from blognet.disk.output_marker import marker_of
from blognet.kernel.hashing import sha256_hex

NAMES = (
    *("a", "a/index.html", "a-b/index.html", "a.html", "A", "z/é/x", "z/É", "日本/x", "a b/c,d"),
    *(".x", ".well-known/y", "b/ü"),
    *(f"{number}/index.html" for number in range(30)),
)


def digest(chance: random.Random) -> str:
    return sha256_hex(chance.randbytes(4))


@pytest.mark.parametrize("seed", range(20))
def test_it_says_and_becomes_what_is_written_from_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(30):
        files = {name: digest(chance) for name in chance.sample(NAMES, chance.randrange(1, 30))}
        lines = MarkerLines(marker_of(files))
        assert {name: lines.digest(name) for name in NAMES if lines.digest(name)} == files
        assert len(lines) == len(files)
        assert list(lines.starting(".")) == sorted(name for name in files if name.startswith("."))
        changes = {
            name: chance.choice(("", digest(chance)))
            for name in chance.sample(NAMES, chance.randrange(6))
        }
        after = {name: said for name, said in {**files, **changes}.items() if said}
        if after:
            assert lines.exchanged(changes) == marker_of(after)


def test_a_marker_without_files_is_written_from_nothing() -> None:
    lines = MarkerLines(marker_of({"a": "0" * 64}))
    with pytest.raises(ValueError, match="marker"):
        lines.exchanged({"a": ""})
    with pytest.raises(ValueError, match="marker"):
        MarkerLines(marker_of({}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"files": {', b'"files":  {'),
        (b'"format": 1', b'"format": 2'),
        (b'  "b": "', b'  "b" :"'),
        (b'  "b": "0', b'  "b": "'),
        (b'  "b": "0', b'   "b": "0'),
        (b'  "b"', b'  "\xff"'),
        (b'  "b": "0', b'  "b\\u0062": "0'),
        (b'0",\n  "c', b'0"\n,  "c'),
    ],
)
def test_what_somebody_else_wrote_is_not_taken_for_ours(old: bytes, new: bytes) -> None:
    raw = marker_of(dict.fromkeys("abc", "0" * 64))
    assert raw.count(old) == 1
    with pytest.raises(ValueError):  # noqa: PT011  UnicodeDecodeError is one
        MarkerLines(raw.replace(old, new)).digest("b")
