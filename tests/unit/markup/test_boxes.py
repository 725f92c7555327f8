"""Boxes: what is said of faulty ones and on which line, what terminals show, and that hostile ones end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.markup import MarkupOptions, Parser, render_markdown
from blognet.markup.boxes import MAX_BOXES, with_boxes
from blognet.markup.flow import flow_of
from blognet.markup.raw import BOX_SIGN, RawHtml

if TYPE_CHECKING:
    from blognet.markup import Document
    from tests.unit.markup.rendering import Render

PIECES = (
    *("!!! note", '??? tip "Title"', "???+ bug", "::: note", ":::tip[T]", ":::: x", ":::", "::::"),
    *(
        "    ",
        "  ",
        "> ",
        "- ",
        "1. ",
        "```",
        "~~~",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "\t",
        "text",
    ),
    *("# h", "</div>", "[a](b)", "| a |", "[^1]: n", "---", ": d", ":   d", "Term"),
)
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=14)


def said(document: Document) -> list[tuple[int, str, str]]:
    return [(each.location.line, each.code, each.hint) for each in document.problems]


def html_of(text: str, parser: Parser) -> str:
    return render_markdown(text, options=MarkupOptions(parser=parser)).html


def lines(*text: str) -> str:
    return "\n".join((*text, ""))


def test_an_unknown_kind_is_reported_with_the_nearest(render: Render) -> None:
    text = lines("", "!!! warnin", "    a", "", "::: dangr", "b", ":::")
    assert said(render(text)) == [
        (2, "BN875", "did you mean 'warning'?"),
        (5, "BN875", "did you mean 'danger'?"),
    ]


def test_a_box_that_is_never_closed_and_one_without_content_are_reported(render: Render) -> None:
    found = said(render(lines("!!! note", "a", "", "::: tip", "b")))
    assert found == [
        (1, "BN876", "indent what belongs into the box by four blanks"),
        (4, "BN876", "close it with a line ':::'"),
    ]


def test_what_is_found_inside_a_box_and_behind_it_names_the_authors_line(render: Render) -> None:
    text = lines("::: tip Title", "a", "> [b](javascript:1)", ":::", "c", "[d](data:1)", "[e](x)")
    document = render(text)
    assert [line for line, code, _ in said(document) if code == "BN451"] == [3, 6]
    assert [(link.target, link.line) for link in document.links] == [("x", 7)]


def test_boxes_that_nest_too_deeply_stay_text_and_are_reported(render: Render) -> None:
    depth = MAX_BOXES + 2
    document = render(lines(*["::: note"] * depth, "deep", *[":::"] * depth))
    assert document.html.count('class="alert alert-note"') == MAX_BOXES
    assert "deep" in document.text
    assert [code for _, code, _ in said(document)] == ["BN452"]


def test_a_terminal_sets_a_box_off_and_shows_what_is_folded_away(render: Render) -> None:
    html = render(lines("??? tip", "    Hidden", "", "After")).html
    blocks = flow_of(html)
    assert ["".join(span.text for span in block.spans) for block in blocks] == [
        "Tip",
        "Hidden",
        "After",
    ]
    assert [block.first for block in blocks] == ["| ", "| ", ""]


def test_a_heading_in_a_box_is_not_in_the_contents_and_its_words_are_in_the_text(
    render: Render,
) -> None:
    document = render(lines("# One", "", "::: note", "## Two", ":::"))
    assert [entry.text for entry in document.toc] == ["One"]
    assert document.text == "One\nTwo"


@pytest.mark.parametrize(
    "text",
    [
        "::: note\n" * 40_000,
        "::: x\n" * 40_000,
        "".join("    " * depth + "!!! note\n" for depth in range(400)),
        "".join("  " * depth + "- ::: note\n" for depth in range(400)),
        "> " * 10_000 + "!!! note\n" + ">     a\n" * 20_000,
        "::: note[" + "]" * 50_000 + " " * 50_000 + "x\n:::\n",
        "::: " + "{" * 100_000 + "\n",
        '!!! note "' + '" ' * 50_000 + "\n    a\n",
        "!!! note" + " a" * 50_000 + "!\n    a\n",
        "```\n!!! note\n" * 20_000,
        "<!--\n!!! note\n" * 20_000,
        "`" * 100_000 + " `\n!!! note\n    a\n",
        ":" * 200_000 + "\n",
        "- a\n" * 20_000 + "  !!! note\n      a\n",
    ],
    ids=range(14),
)
def test_hostile_boxes_end(render: Render, text: str) -> None:
    assert BOX_SIGN not in render(text).html


@given(LINES)
def test_both_parsers_make_the_same_of_boxes_where_they_do_of_the_text_in_them(
    pieces: list[str],
) -> None:
    text = "\n".join(pieces)
    boxed = with_boxes(text, RawHtml(), 1)
    bare = {html_of(boxed.text.replace(BOX_SIGN, ""), parser) for parser in Parser}
    found = {html_of(text, parser) for parser in Parser}
    assert len(found) <= len(bare)
    assert not any(BOX_SIGN in html or "data-m" in html for html in found)


@given(LINES)
def test_the_lines_of_a_text_with_boxes_keep_their_order_and_their_numbers(
    pieces: list[str],
) -> None:
    boxed = with_boxes("\n".join(pieces), RawHtml(), 1)
    assert list(boxed.moved) == sorted(boxed.moved)
    assert len(boxed.moved) in {0, boxed.text.count("\n") + 1}
    assert set(boxed.moved) <= set(range(len(pieces)))


@given(st.text(alphabet="ab \n>-#*`!?:", max_size=60))
def test_a_text_without_boxes_is_left_as_it_is(text: str) -> None:
    boxed = with_boxes(text, RawHtml(), 1)
    if not boxed.moved:
        assert boxed.text == text
