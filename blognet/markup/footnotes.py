"""Footnotes while a text is written. Answers: which number a note has, and the section of all notes.

Notes are numbered by their first references, wherever they are defined; one that nothing refers to is left out. It
refuses to know where references and definitions come from.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from blognet.markup import marks

_PARAGRAPH_END = "</p>\n"


@dataclass(slots=True)
class Footnotes:
    """The notes of one text. Labels are compared without case; the first definition of a label counts."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _references: dict[str, int] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)

    def refer(self, label: str) -> str:
        """Return the HTML of a reference."""
        key = label.casefold()
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        again = self._references.get(key, 0)
        self._references[key] = again + 1
        return marks.note_mark(number, again)

    def define(self, label: str, html: str) -> None:
        """Keep what a note says."""
        self._written.setdefault(label.casefold(), html)

    def section(self) -> str:
        """Return the HTML of all notes that something refers to, "" when there are none."""
        if not self._numbers:
            return ""
        notes = "".join(
            f"{marks.note_open(number)}{self._note(label, number)}</li>\n"
            for label, number in self._numbers.items()
        )
        return f"{marks.NOTES_OPEN}{notes}{marks.NOTES_CLOSE}"

    def _note(self, label: str, number: int) -> str:
        html, back = self._written.get(label, ""), marks.note_back(number)
        inside = html.removesuffix(_PARAGRAPH_END)
        return f"{html}{back}" if inside == html else f"{inside}{back}{_PARAGRAPH_END}"
