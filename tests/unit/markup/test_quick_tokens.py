from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from blognet.markup.languages import LANGUAGES
from blognet.markup.quick_tokens import WORTH_IT, tokens_of

if TYPE_CHECKING:
    from pygments.lexer import Lexer

PIECES = (
    *"abcrfuxEOF0129_",
    *" \n\t'\"`\\/*#<>(){}[];:,.=+-!?%@$&|~^\u00e9\u65e5",
    *("def ", "class Bell:", "if ", "return", "import x", "function", "SELECT ", "from", "match x:"),
    *('"""', "'''", 'r"', "f'{x!r}'", "<<EOF\n", "${x}", "$(", "0x1F", "1.5e3", "//", "/*", "*/", "<b c='d'>"),
    *("#!/bin/sh\n", "@ring\n", "&amp;", "<!--", "-->", "\\n", "async ", "fn main", "let x", "\n\n", "    "),
)  # fmt: skip


@cache
def lexer(name: str) -> Lexer:
    found = get_lexer_by_name(name, stripnl=False)
    tokens_of(found, "x" * WORTH_IT)
    return found


@pytest.mark.parametrize("name", sorted(set(LANGUAGES.values())))
@settings(max_examples=12)
@given(code=st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_the_tokens_are_those_of_the_lexer(name: str, code: str) -> None:
    assert list(tokens_of(lexer(name), code)) == list(lexer(name).get_tokens(code))


@pytest.mark.parametrize("code", ["", "a\r\nb", "\ufeffa", "a\rb\n", "\n\nx"])
def test_what_a_lexer_changes_first_is_changed(code: str) -> None:
    assert list(tokens_of(lexer("python"), code)) == list(lexer("python").get_tokens(code))
