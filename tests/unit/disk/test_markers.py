from __future__ import annotations

import json

import pytest

from blognet.disk.markers import manifest_in, marker_of

NAMES = ('a "quoted" name', "back\\slash", "Köln/時計.html", "tab\there", "")


@pytest.mark.parametrize("digests", [{}, {"b.html": "2", "a.html": "1"}, dict.fromkeys(NAMES, "0")])
def test_a_marker_is_json_with_sorted_keys_and_says_what_was_put_in(
    digests: dict[str, str],
) -> None:
    raw = marker_of(digests)
    said = json.loads(raw)
    as_json = json.dumps(said, sort_keys=True, indent=1, ensure_ascii=False)
    assert raw.decode() == f"{as_json}\n"
    assert manifest_in(raw) == digests


@pytest.mark.parametrize("raw", [b"[]", b"{}", b'{"format": 99, "files": {}}', b'{"format": 1}'])
def test_what_is_no_marker_of_ours_says_nothing(raw: bytes) -> None:
    assert manifest_in(raw) is None
