"""Both sides of a contest, so that one more decision can settle it; and how a difference is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import BOLD, bare, result, say, styled
from blognet.kernel.times import iso
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.actions.show import Difference

_COLOURS = {"+": "32", "-": "31", "@": "36"}


def print_all_sides(entry: Entry) -> None:
    """Print each decision of a contest: who, when, words, and its text against what is published or the other's.

    When nothing is contested, that is said.
    """
    from blognet.actions.show import difference
    from blognet.actions.sides import sides_of_contest

    name = entry.subject.typed
    contest = sides_of_contest(entry)
    if contest is None:
        say(f"{name} is not contested.")
        return
    result(f"{name} is contested: these decisions did not see each other")
    for side in contest.sides:
        event = side.event
        content = f"@{event.content.short}" if event.content else ""
        result()
        result(styled(f"{event.actor} {event.verb.value}{content}  {iso(event.time)}", BOLD))
        for line in side.words.rstrip("\n").split("\n") if side.words else ():
            result(f"  {bare(line)}")
        if side.version is None:
            result("  (its text is not in the record: only approved texts are)")
        elif contest.before is None:
            result()
            for line in masked(side.version.text).rstrip("\n").split("\n"):
                result(bare(line))
        else:
            result()
            print_difference(difference(contest.before, side.version))
    result()
    result("One decision more settles it:")
    for short in contest.approved:
        result(f"  mayor approve {name} --version {short}")
    result(f'  mayor decline {name} -m "…"    (what was published before all of them stays)')


def print_difference(found: Difference) -> None:
    """Print a difference, line by line, then the bundle's files."""
    for line in map(bare, found.lines):
        result(styled(line, _COLOURS[line[0]]) if line[:1] in _COLOURS else line)
    for change in found.assets:
        result(change)
