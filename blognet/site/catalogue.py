"""What is live, gathered: by author, topic, tag, team and series, in each language. Knows no addresses' collisions.

Only listed posts are gathered; an unlisted post has its entry in `Catalogue.contents` and appears in no list. Every
order here is total and comes from facts, so that the order in which content is given never shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.site import addresses
from blognet.site.pages import ListKey, ListKind
from blognet.site.terms import Named, commonest, named, term_finder, terms_of
from blognet.site.translations import translations_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from blognet.config import Config
    from blognet.kernel.ids import SitePath
    from blognet.kernel.problems import Problem
    from blognet.site.published import LiveAuthor, LivePost, Published
    from blognet.site.terms import Term

    People = tuple[Mapping[Subject, LiveAuthor], Mapping[AuthorId, LiveAuthor]]
    """Profiles in every language, and those of each author in the main one."""

_FIRST_DAYS, _LAST_DAYS = (1, 3), (12, 29)
"""No two time zones are two days apart."""
_IN_ORDER = attrgetter("kind", "id", "language")
"""Gives what subjects are sorted by; comparing that is several times quicker than comparing them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list of posts in one language.

    Attributes:
        name: What people call it: a configured title, an author's name, else the commonest spelling.
        description: Configured; "" when not.
        url: Its first address; of an author's posts on a topic, the author's.
        posts: Newest first; never empty but for the home of a site without posts.
        foreign: Whether name and description are those of the main language, for want of a translation.
    """

    key: ListKey
    name: str
    description: str
    url: SitePath
    posts: Sequence[LivePost]
    foreign: bool = False

    @property
    def count(self) -> int:
        """How many posts it has."""
        return len(self.posts)

    @property
    def reading_order(self) -> tuple[LivePost, ...]:
        """The posts of a series from its first part: by ``series_order`` where given, then by date."""
        return tuple(sorted(self.posts, key=_part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that pages are made from.

    Attributes:
        contents: Every live post and page, unlisted ones too.
        authors: Every author with an approved profile, in the main language where there is one.
        profiles: Every approved profile, translated ones too.
        listings: Every list that has an address, sorted by key.
        terms: The lists a post belongs to, its authors' left out, in the order written.
        languages: Those that have a home: the main one ("") first, then those with listed posts as configured.
        translations: Listed versions in other languages, for contents that have any.
        plain: The listed pages (About, Imprint) of each language that has some, sorted by title.
        problems: Names that cannot be addresses.
    """

    contents: Mapping[Subject, LivePost]
    authors: Mapping[AuthorId, LiveAuthor]
    profiles: Mapping[Subject, LiveAuthor]
    listings: Mapping[ListKey, Listing]
    terms: Mapping[Subject, tuple[ListKey, ...]]
    languages: tuple[str, ...]
    translations: Mapping[Subject, tuple[Subject, ...]]
    plain: Mapping[str, tuple[Subject, ...]]
    problems: tuple[Problem, ...] = ()

    def author_in(self, author: AuthorId, language: str) -> LiveAuthor | None:
        """Return an author's profile in a language, else the one there is; None when none was approved."""
        wanted = Subject(kind=Kind.PROFILE, id=author, language=language)
        return self.profiles.get(wanted) or self.authors.get(author)

    def lists(self, kind: ListKind, language: str) -> tuple[Listing, ...]:
        """Return the lists of a kind in a language, sorted as people look for them: by name."""
        # The keys first: the others may have to be read.
        keys = [key for key in self.listings if (key.kind, key.language) == (kind, language)]
        return by_name(self.listings[key] for key in keys)

    def list_of_author(self, author: AuthorId, language: str) -> Listing | None:
        """Return an author's list: in the language, else in the first language that has one."""
        for candidate in (language, *self.languages):
            key = ListKey(kind=ListKind.AUTHOR, id=author, language=candidate)
            if key in self.listings:
                return self.listings[key]
        return None

    def pages(self, language: str) -> tuple[LivePost, ...]:
        """Return the listed pages (About, Imprint) of a language, sorted by title."""
        return tuple(self.contents[subject] for subject in self.plain.get(language, ()))


def by_name(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return lists as people look for them."""
    return tuple(sorted(listings, key=lambda item: (item.name.casefold(), item.key)))


def newest_first(posts: tuple[LivePost, ...]) -> tuple[LivePost, ...]:
    """Return posts by date, the newest first; of the same moment, in the order of their subjects."""
    by_subject = sorted(posts, key=lambda live: _IN_ORDER(live.subject))
    return tuple(sorted(by_subject, key=lambda live: live.date, reverse=True))


def year_in(zone: tzinfo, moment: datetime) -> int:
    """Return the year of a moment in a time zone; far from its ends it is the same in all of them."""
    day = (moment.month, moment.day)
    return moment.year if _FIRST_DAYS < day < _LAST_DAYS else moment.astimezone(zone).year


def in_order_by(subject: Subject) -> tuple[Kind, str, str]:
    """Return what `Catalogue.contents` and `Catalogue.terms` are in the order of."""
    return (subject.kind, subject.id, subject.language)


def catalogue_of(published: Published, config: Config) -> Catalogue:
    """Gather what is live."""
    profiles = {live.author.subject: live for live in published.authors}
    # The main language sorts first, so it is the last to be written here.
    authors = {
        AuthorId(subject.id): profiles[subject] for subject in sorted(profiles, reverse=True)
    }
    listed = newest_first(tuple(live for live in published.posts if live.is_listed))
    terms: dict[Subject, tuple[Term, ...]] = {}
    problems: list[Problem] = []
    find = term_finder(config)
    for live in published.posts:
        terms[live.subject], found = terms_of(live, authors, find)
        problems += found
    contents = sorted(
        (*published.posts, *published.pages), key=lambda live: _IN_ORDER(live.subject)
    )
    languages = _languages(listed, config)
    gathered: dict[ListKey, list[LivePost]] = {_home_key(language): [] for language in languages}
    for live in listed:
        for key in lists_of(live, terms[live.subject], config):
            gathered.setdefault(key, []).append(live)
    people = (profiles, authors)
    listings = {
        key: listing_of(key, tuple(posts), terms.__getitem__, people, config)
        for key, posts in gathered.items()
    }
    return Catalogue(
        contents={live.subject: live for live in contents},
        authors=dict(sorted(authors.items())),
        profiles=dict(sorted(profiles.items())),
        listings=dict(sorted(listings.items())),
        terms={
            subject: tuple(term.key for term in found if term.key in listings)
            for subject, found in sorted(terms.items(), key=lambda one: _IN_ORDER(one[0]))
        },
        languages=languages,
        translations=translations_of(tuple(contents)),
        plain=_plain(published.pages),
        problems=tuple(sorted(problems)),
    )


def _languages(listed: tuple[LivePost, ...], config: Config) -> tuple[str, ...]:
    used = {live.subject.language for live in listed} - {""}
    order = {language: place for place, language in enumerate(config.languages)}
    return ("", *sorted(used, key=lambda language: (order.get(language, len(order)), language)))


def _plain(pages: tuple[LivePost, ...]) -> Mapping[str, tuple[Subject, ...]]:
    listed = sorted(
        (live for live in pages if live.is_listed),
        key=lambda live: (live.post.front.title.casefold(), live.subject),
    )
    gathered: dict[str, tuple[Subject, ...]] = {}
    for live in listed:
        language = live.subject.language
        gathered[language] = (*gathered.get(language, ()), live.subject)
    return gathered


def lists_of(live: LivePost, terms: tuple[Term, ...], config: Config) -> Iterator[ListKey]:
    """Give the lists that a listed post is in, each once."""
    language = live.subject.language
    yield _home_key(language)
    authors = tuple(dict.fromkeys(live.authors))
    for author in authors:
        yield ListKey(kind=ListKind.AUTHOR, id=author, language=language)
    for term in terms:
        yield term.key
    if config.feeds.author_topics:
        topics = [term.key.id for term in terms if term.key.kind is ListKind.TOPIC]
        for author in authors:
            for topic in topics:
                ident = f"{author}/{topic}"
                yield ListKey(kind=ListKind.AUTHOR_TOPIC, id=ident, language=language)


def listing_of(
    key: ListKey,
    posts: Sequence[LivePost],
    terms: Callable[[Subject], tuple[Term, ...]],
    people: People,
    config: Config,
) -> Listing:
    """Return a list.

    Args:
        key: Of the list.
        posts: All that are in it, the newest first.
        terms: Gives the terms of a post; asked when the list has no other name than how people spell it.
        people: Who has a profile.
        config: The network's settings.
    """
    called = _called(key, people, config)
    if called is None:
        found = (term for live in posts for term in terms(live.subject))
        called = Named(name=commonest(term.spelling for term in found if term.key == key))
    of_author = ListKey(kind=ListKind.AUTHOR, id=key.id.partition("/")[0], language=key.language)
    return Listing(
        key=key,
        name=called.name,
        description=called.description,
        url=addresses.of_list(of_author if key.kind is ListKind.AUTHOR_TOPIC else key),
        posts=posts,
        foreign=called.foreign,
    )


def _called(key: ListKey, people: People, config: Config) -> Named | None:
    """Return what a list is called; None when that is how its posts spell it."""
    match key.kind:
        case ListKind.HOME:
            said = config.site_in(key.language)
            return Named(name=said.title, description=said.description)
        case ListKind.AUTHOR:
            return Named(name=_name_of(key.id, key.language, people))
        case ListKind.AUTHOR_TOPIC:
            author, _, topic = key.id.partition("/")
            found = named(ListKind.TOPIC, topic, key.language, config)
            found = found or Named(name=topic)
            name = _name_of(author, key.language, people)
            return replace(found, name=f"{name} · {found.name}")
        case ListKind.TOPIC | ListKind.TAG | ListKind.TEAM | ListKind.SERIES:
            return named(key.kind, key.id, key.language, config)
        case _:
            assert_never(key.kind)


def _name_of(author: str, language: str, people: People) -> str:
    """Return what an author is called in a language."""
    profiles, authors = people
    translated = Subject(kind=Kind.PROFILE, id=author, language=language)
    profile = profiles.get(translated) or authors.get(AuthorId(author))
    return profile.author.name if profile else author


def _home_key(language: str) -> ListKey:
    return ListKey(kind=ListKind.HOME, language=language)


def _part(live: LivePost) -> tuple[bool, int, datetime, Subject]:
    order = live.post.front.series_order
    return (order is None, order or 0, live.date, live.subject)
