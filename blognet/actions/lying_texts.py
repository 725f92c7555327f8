"""The texts that lie on disk, by subject: each told by its card, which is looked up when somebody asks for it.

What most want to know of many is on lines, kept by leaves of subjects (`blognet.actions.source_sheets`). Lines that are
not so any more are made again, as far as they are others, from the cards of the leaves of the sources that they are in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from blognet.actions.source_cards import TextCard, text_card
from blognet.actions.source_sheets import (
    LINES,
    SHEETS,
    UNITS,
    Cells,
    Line,
    cell_of,
    cells_of,
    columns_of,
    line_on,
    lines_in,
    row_of_lines,
    rows_of_sheet,
)
from blognet.disk.index import Index, Kept
from blognet.disk.record_leaves import LEAVES, leaf_of
from blognet.disk.source_leaves import PROFILES

if TYPE_CHECKING:
    from blognet.actions.source_cards import SourceCard
    from blognet.actions.sources import Looked
    from blognet.content.values import Proposal
    from blognet.disk.index import Row

_FEW = 200
"""Texts that are looked up one by one; who asks for more gets all at once."""

Card = tuple[str, TextCard]
"""A text with its unit."""


class LyingTexts(Mapping[str, Card]):
    """The texts that were not read, by the subject as a text; lines are of all texts, also of those that were read."""

    def __init__(
        self,
        looked: Looked,
        index: Index,
        *,
        fresh: Iterable[Proposal],
        entangled: frozenset[str],
    ) -> None:
        """Take what was read.

        Args:
            looked: What lies in the sources.
            index: What was read before.
            fresh: What came of the texts that were read.
            entangled: Units that were read and of which others are the same subject; they have no sheet.
        """
        self._looked = looked
        self._index = index
        self._entangled = entangled
        self._cards: dict[str, Card] = {}
        self._made: dict[int, dict[int, list[Line]]] = {}
        self._lines: dict[int, Mapping[str, Line]] = {}
        self._found: dict[str, Card] = {}
        for one in fresh:
            is_profile = one.path.startswith(f"{PROFILES}/")
            unit = PROFILES if is_profile else one.bundle or one.path
            self._add(line_on(text_card(one), unit))
        self._take(looked.cards)
        quiet = {} if looked.quiet is None else looked.quiet.sheets
        self._cells: dict[int, Cells] = {leaf: sheet.cells for leaf, sheet in quiet.items()}
        self._cells |= {leaf: cells_of(lines) for leaf, lines in self._made.items()}
        self._columns = columns_of(self._cells)

    def __getitem__(self, key: str) -> Card:
        """Return a text with its unit.

        Raises:
            KeyError: Nothing lies there, or it was read.
            ChangedError: It changed while this ran.
        """
        line = None if self._at_hand(key) else self.line(key)
        found, quiet = self._at_hand(key), self._looked.quiet
        if found is not None:
            return found
        if line is None or quiet is None or not quiet.has(line.unit):
            raise KeyError(key)
        if len(self._found) >= _FEW:
            self.open()
            return self._cards[key]
        texts = quiet.cards((line.unit,))[line.unit].texts
        self._found |= {text.key: (line.unit, text) for text in texts}
        return self._found[key]

    def __contains__(self, key: object) -> bool:
        """Whether a text lies on disk that was not read."""
        if not isinstance(key, str):
            return False
        line = None if self._at_hand(key) else self.line(key)
        quiet = self._looked.quiet
        is_quiet = line is not None and quiet is not None and quiet.has(line.unit)
        return is_quiet or self._at_hand(key) is not None

    def __iter__(self) -> Iterator[str]:
        """Go through the subjects."""
        self.open()
        return iter(self._cards)

    def __len__(self) -> int:
        """Count them."""
        self.open()
        return len(self._cards)

    def _at_hand(self, key: str) -> Card | None:
        return self._cards.get(key) or self._found.get(key)

    def open(self) -> None:
        """Read all cards."""
        quiet = self._looked.quiet
        if quiet is not None and quiet.sheets:
            self._open(tuple(quiet.sheets))

    def line(self, key: str) -> Line | None:
        """Return the line of a subject; None when nothing lies there."""
        return self.lines((leaf_of(key),)).get(key)

    def lines(self, leaves: Iterable[int]) -> Mapping[str, Line]:
        """Return the lines of all subjects of some leaves."""
        asked = tuple(leaves)
        lacking = [leaf for leaf in asked if leaf not in self._lines and leaf in self._columns]
        if lacking:
            self._read(lacking)
        if len(asked) == 1:
            return self._lines.get(asked[0], {})
        return {key: one for leaf in asked for key, one in self._lines.get(leaf, {}).items()}

    def profiles(self) -> list[str]:
        """Return at least the profiles, as texts, of which something lies on disk; no line is read for them."""
        place = 0 if self._looked.quiet is None else LEAVES
        return [line.key for lines in self._made.get(place, {}).values() for line in lines]

    def mark(self, leaf: int) -> str:
        """Return a digest of what lies on disk of the subjects of a leaf."""
        return self._columns.get(leaf, b"").hex()

    def leaves(self) -> Iterable[int]:
        """Return the leaves of subjects of which anything lies on disk."""
        return self._columns.keys()

    def near(self, path: str) -> list[Card]:
        """Return the texts of which a file lies at a path, or below it, and perhaps others."""
        quiet, inside = self._looked.quiet, f"{path}/"
        parts = path.split("/")
        around = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        known = self._looked.cards
        unit = next((one for one in around if one in known), None)
        some = [unit] if unit else [one for one in known if one.startswith(inside)]
        found = [(one, text) for one in some for text in known[one].texts]
        if quiet is not None:
            units = {quiet.leaves.unit_at(path), *quiet.leaves.below(path)}
            units = set(filter(quiet.has, units))
            if len(units) > _FEW:
                self.open()
                return self.near(path)
            cards = quiet.cards(units)
            found += [(one, text) for one, card in cards.items() for text in card.texts]
        return found

    def kept(self, rows: Mapping[str, SourceCard], authors: str) -> dict[str, Kept]:
        """Return the sheets of the leaves of the sources that have none that holds, as far as all of it is kept.

        Args:
            rows: The cards of the units that were read, as far as they are kept.
            authors: A digest of the authors that are known.
        """
        quiet = self._looked.quiet
        if quiet is None:
            return {}
        if not quiet.sheets:
            self.lines(self.leaves())  # they are kept, and now no card has to be looked up
        sheets: dict[str, Row] = {}
        units: dict[str, Row] = {}
        for leaf in quiet.loud():
            names = quiet.leaves.units(leaf)
            cards = {unit: rows.get(unit) or self._looked.cards.get(unit) for unit in names}
            known = {unit: card for unit, card in cards.items() if card is not None}
            if len(known) == len(names) and self._entangled.isdisjoint(names):
                place, digest, cells = str(leaf), quiet.digests[leaf], self._cells.get(leaf, {})
                sheets[place], units[place] = rows_of_sheet(digest, known, cells, authors=authors)
        gone = tuple(place for place in quiet.stale if place not in sheets)
        return {SHEETS: Kept(sheets, gone), UNITS: Kept(units, gone)}

    def _read(self, leaves: list[int]) -> None:
        """Find the lines of leaves; those that are not as they are kept are kept anew."""
        quiet = self._looked.quiet
        rows = self._index.rows_at(LINES, map(str, leaves)) if quiet and quiet.sheets else {}
        stale: list[int] = []
        for leaf in leaves:
            row = rows.get(str(leaf))
            if row is not None and row.marks == self._columns[leaf]:
                self._lines[leaf] = lines_in(row)
            else:
                stale.append(leaf)
        if not stale:
            return
        kept = {leaf: self._still_so(leaf, rows.get(str(leaf))) for leaf in stale}
        if quiet is not None:
            lacking = {
                place
                for leaf in stale
                for place in quiet.sheets
                if leaf in self._cells[place] and place not in kept[leaf]
            }
            self._open(lacking)
        for leaf in stale:
            made = {place: lines[leaf] for place, lines in self._made.items() if leaf in lines}
            every = {**kept[leaf], **made}.values()
            self._lines[leaf] = {line.key: line for lines in every for line in lines}
        if quiet is not None:
            fresh = {
                str(leaf): row_of_lines(self._lines[leaf].values(), self._columns[leaf])
                for leaf in stale
            }
            self._index.keep(LINES, fresh)

    def _still_so(self, leaf: int, row: Row | None) -> dict[int, list[Line]]:
        """Return the lines that are as they were kept, by leaf of the sources."""
        quiet = self._looked.quiet
        if row is None or quiet is None:
            return {}
        found: dict[int, list[Line]] = {}
        for line in lines_in(row).values():
            found.setdefault(quiet.leaves.leaf_of(line.unit), []).append(line)
        return {
            place: lines
            for place, lines in found.items()
            if place in quiet.sheets and self._cells[place].get(leaf) == cell_of(lines)
        }

    def _open(self, leaves: Iterable[int]) -> None:
        self._take(self._looked.open(leaves))

    def _take(self, cards: Mapping[str, SourceCard]) -> None:
        for unit, card in cards.items():
            if unit not in self._entangled:
                for text in card.texts:
                    self._cards[text.key] = (unit, text)
                    self._add(line_on(text, unit))

    def _add(self, line: Line) -> None:
        quiet = self._looked.quiet
        place = 0 if quiet is None else quiet.leaves.leaf_of(line.unit)
        self._made.setdefault(place, {}).setdefault(leaf_of(line.key), []).append(line)
