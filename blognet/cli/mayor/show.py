"""``mayor show``: a post as it lies on disk, its faults, its thread; leaves a receipt of what was shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.findings import in_a_word
from blognet.cli.json_values import finding_values, problem_values
from blognet.cli.layout import terminal_width
from blognet.cli.mayor.lines import (
    attached_lines,
    head_lines,
    open_note_lines,
    source_lines,
    text_lines,
    thread_lines,
    with_findings,
)
from blognet.cli.mayor.sides import contest_lines
from blognet.cli.mayor.stages import second_lines, stage_lines_of, stage_values
from blognet.cli.note_lines import note_values
from blognet.cli.output import print_json, result, say
from blognet.cli.paging import print_paged
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.times import iso
from blognet.moderation.findings import errors_of
from blognet.moderation.secrets import masked

if TYPE_CHECKING:
    from blognet.actions.author_history import AuthorHistory
    from blognet.actions.network import Entry, Network
    from blognet.actions.show import Remark, Version
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.findings import Finding


@click.command("show")
@click.argument("post", shell_complete=complete_post)
@click.option("--raw", is_flag=True, help="Show the source instead of the text as readers get it.")
@click.option("--published", is_flag=True, help="Show the approved version instead of the file.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def show_command(place: Place, post: str, *, raw: bool, published: bool, as_json: bool) -> int:
    """Show a post, page or profile as readers would get it, who wrote it, and what was said about it."""
    from blognet.actions.author_history import histories_of
    from blognet.actions.findings import Examined, examine_entries
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.show import as_published, leave_receipt, on_disk, thread_of
    from blognet.actions.staged import stages_on
    from blognet.kernel.errors import ConflictError

    network = load_network(place.folder, now=now())
    entry = find_entry(network, post, here=place.folder).entry
    actor = person(network, place)
    found = examine_entries(network, (entry,)).get(entry.subject, Examined())
    version = as_published(entry) if published or entry.proposal is None else on_disk(entry)
    if version is None and (contest := contest_lines(entry)) and not as_json:
        for line in contest[1:]:
            result(line)
        return 0
    if version is None:
        message = f"nothing of {entry.subject.typed} was ever published"
        raise ConflictError(message, hint=f"what lies on disk: mayor show {entry.subject.typed}")
    histories = histories_of(network, entry)
    is_on_disk = version.content == entry.standing.content
    findings = found.findings if is_on_disk else ()
    version = replace(version, text=masked(version.text))
    if as_json:
        values = _as_json(entry, version.text, thread_of(entry), histories, findings)
        print_json(1, **values, stages=stage_values(stages_on(network, entry)))
    else:
        print_paged(_lines(network, entry, version, histories, findings, raw=raw))
    if is_on_disk:
        leave_receipt(network, entry, actor)
        _say_what_next(network, entry, findings, actor=actor)
    return 0


def print_entry(network: Network, entry: Entry, findings: tuple[Finding, ...]) -> None:
    """Print a subject as it lies on disk: its head, then its text as readers would get it."""
    from blognet.actions.author_history import histories_of
    from blognet.actions.show import on_disk

    version = replace(on_disk(entry), text=masked(on_disk(entry).text))
    histories = histories_of(network, entry)
    for line in _lines(network, entry, version, histories, findings, raw=False):
        result(line)
    result()


def _lines(
    network: Network,
    entry: Entry,
    version: Version,
    histories: tuple[AuthorHistory, ...],
    findings: tuple[Finding, ...],
    *,
    raw: bool,
) -> list[str]:
    from blognet.actions.pictures import attached, attached_changes
    from blognet.actions.show import thread_of

    width = terminal_width()
    files = attached(network, version)
    is_on_disk = version.content == entry.standing.content
    shown = with_findings(entry, findings)
    text = (
        source_lines(version.text, shown.problems if is_on_disk else (), width=width)
        if raw
        else text_lines(network, shown, version, width=width)
    )
    beside = attached_lines(attached_changes(files, files))
    return [
        *head_lines(entry, histories, zone=network.config.zone),
        *stage_lines_of(network, entry),
        *second_lines(entry),
        *contest_lines(entry),
        "",
        *text,
        *(["", *beside] if beside else []),
        *open_note_lines(entry, version.text),
        *thread_lines(thread_of(entry), width=width),
    ]


def _say_what_next(
    network: Network, entry: Entry, findings: tuple[Finding, ...], *, actor: AuthorId
) -> None:
    from blognet.actions.waiting import Turn, turn_of
    from blognet.moderation.notes import blocking_notes
    from blognet.moderation.standing import Proposed

    name = entry.subject.typed
    turn, command = turn_of(entry)
    musts = blocking_notes(entry.decided.history)
    if musts:
        numbers = " ".join(str(note.number) for note in musts)
        say(f"\nNot to be approved before a must is settled: mayor settle {name} {numbers}")
    blocking = errors_of(findings)
    if turn is Turn.MAYOR and blocking:
        waived = " ".join(
            f'--waive {check}="…"' for check in sorted({one.check for one in blocking})
        )
        say(f"\n{in_a_word(blocking)} of the checks would block approval.")
        if entry.standing.proposed is Proposed.FORCED:
            say(f"Next: {_second_look(entry, actor, f' {waived}')}")
            return
        say(f'Next: mayor return {name} -m "…" · or, if it is meant: mayor approve {name} {waived}')
    elif turn is Turn.MAYOR:
        say(f"\nNext: {_answers(network, entry, actor)}")
    elif command:
        say(f"\nNext, for its author: {command}")


def _answers(network: Network, entry: Entry, actor: AuthorId) -> str:
    """Return what somebody may type about what waits: a reviewer whose stage is open, or a mayor."""
    from blognet.actions.staged import stages_on
    from blognet.moderation.standing import Proposed

    name = entry.subject.typed
    if entry.standing.proposed is Proposed.FORCED:
        return _second_look(entry, actor)
    waits = [one for one in stages_on(network, entry) if not one.is_met]
    mine = [one.rule.id for one in waits if actor in one.asked]
    back = f'mayor return {name} -m "…"'
    if mine:
        return f"mayor approve {name} --stage {mine[0]} · {back}"
    approve = f"mayor approve {name}"
    if waits:
        approve += f", once {' and '.join(one.rule.id for one in waits)} said yes"
    return f'{approve} · {back} · mayor decline {name} -m "…"'


def _second_look(entry: Entry, actor: AuthorId, waived: str = "") -> str:
    name, second, history = entry.subject.typed, entry.standing.second, entry.decided.history
    down = f'mayor retract {name} -m "…"'
    if second is not None and history.events[history.ids.index(second)].actor == actor:
        return f"another mayor looks at it · or take it down: {down}"
    return f"mayor approve {name}{waived} · or take it down: {down}"


def _as_json(
    entry: Entry,
    text: str,
    remarks: tuple[Remark, ...],
    histories: tuple[AuthorHistory, ...],
    findings: tuple[Finding, ...],
) -> dict[str, object]:
    from blognet.actions.noting import notes_on
    from blognet.actions.waiting import published_word, what_of

    return {
        "kind": entry.subject.kind.value,
        "id": entry.subject.id,
        "language": entry.subject.language,
        "title": entry.title,
        "authors": list(entry.authors),
        "hash": entry.standing.content.hex if entry.standing.content else None,
        "published": published_word(entry),
        "proposed": what_of(entry),
        "text": text,
        "problems": [problem_values(problem) for problem in entry.problems],
        "history": [
            {
                "author": each.author,
                "first_post": each.is_new,
                "live": each.live,
                "declined": each.declined,
                "last": each.last.name if each.last else None,
                "last_date": iso(each.last_date) if each.last_date else None,
            }
            for each in histories
        ],
        "notes": [note_values(note, text) for note in notes_on(entry)],
        "findings": [finding_values(finding) for finding in findings],
        "thread": [
            {
                "time": iso(remark.event.time),
                "actor": remark.event.actor,
                "verb": remark.event.verb.value,
                "stage": remark.event.stage,
                "hash": remark.event.content.hex if remark.event.content else None,
                "options": dict(remark.event.options),
                "words": remark.words,
            }
            for remark in remarks
        ],
    }
