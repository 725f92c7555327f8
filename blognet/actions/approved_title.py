"""What an approved version is called: its title or name, from the approved text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from blognet.moderation.approvals import Approved
    from blognet.moderation.record import SubjectRecord


def approved_title(decided: SubjectRecord, version: Approved) -> str:
    """Return the title or name of an approved version, secrets masked; "" when the record does not hold it."""
    from blognet.content.titles import title_in

    text = decided.texts.get(version.content)
    return masked(title_in(decided.subject, text)) if text is not None else version.facts.title
