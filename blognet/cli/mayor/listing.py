"""``mayor queue``: what waits, and its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.json_values import problem_values
from blognet.cli.mayor.stages import print_second, print_stages, stage_values, stages_in_queue
from blognet.cli.output import print_json, print_problems, print_table, result, say
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.problems import errors_in
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from blognet.actions.waiting import Waiting


@click.command("queue")
@click.option("--all", "everything", is_flag=True, help="Also drafts and what was declined.")
@click.option("--stage", default="", metavar="ID", help="Only what waits for this stage.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def queue_command(place: Place, *, everything: bool, stage: str, as_json: bool) -> int:
    """List what waits: what it is, whose turn it is, and the faults that keep it from being approved."""
    from blognet.actions.network import load_network
    from blognet.actions.waiting import for_mayor, waiting

    network = load_network(place.folder, now=now())
    found = waiting(network)
    shown = found if everything else for_mayor(found)
    hidden = len(found) - len(shown)
    stages = stages_in_queue(network, tuple(one.entry for one in shown), stage=stage)
    shown = tuple(one for one in shown if not stage or one.entry.subject in stages)
    homeless = network.library.problems
    if as_json:
        print_json(
            1,
            waiting=[
                {**_as_json(one), "stages": stage_values(stages.get(one.entry.subject, ()))}
                for one in shown
            ],
            problems=[problem_values(problem) for problem in homeless],
        )
        return 0
    print_problems(network.record.problems)
    if shown:
        headers = ("POST", "HASH", "WHAT", "TURN", "AUTHORS", "WORDS", "TITLE")
        print_table(headers, [_row(one) for one in shown], widest=6)
    print_stages(stages)
    for one in shown:
        print_second(one.entry)
        if one.what == "contested":
            _print_sides(one)
        if errors_in(one.problems):
            result()
            print_problems(errors_in(one.problems), to_result=True)
    if homeless:
        result()
        print_problems(homeless, to_result=True)
    _say_what_next(shown, hidden=0 if stage else hidden)
    return 0


def _row(one: Waiting) -> tuple[str, ...]:
    standing = one.entry.standing
    names = ", ".join(one.entry.authors) or "?"
    return (
        _name(one),
        standing.content.short if standing.content else "-",
        one.what,
        one.turn.value,
        names + (" (first post)" if one.is_first else ""),
        str(one.words),
        one.entry.title,
    )


def _print_sides(one: Waiting) -> None:
    """Print the decisions that did not see each other, with their words."""
    history, words = one.entry.decided.history, one.entry.decided.words
    result()
    result(f"{_name(one)} is contested: these decisions did not see each other")
    for ident in one.entry.standing.reasons:
        event = history.events[history.ids.index(ident)]
        content = f"@{event.content.short}" if event.content else ""
        said = f": {words[ident].strip()}" if words.get(ident) else ""
        result(f"  {iso(event.time)}  {event.actor}  {event.verb.value}{content}{said}")
    result(f"  See both texts, and what settles it: mayor diff {_name(one)} --sides")


def _name(one: Waiting) -> str:
    subject = one.entry.subject
    return subject.typed


def _say_what_next(shown: tuple[Waiting, ...], *, hidden: int) -> None:
    mine = [one for one in shown if one.turn == "mayor"]
    if mine:
        first = _name(mine[0])
        say(
            f"\n{len(mine)} for you. Look at one: {mine[0].next_command} · then: mayor approve {first}"
        )
    else:
        say("Nothing waits for you.")
    if hidden:
        verb = "is a draft" if hidden == 1 else "are drafts"
        say(f"{hidden} more {verb} or declined: mayor queue --all")


def _as_json(one: Waiting) -> dict[str, object]:
    entry = one.entry
    return {
        "kind": entry.subject.kind.value,
        "id": entry.subject.id,
        "language": entry.subject.language,
        "name": entry.subject.name,
        "hash": entry.standing.content.hex if entry.standing.content else None,
        "path": entry.proposal.path if entry.proposal else None,
        "title": entry.title,
        "authors": list(entry.authors),
        "first_post": one.is_first,
        "what": one.what,
        "turn": one.turn.value,
        "next": one.next_command,
        "words": one.words,
        "since": iso(one.since) if one.since else None,
        "problems": [problem_values(problem) for problem in one.problems],
    }
