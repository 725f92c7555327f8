"""Errors that stop a run and that a person can fix. A subclass exists only where a caller would act differently.

Each carries its data as attributes and composes its message itself; only `blognet.cli` prints, and it maps the
class to an exit code (design: 1 failed, 2 usage, 3 configuration, 4 not allowed, 5 conflict).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem


class BlognetError(Exception):
    """The operation failed and says why. Exit code 1.

    Attributes:
        message: A sentence without blame: what, where.
        hint: What to type next; "" when nothing helps.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(BlognetError):
    """The command was called in a way that makes no sense. Exit code 2."""


class ConfigError(BlognetError):
    """``blognet.yml`` is missing or faulty, or no network folder was found. Exit code 3.

    Attributes:
        problems: Every fault found, for the caret display; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        """Keep the faults beside the message."""
        super().__init__(message, hint=hint)
        self.problems = problems


class NotAllowedError(BlognetError):
    """The person may not do this. Exit code 4."""


class ConflictError(BlognetError):
    """Something changed since the person saw it. Exit code 5."""


class ChangedError(ConflictError):
    """A file is another than it was when this command looked at it; whoever looks again gets further."""


class FaultsError(BlognetError):
    """Content, or the record, is faulty in a way that stops the run. Exit code 1.

    Attributes:
        problems: Every fault found, sorted.
    """

    def __init__(self, message: str, *, problems: tuple[Problem, ...], hint: str = "") -> None:
        """Keep the faults beside the message."""
        super().__init__(message, hint=hint)
        self.problems = tuple(sorted(problems))
