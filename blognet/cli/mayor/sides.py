"""Both sides of a contest, so that one more decision can settle it; and how a difference is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import BOLD, bare, result, say, styled
from blognet.kernel.times import iso
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.actions.show import Version
    from blognet.actions.sides import Side

_COLOURS = {"+": "32", "-": "31", "@": "36"}


def print_all_sides(entry: Entry) -> None:
    """Print each decision of a contest; when nothing is contested, that is said."""
    lines = side_lines(entry)
    if not lines:
        say(f"{entry.subject.typed} is not contested.")
    for line in lines:
        result(line)


def side_lines(entry: Entry) -> list[str]:
    """Return each decision of a contest: who, when, words, and its text against what is published or the other's."""
    from blognet.actions.sides import sides_of_contest

    name = entry.subject.typed
    contest = sides_of_contest(entry)
    if contest is None:
        return []
    lines = [f"{name} is contested: these decisions did not see each other"]
    for side in contest.sides:
        lines += ["", *_lines_of(side, before=contest.before)]
    lines += ["", "One decision more settles it:"]
    lines += [f"  mayor approve {name} --version {short}" for short in contest.approved]
    return [
        *lines,
        f'  mayor decline {name} -m "…"    (what was published before all of them stays)',
    ]


def _lines_of(side: Side, *, before: Version | None) -> list[str]:
    from blognet.actions.show import difference

    event = side.event
    content = f"@{event.content.short}" if event.content else ""
    lines = [styled(f"{event.actor} {event.verb.value}{content}  {iso(event.time)}", BOLD)]
    words = side.words.rstrip("\n").split("\n") if side.words else ()
    lines += [f"  {bare(line)}" for line in words]
    if side.version is None:
        return [*lines, "  (its text is not in the record: only approved texts are)"]
    if before is None:
        return [*lines, "", *map(bare, masked(side.version.text).rstrip("\n").split("\n"))]
    found = difference(before, side.version)
    return [*lines, "", *map(_coloured, map(bare, found.lines)), *found.assets]


def _coloured(line: str) -> str:
    return styled(line, _COLOURS[line[0]]) if line[:1] in _COLOURS else line
