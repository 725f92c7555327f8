"""The posts of a list by their names, the newest first, so that few of them are looked at, however many there are.

Where a post stands is found by halving: lists are in the order of `blognet.site.catalogue.newest_first`. Knows neither
what lists are nor where posts come from.
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, overload

from blognet.kernel.ids import subject_of
from blognet.site.catalogue import in_order_by, year_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import timedelta, tzinfo

    from blognet.kernel.ids import Kind, Subject
    from blognet.site.published import LivePost

    Posts = Sequence[LivePost]

_LATEST = datetime.max.replace(tzinfo=UTC)
_IN_ORDER_FROM = datetime(1945, 1, 1, tzinfo=UTC)
"""No clock went back over the end of a year since. In Arizona one did a year before, at a minute past midnight."""


class NamedPosts(Mapping["Subject", "LivePost"]):
    """Posts and pages of which the names can be told without looking at any."""

    @abstractmethod
    def names(self) -> Sequence[str]:
        """Return all names, in any order."""


class Members(Sequence["LivePost"]):
    """Posts that are looked up by their names when somebody asks for them."""

    def __init__(
        self,
        names: list[str],
        find: Callable[[str], LivePost],
        picked: Callable[[], Collection[str]],
    ) -> None:
        """Keep the names; nothing is looked up yet.

        Args:
            names: Of the posts, in their order.
            find: Gives a post by its name.
            picked: Gives the names of all posts that the mayors recommend somewhere, of this list or not.
        """
        self.names = names
        self.find = find
        self._picked = picked

    @overload
    def __getitem__(self, at: int) -> LivePost: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[LivePost, ...]: ...

    def __getitem__(self, at: int | slice) -> LivePost | tuple[LivePost, ...]:
        """Return a post, or several."""
        if isinstance(at, slice):
            return tuple(map(self.find, self.names[at]))
        return self.find(self.names[at])

    def __len__(self) -> int:
        """Count the posts."""
        return len(self.names)

    def laid_over(self, lives: Mapping[Subject, LivePost]) -> Members:
        """Return the same list with other versions of some posts."""
        names = {str(subject): live for subject, live in lives.items()}
        find, picked = self.find, self._picked

        def found(name: str) -> LivePost:
            return names.get(name) or find(name)

        return Members(self.names, found, lambda: {*picked(), *names})

    def through(self, change: Callable[[LivePost], LivePost]) -> Members:
        """Return the same list of posts that are changed when somebody asks for them."""
        find = self.find
        return Members(self.names, lambda name: change(find(name)), self._picked)

    def exchanged(
        self, gone: Iterable[LivePost], come: Mapping[Subject, LivePost]
    ) -> tuple[Members, int]:
        """Return a list without some posts, and with others.

        Args:
            gone: Some of its posts.
            come: Posts that it has not, or has other versions of that are gone.

        Returns:
            The list, and how many of the oldest in it are those of before.

        Raises:
            ValueError: What is to go is not there, or what is to come is.
        """
        now = Members([*self.names], self.find, self._picked).laid_over(come)
        behind = len(self)
        for at, name in sorted((self.place(live), str(live.subject)) for live in gone)[::-1]:
            if self.names[at : at + 1] != [name]:
                raise ValueError(name)
            behind = min(behind, len(self) - at - 1)
            del now.names[at]
        for live in come.values():
            at, name = now.place(live), str(live.subject)
            if now.names[at : at + 1] == [name]:
                raise ValueError(name)
            behind = min(behind, len(now) - at)
            now.names.insert(at, name)
        return now, behind

    def place(self, live: LivePost) -> int:
        """Return where a post stands, or would."""
        return bisect_left(self, _place_of(live), key=_place_of)

    def beside(self, live: LivePost) -> tuple[Subject | None, Subject | None]:
        """Return the next newer post and the next older one of a post that is in the list."""
        at = self.place(live)
        newer, older = self.names[max(0, at - 1) : at], self.names[at + 1 : at + 2]
        return (
            subject_of(newer[0]) if newer else None,
            subject_of(older[0]) if older else None,
        )

    def around(self, live: LivePost) -> tuple[Subject, ...]:
        """Return the posts between which a post stands, or would."""
        at = self.place(live)
        there = self.names[at : at + 1] == [str(live.subject)]
        some = (*self.names[max(0, at - 1) : at], *self.names[at + there : at + there + 1])
        return tuple(map(subject_of, some))

    def picked(self) -> tuple[LivePost, ...]:
        """Return the posts that the mayors may recommend, in any order."""
        names = self._picked()
        there = names and set(self.names).intersection(names)
        return tuple(map(self.find, there or ()))


def names_of(posts: Posts) -> Sequence[str]:
    """Return the names of posts, in their order."""
    return posts.names if isinstance(posts, Members) else [str(live.subject) for live in posts]


def names_in(contents: Mapping[Subject, LivePost]) -> Sequence[str]:
    """Return the names of all posts and pages, in any order."""
    return contents.names() if isinstance(contents, NamedPosts) else [*map(str, contents)]


def subjects(posts: Posts, start: int = 0, end: int | None = None) -> tuple[Subject, ...]:
    """Return the subjects of posts from one place to another, in their order."""
    if isinstance(posts, Members):
        return tuple(map(subject_of, posts.names[start:end]))
    return tuple(live.subject for live in posts[start:end])


def picked_in(posts: Posts) -> Posts:
    """Return posts with at least those that the mayors recommend somewhere, in any order."""
    return posts.picked() if isinstance(posts, Members) else posts


def members_of(posts: Posts) -> Members:
    """Return the same posts, told by name."""
    if isinstance(posts, Members):
        return posts
    by_name = {str(live.subject): live for live in posts}
    return Members(list(by_name), by_name.__getitem__, by_name.keys)


def have_years_in_order(posts: Posts) -> bool:
    """Whether the years of posts are in the order of their dates for certain, in any time zone."""
    return not posts or posts[-1].date >= _IN_ORDER_FROM


def spans_of(posts: Posts, zone: tzinfo) -> dict[int, tuple[int, int]]:
    """Return from where to where the posts of each year stand, by halving; the newest year first.

    Args:
        posts: Newest first; their years are in order (`have_years_in_order`).
        zone: In which it is a year.
    """
    spans: dict[int, tuple[int, int]] = {}
    start = 0
    while start < len(posts):
        year = year_in(zone, posts[start].date)
        end = bisect_right(posts, -year, lo=start, key=lambda live: -year_in(zone, live.date))
        spans[year] = (start, end)
        start = end
    return spans


def _place_of(live: LivePost) -> tuple[timedelta, tuple[Kind, str, str]]:
    return (_LATEST - live.date, in_order_by(live.subject))
