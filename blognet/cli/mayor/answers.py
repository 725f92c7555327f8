"""Commands that differ only in their verb: return, decline, hold, release, correct and restore."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    named_entries,
    posts_argument,
    print_outcome,
    reply_option,
    said,
)
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.kernel.times import iso, parse_time
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from datetime import tzinfo


def _command(verb: Verb, text: str, words_help: str) -> click.Command:
    @click.command(verb.value, help=text)
    @posts_argument
    @message_option(words_help)
    @reply_option
    @commit_option
    @dry_run_option
    @json_option
    @pass_place
    def command(
        place: Place,
        posts: tuple[str, ...],
        words: str,
        *,
        reply: str,
        commit: bool,
        dry_run: bool,
        as_json: bool,
    ) -> int:
        return answer(
            place,
            verb,
            posts,
            words=words,
            reply=reply,
            commit=commit,
            dry_run=dry_run,
            as_json=as_json,
        )

    return command


def answer(
    place: Place,
    verb: Verb,
    posts: tuple[str, ...],
    *,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
    reply: str = "",
    until: str = "",
    options: dict[str, str] | None = None,
) -> int:
    """Say one verb about several subjects and print what was done.

    Raises:
        ConflictError: A name came with a hash that is not that of the bytes on disk.
        UsageError: A name means nothing, or words are missing.
    """
    from blognet.actions.decide import Request, decide_all
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    entries = named_entries(network, posts, here=place.folder)
    spoken = said(network, entries, words, reply=reply, verb=verb, actor=actor)
    chosen = dict(options or {})
    if until:
        chosen["until"] = until_of(until, zone=network.config.zone)
    requests = tuple(
        Request(
            subject=entry.subject,
            verb=verb,
            words=spoken[entry.subject],
            expected=entry.standing.content if verb in {Verb.RETURN, Verb.DECLINE} else None,
            options=chosen,
        )
        for entry in entries
    )
    outcome = decide_all(
        place.folder, requests, actor=actor, now=now(), commit=commit, dry_run=dry_run
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)


def until_of(text: str, *, zone: tzinfo, is_last_day: bool = False) -> str:
    """Return a moment as events hold it; a bare date is its beginning, or with `is_last_day` its last second.

    Raises:
        UsageError: It cannot be read.
    """
    moment = parse_time(text, zone=zone)
    if moment is None:
        message = f"--until is '{text}', expected a date such as 2026-12-24"
        raise UsageError(message)
    if is_last_day and ":" not in text:
        day = moment.astimezone(zone).date() + timedelta(days=1)
        moment = datetime.combine(day, time(), zone) - timedelta(seconds=1)
    return iso(moment)


return_command = _command(
    Verb.RETURN,
    "Send a post back to its author for a change. It is queued again as soon as the author saves a change.",
    "What should change; the author reads this.",
)
decline_command = _command(
    Verb.DECLINE,
    "Decline a post, with a reason. It stays declined until a later approval.",
    "The reason; the author reads this.",
)
release_command = _command(Verb.RELEASE, "End a hold.", "A comment.")
correct_command = _command(
    Verb.CORRECT,
    "Say in public what was wrong with a live post. Its page shows your words and the date, as the feeds do.",
    "The note; readers see it on the page.",
)
restore_command = _command(Verb.RESTORE, "Bring a retracted post back as it was.", "A comment.")


@click.command("hold")
@posts_argument
@message_option("The reason; the author reads this.")
@reply_option
@click.option("--until", default="", metavar="DATE", help="The hold ends by itself then.")
@commit_option
@dry_run_option
@json_option
@pass_place
def hold_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    reply: str,
    until: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Let a post wait, with a reason and perhaps a date."""
    return answer(
        place,
        Verb.HOLD,
        posts,
        words=words,
        reply=reply,
        until=until,
        commit=commit,
        dry_run=dry_run,
        as_json=as_json,
    )
