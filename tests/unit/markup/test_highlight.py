from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from blognet.markup import pygments_css
from blognet.markup.highlight import MAX_CODE, MAX_CODE_LINE, highlight
from blognet.markup.highlight_css import MIN_CONTRAST, contrast, readable
from blognet.markup.languages import LANGUAGES

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_every_language_on_the_list_is_known_and_keeps_the_code(language: str) -> None:
    code = '# a <b> & "c"\n\n  d = 1;  // e\n'
    html = highlight(code, language)
    assert unescape(re.sub(r"</?span[^>]*>", "", html)) == code


def test_code_keeps_its_blank_lines_and_its_indentation() -> None:
    assert highlight("\n\n    x\n\n", "python") == "\n\n    x\n\n"


def test_large_code_and_long_lines_stay_plain() -> None:
    line = "if x: pass\n"
    assert "<span" in highlight(line * (MAX_CODE // len(line)), "python")
    assert "<span" not in highlight(line * (MAX_CODE // len(line) + 1), "python")
    assert "<span" not in highlight("if " + "x" * MAX_CODE_LINE, "python")


def test_many_listings_are_coloured_up_to_a_limit_for_the_text(render: Render) -> None:
    listing = "```python\n" + "if x: pass\n" * 2_500 + "```\n\n"
    listings = render(listing * 10).html.split("</pre>")[:10]
    assert [("<span" in each) for each in listings] == [True] * 7 + [False] * 3


@pytest.mark.parametrize("light", ["default", "friendly", "vs", "solarized-light"])
@pytest.mark.parametrize("dark", ["github-dark", "monokai", "nord"])
def test_every_colour_can_be_read_on_its_background(light: str, dark: str) -> None:
    css = pygments_css(light, dark, background_light="#fafafa", background_dark="#222222")
    light_part, dark_part = css.split("@media")
    for part, background in ((light_part, "#fafafa"), (dark_part, "#222222")):
        colors = re.findall(r"color: (#\w{6})", part)
        assert colors
        assert min(contrast(color, background) for color in colors) >= MIN_CONTRAST


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    assert readable("#0000aa", "#ffffff") == "#0000aa"
    assert readable("#ffff00", "#ffffff") != "#ffff00"


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_class_in_highlighted_code_has_a_rule() -> None:
    css = pygments_css()
    html = highlight(
        '@d\nclass A(B):\n    """x"""\n    def f(self): return 1.5 + f"{g}"  # h\n', "python"
    )
    for css_class in set(re.findall(r'class="([^"]+)"', html)):
        assert re.search(rf"\.{css_class}[ ,]", css), css_class


def test_the_style_sheet_is_the_same_each_time() -> None:
    assert pygments_css() == pygments_css()
