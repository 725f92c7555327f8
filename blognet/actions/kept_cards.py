"""Cards of posts kept from build to build, so that a list that gets one more post makes one more card.

Which cards are kept decides nothing but the time: they are those that builds of a few posts made. A build of the whole
site keeps none, and forgets each that it made itself; so what is kept of a card is what was made of it last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.kept_values import value_as_bytes, value_from_bytes
from blognet.engine import fact_key, kind_of
from blognet.render.context import CARD
from blognet.render.watched import CONTENTS
from blognet.themes.views import PostCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.disk.memory import Recall
    from blognet.engine import FactKey
    from blognet.render.context import Context


def use_kept_cards(context: Context, recalled: Recall) -> None:
    """Let pages use the cards of the last build, now that those that changed were made again."""

    def card_of(name: str) -> PostCard | None:
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


def cards_of_gone(units: Iterable[str]) -> frozenset[str]:
    """Return the names of what is kept of the cards of posts that are there no longer, of the units that are not."""
    parts = (unit.partition(" ") for unit in units)
    return frozenset(f"{CARD} {name}" for kind, _, name in parts if kind == CONTENTS)


def cards_among(keys: Iterable[FactKey]) -> frozenset[str]:
    """Return the names of what is kept of the cards among things that were made, or cannot be any more."""
    return frozenset(key for key in keys if kind_of(key) == CARD)
