"""Checks on what is drawn from a text of its own. Says what `blognet.markup` could not make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.markup.codes import DIAGRAM, FORMULA
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.markup import Document
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource


def formulas(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report formulas that cannot be shown as formulas."""
    del source, settings, facts
    yield from _reports(document, FORMULA)


def diagrams(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report diagrams that cannot be drawn."""
    del source, settings, facts
    yield from _reports(document, DIAGRAM)


def _reports(document: Document, code: str) -> Iterator[Report]:
    for problem in document.problems:
        if problem.code == code:
            yield Report(
                code=code, location=problem.location, message=problem.message, hint=problem.hint
            )
