"""Text in blocks of plain words, for where there is no HTML: terminals, messages. Values only; knows no widths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Look(Enum):
    """How a stretch of words is meant."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    DELETED = "deleted"
    IMAGE = "image"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of one look; a line feed in them is one that the author wants."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, item, listing, table or rule.

    Attributes:
        spans: Its words; of a table the cells of all rows, none of them cut yet.
        heading: Its level on the page, 0 for anything else.
        first: What stands before its first line: ``• ``, ``> ``.
        rest: What stands before its other lines, as wide.
        is_fixed: Whether blanks and line ends count: a listing.
        is_close: Whether it follows the block before it without an empty line: an item of a list.
        is_rule: Whether it is a line across.
        rows: The cells of a table.
    """

    spans: tuple[Span, ...] = ()
    heading: int = 0
    first: str = ""
    rest: str = ""
    is_fixed: bool = False
    is_close: bool = False
    is_rule: bool = False
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(span.text for span in self.spans)


def lines_of(block: Block) -> Iterator[tuple[Span, ...]]:
    """Give the lines that a block has by itself: those of a listing, or those that the author broke."""
    line: list[Span] = []
    for span in block.spans:
        first, *rest = span.text.split("\n")
        line.append(Span(text=first, look=span.look))
        for text in rest:
            yield tuple(line)
            line = [Span(text=text, look=span.look)]
    yield tuple(line)
