"""The shape of a text: its length, its title among the others, its headings, how hard it is to read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from blognet.content.references import prose_lines
from blognet.content.values import Post
from blognet.kernel.ids import Kind
from blognet.moderation.checks import codes
from blognet.moderation.checks.facts import title_key
from blognet.moderation.checks.reading import grade_of
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.markup import Document
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource

_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=+|-{2,})[ \t]*$")
_TAG = re.compile(r"[ \t]*<h([1-6])[\s>]", re.IGNORECASE)
_NO_PARAGRAPH = re.compile(r"\s*$|\s{4}| {0,3}(?:[-*+>|#]|\d{1,9}[.)])")
_FEWEST_WORDS = 100
"""A shorter text says too little about how it reads."""


def length(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report posts and pages beyond the network's limits."""
    del facts
    limits, content = settings.length, source.content
    if not isinstance(content, Post):
        return
    words = document.words
    if limits.min_words and words < limits.min_words:
        yield Report(
            code=codes.LENGTH,
            location=source.whole(),
            message=f"{words} words; expected at least {limits.min_words}",
            hint="say more, or add it to another post",
        )
    if limits.max_words and words > limits.max_words:
        yield Report(
            code=codes.LENGTH,
            location=source.whole(),
            message=f"{words} words; expected at most {limits.max_words}",
            hint="shorten it, or make a series of it",
        )
    if limits.max_title and len(source.title) > limits.max_title:
        yield Report(
            code=codes.LENGTH,
            location=source.in_front(source.title),
            message=f"a title of {len(source.title)} characters; expected at most {limits.max_title}",
            hint="keep the part that readers search for",
        )


def duplicate_titles(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report a title that another post or page of the same language has."""
    del document, settings
    subject = source.subject
    if subject.kind is Kind.PROFILE:
        return
    others = [
        other
        for other in facts.by_title.get(title_key(source.title), ())
        if other.language == subject.language and other != subject
    ]
    if others:
        yield Report(
            code=codes.DUPLICATE_TITLES,
            location=source.in_front(source.title),
            message=f"{others[0]} has the same title",
            hint="say in the title what is new here",
        )


def headings(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report headings more than one level below the one before."""
    del document, settings, facts
    found = tuple(_headings(source))
    for (_, above), (line, level) in pairwise(found):
        if level > above + 1:
            yield Report(
                code=codes.HEADINGS,
                location=source.on_line(line),
                message=f"a heading of level {level} follows one of level {above}",
                hint=f"give it {above + 1} hashes: {'#' * (above + 1)}",
            )


def reading_level(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Advise when a text in English or German asks for more schooling than the setting says."""
    if document.words < _FEWEST_WORDS:
        return
    limit = settings.reading_level.max_grade
    language = source.subject.language or facts.language
    grade = grade_of(_paragraphs(source), language=language, fewest=_FEWEST_WORDS)
    if grade is not None and grade > limit:
        yield Report(
            code=codes.READING_LEVEL,
            location=source.whole(),
            message=f"reads like a text for school grade {grade:.0f}; the network aims at {limit} or less",
            hint="split the longest sentences, and choose the shorter word",
        )


def _headings(source: CheckedSource) -> Iterator[tuple[int, int]]:
    """Yield line and level of each heading outside of code."""
    before = ""
    prose = source.prose[source.body_at :]
    for line, text in prose_lines(prose, first_line=source.body_line):
        if match := _ATX.match(text):
            yield line, len(match["marks"])
        elif (match := _UNDERLINE.match(text)) and not _NO_PARAGRAPH.match(before):
            yield line - 1, 1 if match["mark"][0] == "=" else 2
        elif match := _TAG.match(text):
            yield line, int(match[1])
        before = text


def _paragraphs(source: CheckedSource) -> tuple[str, ...]:
    """Return the paragraphs of prose: no headings, lists, tables, quotations and code."""
    blocks = source.prose[source.body_at :].split("\n\n")
    return tuple(
        re.sub(r"[*_\[\]]", "", block) for block in blocks if not _NO_PARAGRAPH.match(block)
    )
