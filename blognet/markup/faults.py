"""What is wrong with a part of a text that has a language of its own, such as a formula. Values, and their places."""

from __future__ import annotations

from dataclasses import dataclass

from blognet.kernel.problems import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a part is not shown as its author meant it.

    Attributes:
        at: Offset in the part.
        width: Characters to underline; 0 for the whole line.
        message: What was found and what was expected.
        hint: What to write instead; "" when the message says it.
    """

    at: int
    width: int
    message: str
    hint: str = ""


def place_in(
    lines: tuple[str, ...], first_line: int, line: int, written: str, fault: Fault
) -> Location:
    """Return the place of a fault, without a path.

    Args:
        lines: The source.
        first_line: The number of its first line.
        line: The number of the line on which the part begins.
        written: The part.
        fault: With the offset in it.
    """
    before, _, _ = written[: fault.at].rpartition("\n")
    begins = len(before) + 1 if "\n" in written[: fault.at] else 0
    number = line + written.count("\n", 0, fault.at)
    index = number - first_line
    if not 0 <= index < len(lines):
        return Location(path="", line=number)
    excerpt = lines[index]
    within = written[begins:].partition("\n")[0]
    column = excerpt.find(within) if within else -1
    if column < 0 or not fault.width:
        return Location(path="", line=number, excerpt=excerpt)
    column += fault.at - begins
    width = max(1, min(fault.width, len(excerpt) - column))
    return Location(path="", line=number, column=column + 1, width=width, excerpt=excerpt)
