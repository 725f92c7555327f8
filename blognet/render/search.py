"""The index that the search page's script asks for: what posts there are, and which words stand in which of them.

Only what the pages of listed posts show goes in: titles, summaries, names of authors, topics and tags, and the text as
readers get it. The files are JSON with sorted keys: the same posts give the same bytes.

``posts.json``: ``authors`` and ``topics`` (pairs of id and name), ``files`` (of words, but for the newest), ``newest``
(the number of that, or null), ``years``, the latest first. ``posts-YEAR.json``: its posts, the newest first (each:
address from the root of the site, title, summary, date, year, ids of its authors and topics, number). ``words-N.json``:
which words stand in posts by their numbers; see `blognet.render.search_postings`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from blognet.engine import digest_of_text, fact_key
from blognet.kernel.ids import Kind
from blognet.kernel.shelves import LostError
from blognet.markup import first_words
from blognet.render.search_index import SearchIndex
from blognet.render.search_places import Findable, Place
from blognet.render.search_words import Said
from blognet.site import ListKind, addresses
from blognet.site.lists import home_key
from blognet.site.pages import SearchFile
from blognet.site.search import files_for, groups_of, has_pagefind
from blognet.themes.dates import date_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from blognet.config import Config
    from blognet.engine import FactKey
    from blognet.kernel.ids import AuthorId, SitePath, Subject
    from blognet.kernel.shelves import Shelf
    from blognet.markup import Document
    from blognet.render.search_state import Indexed
    from blognet.site import Catalogue, LivePost, Page
    from blognet.site.related import Change

SEARCH = "search"
SUMMARY_WORDS = 30
_NAMED = ListKind.TOPIC, ListKind.TAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """What the index is made from.

    Attributes:
        catalogue: What is live; not watched, since a file of the index is a fact as a whole.
        config: Not watched either.
        documents: The texts of posts.
        key_of: Gives a text's key, which differs whenever its Document does.
        shelf: Where what was worked out is kept; None for nowhere.
    """

    catalogue: Catalogue
    config: Config
    documents: Mapping[Subject, Document]
    key_of: Callable[[LivePost], str]
    shelf: Shelf | None = None


class SearchFiles:
    """The files of the index by their addresses, made when somebody asks for the first; each is a fact."""

    def __init__(
        self, made_from: Searchable, note: Callable[[FactKey], None] = lambda _: None
    ) -> None:
        """Keep what the files are made from, and who is told which of them is read."""
        self.made_from = made_from
        self._held: Callable[[str], bytes] = _nothing_held
        self._note = note
        self._of_language: dict[str, _OfLanguage] = {}

    def file(self, path: SitePath, language: str) -> bytes:
        """Return a file of a language's index."""
        self._note(fact_key(SEARCH, path))
        return self._in(language).give(path)

    def digests(self) -> Mapping[str, str]:
        """Return the digest of each file by its address, as is true now."""
        if not self.made_from.config.search.is_on:
            return {}
        return {
            path: digest
            for language in self.made_from.catalogue.languages
            for path, digest in self._in(language).digests.items()
        }

    def kept(self) -> Mapping[str, KeptSearch]:
        """Return by language what the next build needs to know of the index; see `exchange`."""
        if not self.made_from.config.search.is_on:
            return {}
        languages = self.made_from.catalogue.languages
        return {each: self._in(each).kept() for each in languages}

    def exchange(
        self, changes: Iterable[Change], before: Mapping[str, KeptSearch]
    ) -> tuple[Mapping[str, str], Mapping[str, KeptSearch]]:
        """Take a few other posts into an index that is known for the rest.

        Args:
            changes: Those, as they were and as they are, listed or not. Lists that stay must be called as before.
            before: As `kept` gave it, when all others were as they are.

        Returns:
            The digests of files by their addresses, as far as they can be others now; and what `kept` would give.

        Raises:
            LostError: What is kept is not what it was.
        """
        pairs = ((_findable_post(old), _findable_post(new)) for old, new in changes)
        found = [pair for pair in pairs if any(pair)]
        languages = {live.subject.language for pair in found for live in pair if live}
        digests: dict[str, str] = {}
        after = dict(before)
        for language in sorted(languages) if before else ():
            if language not in before:
                raise LostError
            index, others = _exchanged(self.made_from, language, found, before[language])
            self._of_language[language] = index
            digests |= others
            after[language] = index.kept()
        return digests, after

    def hold(self, give: Callable[[str], bytes]) -> None:
        """Take what gives the files that Pagefind made, by the SHA-256 of their bytes in hex."""
        self._held = give

    def of(self, page: Page) -> bytes:
        """Return the bytes of a page; what Pagefind made is named by them, so it is no fact beside the page's."""
        if isinstance(page.shows, SearchFile):
            return self._held(page.shows.sha256)
        return self.file(page.path, page.language)

    def _in(self, language: str) -> _OfLanguage:
        if language not in self._of_language:
            self._of_language[language] = _of_language(self.made_from, language)
        return self._of_language[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearch:
    """What is known of the index of a language without looking at its posts.

    Attributes:
        posts: How many can be found.
        head: ``posts.json``; "" when there are no posts.
        mark: Of what is kept of them on the shelf.
    """

    posts: int
    head: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfLanguage:
    """The index of a language: what gives its files, all digests, and what gives what is known of it."""

    give: Callable[[SitePath], bytes]
    digests: Mapping[SitePath, str]
    kept: Callable[[], KeptSearch]


def _of_language(made_from: Searchable, language: str) -> _OfLanguage:
    catalogue = made_from.catalogue
    listed = catalogue.listings[home_key(language)].posts
    files = 0 if has_pagefind(language, made_from.config) else files_for(len(listed))
    index = SearchIndex(made_from.shelf, language, files)
    found = index.bring_up_to_date(findable_in(made_from, language)[0])
    name_of = cache(partial(_name_of, language=language, catalogue=catalogue))
    people: dict[str, str] = {author: name_of(author) for live in listed for author in live.authors}
    topics = dict(_topics(listed, catalogue))
    head = _head(people, topics, (files, tuple(found.years))) if listed else ""

    def anew() -> SearchIndex:
        index = SearchIndex(None, language, files)
        index.bring_up_to_date(findable_in(made_from, language)[0])
        return index

    return _told(language, KeptSearch(posts=len(listed), head=head, mark=""), found, index, anew)


def _exchanged(
    made_from: Searchable,
    language: str,
    changes: Iterable[tuple[LivePost | None, LivePost | None]],
    before: KeptSearch,
) -> tuple[_OfLanguage, Mapping[str, str]]:
    """Return the index of a language, and the digests of the files that are others."""
    name_of = cache(partial(_name_of, language=language, catalogue=made_from.catalogue))
    around = _all_around(made_from)
    pairs: list[tuple[Place | None, Findable | None]] = []
    posts = before.posts
    for change in changes:
        old, new = (live if live and live.subject.language == language else None for live in change)
        posts += bool(new) - bool(old)
        pairs.append(
            (
                _place(old, made_from.config) if old else None,
                _findable(new, made_from, name_of, around) if new else None,
            )
        )
    files = 0 if has_pagefind(language, made_from.config) else files_for(before.posts)
    if files and files_for(posts) != files:
        raise LostError
    index = SearchIndex(made_from.shelf, language, files)
    known = index.indexed()
    found = index.exchanged(filter(any, pairs), before.mark)
    if not known.years.keys() <= found.years.keys():
        raise LostError
    head = _head_again(before.head, made_from.catalogue, language, (files, tuple(found.years)))
    told = _told(language, replace(before, posts=posts, head=head), found, index, None)
    olds = _told(language, before, known, index, None).digests
    return told, {path: said for path, said in told.digests.items() if olds.get(path) != said}


def _findable_post(live: LivePost | None) -> LivePost | None:
    is_post = live is not None and live.subject.kind is Kind.POST
    return live if live is not None and is_post and live.is_listed else None


def _told(
    language: str,
    known: KeptSearch,
    found: Indexed,
    index: SearchIndex,
    anew: Callable[[], SearchIndex] | None,
) -> _OfLanguage:
    """Return an index; `anew` works it out without what is kept, when that was damaged since."""
    head = addresses.of_search_posts(language)
    years = {addresses.of_search_year(language, year): year for year in found.years}
    numbers = {
        addresses.of_search_words(language, number): number for number in range(len(found.words))
    }
    digests = {path: found.words[number] for path, number in numbers.items()}
    digests |= {path: found.years[year] for path, year in years.items()}
    if known.head:
        digests[head] = digest_of_text(known.head)

    def given(path: SitePath, index: SearchIndex) -> bytes:
        return index.file_of_year(years[path]) if path in years else index.file(numbers[path])

    def give(path: SitePath) -> bytes:
        if path == head:
            return known.head.encode()
        try:
            return given(path, index)
        except LostError:
            if anew is None:
                raise
            return given(path, anew())

    return _OfLanguage(
        give=give, digests=digests, kept=lambda: replace(known, mark=index.mark_of_state())
    )


def findable_in(
    made_from: Searchable, language: str
) -> tuple[tuple[Findable, ...], Callable[[AuthorId], str]]:
    """Return what can be found in a language, the oldest first, and what gives the names of authors there."""
    catalogue = made_from.catalogue
    name_of = cache(partial(_name_of, language=language, catalogue=catalogue))
    around = _all_around(made_from)
    listed = catalogue.listings[home_key(language)].posts
    return tuple(_findable(live, made_from, name_of, around) for live in reversed(listed)), name_of


def _findable(
    live: LivePost, made_from: Searchable, name_of: Callable[[AuthorId], str], around: str
) -> Findable:
    catalogue = made_from.catalogue
    authors = tuple((author, name_of(author)) for author in live.authors)
    terms = tuple(
        (key.kind.name, key.id, catalogue.listings[key].name)
        for key in catalogue.terms[live.subject]
        if key.kind in _NAMED
    )
    parts = [made_from.key_of(live), live.url, live.date.isoformat(), around]
    for each in (*authors, *terms):
        parts += each
    return Findable(
        place=_place(live, made_from.config),
        key=digest_of_text("\n".join(f"{len(part)} {part}" for part in parts)),
        say=partial(_said, live, authors, terms, made_from),
    )


def _place(live: LivePost, config: Config) -> Place:
    return Place(
        name=str(live.subject),
        since=(live.since or live.date).isoformat(),
        date=live.date.isoformat(),
        year=str(live.date.astimezone(config.zone).year),
    )


def _said(
    live: LivePost,
    authors: tuple[tuple[str, str], ...],
    terms: tuple[tuple[str, str, str], ...],
    made_from: Searchable,
) -> Said:
    front, config = live.post.front, made_from.config
    document = made_from.documents[live.subject]
    summary = front.summary or front.description or document.excerpt
    row = [
        live.url,
        front.title,
        first_words(summary, SUMMARY_WORDS),
        date_words(live.date, language=live.subject.language or config.language, zone=config.zone),
        live.date.astimezone(config.zone).year,
        [ident for ident, _ in authors],
        [ident for kind, ident, _ in terms if kind == ListKind.TOPIC.name],
    ]
    return Said(
        row=_json(row),
        title=front.title,
        names=(*(name for _, name in authors), *(name for _, _, name in terms)),
        summary=summary,
        text=document.text,
    )


def _name_of(author: AuthorId, *, language: str, catalogue: Catalogue) -> str:
    live = catalogue.author_in(author, language)
    return live.author.name if live else author


def _all_around(made_from: Searchable) -> str:
    """Return what decides on the words of every post beside the post."""
    return f"{made_from.config.zone} {made_from.config.language}"


def _head(
    authors: Mapping[str, str], topics: Mapping[str, str], parts: tuple[int, tuple[str, ...]]
) -> str:
    """Return ``posts.json``; `parts` is how many files of words there are, and the years."""
    files, years = parts
    said = {
        "authors": sorted(authors.items()),
        "files": files,
        "newest": files if groups_of(files) > 1 else None,
        "topics": sorted(topics.items()),
        "years": sorted(years, key=int, reverse=True),
    }
    return f"{_json(said)}\n"


def _head_again(
    head: str, catalogue: Catalogue, language: str, parts: tuple[int, tuple[str, ...]]
) -> str:
    """Return ``posts.json`` as it is when some lists begin or end, and all others are called as before.

    Raises:
        LostError: There was none.
    """
    if not head:
        raise LostError
    said = json.loads(head)

    def names(kind: ListKind, known: Mapping[str, str]) -> dict[str, str]:
        keys = (key for key in catalogue.listings if (key.kind, key.language) == (kind, language))
        return {key.id: known.get(key.id) or catalogue.listings[key].name for key in keys}

    authors = names(ListKind.AUTHOR, dict(said["authors"]))
    return _head(authors, names(ListKind.TOPIC, dict(said["topics"])), parts)


def _topics(listed: Sequence[LivePost], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    keys = {
        key
        for live in listed
        for key in catalogue.terms[live.subject]
        if key.kind is ListKind.TOPIC
    }
    for key in sorted(keys):
        yield key.id, catalogue.listings[key].name


def _nothing_held(sha256: str) -> bytes:
    raise KeyError(sha256)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
