"""Every file of the built site, read as strangers read it: links, fragments, ids, HTML, feeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import pytest

from tests.browser.built_site import KINDS, BuiltSite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

LINKS = (("a", "href"), ("link", "href"), ("img", "src"), ("source", "src"), ("video", "src"))
PREVIEWS = {"og:url", "og:image"}


def test_the_network_of_this_repository_has_a_page_of_every_kind(own_site: BuiltSite) -> None:
    assert {kind: own_site.page_of(kind) for kind in KINDS}.keys() == KINDS.keys()


def test_the_build_warns_about_nothing(own_site: BuiltSite) -> None:
    assert own_site.problems == ()


def test_every_link_and_every_fragment_leads_somewhere(own_site: BuiltSite) -> None:
    ids = {name: set(_ids(tree)) for name, tree in own_site.trees.items()}
    nowhere = []
    for name, tree in own_site.trees.items():
        for address in _addresses(tree):
            whole, fragment = urldefrag(urljoin(own_site.url_of(name), address))
            if not _is_inside(whole, own_site):
                continue
            target = own_site.file_at(whole)
            if target is None or (fragment and unquote(fragment) not in ids.get(target, set())):
                nowhere.append((name, address))
    assert nowhere == []


def test_every_link_works_in_any_folder_of_any_host(own_site: BuiltSite) -> None:
    """Only the page for wrong addresses, which appears at any address, and what is for other sites is whole."""
    rooted = [
        (name, address)
        for name, tree in own_site.trees.items()
        if name != "404.html"
        for address in _addresses(tree, previews=False)
        if address.startswith("/")
    ]
    assert rooted == []


def test_no_id_is_given_twice_on_a_page(own_site: BuiltSite) -> None:
    twice = {
        name: sorted({each for each in ids if ids.count(each) > 1})
        for name, tree in own_site.trees.items()
        if len(ids := list(_ids(tree))) != len(set(ids))
    }
    assert twice == {}


def test_every_page_is_html_without_a_fault(own_site: BuiltSite) -> None:
    faults = {}
    for name in own_site.trees:
        parser = html5lib.HTMLParser()
        parser.parse((own_site.folder / name).read_bytes())
        if parser.errors:
            faults[name] = parser.errors
    assert faults == {}


def test_every_page_says_its_language_title_and_width_and_has_one_heading_of_the_first_rank(
    own_site: BuiltSite,
) -> None:
    for name, tree in own_site.trees.items():
        assert tree.get("lang") == ("de" if name.startswith("de/") else "en"), name
        assert (tree.findtext("head/title") or "").strip(), name
        assert tree.find("head/meta[@name='viewport']") is not None, name
        if tree.find("head/meta[@http-equiv='refresh']") is None:
            assert len(tree.findall(".//h1")) == 1, name


def test_every_picture_has_a_text_instead_of_it_or_says_that_it_needs_none(
    own_site: BuiltSite,
) -> None:
    for name, tree in own_site.trees.items():
        for picture in tree.iter("img"):
            assert picture.get("alt") is not None, (name, picture.get("src"))


def test_no_page_has_a_script_or_a_style_of_its_own_but_the_search(own_site: BuiltSite) -> None:
    """Blocks of data are none: browsers do not run them. A page with a video may play it."""
    for name, tree in own_site.trees.items():
        scripts = [
            each
            for each in tree.findall(".//script")
            if each.get("type") != "application/ld+json" or each.get("src") is not None
        ]
        sources = [
            own_site.file_at(urljoin(own_site.url_of(name), one.get("src", ""))) for one in scripts
        ]
        wanted = ["theme/search.js"] if name.endswith("search/index.html") else []
        wanted += ["theme/embed.js"] if tree.find(".//figure[@class='embed']") is not None else []
        assert sources == wanted, name
        assert not any("".join(one.itertext()).strip() for one in scripts), name
        for element in tree.iter():
            assert element.tag != "style", name
            assert not [key for key in element.attrib if key == "style" or key[:2] == "on"], name


@pytest.mark.parametrize("ending", ["feed.xml", "atom.xml"])
def test_every_feed_is_read_by_a_feed_reader_and_leads_to_pages(
    ending: str, own_site: BuiltSite
) -> None:
    feeds = [name for name in own_site.names if name.endswith(ending)]
    assert len(feeds) > len(KINDS)
    for name in feeds:
        read = feedparser.parse((own_site.folder / name).read_bytes())
        assert not read.bozo, (name, read.get("bozo_exception"))
        assert own_site.file_at(read.feed.link) is not None, name
        for entry in read.entries:
            assert own_site.file_at(entry.link) is not None, (name, entry.link)
            assert entry.id.startswith("tag:")
            assert entry.title
            assert entry.content[0].value


def test_everything_that_a_feed_shows_has_a_whole_address_that_leads_somewhere(
    own_site: BuiltSite,
) -> None:
    for name in (each for each in own_site.names if each.endswith("feed.json")):
        feed = json.loads((own_site.folder / name).read_bytes())
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert own_site.file_at(feed["feed_url"]) == name
        for item in feed["items"]:
            tree = html5lib.parse(item["content_html"], namespaceHTMLElements=False)
            for address in (item["url"], *_addresses(tree)):
                assert urlsplit(address).scheme in {"http", "https", "mailto"}, (name, address)
                whole = urldefrag(address)[0]
                assert not _is_inside(whole, own_site) or own_site.file_at(whole), (name, address)


def test_the_three_formats_of_a_list_hold_the_same_posts_and_every_author(
    own_site: BuiltSite,
) -> None:
    for name in (each for each in own_site.names if each.endswith("feed.json")):
        feed = json.loads((own_site.folder / name).read_bytes())
        posts = [(item["id"], sorted(a["name"] for a in item["authors"])) for item in feed["items"]]
        atom = feedparser.parse(
            (own_site.folder / name.replace("feed.json", "atom.xml")).read_bytes()
        )
        assert [
            (entry.id, sorted(a.name for a in entry.authors)) for entry in atom.entries
        ] == posts
        rss = feedparser.parse((own_site.folder / name.replace(".json", ".xml")).read_bytes())
        assert [entry.id for entry in rss.entries] == [ident for ident, _ in posts]


def test_the_sitemap_and_the_list_of_feeds_name_files_that_are_there(own_site: BuiltSite) -> None:
    sitemap = ET.fromstring((own_site.folder / "sitemap.xml").read_bytes())  # noqa: S314  our own
    pages = [element.text or "" for element in sitemap.iter() if element.tag.endswith("}loc")]
    opml = ET.fromstring((own_site.folder / "feeds.opml").read_bytes())  # noqa: S314  our own
    feeds = [
        element.get("xmlUrl") or "" for element in opml.iter("outline") if element.get("xmlUrl")
    ]
    assert len(pages) > len(KINDS)
    assert [url for url in (*pages, *feeds) if own_site.file_at(url) is None] == []
    indexed = {own_site.file_at(url) for url in pages}
    assert "404.html" not in indexed
    assert own_site.page_of("tombstone") not in indexed
    robots = (own_site.folder / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {own_site.address}sitemap.xml" in robots


def test_the_sheet_asks_for_nothing_from_elsewhere(own_site: BuiltSite) -> None:
    sheet = (own_site.folder / "theme/style.css").read_text("utf-8")
    assert "@import" not in sheet
    assert "//" not in sheet.replace("https://", "//") or "url(" not in sheet


def _ids(tree: Element) -> Iterator[str]:
    return (str(element.get("id")) for element in tree.iter() if element.get("id") is not None)


def _addresses(tree: Element, *, previews: bool = True) -> Iterator[str]:
    for tag, attribute in LINKS:
        for element in tree.iter(tag):
            if element.get(attribute):
                yield str(element.get(attribute))
    for element in tree.iter("meta") if previews else ():
        if element.get("property") in PREVIEWS:
            yield str(element.get("content"))


def _is_inside(url: str, site: BuiltSite) -> bool:
    ours: Mapping[str, str] = dict(zip(("scheme", "netloc"), urlsplit(site.address), strict=False))
    found = urlsplit(url)
    return (found.scheme, found.netloc) == (ours["scheme"], ours["netloc"])
