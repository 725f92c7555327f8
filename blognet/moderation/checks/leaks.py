"""Reports of secrets: which kind, where; never what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.markup import Document
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource


def secrets(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report every key and token."""
    del document, settings, facts
    for secret in source.secrets:
        yield Report(
            code=codes.SECRETS,
            location=source.place(secret.start, secret.end),
            message=f"this looks like {secret.what}",
            hint="revoke it where it was issued, then take it out; it may be known already",
        )
