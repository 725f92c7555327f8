"""``mayor claim``: tell the other mayors that you look at a post."""

from __future__ import annotations

import click

from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    posts_argument,
    print_outcome,
    read_names,
)
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place


@click.command("claim")
@posts_argument
@click.option("--release", is_flag=True, help="Give it back.")
@message_option("What to say instead of the usual sentence.")
@commit_option
@dry_run_option
@json_option
@pass_place
def claim_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    release: bool,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Tell the others who decide that you look at a post. Advice only: it binds nobody, and a decision ends it."""
    from blognet.actions.claims import claim
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    names = read_names(posts)
    found = [find_entry(network, name, here=place.folder).entry for name in names]
    entries = tuple({entry.subject: entry for entry in found}.values())
    outcome = claim(
        network, entries,
        actor=person(network, place), now=now(), release=release, words=words,
        commit=commit, dry_run=dry_run,
    )  # fmt: skip
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)
