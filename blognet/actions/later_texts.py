"""The texts of sources that were not read yet, each read when somebody asks for it. Knows no index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from blognet.actions.sources import Capturing, read_unit
from blognet.content.values import Proposal
from blognet.kernel.errors import ChangedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
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
    """

    root: Path
    rules: ReadingRules
    looked: Looked
    cards: Mapping[str, tuple[str, TextCard]]
    mask: Callable[[Proposal], Proposal]
    _read: dict[str, Proposal] = field(default_factory=dict)

    def proposal(self, key: str) -> Proposal:
        """Read the text of a subject.

        Raises:
            ChangedError: It is another one than a moment ago.
        """
        from blognet.content.library import read_library

        unit, card = self.cards[key]
        if card.path not in self._read:
            files = read_unit(self.root, self.looked.units[unit])
            capturing = Capturing()
            read_library(
                files,
                rules=self.rules,
                known_authors=self.looked.authors,
                proposing=capturing,
            )
            self._read |= {
                path: self.mask(one)
                for path, one in capturing.done.items()
                if isinstance(one, Proposal)
            }
        proposal = self._read.get(card.path)
        content = proposal.hash.hex if proposal and proposal.hash else ""
        if proposal is None or str(proposal.subject) != key or content != card.content:
            message = f"{card.path} changed while the command was running"
            raise ChangedError(message, hint="repeat the command")
        return proposal


class Proposals(Sequence[Proposal]):
    """The proposals of a library, sorted by subject, each read when somebody asks for it."""

    def __init__(self, keys: Iterable[str], read: Callable[[str], Proposal]) -> None:
        """Keep the subjects as texts, sorted, and how to read one."""
        self._keys = tuple(keys)
        self._read = read

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
