"""The marker of an output: JSON as anybody writes it, and what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from blognet.disk.output_marker import MARKER, is_output, manifest_of, marker_like, marker_of

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ('a "quoted" name', "back\\slash", "Köln/時計.html", "tab\there", "")


@pytest.mark.parametrize("digests", [{}, {"b.html": "2", "a.html": "1"}, dict.fromkeys(NAMES, "0")])
def test_a_marker_is_json_with_sorted_keys_and_says_what_was_put_in(
    digests: dict[str, str], tmp_path: Path
) -> None:
    raw = marker_of(digests)
    as_json = json.dumps(json.loads(raw), sort_keys=True, indent=1, ensure_ascii=False)
    assert raw.decode() == f"{as_json}\n"
    (tmp_path / MARKER).write_bytes(raw)
    assert manifest_of(tmp_path) == digests


@pytest.mark.parametrize(
    "raw", [b"[]", b"{}", b'{"format": 99, "files": {}}', b'{"format": 1}', b"no JSON"]
)
def test_what_is_no_marker_of_ours_says_nothing(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / MARKER).write_bytes(raw)
    assert not is_output(tmp_path)


FILES = {**{f"{number}.html": "0" for number in range(60)}, **dict.fromkeys(NAMES, "1")}


@pytest.mark.parametrize(
    "now",
    [
        FILES,
        {**FILES, "1.html": "2", NAMES[0]: "2"},
        {**FILES, "1.html": FILES["2.html"], "2.html": "9"},
        {name: f"{digest}0" for name, digest in FILES.items()},
        {**FILES, "new.html": "1"},
        {name: digest for name, digest in FILES.items() if name != "1.html"},
        {},
    ],
)
@pytest.mark.parametrize("raw", [marker_of(FILES), json.dumps({"files": FILES}).encode(), b""])
def test_a_marker_is_the_same_whatever_it_was_made_from(now: dict[str, str], raw: bytes) -> None:
    assert marker_like(raw, FILES, now) == marker_of(now)
