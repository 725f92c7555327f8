"""Problems as the JSON of every listing has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem


def problem_values(problem: Problem) -> dict[str, object]:
    """Return a problem for JSON; line and column are None when the whole file or line is meant."""
    where = problem.location
    return {
        "path": where.path,
        "line": where.line or None,
        "column": where.column or None,
        "key": where.key,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "excerpt": where.excerpt,
    }
