"""The present digest of every fact that a page can depend on. Reads the values themselves, never the watched views.

There are many posts, so they are compared in two steps: one cheap digest of the whole thing, its *unit*, and only
where that differs, the facts about its single fields. A unit covers everything that any fact of it can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from blognet.engine import ABSENT, EVERYTHING, digest_of, digest_of_text, kind_of, name_of
from blognet.render import context as contexts
from blognet.render.search import SEARCH
from blognet.render.watched import (
    CONTENTS,
    LISTINGS,
    LISTS,
    PAGES,
    PATH,
    PICTURE,
    SETTING,
    SHARED_OF_AUTHOR,
    SHARED_OF_POST,
)
from blognet.site import Catalogue, Listing, ListKind, LivePost
from blognet.site.members import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from blognet.config import Config
    from blognet.engine import FactKey
    from blognet.render.bodies import TextKeys
    from blognet.render.context import Context
    from blognet.render.links import Ground
    from blognet.site import LiveAuthor, Page

PAGE = "page"
_PRESENT = "there"
_SIMPLE = frozenset(("subject", "hash", "post", "url", "authors", "date", "updated"))
_LISTING_FIELDS = tuple(each.name for each in fields(Listing) if each.name not in {"key", "posts"})
_OTHER_LIVE_FIELDS = tuple(each.name for each in fields(LivePost) if each.name not in _SIMPLE)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is true at present.

    Attributes:
        catalogue: As planned, not watched.
        config: Not watched.
        ground: Not watched.
        pages: What is to be rendered.
        others: The fields of the context that are no look-ups, by name: its problems, its logo; and of ``social``.
        renderer: The mark of the renderer.
        templates: Source by name.
        theme_files: Bytes by name.
        reading: Digest of the rules by which approved texts are read.
        texts: Gives the keys of Documents.
        look_up: Gives other things that are looked up by name, by the kind of their facts; asked once, late.
    """

    catalogue: Catalogue
    config: Config
    ground: Ground
    pages: tuple[Page, ...]
    others: Mapping[str, object]
    renderer: str
    templates: Mapping[str, str]
    theme_files: Mapping[str, bytes]
    reading: str
    texts: TextKeys
    look_up: Callable[[], Mapping[str, Mapping[str, object]]]

    def units(self) -> Mapping[str, str]:
        """Return the digest of everything that is compared as a whole first, by its name."""
        return {
            **{f"{CONTENTS} {name}": digest for name, digest in self._contents.items()},
            **{f"{LISTINGS} {name}": digest for name, digest in self._listings.items()},
            **{
                f"{kind} {name}": digest
                for kind, mapping in self._plain.items()
                for name, digest in mapping.items()
            },
            **{f"{PAGE} {name}": digest for name, digest in self._pages.items()},
        }

    def digest_of(self, key: FactKey) -> str:
        """Return the present digest of a fact; `ABSENT` when there is no such thing.

        Raises:
            TypeError: The fact is about a value that nothing can watch.
            KeyError: Nobody here knows facts of this kind.
        """
        kind, name = kind_of(key), name_of(key)
        root, dot, attribute = kind.partition(".")
        if dot:
            return self._field(root, attribute, name)
        if kind.endswith("?"):
            return _PRESENT if name in self._names(kind[:-1]) else ABSENT
        if name == EVERYTHING:
            if kind == contexts.SOURCE:
                return digest_of(
                    self.templates
                )  # a template that any could be read depends on what all say
            return digest_of(tuple(self._names(kind)))
        return self._whole(kind, name)

    def unit_of(self, key: FactKey) -> str:
        """Return the unit that a fact belongs to; "" when it is compared by itself."""
        kind, name = kind_of(key), name_of(key)
        if name == EVERYTHING:
            return ""
        root = kind.partition(".")[0].removesuffix("?")
        root = CONTENTS if root == contexts.TEXT else root
        has_units = root in {CONTENTS, LISTINGS, PAGE} or root in self._plain
        return f"{root} {name}" if has_units else ""

    def _field(self, root: str, attribute: str, name: str) -> str:
        if root == CONTENTS:
            live = self._by_name.get(name)
            if live is not None and attribute == "post":
                return digest_of((live.hash, self.reading))
            return ABSENT if live is None else digest_of(getattr(live, attribute))
        if root == LISTINGS:
            listing = self._lists_by_name.get(name)
            if listing is not None and attribute == "posts":
                return digest_of_text("\n".join(names_of(listing.posts)))
            return ABSENT if listing is None else digest_of(getattr(listing, attribute))
        return self._single(root, attribute)

    def _single(self, root: str, attribute: str) -> str:
        match root:
            case "catalogue":
                return digest_of(getattr(self.catalogue, attribute))
            case "ground":
                return digest_of(getattr(self.ground, attribute))
            case "context":
                return digest_of(self.others[attribute])
            case "social":
                return digest_of(self.others[f"{root}.{attribute}"])
            case _:
                raise KeyError(root)

    def _names(self, kind: str) -> Collection[str]:
        known: Mapping[str, Callable[[], Collection[str]]] = {
            CONTENTS: lambda: self._by_name,
            LISTINGS: lambda: self._lists_by_name,
            PATH: lambda: self._paths,
            contexts.TEXT: lambda: self._by_name,
            contexts.BIO: lambda: self._profiles_by_name,
            contexts.SOURCE: lambda: self.templates,
            contexts.THEME_FILE: lambda: self.theme_files,
        }
        return known[kind]() if kind in known else self._plain[kind]

    def _whole(self, kind: str, name: str) -> str:
        whole = self._wholes.get(kind)
        return whole(name) if whole else self._plain[kind].get(name, ABSENT)

    @cached_property
    def _wholes(self) -> Mapping[str, Callable[[str], str]]:
        """How the facts of each kind are found that are about a thing as a whole."""
        return {
            SETTING: lambda name: digest_of(getattr(self.config, name)),
            PAGES: lambda name: digest_of(
                tuple(str(live.subject) for live in self.catalogue.pages(name))
            ),
            LISTS: self._lists,
            PAGE: lambda name: self._pages.get(name, ABSENT),
            contexts.TEXT: lambda name: self._text(self._by_name.get(name)),
            contexts.BIO: lambda name: self._text(self._profiles_by_name.get(name)),
            contexts.RENDERER: lambda _: self.renderer,
            contexts.SOURCE: lambda name: _present(self.templates.get(name)),
            contexts.THEME_FILE: lambda name: _present(self.theme_files.get(name)),
            contexts.ASSET: lambda name: name,  # named by what it holds
        }

    def _lists(self, name: str) -> str:
        kind, _, language = name.partition(" ")
        found = self.catalogue.lists(ListKind(kind), language)
        return digest_of(tuple(str(listing.key) for listing in found))

    def _text(self, live: LivePost | LiveAuthor | None) -> str:
        return ABSENT if live is None else self.texts.of(live)

    @cached_property
    def _contents(self) -> Mapping[str, str]:
        return {name: self._unit_of(live) for name, live in self._by_name.items()}

    def _unit_of(self, live: LivePost) -> str:
        parts = (
            live.hash.hex,
            live.url,
            *live.authors,
            live.date.isoformat(),
            live.updated.isoformat() if live.updated else "",
            self.reading,
            self.texts.of(live),
        )
        others = [getattr(live, name) for name in _OTHER_LIVE_FIELDS]
        return digest_of_text("\n".join(parts) + (digest_of(others) if any(others) else ""))

    @cached_property
    def _by_name(self) -> Mapping[str, LivePost]:
        return {str(subject): live for subject, live in self.catalogue.contents.items()}

    @cached_property
    def _lists_by_name(self) -> Mapping[str, Listing]:
        return {str(key): listing for key, listing in self.catalogue.listings.items()}

    @cached_property
    def _listings(self) -> Mapping[str, str]:
        return {name: unit_of_listing(listing) for name, listing in self._lists_by_name.items()}

    @cached_property
    def _profiles_by_name(self) -> Mapping[str, LiveAuthor]:
        return {str(subject): live for subject, live in self.catalogue.profiles.items()}

    @cached_property
    def looked_up(self) -> Mapping[str, Mapping[str, object]]:
        """What pages look up by name beside the catalogue, by the kind of the facts about it."""
        return self.look_up()

    @cached_property
    def _plain(self) -> Mapping[str, Mapping[str, str]]:
        """Digests of the values of the catalogue's other mappings, by the field's name."""
        of_catalogue = {
            each.name: found
            for each in fields(Catalogue)
            if each.name not in {CONTENTS, LISTINGS}
            and isinstance(found := getattr(self.catalogue, each.name), Mapping)
        }
        return {
            kind: {str(key): digest_of(value) for key, value in found.items()}
            for kind, found in (*of_catalogue.items(), *self.looked_up.items())
        }

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self.ground.paths)

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        return {page.key: digest_of(page) for page in self.pages}


def unit_of_listing(listing: Listing) -> str:
    """Return the digest of a list with the names of its posts."""
    fields_of_it = digest_of([getattr(listing, each) for each in _LISTING_FIELDS])
    return digest_of_text("\n".join((fields_of_it, *names_of(listing.posts))))


def looked_up(context: Context, *, search: bool = True) -> Mapping[str, Mapping[str, object]]:
    """Return what pages look up by name beside the catalogue, by the kind of the facts about it."""
    social = context.social
    return {
        PICTURE: {str(path): each for path, each in context.pictures.shown.items()},
        SHARED_OF_POST: {str(post): each for post, each in social.articles.items()},
        SHARED_OF_AUTHOR: {str(key): each for key, each in social.authors.items()},
        SEARCH: context.search.digests() if search else {},
    }


def _present(value: str | bytes | None) -> str:
    return ABSENT if value is None else digest_of(value)
