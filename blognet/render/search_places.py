"""Where a post stands in the search of its language, what can be found of it, and what is kept of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.render.search_words import Said

    Pair = tuple["Place | None", "Findable | None"]
    """Where a post stood, and what it is now; None for what was not there or is there no longer."""


class Entry(NamedTuple):
    """A post that has a number.

    Attributes:
        place: What decides on the number; see `Place.born`.
        year: Of the file that its row is in.
        key: Of what is said of it.
    """

    place: str
    year: str
    key: str

    @property
    def name(self) -> str:
        """Of its subject."""
        return self.place.split(" ", 2)[2]

    @property
    def whole_place(self) -> Place:
        """Where it stands."""
        since, date, name = self.place.split(" ", 2)
        return Place(name=name, since=since, date=date, year=self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What decides on where a post stands in the index.

    Attributes:
        name: Of its subject.
        since: From when on readers could see it, as a text that sorts.
        date: Its date, as a text that sorts.
        year: Of the file that has its row.
    """

    name: str
    since: str
    date: str
    year: str

    @property
    def born(self) -> str:
        """What posts are numbered by."""
        return f"{self.since} {self.date} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """A post that can be found.

    Attributes:
        place: Where it stands.
        key: A text that differs whenever what is said of it does.
        say: Gives what is said of it: its row, and what its words are.
    """

    place: Place
    key: str
    say: Callable[[], Said]

    @property
    def entry(self) -> Entry:
        """What is kept of it."""
        return Entry(self.place.born, self.place.year, self.key)
