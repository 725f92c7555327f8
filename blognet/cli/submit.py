"""``blognet submit``: hand drafts to the mayor."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.json_values import problem_values
from blognet.cli.mayor.common import print_outcome
from blognet.cli.output import print_json, print_problems, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.cli.typed import typed_names

if TYPE_CHECKING:
    from blognet.actions.decide import Outcome
    from blognet.actions.network import Network
    from blognet.actions.submit import Handed


@click.command("submit")
@click.argument("posts", nargs=-1, required=True, metavar="POST...", shell_complete=complete_post)
@click.option("-m", "--message", "words", default="", help="What the mayor should know.")
@click.option("--dry-run", is_flag=True, help="Change nothing, say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def submit_command(
    place: Place, posts: tuple[str, ...], words: str, *, dry_run: bool, as_json: bool
) -> int:
    """Hand work to the mayor: takes 'draft: true' out, when nothing else is wrong, and notes the hand-over.

    With -m, words go along; for a post that waits already they say "look again".

    POST is an id, a unique beginning of one, or a path; '-' reads them from standard input.
    """
    from blognet.actions.network import load_network
    from blognet.actions.submit import submit

    handed = submit(
        place.folder,
        typed_names(posts),
        actor=person(load_network(place.folder, now=now()), place),
        now=now(),
        here=place.folder,
        words=words.strip(),
        dry_run=dry_run,
    )
    granted = None if dry_run else _approve_own(place, handed)
    code = 0 if all(one.is_fine for one in handed) else 1
    if as_json:
        approved = [one.event.subject.name for one in granted.decided] if granted else []
        print_json(1, posts=[_values(one, dry_run=dry_run) for one in handed], approved=approved)
        return code
    for one in handed:
        _print(one, dry_run=dry_run)
    if granted is not None:
        print_outcome(granted, as_json=False)
        done = {one.event.subject for one in granted.decided}
        handed = tuple(one for one in handed if one.entry.subject not in done)
    if any(one.handed or one.paths for one in handed) and not dry_run:
        _say_what_next(load_network(place.folder, now=now()), handed)
    return code


def _approve_own(place: Place, handed: tuple[Handed, ...]) -> Outcome | None:
    """Use the author's grant, if a mayor ever gave one to anybody; only then it matters who this is."""
    from blognet.actions.granted import approve_under_grant
    from blognet.actions.network import load_network

    subjects = tuple(one.entry.subject for one in handed if one.is_fine)
    network = load_network(place.folder, now=now())
    if not subjects or not network.grants:
        return None
    return approve_under_grant(place.folder, subjects, actor=person(network, place), now=now())


def _print(one: Handed, *, dry_run: bool) -> None:
    name = one.entry.subject.typed
    if one.handed:
        verb = "would be handed over" if dry_run else "handed over"
        result(f"{name}: {verb} ({one.path})")
    else:
        print_problems(one.problems)
        write = result if one.is_fine else say
        write(f"{name}: {one.reason}")
        if one.hint:
            say(f"  {one.hint}")
        return
    print_problems(one.problems)


def _say_what_next(network: Network, handed: tuple[Handed, ...]) -> None:
    from blognet.actions.waiting import for_mayor, waiting

    if not any(one.handed for one in handed):
        _say_files(network, handed)
        return
    handed_over = sum(1 for one in handed if one.handed)
    count = sum(1 for one in for_mayor(waiting(network)) if one.turn == "mayor") - handed_over
    mayors = ", ".join(network.config.mayors)
    others = f", as {'does 1 other' if count == 1 else f'do {count} others'}" if count else ""
    say(f"{'It waits' if handed_over == 1 else 'They wait'} for the mayor ({mayors}){others}.")
    _say_files(network, handed)
    name = next(one.entry.subject.typed for one in handed if one.handed)
    say(f"  Where it stands: blognet status · changed your mind: blognet recall {name}")


def _say_files(network: Network, handed: tuple[Handed, ...]) -> None:
    """Name what a commit has to hold, when the network lies in a repository."""
    from blognet.disk.git import repository_of

    if repository_of(network.root) is None:
        return
    files: dict[str, None] = {}
    for one in handed:
        proposal = one.entry.proposal
        if one.handed and proposal:
            files[proposal.bundle or one.path] = None
        files |= dict.fromkeys(path for path in one.paths if path != one.path)
    # Paths are from the network's root, which need not be where the person is.
    git = "git" if Path.cwd() == network.root else f"git -C {shlex.quote(str(network.root))}"
    say(f"  So that the mayor has it too: {git} add {shlex.join(files)}, commit and push")


def _values(one: Handed, *, dry_run: bool) -> dict[str, object]:
    return {
        "subject": str(one.entry.subject),
        "name": one.entry.subject.name,
        "path": one.path or None,
        "handed_over": one.handed and not dry_run,
        "fine": one.is_fine,
        "reason": one.reason,
        "hint": one.hint,
        "problems": [problem_values(problem) for problem in one.problems],
    }
