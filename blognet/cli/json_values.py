"""Problems and findings as the JSON of every listing has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem
    from blognet.moderation.findings import Finding


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


def finding_values(finding: Finding) -> dict[str, object]:
    """Return a finding for JSON: a problem with the name of its check."""
    values = problem_values(finding.problem)
    return {"check": finding.check, **values, "message": finding.message}
