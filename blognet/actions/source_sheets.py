"""What the sources of a leaf say together, kept as one sheet for each leaf of them (`blognet.disk.source_leaves`).

A sheet holds as long as its leaf has the digest that it had, and the same authors are known. Then nobody has to take
the cards of its units apart. Subjects are dealt out to leaves of their own, as those of the record are, for a text does
not tell by its place which subject it is: so a sheet has a *cell* for each leaf of subjects, a digest of the texts that
it has of these. All cells of a leaf of subjects together tell whether what is kept of its texts (`Line`) is still so,
and which leaf of the sources is another one if not. *Names* are digests of subjects; none stands twice as long as no
two texts are one subject.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from struct import Struct
from struct import error as StructError  # noqa: N812  # it is a class
from sys import byteorder
from typing import TYPE_CHECKING, NamedTuple

from blognet.actions.cards import are_texts, line_of, written
from blognet.actions.source_cards import source_cards, texts_in, title_in
from blognet.disk.index import Row
from blognet.kernel.errors import ChangedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blognet.actions.source_cards import SourceCard, TextCard
    from blognet.disk.index import Index
    from blognet.disk.source_leaves import Seen, SourceLeaves

SECTION = "sources"
SHEETS = "source sheets"
UNITS = "units"
LINES = "lines"
MANY = 64
"""Leaves of which the rows are asked for by name; of more, all rows are."""
_SIZE = 16
_NAME = 8
_CELL = Struct(f"<B{_SIZE}s")

Cells = Mapping[int, bytes]
"""Of a leaf of the sources: a digest of the lines that it has of subjects of a leaf, by that leaf."""


class Line(NamedTuple):
    """A text that lies on disk, as most want to know it; the fields are those of `TextCard`."""

    key: str
    content: str
    draft: str
    unit: str
    called: str
    formerly: str

    @property
    def title(self) -> str | None:
        """The title, with secrets masked; None when its content could not be read."""
        return title_in(self.called)

    @property
    def aliases(self) -> Sequence[str]:
        """Old addresses of a post."""
        return texts_in(self.formerly)


class SourceSheet(NamedTuple):
    """What the units of a leaf say together.

    Attributes:
        authors: A digest of the authors under whom all of it reads as it does.
        faulty: The units with problems that belong to no subject.
        names: Of the subjects, one after the other.
        cells: By leaf of subjects.
    """

    authors: str
    faulty: Sequence[str]
    names: bytes
    cells: Cells


@dataclass(slots=True, kw_only=True)
class QuietSources:
    """The units of the leaves whose sheets hold.

    Attributes:
        index: Where everything is kept.
        leaves: What lies in the sources.
        digests: Of the leaves.
        sheets: Those that hold, by leaf.
        stale: Places of sheets that do not.
        holds: Whether a unit of a card would be read in the same way knowing the authors that are known.
        read: Reads units, of which no card is kept any more, by themselves; gives rows.
    """

    index: Index
    leaves: SourceLeaves
    digests: Mapping[int, bytes]
    sheets: dict[int, SourceSheet]
    stale: frozenset[str]
    holds: Callable[[str, SourceCard], bool]
    read: Callable[[Iterable[str]], Mapping[str, Row]]
    _cards: dict[str, SourceCard] = field(default_factory=dict)

    def loud(self) -> list[int]:
        """Return the leaves whose units are not among them."""
        return sorted(self.digests.keys() - self.sheets.keys())

    def has(self, unit: str) -> bool:
        """Whether a unit is one of them."""
        return self.leaves.leaf_of(unit) in self.sheets and bool(self.leaves.seen(unit))

    def names(self) -> array[int]:
        """Return the names of all their subjects."""
        return array("Q", b"".join(sheet.names for sheet in self.sheets.values()))

    def with_names(self, names: Iterable[int]) -> list[int]:
        """Return the leaves with subjects that have some names."""
        wanted = set(names)
        return [
            leaf
            for leaf, sheet in self.sheets.items()
            if not wanted.isdisjoint(array("Q", sheet.names))
        ]

    def gone(self) -> set[str]:
        """Return the units that were in the other leaves, and are in none of these now, as far as that is kept."""
        rows = self.index.rows_at(UNITS, self.stale)
        before = {unit for row in rows.values() for unit in row.said.split("\n")}
        return {unit for unit in before if unit and not self.leaves.seen(unit)}

    def cards(self, units: Iterable[str]) -> dict[str, SourceCard]:
        """Return the cards of some of them.

        Raises:
            ChangedError: One changed while this ran.
        """
        asked = tuple(units)
        wanted = [unit for unit in asked if unit not in self._cards]
        if wanted:
            self._cards |= self._cards_from(wanted, self.index.rows_at(SECTION, wanted))
        return {unit: self._cards[unit] for unit in asked}

    def open(self, leaves: Iterable[int]) -> dict[str, SourceCard]:
        """Return the cards of the units of some leaves, which are among them no longer.

        Raises:
            ChangedError: One changed while this ran.
        """
        asked = [leaf for leaf in leaves if leaf in self.sheets]
        units = [unit for leaf in asked for unit in self.leaves.units(leaf)]
        if not units:
            return {}
        found = self._cards_from(units, rows_of(self.index, units, len(asked)))
        for leaf in asked:
            del self.sheets[leaf]
        return found

    def _cards_from(self, units: Sequence[str], rows: Mapping[str, Row]) -> dict[str, SourceCard]:
        good = {
            unit: row.said
            for unit in units
            if (row := rows.get(unit)) is not None and is_as_before(row, self.leaves.seen(unit))
        }
        # A command that began before an author came may have kept its cards after the sheet was kept.
        cards = {unit: card for unit, card in source_cards(good).items() if self.holds(unit, card)}
        lost = [unit for unit in units if unit not in cards]
        if lost:
            made = self.read(lost)
            self.index.keep(SECTION, made)
            cards |= source_cards({unit: row.said for unit, row in made.items()})
        for unit in lost:
            if unit not in cards:
                message = f"{unit} changed while the command was running"
                raise ChangedError(message, hint="repeat the command")
        return cards


def quiet_sources(
    index: Index,
    leaves: SourceLeaves,
    *,
    authors: str,
    holds: Callable[[str, SourceCard], bool],
    read: Callable[[Iterable[str]], Mapping[str, Row]],
) -> QuietSources:
    """Return the units of which only sheets have to be read.

    Args:
        index: Where everything is kept.
        leaves: What lies in the sources.
        authors: A digest of the authors that are known.
        holds: As `QuietSources.holds`.
        read: As `QuietSources.read`.
    """
    digests = leaves.digests()
    sheets: dict[int, SourceSheet] = {}
    stale: set[str] = set()
    places = {str(leaf): leaf for leaf in digests}
    for place, row in index.rows(SHEETS).items():
        leaf = places.get(place, -1)
        sheet = _sheet_in(row.said) if row.marks == digests.get(leaf) else None
        if sheet is None or sheet.authors != authors:
            stale.add(place)
        else:
            sheets[leaf] = sheet
    return QuietSources(
        index=index,
        leaves=leaves,
        digests=digests,
        sheets=sheets,
        stale=frozenset(stale),
        holds=holds,
        read=read,
    )


def rows_of(index: Index, units: Iterable[str], leaves: int) -> Mapping[str, Row]:
    """Return at least the rows of some units, which are those of some leaves."""
    return index.rows(SECTION) if leaves > MANY else index.rows_at(SECTION, units)


def is_as_before(row: Row, seen: Sequence[Seen]) -> bool:
    """Whether the files of a unit have the marks of a row."""
    if len(seen) == 1:  # nearly always
        path, mark = seen[0]
        return row.marks == mark and row.names == f"{path}\n"
    names = "".join([f"{path}\n" for path, _ in seen])
    return row.names == names and row.marks == b"".join([mark for _, mark in seen])


def name_of(key: str) -> int:
    """Return the name of a subject that is given as a text."""
    return int.from_bytes(_name(key), byteorder)


def rows_of_sheet(
    digest: bytes, cards: Mapping[str, SourceCard], cells: Cells, *, authors: str
) -> tuple[Row, Row]:
    """Return the sheet of a leaf and the names of its units, as they are kept.

    Args:
        digest: Of the leaf.
        cards: Of all its units.
        cells: Of the leaf.
        authors: As in `quiet_sources`.
    """
    keys = (text.key for card in cards.values() for text in card.texts)
    names = b"".join(map(_name, keys))
    faulty = [unit for unit, card in cards.items() if card.faults]
    packed = b"".join(_CELL.pack(*cell) for cell in sorted(cells.items()))
    sheet = written([authors, faulty, _text(names), _text(packed)])
    return Row("", digest, sheet), Row("", digest, "\n".join(cards))


def line_on(card: TextCard, unit: str) -> Line:
    """Return the line of a text from its card."""
    return Line(card.key, card.content, card.draft, unit, card.called, card.formerly)


def cells_of(lines: Mapping[int, Iterable[Line]]) -> Cells:
    """Return the cells of a leaf of the sources from its lines by leaf of subjects."""
    return {leaf: cell_of(some) for leaf, some in lines.items()}


def cell_of(lines: Iterable[Line]) -> bytes:
    """Return the digest of what some lines say, in whatever order."""
    said = sorted(["\t".join(line[:4]) for line in lines])
    return blake2b(_bytes("\n".join(said)), digest_size=_SIZE).digest()


def row_of_lines(lines: Iterable[Line], mark: bytes) -> Row:
    """Return the lines of a leaf of subjects as they are kept."""
    return Row("", mark, "\n".join(filter(None, map(line_of, lines))))


def lines_in(row: Row) -> dict[str, Line]:
    """Return the lines that are kept, by the subject as a text."""
    count, make = len(Line._fields), tuple.__new__
    return {
        fields[0]: make(Line, fields)
        for line in row.said.split("\n")
        if len(fields := line.split("\t")) == count
    }


def columns_of(cells: Mapping[int, Cells]) -> dict[int, bytes]:
    """Return, for each leaf of subjects of which there are texts, a digest of all cells of it.

    Args:
        cells: By leaf of the sources.
    """
    columns: dict[int, list[bytes]] = {}
    for leaf in sorted(cells):
        for column, cell in cells[leaf].items():
            columns.setdefault(column, []).append(cell)
    return {
        column: blake2b(b"".join(some), digest_size=_SIZE).digest()
        for column, some in columns.items()
    }


def _sheet_in(said: str) -> SourceSheet | None:
    """Read a sheet; None when it is none."""
    try:
        match json.loads(said):
            case [str() as authors, [*faulty], str() as names, str() as cells] if are_texts(faulty):
                every = dict(_CELL.iter_unpack(b64decode(cells)))
                known = b64decode(names)
            case _:
                return None
    except (ValueError, RecursionError, StructError):
        return None
    return SourceSheet(authors, faulty, known, every) if len(known) % _NAME == 0 else None


def _name(key: str) -> bytes:
    return blake2b(_bytes(key), digest_size=_NAME).digest()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
