"""Both parsers against the examples of CommonMark and GitHub Flavored Markdown.

The specifications say what HTML a parser writes, we give readers our own: so the expected HTML goes the same way after
the parser as the parser's own would, and both have to come out alike.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from blognet.markup import MarkupOptions, Parser, render_html, render_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "corpora" / "specifications"
COMMONMARK, GFM = "commonmark-0.31.2", "gfm-0.29-extensions"

OURS = {
    (COMMONMARK, 167): "an inline element of raw HTML ends with its block",
    (COMMONMARK, 265): "a number of more than five digits in raw HTML is none",
    (COMMONMARK, 608): "bare addresses are links",
    (COMMONMARK, 611): "bare addresses are links",
    (COMMONMARK, 612): "bare addresses are links",
    (GFM, 279): "a task has a box of ours",
    (GFM, 280): "a task has a box of ours",
    (GFM, 652): "elements that may not be go with their content",
}
"""Where the house wants something else than the specification, whoever parses."""
THEIRS = {
    (Parser.MARKDOWN_IT, GFM, 631): "the plugin loses what stands before an underscore",
}
"""Where a parser is wrong."""

_BLOCK_TAG = re.compile(
    r"\s*(</?(?:p|li|ul|ol|blockquote|table|tbody|thead|tr|td|th|div|pre|h\d|hr|br)\b[^>]*>)\s*"
)
_ADDRESS = re.compile(r'(href|src)="([^"]*)"')


@dataclass(frozen=True)
class Example:
    """One example of a specification."""

    specification: str
    number: int
    section: str
    markdown: str
    html: str


def examples() -> Iterator[Example]:
    for specification in (COMMONMARK, GFM):
        content = (FOLDER / f"{specification}.json").read_text(encoding="utf-8")
        for each in json.loads(content):
            yield Example(specification, **each)


EXAMPLES = tuple(examples())
each_example = pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda each: f"{each.specification} {each.number} {each.section}"
)
each_parser = pytest.mark.parametrize("parser", Parser, ids=str)


def alike(html: str) -> str:
    """Return HTML without differences that no reader sees."""
    html = html.replace("<s>", "<del>").replace("</s>", "</del>")
    html = _ADDRESS.sub(lambda match: f'{match[1]}="{quote(unquote(unescape(match[2])))}"', html)
    return _BLOCK_TAG.sub(r"\1", html)


def is_as_specified(example: Example, parser: Parser) -> bool:
    options = MarkupOptions(parser=parser)
    wanted = render_html(example.html).html
    return alike(render_markdown(example.markdown, options=options).html) == alike(wanted)


@each_parser
@each_example
def test_an_example_reads_as_the_specification_says(example: Example, parser: Parser) -> None:
    key = (example.specification, example.number)
    differs = key in OURS or (parser, *key) in THEIRS
    assert is_as_specified(example, parser) is not differs


@each_example
def test_the_two_parsers_agree(example: Example) -> None:
    html = {
        render_markdown(example.markdown, options=MarkupOptions(parser=parser)).html
        for parser in Parser
    }
    is_listed = any((parser, example.specification, example.number) in THEIRS for parser in Parser)
    assert len(html) == (2 if is_listed else 1)
