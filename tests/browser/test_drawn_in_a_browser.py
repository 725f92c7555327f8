"""Formulas and diagrams in Chromium: from left to right, in the page's colours, and with nothing for axe or Nu."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.ids import SitePath
from blognet.site import Published
from blognet.site.addresses import output_name
from tests.browser.test_accessibility import faults
from tests.browser.test_nu import checker, said_of
from tests.unit.site.published_values import build, live_author, live_post, settings

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Page

__all__ = ["checker"]  # the fixture

BODY = r"""Inline $e^{i\pi} + 1 = 0$ and $\frac{a+b}{2}$ in a sentence, \$5 and `$x$`.

$$
\begin{aligned}
f(x) &= \sum_{k=0}^{n} \binom{n}{k} x^k \\
     &= (1 + x)^n
\end{aligned}
$$

$$\left(\begin{array}{c|c} a & b \\ \hline c & d \end{array}\right) \cancel{x} \boxed{y}
\begin{cases} x & x \ge 0 \end{cases}$$

$$\dfrac12 \tfrac12 \Bigl( \left. x \middle| y \right] \overbrace{a}^{b} \underset{a}{b} \hat x \not= \,\!\quad
\phantom{x}
\text{a \textbf{b}} \operatorname{f} \mathbb{R} \mathcal{L} \sideset{_a}{^b}\sum \raisebox{1em}{x} \displaystyle \int$$

```math
\begin{align} x &= a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9
+ a_{10} + a_{11} + a_{12} + a_{13} + a_{14} \end{align}
```

```dot alt="A draft is queued, then live, or goes back" title="The way of a post"
digraph {
  rankdir=LR
  node [shape=box, style=rounded]
  draft -> queue [label="submit"]
  queue -> live [label="approve", color=blue, fontcolor=red]
  queue -> draft [label="return", style=dashed]
  live [style="rounded,filled", fillcolor=gold]
}
```
"""
NAME = "2026/drawn/index.html"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
BOX = "selector => document.querySelector(selector).getBoundingClientRect().toJSON()"
COLOUR = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"


@pytest.fixture(scope="module", params=["en", "ar"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with such a post, to be opened from the disk; the second is written from right to left."""
    extra = "markdown: {math: true, diagrams: true}\n"
    config = settings(extra)
    if request.param == "ar":
        config = replace(config, language="ar", languages=("ar",))
    root = tmp_path_factory.mktemp("drawn")
    posts = (live_post("drawn", title="Drawn", body=BODY, authors=("ann",)),)
    site = build(Published(posts=posts, authors=(live_author("ann"),)), config)
    for path, raw in site.files.items():
        place = root / output_name(SitePath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
    return root


def opened(page: Page, folder: Path, *, width: int = 1280) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((folder / NAME).as_uri())
    return page


def test_axe_finds_nothing_on_the_page(browser_page: Page, folder: Path) -> None:
    assert faults(browser_page, (folder / NAME).as_uri()) == []


def test_the_nu_checker_has_nothing_to_say(checker: list[str], folder: Path) -> None:
    assert said_of(checker, folder / NAME) == []


def test_formulas_are_laid_out_as_formulas_from_left_to_right(
    browser_page: Page, folder: Path
) -> None:
    page = opened(browser_page, folder)
    above, below = (page.evaluate(BOX, f"mfrac > :nth-child({at})") for at in (1, 2))
    assert above["bottom"] <= below["top"] + 1
    base, raised = (page.evaluate(BOX, f"msup > :nth-child({at})") for at in (1, 2))
    assert raised["left"] >= base["right"] - 1
    assert raised["top"] < base["top"]
    assert page.evaluate(COLOUR, ["math", "direction"]) == "ltr"
    assert page.evaluate(COLOUR, [".m-box", "borderTopStyle"]) == "solid"
    assert "gradient" in page.evaluate(COLOUR, [".m-up", "backgroundImage"])


def test_a_wide_formula_scrolls_by_itself_and_the_page_does_not(
    browser_page: Page, folder: Path
) -> None:
    page = opened(browser_page, folder, width=360)
    assert page.evaluate(TOO_WIDE) == 0
    wide = page.locator(".math-block").nth(3)
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => Math.abs(document.querySelectorAll('.math-block')[3].scrollLeft) > 0"
    )


def test_a_diagram_has_a_name_fits_and_takes_the_colours_of_the_scheme(
    browser_page: Page, folder: Path
) -> None:
    drawing = browser_page.get_by_role("img", name="A draft is queued, then live, or goes back")
    seen = set()
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        page = opened(browser_page, folder, width=360)
        assert page.evaluate(BOX, ".diagram svg")["right"] <= 360
        assert drawing.is_visible()
        ink = page.evaluate(COLOUR, [".diagram text", "fill"])
        assert ink == page.evaluate(COLOUR, ["body", "color"])
        assert ink != page.evaluate(COLOUR, [".diagram text.d-accent", "fill"])
        seen.add(ink)
    assert len(seen) == 2


def test_the_strict_policy_holds_and_nothing_is_missing(browser_page: Page, folder: Path) -> None:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    browser_page.on("console", hear)
    page = opened(browser_page, folder)
    assert page.locator("[style]").count() == 0
    page.locator(".diagram summary").click()
    assert page.locator(".diagram pre").is_visible()
    assert [
        each for each in said if "Content Security Policy" in each and "file:" not in each
    ] == []
