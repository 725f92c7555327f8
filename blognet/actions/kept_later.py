"""Posts and lists of which little is known until somebody asks for more; then they are read."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Protocol

from blognet.actions.nameless import KeptFaultError
from blognet.render.watched import CONTENTS
from blognet.site import Listing, LivePost
from blognet.site.members import Members

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from blognet.site import ListKey
    from blognet.site.published import Pick

_LISTING_FIELDS = tuple(each.name for each in fields(Listing) if each.name != "posts")
_LIVE_FIELDS = frozenset(each.name for each in fields(LivePost)) - {"subject"}


class Units(Protocol):
    """Where posts and lists are kept."""

    def value(self, name: str) -> object:
        """Return a unit."""

    def times_of(self, name: str) -> tuple[datetime, datetime | None]:
        """Return when a post was published and changed."""

    def picks(self) -> Mapping[str, tuple[Pick, ...]]:
        """Return where the mayors recommend posts."""


class Told(Protocol):
    """Posts by their names."""

    def named(self, name: str) -> LivePost:
        """Return a post that is there."""

    def picked(self) -> Collection[str]:
        """Return the names of those that the mayors recommend."""

    def list_value(self, name: str) -> object:
        """Return what is kept of a list."""


class KeptPost(LivePost):
    """A post that is read when somebody asks for more than its subject."""

    __slots__ = ("_units",)
    _units: Units

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Read the post, and keep it."""
            if name not in _LIVE_FIELDS:
                raise AttributeError(name)
            if name in {"date", "updated"}:
                date, updated = self._units.times_of(str(self.subject))
                object.__setattr__(self, "date", date)
                object.__setattr__(self, "updated", updated)
                return date if name == "date" else updated
            if name == "picks":
                return self._units.picks().get(str(self.subject), ())
            real = as_post(self._units.value(f"{CONTENTS} {self.subject}"))
            for each in _LIVE_FIELDS:
                object.__setattr__(self, each, getattr(real, each))
            return getattr(real, name)


class KeptListing(Listing):
    """A list whose posts are looked up when somebody asks for them."""

    __slots__ = ("_contents", "_many", "_names")
    _contents: Told
    _many: int
    _names: str

    @property
    def count(self) -> int:
        """How many posts it has."""
        return self._many

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Read the list; return its posts, none of them looked up yet, or something else of it."""
            if name in _LISTING_FIELDS or name == "_names":
                _tell(self, self._contents.list_value(str(self.key)))
                return getattr(self, name)
            if name != "posts":
                raise AttributeError(name)
            names = self._names.split("\n") if self._names else []
            posts = Members(names, self._contents.named, self._contents.picked)
            object.__setattr__(self, "posts", posts)
            return posts


def as_post(value: object) -> LivePost:
    """Return what is kept as a post.

    Raises:
        KeptFaultError: It is none.
    """
    if not isinstance(value, LivePost):
        raise KeptFaultError(value)
    return value


def untold_list(key: ListKey, said: tuple[int, str], contents: Told) -> Listing:
    """Return a list that is there, and is read later."""
    listing = object.__new__(KeptListing)
    object.__setattr__(listing, "key", key)
    many, name = said
    object.__setattr__(listing, "name", name)
    object.__setattr__(listing, "_many", many)
    object.__setattr__(listing, "_contents", contents)
    return listing


def told_list(value: object, contents: Told) -> Listing:
    """Return what is kept as a list.

    Args:
        value: The list, and the names of its posts.
        contents: Where these are.

    Raises:
        KeptFaultError: It is none.
    """
    listing = object.__new__(KeptListing)
    object.__setattr__(listing, "_contents", contents)
    names = _tell(listing, value)
    object.__setattr__(listing, "_many", names.count("\n") + 1 if names else 0)
    return listing


def _tell(listing: KeptListing, value: object) -> str:
    """Tell a list what is kept of it; return the names of its posts."""
    match value:
        case (Listing() as real, str() as names):
            for each in _LISTING_FIELDS:
                object.__setattr__(listing, each, getattr(real, each))
            object.__setattr__(listing, "_names", names)
            return names
        case _:
            raise KeptFaultError(value)
