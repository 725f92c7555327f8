"""Listings: what is said when something behind a fence means nothing, what feeds get, what hostile ones cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.markup import for_feed
from blognet.markup.flow import flow_of

if TYPE_CHECKING:
    from blognet.markup import Document
    from tests.unit.markup.rendering import Render


def said(document: Document) -> list[tuple[int, str, str]]:
    return [(each.location.line, each.code, each.hint) for each in document.problems]


def fenced(about: str, *lines: str) -> str:
    return "\n".join(("", f"```{about}", *lines, "```", ""))


def test_an_unknown_word_behind_a_fence_is_reported_with_what_was_probably_meant(
    render: Render,
) -> None:
    found = said(render(fenced('py tittle="a" hl_line="1"', "a")))
    assert found == [
        (2, "BN873", "did you mean 'hl_lines'?"),
        (2, "BN873", "did you mean 'title'?"),
    ]


def test_a_word_like_no_known_one_is_reported_with_all_that_are_known(render: Render) -> None:
    found = said(render(fenced("python my script", "a")))
    assert [code for _, code, _ in found] == ["BN873", "BN873"]
    assert 'title="app.py"' in found[0][2]


@pytest.mark.parametrize("lines", ["{0}", "{2}", "{2-9}", 'hl_lines="7"', "{3-1}"])
def test_lines_that_the_listing_does_not_have_are_reported(render: Render, lines: str) -> None:
    assert [code for _, code, _ in said(render(fenced(f"py {lines}", "a")))] == ["BN874"]


@pytest.mark.parametrize(
    "about",
    ["py", "rust,no_run", "{.py .annotate #id}", "js live noInline", "go {style=emacs}", "C++"],
)
def test_words_of_other_programs_that_change_nothing_here_are_no_problem(
    render: Render, about: str
) -> None:
    assert said(render(fenced(about, "a"))) == []


def test_a_listing_of_a_feed_keeps_its_title_and_its_changes_and_loses_its_colours(
    render: Render,
) -> None:
    text = fenced('js title="a.js" {1} linenums', "let a", "b // [!code ++]")
    assert for_feed(render(text).html) == (
        '<figure class="listing"><figcaption>a.js</figcaption><pre><code><mark>let a\n'
        "</mark><ins>b\n</ins></code></pre></figure>\n"
    )


@pytest.mark.parametrize(
    "about",
    [
        "py " + "[" * 90_000,
        "py " + "{" * 90_000,
        "py " + "a=" * 50_000,
        "py " + "1-9999 " * 20_000,
        'py hl_lines="' + "1-30000 " * 20_000,
    ],
)
def test_a_hostile_line_behind_a_fence_ends(render: Render, about: str) -> None:
    assert render(fenced(about, *["a"] * 10_000)).words == 10_000


def test_hostile_comments_in_a_listing_end(render: Render) -> None:
    code = [
        "x" + " " * 50_000 + "[!code",
        "//" * 50_000 + "highlight-next-line",
        "#" + " " * 50_000,
    ]
    assert "<mark" not in render(fenced("text", *code)).html


def test_a_colour_that_goes_over_several_lines_is_closed_on_each(render: Render) -> None:
    html = render(fenced("py {2}", '"""a', "", 'b"""')).html
    assert html.count("<span") == html.count("</span>")
    assert '<mark class="code-line">\n</mark>' in html


def test_a_terminal_shows_which_lines_of_a_listing_come_and_go(render: Render) -> None:
    text = fenced("py", "a # [!code --]", "b # [!code ++]", "c")
    shown = "".join(span.text for block in flow_of(render(text).html) for span in block.spans)
    assert shown == "- a\n+ b\nc"
