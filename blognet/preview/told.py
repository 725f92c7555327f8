"""What everybody but the pages is told of a state: browsers by events, a person in the terminal. Values alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem
    from blognet.preview.answers import Answer
    from blognet.preview.faults import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why what is shown is not what lies on disk.

    Attributes:
        message: In a sentence.
        problems: The faults behind it, if it has any.
    """

    message: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one state of a preview.

    Attributes:
        version: Counts the states.
        base: The base path of the server: ``/blog``, or "" at the root of a host.
        styles: Digest of the style sheets; "" while the theme cannot be used.
        faults: What is wrong now.
        remarks: Everything that a person in the terminal should read.
        changed: The source files that differ from the last look.
        waiting: How many subjects wait.
        seconds: How long the look took.
        trouble: Why the last state that could be read is shown; None when it is the present one.
        is_known: Whether a person was told all of it before: a whole look found what a peek had shown.
    """

    version: int
    base: str
    styles: str
    faults: tuple[Fault, ...]
    remarks: tuple[Problem, ...]
    changed: frozenset[str]
    waiting: int
    seconds: float
    trouble: Trouble | None = None
    is_known: bool = False


class Showing(Protocol):
    """What is shown, be it made in this process or in another one. Many threads may ask."""

    @property
    def told(self) -> Told:
        """What is told of the present state."""
        ...

    def answer(self, target: str) -> Answer:
        """Return what is at an address.

        Args:
            target: Path and query of the request, as it came.
        """
        ...

    def warm(self) -> None:
        """Gather what pages look up, before somebody asks for one."""
        ...

    def changes(self, only: frozenset[str] | None = None) -> frozenset[str]:
        """Return the files that differ from the last whole look, as far as their marks tell."""
        ...

    def notice(self, paths: frozenset[str]) -> bool:
        """Show some files as they are now, before everything is looked at; return whether that could be done."""
        ...

    def refresh(self, only: frozenset[str] | None = None) -> bool:
        """Look again, at some folders of the network or at all; return whether there is a new state."""
        ...

    def wait_for_other(self, version: int, *, seconds: float) -> Told | None:
        """Return what is told once the state is another than `version`; None when it stays so long."""
        ...

    def end(self) -> None:
        """Let nobody wait any longer."""
        ...
