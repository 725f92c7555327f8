"""What many subjects of the record say together, kept as one sheet for each leaf of it (`blognet.disk.record_leaves`).

A sheet holds as long as its leaf has the digest that it had, the same texts of the leaf's subjects lie on disk, no time
has come that changes something, and no asset went. Then nobody has to take the cards of these subjects apart: what is
asked of all of them is on the sheet, *briefs* say in a line each what is asked of many, and a card is looked up when
somebody asks for one subject. A sheet that is missing, damaged or of another time is none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from blognet.actions.cards import are_texts, line_of, written
from blognet.actions.decided_cards import DecidedCard, decided_cards
from blognet.disk.index import Row
from blognet.disk.record_leaves import ALL_LEAVES, LEAVES, digest_of_rows, leaf_of
from blognet.kernel.ids import Kind
from blognet.moderation.record import ROOT
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from blognet.disk.index import Index
    from blognet.disk.record_leaves import RecordLeaves

SECTION = "record"
SHEETS = "sheets"
BRIEFS = "briefs"
_FEW = 64
"""Leaves whose rows are asked for by name."""
_LATEST = 32
"""Answers that a sheet names; whoever asks for older ones looks at the cards."""


class Sheet(NamedTuple):
    """What the subjects of a leaf say together; times are as `said_moment` gives them.

    Attributes:
        texts: A digest of the texts of these subjects.
        since: The first second at which all of it is true; "" for ever.
        until: The first second after it; "" for ever.
        assets: Those that approvals need and that had a copy.
        events: How many there are.
        grants: Subjects, as texts, of which an event gives, ends or uses a grant.
        profiles: Authors whose profile was approved.
        proposed: Subjects, as texts, with something proposed, those included of which there is no record.
        changing: Subjects, as texts, that time alone may change.
        authors: Those of what is published, or was, by kind.
        answered: The latest answers: the time, the subject as a text, and "1" when an author had submitted it; the
            latest one first.
        submitted: Those of the latter alone.
    """

    texts: str
    since: str
    until: str
    assets: Sequence[str]
    events: int
    grants: Sequence[str]
    profiles: Sequence[str]
    proposed: Sequence[str]
    changing: Sequence[str]
    authors: Mapping[str, Sequence[str]]
    answered: Sequence[Sequence[str]]
    submitted: Sequence[Sequence[str]]

    def is_true_at(self, now: str) -> bool:
        """Whether no time has come that changes something."""
        return self.since <= now and (not self.until or now < self.until)

    def when(self) -> str:
        """Return with what texts and at what times it is true: what is kept beside it must be true then, too."""
        return f"{self.texts}\n{self.since}\n{self.until}"

    def answered_since(self, said: str, *, submitted: bool) -> Sequence[str] | None:
        """Return the subjects answered since a moment; None when there are more than the sheet names."""
        answers = self.submitted if submitted else self.answered
        if len(answers) == _LATEST and answers[-1][0] >= said:
            return None
        return [key for time, key in answers if time >= said]


class Brief(NamedTuple):
    """What is asked of many subjects at once, as their cards say it."""

    key: str
    ids: str
    published: str
    approval: str
    url: str
    by: str
    urls: str
    title: str


@dataclass(slots=True, kw_only=True)
class Quiet:
    """The subjects of the leaves whose sheets hold.

    Attributes:
        index: Where everything is kept.
        leaves: What lies in the record.
        digests: Of the leaves.
        sheets: Those that hold, by leaf.
        stale: Places of sheets that do not.
    """

    index: Index
    leaves: RecordLeaves
    digests: Mapping[int, bytes]
    sheets: dict[int, Sheet]
    stale: frozenset[str] = frozenset()
    _cards: dict[str, DecidedCard | None] = field(default_factory=dict)
    _briefs: dict[int, tuple[Brief, ...]] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether a subject is one of them."""
        return (
            bool(self.sheets) and leaf_of(key) in self.sheets and self.leaves.has(f"{ROOT}/{key}")
        )

    def loud(self) -> list[int]:
        """Return the leaves whose subjects are not among them."""
        stale = map(_leaf, self.stale)
        return sorted({*self.leaves.folders, *stale}.difference(self.sheets))

    def keys(self) -> Iterator[str]:
        """Yield them as texts."""
        start = len(ROOT) + 1
        folders = self.leaves.folders
        return (folder[start:] for leaf in self.sheets for folder in folders.get(leaf, ()))

    def card(self, key: str) -> DecidedCard | None:
        """Return the card of one of them; None when it is not there any more, so that the subject has to be read."""
        if key not in self._cards:
            place = f"{ROOT}/{key}"
            rows = self.index.rows_at(SECTION, [place])
            self._cards[key] = self._card(place, rows)
        return self._cards[key]

    def _card(self, place: str, rows: Mapping[str, Row]) -> DecidedCard | None:
        row = rows.get(place)
        if row is None or not self.leaves.look.holds(place, row.names, row.marks):
            return None
        return decided_cards({place: row.said}).get(place)

    def folders(self, leaves: Iterable[int]) -> list[str]:
        """Return the folders of some leaves."""
        return [folder for leaf in leaves for folder in self.leaves.folders.get(leaf, ())]

    def briefs(self, leaves: AbstractSet[int] = ALL_LEAVES) -> Iterator[Brief] | None:
        """Yield the briefs of those of them in some leaves; None when some are not there any more."""
        asked = [leaf for leaf in self.sheets if leaf in leaves]
        unread = [leaf for leaf in asked if leaf not in self._briefs]
        some = map(str, unread)
        rows = self.index.rows_at(BRIEFS, some) if len(unread) <= _FEW else self.index.rows(BRIEFS)
        for place, row in rows.items():
            leaf = _leaf(place)
            sheet = self.sheets.get(leaf)
            if sheet and row.marks == self.digests.get(leaf) and row.names == sheet.when():
                self._briefs[leaf] = _briefs_in(row.said)
        lacking = [
            leaf
            for leaf in asked
            if len(self._briefs.get(leaf, ())) != len(self.leaves.folders.get(leaf, ()))
        ]
        if lacking:
            self._have_made_anew(lacking)
            return None
        return (brief for leaf in asked for brief in self._briefs[leaf])

    def _have_made_anew(self, leaves: Iterable[int]) -> None:
        """Forget the sheets of leaves of which something else is lost, so that the next command makes all of it."""
        self.index.keep(SHEETS, {}, gone=map(str, leaves))


def quiet_in(index: Index, leaves: RecordLeaves) -> Quiet:
    """Return the subjects of which only sheets have to be read, as far as the record tells."""
    digests = leaves.digests()
    sheets: dict[int, Sheet] = {}
    stale: set[str] = set()
    for place, row in index.rows(SHEETS).items():
        leaf = _leaf(place)
        sheet = _sheet_in(row.said) if row.marks == digests.get(leaf) else None
        if sheet is None:
            stale.add(place)
        else:
            sheets[leaf] = sheet
    return Quiet(index=index, leaves=leaves, digests=digests, sheets=sheets, stale=frozenset(stale))


def keys_known(rows: Mapping[str, Row]) -> set[str]:
    """Return the subjects as texts that are named in rows of briefs."""
    return {brief.key for row in rows.values() for brief in _briefs_in(row.said)}


def rows_of_leaf(
    cards: Mapping[str, DecidedCard], rows: Mapping[str, Row], *, texts: str, waiting: Iterable[str]
) -> dict[str, Row] | None:
    """Return a sheet and its briefs by section; None when something in them cannot be kept.

    Args:
        cards: Of all subjects of a leaf, by the subject as a text, in the order of their folders.
        rows: Those that the cards come from, by folder, in the same order.
        texts: A digest of the texts of these subjects.
        waiting: Subjects, as texts, of which there is no record and with something proposed.
    """
    digest = digest_of_rows({place: (row.names, row.marks) for place, row in rows.items()})
    sheet = _sheet(cards, texts, waiting)
    lines = [
        line_of(
            (
                key,
                card.ids,
                card.published,
                card.approval,
                card.url,
                card.by,
                card.urls,
                card.rest.title,
            )
        )
        for key, card in cards.items()
    ]
    if not all(lines):
        return None
    return {
        SHEETS: Row("", digest, written(sheet)),
        BRIEFS: Row(sheet.when(), digest, "\n".join(lines)),
    }


def _sheet(cards: Mapping[str, DecidedCard], texts: str, waiting: Iterable[str]) -> Sheet:
    none = Proposed.NONE.value
    answers = sorted(
        ((card.answered, key, card.was_submitted) for key, card in cards.items() if card.answered),
        reverse=True,
    )
    proposed = [key for key, card in cards.items() if card.proposed != none or card.second]
    return Sheet(
        texts=texts,
        since=max((card.since for card in cards.values()), default=""),
        until=min((card.until for card in cards.values() if card.until), default=""),
        assets=sorted({one for card in cards.values() for one in card.asset_names.split()}),
        events=sum(int(card.events) for card in cards.values()),
        grants=[key for key, card in cards.items() if card.grants],
        profiles=[
            key.partition("/")[2].partition(".")[0]
            for key, card in cards.items()
            if card.was_approved and key.startswith(f"{Kind.PROFILE.value}/")
        ],
        proposed=[*proposed, *waiting],
        changing=[key for key, card in cards.items() if card.until],
        authors={
            kind.value: sorted(
                {
                    author
                    for key, card in cards.items()
                    if key.startswith(f"{kind.value}/")
                    for author in card.by.split()
                }
            )
            for kind in Kind
        },
        answered=[(time, key) for time, key, _ in answers[:_LATEST]],
        submitted=[(time, key) for time, key, did in answers if did][:_LATEST],
    )


def _leaf(place: str) -> int:
    """Return the leaf that a place names; -1, which is none, when it names none."""
    return int(place) if len(place) <= len(str(LEAVES)) and place.isdecimal() else -1


def _sheet_in(said: str) -> Sheet | None:
    """Read a sheet; None when it is none."""
    try:
        sheet = Sheet._make(json.loads(said))
    except (ValueError, TypeError, RecursionError):
        return None
    return sheet if _is_sheet(sheet) else None


def _is_sheet(sheet: Sheet) -> bool:
    """Whether all of it is what it should be: what is asked of a sheet is not looked at again."""
    lists: list[object] = [
        sheet.assets,
        sheet.grants,
        sheet.profiles,
        sheet.proposed,
        sheet.changing,
    ]
    authors: object = sheet.authors
    if not isinstance(authors, dict) or not authors.keys() >= set(Kind):
        return False
    lists += authors.values()
    for answers in (sheet.answered, sheet.submitted):
        if not isinstance(answers, list) or not all(map(_is_answer, answers)):
            return False
    texts = [sheet.texts, sheet.since, sheet.until]
    return are_texts(texts) and type(sheet.events) is int and all(map(are_texts, lists))


def _is_answer(answer: object) -> bool:
    return are_texts(answer) and len(answer) == len(("time", "subject"))


def _briefs_in(said: str) -> tuple[Brief, ...]:
    count, make = len(Brief._fields), tuple.__new__
    return tuple(
        make(Brief, fields) for line in said.split("\n") if len(fields := line.split("\t")) == count
    )
