"""Words as the search has them: cut, folded, weighed, and in which file each is. Pure functions of texts.

Words are cut and folded as `themes/default/static/search.js` does it; both have to agree, and tests/browser proves
that they do.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from blognet.kernel.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 40
"""Letters of a word that count."""
_TITLE, _NAME, _SUMMARY, _MOST = 10, 6, 3, 5
"""What an occurrence counts; those in the text count one each, up to the last."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = later(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")
_PLAIN_WORD = later(rf"([a-z0-9]{{1,{LONGEST}}})[a-z0-9]*")
"""What `_WORD` finds in ASCII, as much of it as counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a post.

    Attributes:
        row: Its line in the file of its year, as JSON, but for its number.
        title: As readers see it.
        names: Of its authors, topics and tags.
        summary: As lists show it.
        text: As readers get it, without markup.
    """

    row: str
    title: str
    names: tuple[str, ...]
    summary: str
    text: str


def words_of(text: str) -> list[str]:
    """Return the words of a text as the index has them: without case and accents; of Han and kana, pairs."""
    lower = text.lower()
    if lower.isascii():  # nothing to fold, and most texts are
        return _PLAIN_WORD.findall(lower)
    folded = unicodedata.normalize("NFKD", lower)
    plain = "".join(sign for sign in folded if sign.isascii() or not _is_mark(sign))
    return list(_folded_words(plain))


def _folded_words(plain: str) -> Iterator[str]:
    for unspaced, word in _WORD.findall(plain):
        if len(unspaced) > 1:
            yield from (first + second for first, second in pairwise(unspaced))
        else:
            yield (unspaced or word)[:LONGEST]


def file_of(word: str, files: int) -> int:
    """Return the number of the file that has a word; all words with the same two first letters share one."""
    return (ord(word[0]) * 31 + (ord(word[1]) if len(word) > 1 else 0)) % files


def worths_of(said: Said) -> Mapping[str, int]:
    """Return how much each word counts for a post."""
    counts = Counter(words_of(said.text))
    worths = {**counts, **{word: _MOST for word, number in counts.items() if number > _MOST}}
    names = " ".join(said.names)
    for text, worth in ((said.title, _TITLE), (names, _NAME), (said.summary, _SUMMARY)):
        for word in set(words_of(text)):
            worths[word] = worths.get(word, 0) + worth
    return worths


@cache
def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")
