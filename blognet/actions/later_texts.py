"""The texts of sources that were not read yet, each read when somebody asks for it. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, overload

from blognet.actions.sources import Capturing, read_unit
from blognet.content.values import FileFault, Proposal
from blognet.disk.reading import MAX_TEXT, read_plain
from blognet.kernel.errors import ChangedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from blognet.actions.source_cards import TextCard
    from blognet.actions.sources import Looked
    from blognet.content.values import ReadingRules


@dataclass(slots=True, kw_only=True)
class LaterTexts:
    """The texts that were not read yet; each unit is read once, when somebody asks for one of its texts.

    Attributes:
        root: The network folder.
        rules: The network's settings.
        looked: What lies in the sources.
        cards: The text of each subject, by the subject as a text, with its unit.
        mask: Takes secrets out of a proposal's problems.
        known: Gives a text from its path and bytes, as it was read by an earlier command.
    """

    root: Path
    rules: ReadingRules
    looked: Looked
    cards: Mapping[str, tuple[str, TextCard]]
    mask: Callable[[Proposal], Proposal]
    known: Callable[[str, bytes], Proposal | None]
    _read: dict[str, Proposal] = field(default_factory=dict)

    def proposal(self, key: str) -> Proposal:
        """Read the text of a subject.

        Raises:
            ChangedError: It is another one than a moment ago.
        """
        unit, card = self.cards[key]
        if card.path not in self._read:
            kept = self._kept(unit, card.path)
            self._read |= {card.path: kept} if kept else self._parsed(unit)
        proposal = self._read.get(card.path)
        content = proposal.hash.hex if proposal and proposal.hash else ""
        if proposal is None or str(proposal.subject) != key or content != card.content:
            message = f"{card.path} changed while the command was running"
            raise ChangedError(message, hint="repeat the command")
        return proposal

    def read(self, path: str) -> Proposal | None:
        """Return a text that was read here, by its path; None when it was not."""
        return self._read.get(path)

    def _kept(self, unit: str, path: str) -> Proposal | None:
        """Return a text from what is kept of it, when that is what its file holds now."""
        found = next((one for one in self.looked.units[unit] if one.path == path), None)
        raw = read_plain(self.root, found.parts, limit=MAX_TEXT) if found else b""
        return None if isinstance(raw, FileFault) else self.known(path, raw)

    def _parsed(self, unit: str) -> Mapping[str, Proposal]:
        from blognet.content.library import read_library

        files = read_unit(self.root, self.looked.units[unit])
        capturing = Capturing()
        read_library(
            files,
            rules=self.rules,
            known_authors=self.looked.authors,
            proposing=capturing,
        )
        done = capturing.done.items()
        return {path: self.mask(one) for path, one in done if isinstance(one, Proposal)}


class Proposals(Sequence[Proposal]):
    """The proposals of a library, sorted by subject, each read when somebody asks for it."""

    def __init__(
        self, keys: Callable[[], tuple[str, ...]], read: Callable[[str], Proposal]
    ) -> None:
        """Keep how to name the subjects as texts, sorted, and how to read one."""
        self._name = keys
        self._read = read

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return self._name()

    def __len__(self) -> int:
        """Count them."""
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Proposal: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Proposal, ...]: ...
    def __getitem__(self, at: int | slice) -> Proposal | tuple[Proposal, ...]:
        """Return one, or some."""
        if isinstance(at, slice):
            return tuple(map(self._read, self._keys[at]))
        return self._read(self._keys[at])
