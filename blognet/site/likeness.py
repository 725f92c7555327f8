"""Which posts go with a post, of those that share strong words: the likest, but various ones. Knows no tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIKELIEST = 12
"""Posts that are compared in full, of those that were found."""
LEAST = 50
"""The likeness, in thousandths, below which posts have nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A post as its strongest words, the length of that vector, and what else decides who goes with whom."""

    weights: Mapping[str, int]
    length: int
    date: str
    authors: tuple[str, ...]
    series: str


def chosen_for(
    kin: Kin, guesses: Mapping[str, int], known: Callable[[str], Kin], count: int
) -> tuple[str, ...]:
    """Return the names of the posts that go with a post, the likest first.

    Args:
        kin: The post.
        guesses: How like it those are that share a strong word with it, by their names: what each has in common with
            it by the words they were found by, for its length.
        known: Gives these; most of them are not asked for.
        count: How many at most.
    """
    least = 0
    if len(guesses) > LIKELIEST:  # hundreds, and most are far from being the likest
        least = sorted(guesses.values(), reverse=True)[LIKELIEST - 1]
    likely = sorted(name for name, guess in guesses.items() if guess >= least)
    found = {name: known(name) for name in likely}
    # Of equals the newer one.
    likely.sort(key=lambda name: found[name].date, reverse=True)
    likely.sort(key=lambda name: -guesses[name])
    likely = sorted(likely[:LIKELIEST])
    alike = [(likeness(kin, found[name]), name, found[name]) for name in likely]
    alike.sort(key=lambda one: one[2].date, reverse=True)
    alike.sort(key=lambda one: -one[0])
    left = [
        _Candidate(score, name, other)
        for score, name, other in alike
        if score >= LEAST and not (kin.series and other.series == kin.series)
    ]
    return _various(left, count)


def likeness(one: Kin, other: Kin) -> int:
    """Return how alike two posts are, from 0 to 1000."""
    ours, theirs = one.weights, other.weights
    product = 0
    for word in ours.keys() & theirs.keys():
        product += ours[word] * theirs[word]
    return 1000 * product // (one.length * other.length)


def _various(left: list[_Candidate], count: int) -> tuple[str, ...]:
    chosen: list[str] = []
    while left and len(chosen) < count:
        # max() takes the first of equals, and the likest and newest stand first.
        best = max(left, key=_Candidate.worth)
        left.remove(best)
        chosen.append(best.name)
        for one in left if len(chosen) < count else ():
            one.compare(best.kin)
    return tuple(chosen)


@dataclass(slots=True, eq=False)
class _Candidate:
    """A post that may be chosen, and what it has in common with those that were.

    Attributes:
        score: How like it is to the post that asks.
        echo: The greatest likeness to one that was chosen.
        same_people: Whether one of its authors wrote one of them.
    """

    score: int
    name: str
    kin: Kin
    echo: int = 0
    same_people: bool = False

    def worth(self) -> int:
        """Return what it adds to those chosen already, in ten-thousandths."""
        return 10 * self.score - 4 * self.echo - (2 * self.score if self.same_people else 0)

    def compare(self, chosen: Kin) -> None:
        """Take notice of one more that was chosen."""
        self.echo = max(self.echo, likeness(self.kin, chosen))
        self.same_people = self.same_people or not set(self.kin.authors).isdisjoint(chosen.authors)
