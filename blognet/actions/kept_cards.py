"""Cards of posts kept from build to build, so that a list that gets one more post makes one more card.

A card is kept with the digest that its trace has, and used where the last build remembers the same one and nothing
that it was made from changed. Which cards are kept decides nothing but the time: they are those that were made since
the site was planned as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.kept_values import value_as_bytes, value_from_bytes
from blognet.engine import fact_key
from blognet.render.context import CARD
from blognet.render.watched import CONTENTS
from blognet.themes.views import PostCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.disk.memory import Recall
    from blognet.render.context import Context


def use_kept_cards(context: Context, recalled: Recall) -> None:
    """Let pages use the cards of the last build, now that those that changed were made again."""

    def card_of(name: str) -> PostCard | None:
        raw = recalled.unit_value(f"{CARD} {name}")
        kept = None if raw is None else value_from_bytes(raw)
        match kept:
            case (str() as digest, PostCard() as card):
                return card if digest == recalled.digest_of(fact_key(CARD, name)) else None
            case _:
                return None

    context.memory.cards.as_before = card_of


def cards_as_bytes(context: Context) -> Mapping[str, bytes]:
    """Return what is to be kept of the cards that were made, by the names of their values."""
    traces = (
        (name, card, context.recorder.trace_of(fact_key(CARD, name)))
        for name, card in context.memory.cards.values().items()
    )
    return {
        f"{CARD} {name}": value_as_bytes((trace.digest, card))
        for name, card, trace in traces
        if trace
    }


def cards_of_gone(units: Iterable[str]) -> frozenset[str]:
    """Return the names of the cards of posts that are there no longer, of the units that are not."""
    parts = (unit.partition(" ") for unit in units)
    return frozenset(f"{CARD} {name}" for kind, _, name in parts if kind == CONTENTS)
