"""The index that the search page's script asks for: what posts there are, and which words stand in which of them.

Only what the pages of listed posts show goes in: titles, summaries, names of authors, topics and tags, and the text as
readers get it. Words are cut and folded as `themes/default/static/search.js` does it; both have to agree, and
tests/browser proves that they do. The files are JSON with sorted keys: the same posts give the same bytes.

``posts.json``: ``files``, ``authors`` and ``topics`` (pairs of id and name), ``posts`` (each: address from the root of
the site, title, summary, date, year, numbers of its authors and topics). ``words-N.json``: for each word, numbers of
posts and how much the word counts there, in turn.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from blognet.engine import digest_of
from blognet.markup import first_words
from blognet.render.cards import post_card
from blognet.themes.dates import date_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import Page
    from blognet.site.pages import SearchPosts, SearchWords
    from blognet.themes.views import PostCard

SUMMARY_WORDS = 30
LONGEST = 40
"""Letters of a word that count."""
_TITLE, _NAME, _SUMMARY, _MOST = 10, 6, 3, 5
"""What an occurrence counts; those in the text count one each, up to the last."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")


def search_posts(page: Page, shown: SearchPosts, context: Context) -> bytes:
    """Return the file that says what posts there are."""
    cards = [post_card(subject, context) for subject in shown.posts]
    authors = {author.id: author.name for card in cards for author in card.authors}
    topics = {topic.id: topic.name for card in cards for topic in card.topics}
    places = [{ident: at for at, ident in enumerate(sorted(each))} for each in (authors, topics)]
    tag, zone = context.tag(page.language), context.config.zone
    posts = [
        [
            card.url,
            card.title,
            first_words(card.summary, SUMMARY_WORDS),
            date_words(card.date, language=tag, zone=zone),
            card.date.astimezone(zone).year,
            [places[0][author.id] for author in card.authors],
            [places[1][topic.id] for topic in card.topics],
        ]
        for card in cards
    ]
    return _json(
        {
            "authors": sorted(authors.items()),
            "files": shown.files,
            "posts": posts,
            "topics": sorted(topics.items()),
        }
    )


def search_words(shown: SearchWords, context: Context) -> bytes:
    """Return one file of the index of words."""
    name = digest_of((shown.files, tuple(map(str, shown.posts))))
    files = context.memory.search.of(name, lambda: _files(shown.posts, shown.files, context))
    return _json(files[shown.number])


def words_of(text: str) -> Iterator[str]:
    """Return the words of a text as the index has them: without case and accents; of Han and kana, pairs."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in folded if not unicodedata.category(sign).startswith("M"))
    for unspaced, word in _WORD.findall(plain):
        if len(unspaced) > 1:
            yield from (first + second for first, second in pairwise(unspaced))
        else:
            yield (unspaced or word)[:LONGEST]


def file_of(word: str, files: int) -> int:
    """Return the number of the file that has a word; all words with the same two first letters share one."""
    return (ord(word[0]) * 31 + (ord(word[1]) if len(word) > 1 else 0)) % files


def _files(
    posts: tuple[Subject, ...], files: int, context: Context
) -> tuple[Mapping[str, list[int]], ...]:
    found: tuple[dict[str, list[int]], ...] = tuple(defaultdict(list) for _ in range(files))
    for at, subject in enumerate(posts):
        card = post_card(subject, context)
        for word, worth in _worths(card, context.bodies.posts[subject].text).items():
            found[file_of(word, files)][word] += (at, worth)
    return found


def _worths(card: PostCard, text: str) -> Mapping[str, int]:
    counts = Counter(words_of(text))
    worths = {word: min(number, _MOST) for word, number in counts.items()}
    names = [author.name for author in card.authors]
    names += [term.name for term in (*card.topics, *card.tags)]
    for said, worth in ((card.title, _TITLE), (" ".join(names), _NAME), (card.summary, _SUMMARY)):
        for word in set(words_of(said)):
            worths[word] = worths.get(word, 0) + worth
    return worths


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"
