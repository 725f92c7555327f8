"""The table of the queue: one line for each subject, or two where the terminal is too narrow for that.

A table that is cut off at the right would hide what the queue is read for, so nothing is ever left out.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from blognet.cli.findings import in_a_word
from blognet.cli.layout import columns, terminal_columns, wrapped
from blognet.cli.mayor.ages import age_words
from blognet.cli.mayor.promise import promise_cells
from blognet.cli.note_lines import count_line
from blognet.cli.output import DIM, bare, counted, print_table, result, styled, table_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.in_line import InLine
    from blognet.actions.promise import Promised
    from blognet.kernel.ids import Subject
    from blognet.moderation.findings import Finding

_TITLE = 24
"""Columns that a title should have."""
_BETWEEN = 2


def print_queue(
    rows: tuple[InLine, ...],
    findings: Mapping[Subject, tuple[Finding, ...]],
    promise: Promised,
) -> None:
    """Print what waits, in the order given."""
    answers = [promise_cells(promise, row.entry.subject)[0] for row in rows]
    table = {
        "POST": [row.entry.subject.typed for row in rows],
        "HASH": [_hash(row) for row in rows],
        "AGE": [age_words(row.age) for row in rows],
        "WHAT": [row.waiting.what_now for row in rows],
        "TURN": [row.waiting.turn.value for row in rows],
        "AUTHORS": [_authors(row) for row in rows],
        "WORDS": [str(row.waiting.words) for row in rows],
        "ANSWER": answers if set(answers) != {"-"} else [],
        "FINDINGS": [_found(findings.get(row.entry.subject, ())) for row in rows],
        "NOTES": [count_line(row.waiting.notes) for row in rows],
        "CLAIMED": [", ".join(row.claimed_by) for row in rows],
        "TITLE": [row.entry.title for row in rows],
    }
    table = {header: cells for header, cells in table.items() if any(cells)}
    if _is_narrow(table):
        _print_narrow(table)
    else:
        print_table(tuple(table), _rows(table), widest=len(table) - 1)


def _is_narrow(table: Mapping[str, list[str]]) -> bool:
    if not sys.stdout.isatty():
        return False
    needed = sum(
        max(columns(cell) for cell in (header, *cells)) + _BETWEEN
        for header, cells in table.items()
        if header != "TITLE"
    )
    return needed + _TITLE > terminal_columns()


def _print_narrow(table: Mapping[str, list[str]]) -> None:
    """Print two lines each: what tells one from the other, then its title and the rest in words."""
    first = ("POST", "WHAT", "ANSWER", "AGE", "AUTHORS")
    upper = {header: table[header] for header in first if header in table}
    head, *lines = table_lines(tuple(upper), _rows(upper), widest=0)
    result(head)
    for at, line in enumerate(lines):
        result(line)
        one = {header: cells[at] for header, cells in table.items()}
        for part in wrapped(_rest(one), terminal_columns(), indent="    "):
            result(styled(part, DIM))


def _rest(one: Mapping[str, str]) -> str:
    parts = [bare(one.get("TITLE", "")), one["HASH"], counted(int(one["WORDS"]), "word")]
    parts += [one["FINDINGS"]] if one.get("FINDINGS") else []
    parts += [f"notes: {one['NOTES']}"] if one.get("NOTES") else []
    parts += [f"{one['TURN']}'s turn"] if one["TURN"] != "mayor" else []
    parts += [f"claimed by {one['CLAIMED']}"] if one.get("CLAIMED") else []
    return " · ".join(part for part in parts if part)


def _rows(table: Mapping[str, list[str]]) -> list[tuple[str, ...]]:
    return list(zip(*table.values(), strict=True))


def _hash(row: InLine) -> str:
    content = row.entry.standing.content
    return content.short if content else "-"


def _authors(row: InLine) -> str:
    names = ", ".join(row.entry.authors) or "?"
    return names + (" (first post)" if row.waiting.is_first else "")


def _found(findings: tuple[Finding, ...]) -> str:
    return in_a_word(findings) if findings else ""
