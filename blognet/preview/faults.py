"""What is wrong, as the browser shows it. Answers: which place, which line, where in it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.errors import BlognetError, ConfigError, FaultsError

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem

_WIDEST = 200
MOST = 20
"""Faults shown at once; the terminal and /_waiting/ show all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault in words.

    Attributes:
        place: ``queue/hello.md:3:7``; "" when it has none.
        excerpt: The line and a caret below it; "" when there is none.
    """

    place: str
    code: str
    message: str
    excerpt: str
    hint: str


def faults_of(problems: tuple[Problem, ...]) -> tuple[Fault, ...]:
    """Return problems as faults to show."""
    return tuple(_fault(problem) for problem in problems)


def faults_in(error: BlognetError) -> tuple[Fault, ...]:
    """Return what an error says: its problems, else the error itself."""
    problems = error.problems if isinstance(error, ConfigError | FaultsError) else ()
    if problems:
        return faults_of(problems)
    return (Fault(place="", code="", message=error.message, excerpt="", hint=error.hint),)


def _fault(problem: Problem) -> Fault:
    where = problem.location
    numbers = [str(number) for number in (where.line, where.column) if number]
    return Fault(
        place=":".join([where.path, *numbers]),
        code=problem.code,
        message=problem.message,
        excerpt=_excerpt(problem),
        hint=problem.hint,
    )


def _excerpt(problem: Problem) -> str:
    where = problem.location
    if not where.excerpt:
        return ""
    line = where.excerpt.expandtabs(1)
    if not where.column:
        return line[:_WIDEST]
    start = max(0, where.column - _WIDEST // 2)
    shown = line[start : start + _WIDEST]
    column = where.column - 1 - start
    caret = "^" * max(1, min(where.width, len(shown) - column))
    return f"{shown}\n{' ' * column}{caret}"
