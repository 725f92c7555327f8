"""Live subjects through the index: what their approved texts say need not be parsed again.

A card is good for a subject whose files in the record are as they were, and whose standing comes from the same
approval. Bodies are read from the approved copies, and checked, when somebody asks for them.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from blognet.actions.cards import said_moment
from blognet.actions.decided_cards import digest_of, published_word
from blognet.actions.decided_subjects import DecidedSubjects, briefs_of
from blognet.actions.live_cards import approval_on, live_on, live_text
from blognet.content.values import FileFault
from blognet.disk.index import Row
from blognet.disk.record import read_text_copy
from blognet.disk.record_leaves import ALL_LEAVES, leaf_of
from blognet.kernel.errors import ConflictError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import subject_of
from blognet.kernel.text import unquote_lines
from blognet.moderation.record import subject_folder
from blognet.moderation.standing import published_version, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.live_cards import BodyPlace
    from blognet.actions.record_sheets import Brief
    from blognet.actions.remembered import Remembered
    from blognet.content.values import ReadingRules
    from blognet.kernel.ids import EventId, Subject
    from blognet.moderation.record import Record
    from blognet.site import LiveAuthor, LivePost

SECTION = "live"
_SEEN = frozenset({"live", "retracted"})
"""The lights of what readers see something of."""
_AT_ONCE = 500
"""Cards that are read as one text: as quick as all of them, and the text is not as long as all of them."""


def published_lights(
    record: Record, *, now: datetime, leaves: AbstractSet[int] = ALL_LEAVES
) -> Iterator[tuple[str, str, str, str]]:
    """Give for each subject that readers see something of what decides on it beside the rules of reading.

    That is the subject as a text, a digest of its events, the published light in a word, and the approval.

    Args:
        record: The record.
        now: As of which time.
        leaves: Those of the record whose subjects are told.
    """
    subjects = record.subjects
    keys: Iterable[str]
    briefs: Mapping[str, Brief] = {}
    if isinstance(subjects, DecidedSubjects):
        subjects.open_untrue(leaves, said_moment(now))
        briefs = {brief.key: brief for brief in briefs_of(subjects, leaves)}
        keys = subjects.keys_in(leaves, briefs)
    else:
        keys = (key for key in map(str, subjects) if leaf_of(key) in leaves)
    for key in keys:  # this runs for every subject of a network
        brief = briefs.get(key)
        if brief is not None:
            if brief.published in _SEEN:
                yield key, brief.ids, brief.published, brief.approval
            continue
        light = _light(record, key, now)
        if light is not None:
            yield light


def _light(record: Record, key: str, now: datetime) -> tuple[str, str, str, str] | None:
    """Return what `published_lights` gives of a subject of which not only a sheet is known."""
    subjects = record.subjects
    cards = subjects.remembered.cards if isinstance(subjects, DecidedSubjects) else {}
    card = cards.get(key)
    if card is not None and card.is_published_at(said_moment(now)):
        seen = key, card.ids, card.published, card.approval
        return seen if card.published in _SEEN else None
    history = subjects[subject_of(key)].history
    published = standing_of(history, content=None, is_draft=False, on_disk=False, now=now).published
    word, version = published_word(published), published_version(published)
    approval = version.approval if version else ""
    return (key, digest_of(history), word, approval) if word in _SEEN else None


def lines_apart(before: bytes, now: bytes) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the lines of two lists in which the other list differs; none stands twice in either.

    What both begin and end with is not taken apart: nearly all lines are as they were, and in the same order.
    """
    shorter = min(len(before), len(now))
    begins = _most(shorter, lambda low, high: before[low:high] == now[low:high])
    start = before.rfind(b"\n", 0, begins) + 1

    def are_ends_alike(low: int, high: int) -> bool:
        one, other = len(before), len(now)
        return before[one - high : one - low] == now[other - high : other - low]

    end = before.find(b"\n", len(before) - _most(shorter - start, are_ends_alike))
    rest = 0 if end < 0 else len(before) - end
    old, new = (
        frozenset(lines[start : max(start, len(lines) - rest)].split(b"\n"))
        for lines in (before, now)
    )
    return old - new, new - old


def _most(many: int, are_alike: Callable[[int, int], bool]) -> int:
    """Return how many of some bytes are alike, when those from one place to another can be compared."""
    low, high = 0, many
    while low < high:
        middle = (low + high + 1) // 2
        if are_alike(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


class KeptLive:
    """What the index knows of live subjects, and what it shall know; lives for one reading of them."""

    def __init__(self, record: Record, *, rules: ReadingRules, now: datetime) -> None:
        """Read the cards, if the record was read through an index under the same rules."""
        subjects = record.subjects
        self._remembered: Remembered | None = None
        self._now = said_moment(now)
        self._values: Mapping[str, list[Any]] = {}
        self._places: frozenset[str] = frozenset()
        self._new: dict[str, Row] = {}
        if isinstance(subjects, DecidedSubjects) and subjects.remembered.rules == rules:
            subjects.open()
            self._remembered = subjects.remembered
            rows = self._remembered.index.rows(SECTION)
            self._places = frozenset(rows)
            self._values = _values(rows, self._remembered.rows)

    def is_out_of_sight(self, key: str) -> bool:
        """Whether it is known, without reading it, that readers see nothing of a subject, named as a text."""
        if self._remembered is None:
            return False
        card = self._remembered.cards.get(key)
        return (
            card is not None
            and card.published not in {"live", "retracted"}
            and card.is_published_at(self._now)
        )

    def live(self, key: str, subject: Subject) -> LivePost | LiveAuthor | None:
        """Return a live subject from its card; None when it has to be read."""
        values = self._values.get(key)
        if values is None or self._remembered is None:
            return None
        card = self._remembered.cards[key]
        if card.published != "live" or not card.is_published_at(self._now):
            return None
        try:
            if card.approval and approval_on(values) == card.approval:
                return live_on(values, subject, partial(_body, self._remembered.root, subject))
        except ValueError:
            pass
        return None

    def take(
        self, subject: Subject, live: LivePost | LiveAuthor, *, approval: EventId, text: str
    ) -> None:
        """Note a live subject that was read, to be kept."""
        if self._remembered is None:
            return
        key = str(subject)
        row = self._remembered.rows.get(key) or self._remembered.fresh.get(key)
        said = live_text(live, approval=approval, text=text) if row else None
        if row is not None and said is not None:
            self._new[subject_folder(subject)] = Row(row.names, row.marks, said)

    def keep(self) -> None:
        """Keep what was noted."""
        if self._remembered is None:
            return
        known = self._remembered.rows.keys() | self._remembered.fresh.keys()
        gone = [place for place in self._places if place.partition("/")[2] not in known]
        if self._new or gone:
            self._remembered.index.keep(SECTION, self._new, gone=gone)


def _body(root: Path, subject: Subject, place: BodyPlace) -> str:
    """Read a body; a function of a module, so that another process can do it."""
    path = f"{subject_folder(subject)}/{place.content[:32]}.txt"
    raw = read_text_copy(root, path)
    text = None if isinstance(raw, FileFault) else _unquoted(raw)
    if text is None or sha256_hex(text.encode("utf-8")) != place.text:
        message = f"{path} changed while the command was running"
        raise ConflictError(message, hint="look at the record, then repeat: mayor verify")
    return text[place.start :]


def _values(rows: Mapping[str, Row], known: Mapping[str, Row]) -> Mapping[str, list[Any]]:
    """Return what the cards hold whose files are as they were, by the subject as a text."""
    good: dict[str, str] = {}
    for place, row in rows.items():
        key = place.partition("/")[2]
        now = known.get(key)
        if now is not None and now.marks == row.marks and now.names == row.names:
            good[key] = row.said
    found: dict[str, list[Any]] = {}
    names, cards = tuple(good), tuple(good.values())
    for start in range(0, len(names), _AT_ONCE):
        try:
            read = json.loads(f"[{','.join(cards[start : start + _AT_ONCE])}]")
        except (ValueError, RecursionError):
            return {}
        some = zip(names[start : start + _AT_ONCE], read, strict=False)
        found |= {key: values for key, values in some if isinstance(values, list)}
    return found


def _unquoted(raw: bytes) -> str | None:
    try:
        return unquote_lines(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None
