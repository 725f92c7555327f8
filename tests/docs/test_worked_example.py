"""The worked example of docs/record.md holds: by the description alone, and by the code."""

from __future__ import annotations

import hashlib
import json
import re

from blognet.kernel.hashing import AssetEntry, PathFacts, content_hash
from blognet.kernel.ids import Kind, Subject
from blognet.kernel.text import quote_lines
from blognet.moderation.event_json import event_from_bytes, event_stem
from blognet.moderation.events import Event
from tests.docs.pages import REPOSITORY

PAGE = (REPOSITORY / "docs" / "record.md").read_text(encoding="utf-8")
SOURCE = "---\ntitle: Köln\nauthors: [ann]\n---\n\nHello.\n"
PHOTO = b"not really a picture"


def block(name: str) -> str:
    found = re.search(rf"<!-- example: {name} -->\n```\w*\n(.*?)```\n", PAGE, re.DOTALL)
    assert found is not None, name
    return found[1]


def test_the_example_shows_the_source_and_the_file_beside_it() -> None:
    assert block("source") == SOURCE
    assert f"`{hashlib.sha256(PHOTO).hexdigest()}`" in PAGE
    assert f"`{PHOTO.decode()}`" in PAGE


def test_the_fields_encode_and_hash_to_what_the_page_shows_by_its_own_rule() -> None:
    fields = [str(field) for field in json.loads(block("fields"))]
    raws = [field.encode("utf-8") for field in fields]
    encoded = b"".join(b"%d:%s," % (len(raw), raw) for raw in raws)

    assert encoded == block("encoding").removesuffix("\n").encode("utf-8")
    assert f"sha256:{hashlib.sha256(encoded).hexdigest()}\n" == block("hash")


def test_blognet_computes_the_same_hash() -> None:
    computed = content_hash(
        Subject(kind=Kind.POST, id="koeln", language="de"),
        path_facts=PathFacts(date="2026-11-22"),
        text=SOURCE,
        assets=(AssetEntry(path="dom.jpg", sha256=hashlib.sha256(PHOTO).hexdigest()),),
    )

    assert block("hash") == f"{computed}\n"
    assert f"`{computed.file_stem}.txt`" in PAGE


def test_the_approved_text_is_quoted_as_shown() -> None:
    assert block("approved text") == quote_lines(SOURCE)


def test_the_event_shown_is_an_event_and_has_the_name_shown() -> None:
    raw = block("event").encode("utf-8")
    event = event_from_bytes(raw)

    assert isinstance(event, Event)
    assert f"`{event_stem(event, raw)}.json`" in PAGE
