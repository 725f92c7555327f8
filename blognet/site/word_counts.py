"""Which words a post uses, and how much each counts: those of its text, title and summary, tags, topics and authors.

Pure, and a function of one post alone, so that it can be kept for as long as the post is as it was.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from blognet.kernel.patterns import later
from blognet.site.pages import ListKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.site.pages import ListKey
    from blognet.site.published import LivePost

READ = 20_000
"""Characters of a text that are looked at."""
WEIGHED = 120
"""Words of a text that are weighed, those it uses most."""
_TITLE, _SUMMARY, _TAG, _TOPIC, _AUTHOR = 4, 2, 6, 3, 2
"""As how many occurrences in the text something counts."""
_WORTHS = {ListKind.TAG: _TAG, ListKind.TOPIC: _TOPIC}
KEPT_TEXTS = 2_048
"""Texts whose words are kept; who goes through more of them would find none again."""
_SHORTEST = 3
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_NOT_READ = later(r"\]\([^)\s]*\)?|<[^<>]*>|:(?<=\w:)//\S+")
"""The address of a link, a tag, and a bare address from behind its scheme on. Each begins with a letter of its own, so
that a search for it is quick; with the scheme in the pattern each word of a text would be tried as one."""
_WORD = later(rf"([{_CJK}]+)|([^\W\d_{_CJK}][^\W_{_CJK}]*)")
_PLAIN_WORD = later(r"[a-z][a-z0-9]{2,}")
"""What `_WORD` finds in ASCII, without the words that are too short."""


def word_counts(
    live: LivePost, terms: Iterable[ListKey], *, once: bool = False
) -> Mapping[str, int]:
    """Return what each word of a post counts; those that stand for people and lists hold a slash.

    Args:
        live: The post.
        terms: The lists it belongs to.
        once: Whether nobody will ask again soon, so that the words of its text need not be kept.
    """
    front = live.post.front
    words_of = _words_of_text.__wrapped__ if once else _words_of_text
    counts = Counter(words_of(live.post.body[:READ]))
    for text, worth in ((front.title, _TITLE), (front.summary or front.description, _SUMMARY)):
        for word, number in _counted(text).items():
            counts[word] += worth * number
    for key in terms:
        if key.kind in _WORTHS:
            counts[f"{key.kind.value}/{key.id}"] += _WORTHS[key.kind]
    for author in dict.fromkeys(live.authors):
        counts[f"author/{author}"] += _AUTHOR
    return counts


@lru_cache(maxsize=KEPT_TEXTS)
def _words_of_text(text: str) -> Mapping[str, int]:
    """Count the words a text uses most; kept, because a preview asks again after each edit of another one."""
    counts = _counted(_read(text))
    # Of words that are used equally often those that come first, as `Counter.most_common` has it.
    return dict(sorted(counts.items(), key=itemgetter(1), reverse=True)[:WEIGHED])


def _read(text: str) -> str:
    """Return a text with a blank for each thing that is not read."""
    pieces: list[str] = []
    at = 0
    for match in _NOT_READ.finditer(text):
        end = match.start()
        if text[end] == ":":
            while end > at and (text[end - 1].isalnum() or text[end - 1] == "_"):
                end -= 1
        pieces.append(text[at:end])
        at = match.end()
    pieces.append(text[at:])
    return " ".join(pieces)


def let_go_of_words() -> None:
    """Forget the words of texts: for who will not ask again."""
    _words_of_text.cache_clear()


def _counted(text: str) -> Counter[str]:
    if text.isascii():
        return Counter(_PLAIN_WORD.findall(text.lower()))
    folded = text.casefold()
    return Counter(_PLAIN_WORD.findall(folded) if folded.isascii() else _words(folded))


def _words(folded: str) -> Iterator[str]:
    """Return the words of a text; of scripts without blanks, each two neighbouring characters."""
    for unspaced, word in _WORD.findall(folded):
        if unspaced:
            yield from (first + second for first, second in pairwise(unspaced))
        elif len(word) >= _SHORTEST:
            yield word
