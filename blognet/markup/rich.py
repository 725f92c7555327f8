"""What many texts do without. Answers: does a page need the whole style sheet for it? Reads HTML that markup made."""

from __future__ import annotations

_RICH = (
    "<pre",
    "<table",
    "<math",
    "<dl",
    "<kbd",
    "<mark",
    "<summary",
    "<sup",
    "<sub",
    ' class="alert',
    ' class="footnote',
    ' class="task"',
    ' class="code-line"',
    ' class="diagram"',
    ' class="embed"',
)
"""Authors cannot write these classes: markup keeps only those of `blognet.markup.allow.CLASSES`."""


def is_rich(html: str) -> bool:
    """Whether a text holds code, a table, a box, a footnote, a task, a formula, a drawing, a video or a rarer tag.

    The rules for these stand between ``/* only rare */`` and ``/* end only */`` in a theme's style sheet.
    """
    return any(sign in html for sign in _RICH)
