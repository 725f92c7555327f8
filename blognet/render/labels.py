"""The words that stand inside texts (alerts, footnotes, media elsewhere), in the language of the text."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from blognet.markup import Labels
from blognet.themes.strings import IN_TEXTS

if TYPE_CHECKING:
    from blognet.themes.strings import Words


def labels_in(words: Words, tag: str) -> Labels:
    """Return the words for texts in a language.

    Places such as ``{title}`` are left for `blognet.markup` to fill in.
    """
    names = (field.name for field in fields(Labels))
    return Labels(**{name: words.unfilled(tag, IN_TEXTS + name) for name in names})
