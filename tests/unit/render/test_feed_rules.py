"""Every feed keeps the rules of its format, and says what the site says.

RSS 2.0: https://www.rssboard.org/rss-specification and https://www.rssboard.org/rss-profile · Atom: RFC 4287 · JSON
Feed 1.1: https://www.jsonfeed.org/version/1.1/ · warnings: https://validator.w3.org/feed/docs/
"""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import pytest

from blognet.site import Published
from blognet.site.pages import Feed
from tests.unit.site.published_values import Built, build, live_author, live_post, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.site import LivePost

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "d": "http://purl.org/dc/elements/1.1/",
}
PUBLISHED = Published(
    posts=(
        *(
            live_post(
                f"post-{day}",
                day=day,
                authors=("ann", "bob") if day % 2 else ("cleo",),
                tags=("Bronze", "C++"),
                topics=("Towers",) if day % 3 else (),
                series="Sound" if day % 4 else "",
                image="a bell #1.png" if day % 5 else "",
                files=("a bell #1.png", "ep.mp3", "notes.pdf"),
                media="ep.mp3" if day % 2 else "",
                updated=datetime(2026, 3 if day % 3 == 1 else 1, day + 1, tzinfo=UTC),
                body="[next](../post-1/) ![x](<a bell %231.png>) [pdf](notes.pdf) [down](#one)\n\n## One & only",
            )
            for day in range(13)
        ),
        live_post("post-1", language="de", title="Glocken & Türme", day=40, tags=("Bronze",)),
        live_post("hidden", unlisted=True),
    ),
    authors=(live_author("ann", "Ann Ö. <&>", team="Foundry"), live_author("bob", "Bob")),
)
LINES = (
    "feeds: {items: 5, author_topics: true, hub: https://hub.example/}\n"
    "description: Clocks.\ncopyright: © Us\nredirects: {/rss.xml: /feed.xml}\n"
)


@cache
def site() -> Built:
    return build(PUBLISHED, settings(LINES, url="https://example.org/blog"))


def feeds(ending: str) -> Iterator[tuple[str, Feed, bytes]]:
    """Give address, plan and bytes of each feed of a format."""
    for page in site().plan.pages:
        if isinstance(page.shows, Feed) and page.path.endswith(ending):
            yield page.path, page.shows, site().files[page.path]


def rss() -> Iterator[tuple[str, Feed, bytes]]:
    yield from feeds("/feed.xml")
    yield from feeds("/rss.xml")


def posts_of(feed: Feed) -> list[LivePost]:
    """Return what the site lists under a feed, the newest first."""
    listed = site().plan.catalogue.listings[feed.list].posts
    return list(listed[:5])


def names_of(live: LivePost) -> list[str]:
    """Return what the byline of a post's page says."""
    page = html5lib.parse(site().files[live.url].decode(), namespaceHTMLElements=False)
    (byline,) = [each for each in page.iter() if each.get("class") == "byline-names"]
    return [link.text or "" for link in byline.iter("a")]


def tree(raw: bytes) -> ET.Element:
    return ET.fromstring(raw)  # noqa: S314  # we wrote it


def assert_whole(html: str) -> None:
    """Check that every address in the HTML of an entry leads somewhere from wherever it is read."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    addresses = [
        each.get(name) for each in fragment.iter() for name in ("href", "src") if each.get(name)
    ]
    assert [address for address in addresses if not urlsplit(address or "").scheme] == []
    forbidden = {"script", "style", "iframe", "object", "embed", "form", "meta", "link", "base"}
    assert {each.tag for each in fragment.iter()} & forbidden == set()
    assert {"style", "onclick"} & {
        name for each in fragment.iter() for name in each.attrib
    } == set()


def test_there_is_a_feed_in_each_format_for_each_list_of_each_language() -> None:
    lists = set(site().plan.catalogue.listings)
    assert {key.language for key in lists} == {"", "de"}
    for ending in ("/feed.xml", "/atom.xml", "/feed.json"):
        assert {feed.list for _, feed, _ in feeds(ending)} == lists


def test_rss_keeps_its_rules_and_says_what_the_site_says() -> None:
    for path, feed, raw in rss():
        channel = tree(raw).find("channel")
        assert channel is not None
        for name in ("title", "link", "description", "language", "lastBuildDate"):
            assert channel.findtext(name), (path, name)
        itself = [each.attrib for each in channel.findall("a:link", NAMES)]
        assert Counter(each["rel"] for each in itself) == {"self": 1, "hub": 1}
        items, expected = channel.findall("item"), posts_of(feed)
        assert [item.findtext("link") for item in items] == [
            f"https://example.org/blog{live.url}" for live in expected
        ]
        assert len({item.findtext("guid") for item in items}) == len(items)
        for item, live in zip(items, expected, strict=True):
            assert Counter(child.tag for child in item)["enclosure"] <= 1
            guid = item.find("guid")
            assert guid is not None
            assert guid.get("isPermaLink") == "false"
            assert parsedate_to_datetime(item.findtext("pubDate", "")) == live.date
            assert re.search(r" GMT$", item.findtext("pubDate", ""))
            creators = [each.text for each in item.findall("d:creator", NAMES)]
            assert creators == names_of(live)
            assert_whole(item.findtext("c:encoded", "", NAMES))
            enclosure = item.find("enclosure")
            assert (enclosure is not None) == bool(live.post.front.media)
            if enclosure is not None:
                assert enclosure.attrib.keys() == {"url", "length", "type"}
                assert enclosure.attrib["url"].startswith("https://example.org/blog/2026/")
                assert int(enclosure.attrib["length"]) > 0


def test_atom_keeps_its_rules_and_says_what_the_site_says() -> None:
    for path, feed, raw in feeds("/atom.xml"):
        root = tree(raw)
        entries, expected = root.findall("a:entry", NAMES), posts_of(feed)
        for parent in (root, *entries):
            for name in ("id", "title", "updated"):
                assert len(parent.findall(f"a:{name}", NAMES)) == 1, (path, name)
            alternates = [
                (link.get("type"), link.get("hreflang"))
                for link in parent.findall("a:link", NAMES)
                if link.get("rel") == "alternate"
            ]
            assert len(alternates) == len(set(alternates)) == 1
            assert parent.findall("a:author", NAMES) != []
        ids = [entry.findtext("a:id", "", NAMES) for entry in entries]
        assert len({*ids, root.findtext("a:id", "", NAMES)}) == len(ids) + 1
        assert all(re.fullmatch(r"tag:clocks,2026:\S+", ident) for ident in ids)
        updates = [entry.findtext("a:updated", "", NAMES) for entry in entries]
        assert root.findtext("a:updated", "", NAMES) == max(updates)
        for entry, live in zip(entries, expected, strict=True):
            names = [
                each.findtext("a:name", "", NAMES) for each in entry.findall("a:author", NAMES)
            ]
            assert names == names_of(live)
            moment = datetime.fromisoformat(entry.findtext("a:updated", "", NAMES))
            assert moment == live.changed
            assert moment >= datetime.fromisoformat(entry.findtext("a:published", "", NAMES))
            assert_whole(entry.findtext("a:content", "", NAMES))


def test_json_feed_keeps_its_rules_and_says_what_the_site_says() -> None:
    for path, feed, raw in feeds("/feed.json"):
        document = json.loads(raw)
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert document["feed_url"] == f"https://example.org/blog{path}"
        assert document["language"] == (feed.list.language or "en")
        for item, live in zip(document["items"], posts_of(feed), strict=True):
            assert item["url"] == f"https://example.org/blog{live.url}"
            assert [author["name"] for author in item["authors"]] == names_of(live)
            assert "date_modified" not in item or item["date_modified"] > item["date_published"]
            assert_whole(item["content_html"])
            for attachment in item.get("attachments", ()):
                assert attachment.keys() == {"url", "mime_type", "size_in_bytes"}


@pytest.mark.parametrize("ending", ["/feed.xml", "/atom.xml"])
def test_a_feed_reader_understands_every_feed(ending: str) -> None:
    for path, feed, raw in feeds(ending):
        read = feedparser.parse(raw)
        assert not read.bozo, path
        assert [entry.title for entry in read.entries] == [
            live.post.front.title for live in posts_of(feed)
        ]
        for entry, live in zip(read.entries, posts_of(feed), strict=True):
            assert timegm(entry.published_parsed) == live.date.timestamp()
            pictures = [each["url"] for each in entry.get("media_content", ())]
            assert bool(pictures) == bool(live.post.front.image)


def test_the_same_post_has_one_id_in_all_formats_and_lists() -> None:
    found: dict[str, set[str]] = {}
    for ending in ("/feed.xml", "/atom.xml"):
        for _, _, raw in feeds(ending):
            for entry in feedparser.parse(raw).entries:
                found.setdefault(entry.link, set()).add(entry.id)
    for _, _, raw in feeds("/feed.json"):
        for item in json.loads(raw)["items"]:
            found.setdefault(item["url"], set()).add(item["id"])
    assert {len(ids) for ids in found.values()} == {1}
    assert len(set().union(*found.values())) == len(found)


def test_no_line_of_the_sitemap_is_dated_after_the_newest_change() -> None:
    latest = max(live.changed for live in PUBLISHED.posts)
    built = site()
    dates = re.findall(r"<lastmod>([^<]+)<", built.text("/sitemap.xml"))
    assert dates
    for moment in dates:
        assert datetime.fromisoformat(moment) <= latest
