"""Values that note by themselves what is read of them. Each class here is the thing it stands for, and watches it.

Nothing of the site reaches a page but through these, so that nobody can read without its being noted: a field that a
catalogue, a post, a list or the settings get later is watched without a line here. Inside a post and a list each
field is a fact of its own, so that a page that shows a title does not depend on a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from blognet.engine import EVERYTHING, FactKey, fact_key
from blognet.render.links import Ground
from blognet.render.pictures import Pictures
from blognet.render.social import Social
from blognet.site import Catalogue, Listing, LivePost
from blognet.site.members import Members
from blognet.themes.environment import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blognet.kernel.ids import SitePath, Subject
    from blognet.site import ListKind
    from blognet.themes.views import HeadView, PageView, SiteView

    Note = Callable[[FactKey], None]

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
CONTENTS = "contents"
LISTINGS = "listings"
SETTING = "setting"
PATH = "path"
PICTURE = "picture"
SOCIAL = "social"
SHARED_OF_POST = "social-of-post"
SHARED_OF_AUTHOR = "social-of-author"
PAGES = "pages"
LISTS = "lists"
CATALOGUE = "catalogue"
GROUND = "ground"
_LIVE_FIELDS = frozenset(field.name for field in fields(LivePost)) - {"subject"}
_LISTING_FIELDS = frozenset(field.name for field in fields(Listing)) - {"key"}
_CATALOGUE_FIELDS = frozenset(field.name for field in fields(Catalogue))
_GROUND_FIELDS = frozenset(field.name for field in fields(Ground))
_SOCIAL_FIELDS = frozenset(field.name for field in fields(Social))
_GROUND_VIEWS = frozenset(("contents", "paths"))


def here(kind: str) -> str:
    """Return the kind of the facts that say whether something is there."""
    return f"{kind}?"


def field_of(kind: str, name: str) -> str:
    """Return the kind of the facts about one field of things."""
    return f"{kind}.{name}"


_PATH_HERE = here(PATH)


class WatchedMapping(Mapping[KeyT, ValueT], Generic[KeyT, ValueT]):
    """A mapping that notes which of its keys are asked for, those that are not there as well."""

    def __init__(
        self,
        kind: str,
        real: Mapping[KeyT, ValueT],
        note: Note,
        watch: Callable[[KeyT, ValueT], ValueT] | None = None,
    ) -> None:
        """Watch a mapping.

        Args:
            kind: Of the facts about its values.
            real: What it holds.
            note: Called with the key of each fact that is read.
            watch: Gives a watched form of a value, whose fields are facts of their own; without it, a value is one
                fact.
        """
        self._kind = kind
        self._real = real
        self._note = note
        self._watch = watch
        self._watched: dict[KeyT, tuple[FactKey, ValueT]] = {}
        self._last: tuple[KeyT, FactKey, ValueT] | None = None

    def __getitem__(self, key: KeyT) -> ValueT:
        """Return a value, and note it."""
        if self._watch is None:
            last = self._last
            if last is not None and last[0] is key:  # a page asks several times for what is its own
                self._note(last[1])
                return last[2]
            fact = fact_key(self._kind, str(key))
            self._note(fact)
            value = self._real[key]
            self._last = (key, fact, value)
            return value
        if known := self._watched.get(key):  # a page asks for the same few again and again
            self._note(known[0])
            return known[1]
        self._note(fact_key(here(self._kind), str(key)))
        return self.unnoted(key)

    def unnoted(self, key: KeyT) -> ValueT:
        """Return a value for somebody who has noted already that it is there; its own fields are noted as ever."""
        if self._watch is None:
            return self._real[key]
        known = self._watched.get(key)
        if known is None:
            value = self._watch(key, self._real[key])
            known = self._watched[key] = (fact_key(here(self._kind), str(key)), value)
        return known[1]

    def let_go(self) -> None:
        """Forget the watched forms of values; who asks gets another one that notes the same."""
        self._watched.clear()

    def __contains__(self, key: object) -> bool:
        """Say whether a key is there, and note that somebody asked."""
        self._note(fact_key(here(self._kind), str(key)))
        return key in self._real

    def __iter__(self) -> Iterator[KeyT]:
        """Go through all keys, and note that somebody did."""
        self._note(fact_key(self._kind, EVERYTHING))
        return iter(self._real)

    def __len__(self) -> int:
        """Count the keys, and note that somebody did."""
        self._note(fact_key(self._kind, EVERYTHING))
        return len(self._real)


class WatchedPaths(AbstractSet["SitePath"]):
    """The addresses of the site; asking for one notes whether it is there."""

    def __init__(self, real: AbstractSet[SitePath], note: Note) -> None:
        """Watch a set of addresses."""
        self._real = real
        self._note = note

    def __contains__(self, path: object) -> bool:
        """Say whether an address is there, and note that somebody asked."""
        self._note(fact_key(_PATH_HERE, str(path)))
        return path in self._real

    def __iter__(self) -> Iterator[SitePath]:
        """Go through all addresses, and note that somebody did."""
        self._note(fact_key(PATH, EVERYTHING))
        return iter(self._real)

    def __len__(self) -> int:
        """Count the addresses, and note that somebody did."""
        self._note(fact_key(PATH, EVERYTHING))
        return len(self._real)


class _WatchedPost(LivePost):
    """A post each of whose fields is a fact: ``contents.url post/hello``."""

    __slots__ = ("_name", "_note", "_real")
    _name: str
    _note: Note
    _real: LivePost


class _WatchedListing(Listing):
    """A list each of whose fields is a fact: ``listings.name tag/python``. Its posts are watched ones."""

    __slots__ = ("_name", "_note", "_posts", "_real")
    _name: str
    _note: Note
    _posts: Callable[[], Sequence[LivePost]]
    _real: Listing


def _noted_of_post(name: str) -> property:
    """Return a field of a post that notes its reading; these are read so often that each looks itself up."""
    kind, read = fact_key(field_of(CONTENTS, name)), attrgetter(name)

    def noted(post: _WatchedPost) -> object:
        post._note(FactKey(kind + post._name))  # noqa: SLF001  # a part of that class
        return read(post._real)  # noqa: SLF001  # the same

    return property(noted)


def _noted_of_listing(name: str) -> property:
    """Return a field of a list that notes its reading."""
    # How many posts there are is told by which there are; none of them is looked up for it.
    fact = "posts" if name == "count" else name
    kind, read = fact_key(field_of(LISTINGS, fact)), attrgetter(name)

    def noted(listing: _WatchedListing) -> object:
        listing._note(FactKey(kind + listing._name))  # noqa: SLF001  # a part of that class
        return listing._posts() if name == "posts" else read(listing._real)  # noqa: SLF001  # the same

    return property(noted)


for _field in _LIVE_FIELDS:
    setattr(_WatchedPost, _field, _noted_of_post(_field))
for _field in (*_LISTING_FIELDS, "count"):
    setattr(_WatchedListing, _field, _noted_of_listing(_field))


class WatchedCatalogue(Catalogue):
    """A catalogue all of whose fields are watched.

    Its two queries that go through everything are facts of their own: else whatever asks for the pages of a language
    would depend on every post.
    """

    __slots__ = ("_note", "_real", "_views")
    _note: Note
    _real: Catalogue
    _views: Mapping[str, object]

    def pages(self, language: str) -> tuple[LivePost, ...]:
        """Return the listed pages of a language; which they are is one fact."""
        self._note(fact_key(PAGES, language))
        return tuple(self.contents[live.subject] for live in self._real.pages(language))

    def lists(self, kind: ListKind, language: str) -> tuple[Listing, ...]:
        """Return the lists of a kind in a language; which they are is one fact."""
        self._note(fact_key(LISTS, f"{kind.value} {language}"))
        return tuple(self.listings[listing.key] for listing in self._real.lists(kind, language))


def _noted_of_catalogue(name: str) -> property:
    """Return a field of a catalogue: a watched view of a mapping; the reading of any other field is noted."""
    key, read = fact_key(field_of(CATALOGUE, name)), attrgetter(name)

    def noted(catalogue: WatchedCatalogue) -> object:
        views = catalogue._views  # noqa: SLF001  # a part of that class
        if name in views:
            return views[name]
        catalogue._note(key)  # noqa: SLF001  # the same
        return read(catalogue._real)  # noqa: SLF001  # the same

    return property(noted)


for _field in _CATALOGUE_FIELDS:
    setattr(WatchedCatalogue, _field, _noted_of_catalogue(_field))


class _WatchedGround(Ground):
    """What there is to lead to; its addresses and contents watch themselves, any other field is a fact."""

    __slots__ = ("_note", "_real")
    _note: Note
    _real: Ground


def _noted_of_ground(name: str) -> property:
    """Return a field of what there is to lead to; it notes its reading, if it does not watch itself."""
    key, read, watches_itself = (
        fact_key(field_of(GROUND, name)),
        attrgetter(name),
        name in _GROUND_VIEWS,
    )

    def noted(ground: _WatchedGround) -> object:
        if not watches_itself:
            ground._note(key)  # noqa: SLF001  # a part of that class
        return read(ground._real)  # noqa: SLF001  # the same

    return property(noted)


for _field in _GROUND_FIELDS:
    setattr(_WatchedGround, _field, _noted_of_ground(_field))


class _WatchedSocial(Social):
    """Shared pictures; those of posts and authors watch themselves, any other field is a fact."""

    __slots__ = ("_note", "_real", "_views")

    def __getattribute__(self, name: str) -> object:
        if name not in _SOCIAL_FIELDS:
            return object.__getattribute__(self, name)
        views = object.__getattribute__(self, "_views")
        if name in views:
            return views[name]
        object.__getattribute__(self, "_note")(fact_key(field_of(SOCIAL, name)))
        return getattr(object.__getattribute__(self, "_real"), name)


class _WatchedRenderer(Renderer):
    """Templates that say which of them is used."""

    __slots__ = ("_noted",)
    _noted: Callable[[str], None]

    def render_template(self, name: str, *, head: HeadView, site: SiteView, view: PageView) -> str:
        self._noted(name)
        return super().render_template(name, head=head, site=site, view=view)


def watched_catalogue(real: Catalogue, note: Note) -> Catalogue:
    """Watch a catalogue."""
    watched = object.__new__(WatchedCatalogue)
    posts = WatchedMapping(CONTENTS, real.contents, note, lambda _, live: _watched_post(live, note))
    views: dict[str, object] = {
        name: WatchedMapping(name, value, note)
        for name in _CATALOGUE_FIELDS - {CONTENTS, LISTINGS}
        if isinstance(value := getattr(real, name), Mapping)
    }
    views[CONTENTS] = posts
    views[LISTINGS] = WatchedMapping(
        LISTINGS, real.listings, note, lambda _, listing: _watched_listing(listing, posts, note)
    )
    object.__setattr__(watched, "_real", real)
    object.__setattr__(watched, "_note", note)
    object.__setattr__(watched, "_views", views)
    return watched


def let_go_of_posts(catalogue: Catalogue) -> None:
    """Forget the watched forms of posts: a page asks for those of a few, and there may be very many."""
    if isinstance(catalogue.contents, WatchedMapping):
        catalogue.contents.let_go()


def watched_ground(real: Ground, note: Note) -> Ground:
    """Watch what there is to lead to."""
    watched = object.__new__(_WatchedGround)
    object.__setattr__(watched, "_real", real)
    object.__setattr__(watched, "_note", note)
    return watched


def watched_renderer(real: Renderer, noted: Callable[[str], None]) -> Renderer:
    """Watch templates: `noted` is called with the name of each that is used."""
    watched = object.__new__(_WatchedRenderer)
    for each in fields(Renderer):
        object.__setattr__(watched, each.name, getattr(real, each.name))
    object.__setattr__(watched, "_noted", noted)
    return watched


def watched_pictures(real: Pictures, note: Note) -> Pictures:
    """Watch the pictures of a site: each is one fact, and so is that there is none at an address."""
    return Pictures(shown=WatchedMapping(PICTURE, real.shown, note))


def watched_social(real: Social, note: Note) -> Social:
    """Watch what is shown of pages where somebody shares them."""
    watched = object.__new__(_WatchedSocial)
    views = {
        "articles": WatchedMapping(SHARED_OF_POST, real.articles, note),
        "authors": WatchedMapping(SHARED_OF_AUTHOR, real.authors, note),
    }
    object.__setattr__(watched, "_real", real)
    object.__setattr__(watched, "_views", views)
    object.__setattr__(watched, "_note", note)
    return watched


def _watched_post(real: LivePost, note: Note) -> LivePost:
    watched = object.__new__(_WatchedPost)
    object.__setattr__(watched, "subject", real.subject)
    object.__setattr__(watched, "_name", str(real.subject))
    object.__setattr__(watched, "_note", note)
    object.__setattr__(watched, "_real", real)
    return watched


def _watched_listing(
    real: Listing, contents: WatchedMapping[Subject, LivePost], note: Note
) -> Listing:
    @cache
    def posts() -> Sequence[LivePost]:
        if isinstance(real.posts, Members):  # of a long list, few are looked at
            return real.posts.through(lambda live: contents.unnoted(live.subject))
        return tuple(contents.unnoted(live.subject) for live in real.posts)

    watched = object.__new__(_WatchedListing)
    object.__setattr__(watched, "key", real.key)
    object.__setattr__(watched, "_name", str(real.key))
    object.__setattr__(watched, "_note", note)
    object.__setattr__(watched, "_real", real)
    object.__setattr__(watched, "_posts", posts)
    return watched
