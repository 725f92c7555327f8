"""What pages say of themselves to search engines and to the Fediverse, read back from the pages."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import html5lib
import pytest

from blognet.content.values import AuthorStatus, ProfileLink
from blognet.render.handles import handle_of
from blognet.site import Published
from blognet.themes.views import LinkView
from tests.unit.site.published_values import (
    Built,
    build,
    live_author,
    live_page,
    live_post,
    settings,
    tombstone,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

HOSTILE = "</script><script>alert(1)</script> & <!-- \u2028 \\u003c"
HOME = "https://clocks.example.org/"
REQUIRED = {
    "BlogPosting": {
        "headline", "author", "datePublished", "dateModified", "publisher", "mainEntityOfPage",
        "inLanguage", "url",
    },
    "Person": {"name", "@id"},
    "ProfilePage": {"mainEntity", "name", "url"},
    "Organization": {"name", "url", "@id"},
    "WebSite": {"name", "url", "publisher", "inLanguage"},
    "CollectionPage": {"name", "url", "isPartOf"},
    "WebPage": {"name", "url", "isPartOf"},
    "BreadcrumbList": {"itemListElement"},
}  # fmt: skip
PUBLISHED = Published(
    posts=(
        live_post(
            "first", title=HOSTILE, authors=("ann", "bob", "cy"), topics=("rate",), tags=("Bronze", "C & D"),
            image="bell.png", files=("bell.png",), body="One two three.",
        ),
        *(live_post(f"more-{day}", day=day, authors=("ann",), tags=("Bronze",)) for day in (1, 2, 3)),
        live_post("told", day=4, authors=("guest",), series="Sound"),
        live_post("erste", day=5, language="de", authors=("ann",), topics=("rate",)),
        live_post("elsewhere", day=6, canonical_url="https://other.example/x"),
        live_post("hidden", day=7, unlisted=True, topics=("rate",)),
        live_post("old", day=8, aliases=("/was/here",)),
    ),
    pages=(live_page("about"),),
    authors=(
        live_author(
            "ann", "Ann Example", team="Bench", avatar="me.png", body="Files brass.",
            links=(
                ProfileLink(label="Mastodon", url="https://social.example/@ann"),
                ProfileLink(label="Mail", url="mailto:ann@example.org"),
            ),
        ),
        live_author("bob", "Bob", status=AuthorStatus.ALUMNI),
        live_author("guest", "Guest", status=AuthorStatus.GUEST),
    ),
    tombstones=(tombstone("gone"),),
)  # fmt: skip
SETTINGS = """\
posts_per_page: 2
topics: [{id: rate, title: Keeping time}]
links: [{Forge: "https://forge.example/clocks"}, {About: /about/}]
"""


@cache
def site() -> Built:
    return build(PUBLISHED, settings(SETTINGS))


def tree_of(path: str) -> Element:
    return html5lib.parse(site().files[path], namespaceHTMLElements=False)


def blocks(path: str) -> list[str]:
    return [element.text or "" for element in tree_of(path).iter("script")]


def things(path: str) -> dict[str, dict[str, object]]:
    """Return what a page says, by type; the first type of things that have several."""
    (block,) = blocks(path)
    read = json.loads(block)
    assert read["@context"] == "https://schema.org"
    return {
        thing["@type"] if isinstance(thing["@type"], str) else thing["@type"][0]: thing
        for thing in read["@graph"]
    }


def metas(path: str, name: str) -> list[str | None]:
    return [
        element.get("content")
        for element in tree_of(path).iter("meta")
        if name in {element.get("property"), element.get("name")}
    ]


PAGES = {
    "/": {"WebSite", "Organization"},
    "/de/": {"WebSite", "Organization"},
    "/page/1/": {"CollectionPage", "BreadcrumbList"},
    "/2026/first/": {"BlogPosting", "Organization", "BreadcrumbList"},
    "/2026/hidden/": {"BlogPosting", "Organization", "BreadcrumbList"},
    "/authors/": {"CollectionPage", "BreadcrumbList"},
    "/authors/ann/": {"ProfilePage", "Organization", "BreadcrumbList"},
    "/authors/ann/page/1/": {"ProfilePage", "Organization", "BreadcrumbList"},
    "/topics/": {"CollectionPage", "BreadcrumbList"},
    "/topics/rate/": {"CollectionPage", "BreadcrumbList"},
    "/tags/": {"CollectionPage", "BreadcrumbList"},
    "/tags/bronze/": {"CollectionPage", "BreadcrumbList"},
    "/teams/bench/": {"CollectionPage", "BreadcrumbList"},
    "/series/sound/": {"CollectionPage", "BreadcrumbList"},
    "/archive/": {"CollectionPage", "BreadcrumbList"},
    "/2026/": {"CollectionPage", "BreadcrumbList"},
    "/feeds/": {"WebPage", "BreadcrumbList"},
    "/about/": {"WebPage", "BreadcrumbList"},
}


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_page_says_what_it_is_with_every_required_field(path: str) -> None:
    said = things(path)
    assert said.keys() == PAGES[path]
    for kind, thing in said.items():
        assert REQUIRED[kind] - thing.keys() == set(), kind
        assert "" not in thing.values()


def test_these_are_all_kinds_of_pages_and_the_rest_says_nothing() -> None:
    html = {path for path in site().files if path.endswith(("/", ".html"))}
    shapes = {type(page.shows) for page in site().plan.pages if page.path in html}
    covered = {type(page.shows) for page in site().plan.pages if page.path in PAGES}
    assert {shape.__name__ for shape in shapes - covered} == {
        "NotFound", "Redirect", "SearchPage", "TombstonePage",
    }  # fmt: skip
    for path in ("/404.html", "/was/here/", "/2026/gone/"):
        assert blocks(path) == []
        assert list(tree_of(path).iterfind(".//nav[@class='trail wrap']")) == []


def test_every_address_that_is_said_is_on_the_site() -> None:
    for path in PAGES:
        for address in _addresses(list(things(path).values())):
            if address.startswith(HOME):
                inside = address.removeprefix(HOME.rstrip("/")).partition("#")[0]
                assert inside in site().files or inside == "/authors/cy/", (path, address)


def test_a_post_says_who_wrote_it_what_it_is_about_and_when() -> None:
    post = things("/2026/first/")["BlogPosting"]
    assert post["author"] == [
        {
            "@type": "Person",
            "@id": f"{HOME}authors/{ident}/#person",
            "name": name,
            "url": f"{HOME}authors/{ident}/",
        }
        for ident, name in (("ann", "Ann Example"), ("bob", "Bob"), ("cy", "cy"))
    ]
    assert post["articleSection"] == ["Keeping time"]
    assert post["keywords"] == ["Bronze", "C & D"]
    assert post["datePublished"] == "2026-01-01T12:00:00Z"
    assert re.fullmatch(
        rf"{HOME}media/[0-9a-f]{{20}}\.png", str(post["image"])
    )  # a card: it is small
    assert post["wordCount"] == 3
    assert metas("/2026/first/", "article:author") == [
        f"{HOME}authors/{ident}/" for ident in ("ann", "bob", "cy")
    ]
    assert metas("/2026/first/", "article:section") == ["Keeping time"]
    assert metas("/2026/first/", "article:tag") == ["Bronze", "C & D"]
    assert metas("/2026/first/", "article:published_time") == ["2026-01-01T12:00:00Z"]
    assert metas("/2026/first/", "fediverse:creator") == ["@ann@social.example"]
    assert metas("/about/", "article:author") == []


def test_no_text_ends_the_block_or_begins_another() -> None:
    (block,) = blocks("/2026/first/")
    assert not set(block) & set("<>&\u2028\u2029")
    assert things("/2026/first/")["BlogPosting"]["headline"] == HOSTILE


def test_a_post_that_first_appeared_elsewhere_names_that_place() -> None:
    post = things("/2026/elsewhere/")["BlogPosting"]
    assert post["mainEntityOfPage"] == "https://other.example/x"
    assert post["@id"] == f"{HOME}2026/elsewhere/#post"


@pytest.mark.parametrize(
    ("ident", "tie"), [("ann", "worksFor"), ("bob", "alumniOf"), ("guest", None)]
)
def test_a_profile_says_whether_its_person_works_here(ident: str, tie: str | None) -> None:
    person = things(f"/authors/{ident}/")["ProfilePage"]["mainEntity"]
    assert isinstance(person, dict)
    assert person.keys() & {"worksFor", "alumniOf"} == ({tie} if tie else set())
    if ident == "ann":
        assert person["sameAs"] == ["https://social.example/@ann"]
        assert person["image"] == f"{HOME}authors/ann/avatar.png"
        assert person["description"] == "Files brass."


def test_the_company_is_the_same_thing_on_every_page_in_every_language() -> None:
    said = [things(path)["Organization"] for path in ("/", "/de/", "/2026/first/", "/authors/ann/")]
    assert said == [said[0]] * 4
    assert said[0]["sameAs"] == ["https://forge.example/clocks"]


TRAILS = {
    "/2026/first/": ["Home", "Topics", "Keeping time"],
    "/2026/told/": ["Home", "Archive", "2026"],
    "/2026/hidden/": ["Home"],
    "/de/2026/erste/": ["Startseite", "Themen", "Keeping time"],
    "/page/1/": ["Home"],
    "/authors/ann/": ["Home", "Authors"],
    "/authors/ann/page/1/": ["Home", "Authors", "Ann Example"],
    "/teams/bench/": ["Home", "Authors"],
    "/series/sound/": ["Home", "Archive"],
    "/2026/": ["Home", "Archive"],
    "/archive/": ["Home"],
    "/": [],
    "/de/": [],
}


@pytest.mark.parametrize("path", TRAILS)
def test_the_way_to_a_page_is_shown_and_said_alike_and_leads_somewhere(path: str) -> None:
    shown = [
        ("".join(link.itertext()), urljoin(HOME.rstrip("/") + path, link.get("href") or ""))
        for link in tree_of(path).iterfind(".//nav[@class='trail wrap']//a")
    ]
    assert [label for label, _ in shown] == TRAILS[path]
    assert [url for _, url in shown if url.removeprefix(HOME[:-1]) not in site().files] == []
    if shown:
        items = things(path)["BreadcrumbList"]["itemListElement"]
        assert isinstance(items, list)
        assert [(item["name"], item["item"]) for item in items[:-1]] == shown
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        heading = "".join(next(tree_of(path).iter("h1")).itertext())
        assert items[-1]["name"]
        assert "item" not in items[-1]
        assert path.endswith("/page/1/") or items[-1]["name"] == heading


@pytest.mark.parametrize(
    ("label", "url", "handle"),
    [
        ("Mastodon", "https://social.example/@ann", "@ann@social.example"),
        ("Mastodon", "https://social.example/@ann/", "@ann@social.example"),
        ("mastodon.social/@ann", "https://mastodon.social/@ann", "@ann@mastodon.social"),
        ("Pixelfed", "https://pics.example/@a.b-c_d", "@a.b-c_d@pics.example"),
        ("Medium", "https://medium.com/@ann", ""),
        ("Mastodon", "http://social.example/@ann", ""),
        ("Mastodon", "https://social.example/@ann/1234", ""),
        ("Mastodon", "https://localhost/@ann", ""),
        ("Mastodon", "mailto:ann@social.example", ""),
    ],
)
def test_a_link_names_a_handle_only_where_it_says_it_is_of_the_fediverse(
    label: str, url: str, handle: str
) -> None:
    assert handle_of(LinkView(label=label, url=url)) == handle


def _addresses(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from _addresses(each)
        case list():
            for each in value:
                yield from _addresses(each)
        case str() if value.startswith("https://") and value != "https://schema.org":
            yield value
