"""Faults that a person can mend, as values. Answers: what is wrong, where, and what to do next.

A problem is never raised: everything is checked to the end and all problems of a run are shown at once. How they
look on a terminal is `blognet.cli`'s affair; what each code means is docs/problems.md, printed by
``blognet explain CODE``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error keeps the subject waiting, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """A place in a source.

    Attributes:
        path: Path inside the network folder (or the importer's tree), ``/``-separated.
        line: Counted from 1; 0 when the whole file is meant.
        column: Counted from 1 in characters; 0 when the whole line is meant.
        width: Characters to underline from the column; 0 when unknown.
        key: Key path in YAML, e.g. ``authors[1]``; "" when none.
        excerpt: The text of the line, for the caret; "" when none.
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 0
    key: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One fault. Sorting puts problems in the order of path, line and column.

    Attributes:
        location: Where it is.
        code: ``BN`` and three digits; each room lists its own in its ``codes.py``.
        severity: Error, warning or note.
        message: One sentence: what was found and what was expected. No full stop at the end.
        hint: What to type or change next; "" when the message says it already.
    """

    location: Location
    code: str
    severity: Severity = Severity.ERROR
    message: str
    hint: str = ""

    @property
    def is_error(self) -> bool:
        """Whether this fault keeps its subject waiting."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CodeEntry:
    """What a problem code means, for ``blognet explain`` and docs/problems.md.

    Attributes:
        code: ``BN`` and three digits.
        title: A few words.
        meaning: What was found and why it matters; one to three sentences.
        mend: What to do; one to three sentences.
    """

    code: str
    title: str
    meaning: str
    mend: str


def errors_in(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return only the problems of severity error, in the given order."""
    return tuple(problem for problem in problems if problem.is_error)
