"""Cards of posts kept from build to build, so that a list that gets one more post makes one more card.

Which cards are kept decides nothing but the time. Each build keeps those of the pages of years that it makes, as one
value for a page, in which people and terms stand once; and a build of a few posts those that it made for any page. A
build of the whole site forgets the others that it made; so what is kept of a card is what was made of it last.
"""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.actions.kept_values import value_as_bytes, value_from_bytes
from blognet.actions.nameless import KeptFaultError
from blognet.engine import fact_key, kind_of
from blognet.render.context import CARD
from blognet.render.facts import PAGE
from blognet.render.watched import CONTENTS
from blognet.site.pages import Archive
from blognet.themes.views import PostCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import Page

CARDS = "cards"
"""The kind of the cards of one page, named by its key."""
NOTHING: Mapping[str, bytes] = MappingProxyType({})


def use_kept_cards(context: Context, recalled: Recall, pages: Iterable[Page]) -> None:
    """Let pages use the cards of the last build, now that those that changed were made again.

    Args:
        context: The look-ups.
        recalled: What the last build remembers.
        pages: Those that have to be made.
    """
    of_years = dict[str, PostCard]()
    for page in filter(_is_year, pages):
        of_years.update(_read_cards(recalled.unit_value(f"{CARDS} {page.key}")))

    def card_of(name: str) -> PostCard | None:
        if name in of_years:
            return of_years[name]
        raw = recalled.unit_value(f"{CARD} {name}")
        kept = None if raw is None else value_from_bytes(raw)
        return kept if isinstance(kept, PostCard) else None

    context.memory.cards.as_before = card_of


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
    """Return what is to be kept of the cards of pages that were made, by the names of their values.

    Args:
        pages: What was made.
        context: Where that was.
        known: The same of the pages that were made elsewhere.
    """
    years = {f"{CARDS} {page.key}": page for page in pages if _is_year(page)}
    made = context.memory.cards.values() if years.keys() - known.keys() else {}
    found = dict(known)
    for key in years.keys() - known.keys():
        names = [str(subject) for subject in _posts_of(years[key])]
        if all(name in made for name in names):
            found[key] = value_as_bytes(tuple((name, made[name]) for name in names))
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
    kinds = {CONTENTS: CARD, PAGE: CARDS}
    parts = (unit.partition(" ") for unit in units)
    found = {f"{kinds[kind]} {name}" for kind, _, name in parts if kind in kinds}
    found.update(key for key in keys if kind_of(key) == CARD)
    found.update(f"{CARDS} {page.key}" for page in pages if _is_year(page))
    return frozenset(found - kept.keys())


def _is_year(page: Page) -> bool:
    return isinstance(page.shows, Archive) and page.shows.only is not None


def _posts_of(page: Page) -> Iterator[Subject]:
    if isinstance(page.shows, Archive):
        yield from chain.from_iterable(year.posts for year in page.shows.years)


def _read_cards(raw: bytes | None) -> Iterator[tuple[str, PostCard]]:
    """Give cards by the names of their posts.

    Raises:
        KeptFaultError: What is kept is none.
    """
    kept = () if raw is None else value_from_bytes(raw)
    for each in kept if isinstance(kept, tuple) else (kept,):
        match each:
            case (str() as name, PostCard() as card):
                yield name, card
            case _:
                raise KeptFaultError(each)
