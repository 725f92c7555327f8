"""``mayor queue``: what waits, the longest waiting first, and its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.json_values import finding_values, problem_values
from blognet.cli.mayor.ages import age_words
from blognet.cli.mayor.promise import (
    footer,
    summary_values,
    wait_values,
)
from blognet.cli.mayor.queue_table import print_queue
from blognet.cli.mayor.sides import contest_lines
from blognet.cli.mayor.stages import print_stages, second_lines, stage_values, stages_in_queue
from blognet.cli.output import print_json, print_problems, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.problems import errors_in
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from blognet.actions.in_line import InLine
    from blognet.actions.network import Network
    from blognet.actions.waiting import Waiting
    from blognet.moderation.findings import Finding


@click.command("queue")
@click.option("--all", "everything", is_flag=True, help="Also drafts and what was declined.")
@click.option("--mine", is_flag=True, help="Only what you claimed.")
@click.option("--author", default="", metavar="ID", help="Only what this author wrote.")
@click.option("--stage", default="", metavar="ID", help="Only what waits for this stage.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def queue_command(
    place: Place, *, everything: bool, mine: bool, author: str, stage: str, as_json: bool
) -> int:
    """List what waits: what it is, whose turn it is, and the faults that keep it from being approved."""
    from blognet.actions.findings import examine_entries
    from blognet.actions.in_line import by_promise, in_line
    from blognet.actions.network import load_network
    from blognet.actions.promise import promised

    network = load_network(place.folder, now=now())
    if author:
        from blognet.actions.people import refuse_stranger

        refuse_stranger(network, author)
    claimed = person(network, place) if mine else None
    promise = promised(network)
    shown = by_promise(
        in_line(network, everything=everything, author=author, claimed=claimed), promise
    )
    stages = stages_in_queue(network, tuple(row.entry for row in shown), stage=stage)
    shown = tuple(row for row in shown if not stage or row.entry.subject in stages)
    is_whole = not (mine or author or stage)
    homeless = network.library.problems if is_whole else ()
    examined = examine_entries(network, (row.waiting.entry for row in shown))
    findings = {subject: one.findings for subject, one in examined.items()}
    if as_json:
        print_json(
            1,
            waiting=[
                {
                    **_as_json(row, findings.get(row.entry.subject, ())),
                    **wait_values(promise, row.entry.subject),
                    "stages": stage_values(stages.get(row.entry.subject, ())),
                }
                for row in shown
            ],
            summary=summary_values(promise),
            problems=[problem_values(problem) for problem in homeless],
        )
        return 0
    print_problems(network.record.problems)
    if shown:
        print_queue(shown, findings, promise)
    print_stages(stages)
    for one in (row.waiting for row in shown):
        for line in (*second_lines(one.entry), *contest_lines(one.entry)):
            result(line)
        if errors_in(one.problems):
            result()
            print_problems(errors_in(one.problems), to_result=True)
    if homeless:
        result()
        print_problems(homeless, to_result=True)
    for line in footer(promise):
        say(f"\n{line}" if shown else line)
    _say_what_next(shown, hidden=0 if everything or not is_whole else _hidden(network))
    return 0


def _name(one: Waiting) -> str:
    subject = one.entry.subject
    return subject.typed


def _hidden(network: Network) -> int:
    from blognet.actions.waiting import for_mayor, waiting

    found = waiting(network)
    return len(found) - len(for_mayor(found))


def _say_what_next(shown: tuple[InLine, ...], *, hidden: int) -> None:
    mine = [row for row in shown if row.waiting.turn == "mayor"]
    if mine:
        oldest = max(mine, key=lambda row: row.age)
        waits = f", {_name(oldest.waiting)} for {age_words(oldest.age)}" if oldest.age.days else ""
        look = mine[0].waiting.next_command
        say(f"\n{len(mine)} for you{waits}. One by one: mayor review · or one: {look}")
    else:
        say("Nothing waits for you.")
    if hidden:
        verb = "is a draft" if hidden == 1 else "are drafts"
        say(f"{hidden} more {verb} or declined: mayor queue --all")


def _as_json(row: InLine, findings: tuple[Finding, ...]) -> dict[str, object]:
    one = row.waiting
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
        "returned": one.returned,
        "turn": one.turn.value,
        "next": one.next_command,
        "words": one.words,
        "since": iso(one.since) if one.since else None,
        "waiting_since": iso(row.since),
        "age_seconds": int(row.age.total_seconds()),
        "claimed_by": list(row.claimed_by),
        "notes": len(one.notes),
        "musts": sum(1 for note in one.notes if note.blocks),
        "problems": [problem_values(problem) for problem in one.problems],
        "findings": [finding_values(finding) for finding in findings],
    }
