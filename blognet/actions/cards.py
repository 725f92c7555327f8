"""What is kept of a subject between two runs, as text. Answers: what is on the card? Reads and keeps nothing itself.

A *card* is small: what most commands ask of every subject. Whoever wants more reads the files. Cards are lines of
fields between tabs, the last of them JSON with what few ask for: a line is taken apart ten times faster than JSON, and
the rest is read of the few whom somebody asks about. What each place means is said by the class that it becomes. They
are read by the program that wrote them and no other (`blognet.disk.index`), so their form may change freely. They are
named tuples because there are tens of thousands, and those are made six times faster than dataclasses.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def line_of(fields: Iterable[str]) -> str:
    """Return the fields of a card as it is kept; "", which is none, when one holds a tab or a line feed."""
    texts = tuple(fields)
    return "" if any("\t" in text or "\n" in text for text in texts) else "\t".join(texts)


def written(values: Sequence[object]) -> str:
    """Return values as JSON without tabs and line feeds."""
    return json.dumps(values, separators=(",", ":"))


def are_texts(value: object) -> TypeGuard[list[str]]:
    """Whether something that was read as JSON is a list of texts."""
    return isinstance(value, list) and {*map(type, value)} <= {str}


def yes(answer: bool) -> str:  # noqa: FBT001  # it says what it is given
    """Return an answer as a field: "" for no."""
    return "1" if answer else ""


def said_moment(moment: datetime) -> str:
    """Return a time as cards hold it; of two, the earlier one sorts first."""
    return moment.astimezone(UTC).isoformat()


def moment_of(said: str) -> datetime:
    """Return a time that `said_moment` wrote.

    Raises:
        ValueError: It is none.
    """
    return datetime.fromisoformat(said)
