"""``mayor approve``: say yes to exactly these bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.findings import in_a_word, read_waivers
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    posts_argument,
    print_outcome,
    read_names,
)
from blognet.cli.output import print_table, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, is_interactive, now, pass_place
from blognet.kernel.errors import ConflictError, UsageError
from blognet.kernel.ids import Kind, Subject
from blognet.moderation.events import Seen, Verb
from blognet.moderation.findings import errors_of

if TYPE_CHECKING:
    from blognet.actions.naming import Named
    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId


@click.command("approve")
@posts_argument
@message_option("A comment for the author.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Everything queued and faultless; lists it and asks once.",
)
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
@click.option("--with-profiles", is_flag=True, help="Also the waiting profiles of the authors.")
@click.option(
    "--takeover",
    is_flag=True,
    help="Meant: the revision shares no author with the live one.",
)
@click.option("--settle", is_flag=True, help="Settle the open musts along with it.")
@click.option(
    "--waive",
    "waived",
    multiple=True,
    metavar="CHECK=REASON",
    help="Approve in spite of what this check found; repeat for several.",
)
@click.option("--stage", default="", metavar="ID", help="As its reviewer: yes for this stage only.")
@click.option(
    "--version",
    default="",
    metavar="HASH",
    help="A version in the record, whatever lies on disk: a side of a contest, or what was forced.",
)
@commit_option
@dry_run_option
@json_option
@pass_place
def approve_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    everything: bool,
    yes: bool,
    with_profiles: bool,
    takeover: bool,
    settle: bool,
    waived: tuple[str, ...],
    stage: str,
    version: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Approve posts, pages or profiles: exactly the bytes you saw. Name them ID or ID@HASH."""
    from blognet.actions.decide import Request, decide_all
    from blognet.actions.network import load_network
    from blognet.actions.noting import settling_requests
    from blognet.actions.ready import ready_to_decide

    # Who is asked may look at it for long; nobody has to wait for the lock until they have answered.
    is_asked = is_interactive() and not yes
    ready = None if is_asked else ready_to_decide(place.folder, now=now())
    network = ready.network if ready else load_network(place.folder, now=now())
    actor = person(network, place)
    if version and (everything or stage or len(posts) != 1):
        message = "--version goes with the name of one post, and without --all and --stage"
        raise UsageError(message)
    if stage and (settle or waived):
        message = "--stage is a reviewer's yes; musts and findings are for the mayor's"
        raise UsageError(message)
    if everything and (posts or settle):
        message = f"--all and {'names' if posts else '--settle'} exclude each other"
        raise UsageError(message)
    if everything and waived:
        message = "--all leaves out what has errors, so there is nothing to waive"
        raise UsageError(message, hint="name the posts whose findings you waive")
    waivers = read_waivers(waived)
    if version:
        chosen = [_of_record(network, place, read_names(posts), version)]
    elif everything:
        chosen = _all(network, yes=yes)
    else:
        chosen = _named(
            network,
            place,
            actor,
            read_names(posts),
            yes=yes,
            with_profiles=False if stage else with_profiles,
        )
    if not chosen:
        say("Nothing to approve.")
        return 0
    options = {"takeover": "yes"} if takeover else {}
    settled = [request for entry, _ in chosen if settle for request in settling_requests(entry)]
    approvals = tuple(
        Request(
            subject=entry.subject,
            verb=Verb.APPROVE,
            words=words,
            expected=None if version else entry.standing.content,
            seen=seen,
            options=options,
            waivers=waivers,
            stage=stage,
            version=version,
        )
        for entry, seen in chosen
    )
    outcome = decide_all(
        place.folder,
        (*settled, *approvals),
        actor=actor,
        now=now(),
        leave_out_refused=everything,
        commit=commit,
        dry_run=dry_run,
        ready=ready,
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)


def _of_record(
    network: Network, place: Place, names: tuple[str, ...], version: str
) -> tuple[Entry, Seen]:
    """Return the subject whose version is meant; its hash was named, so that is how it was seen.

    Raises:
        UsageError: That is too little of a hash to name anything.
    """
    from blognet.actions.naming import SHORTEST_HASH, find_entry

    if len(version) < SHORTEST_HASH or not set(version) <= set("0123456789abcdef"):
        message = f"'{version}' names too little of a hash"
        raise UsageError(
            message, hint=f"at least {SHORTEST_HASH} digits, as mayor diff --sides shows"
        )
    return find_entry(network, names[0], here=place.folder).entry, Seen.NAMED


def _all(network: Network, *, yes: bool) -> list[tuple[Entry, Seen]]:
    from blognet.actions.findings import examine_entries
    from blognet.actions.waiting import approvable_at_once, waiting

    queued = [one.entry for one in approvable_at_once(waiting(network))]
    examined = examine_entries(network, queued)
    entries = [one for one in queued if not errors_of(examined[one.subject].findings)]
    for entry in queued:
        if entry not in entries:
            name = entry.subject.name
            count = in_a_word(errors_of(examined[entry.subject].findings))
            say(f"{name} is left out: the checks found {count}. Look: mayor show {name}")
    if not entries:
        return []
    if yes:
        return [(entry, Seen.ASSUMED) for entry in entries]
    _list(entries)
    if not is_interactive():
        message = "without a terminal nobody can be asked"
        raise UsageError(message, hint="add --yes to approve everything listed")
    if not click.confirm(f"Approve these {len(entries)}?", default=False, err=True):
        return []
    return [(entry, Seen.LISTED) for entry in entries]


def _list(entries: list[Entry]) -> None:
    rows = [
        (
            str(entry.subject),
            entry.standing.content.short if entry.standing.content else "-",
            ", ".join(entry.authors),
            entry.title,
        )
        for entry in entries
    ]
    print_table(("SUBJECT", "HASH", "AUTHORS", "TITLE"), rows, widest=3)


def _named(
    network: Network,
    place: Place,
    actor: AuthorId,
    names: tuple[str, ...],
    *,
    yes: bool,
    with_profiles: bool,
) -> list[tuple[Entry, Seen]]:
    from blognet.actions.naming import find_entry

    chosen: dict[Subject, tuple[Entry, Seen]] = {}
    for name in names:
        named = find_entry(network, name, here=place.folder)
        seen = how_seen(network, named, actor, yes=yes)
        if seen is not None:
            chosen[named.entry.subject] = (named.entry, seen)
    for profile in _waiting_profiles(network, [entry for entry, _ in chosen.values()]):
        if profile.subject in chosen:
            continue
        if with_profiles:
            chosen = {profile.subject: (profile, Seen.ASSUMED), **chosen}
        elif is_interactive() and not yes:
            _show(network, profile)
            if click.confirm(
                f"Also approve this profile of {profile.subject.id}?", default=False, err=True
            ):
                chosen = {profile.subject: (profile, Seen.ASKED), **chosen}
        else:
            say(
                f"{profile.subject.id}'s profile waits, so the byline will be the bare id:"
                f" mayor show {profile.subject}, then mayor approve {profile.subject}"
            )
    return list(chosen.values())


def how_seen(network: Network, named: Named, actor: AuthorId, *, yes: bool) -> Seen | None:
    """Return how the actor saw the bytes on disk; None when they were asked and said no.

    Raises:
        ConflictError: The bytes are others than those named or last seen.
        UsageError: Nobody saw them, and nobody can be asked.
    """
    from blognet.actions.show import as_last_seen, difference, on_disk

    entry = named.entry
    name, content = entry.subject.typed, entry.standing.content
    if content is None:
        return Seen.ASSUMED  # undecodable or gone: the decision refuses it with the right words
    if named.hash:
        if not content.hex.startswith(named.hash):
            message = f"{name} is now {content.short}, not {named.hash}"
            raise ConflictError(message, hint=f"look at what changed: mayor diff {name}")
        return Seen.NAMED
    seen = as_last_seen(network, entry, actor)
    if seen is not None and seen.content == content:
        return Seen.SHOWN
    if seen is not None:
        found = difference(seen, on_disk(entry))
        for line in (*found.lines, *found.assets):
            result(line)
        message = f"{name} changed since you saw it: the difference is above"
        raise ConflictError(message, hint=f"if that is fine: mayor approve {name}@{content.short}")
    if yes:
        return Seen.ASSUMED
    if not is_interactive():
        message = f"you have not looked at {name}"
        raise UsageError(
            message,
            hint=f"mayor show {name}, or name the bytes: mayor approve {name}@{content.short}",
        )
    _show(network, entry)
    return Seen.ASKED if click.confirm(f"Approve {name}?", default=False, err=True) else None


def _show(network: Network, entry: Entry) -> None:
    from blognet.actions.findings import examine_entries
    from blognet.cli.mayor.show import print_entry

    print_entry(network, entry, examine_entries(network, (entry,))[entry.subject].findings)


def _waiting_profiles(network: Network, entries: list[Entry]) -> list[Entry]:
    from blognet.actions.waiting import what_of

    found: list[Entry] = []
    for author in dict.fromkeys(author for entry in entries for author in entry.authors):
        profile = network.entries.get(Subject(kind=Kind.PROFILE, id=author))
        if profile is not None and what_of(profile) == "new":
            found.append(profile)
    return found
