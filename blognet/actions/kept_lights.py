"""What decides on each subject that readers see something of, kept from build to build by leaves of the record.

A leaf that holds the files it held, and of which no time has changed anything, says what it said: its mark tells, and
nobody goes through its subjects. Touches no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from blognet.actions.cards import said_moment
from blognet.actions.decided_subjects import DecidedSubjects, in_order
from blognet.actions.kept_live import lines_apart, published_lights
from blognet.disk.record_leaves import LEAVES, leaf_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from blognet.moderation.record import Record

LIGHTS = "lights"
"""The name of the marks; with the number of a leaf behind it, that of its lines."""
_RETRACTED = f"{LIGHTS} retracted"
_SIZE = 16
_UNMARKED = bytes(_SIZE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """What decides on each subject that readers see something of.

    Attributes:
        marks: Of all leaves, one after the other; zeros for one of which nothing tells whether it is as it was.
        lines: Of each leaf that may say something else than what is kept of it, as `published_lights` gives them.
    """

    marks: bytes
    lines: Mapping[int, bytes]


def lights_of(record: Record, now: datetime, *, kept: bytes = b"") -> Lights:
    """Return what decides on each subject.

    Args:
        record: As it was read.
        now: As of which time.
        kept: The marks of what is kept; of leaves that have them, no lines are given.
    """
    marks = _marks(record, now)
    known = kept if len(kept) == len(marks) else bytes(len(marks))
    wanted = {leaf for leaf in range(LEAVES) if not _is_same(marks, known, leaf)}
    lines: dict[int, list[str]] = {leaf: [] for leaf in sorted(wanted)}
    for each in published_lights(record, now=now, leaves=wanted):
        lines[leaf_of(each[0])].append(" ".join(each))
    said = {leaf: "\n".join(some).encode("utf-8") for leaf, some in lines.items()}
    return Lights(marks=marks, lines=said)


def lights_apart(
    lights: Lights, kept: Callable[[str], bytes | None]
) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the lines that are kept and are others now, and those that are in their places.

    Args:
        lights: Those of now.
        kept: Gives what is kept by its name; None for nothing.
    """
    old, new = set[bytes](), set[bytes]()
    for leaf, lines in lights.lines.items():
        before = kept(_name(leaf)) or b""
        if before != lines:
            were, are = lines_apart(before, lines)
            old |= were
            new |= are
    return frozenset(old - {b""}), frozenset(new - {b""})


def all_lines(lights: Lights, kept: Callable[[str], bytes | None]) -> bytes:
    """Return the lines of all leaves, each with a line feed before it; arguments as in `lights_apart`."""
    some = (lights.lines.get(leaf) for leaf in range(LEAVES))
    every = (kept(_name(leaf)) or b"" if said is None else said for leaf, said in enumerate(some))
    return b"".join(b"\n" + said for said in every)


def retracted_in(lights: Lights, kept: Callable[[str], bytes | None]) -> tuple[str, ...]:
    """Return the subjects, as texts, that were taken down, now or earlier; arguments as in `lights_apart`."""
    before = (kept(_RETRACTED) or b"").decode("utf-8")
    stay = [key for key in before.split("\n") if key and leaf_of(key) not in lights.lines]
    return tuple(sorted((*stay, *_retracted(lights)), key=in_order))


def lights_as_rows(
    lights: Lights, kept: Callable[[str], bytes | None] | None = None
) -> dict[str, bytes]:
    """Return what is to be kept, by name.

    Args:
        lights: Those of now.
        kept: As in `lights_apart`; None when nothing is.
    """
    retracted = (
        sorted(_retracted(lights), key=in_order) if kept is None else retracted_in(lights, kept)
    )
    rows = {LIGHTS: lights.marks, _RETRACTED: "\n".join(retracted).encode("utf-8")}
    rows |= {_name(leaf): lines for leaf, lines in lights.lines.items()}
    return rows if kept is None else {name: raw for name, raw in rows.items() if raw != kept(name)}


def _marks(record: Record, now: datetime) -> bytes:
    """Return the marks of all leaves: of the files in them, and of the time for which that says the same."""
    subjects = record.subjects
    quiet = subjects.remembered.quiet if isinstance(subjects, DecidedSubjects) else None
    if quiet is None:
        return _UNMARKED * LEAVES
    moment, found = said_moment(now), [_UNMARKED] * LEAVES
    for leaf, sheet in quiet.sheets.items():
        if sheet.is_true_at(moment):
            said = f"{sheet.since} {sheet.until} ".encode()
            found[leaf] = blake2b(said + quiet.digests[leaf], digest_size=_SIZE).digest()
    return b"".join(found)


def _is_same(marks: bytes, kept: bytes, leaf: int) -> bool:
    start, end = leaf * _SIZE, (leaf + 1) * _SIZE
    return marks[start:end] == kept[start:end] != _UNMARKED


def _retracted(lights: Lights) -> list[str]:
    lines = (
        line
        for some in lights.lines.values()
        if b" retracted" in some
        for line in some.split(b"\n")
    )
    words = (line.decode("utf-8").split(" ") for line in lines)
    return [said[0] for said in words if said[2:3] == ["retracted"]]


def _name(leaf: int) -> str:
    return f"{LIGHTS} {leaf}"
