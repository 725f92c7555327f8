"""What was told already: ``.blognet/told.json``, private to one copy of the network.

Safe to lose: without it, and when it cannot be read, nothing is known to have been told, and whoever tells asks first.
Events are named by the first digits of their ids.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.reading import read_plain
from blognet.disk.writing import replace_file
from blognet.kernel.ids import AuthorId, parse_author_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT = 1
_NAME = "told.json"
_LONGEST = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told to whom.

    Attributes:
        events: For each person, what was told to them.
        letters: For each person, the day of the last message.
        digests: For each mayor, the day of the last digest.
        hook: What was handed to the chat hook.
    """

    events: Mapping[AuthorId, frozenset[str]] = field(default_factory=dict)
    letters: Mapping[AuthorId, date] = field(default_factory=dict)
    digests: Mapping[AuthorId, date] = field(default_factory=dict)
    hook: frozenset[str] = frozenset()

    def of(self, reader: AuthorId) -> frozenset[str]:
        """Return what was told to a person."""
        return self.events.get(reader, frozenset())

    def adding(self, reader: AuthorId, events: Iterable[str]) -> Told:
        """Return this with more told to a person."""
        both = self.of(reader) | frozenset(events)
        return replace(self, events=MappingProxyType({**self.events, reader: both}))

    def on(self, day: date, reader: AuthorId, *, has_digest: bool) -> Told:
        """Return this with the day of a message, and of a digest when it held one."""
        digests = {**self.digests, reader: day} if has_digest else self.digests
        letters = {**self.letters, reader: day}
        return replace(
            self, letters=MappingProxyType(letters), digests=MappingProxyType(dict(digests))
        )

    def hooked(self, events: Iterable[str]) -> Told:
        """Return this with more handed to the chat hook."""
        return replace(self, hook=self.hook | frozenset(events))


def read_told(root: Path) -> Told | None:
    """Return what was told; None when nothing says so any more."""
    raw = read_plain(root, (PRIVATE, _NAME), limit=_LONGEST)
    if isinstance(raw, FileFault):
        return None
    try:
        said: object = json.loads(raw)
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            return None
        return Told(
            events=MappingProxyType(
                {
                    _author(name): frozenset(_texts(ids))
                    for name, ids in _mapping(said.get("events")).items()
                }
            ),
            letters=MappingProxyType(_days(said.get("letters"))),
            digests=MappingProxyType(_days(said.get("digests"))),
            hook=frozenset(_texts(said.get("hook"))),
        )
    except (ValueError, RecursionError):
        return None


def keep_told(root: Path, told: Told) -> None:
    """Remember what was told, in place of what was remembered before.

    Raises:
        BlognetError: When the disk refuses.
    """
    said = {
        "digests": {name: day.isoformat() for name, day in told.digests.items()},
        "events": {name: sorted(ids) for name, ids in told.events.items()},
        "format": FORMAT,
        "hook": sorted(told.hook),
        "letters": {name: day.isoformat() for name, day in told.letters.items()},
    }
    raw = (json.dumps(said, sort_keys=True, indent=1) + "\n").encode("utf-8")
    replace_file(private_folder(root) / _NAME, raw)


def _days(said: object) -> dict[AuthorId, date]:
    return {_author(name): date.fromisoformat(str(day)) for name, day in _mapping(said).items()}


def _mapping(said: object) -> dict[object, object]:
    if not isinstance(said, dict):
        raise ValueError  # noqa: TRY004  a damaged file, not a mistake of the caller
    return said


def _texts(said: object) -> list[str]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise ValueError
    return said


def _author(name: object) -> AuthorId:
    author = parse_author_id(str(name))
    if author is None:
        raise ValueError
    return author
