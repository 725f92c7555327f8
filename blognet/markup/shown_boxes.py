"""Boxes as readers get them: alerts, and what folds. Answers: the HTML around a box that `boxes` marked.

Trusted code: what it writes are constants, and the words of the labels, escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from blognet.markup import allow

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.markup.values import Labels

_BOX = re.compile(
    rf'\s*<wbr {allow.OWN_MARK}="box ([a-z]+) ([a-z]+) ([a-z]+) (?:own">\s*<h6>|(label|none)">\s*)'
)
_LIST = re.compile(rf'\s*<wbr {allow.OWN_MARK}="(list|definition)">\s*')
_LIST_ELEMENTS: Final = {"list": "dl", "definition": "dd"}
LIST_END: Final = "</dl>"
DEFINITIONS: Final = frozenset({LIST_END, "</dd>"})
"""How lists of definitions, and definitions, end."""
ALERTS: Final = frozenset({"note", "tip", "important", "warning", "caution"})
"""What boxes look like; the kinds of GitHub's alerts."""
_LABELS: Final[dict[str, Callable[[Labels], str]]] = {
    "note": lambda labels: labels.note,
    "tip": lambda labels: labels.tip,
    "important": lambda labels: labels.important,
    "warning": lambda labels: labels.warning,
    "caution": lambda labels: labels.caution,
    "info": lambda labels: labels.info,
    "summary": lambda labels: labels.summary,
    "success": lambda labels: labels.success,
    "question": lambda labels: labels.question,
    "example": lambda labels: labels.example,
    "quote": lambda labels: labels.quote,
    "details": lambda labels: labels.details,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBox:
    """A box in sanitised HTML.

    Attributes:
        opening: What stands for everything up to `end`.
        closing: The end of the box.
        title_closing: The end of the title, when its words follow as they are in the source; else "".
        end: Where to go on in the source.
    """

    opening: str
    closing: str
    title_closing: str
    end: int


def alert_title(kind: str, labels: Labels) -> str:
    """Return the title of an alert, as HTML."""
    words = _LABELS[kind](labels) if kind in _LABELS else kind
    return f'<p class="alert-title">{escape(words, quote=False)}</p>'


def box_at(source: str, at: int, labels: Labels) -> ShownBox | None:
    """Return the box that begins behind a quotation's opening tag; None where it is a quotation."""
    if listed := _LIST.match(source, at):
        tag = _LIST_ELEMENTS[listed[1]]
        return ShownBox(
            opening=f"<{tag}>\n", closing=f"</{tag}>", title_closing="", end=listed.end()
        )
    found = _BOX.match(source, at)
    if found is None or found[1] not in ALERTS or found[2] not in _LABELS:
        return None
    look, label, fold, above = found.groups()
    tag, top = ("div", "p") if fold == "plain" else ("details", "summary")
    words = _LABELS[label](labels)
    about = ' role="note"' if tag == "div" else ' open=""' if fold == "open" else ""
    if above == "none":
        about += f' aria-label="{escape(words)}"'
    opening = f'<{tag} class="alert alert-{look}"{about}>\n'
    if above == "label":
        opening += f'<{top} class="alert-title">{escape(words, quote=False)}</{top}>\n'
    if above is None:
        opening += f'<{top} class="alert-title">'
    title_closing = f"</{top}>" if above is None else ""
    return ShownBox(
        opening=opening, closing=f"</{tag}>", title_closing=title_closing, end=found.end()
    )
