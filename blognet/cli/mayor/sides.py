"""Both sides of a contest, so that one more decision can settle it; and how a difference is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import BOLD, bare, result, say, styled
from blognet.kernel.times import iso
from blognet.moderation.secrets import masked
from blognet.moderation.standing import Live

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.actions.show import Version
    from blognet.actions.sides import Contest, Side

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


def contest_lines(entry: Entry) -> list[str]:
    """Return which decisions contradict each other, what readers see meanwhile, and what settles it.

    An empty line stands before them; when nothing is contested, there are none.
    """
    from blognet.actions.sides import sides_of_contest

    contest = sides_of_contest(entry)
    if contest is None:
        return []
    name = entry.subject.typed
    return [
        "",
        f"{name} is contested: these decisions did not see each other",
        *(f"  {_in_a_line(side)}" for side in contest.sides),
        *_why(contest),
        f"  until one more decision settles it, {_meanwhile(entry, contest)}",
        *_ways_out(name, contest),
        f"  See both texts, and what settles it: mayor diff {name} --sides",
    ]


def _in_a_line(side: Side) -> str:
    event = side.event
    content = f"@{event.content.short}" if event.content else ""
    said = f": {' '.join(side.words.split())}" if side.words.strip() else ""
    return bare(f"{iso(event.time)}  {event.actor}  {event.verb.value}{content}{said}")


def _why(contest: Contest) -> list[str]:
    if not contest.unaware:
        return []
    names = " and ".join(contest.unaware)
    return [f"  {names} answered in a copy that did not have the approval yet"]


def _meanwhile(entry: Entry, contest: Contest) -> str:
    before = contest.before.content if contest.before else None
    if not isinstance(entry.standing.published, Live) or before is None:
        return "readers see nothing of it"
    return f"readers see what was published before: {before.short}"


def _ways_out(name: str, contest: Contest) -> list[str]:
    """Return the one command that ends it, for each side that can be meant."""
    stand = "the approval stand" if len(contest.approved) == 1 else "{0} stand"
    return [
        f"  To let {stand.format(short)}: mayor approve {name} --version {short}"
        for short in contest.approved
    ] or [f"  To settle it: mayor approve {name}, or mayor decline {name} -m …"]


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
