"""What is drawn from a language of its own in a text: formulas and diagrams. Answers: what `dress` writes for them.

Trusted code, behind the sanitiser: TeX and DOT came through it as text, and what stands for them was made by us.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from blognet.markup import codes
from blognet.markup.diagrams.fences import MARK as DIAGRAM
from blognet.markup.formulas.fences import MARK as FORMULA

if TYPE_CHECKING:
    from blognet.markup.diagrams.shown import Diagrams
    from blognet.markup.formulas.shown import Formulas
    from blognet.markup.raw import RawHtml
    from blognet.markup.values import MarkupOptions

__all__ = ["DIAGRAM", "FORMULA", "Drawn"]


@dataclass(slots=True)
class Drawn:
    """The formulas and diagrams of one text, in order.

    Attributes:
        raw: Where problems go.
        options: How to render.
    """

    raw: RawHtml
    options: MarkupOptions
    _formulas: Formulas | None = None
    _diagrams: Diagrams | None = None

    def formula(self, tex: str, mark: str) -> tuple[str, str]:
        """Return the HTML of a formula, and its words as HTML.

        Args:
            tex: As written.
            mark: What stands on its ``<var>``.
        """
        from blognet.markup.formulas.shown import Formulas  # noqa: PLC0415  # few texts have any

        self._formulas = self._formulas or Formulas(raw=self.raw)
        return self._formulas.shown(tex, mark)

    def fence(self, source: str, mark: str, name: str, title: str) -> tuple[str, str]:
        """Return the HTML of what a fence holds, and its words as HTML; "" for both when it stays a listing.

        Args:
            source: As written.
            mark: What stands on its ``<pre>``.
            name: What a diagram shows.
            title: What stands below a diagram.
        """
        line = int(mark.rpartition(" ")[2])
        if mark.startswith(FORMULA):
            if self.options.math:
                html, words = self.formula(source.strip(), mark)
                return f"<p>{html}</p>\n", words
            from blognet.markup.formulas.shown import FORMULAS_HINT, FORMULAS_OFF  # noqa: PLC0415  # few texts have any

            self.raw.report(
                codes.FORMULAS_OFF, line - 1, FORMULAS_OFF, hint=FORMULAS_HINT, note=True
            )
            return "", ""
        from blognet.markup.diagrams.shown import OFF, OFF_HINT, Diagrams  # noqa: PLC0415  # few texts have any

        if not self.options.diagrams:
            if name:
                self.raw.report(codes.DIAGRAMS_OFF, line, OFF, hint=OFF_HINT, note=True)
            return "", ""
        self._diagrams = self._diagrams or Diagrams(raw=self.raw, label=self.options.labels.code)
        figure = self._diagrams.shown(source, line, name, title)
        return figure, escape(f"{name} {title}", quote=False) if figure else ""
