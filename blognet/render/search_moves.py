"""Which words go from which file of the search to which, when posts changed. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.render.search_order import ALL
from blognet.render.search_words import file_of
from blognet.site.search import groups_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Words = Mapping[str, int]
    Deltas = Mapping[str, tuple[Words, Words]]
    Moves = Mapping[int, Mapping[str, Mapping[int, int]]]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Posts that may be in other files, or have another number, or say something else.

    Attributes:
        numbers: By their names.
        ends: The last number that the files of each group have.
    """

    numbers: Mapping[str, int]
    ends: tuple[int, ...]

    def has(self, number: int) -> tuple[bool, ...]:
        """Whether the files of each group have a post."""
        return tuple(number <= end for end in self.ends)


def moves_between(
    old: Numbered, new: Numbered, words_of: Callable[[str], Words], deltas: Deltas, files: int
) -> Moves:
    """Return for each file and word that changes the posts, and how much the word counts there now; 0 for not at all.

    Args:
        old: Posts as they were.
        new: The same as they are, without those that are gone.
        words_of: Gives the words of a post that did not change.
        deltas: The words of posts that did, as they were and as they are.
        files: How many files of words there are beside the newest.
    """
    groups = groups_of(files)
    moves: dict[int, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    come: list[tuple[dict[int, int], int, int]] = []
    for name in (old.numbers.keys() | new.numbers.keys()) if files else ():
        was, now = old.numbers.get(name, ALL), new.numbers.get(name, ALL)
        has = tuple(zip(old.has(was), new.has(now), strict=True))
        if name not in deltas and was == now and all(had is does for had, does in has):
            continue
        before, after = deltas.get(name) or (words_of(name),) * 2
        for word in before.keys() | after.keys():
            number = file_of(word, files)
            had, does = has[number % groups]
            if (was, had, before.get(word)) == (now, does, after.get(word)):
                continue
            if word in before:
                moves[number if had else files][word][was] = 0
            if word in after:
                worths = moves[number if does else files][word]
                come.append((worths, now, after[word]))
    # What is gone goes first: its number may be somebody else's by now.
    for worths, number, worth in come:
        worths[number] = worth
    return moves
