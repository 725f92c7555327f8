"""The small elements of a text that no author writes as HTML: marks of footnotes, boxes of tasks, anchors, and such."""

from __future__ import annotations

from html import escape, unescape
from typing import TYPE_CHECKING, Final

from blognet.markup import allow
from blognet.markup.prose import squeeze

if TYPE_CHECKING:
    from blognet.markup.page_ids import PageIds
    from blognet.markup.values import Labels

BLOCK_END: Final = "\x1e"
"""What stands between blocks in the plain text while it is gathered."""
HANDLED_BARE = frozenset("a blockquote h1 h2 h3 h4 h5 h6 img p pre table".split())
"""Elements that are shown otherwise even when they have no attributes."""
TASKS = {"done": "\u2611", "open": "\u2610"}
"""The sign of each state of a task."""


def task_html(state: str, labels: Labels) -> str:
    """Return the opening of a list's item that is a task.

    Args:
        state: One of `TASKS`.
        labels: What readers hear in place of its sign.
    """
    label = labels.task_done if state == "done" else labels.task_open
    box = f'<span class="task-box" role="img" aria-label="{escape(label)}">{TASKS[state]}</span>'
    return f'<li class="task">{box} '


def note_html(number: int, again: int, ids: PageIds, *, linked: bool) -> str:
    """Return the opening of a footnote's mark with its number.

    Args:
        number: Of the note, counted from 1.
        again: Which mark of this note it is, counted from 0.
        ids: Those of the page.
        linked: Whether it stands in a link already, where no other may begin.
    """
    own = escape(ids.reference(number, again))
    link = f'<a href="#{escape(ids.note(number))}" id="{own}" role="doc-noteref">'
    return f'<sup class="footnote-ref">{number if linked else f"{link}{number}</a>"}'


def notes_opening(labels: Labels) -> str:
    """Return the opening of the list of footnotes."""
    label = escape(labels.footnotes)
    return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}"><ol>'


def back_html(number: int, ids: PageIds, labels: Labels) -> str:
    """Return the link from a footnote back to its first mark."""
    label = escape(labels.footnote_back.replace("{number}", str(number)))
    target = f'href="#{escape(ids.reference(number))}"'
    return f' <a class="footnote-back" {target} role="doc-backlink" aria-label="{label}">\u21a9\ufe0e</a>'


def anchor_html(ident: str, title: str, labels: Labels) -> str:
    """Return the link by which a reader takes the address of a heading along."""
    label = escape(labels.anchor.replace("{title}", title))
    return f'<a class="anchor" href="#{escape(ident)}" aria-label="{label}"></a>'


def table_opening(number: int, labels: Labels) -> str:
    """Return the opening of the box in which a wide table scrolls; `number` counts those of the text from 1."""
    label = escape(f"{labels.table} {number}")
    return f'<div class="table" role="region" aria-label="{label}" tabindex="0">'


def line_of(attributes: dict[str, str]) -> int:
    """Take the line of an element from its attributes; 0 when it has none."""
    line = attributes.pop(allow.OWN_LINE, "")
    return int(line) if line.isdecimal() else 0


def read_text(pieces: list[str]) -> str:
    """Return pieces of text, still with entities, as a reader reads them in one line."""
    return squeeze(unescape("".join(pieces)).replace(BLOCK_END, " "))
