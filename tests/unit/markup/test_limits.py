"""Hostile shapes of text: work grows with size, not with its square; output stays in proportion; nothing breaks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from blognet.markup.allow import MAX_ADDRESS, MAX_CELLS, MAX_INLINE, MAX_TEXT
from tests.unit.markup.safety import faults_of

if TYPE_CHECKING:
    from types import FrameType

    from tests.unit.markup.rendering import Render

Shape = Callable[[int], str]
SHAPES: dict[str, Shape] = {
    "quotations in quotations": lambda n: ">" * n + " x",
    "deep quotations on many lines": lambda n: (">" * 30 + " x\n") * (n // 32),
    "lists in lists on a line": lambda n: "- " * (n // 2) + "x",
    "many short deep lists": lambda n: "- - - - - - - - a\n" * (n // 18),
    "quotations and lists by turns": lambda n: ("> " * 20 + "- " * 10 + "x\n") * (n // 62),
    "opening brackets": lambda n: "[" * n,
    "pairs of brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "links without an end": lambda n: "[a](b" * (n // 5),
    "links in angle brackets without an end": lambda n: "[a](<b" * (n // 6),
    "link titles without an end": lambda n: '[a](b "' * (n // 7),
    "images in images": lambda n: "![" * (n // 2) + "](x)" * (n // 8),
    "references": lambda n: "".join(f"[a{i}]: b\n" for i in range(n // 10)) + "[a1] " * (n // 5),
    "tables": lambda n: "|a|b|\n|-|-|\n\n" * (n // 13),
    "a wide table": lambda n: "|" + "a|" * (n // 4) + "\n|" + "-|" * (n // 4),
    "footnotes": lambda n: "".join(f"a[^{i}]\n\n[^{i}]: n\n\n" for i in range(n // 20)),
    "references to one footnote": lambda n: "[^1]: x\n\n" + "[^1]" * (n // 4),
    "footnotes without an end": lambda n: "[^1]: x\n\n" + "[^" * (n // 2),
    "footnotes in footnotes": lambda n: "[^1]: " * (n // 6),
    "emphasis in emphasis": lambda n: "*a " * (n // 6) + "a* " * (n // 6),
    "emphasis of two kinds": lambda n: "*a_ " * (n // 4),
    "stars": lambda n: "*" * n,
    "strikethrough": lambda n: "~a " * (n // 6) + "a~ " * (n // 6),
    "backticks of every length": lambda n: "".join(
        "`" * i + " " for i in range(int((2 * n) ** 0.5))
    ),
    "colons": lambda n: ":" * n,
    "addresses": lambda n: "http://a " * (n // 9),
    "an address with brackets": lambda n: "http://a.b/" + ")" * n,
    "half addresses": lambda n: "a@" * (n // 2),
    "www": lambda n: "www.a " * (n // 6),
    "less-than signs": lambda n: "<" * n,
    "tags without an end": lambda n: '<a x="' * (n // 6),
    "comments without an end": lambda n: "x <!-- " * (n // 7),
    "comment blocks without an end": lambda n: "<!-- " * (n // 5),
    "declarations without an end": lambda n: "<!a " * (n // 4),
    "instructions without an end": lambda n: "x <? " * (n // 5),
    "elements in elements": lambda n: "<div>" * (n // 5),
    "elements left open on many lines": lambda n: "<div>\n\n" * (n // 7),
    "elements closed that never opened": lambda n: "</div>" * (n // 6),
    "formatting left open before many paragraphs": lambda n: (
        "".join(f"<b title={i}>" for i in range(n // 30)) + "\n\n" + "x\n\n" * (n // 6)
    ),
    "formatting in blocks": lambda n: "<div>" + "<b><p>x" * (n // 7),
    "tables in tables": lambda n: "<table><tr><td>" * (n // 15),
    "text in tables outside of cells": lambda n: "<table><i>x" * (n // 11) + "<p>y" * (n // 8),
    "links in links": lambda n: "<a href=x>" * (n // 10),
    "videos": lambda n: "<video src=//x>" * (n // 15),
    "raw listings": lambda n: "<pre><code>x</code> y</pre>" * (n // 26),
    "equal headings": lambda n: "# a\n" * (n // 4),
    "equal ids": lambda n: "<i id=a></i>" * (n // 12),
    "links to nowhere": lambda n: "[a](#b) " * (n // 8),
    "a heading of many lines": lambda n: "a\n" * (n // 2) + "=",
    "fences": lambda n: "```\n" * (n // 4),
    "alerts": lambda n: "> [!NOTE]\n> x\n\n" * (n // 16),
    "ampersands": lambda n: "&" * n,
    "backslashes": lambda n: "\\" * n,
    "blanks": lambda n: " " * n + "x",
    "line ends": lambda n: "\n" * n,
    "one long word": lambda n: "a" * n,
    "commas between digits": lambda n: "1," * (n // 2),
}
GROWTH = 2.6
EXPANSION = 80


def steps_of(action: Callable[[], object]) -> int:
    """Count the calls, of Python and of C, that an action makes: the same on every machine."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_twice_the_text_takes_about_twice_the_work(render: Render, shape: Shape) -> None:
    small, large = shape(2_000), shape(4_000)
    render(small)  # what is made once is made before
    few = steps_of(lambda: render(small))
    many = steps_of(lambda: render(large))
    assert many < GROWTH * few + 1_000


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_result_is_safe_and_in_proportion(render: Render, shape: Shape) -> None:
    text = shape(6_000)
    html = render(text).html
    assert len(html) < EXPANSION * len(text)
    assert faults_of(html) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (">" * 100 + " x", "BN452"),
        ("- " * 100 + "x", "BN452"),
        ("<div>" * 200, "BN452"),
        ("*a " * 100 + "a* " * 100, "BN452"),
        ("x " * MAX_INLINE, "BN453"),
    ],
)
def test_what_is_too_deep_or_too_large_is_said(render: Render, text: str, code: str) -> None:
    assert [problem.code for problem in render(text).problems] == [code]


def test_a_text_that_is_too_long_is_cut_at_a_line_and_it_is_said(render: Render) -> None:
    line = "x" * 99_999 + "\n"
    document = render(line * (MAX_TEXT // len(line) + 1))
    assert document.text.count("x") == MAX_TEXT // len(line) * 99_999
    assert [
        problem.location.line for problem in document.problems if "longer" in problem.message
    ] == [MAX_TEXT // len(line) + 1]


def test_tables_that_would_blow_up_stay_text(render: Render) -> None:
    table = "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n" + "|x\n" * 250 + "\n"
    document = render(table * 4)
    assert document.html.count("<td") + document.html.count("<th") < 2 * MAX_CELLS
    assert [problem.code for problem in document.problems] == ["BN453"]


def test_a_paragraph_that_is_too_long_keeps_its_words(render: Render) -> None:
    html = render("*a* <b> " * (MAX_INLINE // 8 + 1)).html
    assert html.startswith("<p>*a* &lt;b&gt; *a*")


def test_a_bare_address_that_is_too_long_stays_text_and_whole(render: Render) -> None:
    address = "https://e.org/" + "a" * MAX_ADDRESS
    assert render(f"x {address} y").html == f"<p>x {address} y</p>\n"


def test_very_deep_html_does_not_exhaust_the_stack(render: Render) -> None:
    assert render("<div>" * 100_000 + "x").text == "x"
    assert render("<b>" * 20_000 + "x").text == "x"
