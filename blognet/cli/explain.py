"""``blognet explain``: what a problem code means, and docs/problems.md, which is made from the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_code
from blognet.cli.output import BOLD, print_json, result, styled
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from blognet.kernel.problems import CodeEntry


@click.command("explain")
@click.argument("codes", nargs=-1, metavar="[CODE]...", shell_complete=complete_code)
@click.option("--all", "everything", is_flag=True, help="All codes.")
@click.option("--markdown", is_flag=True, help="Write a page of Markdown.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def explain_command(
    codes: tuple[str, ...], *, everything: bool, markdown: bool, as_json: bool
) -> int:
    """Explain a problem code, such as BN104: what it means and how to mend it."""
    from blognet.actions.explain import all_codes

    known = all_codes()
    if not codes and not everything:
        message = "no code was given"
        raise UsageError(message, hint="blognet explain BN101, or blognet explain --all")
    chosen = known if everything else tuple(_named(code, known) for code in codes)
    if as_json:
        print_json(1, codes=[_values(entry) for entry in chosen])
    elif markdown:
        for line in problems_page(chosen):
            result(line)
    else:
        for at, entry in enumerate(chosen):
            if at:
                result()
            _print(entry)
    return 0


def problems_page(entries: tuple[CodeEntry, ...]) -> list[str]:
    """Return the lines of docs/problems.md."""
    from blognet.actions.explain import PARTS

    lines = [
        "# Problems, by code",
        "",
        "Every fault that blognet reports has a code. `blognet explain CODE` prints what stands here.",
        "This page is written by `blognet explain --all --markdown`; edit the tables in the code instead.",
    ]
    for beginning, title in PARTS:
        part = [entry for entry in entries if entry.code.startswith(beginning)]
        if part:
            lines += ["", f"## {title}"]
        for entry in part:
            lines += ["", f"### {entry.code}: {entry.title}", "", entry.meaning, ""]
            lines += [f"**To mend it:** {entry.mend}"]
    return lines


def _named(typed: str, known: tuple[CodeEntry, ...]) -> CodeEntry:
    from blognet.kernel.nearest import nearest

    by_code = {entry.code: entry for entry in known}
    wanted = typed.strip().upper()
    digits = wanted.removeprefix("BN")
    if digits.isdecimal():
        wanted = f"BN{digits:0>3}"
    if wanted not in by_code:
        near = nearest(wanted, by_code)
        message = f"there is no problem code '{typed}'"
        hint = f"did you mean {near}? " if near else ""
        raise UsageError(message, hint=f"{hint}blognet explain --all lists every code")
    return by_code[wanted]


def _print(entry: CodeEntry) -> None:
    result(styled(f"{entry.code}  {entry.title}", BOLD))
    result(f"  {entry.meaning}")
    result(f"  To mend it: {entry.mend}")


def _values(entry: CodeEntry) -> dict[str, str]:
    return {
        "code": entry.code,
        "title": entry.title,
        "meaning": entry.meaning,
        "mend": entry.mend,
    }
