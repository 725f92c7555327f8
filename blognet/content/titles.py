"""What a text is called, at a glance: for lists of what only the record holds. Reports nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.fences import split_front_matter
from blognet.content.front_matter import load_block, title_text
from blognet.content.headings import heading_of
from blognet.content.profile import name_at_a_glance
from blognet.content.spelling import spelled
from blognet.kernel.ids import Kind

if TYPE_CHECKING:
    from blognet.kernel.ids import Subject


def title_in(subject: Subject, text: str) -> str:
    """Return the title of a post or page, or the name in a profile; "" when the text tells none."""
    fenced = split_front_matter(text)
    document, _ = load_block(fenced, text=text, path="")
    if document is None:
        return ""
    if subject.kind is Kind.PROFILE:
        return name_at_a_glance(document)
    return title_text(spelled(document)) or heading_of(fenced)[2]
