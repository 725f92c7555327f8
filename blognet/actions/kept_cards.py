"""Cards of posts kept from build to build, so that a list that gets one more post makes one more card; people, too.

Which cards are kept decides nothing but the time. Each build keeps those of the pages of years that it makes, as one
value for a page, in which people and terms stand once; and a build of a few posts those that it made for any page. A
build of the whole site forgets the others that it made; so what is kept of a card is what was made of it last. Of the
people on the page of all authors the same is kept as of the cards on that of a year.
"""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from blognet.actions.kept_values import value_as_bytes, value_from_bytes
from blognet.actions.nameless import KeptFaultError
from blognet.engine import fact_key, kind_of
from blognet.render.context import CARD
from blognet.render.facts import PAGE
from blognet.render.watched import CONTENTS
from blognet.site.pages import Archive, AuthorIndex
from blognet.themes.views import AuthorView, PostCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.render.context import Context
    from blognet.site import Page

ValueT = TypeVar("ValueT")
CARDS, PEOPLE = "cards", "people"
"""The kinds of the cards of one page, and of its people, named by its key."""
NOTHING: Mapping[str, bytes] = MappingProxyType({})


def use_kept_cards(context: Context, recalled: Recall, pages: Iterable[Page]) -> None:
    """Let pages use the cards of the last build, now that those that changed were made again.

    Args:
        context: The look-ups.
        recalled: What the last build remembers.
        pages: Those that have to be made.
    """
    of_years, people = dict[str, PostCard](), dict[str, AuthorView]()
    for page in pages:
        if _is_year(page):
            of_years.update(_read_shown(recalled.unit_value(f"{CARDS} {page.key}"), PostCard))
        elif isinstance(page.shows, AuthorIndex):
            people.update(_read_shown(recalled.unit_value(f"{PEOPLE} {page.key}"), AuthorView))

    def card_of(name: str) -> PostCard | None:
        if name in of_years:
            return of_years[name]
        raw = recalled.unit_value(f"{CARD} {name}")
        kept = None if raw is None else value_from_bytes(raw)
        return kept if isinstance(kept, PostCard) else None

    context.memory.cards.as_before = card_of
    context.memory.authors.as_before = people.get


def cards_as_bytes(context: Context) -> Mapping[str, bytes]:
    """Return what is to be kept of the cards that were made, by the names of their values."""
    cards, trace_of = context.memory.cards.values(), context.recorder.trace_of
    return {
        f"{CARD} {name}": value_as_bytes(card)
        for name, card in cards.items()
        if trace_of(fact_key(CARD, name)) is not None
    }


def cards_of_pages(
    pages: Iterable[Page], context: Context, known: Mapping[str, bytes] = NOTHING
) -> Mapping[str, bytes]:
    """Return what is to be kept of the cards and people of pages that were made, by the names of their values.

    Args:
        pages: What was made.
        context: Where that was.
        known: The same of the pages that were made elsewhere.
    """
    shown = {name: page for page in pages for name in _names_of_kept(page)}
    wanted = shown.keys() - known.keys()
    cards = context.memory.cards.values() if wanted else {}
    people = context.memory.authors.values() if wanted else {}
    found = dict(known)
    for name in wanted:
        names = tuple(_shown_on(shown[name]))
        made: Mapping[str, object] = cards if _is_year(shown[name]) else people
        if all(each in made for each in names):
            found[name] = value_as_bytes(tuple((each, made[each]) for each in names))
    return found


def gone_cards(
    units: Iterable[str],
    keys: Iterable[FactKey],
    pages: Iterable[Page] = (),
    kept: Mapping[str, bytes] = NOTHING,
) -> frozenset[str]:
    """Return the names of what is kept of cards no longer.

    Args:
        units: That are not there any more, posts and pages among them.
        keys: Things that were made, or cannot be any more; of cards among them nothing is kept.
        pages: Those that were made.
        kept: What is to be kept of these.
    """
    kinds = {CONTENTS: (CARD,), PAGE: (CARDS, PEOPLE)}
    parts = (unit.partition(" ") for unit in units)
    found = {f"{each} {name}" for kind, _, name in parts for each in kinds.get(kind, ())}
    found.update(key for key in keys if kind_of(key) == CARD)
    found.update(name for page in pages for name in _names_of_kept(page))
    return frozenset(found - kept.keys())


def _is_year(page: Page) -> bool:
    return isinstance(page.shows, Archive) and page.shows.only is not None


def _names_of_kept(page: Page) -> tuple[str, ...]:
    """Return the name of what is kept of a page; () of most."""
    if _is_year(page):
        return (f"{CARDS} {page.key}",)
    return (f"{PEOPLE} {page.key}",) if isinstance(page.shows, AuthorIndex) else ()


def _shown_on(page: Page) -> Iterator[str]:
    """Give the names of the posts or people that a page shows, as they were made by."""
    if isinstance(page.shows, Archive):
        yield from map(str, chain.from_iterable(year.posts for year in page.shows.years))
    elif isinstance(page.shows, AuthorIndex):
        yield from (f"{key.id} {key.language}" for key in page.shows.authors)


def _read_shown(raw: bytes | None, kind: type[ValueT]) -> Iterator[tuple[str, ValueT]]:
    """Give cards by the names of their posts, or people by theirs.

    Raises:
        KeptFaultError: What is kept is none.
    """
    kept = () if raw is None else value_from_bytes(raw)
    for each in kept if isinstance(kept, tuple) else (kept,):
        match each:
            case (str() as name, shown) if isinstance(shown, kind):
                yield name, shown
            case _:
                raise KeptFaultError(each)
