from __future__ import annotations

import html5lib

from blognet.site import Published
from tests.unit.site.published_values import build, live_page, live_post, settings

POSTS = (live_post("one"), live_post("one", language="de"))
PAGES = (live_page("about", title="About us"), live_page("about", language="de", title="Über uns"))
OURS = [("Authors", "authors/"), ("Archive", "archive/"), ("Search", "search/")]


def navigation(path: str, configured: str) -> list[tuple[str, str]]:
    built = build(Published(posts=POSTS, pages=PAGES), settings(f"navigation: [{configured}]"))
    tree = html5lib.parse(built.text(path), namespaceHTMLElements=False)
    links = tree.findall(".//nav[@class='main-nav']//a")
    return [(str(link.text), str(link.get("href"))) for link in links]


def test_configured_links_come_after_those_that_every_site_has() -> None:
    assert navigation("/", "{label: Us, url: /about/}") == [*OURS, ("Us", "about/")]


def test_a_configured_link_takes_the_place_of_the_one_that_every_site_has() -> None:
    chosen = "{label: Everything, url: /archive/}, {label: Shop, url: 'https://shop.example/'}"
    assert navigation("/", chosen) == [
        OURS[0],
        OURS[2],
        ("Everything", "archive/"),
        ("Shop", "https://shop.example/"),
    ]


def test_a_configured_link_leads_to_the_translation_of_its_page() -> None:
    assert navigation("/de/", "{label: Us, url: /about/}")[-1] == ("Über uns", "about/")
    assert navigation("/", "{label: Wir, url: /de/about/}")[-1] == ("About us", "about/")
