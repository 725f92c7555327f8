"""What few texts hold. Answers: does a page need the style sheet for it? Reads HTML that markup made."""

from __future__ import annotations

_RICH = ('<figure class="listing">', ' class="code-line"', '<figure class="embed">')
"""Authors cannot write these: of classes, markup keeps only those of `blognet.markup.allow.CLASSES`."""


def is_rich(html: str) -> bool:
    """Whether a text holds a video, or a listing with a title or with lines that stand out."""
    return any(sign in html for sign in _RICH)
