"""A site in Arabic with English and Japanese beside it, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.config import read_config
from blognet.kernel.ids import SitePath
from blognet.site import Published
from blognet.site.addresses import output_name
from tests.unit.site.published_values import build, live_author, live_page, live_post

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SETTINGS = """\
id: clocks
title: ساعات وأجراس
tagline: ملاحظات من ورشة لساعات الأبراج
url: https://clocks.example.org
language: ar
languages: [ar, en, ja]
mayors: [ann]
posts_per_page: 2
topics:
  - {id: rate, title: ضبط الوقت, description: البندول والحرارة., translations: {en: Keeping time}}
"""
BODY = """\
كل سفينة تصل تسأل السؤال نفسه: `clock --set` كم الساعة؟

> نحن لا نعرف.

| اليوم | الساعة |
|---|---|
| الأحد | 12 |

```python
def hour(now): return now.hour
```
"""
AT = """selector => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return {left: box.left, right: box.right, middle: (box.left + box.right) / 2};
}"""
STYLE = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, to be opened from the disk."""
    root = tmp_path_factory.mktemp("arabic")
    titles = (
        "كيف نقرأ جدول المد",
        "الليلة التي نوقف فيها الساعة",
        "ما تكلفه الزيارة",
        "شتاء في البرج",
    )
    posts = [
        live_post(
            f"s{number}", day=number, title=title, body=BODY, summary="ملخص قصير للتدوينة.",
            authors=("ann", "omar"), topics=("rate",), tags=("Köln",),
        )
        for number, title in enumerate(titles)
    ]  # fmt: skip
    posts += [
        live_post("s1", day=1, language="en", title="The night we stop the hour", topics=("rate",)),
        live_post(
            "s1", day=1, language="ja", title="時計を止める夜", body="> 私たちは知りません。"
        ),
    ]
    site = build(
        Published(
            posts=tuple(posts),
            pages=(live_page("about", title="من نحن"),),
            authors=(live_author("ann", "Ann Example", body="مهندسة."), live_author("omar", "عمر")),
        ),
        read_config(SETTINGS),
    )
    for path, raw in site.files.items():
        place = root / output_name(SitePath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
    return root


def opened(page: Page, folder: Path, name: str, *, width: int = 1440) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((folder / name).as_uri())
    return page


def at(page: Page, selector: str, side: str = "middle") -> float:
    return float(page.evaluate(AT, selector)[side])


def style(page: Page, selector: str, name: str) -> str:
    return str(page.evaluate(STYLE, [selector, name]))


@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.parametrize(
    "name", ["index.html", "2026/s1/index.html", "authors/ann/index.html", "archive/index.html"]
)
def test_an_arabic_page_begins_at_the_right_and_is_never_too_wide(
    browser_page: Page, folder: Path, name: str, width: int
) -> None:
    page = opened(browser_page, folder, name, width=width)
    assert page.evaluate(TOO_WIDE) == 0
    assert style(page, "body", "direction") == "rtl"
    assert at(page, ".brand", "right") > width / 2
    assert at(page, "main h1, main h2", "right") > width / 2


def test_the_columns_of_an_arabic_page_are_mirrored(browser_page: Page, folder: Path) -> None:
    arabic = opened(browser_page, folder, "2026/s1/index.html")
    assert at(arabic, ".neighbour-older") > at(arabic, ".neighbour-newer")
    assert at(arabic, ".brand") > at(arabic, ".lang-nav")
    assert style(arabic, "blockquote", "borderRightStyle") == "solid"
    assert style(arabic, "blockquote", "borderLeftStyle") == "none"
    assert style(arabic, ".prose th", "paddingRight") == "0px"
    english = opened(browser_page, folder, "en/2026/s1/index.html")
    assert style(english, "body", "direction") == "ltr"
    assert at(english, ".brand") < at(english, ".lang-nav")


def test_arrows_point_the_way_of_the_language(browser_page: Page, folder: Path) -> None:
    arrow = "() => getComputedStyle(document.querySelector('.pager-older'), '::after').content"
    page = opened(browser_page, folder, "index.html")
    assert "\u2190" in str(page.evaluate(arrow))


def test_code_stays_from_left_to_right_and_letters_stay_joined(
    browser_page: Page, folder: Path
) -> None:
    page = opened(browser_page, folder, "2026/s1/index.html")
    assert (style(page, "pre", "direction"), style(page, "p code", "direction")) == ("ltr", "ltr")
    assert style(page, "h1", "letterSpacing") in {"normal", "0px"}
    assert style(page, "blockquote", "fontStyle") == "normal"


def test_japanese_is_not_slanted(browser_page: Page, folder: Path) -> None:
    page = opened(browser_page, folder, "ja/2026/s1/index.html")
    assert style(page, "blockquote", "fontStyle") == "normal"


def test_the_switch_of_languages_leads_where_it_says_by_keyboard(
    browser_page: Page, folder: Path
) -> None:
    page = opened(browser_page, folder, "2026/s1/index.html")
    link = page.locator(".lang-nav a", has_text="English")
    assert (
        link.get_attribute("lang"),
        link.get_attribute("hreflang"),
        link.get_attribute("dir"),
    ) == (
        "en",
        "en",
        "ltr",
    )
    assert link.get_attribute("href") == "../../en/2026/s1/"
