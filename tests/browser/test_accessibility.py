"""axe-core on a page of every kind, in both schemes, at three widths: WCAG 2.2 AA and axe's own advice.

What differs between the schemes is colour alone, so that the second one is asked for contrast only.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.built_site import KINDS, BuiltSite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

# The script alone comes from this package: a page's policy lets nothing load it, a debugger may run it.
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
WIDTHS = (390, 820, 1280)
EVERYTHING = """{
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: {"target-size": {enabled: true}},
}"""
COLOURS = '{runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}}'
ASKED: Mapping[Literal["light", "dark"], str] = {"light": EVERYTHING, "dark": COLOURS}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUN = """async () => {
  const asked = {resultTypes: ["violations"], preload: false, iframes: false, elementRef: false, ...%s};
  const found = await axe.run(document, asked);
  return found.violations.flatMap(each => each.nodes.map(node =>
    `${each.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""

at_the_root = pytest.mark.parametrize("own_site", ["/"], indirect=True)


def faults(page: Page, url: str, *, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Return what axe finds on a page at these widths in both schemes, each with where it was found."""
    found = []
    page.emulate_media(reduced_motion="reduce")  # else colours are seen on their way
    page.goto(url)
    page.evaluate(AXE)
    for scheme, asked in ASKED.items():
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{scheme} {width} {each}" for each in page.evaluate(RUN % asked)]
    return found


@at_the_root
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_page_by_day_and_by_night_at_any_width(
    kind: str, own_site: BuiltSite, browser_page: Page
) -> None:
    assert faults(browser_page, own_site.url_of(own_site.page_of(kind))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_page_of_the_plain_theme_which_is_one_column_at_any_width(
    kind: str, plain_site: BuiltSite, browser_page: Page
) -> None:
    url = plain_site.url_of(plain_site.page_of(kind))
    assert faults(browser_page, url, widths=WIDTHS[:1]) == []
    for width in WIDTHS:
        browser_page.set_viewport_size({"width": width, "height": 900})
        assert browser_page.evaluate(TOO_WIDE) <= 0, width


@at_the_root
def test_axe_would_find_words_that_cannot_be_read(own_site: BuiltSite, browser_page: Page) -> None:
    page = browser_page
    page.goto(own_site.address)
    page.evaluate(AXE)
    page.evaluate("document.querySelector('h1 a').style.color = '#eee'")
    assert [each[:14] for each in page.evaluate(RUN % COLOURS)] == ["color-contrast"]
