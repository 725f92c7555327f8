from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest

from blognet.site import Published
from blognet.site.pages import Feed
from blognet.site.urls_lock import worth_keeping
from tests.unit.site.published_values import build, live_author, live_post, settings

HOSTILE = (
    "]]> <script>alert(1)</script> & \"q\" 'a'",
    "Émoji 🔔 – ☃ \u202eegassem",
    "bell\x07 escape\x1b vertical\x0b \ufffe nul-like \x01",
    "&amp; &lt;b&gt; &#x41; <!-- --> <![CDATA[ x",
)
XML = (
    "/feed.xml",
    "/atom.xml",
    "/feeds.opml",
    "/sitemap.xml",
    "/authors/ann/feed.xml",
    "/tags/t/atom.xml",
)
FORBIDDEN = dict.fromkeys(map(ord, "\x07\x1b\x0b\ufffe\x01"))


def tree(raw: bytes) -> ET.Element:
    return ET.fromstring(raw)  # noqa: S314  # we wrote it


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_survive_escaping_in_every_file(title: str) -> None:
    post = live_post("a", title=title, summary=title, tags=("t",), body=title)
    built = build(Published(posts=(post,), authors=(live_author("ann", title),)))
    for path in XML:
        tree(built.files[path])
    shown = title.translate(FORBIDDEN)
    for path in ("/feed.xml", "/atom.xml"):
        root = tree(built.files[path])
        titles = [node.text for node in root.iter() if node.tag.endswith("title")]
        assert shown in titles
    assert json.loads(built.files["/feed.json"])["items"][0]["title"] == shown
    scripts = built.text("/2026/a/").count("<script")
    assert scripts == built.text("/2026/a/").count('<script type="application/ld+json">') == 1


def test_the_three_feeds_of_a_list_say_the_same_as_the_post_s_page() -> None:
    post = live_post(
        "bells",
        title="Bells & bronze",
        day=3,
        authors=("ann", "bob"),
        tags=("Sound",),
        topics=("Towers",),
        summary="How bells are cast.",
        body="# Heading\n\nSee [wheels](../wheels/) and ![a bell](bell.png).",
        files=("bell.png",),
        updated=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    )
    published = Published(
        posts=(post, live_post("wheels")), authors=(live_author("ann", "Ann Ö."),)
    )
    built = build(published, settings("copyright: © Us\n", url="https://example.org/blog"))
    url = "https://example.org/blog/2026/bells/"
    rss, atom = (feedparser.parse(built.files[path]) for path in ("/feed.xml", "/atom.xml"))
    for feed in (rss, atom):
        assert not feed.bozo
        assert feed.feed.title == "Clocks & Bells"
        assert feed.feed.rights == "© Us"
        entry = feed.entries[0]
        assert entry.title == "Bells & bronze"
        assert entry.link == url
        assert entry.id == "tag:clocks,2026:post/bells"
        assert [tag.term for tag in entry.tags] == ["Towers", "Sound"]
        assert entry.summary == "How bells are cast."
        assert 'href="https://example.org/blog/2026/wheels/"' in entry.content[0].value
        assert 'src="https://example.org/blog/2026/bells/bell.png"' in entry.content[0].value
        assert tuple(entry.published_parsed)[:6] == (2026, 1, 4, 12, 0, 0)
    assert rss.feed.link == "https://example.org/blog/"
    assert [author.name for author in atom.entries[0].authors] == ["Ann Ö.", "bob"]
    assert tuple(atom.entries[0].updated_parsed)[:6] == (2026, 2, 3, 4, 5, 6)
    first = tree(built.files["/feed.xml"]).find("channel/item")
    assert first is not None
    creators = first.findall("{http://purl.org/dc/elements/1.1/}creator")
    assert [node.text for node in creators] == ["Ann Ö.", "bob"]
    item = json.loads(built.files["/feed.json"])["items"][0]
    encoded = first.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert item["content_html"] == encoded
    assert item["authors"] == [
        {"name": "Ann Ö.", "url": "https://example.org/blog/authors/ann/"},
        {"name": "bob", "url": "https://example.org/blog/authors/bob/"},
    ]
    assert item["date_published"] == "2026-01-04T12:00:00Z"
    assert item["date_modified"] == "2026-02-03T04:05:06Z"
    assert item["tags"] == ["Towers", "Sound"]
    page = built.text("/2026/bells/")
    assert f'<link rel="canonical" href="{url}">' in page
    assert '<a href="../wheels/">wheels</a>' in page
    assert 'src="bell.png"' in page


def test_each_author_s_feeds_list_exactly_that_author_s_posts() -> None:
    posts = (
        live_post("a", authors=("ann",), day=1),
        live_post("b", authors=("bob",), day=2),
        live_post("both", authors=("bob", "ann"), day=3),
        live_post("hidden", authors=("ann",), unlisted=True),
    )
    built = build(Published(posts=posts))
    expected = {"ann": ["Both", "A"], "bob": ["Both", "B"]}
    for author, titles in expected.items():
        for name in ("feed.xml", "atom.xml"):
            parsed = feedparser.parse(built.files[f"/authors/{author}/{name}"])
            assert [entry.title for entry in parsed.entries] == titles
        items = json.loads(built.files[f"/authors/{author}/feed.json"])["items"]
        assert [item["title"] for item in items] == titles


def test_every_feed_names_its_own_address_and_the_page_it_belongs_to() -> None:
    posts = (
        live_post("a", tags=("t",), topics=("x",), series="s"),
        live_post("a", language="de", tags=("t",)),
    )
    built = build(
        Published(posts=posts, authors=(live_author("ann", team="Foundry"),)),
        settings(url="http://host.example:8000/deep/blog"),
    )
    base = "http://host.example:8000/deep/blog"
    feeds = [
        path for path in built.files if path.endswith(("/feed.xml", "/atom.xml", "/feed.json"))
    ]
    assert len(feeds) == 3 * len(built.plan.catalogue.listings)
    for path in feeds:
        home = base + path.rpartition("/")[0] + "/"
        if path.endswith(".json"):
            document = json.loads(built.files[path])
            assert (document["feed_url"], document["home_page_url"]) == (base + path, home)
            continue
        parsed = feedparser.parse(built.files[path])
        assert not parsed.bozo
        links = {link.rel: link.href for link in parsed.feed.links}
        assert (links["self"], links["alternate"]) == (base + path, home)


def test_the_date_of_a_feed_is_that_of_its_newest_entry() -> None:
    posts = (
        live_post("a", day=1, updated=datetime(2026, 5, 5, tzinfo=UTC)),
        live_post("b", day=2),
    )
    parsed = feedparser.parse(build(Published(posts=posts)).files["/atom.xml"])
    assert tuple(parsed.feed.updated_parsed)[:3] == (2026, 5, 5)


def test_feeds_of_a_site_without_posts_are_valid_and_empty() -> None:
    built = build(Published())
    for path in ("/feed.xml", "/atom.xml"):
        parsed = feedparser.parse(built.files[path])
        assert (bool(parsed.bozo), parsed.entries) == (False, [])
    assert json.loads(built.files["/feed.json"])["items"] == []


def test_a_network_may_give_summaries_alone() -> None:
    post = live_post("a", summary="In short.", body="A very long text.")
    built = build(Published(posts=(post,)), settings("feeds: {content: summary}\n"))
    for path in ("/feed.xml", "/atom.xml", "/feed.json"):
        assert b"In short." in built.files[path]
        assert b"very long" not in built.files[path]


def test_an_entry_keeps_its_id_when_the_site_and_the_post_move() -> None:
    before = build(Published(posts=(live_post("a"),)))
    moved = Published(posts=(live_post("a", url="/else/a/"),))
    after = build(moved, settings(url="https://new.example/x"))
    for path in ("/feed.xml", "/atom.xml"):
        ids = [feedparser.parse(built.files[path]).entries[0].id for built in (before, after)]
        assert ids[0] == ids[1]


def test_feed_readers_get_no_anchors_and_whole_addresses_for_places_in_the_text() -> None:
    body = "## One\n\nSee [below](#two), `x`.\n\n```python\nprint(1)\n```\n\n## Two\n"
    built = build(Published(posts=(live_post("a", body=body),)))
    html = feedparser.parse(built.files["/feed.xml"]).entries[0].content[0].value
    assert 'href="https://clocks.example.org/2026/a/#two"' in html
    assert 'class="anchor"' not in html
    assert "<span" not in html


def test_the_opml_file_groups_every_list_s_feed() -> None:
    posts = (live_post("a", tags=("t",)), live_post("a", language="de"))
    built = build(Published(posts=posts))
    body = tree(built.files["/feeds.opml"]).find("body")
    assert body is not None
    groups = {
        group.get("text"): [(line.get("text"), line.get("xmlUrl")) for line in group]
        for group in body
    }
    base = "https://clocks.example.org"
    assert groups == {
        "This site": [("Clocks & Bells", f"{base}/feed.xml")],
        "Authors": [("ann · Clocks & Bells", f"{base}/authors/ann/feed.xml")],
        "Tags": [("t · Clocks & Bells", f"{base}/tags/t/feed.xml")],
        "Diese Seite (Deutsch)": [("Clocks & Bells", f"{base}/de/feed.xml")],
        "Autorinnen und Autoren (Deutsch)": [
            ("ann · Clocks & Bells", f"{base}/de/authors/ann/feed.xml")
        ],
    }


def test_the_sitemap_has_whole_addresses_dates_of_facts_and_the_other_languages() -> None:
    posts = (live_post("a", day=1), live_post("a", language="de", day=2))
    built = build(Published(posts=posts), settings(url="https://example.org/blog"))
    root = tree(built.files["/sitemap.xml"])
    spaces = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    found = {}
    for url in root.findall("s:url", spaces):
        others = [
            (link.get("hreflang"), link.get("href")) for link in url.findall("x:link", spaces)
        ]
        found[url.findtext("s:loc", "", spaces)] = (url.findtext("s:lastmod", "", spaces), others)
    base = "https://example.org/blog"
    assert found[f"{base}/2026/a/"] == (
        "2026-01-02T12:00:00Z",
        [
            ("en", f"{base}/2026/a/"),
            ("x-default", f"{base}/2026/a/"),
            ("de", f"{base}/de/2026/a/"),
        ],
    )
    home = [("en", f"{base}/"), ("x-default", f"{base}/"), ("de", f"{base}/de/")]
    assert found[f"{base}/"][1] == home
    assert f"Sitemap: {base}/sitemap.xml" in built.text("/robots.txt")


AGGREGATED = Published(
    posts=(
        live_post("a", authors=("ann", "bob"), topics=("Towers",), tags=("x",)),
        live_post("b", authors=("ann",), topics=("Towers", "Wheels"), day=1),
        live_post("c", authors=("bob",), day=2),
        live_post("d", authors=("ann",), topics=("Wheels",), language="de", day=3),
        live_post("hidden", authors=("bob",), topics=("Wheels",), unlisted=True),
    ),
    authors=(live_author("ann", "Ann Ö."),),
)
ON = "feeds: {author_topics: true}\ntopics: [{id: towers, title: High towers}]\n"


def test_each_author_has_feeds_by_topic_where_the_network_wants_them() -> None:
    built = build(AGGREGATED, settings(ON))
    expected = {
        "/authors/ann/topics/towers": (["B", "A"], "Ann Ö. · High towers · Clocks & Bells"),
        "/authors/ann/topics/wheels": (["B"], "Ann Ö. · wheels · Clocks & Bells"),
        "/authors/bob/topics/towers": (["A"], "bob · High towers · Clocks & Bells"),
        "/de/authors/ann/topics/wheels": (["D"], "Ann Ö. · wheels · Clocks & Bells"),
    }
    found = {path.rpartition("/")[0] for path in built.files if "/topics/" in path[8:]}
    assert found == set(expected)
    base = "https://clocks.example.org"
    for folder, (titles, title) in expected.items():
        for name in ("feed.xml", "atom.xml"):
            read = feedparser.parse(built.files[f"{folder}/{name}"])
            assert (bool(read.bozo), read.feed.title) == (False, title)
            assert [entry.title for entry in read.entries] == titles
            links = {link.rel: link.href for link in read.feed.links}
            assert links["self"] == f"{base}{folder}/{name}"
            assert links["alternate"] == base + folder.partition("topics/")[0]
        document = json.loads(built.files[f"{folder}/feed.json"])
        assert [item["title"] for item in document["items"]] == titles
        assert f'xmlUrl="{base}{folder}/feed.xml"' in built.text("/feeds.opml")
        feeds = "/de/feeds/" if folder.startswith("/de/") else "/feeds/"
        relative = f"..{folder.removeprefix('/de')}/feed.xml"
        assert f'href="{relative}"' in built.text(feeds)
    assert 'href="topics/towers/feed.xml"' in built.text("/authors/ann/")
    assert 'href="topics/' not in built.text("/de/authors/ann/").replace("topics/wheels", "")


def test_feeds_by_author_and_topic_are_kept_told_and_left_out_of_the_sitemap() -> None:
    built = build(AGGREGATED, settings(ON))
    path = "/authors/bob/topics/towers/atom.xml"
    assert path in worth_keeping(built.plan.pages)
    (page,) = [page for page in built.plan.pages if page.path == path]
    assert isinstance(page.shows, Feed)
    assert "/authors/bob/topics" not in built.text("/sitemap.xml")
    hub = build(AGGREGATED, settings(ON.replace("true}", "true, hub: https://hub.example/}")))
    links = {link.rel: link.href for link in feedparser.parse(hub.files[path]).feed.links}
    assert links["hub"] == "https://hub.example/"


def test_a_network_that_does_not_ask_for_feeds_by_author_and_topic_has_none() -> None:
    assert [path for path in build(AGGREGATED).files if "/topics/" in path[8:]] == []


def test_an_update_is_told_only_when_one_was_declared() -> None:
    posts = (live_post("a"), live_post("b", updated=datetime(2026, 5, 5, tzinfo=UTC)))
    items = json.loads(build(Published(posts=posts)).files["/feed.json"])["items"]
    assert {item["id"][-1]: item.get("date_modified") for item in items} == {
        "a": None,
        "b": "2026-05-05T00:00:00Z",
    }


def test_a_feed_reader_shows_the_author_s_picture_beside_an_author_s_feed_else_the_site_s() -> None:
    post = live_post("a", authors=("ann", "bob"))
    authors = (live_author("ann", avatar="me.png"), live_author("bob"))
    built = build(Published(posts=(post,), authors=authors))
    base = "https://clocks.example.org"
    ours = f"{base}/theme/icon.svg"
    expected = {"/": ours, "/authors/ann/": f"{base}/authors/ann/avatar.png", "/authors/bob/": ours}
    for folder, icon in expected.items():
        assert feedparser.parse(built.files[f"{folder}atom.xml"]).feed.icon == icon
        assert json.loads(built.files[f"{folder}feed.json"])["icon"] == icon


def test_rss_names_an_author_s_picture_else_the_logo_and_never_a_drawing() -> None:
    post = live_post("a", authors=("ann", "bob", "cem"))
    faces = (live_author("ann", avatar="me.png"), live_author("bob", avatar="me.svg"))
    published = Published(posts=(post,), authors=(*faces, live_author("cem")))
    base = "https://clocks.example.org"
    ours = f"{base}/theme/logo.png"
    for line, logo in (("", ""), ("theme: {logo: a.svg}\n", ""), ("theme: {logo: a.png}\n", ours)):
        built = build(published, settings(line))
        expected = {
            "/": logo,
            "/authors/ann/": f"{base}/authors/ann/avatar.png",
            "/authors/bob/": logo,
            "/authors/cem/": logo,
        }
        for folder, picture in expected.items():
            feed = feedparser.parse(built.files[f"{folder}feed.xml"]).feed
            assert feed.get("image", {}).get("href", "") == picture
            if picture:
                assert (feed.image.title, feed.image.link) == (feed.title, feed.link)
