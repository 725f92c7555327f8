"""What the process with the sockets asks of the one that knows the network, and what that one answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.preview.answers import Answer

if TYPE_CHECKING:
    from blognet.kernel.errors import BlognetError
    from blognet.kernel.problems import Problem
    from blognet.preview.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class GivePage:
    """What is at an address?"""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """Gather what pages look up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindChanges:
    """Which files differ from the last whole look?"""

    only: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Show some files as they are now."""

    paths: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Begin a process that stands in while this one looks.

    Attributes:
        patience: For how many seconds to wait for pages that are being made, and to begin no other ones.
    """

    patience: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Look at everything."""

    only: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Answer what was asked, and end."""


Asked = GivePage | Warm | FindChanges | Notice | StandIn | Look | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The files that differ."""

    paths: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What there is now, and whether that is new."""

    is_new: bool
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodIn:
    """Whether another process stands in; a way to it was handed over then.

    Attributes:
        has_begun: Whether it does.
        is_busy: Whether pages are being made, so that it could not begin; asked again, it may.
    """

    has_begun: bool
    is_busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """There is nothing to show, and why."""

    kind: type[BlognetError]
    message: str
    hint: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A bug, as Python told it."""

    trace: str


Answered = Answer | Changes | Seen | StoodIn | Refused | Failed
