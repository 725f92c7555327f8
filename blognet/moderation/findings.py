"""What a check found in a text, and whether it keeps the text from being approved. Values and pure functions.

A finding differs from a fault: the text can be published, but the network's policy asks somebody to look. How bad each
check's findings are is set in ``blognet.yml``; an error blocks approval until it is mended or a mayor waives the check
with a reason. What looks for them is `blognet.moderation.checks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError
from blognet.kernel.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHOWN_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing that a check found. Sorting puts findings in the order of path, line and column.

    Attributes:
        location: Where; its excerpt never shows a secret.
        code: ``BN6`` and two digits.
        check: The check's name, as in ``blognet.yml`` and behind ``--waive``.
        severity: As the settings say.
        message: One sentence without full stop.
        hint: What to do.
    """

    location: Location
    code: str
    check: str
    severity: Severity
    message: str
    hint: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it keeps its subject from being approved."""
        return self.severity is Severity.ERROR

    @property
    def problem(self) -> Problem:
        """The finding as it is shown among faults, with the check's name before its message."""
        return Problem(
            location=self.location,
            code=self.code,
            severity=self.severity,
            message=f"{self.check}: {self.message}",
            hint=self.hint,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What the checks say about exactly the bytes of a subject.

    Attributes:
        findings: Sorted.
        rules: Digest of the settings and the versions of the checks, 64 hex digits; "" when nothing was examined.
    """

    findings: tuple[Finding, ...] = ()
    rules: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an approval keeps about the checks.

    Attributes:
        findings: ``CHECK:LINE:SEVERITY`` each, in the order of the text.
        waivers: ``CHECK: REASON`` each, sorted.
        options: ``rules`` with the digest, when something was examined.
    """

    findings: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)


def judge(
    name: str, examination: Examination, waivers: Mapping[str, str], *, verb: str = "approve"
) -> Judgement:
    """Return what an approval keeps, or refuse it.

    Args:
        name: Of the subject, for the message.
        examination: Of exactly the bytes to approve.
        waivers: Reasons by check; those of checks that found nothing here are left out.
        verb: What is to be said, for the message: ``approve`` or ``force``.

    Raises:
        ConflictError: An error was found that no waiver covers.
    """
    open_errors = tuple(
        one for one in examination.findings if one.is_error and not waivers.get(one.check)
    )
    if open_errors:
        raise _blocked(name, open_errors, verb)
    found = {one.check for one in examination.findings}
    return Judgement(
        findings=tuple(
            f"{one.check}:{one.location.line}:{one.severity.value}" for one in examination.findings
        ),
        waivers=tuple(
            f"{check}: {' '.join(reason.split())}"
            for check, reason in sorted(waivers.items())
            if check in found and reason.strip()
        ),
        options={"rules": examination.rules} if examination.rules else {},
    )


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return only the findings that keep a subject from being approved, in the given order."""
    return tuple(finding for finding in findings if finding.is_error)


def counted(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """Return how many there are of each severity, worst first, those with none left out."""
    severities = [finding.severity for finding in findings]
    counts = {severity: severities.count(severity) for severity in Severity}
    return {severity: number for severity, number in counts.items() if number}


def _blocked(name: str, open_errors: tuple[Finding, ...], verb: str) -> ConflictError:
    checks = tuple(dict.fromkeys(one.check for one in open_errors))
    shown = "; ".join(
        f"{one.check} on line {one.location.line}: {one.message}"
        if one.location.line
        else f"{one.check}: {one.message}"
        for one in open_errors[:_SHOWN_AT_MOST]
    )
    more = len(open_errors) - _SHOWN_AT_MOST
    message = f"checks found what blocks {name}: {shown}" + (
        f"; and {more} more" if more > 0 else ""
    )
    waived = " ".join(f'--waive {check}="…"' for check in checks)
    hint = f'mayor return {name} -m "…", or, if it is meant: mayor {verb} {name} {waived}'
    return ConflictError(message, hint=hint)
