"""Formulas: what is one, what readers get, what is said of a faulty one, and what a hostile one can do."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blognet.kernel.problems import Severity
from blognet.markup import MarkupOptions, Parser, for_feed, render_markdown
from blognet.markup.flow import flow_of
from blognet.markup.formulas.limits import MOST_DEEP, fault_of
from blognet.markup.formulas.spans import MAX_FORMULA

if TYPE_CHECKING:
    from blognet.markup import Document
    from tests.unit.markup.rendering import Render

MATH = MarkupOptions(math=True, path="queue/a.md")
TEX = re.compile(r'<annotation encoding="application/x-tex">([^<]*)</annotation>')
MATHML = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = frozenset(
    "math semantics annotation mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup mover munder munderover "
    "mmultiscripts mprescripts mphantom mpadded mstyle mtable mtr mtd".split()
)
ATTRIBUTES = frozenset(
    "accent accentunder class depth dir display displaystyle encoding fence form height largeop linethickness lspace "
    "mathvariant maxsize minsize movablelimits rspace scriptlevel separator stretchy symmetric voffset width".split()
)


def tex_in(html: str) -> list[str]:
    return [unescape(each) for each in TEX.findall(html)]


def faults_of(html: str) -> list[str]:
    """Return what must not be in the MathML of a page; the lists are written down a second time on purpose."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=True)
    found = []
    for element in tree.iter():
        namespace, _, name = str(element.tag).rpartition("}")
        if f"{namespace}}}" != MATHML:
            found += [f"<{name}>"] if name in {"script", "style", "iframe", "svg"} else []
            found += [
                f"{key} on {name}" for key in element.attrib if key == "style" or key[:2] == "on"
            ]
            continue
        found += [] if name in ELEMENTS else [f"<{name}>"]
        found += [f"{key} on {name}" for key in element.attrib if key not in ATTRIBUTES]
        found += [
            f"class {each}"
            for each in element.get("class", "").split()
            if not re.fullmatch("m-[a-z-]+", each)
        ]
    return found


FORMULAS = {
    "one letter": ("a $x$ b", ["x"]),
    "at the edges": ("$x$ and $y$", ["x", "y"]),
    "beside signs": ("($x$), “$y$”: $z$!", ["x", "y", "z"]),
    "over two lines": ("a $x +\n  y$ b", ["x +\ny"]),
    "over two lines of a quotation": ("> a $x +\n> y$ b", ["x +\ny"]),
    "with marks of Markdown": (
        "$a*b*c_1*d_2$, $[x](y)$ and $a<b>c$",
        ["a*b*c_1*d_2", "[x](y)", "a<b>c"],
    ),
    "in emphasis": ("*a $x*y$*", ["x*y"]),
    "in a link": ("[a $x$](/b)", ["x"]),
    "with a bracket in a link": ("[a $x]$](/b)", ["x]"]),
    "in a heading": ("# a $x$", ["x"]),
    "in a tight item": ("- a $x$\n- $y$", ["x", "y"]),
    "in a table": ("| a |\n|---|\n| $\\frac{1}{2}$ |", ["\\frac{1}{2}"]),
    "with a bar in a table": ("| a |\n|---|\n| $\\|x\\|$ |", ["|x|"]),
    "in a footnote": ("a[^1]\n\n[^1]: note $x$", ["x"]),
    "with backticks": ("$`x_1`$ and $`y`$", ["x_1", "y"]),
    "before an ending": ("the $n$th, $`x`$s, $k$-means", ["n", "x", "k"]),
    "a line of its own": ("$$x$$", ["x"]),
    "within a paragraph": ("a $$x$$ b", ["x"]),
    "a block": ("a\n$$\nx\n+ y\n$$\nb", ["x\n+ y"]),
    "a block in an item": ("- $$\n  x\n  $$", ["x"]),
    "a block in a quotation": ("> $$\n> x\n> $$", ["x"]),
    "a fence": ("```math\nx\n```", ["x"]),
    "with an escaped dollar": ("$\\text{US\\$} + x$", ["\\text{US\\$} + x"]),
    "that begins with a number": ("$2^n$ and $3 + 4$", ["2^n", "3 + 4"]),
    "after letters of many bytes": ("größer: 日本 $x$ — $y$", ["x", "y"]),
}
DOLLARS = {
    "prices": "costs $5 and $6",
    "a price and a sum": "between $5 or 10$ a head",
    "ranges": "$5-$10, US$5–US$6, 5$–6$",
    "currencies": "A$ and C$, US$ or CA$",
    "shell variables": "$HOME/$USER and $a to $b, then ${x}$y",
    "a variable of a shell before another": "$PREFIX/$the",
    "names": "$foo, $bar and $(this)",
    "blanks inside": "$ x $ and $x $ and $ x$",
    "escaped": "\\$x\\$ and \\$x$",
    "in code": "`$x$` and ``$y$``",
    "around code": "$a is `b` and c$",
    "in addresses": "http://a.b/$x$ <http://a.b/$y$> [c](/d$z$)",
    "in HTML": '<span title="$x$">a</span>',
    "in an image": "![a $x$ b](c.png)",
    "in words": "a$x$b",
    "no end": "$x and $$y",
    "empty": "$$ and $$$$",
    "indented code": "    $$\n    x\n    $$",
    "fenced code": "```sh\necho $$\n$$\n```\n\nx\n$$",
    "a block with an empty line": "$$\nx\n\ny\n$$",
}


@pytest.fixture
def drawn(render: Render) -> Render:
    """`render_markdown` with formulas on, once with each parser."""

    def with_formulas(text: str, *, prefix: str = "", options: MarkupOptions = MATH) -> Document:
        return render(text, prefix=prefix, options=options)

    return with_formulas


def both(text: str, options: MarkupOptions = MATH) -> tuple[Document, Document]:
    one, other = (render_markdown(text, options=replace(options, parser=each)) for each in Parser)
    return one, other


@pytest.mark.parametrize("case", FORMULAS)
def test_both_parsers_find_the_same_formulas(case: str) -> None:
    text, expected = FORMULAS[case]
    one, other = both(text)
    assert tex_in(one.html) == expected
    assert one == other
    assert "$" not in re.sub(r"<annotation.*?</annotation>|<mtext>.*?</mtext>", "", one.html)
    assert one.problems == ()


@pytest.mark.parametrize("case", DOLLARS)
def test_a_dollar_that_encloses_nothing_stays_a_dollar(case: str) -> None:
    one, other = both(DOLLARS[case])
    assert "<math" not in one.html
    assert one.text.count("$") == DOLLARS[case].count("$") - DOLLARS[case].count("$z$") * 2 - (
        2 if "title" in DOLLARS[case] or "![" in DOLLARS[case] else 0
    )
    assert one == other


@pytest.mark.parametrize("case", [*FORMULAS, *DOLLARS])
def test_without_the_setting_dollars_are_what_they_were(case: str) -> None:
    text = FORMULAS[case][0] if case in FORMULAS else DOLLARS[case]
    assert not [each for each in both(text, MarkupOptions()) if "<math" in each.html]


def test_without_the_setting_a_fence_is_a_listing_and_a_note_says_why(render: Render) -> None:
    document = render("a\n\n```math\nx^2\n```\n")
    assert (
        '<pre class="code" role="group" tabindex="0" aria-label="Code"><code class="hl">x^2\n</code></pre>'
        in document.html
    )
    (problem,) = document.problems
    assert (problem.code, problem.severity, problem.location.line) == ("BN864", Severity.NOTE, 3)
    assert "markdown: {math: true}" in problem.hint


@given(
    text=st.lists(
        st.sampled_from([*"$$$$ab1 \n\\`*_[](){}<>|!-:é日", "$x$", "$$", "~~~", "> ", "- "])
    ).map("".join)
)
def test_whatever_the_dollars_no_formula_is_half_shown(text: str) -> None:
    for document in both(text):
        assert faults_of(document.html) == []
        assert "mm" not in document.html.replace("<mmultiscripts", "")
        assert "math inline" not in document.html


PIECES = (
    "word ", "$x_1*y$ ", "$5 ", "$", "`a$b` ", "*em* ", "**", "*", "_", "[l $z$](/u$v$) ", "\n", "\n\n", "> ", "- ",
    "<b>", "</b>", "$$w$$ ", "$$\n", "\\$", "http://a.b/$c$ ", "<http://d.e/$f$> ", "![i $q$](p) ", "é日 ", "$`t`$ ",
    "# ", "    ", "$a\n+b$ ", "(", ")", "&amp; ", "~~", "```math\nx\n```\n", "[^1] ", "\n\n[^1]: n $k$\n\n",
)  # fmt: skip


@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_where_the_parsers_agree_they_agree_about_formulas(text: str) -> None:
    plain, other = both(text, MarkupOptions())
    assume(plain.html == other.html)
    one, same = both(text)
    assert one == same


def test_a_formula_is_mathml_from_left_to_right_with_its_tex(drawn: Render) -> None:
    assert drawn("$x^2$").html == (
        '<p><math dir="ltr"><semantics><msup><mi>x</mi><mn>2</mn></msup>'
        '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></p>\n'
    )


def test_a_formula_on_a_line_of_its_own_can_be_scrolled_with_the_keyboard(drawn: Render) -> None:
    html = drawn("$$x$$").html
    assert html.startswith(
        '<p><span class="math-block" tabindex="0"><math dir="ltr" display="block">'
    )
    assert drawn("$$\nx\n$$").html == drawn("```math\nx\n```").html == html


def test_equations_count_through_a_text(drawn: Render) -> None:
    text = "```math\n\\begin{align}a\\end{align}\n```\n" * 2
    assert re.findall(r"<mtext>(.*?)</mtext>", drawn(text).html) == ["(1)", "(2)"]


WORDS = {
    "\\frac{a+b}{2}": "(a+b)/2",
    "x_1^2": "x_1^2",
    "e^{i\\pi} + 1 = 0": "e^(iπ)+1 = 0",
    "\\frac{\\sqrt\\pi}{2}": "(√π)/2",
    "\\sqrt{x+1}": "√(x+1)",
    "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}": "(1 2; 3 4)",
    "\\operatorname{rank} A": "rankA",
    "\\phantom{x}y": "y",
}


@pytest.mark.parametrize("tex", WORDS)
def test_summaries_and_the_search_see_a_formula_in_plain_signs(tex: str, drawn: Render) -> None:
    document = drawn(f"So ${tex}$ holds.")
    assert document.text == document.excerpt == f"So {WORDS[tex]} holds."


def test_a_terminal_and_a_feed_have_the_tex(drawn: Render) -> None:
    html = drawn("So $x<y$ holds.\n\n$$z$$").html
    assert [block.text for block in flow_of(html)] == ["So $x<y$ holds.", "$z$"]
    assert tex_in(for_feed(html)) == ["x<y", "z"]
    assert "tabindex" not in for_feed(html)


FAULTY = {
    "\\foo + 1": (1, 4, "unknown command"),
    "1 + \\frac{a": (12, 1, "end of input"),
    "a & b": (3, 1, '"&"'),
    "x + \\href{javascript:alert(1)}{y}": (5, 5, "unknown command"),
    "\\def\\a{\\a\\a}\\a": (1, 4, "defines a command"),
    "\\newcommand{\\a}{b}\\a": (1, 11, "defines a command"),
    "\\color{red}x": (1, 12, "a colour"),
    "\\hspace{90em}x": (1, 14, "more than 20 em"),
    "\\hspace{-9em}x": (1, 14, "backwards"),
    "\\eqref{a}": (1, 9, "reference"),
    "{" * 60 + "x" + "}" * 60: (41, 1, "nests deeper"),
}


@pytest.mark.parametrize("tex", FAULTY)
def test_a_faulty_formula_is_shown_as_written_and_underlined(tex: str, drawn: Render) -> None:
    column, width, words = FAULTY[tex]
    document = drawn(f"Words.\n\nSo ${tex}$ holds.")
    assert f'<code class="math-source">{tex}</code>'.replace("&", "&amp;") in document.html
    (problem,) = document.problems
    where = problem.location
    assert (where.path, where.line, where.column, where.width) == (
        "queue/a.md",
        3,
        4 + column,
        width,
    )
    assert where.excerpt == f"So ${tex}$ holds."
    assert words in problem.message
    assert (problem.code, problem.severity) == ("BN861", Severity.WARNING)


def test_a_fault_in_a_block_is_on_its_own_line(drawn: Render) -> None:
    for text in ("a\n\n```math\nx\n\\foo\n```\n", "a\n\n$$\nx\n\\foo\n$$\n"):
        (problem,) = drawn(text).problems
        assert (problem.location.line, problem.location.column) == (5, 1)


HOSTILE = (
    r"\style{color:red}{x}", r"\class{a}{x}", r"\cssId{a}{x}", r"\unicode{x3c}", r"\text{<script>alert(1)</script>}",
    r"\text{</annotation></semantics></math><img src=x onerror=alert(1)>}", r"</math><script>alert(1)</script>",
    r"\text{\textcolor{red}{x}}", r"\url{javascript:alert(1)}", r"\href{https://example.org}{x}", r"\verb|<b>|",
    r"\includegraphics{x}", r"\input{/etc/passwd}", r"\write18{ls}", r"\require{html}", r'\text{" onload="x}',
    r"\mathchoice{a}{b}{c}{d}", r"\boxed{\cancel{\xcancel{\bcancel{x}}}}", r"\begin{array}{|c:c|}\hline a&b\end{array}",
    r"\raisebox{90em}{x}", r"\rule{1em}{1em}", r"\mkern-900mu x", "\\", "}", "{", "%", "x % y", r"\&lt;", "&amp;lt;",
    r"\label{a}\tag{<b>}", r"\begin{equation}\label{x}y\tag{<i>}\end{equation}", r"\unknown", "\x00", "\u202e",
    "\U0001d4b3",
)  # fmt: skip


@pytest.mark.parametrize("tex", HOSTILE)
def test_nothing_in_a_hostile_formula_gets_out_of_it(tex: str, drawn: Render) -> None:
    for text in (f"a ${tex}$ b", f"```math\n{tex}\n```\n"):
        html = drawn(text).html
        assert faults_of(html) == []
        assert not re.search(r"<[^>]*(?:onerror|javascript:| style=)", html)


def test_an_author_s_own_mathml_and_marks_are_left_out(drawn: Render) -> None:
    text = '<math><mi>x</mi></math> <var data-m="math inline 1">y</var> <mi>z</mi>'
    html = drawn(text).html
    assert "<m" not in html.replace("<mark", "")
    assert "<var>y</var>" in html


DEEP = (
    "{",
    r"\sqrt{",
    r"\left(",
    r"\frac1{",
    r"\begin{matrix}",
    r"\sqrt ",
    r"\not",
    r"x^{",
    r"\mathrm{",
    r"\hat ",
)
SMALL_STACK = """
import sys, threading
from blognet.markup import MarkupOptions, render_markdown
def go():
    for start in sys.argv[1:]:
        for times in (20, 35, 90, 190, 1900):
            render_markdown(f"${start * times}x$", options=MarkupOptions(math=True))
    print("whole")
threading.stack_size(1 << 20)
thread = threading.Thread(target=go)
thread.start()
thread.join()
"""


def test_no_depth_of_nesting_ends_the_program_even_on_a_small_stack() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SMALL_STACK, *DEEP], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "whole\n")


@given(
    tex=st.lists(
        st.sampled_from(
            [
                *"{}[]&^_'x1 ",
                "\\\\",
                *(f"\\{each} " for each in "left right begin end frac sqrt not hat over".split()),
            ]
        ),
        max_size=60,
    )
)
def test_the_bound_of_depth_is_never_below_the_groups_that_are_open(tex: list[str]) -> None:
    deepest = level = 0
    for sign in tex:
        level = level + 1 if sign == "{" else max(0, level - 1) if sign == "}" else level
        deepest = max(deepest, level)
    assert fault_of("".join(tex)) is None or len(tex) > 30
    assert deepest <= MOST_DEEP


def test_a_formula_that_is_too_long_stays_text(drawn: Render) -> None:
    assert "<math" not in drawn(f"${'x' * (MAX_FORMULA + 1)}$").html
    assert "<math" in drawn(f"${'x' * (MAX_FORMULA - 1)}$").html


def test_many_small_formulas_cannot_grow_without_bound(drawn: Render) -> None:
    text = ("$\\begin{array}{c}" + "\\\\" * 1500 + "\\end{array}$\n\n") * 60
    document = drawn(text)
    assert len(document.html) < 3_000_000
    assert any("too large together" in each.message for each in document.problems)
