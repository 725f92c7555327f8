"""A real blog in a browser: thirty-seven posts by fifty-five people who never thought of this program.

Its titles are long, its HTML is its authors' own. A page of every kind that it has is looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.built_site import KINDS as KINDS_OF_DEMO
from tests.browser.built_site import BuiltSite
from tests.browser.test_accessibility import faults
from tests.browser.test_nu import checker, said_of
from tests.browser.test_pages_in_a_browser import (
    CUT_OFF,
    FOCUSED,
    LOAD_ALL,
    SCHEMES,
    TOO_WIDE,
    WIDTHS,
    Watched,
    watched,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page, Route

__all__ = ("checker", "watched")  # fixtures

KINDS: Mapping[str, str] = {
    "home": r"index\.html",
    "later page of a list": r"page/\d+/index\.html",
    "post by six": r"2020/07/transforming-how-dojs-.*/index\.html",
    "post with tables and notes": r"2022/01/what-have-you-learned-.*/index\.html",
    "post with drawings": r"2017/02/cloud-gov-is-now-.*/index\.html",
    "shortest post": r"2014/03/coming-soon/index\.html",
    "year": r"\d{4}/index\.html",
    "archive": r"archive/index\.html",
    "authors": r"authors/index\.html",
    "author": r"authors/[^/]+/index\.html",
    "tags": r"tags/index\.html",
    "tag": r"tags/[^/]+/index\.html",
    "team": r"teams/[^/]+/index\.html",
    "search": r"search/index\.html",
    "feeds": r"feeds/index\.html",
    "plain page": r"about/index\.html",
    "old address": r"2015/05/21/.*/index\.html",
    "wrong address": r"404\.html",
}
SHIFTS = """() => new Promise(done => {
  const moved = [];
  const note = list => { for (const each of list.getEntries()) moved.push(each.value); };
  new PerformanceObserver(note).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""
PICTURES = re.compile(r"\.(png|svg|jpe?g|webp|gif)$")
LITTLE = 0.01
OF_THEMSELVES = frozenset(("old address",))
"""Pages that change without a picture: it leads on."""
at_the_root = pytest.mark.parametrize("own_site", ["/"], indirect=True)
every_kind = pytest.mark.parametrize("kind", KINDS)


def page_of(site: BuiltSite, form: str) -> str:
    """Return the first page whose address has a form."""
    return next(name for name in site.names if re.fullmatch(form, name))


@every_kind
def test_a_page_of_a_real_blog_is_quiet_and_whole_at_every_width_by_day_and_by_night(
    kind: str, real_site: BuiltSite, browser_page: Page, watched: Watched
) -> None:
    browser_page.goto(real_site.url_of(page_of(real_site, KINDS[kind])))
    browser_page.wait_for_load_state()
    for width in WIDTHS:
        browser_page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            browser_page.emulate_media(color_scheme=scheme)
            assert browser_page.evaluate(TOO_WIDE) <= 0, (width, scheme)
            assert browser_page.evaluate(CUT_OFF) == [], (width, scheme)
    assert browser_page.evaluate(LOAD_ALL) == []
    assert watched.asked


@every_kind
def test_axe_finds_nothing_on_a_page_of_a_real_blog_by_day_and_by_night_at_any_width(
    kind: str, real_site: BuiltSite, browser_page: Page
) -> None:
    if kind == "old address":
        pytest.skip("it leads on before anybody reads it")
    assert faults(browser_page, real_site.url_of(page_of(real_site, KINDS[kind]))) == []


@at_the_root
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_when_the_pictures_of_a_page_arrive_late(
    width: int, real_site: BuiltSite, own_site: BuiltSite, browser_page: Page
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})
    for site, kinds in ((real_site, KINDS), (own_site, KINDS_OF_DEMO)):
        for kind in sorted(kinds.keys() - OF_THEMSELVES):
            name = page_of(site, kinds[kind])
            assert shifts_of(browser_page, site.url_of(name)) == [], name


@at_the_root
def test_a_picture_without_a_size_would_move_the_text(
    own_site: BuiltSite, browser_page: Page
) -> None:
    url = own_site.url_of(page_of(own_site, KINDS_OF_DEMO["post with pictures"]))
    html = browser_page.request.get(url).text()
    body = re.sub(r' width="\d+" height="\d+"', "", html)
    browser_page.route(url, lambda route: route.fulfill(body=body, content_type="text/html"))
    assert sum(shifts_of(browser_page, url)) > LITTLE


def shifts_of(page: Page, url: str) -> list[float]:
    """Return how far things moved: pictures are held back until the text stands, then all come at once."""
    held: list[Route] = []
    page.route(PICTURES, lambda route: held.append(route))  # noqa: PLW0108  a built-in takes no mark of Playwright's
    page.goto(url, wait_until="domcontentloaded")
    page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
    page.evaluate(SHIFTS)
    for route in held:
        route.continue_()
    page.unroute(PICTURES)
    assert page.evaluate(LOAD_ALL) == [], url
    moved: list[float] = page.evaluate(SHIFTS)
    return moved


def test_keys_alone_lead_from_the_home_page_to_a_post_its_author_and_the_search(
    real_site: BuiltSite, browser_page: Page
) -> None:
    page = browser_page
    page.emulate_media(reduced_motion="reduce")  # else it scrolls there slowly
    page.goto(real_site.address)
    _tab_to(page, "main h2 a")
    title = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    _tab_to(page, "main a[rel~=author]")
    name = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("main").get_by_text(title).first).to_be_visible()
    _tab_to(page, "nav a[href$='search/']")
    page.keyboard.press("Enter")
    expect(page.locator("#site-search")).to_be_visible()
    _tab_to(page, "#site-words")
    page.keyboard.type("accessib")
    expect(page.get_by_role("status")).to_contain_text("Posts found")
    _tab_to(page, "#site-search ol a")
    found = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(found)


def test_the_nu_checker_has_nothing_to_say_of_a_page_of_any_kind(
    checker: list[str], real_site: BuiltSite
) -> None:
    pages = [real_site.folder / page_of(real_site, KINDS[kind]) for kind in KINDS]
    assert said_of(checker, *pages) == []


def _tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press the key until something that matches has the focus, which can be seen wherever it is on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["outlined"], page.evaluate("document.activeElement.outerHTML")
        assert focused["inside"], page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"no key leads to {selector}")
