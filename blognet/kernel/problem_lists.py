"""Problems as plain lists, so that they can be kept as JSON and told again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence


def problem_as_list(problem: Problem) -> list[str | int]:
    """Write a problem as a list for JSON."""
    place = problem.location
    return [
        place.path,
        place.line,
        place.column,
        place.width,
        place.key,
        place.excerpt,
        problem.code,
        problem.severity.value,
        problem.message,
        problem.hint,
    ]


def problem_from_list(said: Sequence[object]) -> Problem:
    """Read what `problem_as_list` wrote.

    Raises:
        ValueError: It is something else.
    """
    match said:
        case [
            str() as path,
            int() as line,
            int() as column,
            int() as width,
            str() as key,
            str() as excerpt,
            str() as code,
            str() as severity,
            str() as message,
            str() as hint,
        ]:
            return Problem(
                location=Location(
                    path=path, line=line, column=column, width=width, key=key, excerpt=excerpt
                ),
                code=code,
                severity=Severity(severity),
                message=message,
                hint=hint,
            )
        case _:
            message = "this is no problem"
            raise ValueError(message)
