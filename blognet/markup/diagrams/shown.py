"""What readers get for a diagram: a figure with its source, or, where that cannot be, the source as a listing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from blognet.markup import codes
from blognet.markup.code_lines import ShownListing, listing_html
from blognet.markup.diagrams.graphviz import Steps, UndrawnError, draw
from blognet.markup.diagrams.svg import FONTS, write_svg
from blognet.markup.faults import Fault
from blognet.markup.tree import NotWholeError

if TYPE_CHECKING:
    from blognet.markup.raw import RawHtml

MOST_SOURCE = 20_000
"""Characters of one diagram."""
MOST_DIAGRAMS = 50
"""Diagrams of one text."""
MOST_DRAWN = 400_000
"""Characters of one drawing."""

OFF = "this diagram is shown as its source: the network draws no diagrams"
OFF_HINT = "a mayor writes markdown: {diagrams: true} into blognet.yml, with pip install 'blognet[diagrams]'"

_HEAD = re.compile(r"\s*(?:strict\s+)?(?:di)?graph\b[^{\"/#]*(?:\"[^\"]*\"\s*)?\{", re.IGNORECASE)
_FONT = f'[fontname="{FONTS.partition(",")[0]}",fontsize=12]'
_WAYS = f'graph [bgcolor="transparent"] graph {_FONT} node {_FONT} edge {_FONT} '
_DRAWING = re.compile(r"<svg role=\"img\" aria-label=\"([^\"]*)\".*?</svg>", re.DOTALL)
_SIGN = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|//[^\n]*|/\*.*?(?:\*/|\Z)|[\[\]{}\n]", re.DOTALL)


def as_names(html: str) -> str:
    """Return the HTML of a text with what each diagram shows in its place, for where there is only text."""
    if "<svg " not in html:
        return html
    return _DRAWING.sub(lambda match: f"<p>[diagram: {match[1]}]</p>", html)


@dataclass(slots=True)
class Diagrams:
    """The diagrams of one text.

    Attributes:
        raw: Where faults go.
        label: The word for a listing, in the text's language.
    """

    raw: RawHtml
    label: str
    _drawn: int = 0
    _steps: Steps = field(default_factory=Steps)

    def shown(self, source: str, line: int, name: str, title: str) -> str:
        """Return the figure; "" when there is none, because of a fault that is now known.

        Args:
            source: What stands in the fence.
            line: Line of the opening fence.
            name: What the diagram shows, in words.
            title: Shown below it; "" for none.
        """
        made = self._made(source, name or title)
        if isinstance(made, Fault):
            self.raw.refuse(codes.DIAGRAM, line + 1, source, made)
            return ""
        listing = listing_html(
            escape(source, quote=False), ShownListing(), self.label, coloured=False
        )
        details = f"<details><summary>{escape(self.label)}</summary>{listing}</details>"
        caption = escape(title, quote=False)
        return (
            f'<figure class="diagram">{made}<figcaption>{caption}{details}</figcaption></figure>\n'
        )

    def _made(self, source: str, name: str) -> str | Fault:
        self._drawn += 1
        too_many = self._drawn > MOST_DIAGRAMS or self._steps.left <= 0
        if too_many or len(source) > MOST_SOURCE:
            return _whole("the diagrams of this text are too many or too long", "split the text")
        if not name:
            hint = 'say what it shows behind the opening fence: ```dot alt="who hands what to whom"'
            return _whole("the diagram has no words for people who cannot see it", hint)
        head = _HEAD.match(source)
        dressed = f"{head[0]}{_WAYS}{source[head.end() :]}" if head else source
        try:
            svg = write_svg(draw(dressed, self._steps), name)
        except UndrawnError as error:
            return _LARGE if error.is_too_large else _fault_in(source, self._steps)
        except NotWholeError:
            return _LARGE
        return svg if len(svg) <= MOST_DRAWN else _LARGE


def _whole(message: str, hint: str) -> Fault:
    return Fault(at=0, width=0, message=message, hint=hint)


_LARGE = _whole("the diagram is too large to be drawn", "draw less: fewer nodes, fewer edges")


def _fault_in(source: str, steps: Steps) -> Fault:
    """Find the first line up to which Graphviz cannot read a text; it names none itself."""
    cuts, depths = _cuts(source)
    low, high = 0, len(cuts)
    while low < high:
        middle = (low + high) // 2
        if _is_read(source[: cuts[middle]] + "}" * depths[middle], steps):
            low = middle + 1
        else:
            high = middle
    begin = cuts[low - 1] if low else 0
    blank = len(source[begin:]) - len(source[begin:].lstrip())
    at = min(begin + blank, max(len(source.rstrip()) - 1, 0))
    width = len(source[at:].partition("\n")[0])
    hint = "each { needs its }, each [ its ], each quote its other; a diagram begins with graph or digraph"
    return Fault(
        at=at,
        width=width,
        message="not a diagram in DOT: Graphviz cannot read this line",
        hint=hint,
    )


def _is_read(source: str, steps: Steps) -> bool:
    try:
        draw(source, steps)
    except UndrawnError as error:
        return error.is_too_large
    return True


def _cuts(source: str) -> tuple[list[int], list[int]]:
    """Return where lines end outside of quotes and lists, behind the first brace, and how deep each is."""
    cuts: list[int] = []
    depths: list[int] = []
    braces = brackets = 0
    for sign in _SIGN.finditer(source):
        braces += (sign[0] == "{") - (sign[0] == "}")
        brackets += (sign[0] == "[") - (sign[0] == "]")
        if sign[0] == "\n" and braces > 0 and not brackets:
            cuts.append(sign.end())
            depths.append(braces)
    return cuts, depths
