"""How a file of the search says which words stand in which posts. Pure functions of bytes.

A file is JSON: ``{"word":[posts]}``, its words sorted. The posts that have a word come with the greatest number first:
the number, how much the word counts there, then for each further post how much smaller its number is, and what the word
counts there. So a post that is new stands in front, and nothing behind it has to be read; and most numbers are short.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, pairwise
from operator import neg, sub
from typing import TYPE_CHECKING

from blognet.kernel.shelves import LostError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Found = defaultdict[str, "array[int]"]
"""For each word the posts that have it, by rising numbers, each as one integer with what the word counts there."""
_BITS = 5
"""What a word counts at most needs no more; see `blognet.render.search_words`."""
_WORTH = (1 << _BITS) - 1
_OFTEN = 256
"""Numbers are often less than this apart."""
_FIRST_LOOK, _FURTHER = 32, 8
"""How many posts of a word are looked at first, and how many times as many then."""


def nothing_found() -> Found:
    """Return where words are gathered; integers of an array take half the memory of their digits."""
    return defaultdict(_numbers)


def add_to(found: Found, number: int, worths: Mapping[str, int]) -> None:
    """Add the words of a post to those of posts with smaller numbers."""
    shifted = number << _BITS
    for word, worth in worths.items():
        found[word].append(shifted | worth)


def split_off(found: Found, word: str, number: int) -> array[int]:
    """Take the posts from a number on out of those that were found with a word."""
    packed = found[word]
    at = bisect_left(packed, number << _BITS)
    late = packed[at:]
    if at:
        del packed[at:]
    else:
        del found[word]
    return late


def file_of_words(found: Found, words: Iterable[str]) -> bytes:
    """Take words out of those that were found; return their file."""
    texts = _Texts()
    # A word is letters and digits alone, which stand in JSON as they are.
    rows = (
        b'"%s":[%s]' % (word.encode(), _posts(found.pop(word), texts)) for word in sorted(words)
    )
    return b"{%s}\n" % b",".join(rows)


def spliced(raw: bytes, changes: Mapping[str, Mapping[int, int]]) -> bytes:
    """Return a file in which words count otherwise for some posts, without reading what stays.

    Args:
        raw: The file.
        changes: For each word the numbers of these posts, and how much it counts there; 0 takes a post away.

    Raises:
        LostError: A post is to be taken away that is not there.
    """
    if not raw.startswith(b"{") or not raw.endswith(b"}\n"):
        raise LostError
    entries = raw[2:-3].split(b'],"') if len(raw) > len(b"{}\n") else []
    for word, worths in changes.items():
        # A quote sorts before everything that words are made of, so these sort as the words do.
        name = word.encode() + b'":['
        at = bisect_left(entries, name)
        is_there = at < len(entries) and entries[at].startswith(name)
        posts = _merged(entries[at][len(name) :] if is_there else b"", worths)
        entries[at : at + is_there] = [name + posts] if posts else []
    return b'{"' + b'],"'.join(entries) + b"]}\n" if entries else b"{}\n"


def read_file(raw: bytes) -> Mapping[str, Mapping[int, int]]:
    """Return what a file says: for each word the numbers of posts, and how much it counts there."""
    return {
        word: dict(zip(accumulate(posts[::2], sub), posts[1::2], strict=True))
        for word, posts in json.loads(raw).items()
    }


def _numbers() -> array[int]:
    return array("I")


class _Texts(dict[int, bytes]):
    """How much smaller a number is and what a word counts there, as the file has them; most occur again and again."""

    def __missing__(self, packed: int) -> bytes:
        said = b"%d,%d" % (packed >> _BITS, packed & _WORTH)
        if packed >> _BITS < _OFTEN:
            self[packed] = said
        return said


def _posts(packed: array[int], texts: _Texts) -> bytes:
    packed.reverse()
    steps = [
        (one & ~_WORTH) - (other & ~_WORTH) + (other & _WORTH) for one, other in pairwise(packed)
    ]
    return b",".join(map(texts.__getitem__, (packed[0], *steps)))


def _merged(said: bytes, worths: Mapping[int, int]) -> bytes:
    """Return the posts of a word with other worths for some; whatever has a smaller number stays unread."""
    lowest, look = min(worths), _FIRST_LOOK
    while True:
        parts = said.split(b",", 2 * look) if said else []
        rest = parts[2 * look :]
        del parts[2 * look :]
        numbers = _numbers_of(parts)
        if not rest or numbers[-1] < lowest:
            break
        look *= _FURTHER
    # From the smallest number on, so that what stands before is where it was.
    for number in sorted(worths):
        _put(parts, numbers, number, worths[number])
    return b",".join((*parts, *rest))


def _put(parts: list[bytes], numbers: list[int], number: int, worth: int) -> None:
    """Let a word count so much for a post, among the posts that have it and their numbers."""
    at = bisect_left(numbers, -number, key=neg)
    is_there = at < len(numbers) and numbers[at] == number
    if not (is_there or worth):
        raise LostError
    numbers[at : at + is_there] = [number] if worth else []
    parts[2 * at : 2 * (at + is_there)] = [b"", b"%d" % worth] if worth else []
    for each in (at, at + 1):  # what counts from another number now
        if each < len(numbers):
            step = numbers[each - 1] - numbers[each] if each else numbers[each]
            parts[2 * each] = b"%d" % step


def _numbers_of(parts: list[bytes]) -> list[int]:
    """Return the numbers of posts that have a word."""
    try:
        if len(parts) % 2:
            raise LostError
        return list(accumulate(map(int, parts[::2]), sub))
    except ValueError as error:
        raise LostError from error
