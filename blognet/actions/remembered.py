"""What is known of the record without reading it: cards of some subjects, and of the others the sheets that hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.actions.decided_cards import DecidedCard, decided_cards
from blognet.actions.record_sheets import SECTION, Quiet, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from blognet.content.values import ReadingRules
    from blognet.disk.index import Index, Row
    from blognet.disk.record_leaves import RecordLeaves
    from blognet.moderation.trusting import Trust

MANY = 64
"""Leaves of which the rows are asked for by name; of more, all rows are."""


@dataclass(slots=True, kw_only=True)
class Remembered:
    """What is known of the record without reading it.

    Attributes:
        root: The network folder.
        trust: Whose events count.
        index: What was read before.
        rules: How approved texts are read.
        cards: Of the subjects that are as they were, by the subject as a text.
        rows: Where these cards come from.
        fresh: Rows to be kept, still without a card, of the sound subjects that were read.
        gone: Places of rows whose folders are no more.
        assets: Those that have a copy.
        quiet: Subjects of which only their sheets were read; none of them is among the above.
        leaves: What lies in the record; None when only a walk could tell.
    """

    root: Path
    trust: Trust
    index: Index
    rules: ReadingRules
    cards: dict[str, DecidedCard] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    fresh: dict[str, Row] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    assets: frozenset[str] = frozenset()
    quiet: Quiet | None = None
    leaves: RecordLeaves | None = None

    def card(self, key: str) -> DecidedCard | None:
        """Return the card of a subject named as a text; None when it has none."""
        card = self.cards.get(key)
        if card is None and self.quiet is not None and self.quiet.has(key):
            return self.quiet.card(key)
        return card

    def is_quiet(self, key: str) -> bool:
        """Whether only the sheet of a subject, named as a text, was read."""
        return self.quiet is not None and self.quiet.has(key)

    def sheets(self) -> Iterable[Sheet]:
        """Return the sheets that were read."""
        return self.quiet.sheets.values() if self.quiet is not None else ()

    def open(self, leaves: Iterable[int] | None = None) -> tuple[str, ...]:
        """Read the cards of the subjects of some leaves, or of all, and return these subjects as texts."""
        quiet = self.quiet
        asked = set(quiet.sheets if leaves is None else leaves) & set(quiet.sheets) if quiet else ()
        if quiet is None or not asked:
            return ()
        folders = quiet.folders(sorted(asked))
        rows = rows_of(self.index, folders, len(asked))
        look = quiet.leaves.look
        good = {
            place: row
            for place in folders
            if (row := rows.get(place)) is not None and look.holds(place, row.names, row.marks)
        }
        cards = decided_cards({place: row.said for place, row in good.items()})
        self.cards |= {key_of(place): card for place, card in cards.items()}
        self.rows |= {key_of(place): good[place] for place in cards}
        for leaf in asked:
            del quiet.sheets[leaf]
        return tuple(map(key_of, folders))


def rows_of(index: Index, folders: Iterable[str], leaves: int) -> Mapping[str, Row]:
    """Return at least the rows of some folders, which are those of some leaves."""
    return index.rows(SECTION) if leaves > MANY else index.rows_at(SECTION, folders)


def key_of(place: str) -> str:
    """Return the subject as a text whose folder it is."""
    return place.partition("/")[2]
