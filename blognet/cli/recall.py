"""``blognet recall``: take back what waits."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from blognet.cli.completion import complete_post
from blognet.cli.output import print_json, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.cli.typed import typed_names


@click.command("recall")
@click.argument("posts", nargs=-1, required=True, metavar="POST...", shell_complete=complete_post)
@click.option("-m", "--message", "words", default="", help="Why; the mayor reads this.")
@click.option("--dry-run", is_flag=True, help="Change nothing, say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def recall_command(
    place: Place, posts: tuple[str, ...], words: str, *, dry_run: bool, as_json: bool
) -> int:
    """Take back what waits for the mayor. The file stays as it is; an edit or 'blognet submit' hands it over again."""
    from blognet.actions.network import load_network
    from blognet.actions.recall import recall
    from blognet.disk.git import repository_of

    network = load_network(place.folder, now=now())
    done = recall(
        place.folder,
        typed_names(posts),
        actor=person(network, place),
        now=now(),
        here=place.folder,
        words=words.strip(),
        dry_run=dry_run,
    )
    names = [entry.subject.typed for entry in done.entries]
    if as_json:
        print_json(1, recalled=names, dry_run=dry_run, paths=list(done.paths))
        return 0
    for name in names:
        result(f"{name}: {'would be taken back' if dry_run else 'taken back'}")
    if done.paths and repository_of(network.root) is not None:
        git = "git" if Path.cwd() == network.root else f"git -C {shlex.quote(str(network.root))}"
        say(f"  So that the mayor knows: {git} add {shlex.join(done.paths)}, commit and push")
    if not dry_run:
        say(f"  Hand it over again: change the file, or blognet submit {names[0]}")
    return 0
