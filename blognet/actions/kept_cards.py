"""Cards of posts kept from build to build, so that a list that gets one more post makes one more card; people, too.

Which cards are kept decides nothing but the time. Each build keeps those of the pages of years that it makes, as one
value for a page, in which people and terms stand once; and a build of a few posts those that it made for any page. A
build of the whole site forgets the others that it made; so what is kept of a card is what was made of it last. Of the
people on the page of all authors the same is kept as of the cards on that of a year, and so it is of all topics or
tags on their page, and of those who are in a team.
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
from blognet.site.pages import Archive, AuthorIndex, ListKey, ListKind, ListPage, TermIndex
from blognet.themes.views import AuthorView, PostCard, TermView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.render.context import Context
    from blognet.site import Page

ValueT = TypeVar("ValueT")
CARDS, PEOPLE, INDEXED, TEAM = "cards", "people", "indexed", "team"
"""The kinds of what is kept of one page, named by its key: cards, people, topics or tags, who is in a team."""
NOTHING: Mapping[str, bytes] = MappingProxyType({})


def use_kept_cards(context: Context, recalled: Recall, pages: Iterable[Page]) -> None:
    """Let pages use the cards of the last build, now that those that changed were made again.

    Args:
        context: The look-ups.
        recalled: What the last build remembers.
        pages: Those that have to be made.
    """
    of_years, people = dict[str, PostCard](), dict[str, AuthorView]()
    terms, teams = dict[str, TermView](), dict[str, tuple[AuthorView, ...]]()
    for page in pages:
        kind = _kind_of_kept(page)
        raw = recalled.unit_value(f"{kind} {page.key}") if kind else None
        if kind == CARDS:
            of_years.update(_read_shown(raw, PostCard))
        elif kind == PEOPLE:
            people.update(_read_shown(raw, AuthorView))
        elif kind == INDEXED:
            terms.update(_read_shown(raw, TermView))
        elif kind == TEAM:
            teams.update(_read_shown(raw, tuple))

    def card_of(name: str) -> PostCard | None:
        if name in of_years:
            return of_years[name]
        raw = recalled.unit_value(f"{CARD} {name}")
        kept = None if raw is None else value_from_bytes(raw)
        return kept if isinstance(kept, PostCard) else None

    context.memory.cards.as_before = card_of
    context.memory.authors.as_before = people.get
    context.memory.terms.as_before = terms.get
    context.memory.members.as_before = teams.get


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
    found, memory = dict(known), context.memory
    of_kinds = {
        CARDS: memory.cards.values,
        PEOPLE: memory.authors.values,
        INDEXED: memory.terms.values,
        TEAM: memory.members.values,
    }
    values: dict[str, Mapping[str, object]] = {}
    for name in shown.keys() - known.keys():
        names = tuple(_shown_on(shown[name]))
        kind = name.partition(" ")[0]
        if kind not in values:
            values[kind] = of_kinds[kind]()
        made = values[kind]
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
    kinds = {CONTENTS: (CARD,), PAGE: (CARDS, PEOPLE, INDEXED, TEAM)}
    parts = (unit.partition(" ") for unit in units)
    found = {f"{each} {name}" for kind, _, name in parts for each in kinds.get(kind, ())}
    found.update(key for key in keys if kind_of(key) == CARD)
    found.update(name for page in pages for name in _names_of_kept(page))
    return frozenset(found - kept.keys())


def _kind_of_kept(page: Page) -> str:
    """Return the kind of what is kept of a page; "" of most."""
    match page.shows:
        case Archive(only=int()):
            return CARDS
        case AuthorIndex():
            return PEOPLE
        case TermIndex():
            return INDEXED
        case ListPage(list=ListKey(kind=ListKind.TEAM), number=0):
            return TEAM
        case _:
            return ""


def _names_of_kept(page: Page) -> tuple[str, ...]:
    """Return the name of what is kept of a page; () of most."""
    kind = _kind_of_kept(page)
    return (f"{kind} {page.key}",) if kind else ()


def _shown_on(page: Page) -> Iterator[str]:
    """Give the names of what is kept of a page, as it was made by."""
    match page.shows:
        case Archive(years=years):
            yield from map(str, chain.from_iterable(year.posts for year in years))
        case AuthorIndex(authors=authors):
            yield from (f"{key.id} {key.language}" for key in authors)
        case TermIndex(terms=terms):
            yield from map(str, terms)
        case ListPage(list=team):
            yield str(team)
        case _:
            pass


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
