"""What there is to show, kept from build to build, one value a unit, and read again only as far as somebody asks.

A unit is what facts are compared by (`blognet.render.facts.Facts.units`): a post without its text, a list, a page. To
them come, for each kind, the keys in their order. What is read here is what the last build had: whoever uses it has
made sure that nothing else changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, TypeVar

from blognet.actions.entries import subject_of
from blognet.actions.kept_bytes import ORDER, TERMS, as_order, order_with, unit_as_bytes
from blognet.actions.kept_later import KeptPost, as_post, told_list, untold_list
from blognet.actions.kept_paths import KeptPaths
from blognet.actions.kept_site import LISTED, PICKED, Column, column_of, times_in
from blognet.actions.kept_values import value_from_bytes
from blognet.actions.nameless import KeptFaultError
from blognet.actions.page_slices import FILE
from blognet.engine import fact_key, kind_of
from blognet.render.facts import PAGE
from blognet.render.watched import (
    CONTENTS,
    LISTINGS,
)
from blognet.site import Catalogue, Listing, LivePost, Page
from blognet.site.addresses import output_name
from blognet.site.members import NamedPosts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from blognet.disk.memory import Recall
    from blognet.kernel.ids import SitePath, Subject
    from blognet.site.again import Regathered, Replanned
    from blognet.site.pages import ListKey
    from blognet.site.published import Pick
    from blognet.site.related import Change

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class KeptUnits:
    """The units of the last build, with a few of them as they are now.

    Attributes:
        posts: Posts that are others now, or new.
        pages: Pages that are, by key.
        above: Values of other units that are, by name.
        gone: The names of units that are there no longer.
    """

    def __init__(
        self,
        recalled: Recall,
        posts: Iterable[LivePost] = (),
        gone: Iterable[Subject] = (),
    ) -> None:
        """Keep where they are.

        Args:
            recalled: What the last build remembers.
            posts: Those that are others now, or new.
            gone: Those that are there no longer.
        """
        self._recalled = recalled
        self.posts = {live.subject: live for live in posts}
        self.pages: dict[str, Page] = {}
        self._by_file: dict[str, str] = {}
        self.above: dict[str, object] = {}
        self.gone = {f"{CONTENTS} {subject}" for subject in gone}
        self._lines: dict[str, list[str]] = {}
        self._listed: dict[str, tuple[int, str]] | None = None
        self._contents = _Contents(self)

    def value(self, name: str) -> object:
        """Return a unit; None when there is none.

        Raises:
            KeptFaultError: What is kept is no value.
        """
        if name in self.gone:
            return None
        if name in self.above:
            return self.above[name]
        raw = self._recalled.unit_value(name)
        return None if raw is None else value_from_bytes(raw)

    def times_of(self, name: str) -> tuple[datetime, datetime | None]:
        """Return when a post or page was published, and changed since, without reading it.

        Raises:
            KeptFaultError: What is kept is none.
            KeyError: There is no such post.
            ValueError: The times are none.
        """
        leaf = column_of(name)
        if leaf not in self._lines:
            self._lines[leaf] = self._column(leaf).lines()
        return times_in(self._lines[leaf], name)

    def picks(self) -> Mapping[str, tuple[Pick, ...]]:
        """Return where the mayors recommend posts and pages, by the names of those that they do.

        Raises:
            KeptFaultError: What is kept is none.
        """
        found = self.value(PICKED)
        if not isinstance(found, tuple):
            raise KeptFaultError(PICKED)
        return dict(found)

    def _column(self, leaf: str) -> Column:
        found = self.value(leaf)
        if not isinstance(found, Column):
            raise KeptFaultError(leaf)
        return found

    def put(self, planned: Replanned, regathered: Regathered) -> None:
        """Lay what other posts come to over what was; catalogues that were given before are of no use then."""
        lists = regathered.lists
        self._contents = _Contents(self, self._contents)
        self.pages |= planned.pages
        self.gone |= {f"{PAGE} {key}" for key in planned.gone}
        self.above |= {f"{LISTINGS} {key}": one for key, one in lists.now.items()}
        ended = set(map(str, lists.ended))
        self.gone |= {f"{LISTINGS} {key}" for key in ended}
        self.above |= {f"{TERMS} {each}": keys for each, keys in regathered.terms.items()}
        olds = {old.subject for old, _ in regathered.changes if old}
        news = {new.subject for _, new in regathered.changes if new}
        self.gone |= {f"{TERMS} {subject}" for subject in olds - news}
        for kind in (CONTENTS, TERMS) if olds != news else ():
            order = self.value(f"{ORDER} {kind}")
            self.above[f"{ORDER} {kind}"] = order_with(order, gone=olds - news, come=news - olds)
        if lists.moved:
            keys = {*as_order(self.value(f"{ORDER} {LISTINGS}")), *lists.begun} - lists.ended
            self.above[f"{ORDER} {LISTINGS}"] = tuple(sorted(keys))  # type: ignore[type-var]  # of this kind
        self._listed = {
            **{key: said for key, said in self.listed().items() if key not in ended},
            **{str(key): (one.count, one.name) for key, one in lists.now.items()},
        }
        self.above[LISTED] = self._listed
        self._put_columns(regathered.changes)

    def _put_columns(self, changes: Iterable[Change]) -> None:
        """Lay over what decides on the places of posts what that is of those that are others."""
        picks = before = self.picks()
        for old, new in changes:
            live = new or old
            if live is None:
                continue
            name = str(live.subject)
            leaf = column_of(name)
            self.above[leaf] = self._column(leaf).exchanged(name, new)
            self._lines.pop(leaf, None)
            picks = {each: said for each, said in picks.items() if each != name}
            picks |= {name: new.picks} if new and new.picks else {}
        if picks != before:
            self.above[PICKED] = tuple(picks.items())

    def bytes_of_others(self) -> dict[str, bytes]:
        """Return what is to be kept of the units that are others."""
        posts = {f"{CONTENTS} {subject}": live for subject, live in self.posts.items()}
        pages = {f"{PAGE} {key}": page for key, page in self.pages.items()}
        values = {**posts, **pages, **self.above}
        return {name: unit_as_bytes(one) for name, one in values.items()}

    def known_page(self, key: str) -> Page | None:
        """Return a page as it is now; None when there is none.

        Raises:
            KeptFaultError: What is kept is none.
        """
        found = self.pages.get(key) or self.value(f"{PAGE} {key}")
        return None if found is None else _as_page(found)

    def page(self, key: str) -> Page:
        """Return a page as it is now.

        Raises:
            KeptFaultError: There is none.
        """
        return _as_page(self.pages.get(key) or self.value(f"{PAGE} {key}"))

    def page_of(self, name: str) -> Page:
        """Return the page of a file of the output, by what the file was made from.

        Raises:
            KeptFaultError: There is none.
        """
        if len(self._by_file) != len(self.pages):
            self._by_file = {output_name(page.path): key for key, page in self.pages.items()}
        if name in self._by_file:
            return self.pages[self._by_file[name]]
        needs = self._recalled.needs_of(fact_key(FILE, name))
        keys = [need for need in needs if kind_of(need) == PAGE]
        if len(keys) != 1:
            raise KeptFaultError(name)
        return self.page(keys[0].partition(" ")[2])

    def listing(self, name: str) -> Listing:
        """Return a list by its key as a text.

        Raises:
            KeyError: There is none.
        """
        value = self.value(f"{LISTINGS} {name}")
        if value is None:
            raise KeyError(name)
        return value if isinstance(value, Listing) else told_list(value, self._contents)

    def listed(self) -> Mapping[str, tuple[int, str]]:
        """Return how many posts each list has, and its name, by its key as a text.

        Raises:
            KeptFaultError: What is kept is something else.
        """
        if self._listed is None:
            found = self.value(LISTED)
            if not isinstance(found, dict):
                raise KeptFaultError(LISTED)
            self._listed = found
        return self._listed

    def catalogue(self, languages: tuple[str, ...]) -> Catalogue:
        """Return what is live.

        Args:
            languages: Those that have a home.
        """
        return Catalogue(
            contents=self._contents,
            listings=_Lists(self, self._contents),
            authors=_Mapping(self, "authors"),
            profiles=_Mapping(self, "profiles"),
            terms=_Mapping(self, "terms"),
            translations=_Mapping(self, "translations"),
            plain=_Mapping(self, "plain"),
            languages=languages,
        )

    def looked_up(self, kind: str) -> Mapping[KeyT, ValueT]:
        """Return what pages look up by name beside the catalogue."""
        return _Mapping(self, kind)

    def paths(self, files: AbstractSet[str], *, is_plain: bool) -> AbstractSet[SitePath]:
        """Return the addresses of the site.

        Args:
            files: Their names in the output.
            is_plain: See `blognet.actions.kept_site.KeptSite`.
        """
        return KeptPaths(files, lambda name: self.page_of(name).path, is_plain=is_plain)


class _Mapping(Mapping[KeyT, ValueT]):
    """A mapping of which a value is read when somebody asks for it."""

    def __init__(
        self, units: KeptUnits, kind: str, read: Callable[[object], object] | None = None
    ) -> None:
        self._units = units
        self._kind = kind
        self._read = read
        self._values: dict[KeyT, ValueT] = {}
        self._keys: tuple[KeyT, ...] | None = None

    def __getitem__(self, key: KeyT) -> ValueT:
        if key not in self._values:
            value = self._units.value(f"{self._kind} {key}")
            if value is None:
                raise KeyError(key)
            self._values[key] = self._read(value) if self._read else value  # type: ignore[assignment]  # of this kind
        return self._values[key]

    def __iter__(self) -> Iterator[KeyT]:
        if self._keys is None:
            keys = as_order(self._units.value(f"{ORDER} {self._kind}"))
            found: tuple[KeyT, ...] = tuple(keys)  # type: ignore[arg-type]  # of this kind
            self._keys = found
        return iter(self._keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Lists(_Mapping["ListKey", Listing]):
    """Lists; they are read when somebody asks for more than their names and how many posts they have."""

    def __init__(self, units: KeptUnits, contents: _Contents) -> None:
        super().__init__(units, LISTINGS)
        self._contents = contents

    def __getitem__(self, key: ListKey) -> Listing:
        if key not in self._values:
            name = f"{LISTINGS} {key}"
            above = self._units.above.get(name)
            said = None if name in self._units.gone else self._units.listed().get(str(key))
            if said is None:
                raise KeyError(key)
            if isinstance(above, Listing):
                self._values[key] = above
            else:
                self._values[key] = untold_list(key, said, self._contents)
        return self._values[key]


class _Contents(_Mapping["Subject", LivePost], NamedPosts):
    """Posts and pages; those that a list names are there for sure, and read when somebody asks what they say."""

    def __init__(self, units: KeptUnits, known: _Contents | None = None) -> None:
        super().__init__(units, CONTENTS, as_post)
        # Not whether it has any: counting them reads all their names.
        self._values |= units.posts if known is None else known._values  # noqa: SLF001  # of this class
        self._named: dict[str, LivePost] = {} if known is None else known._named  # noqa: SLF001  # the same

    def named(self, name: str) -> LivePost:
        """Return a post that is there, by its name."""
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = self._told(name)
        return found

    def names(self) -> Sequence[str]:
        """Return the names of all."""
        order = self._units.value(f"{ORDER} {CONTENTS}")
        return order.split("\n") if isinstance(order, str) else [*map(str, as_order(order))]

    def list_value(self, name: str) -> object:
        """Return what is kept of a list."""
        return self._units.value(f"{LISTINGS} {name}")

    def picked(self) -> Collection[str]:
        """Return the names of those that the mayors recommend."""
        return self._units.picks().keys()

    def _told(self, name: str) -> LivePost:
        subject = subject_of(name)
        if subject not in self._values:
            post = object.__new__(KeptPost)
            object.__setattr__(post, "subject", subject)
            object.__setattr__(post, "_units", self._units)
            if f"{CONTENTS} {name}" in self._units.gone:
                return post  # a list as it was still names it
            self._values[subject] = post
        return self._values[subject]


def _as_page(value: object) -> Page:
    if not isinstance(value, Page):
        raise KeptFaultError(value)
    return value
