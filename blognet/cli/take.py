"""``blognet take``: put what was suggested into the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.common import commit_option, json_option
from blognet.cli.note_lines import quoted
from blognet.cli.output import print_error, print_json, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place

if TYPE_CHECKING:
    from blognet.actions.take import Taken
    from blognet.moderation.suggestions import Edit


@click.command("take")
@click.argument("post", shell_complete=complete_post)
@click.argument("numbers", nargs=-1, metavar="N...")
@commit_option
@click.option("--dry-run", is_flag=True, help="Change nothing, say what would change.")
@json_option
@pass_place
def take_command(
    place: Place,
    post: str,
    numbers: tuple[str, ...],
    *,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Put suggestions into your post, exactly where their words stand; nothing else changes.

    What you take is yours, and the record says who suggested it. The changed text waits for the mayor again.
    """
    from blognet.actions.network import load_network
    from blognet.actions.take import take

    actor = person(load_network(place.folder, now=now()), place)
    taken = take(
        place.folder,
        post,
        numbers,
        actor=actor,
        now=now(),
        here=place.folder,
        commit=commit,
        dry_run=dry_run,
    )
    failed = bool(taken.outcome.commit_failure)
    if as_json:
        print_json(1, **_values(taken, dry_run=dry_run))
        return 1 if failed else 0
    for edit in taken.edits:
        result(_line(edit, path=taken.path, dry_run=dry_run))
    if taken.outcome.commit:
        result(f"committed as {taken.outcome.commit[:10]}")
    elif failed:
        hint = "commit these yourself: " + " ".join(sorted(taken.outcome.paths)[:6])
        print_error(f"taken, but not committed: {taken.outcome.commit_failure}", hint=hint)
    if not dry_run:
        say(f"Where it stands: blognet status {taken.entry.subject.name}")
    return 1 if failed else 0


def _line(edit: Edit, *, path: str, dry_run: bool) -> str:
    note = edit.note
    old = quoted(note.anchor.quote) if note.anchor else ""
    new = f"{quoted(note.replacement)} for {old}" if note.replacement else f"{old} out"
    credit = f"suggested by {note.event.actor}"
    if edit.span is None:
        verb = "would be recorded as taken" if dry_run else "recorded as taken"
        return f"note {note.number} {verb} ({credit}): {path} reads so already"
    verb = "would put in" if dry_run else "put in"
    if not note.replacement:
        verb = "would take" if dry_run else "took"
    return f"{path}:{edit.line}: {verb} {new} (note {note.number}, {credit})"


def _values(taken: Taken, *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "name": taken.entry.subject.name,
        "path": taken.path,
        "taken": [
            {
                "number": edit.note.number,
                "id": edit.note.id,
                "suggested_by": edit.note.event.actor,
                "line": edit.line or None,
                "changed": edit.span is not None and not dry_run,
            }
            for edit in taken.edits
        ],
        "commit": taken.outcome.commit,
    }
