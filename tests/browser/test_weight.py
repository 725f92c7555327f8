"""What a reader fetches for one post: everything but pictures and the words of the post itself is counted."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from tests.browser.built_site import BuiltSite

LIMIT = 30_000
MANY = 10
LOOKS = """() => [...document.querySelectorAll('*')].map(each => {
  const said = [getComputedStyle(each), getComputedStyle(each, '::before'), getComputedStyle(each, '::after')];
  const box = each.getBoundingClientRect();
  return [each.tagName, each.className, box.x, box.y, box.width, box.height, ...said.flatMap(style => [
    style.color, style.backgroundColor, style.font, style.display, style.border, style.textDecoration, style.content,
  ])].join();
})"""
BODY = re.compile(
    rb'<div class="prose e-content">\n(.*)\n</div>\n(?:<section class="nothing" .*)?</article>',
    re.DOTALL,
)
LINES_OF_CONTENTS = re.compile(rb'<li class="toc-\d">.*?</li>', re.DOTALL)
at_the_root = pytest.mark.parametrize("own_site", ["/"], indirect=True)


def weights_of(site: BuiltSite) -> Mapping[str, int]:
    """Return what each post weighs with its sheets, without its body and without its headings in the contents.

    Bylines, biographies, tags, feeds, data for search engines, breadcrumbs, links to share, related posts: all counts.
    """
    return {
        name: len(html) - len(body.group(1)) - _contents(html) + _fetched(site, name)
        for name in site.trees
        if (body := BODY.search(html := (site.folder / name).read_bytes()))
    }


def _authors(site: BuiltSite, name: str) -> int:
    return (site.folder / name).read_bytes().count(b'<div class="box h-card">')


def _contents(html: bytes) -> int:
    return sum(map(len, LINES_OF_CONTENTS.findall(html)))


def _fetched(site: BuiltSite, name: str) -> int:
    """Return the bytes of the sheets and scripts of a page. A sheet names no font: the tests of the theme say so."""
    tree = site.trees[name]
    links = [
        *(link.get("href", "") for link in tree.iter("link") if link.get("rel") == "stylesheet"),
        *(script.get("src", "") for script in tree.iter("script") if script.get("src")),
    ]
    files = [site.file_at(urljoin(site.url_of(name), link)) for link in links]
    return sum((site.folder / file).stat().st_size for file in files if file)


@at_the_root
def test_every_post_of_the_demo_is_light(own_site: BuiltSite) -> None:
    weights = weights_of(own_site)
    assert len(weights) > 15
    assert {name: weight for name, weight in weights.items() if weight > LIMIT} == {}


def test_every_post_of_a_real_blog_is_light_with_links_to_share_and_six_authors(
    real_site: BuiltSite,
) -> None:
    weights = weights_of(real_site)
    assert len(weights) > 35
    assert max(_authors(real_site, name) for name in weights) > 5
    assert {name: weight for name, weight in weights.items() if weight > LIMIT} == {}


def test_a_post_in_the_plain_theme_is_lighter_by_a_third(plain_site: BuiltSite) -> None:
    assert max(weights_of(plain_site).values()) < LIMIT * 2 / 3


@at_the_root
def test_every_page_has_one_sheet_so_that_its_first_view_takes_two_requests(
    own_site: BuiltSite,
) -> None:
    for name, tree in own_site.trees.items():
        sheets = [link.get("href") for link in tree.iter("link") if link.get("rel") == "stylesheet"]
        scripts = [
            one for one in tree.iter("script") if one.get("src") and one.get("defer") is None
        ]
        assert len(sheets) == (
            0 if tree.find("head/meta[@http-equiv='refresh']") is not None else 1
        ), name
        assert scripts == [], name


@at_the_root
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("cut", ["article.css", "rich.css"])
def test_articles_look_as_they_would_with_the_whole_sheet(
    cut: str,
    width: int,
    plain_site: BuiltSite,
    own_site: BuiltSite,
    real_site: BuiltSite,
    browser_page: Page,
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})
    for site in (own_site, real_site, plain_site):
        link = f"theme/{cut}".encode()
        articles = [name for name in site.trees if link in (site.folder / name).read_bytes()]
        assert articles
        for name in articles[:MANY]:
            seen = []
            for sheet in (cut, "style.css"):
                browser_page.route(f"**/{cut}", partial(_answer, site.folder / "theme" / sheet))
                browser_page.goto(site.url_of(name))
                seen.append(browser_page.evaluate(LOOKS))
                browser_page.unroute(f"**/{cut}")
            assert seen[0] == seen[1], name


def _answer(path: Path, route: Route) -> None:
    route.fulfill(path=path, content_type="text/css")
