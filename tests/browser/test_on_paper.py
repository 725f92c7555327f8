"""Both built-in themes on paper, printed by somebody whose screen is dark; and the plain one by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.built_site import BuiltSite
from tests.browser.test_pages_in_a_browser import FOCUSED, TABS

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOT_ON_PAPER = (".main-nav", ".lang-nav", ".skip", ".toc", ".neighbours", ".feeds", ".colophon-nav")
COLOURS = """() => {
  const style = getComputedStyle(document.body);
  return [style.color, style.backgroundColor];
}"""


@pytest.fixture(params=["default", "plain"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    name = {"default": "own_site", "plain": "plain_site"}[request.param]
    found = request.getfixturevalue(name)
    assert isinstance(found, BuiltSite)
    return found


@pytest.mark.parametrize("own_site", ["/"], indirect=True)
@pytest.mark.usefixtures("own_site")
def test_a_post_on_paper_is_black_on_white_without_what_nobody_can_press(
    site: BuiltSite, browser_page: Page
) -> None:
    browser_page.goto(site.url_of(site.page_of("post with pictures")))
    browser_page.emulate_media(media="print", color_scheme="dark")
    shown = [each for each in NOT_ON_PAPER if browser_page.locator(f"{each}:visible").count()]
    assert shown == []
    assert browser_page.evaluate(COLOURS) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert browser_page.locator("h1:visible").count() == 1
    assert browser_page.locator(".prose:visible").count() == 1


@pytest.mark.parametrize("kind", ["home", "post with pictures", "author"])
def test_a_keyboard_walks_the_plain_theme_with_its_focus_in_sight(
    kind: str, plain_site: BuiltSite, browser_page: Page
) -> None:
    browser_page.set_viewport_size({"width": 390, "height": 900})
    browser_page.goto(plain_site.url_of(plain_site.page_of(kind)))
    for number in range(TABS):
        browser_page.keyboard.press("Tab")
        focused = browser_page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        assert focused["outlined"] or number == 0, focused
        assert focused["inside"], browser_page.evaluate("document.activeElement.outerHTML")
