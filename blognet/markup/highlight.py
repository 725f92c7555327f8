"""Source code to HTML with classes, by Pygments. Answers: how a listing looks, and the CSS for it.

A language that `languages` does not name, and a listing beyond the limits below, stay plain: nothing an author
writes may take unbounded time. Classes begin with ``hl-``.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token

from blognet.markup.languages import LANGUAGES
from blognet.markup.quick_tokens import tokens_of

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

CLASS_PREFIX = "hl-"
MAX_CODE = 30_000
"""Characters in one listing."""
MAX_CODE_LINE = 1_000
"""Characters in one line of a listing: lexers that are not linear go wrong within long lines."""
PLAIN_KINDS = frozenset(
    {Token, Token.Text, Token.Text.Whitespace, Token.Punctuation, Token.Other, Token.Name}
)


def highlight(code: str, language: str) -> str:
    """Return the inner HTML of a ``<code>`` element.

    Args:
        code: The source code as text.
        language: As the author wrote it, in lower case.
    """
    lexer = LANGUAGES.get(language)
    if lexer is None or not is_small(code):
        return escape(code, quote=False)
    written: list[str] = []
    same: list[str] = []
    open_class = ""
    for kind, value in tokens_of(_lexer(lexer), code):
        css_class = class_of(kind)
        if css_class != open_class and not value.isspace():
            written.append(_span(same, open_class))
            same, open_class = [], css_class
        same.append(value)
    written.append(_span(same, open_class))
    return "".join(written)


def _span(values: list[str], css_class: str) -> str:
    html = escape("".join(values), quote=False)
    return f'<span class="{css_class}">{html}</span>' if css_class else html


def is_small(code: str) -> bool:
    """Whether a listing is within the limits of size."""
    return len(code) <= MAX_CODE and max(map(len, code.split("\n"))) <= MAX_CODE_LINE


@cache
def class_of(kind: _TokenType) -> str:
    """Return the CSS class of a kind of token; "" for one that looks like the text around it."""
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return "" if kind in PLAIN_KINDS else f"{CLASS_PREFIX}{STANDARD_TYPES[kind]}"


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False)
