"""What readers get for a formula: MathML with its TeX beside it, or, where that cannot be, the TeX as it was written.

The TeX passes the sanitiser as the text of a ``<var>`` with a mark; MathML is written behind it, by `mathml` alone, so
an author's own ``<math>`` never gets there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from blognet.markup import codes
from blognet.markup.faults import Fault
from blognet.markup.formulas.limits import fault_of
from blognet.markup.formulas.mathml import RefusedError, write_mathml
from blognet.markup.formulas.words import words_of
from blognet.markup.tree import NotWholeError, read_tree

if TYPE_CHECKING:
    from math_core import LatexToMathML

    from blognet.markup.raw import RawHtml

FORMULAS_OFF = "this formula is shown as its source: the network shows no formulas"
FORMULAS_HINT = "a mayor writes markdown: {math: true} into blognet.yml"
MOST_OUTPUT = 2_000_000
"""Characters of MathML in one text; formulas beyond stay TeX."""

_PLACE = re.compile(r"(?P<at>\d+): (?P<message>.*)", re.DOTALL)
_SOURCE = re.compile(
    r"<math [^>]*><semantics>.*?<annotation [^>]*>(?P<tex>[^<]*)</annotation></semantics></math>"
)


def as_source(html: str) -> str:
    """Return the HTML of a text with each formula as its TeX in dollars, for where there is only text."""
    if "<math " not in html:
        return html
    return _SOURCE.sub(lambda match: f"<code>${match['tex']}$</code>", html)


@dataclass(slots=True)
class Formulas:
    """The formulas of one text, in order: numbered equations count through it.

    Attributes:
        raw: Where faults go.
    """

    raw: RawHtml
    _left: int = MOST_OUTPUT
    _converter: LatexToMathML | None = field(default=None)

    def shown(self, tex: str, about: str) -> tuple[str, str]:
        """Return the HTML of a formula and its words.

        Args:
            tex: As written.
            about: What `mark` wrote beside it.
        """
        _, kind, line = about.split(" ")
        is_display = kind == "block"
        made = self._made(tex, is_display=is_display)
        if isinstance(made, Fault):
            self.raw.refuse(codes.FORMULA, int(line), tex, made)
            return f'<code class="math-source">{escape(tex, quote=False)}</code>', escape(tex)
        html, words = made
        self._left -= len(html)
        return html, escape(words, quote=False)

    def _made(self, tex: str, *, is_display: bool) -> tuple[str, str] | Fault:
        if self._left < 0:
            message = (
                "the formulas of this text are too large together; this one stays as it was written"
            )
            return Fault(at=0, width=1, message=message, hint="split the text")
        if (fault := fault_of(tex)) is not None:
            return fault
        try:
            written = self._convert(tex, is_display=is_display)
        except ValueError as error:
            return _fault_in(tex, str(error))
        try:
            root = read_tree(written)
            inside = "".join(write_mathml(child) for child in root.children)
            inside = inside if len(root.children) == 1 else f"<mrow>{inside}</mrow>"
        except RefusedError as error:
            return Fault(
                at=0, width=len(tex.partition("\n")[0]), message=f"the formula has {error}"
            )
        except NotWholeError:
            return Fault(
                at=0, width=len(tex.partition("\n")[0]), message="the formula nests too deeply"
            )
        return _html(inside, tex, is_display=is_display), words_of(root)

    def _convert(self, tex: str, *, is_display: bool) -> str:
        """Return what math_core makes of a formula.

        Raises:
            ValueError: It refuses; the message begins with the offset.
        """
        from math_core import LatexError, LatexToMathML  # noqa: PLC0415 - only for a text with formulas

        if self._converter is None:
            self._converter = LatexToMathML(fancy_error=False, max_expansions=0)
        try:
            return self._converter.convert_with_global_state(tex, displaystyle=is_display)
        except LatexError as error:
            raise ValueError(str(error)) from error


def _html(inside: str, tex: str, *, is_display: bool) -> str:
    note = f'<annotation encoding="application/x-tex">{escape(tex, quote=False)}</annotation>'
    about = ' display="block"' if is_display else ""
    math = f'<math dir="ltr"{about}><semantics>{inside}{note}</semantics></math>'
    return f'<span class="math-block" tabindex="0">{math}</span>' if is_display else math


def _fault_in(tex: str, said: str) -> Fault:
    match = _PLACE.fullmatch(said)
    at = min(int(match["at"]), len(tex)) if match else 0
    message = (match["message"] if match else said).strip().rstrip(".")
    command = re.compile(r"\\(?:[a-zA-Z]+|.)|.").match(tex, at)
    first, _, rest = message.partition(" ")
    message = f"{first.lower()} {rest}" if rest else message
    hint = "write it otherwise: docs/posts.md says which commands there are"
    if "end of input" in message:
        hint = "close what is open: each { needs its }, each \\left its \\right, each \\begin its \\end"
    return Fault(
        at=at,
        width=len(command[0]) if command else 1,
        message=f"not a formula: {message}",
        hint=hint,
    )
