"""How hard a text is to read, as a school grade. A rough measure: it counts words, syllables and sentences.

English: the grade of Flesch and Kincaid (Kincaid, Fishburne, Rogers, Chissom, 1975). German: the first Vienna formula
(Bamberger, Vanecek, 1984). Syllables are counted by groups of vowels. Other languages have no answer here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[.!?\u2026:](?=[\s\"'\u201d\u201c\u2019)\u00ab\u00bb]|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_VOWELS_EN = re.compile(r"[aeiouy]+")
_SILENT_EN = re.compile(r"(?<![aeiouyl])e(?:s|d)?$|(?<=[aeiouy]l)e(?:s|d)?$")
_VOWELS_DE = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|au|eu|\u00e4u|[aeiouy\u00e4\u00f6\u00fc]")
_LONG_DE = 6
_MANY_SYLLABLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    words: int
    sentences: int
    syllables: int
    many: int
    single: int
    long: int


def grade_of(paragraphs: tuple[str, ...], *, language: str, fewest: int) -> float | None:
    """Return the school grade; None for other languages than English and German, and for too few words.

    Args:
        paragraphs: Prose without markup.
        language: A tag such as ``en-GB``.
        fewest: Words that are needed for an answer.
    """
    primary = language.partition("-")[0].lower()
    if primary not in {"en", "de"}:
        return None
    counts = _count(paragraphs, german=primary == "de")
    if counts.words < fewest or not counts.sentences:
        return None
    length = counts.words / counts.sentences
    if primary == "en":
        return 0.39 * length + 11.8 * counts.syllables / counts.words - 15.59
    share = 100 / counts.words
    many, long, single = counts.many * share, counts.long * share, counts.single * share
    return 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * single - 0.875


def _count(paragraphs: tuple[str, ...], *, german: bool) -> _Counts:
    words: list[str] = []
    sentences = 0
    for paragraph in paragraphs:
        found = _WORD.findall(paragraph.lower())
        words += found
        ends = len(_SENTENCE_END.findall(paragraph.rstrip()))
        sentences += max(ends, 1) if found else 0
    each = [_syllables(word, german=german) for word in words]
    return _Counts(
        words=len(words),
        sentences=sentences,
        syllables=sum(each),
        many=sum(1 for number in each if number >= _MANY_SYLLABLES),
        single=sum(1 for number in each if number == 1),
        long=sum(1 for word in words if len(word) > _LONG_DE),
    )


def _syllables(word: str, *, german: bool) -> int:
    if german:
        return max(1, len(_VOWELS_DE.findall(word)))
    silent = 1 if _SILENT_EN.search(word) else 0
    return max(1, len(_VOWELS_EN.findall(word)) - silent)
