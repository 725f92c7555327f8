"""What makes bytes no event, each said in a sentence. Round trips are in tests/property/test_events.py."""

from __future__ import annotations

import json

import pytest

from blognet.moderation.event_json import Malformed, event_from_bytes, event_stem, event_to_bytes
from tests.unit.moderation.cases import an_event

GOOD = json.loads(event_to_bytes(an_event()))


def reading(**changes: object) -> Malformed:
    mapping = {**GOOD, **changes}
    mapping = {key: value for key, value in mapping.items() if value is not None}
    text = json.dumps(mapping, sort_keys=True, ensure_ascii=False, indent=1)
    found = event_from_bytes(text.encode("utf-8") + b"\n")
    assert isinstance(found, Malformed), found
    return found


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("actor", None, "'actor' is missing"),
        ("actor", "../ann", "'../ann' is not an author's id"),
        ("actor", 7, "'actor' is not a text"),
        ("assets", [], "'assets' is not an object"),
        ("assets", {"a.png": "12"}, "'12' is not a SHA-256 in hex"),
        ("content", "md5:12", "'content' is not sha256: and 64 hex digits"),
        ("facts", {}, "'date' is missing"),
        ("facts", {"date": "today"}, "'date' is not a time such as 2026-11-22T09:15:03Z"),
        ("findings", "none", "'findings' is not a list of texts"),
        ("format", None, "'format' is not a whole number"),
        ("format", True, "'format' is not a whole number"),
        ("id", "Hello World", "'post/Hello World' is not the name of a subject"),
        ("id", "../../x", "'post/../../x' is not the name of a subject"),
        ("kind", "reply", "'kind' is 'reply', expected one of post, profile, page"),
        ("language", "no such", "'post/hello-world.no such' is not the name of a subject"),
        ("network", "", "'network' is not a text"),
        ("options", {"quiet": True}, "'quiet' is not a text"),
        ("path_facts", {"authors": "ann"}, "'authors' is not a list of texts"),
        ("prev", ["12"], "'12' is not a SHA-256 in hex"),
        ("prev", "none", "'prev' is not a list of texts"),
        ("seen", "dreamt", "'seen' is 'dreamt', expected one of shown, asked, named, listed, assumed"),
        ("time", "2026-11-22", "'time' is not a time such as 2026-11-22T09:15:03Z"),
        ("words", "hello", "'hello' is not a SHA-256 in hex"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_read_is_named_with_what_was_expected(
    key: str, value: object, reason: str
) -> None:
    assert reading(**{key: value}) == Malformed(reason=reason)


def test_an_unknown_verb_is_refused_with_the_known_ones() -> None:
    assert reading(verb="vote").reason.startswith(
        "'verb' is 'vote', expected one of submit, recall"
    )


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[]", "not a JSON object"),
        (b"", "not JSON in UTF-8"),
        (b"\xff{}", "not JSON in UTF-8"),
        (b'{"a": 1, "a": 2}', "a key stands twice"),
        (b"<<<<<<< HEAD\n", "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON in UTF-8"),
        (b'{"format": ' + b"9" * 5000 + b"}", "not JSON in UTF-8"),
    ],
)
def test_bytes_that_are_no_json_object_are_refused(raw: bytes, reason: str) -> None:
    found = event_from_bytes(raw)
    assert isinstance(found, Malformed)
    assert reason in found.reason


def test_an_event_has_one_form_so_other_spacing_order_and_line_ends_are_refused() -> None:
    raw = event_to_bytes(an_event())
    for other in (raw.replace(b"\n", b"\r\n"), raw[:-1], raw + b"\n", raw.replace(b"\n ", b"\n  ")):
        assert event_from_bytes(other) == Malformed(
            reason="not written in the one form that events have"
        )
    assert reading(prev=["f" * 64, "0" * 64]).reason.startswith("not written in the one form")
    assert reading(format=0).reason.startswith("not written in the one form")


def test_a_newer_format_is_refused_with_both_numbers() -> None:
    found = reading(format=7)
    assert found.newer
    assert found.reason == "it has format 7 and this blognet reads up to format 1"


def test_keys_of_a_later_version_survive() -> None:
    event = an_event(unknown={"weather": {"sun": [1, None]}})
    read = event_from_bytes(event_to_bytes(event))
    assert read == event
    assert b'"weather"' in event_to_bytes(event)


def test_the_name_of_an_event_says_when_what_and_who() -> None:
    event = an_event()
    stem = event_stem(event, event_to_bytes(event))
    assert stem.startswith("20261122T091503Z-approve-ann-")
