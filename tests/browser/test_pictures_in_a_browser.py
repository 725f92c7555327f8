"""Pictures of the site in Chromium: nothing moves when they come, and the best format is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.built_site import BuiltSite

PAGES = ("", "2026/a-winter-in-the-tower/", "2026/what-a-penny-does/", "authors/", "authors/ben/")
SHIFTS = """() => { window.shifted = []; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted.push(entry.value);
}).observe({type: 'layout-shift', buffered: true}); }"""
SCROLL = """async () => {
  for (let at = 0; at < document.body.scrollHeight; at += 300) {
    scrollTo(0, at);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map(image => image.decode()));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return window.shifted;
}"""
IN_PICTURES = """() => [...document.querySelectorAll('picture img')].map(image =>
  [image.currentSrc, image.getAttribute('alt'), image.width * devicePixelRatio, image.naturalWidth])"""
WITHOUT_WORDS = "() => [...document.images].filter(image => !image.hasAttribute('alt')).length"
UNMEASURED = """() => [...document.images].filter(image =>
  !image.closest('.brand') && !(image.getAttribute('width') && image.getAttribute('height'))).map(i => i.src)"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("own_site", ["/"], indirect=True)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_nothing_moves_when_pictures_arrive(
    path: str, width: int, own_site: BuiltSite, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(f"({SHIFTS})()")
    page.goto(own_site.address + path)
    assert sum(page.evaluate(SCROLL)) == 0
    assert page.evaluate(UNMEASURED) == []
    assert page.evaluate(WITHOUT_WORDS) == 0
    page.close()


@pytest.mark.parametrize("own_site", ["/"], indirect=True)
def test_a_browser_takes_webp_and_no_more_pixels_than_it_shows_twice(
    own_site: BuiltSite, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{own_site.address}2026/a-winter-in-the-tower/")
    page.add_init_script(f"({SHIFTS})()")
    page.reload()
    page.evaluate(SCROLL)
    shown = page.evaluate(IN_PICTURES)
    page.close()
    assert shown
    assert all(source.endswith(".webp") for source, *_ in shown)
    assert all(alt for _, alt, *_ in shown)
    _, _, pixels, natural = shown[0]
    assert pixels <= natural <= 2 * pixels
