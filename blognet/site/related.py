"""Which posts are like a post, by the words they share. Pure: the same posts give the same answer, in any order.

Each post is a handful of weighted words (TF-IDF): those of its text, title and summary, and its tags, topics and
authors. Two posts are as alike as the angle between their words says. What is chosen from the likest is then made
various: a post that says the same as one chosen already, or comes from the same people, counts for less.

Weights and likenesses are whole numbers, and every order is total, so that no platform's rounding shows. Posts are
compared within their language; unlisted ones are neither asked nor answered. The time is about linear in the number
of posts: only posts that share a rare word are compared at all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import isqrt, log2
from typing import TYPE_CHECKING

from blognet.site.pages import ListKey, ListKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.kernel.ids import Subject
    from blognet.site.catalogue import Catalogue
    from blognet.site.published import LivePost

READ = 20_000
"""Characters of a text that are looked at."""
WEIGHED, STRONGEST = 120, 24
"""Words of a text that are weighed, those it uses most; and words of a post that are kept."""
COMMON = 60
"""A word that is among the strongest of more posts than this finds none; between two that were found it counts."""
LIKELIEST = 12
"""Posts that are compared in full, of those that were found."""
LEAST = 50
"""The likeness, in thousandths, below which posts have nothing to do with each other."""
_TITLE, _SUMMARY, _TAG, _TOPIC, _AUTHOR = 4, 2, 6, 3, 2
"""As how many occurrences in the text something counts."""
_SCALE, _MOST = 100, 100
_OFTEN = (0, *(round(_SCALE * (1 + log2(number))) for number in range(1, _MOST + 1)))
"""What a word counts by the number of its occurrences: more often is more, but ever less so."""
_KEPT_TEXTS = 2_048
_SHORTEST = 3
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_NOT_READ = re.compile(r"\]\([^)\s]*\)?|<[^<>]*>|\b\w+://\S+")
_WORD = re.compile(rf"([{_CJK}]+)|([^\W\d_{_CJK}][^\W_{_CJK}]*)")


@dataclass(frozen=True, slots=True)
class _Profile:
    """A post as its strongest words, and the length of that vector; positional, since there is one for each post."""

    live: LivePost
    weights: Mapping[str, int]
    length: int


def related_posts(catalogue: Catalogue, count: int) -> Mapping[Subject, tuple[Subject, ...]]:
    """Return for each listed post those that are like it.

    Args:
        catalogue: What is live.
        count: How many at most; 0 asks for none.

    Returns:
        The likest first. Posts that nothing is like have no entry; parts of one series are never each other's answer,
        since each of them names the others anyway.
    """
    if not count:
        return {}
    found: dict[Subject, tuple[Subject, ...]] = {}
    for language in catalogue.languages:
        home = catalogue.listings[ListKey(kind=ListKind.HOME, language=language)]
        profiles = _profiles(home.posts, catalogue)
        for profile, candidates in _candidates(profiles):
            chosen = _various(profile, candidates, count, catalogue)
            if chosen:
                found[profile.live.subject] = tuple(one.live.subject for one in chosen)
    return found


def _profiles(posts: tuple[LivePost, ...], catalogue: Catalogue) -> tuple[_Profile, ...]:
    """Return the strongest words of each post.

    A word that no other post has is none of them, nor is a word of the text that more than half of the posts have.
    """
    counts = [_counts(live, catalogue) for live in posts]
    frequency = Counter(word for each in counts for word in each)
    rarity = {
        word: round(_SCALE * log2((len(posts) + 1) / number))
        for word, number in frequency.items()
        if number > 1 and (number * 2 <= len(posts) or "/" in word)
    }
    return tuple(_profile(live, each, rarity) for live, each in zip(posts, counts, strict=True))


def _profile(live: LivePost, counts: Counter[str], rarity: Mapping[str, int]) -> _Profile:
    weighed = sorted(
        (-rarity[word] * _OFTEN[min(number, _MOST)], word)
        for word, number in counts.items()
        if word in rarity
    )
    weights = {word: -weight // _SCALE for weight, word in weighed[:STRONGEST]}
    return _Profile(live, weights, isqrt(sum(weight * weight for weight in weights.values())) or 1)


def _counts(live: LivePost, catalogue: Catalogue) -> Counter[str]:
    front = live.post.front
    counts = Counter(_words_of_text(live.post.body[:READ]))
    for text, worth in ((front.title, _TITLE), (front.summary or front.description, _SUMMARY)):
        for word in _words(text):
            counts[word] += worth
    worths = {ListKind.TAG: _TAG, ListKind.TOPIC: _TOPIC}
    for key in catalogue.terms[live.subject]:
        if key.kind in worths:
            counts[f"{key.kind.value}/{key.id}"] += worths[key.kind]
    for author in dict.fromkeys(live.authors):
        counts[f"author/{author}"] += _AUTHOR
    return counts


@lru_cache(maxsize=_KEPT_TEXTS)
def _words_of_text(text: str) -> Mapping[str, int]:
    """Count the words a text uses most; kept, because a preview asks again after each edit of another one."""
    counts = Counter(_words(_NOT_READ.sub(" ", text)))
    return dict(counts.most_common(WEIGHED))


def _words(text: str) -> Iterator[str]:
    """Return words in lower case; of scripts without blanks, each two neighbouring characters."""
    for unspaced, word in _WORD.findall(text.casefold()):
        if unspaced:
            yield from (first + second for first, second in pairwise(unspaced))
        elif len(word) >= _SHORTEST:
            yield word


def _candidates(
    profiles: tuple[_Profile, ...],
) -> Iterator[tuple[_Profile, tuple[tuple[int, _Profile], ...]]]:
    """Yield each post with those most like it and how much, in thousandths, the likest first."""
    having: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        for word, weight in profile.weights.items():
            having[word].append((place, weight))
    for here, profile in enumerate(profiles):
        shared: dict[int, int] = defaultdict(int)
        for word, weight in profile.weights.items():
            if len(having[word]) <= COMMON:
                for place, theirs in having[word]:
                    shared[place] += weight * theirs
        shared.pop(here, None)
        # Of equals the newer one: places count from the newest post.
        found = sorted((-shared[place] // profiles[place].length, place) for place in shared)
        likeliest = [place for _, place in found[:LIKELIEST]]
        alike = ((_likeness(profile, profiles[place]), place) for place in likeliest)
        ordered = sorted(alike, key=lambda one: (-one[0], one[1]))
        yield (
            profile,
            tuple((score, profiles[place]) for score, place in ordered if score >= LEAST),
        )


def _likeness(one: _Profile, other: _Profile) -> int:
    """Return how alike two posts are, from 0 to 1000."""
    shared = one.weights.keys() & other.weights.keys()
    product = sum(one.weights[word] * other.weights[word] for word in shared)
    return 1000 * product // (one.length * other.length)


def _various(
    profile: _Profile,
    candidates: Iterable[tuple[int, _Profile]],
    count: int,
    catalogue: Catalogue,
) -> tuple[_Profile, ...]:
    series = _series(profile.live, catalogue)
    left = [
        (score, other)
        for score, other in candidates
        if series is None or _series(other.live, catalogue) != series
    ]
    chosen: list[_Profile] = []
    while left and len(chosen) < count:
        # max() takes the first of equals, and the likest and newest stand first.
        best = max(left, key=lambda one: _worth(one[0], one[1], chosen))
        left.remove(best)
        chosen.append(best[1])
    return tuple(chosen)


def _worth(score: int, other: _Profile, chosen: list[_Profile]) -> int:
    """Return what a post adds to those chosen already, in ten-thousandths."""
    echo = max((_likeness(other, one) for one in chosen), default=0)
    people = set(other.live.authors)
    same_people = any(people & set(one.live.authors) for one in chosen)
    return 10 * score - 4 * echo - (2 * score if same_people else 0)


def _series(live: LivePost, catalogue: Catalogue) -> ListKey | None:
    keys = catalogue.terms[live.subject]
    return next((key for key in keys if key.kind is ListKind.SERIES), None)
