"""How things look on a terminal: problems with their caret, tables, JSON. Only results go to standard output."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

from blognet.kernel.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from blognet.kernel.problems import Problem

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
BOLD, DIM, ITALIC, STRUCK = "1", "2", "3", "9"
MAX_EXCERPT = 120
_NO_TERMINAL = 10_000
_BETWEEN = 2
_COLOUR = re.compile(r"(\033\[(?:0|1|2|3|9|31|31;1|32|33|36)m)")


def say(message: str = "") -> None:
    """Print a message for the person: standard error."""
    sys.stdout.flush()
    sys.stderr.write(safe(message) + "\n")


def result(text: str = "") -> None:
    """Print a line of the result: standard output."""
    sys.stdout.write(safe(text) + "\n")


def print_json(schema: int, **values: object) -> None:
    """Print a result as JSON with the number of its schema."""
    text = json.dumps({"schema": schema, **values}, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")


def print_error(message: str, *, hint: str = "") -> None:
    """Print why a command ended, and what to type next."""
    say(f"{styled('error', '31;1', error=True)}: {message}")
    if hint:
        say(f"  {hint}")


def print_problems(problems: Iterable[Problem], *, to_result: bool = False) -> None:
    """Print problems in the order of path and line, each with its line and caret."""
    write = result if to_result else say
    for problem in sorted(problems):
        for line in problem_lines(problem, error=not to_result):
            write(line)


def problem_lines(
    problem: Problem,
    *,
    error: bool = True,
    room: int = MAX_EXCERPT + 6,
    names_file: bool = True,
) -> list[str]:
    """Return the lines that show a problem: place, code and message; the excerpt; the caret and hint.

    Args:
        problem: What is shown.
        error: Whether it goes to standard error.
        room: Columns for the excerpt, its indent and the ellipses at its ends included.
        names_file: Whether its file is named; where it stands below its line, that says nothing new.
    """
    where = problem.location
    place = where.path if names_file or not where.line else "line "
    if where.line:
        place += f"{':' if names_file else ''}{where.line}" + (
            f":{where.column}" if where.column else ""
        )
    severity = styled(problem.severity.value, _COLOURS[problem.severity], error=error)
    lines = [f"{styled(place, BOLD, error=error)}  {severity} {problem.code}  {problem.message}"]
    hint = problem.hint
    if where.excerpt and where.line:
        excerpt, column = _shortened(where.excerpt, where.column, min(MAX_EXCERPT, room - 6))
        lines.append(f"    {excerpt}")
        if column:
            indent = " " * 4 + _as_blank(excerpt[: column - 1])
            caret = "^" * max(1, min(where.width, len(excerpt) - column + 1))
            lines.append(
                f"{indent}{styled(caret, _COLOURS[problem.severity], error=error)}  {hint}".rstrip()
            )
            hint = ""
    if hint:
        lines.append(f"    {hint}")
    return lines


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 post``, ``2 posts``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, widest: int | None = None
) -> None:
    """Print columns; the column `widest` gives way on a narrow terminal, and nothing is cut where there is none."""
    for line in table_lines(headers, rows, widest=widest):
        sys.stdout.write(line + "\n")


def table_lines(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, widest: int | None = None
) -> list[str]:
    """Return the lines of a table as `print_table` prints them: the headers, then one for each row."""
    said = [headers, *([safe(cell) for cell in row] for row in rows)]
    if all(cell.isprintable() for row in said for cell in row):
        widths = [max(map(width_of, column)) for column in zip(*said, strict=True)]
        if sum(widths) + _BETWEEN * (len(widths) - 1) <= _room():
            head, *lines = (_in_columns(row, widths) for row in said)
            return [styled(head, DIM), *lines]
    return _squeezed(headers, rows, widest)


def _in_columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - width_of(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return (" " * _BETWEEN).join(padded).rstrip()


def _room() -> int:
    if not sys.stdout.isatty():
        return _NO_TERMINAL
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _squeezed(
    headers: Sequence[str], rows: Sequence[Sequence[str]], widest: int | None
) -> list[str]:
    """Return the lines of a table that is too wide for a terminal, or holds more than plain text."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    dim = "dim" if _wants_colour(sys.stdout) else ""  # of weights, rich lets NO_COLOR keep some
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=dim)
    for at, header in enumerate(headers):
        longest = max(cell_len(cell) for cell in (header, *(row[at] for row in rows)))
        fixed = None if at == widest else longest
        table.add_column(header, no_wrap=True, overflow="ellipsis", min_width=fixed)
    for row in rows:
        table.add_row(*(Text(safe(cell), no_wrap=True, overflow="ellipsis") for cell in row))
    console = Console(file=sys.stdout, width=_room(), no_color=not _wants_colour(sys.stdout))
    with console.capture() as captured:
        console.print(table)
    return [line.rstrip() for line in captured.get().splitlines()]


def width_of(text: str) -> int:
    """Return how many columns a text takes: wide characters take two, combining ones none."""
    if text.isascii() and text.isprintable():  # nearly all
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def styled(text: str, code: str, *, error: bool = False) -> str:
    """Return text in a colour or weight when the stream is a terminal that wants it (NO_COLOR is obeyed)."""
    wanted = _wants_colour(sys.stderr if error else sys.stdout)
    return f"\033[{code}m{text}\033[0m" if wanted else text


def has_colour() -> bool:
    """Whether results are shown in colours and weights; without them, marks have to say the same."""
    return _wants_colour(sys.stdout)


def bare(text: str) -> str:
    """Return what somebody wrote without any control character, colours included."""
    return _without_controls(text)


def _wants_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def safe(text: str) -> str:
    """Return text without control characters, so that an author's title cannot steer or hide things on a terminal.

    Only the few colours that `styled` writes stay.
    """
    parts = _COLOUR.split(text)
    return "".join(part if at % 2 else _without_controls(part) for at, part in enumerate(parts))


def _without_controls(text: str) -> str:
    return "".join(
        "\ufffd"
        if character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cf", "Cs"}
        else character
        for character in text
    )


def _as_blank(text: str) -> str:
    """Return blanks as wide as a text: wide characters take two columns, combining ones none."""
    widths = (
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
    return " " * sum(widths)


def _shortened(excerpt: str, column: int, longest: int) -> tuple[str, int]:
    """Return the part of a long line around its caret, and the column there."""
    plain = excerpt.expandtabs(1)
    if len(plain) <= longest:
        return plain, column
    start = max(0, column - longest // 2)
    end = start + longest
    prefix = "…" if start else ""
    suffix = "…" if end < len(plain) else ""
    return prefix + plain[start:end] + suffix, column - start + len(prefix) if column else 0
