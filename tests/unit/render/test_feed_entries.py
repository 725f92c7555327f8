from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from blognet.render.feed_entries import WrittenEntries, entries_in
from blognet.render.feed_formats import feed_bytes
from blognet.render.feed_values import (
    NO_ENTRIES,
    FeedAuthor,
    FeedDocument,
    FeedEntry,
    FeedImage,
    FeedMedia,
    KeptEntry,
)
from blognet.site.pages import FeedFormat

DAY = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
BELLS = FeedEntry(
    id="tag:clocks,2026:post/bells",
    title="Bells & <bronze>",
    url="https://example.org/2026/bells/",
    html='<p>Two\nlines, "quoted" &amp; ]]> 🔔</p>\n',
    summary="How bells are cast.",
    authors=(FeedAuthor(name="Ann Ö.", url="https://example.org/authors/ann/"),),
    published=DAY,
    updated=DAY.replace(day=4),
    categories=("Towers", "Sound"),
    image=FeedImage(url="https://example.org/bell.png", type="image/png", width=3, height=2),
    language="en",
    media=FeedMedia(url="https://example.org/bell.mp3", type="audio/mpeg", length=9),
)
PLAIN = replace(BELLS, id="tag:clocks,2026:post/plain", html="", summary="", image=None, media=None)

SLY = replace(
    BELLS,
    id="tag:clocks,2026:post/sly",
    title='</item>\n<item>\n</entry>\n<entry>\n"items": [\n  {',
    html='<pre>,\n  {</pre>,\n  {"id": 1}\n ]\n}\n</item>\n</entry>\n]]&gt;',
    categories=(",\n  {", "</item>\n"),
    authors=(*BELLS.authors, *BELLS.authors),
)
"""Whose words look like what stands between entries."""


def document(*entries: FeedEntry) -> FeedDocument:
    return FeedDocument(
        id="tag:clocks,2026:home",
        title="Clocks & Bells",
        description="",
        home="https://example.org/",
        address="https://example.org/feed",
        language="en",
        updated=DAY if entries else NO_ENTRIES,
        entries=entries,
        site_title="Clocks & Bells",
        hub="https://hub.example.org/",
    )


@pytest.mark.parametrize("feed", FeedFormat)
@pytest.mark.parametrize("entries", [(), (BELLS,), (PLAIN,), (BELLS, PLAIN), (PLAIN, BELLS)])
def test_a_feed_is_the_same_whether_its_entries_were_written_for_others_before(
    feed: FeedFormat, entries: tuple[FeedEntry, ...]
) -> None:
    written = WrittenEntries(most=1)
    for each in FeedFormat:
        feed_bytes(document(PLAIN, BELLS), each, written)
    assert feed_bytes(document(*entries), feed, written) == feed_bytes(document(*entries), feed)


@pytest.mark.parametrize("feed", FeedFormat)
def test_an_entry_that_says_something_else_now_is_written_again(feed: FeedFormat) -> None:
    written = WrittenEntries()
    feed_bytes(document(BELLS), feed, written)
    changed = replace(BELLS, html="<p>Other words</p>")
    assert b"Other words" in feed_bytes(document(changed), feed, written)


@pytest.mark.parametrize("feed", FeedFormat)
@pytest.mark.parametrize("entries", [(), (BELLS,), (PLAIN,), (SLY, BELLS, PLAIN, SLY)])
def test_entries_that_are_taken_out_of_a_feed_make_the_same_feed_again(
    feed: FeedFormat, entries: tuple[FeedEntry, ...]
) -> None:
    raw = feed_bytes(document(*entries), feed)
    pieces = entries_in(raw, feed)
    kept = tuple(
        KeptEntry(updated=entry.updated, raw=piece)
        for entry, piece in zip(entries, pieces, strict=True)
    )
    assert feed_bytes(replace(document(*entries), entries=kept), feed) == raw
    turned = replace(document(PLAIN), entries=(PLAIN, *kept[::-1]))
    assert feed_bytes(turned, feed) == feed_bytes(document(PLAIN, *entries[::-1]), feed)


@pytest.mark.parametrize("entries", [(), (BELLS,), (BELLS, PLAIN)])
def test_a_json_feed_is_laid_out_as_one_value(entries: tuple[FeedEntry, ...]) -> None:
    raw = feed_bytes(document(*entries), FeedFormat.JSON)
    said = json.loads(raw)
    assert raw == (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    assert [item["id"] for item in said["items"]] == [entry.id for entry in entries]


@pytest.mark.parametrize("feed", [FeedFormat.RSS, FeedFormat.ATOM])
def test_the_text_of_an_entry_is_one_element_of_text(feed: FeedFormat) -> None:
    root = ET.fromstring(feed_bytes(document(BELLS, PLAIN), feed))  # noqa: S314  # we wrote it
    texts = [node.text for node in root.iter() if node.tag.endswith(("encoded", "}content"))]
    assert [text for text in texts if text is not None] == [BELLS.html]


@pytest.mark.parametrize("entry", [BELLS, PLAIN, replace(PLAIN, authors=(), categories=())])
def test_an_entry_is_laid_out_as_json_with_an_indent_is(entry: FeedEntry) -> None:
    strange = replace(entry, title=f'{entry.title} "\\ \u2028 \x7f')
    raw = feed_bytes(document(strange), FeedFormat.JSON)
    assert raw.decode() == json.dumps(json.loads(raw), ensure_ascii=False, indent=1) + "\n"
