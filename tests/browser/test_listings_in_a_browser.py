"""Lines that stand out in listings, and videos that play, in both built-in themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.built_site import BuiltSite

if TYPE_CHECKING:
    from playwright.sync_api import Page

KIND = "post with boxes, listings and a video"
LINES = """() => [...document.querySelectorAll('.code-line')].map(line => {
  const style = getComputedStyle(line), before = getComputedStyle(line, '::before').content;
  const marked = line.matches('mark, ins, del');
  return {
    readable: style.backgroundColor === 'rgba(0, 0, 0, 0)' && style.textDecorationLine === 'none',
    barred: marked === (style.boxShadow !== 'none'),
    numbered: !line.dataset.n || before.includes(line.dataset.n),
    signed: !('sign' in line.dataset) || before.includes(line.localName === 'ins' ? '+' : '-'),
  };
})"""
SHAPE = """frame => {
  const box = frame.getBoundingClientRect();
  return [Math.round(100 * box.width / box.height), box.width === frame.parentElement.clientWidth];
}"""


@pytest.fixture(params=["default", "plain"])
def page(request: pytest.FixtureRequest, browser_page: Page) -> Page:
    name = {"default": "own_site", "plain": "plain_site"}[request.param]
    site = request.getfixturevalue(name)
    assert isinstance(site, BuiltSite)
    browser_page.goto(site.url_of(site.page_of(KIND)))
    return browser_page


at_the_root = pytest.mark.parametrize("own_site", ["/"], indirect=True)


@at_the_root
@pytest.mark.usefixtures("own_site")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_marked_line_has_a_bar_beside_it_and_can_be_read_as_the_others(
    scheme: Literal["light", "dark"], page: Page
) -> None:
    page.emulate_media(color_scheme=scheme)
    lines = page.evaluate(LINES)
    assert len(lines) > 5
    assert [number for number, line in enumerate(lines) if not all(line.values())] == []


@at_the_root
@pytest.mark.usefixtures("own_site")
def test_a_video_that_plays_is_as_wide_as_the_text_and_sixteen_to_nine(page: Page) -> None:
    page.route("https://*/**", lambda route: route.fulfill(body="It plays."))
    page.locator(".embed-link").first.click()
    assert page.locator(".embed iframe").evaluate(SHAPE) == [178, True]
