from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from blognet.markup.parse import patient_parser
from blognet.markup.quick_rules import ask_few_rules

PIECES = (
    *"ab1 -=+*_~`#>|:!&$%^{}[]()<>\\\"'@w.\n\t",
    *("\n\n", "    ", "- ", "1. ", "> ", "# ", "## ", "---\n", "===\n", "```\n", "~~~ py\n", "| a | b |\n"),
    *("| - | - |\n", "[a](b)", "![a](b)", "[^1]", "[^1]: note\n", "[ref]: /url\n", "[ref]", "<b>", "</b>", "<div>\n"),
    *("www.a.org", "https://a.org/b-c", "me@a.org", "mailto:x@y.z", "&amp;", "$x^2$", "**", "~~", "> [!NOTE]\n"),
    *("- [ ] ", "<!-- c -->", "\\*", "a-b_c", "Title\n---\n", "`x", "<https://a.b>", "\u00e9"),
)  # fmt: skip


@pytest.fixture(scope="module")
def parsers() -> tuple[MarkdownIt, MarkdownIt]:
    """Return a parser that asks few rules, and one that asks all of them."""
    few = patient_parser(math=True)
    ask_few_rules(few)
    return few, patient_parser(math=True)


@settings(max_examples=300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example(text="> a\n> b\nlazy - line\n\n- x\n  y\n===\n1) z\n")
@example(text="para\n[ref]: /x\n\n[ref]: /x\ntitle\n---\n")
def test_few_rules_give_the_same_tokens_as_all(
    parsers: tuple[MarkdownIt, MarkdownIt], text: str
) -> None:
    few, every = parsers
    assert few.parse(text, {}) == every.parse(text, {})


def test_few_rules_are_asked(parsers: tuple[MarkdownIt, MarkdownIt]) -> None:
    few, every = parsers
    assert len(few.inline.ruler.getRules("")) == len(few.block.ruler.getRules("paragraph")) == 1
    assert len(every.inline.ruler.getRules("")) > 1


def test_a_parser_with_a_rule_that_nobody_knows_asks_all_of_them() -> None:
    parser = MarkdownIt("commonmark")
    parser.inline.ruler.push("odd", lambda _state, _silent: False)
    parser.block.ruler.push("odd", lambda _state, _start, _end, _silent: False)
    before = parser.inline.ruler.getRules(""), parser.block.ruler.getRules("paragraph")
    ask_few_rules(parser)
    assert (parser.inline.ruler.getRules(""), parser.block.ruler.getRules("paragraph")) == before
