"""Findings on a terminal: counted in a word, and under the lines that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import DIM, result, safe, styled
from blognet.kernel.errors import UsageError
from blognet.kernel.problems import Severity
from blognet.moderation.findings import counted
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.moderation.findings import Finding

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def in_a_word(findings: Iterable[Finding]) -> str:
    """Return ``1 error, 2 warnings``; ``-`` for none."""
    counts = counted(findings)
    words = [
        f"{number} {severity.value}{'s' if number != 1 else ''}"
        for severity, number in counts.items()
    ]
    return ", ".join(words) or "-"


def print_annotated(text: str, findings: tuple[Finding, ...]) -> None:
    """Print a text with each finding under its line; secrets of the text are masked.

    Findings about the text as a whole come first.
    """
    by_line: dict[int, list[Finding]] = {}
    lines = masked(text).rstrip("\n").split("\n")
    for finding in findings:
        line = finding.location.line
        by_line.setdefault(line if line <= len(lines) else 0, []).append(finding)
    for finding in by_line.get(0, ()):
        result(_words_of(finding))
    if by_line.get(0):
        result()
    for number, shown in enumerate(lines, 1):
        result(shown)
        for finding in by_line.get(number, ()):
            result(f"{_underline(shown, finding)}{_words_of(finding)}")


def read_waivers(typed: tuple[str, ...]) -> Mapping[str, str]:
    """Return reasons by check from ``CHECK=REASON`` each.

    Raises:
        UsageError: There is no reason, or no check is named.
    """
    waivers: dict[str, str] = {}
    for one in typed:
        check, equals, reason = one.partition("=")
        said = masked(" ".join(safe(reason).split()))
        if not equals or not check.strip() or not said:
            message = f"'{one}' waives nothing: a check and a reason belong together"
            raise UsageError(message, hint='write it as --waive alt-text="the image is decoration"')
        waivers[check.strip()] = said
    return waivers


def _words_of(finding: Finding) -> str:
    severity = styled(finding.severity.value, _COLOURS[finding.severity])
    hint = styled(f"  ({finding.hint})", DIM) if finding.hint else ""
    return f"{severity} {finding.code} {finding.check}: {finding.message}{hint}"


def _underline(line: str, finding: Finding) -> str:
    """Return carets under the words of a finding; a line that the terminal would wrap gets an arrow."""
    column, width = finding.location.column, finding.location.width
    if not column or column > _ROOM:
        return "^ "
    blanks = "".join("\t" if character == "\t" else " " for character in line[: column - 1])
    return f"{blanks}{styled('^' * max(1, min(width, _ROOM)), _COLOURS[finding.severity])} "


_ROOM = 60
