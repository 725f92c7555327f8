"""Which lines of a Markdown text have to stay exactly as they are? Knows just enough Markdown to be careful.

Exact are code blocks, fenced or indented, anything from the first line on that may begin raw HTML or a fence in a list
or quotation, and paragraphs in which a code span, a formula, an address or a link may stand. What is not exact is plain
running text. Where Markdown is hard to read line by line, a line is exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_ODD_FENCE = re.compile(r"`{3}|~{3}")
_RAW = re.compile(r"<(?:pre|script|style|textarea|!|\?)", re.IGNORECASE)
_DELICATE = re.compile(r"[`<>$\[\]\\|&]|://|www\.|@|\t|[^\S \n]")
_INDENTED = re.compile(r" {4,}\S|\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without its end, and whether it has to stay exactly as it is."""

    text: str
    is_exact: bool


def lines_of(body: str) -> tuple[Line, ...]:
    """Take the text below the front matter apart."""
    texts = body.split("\n")
    exact = _in_code(texts)
    _mark_paragraphs(texts, exact)
    _mark_around_indented(texts, exact)
    return tuple(
        Line(text=text, is_exact=is_exact) for text, is_exact in zip(texts, exact, strict=True)
    )


def _in_code(texts: list[str]) -> list[bool]:
    exact = [False] * len(texts)
    fence = ""
    for number, text in enumerate(texts):
        match = _FENCE.fullmatch(text)
        if fence:
            exact[number] = True
            closes = match is not None and match["fence"].startswith(fence)
            fence = "" if closes and match is not None and not match["rest"].strip() else fence
        elif match is not None and not (match["fence"][0] == "`" and "`" in match["rest"]):
            exact[number] = True
            fence = match["fence"]
        elif _ODD_FENCE.search(text) or _RAW.search(text):
            return [*exact[:number], *[True] * (len(texts) - number)]
        elif _INDENTED.match(text):
            exact[number] = True
    return exact


def _mark_paragraphs(texts: list[str], exact: list[bool]) -> None:
    """Make each paragraph exact in which a span may run over several lines."""
    start = 0
    for number, text in enumerate([*texts, ""]):
        if text.strip(" "):
            continue
        if any(_DELICATE.search(line) for line in texts[start:number]):
            exact[start:number] = [True] * (number - start)
        start = number + 1


def _mark_around_indented(texts: list[str], exact: list[bool]) -> None:
    """Make blank lines beside exact ones exact: within code they are part of it."""
    for step in (1, -1):
        before = False
        for number in range(len(texts))[::step]:
            if texts[number].strip(" "):
                before = exact[number]
            elif before:
                exact[number] = True
