"""What is kept of a subject between two runs, as text. Answers: what is on the card? Reads and keeps nothing itself.

A *card* is small: what most commands ask of every subject. Whoever wants more reads the files. Cards are JSON, in lists
to be short; what each place means is said by the class that it becomes. They are read by the program that wrote them
and no other (`blognet.disk.index`), so their form may change freely, and their values are of the types that they had.
They are named tuples because there are tens of thousands, and those are made six times faster than dataclasses.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Card = TypeVar("_Card")


def cards_in(said: Mapping[str, str], make: Callable[[list[Any]], _Card]) -> dict[str, _Card]:
    """Read cards; what is none is left out.

    Args:
        said: Cards as texts, by whatever names them.
        make: Makes one of its values; raises ValueError or TypeError when they are none.
    """
    cards: dict[str, _Card] = {}
    try:
        read = json.loads(f"[{','.join(said.values())}]")  # far faster than one by one
    except (ValueError, RecursionError):
        return {}
    for place, values in zip(said, read, strict=False):
        with suppress(TypeError, ValueError):
            cards[place] = make(values)
    return cards


def written(values: list[object]) -> str:
    """Return the values of a card as it is kept."""
    return json.dumps(values, separators=(",", ":"))


def said_moment(moment: datetime) -> str:
    """Return a time as cards hold it; of two, the earlier one sorts first."""
    return moment.astimezone(UTC).isoformat()


def moment_of(said: str) -> datetime:
    """Return a time that `said_moment` wrote.

    Raises:
        ValueError: It is none.
    """
    return datetime.fromisoformat(said)
