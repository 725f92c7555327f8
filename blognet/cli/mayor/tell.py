"""``mayor tell``: tell authors what was decided and mayors what waits; into files, by mail, to a chat or as a feed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.output import print_error, print_json, print_problems, result, say
from blognet.cli.place import Place, is_interactive, now, pass_place
from blognet.kernel.errors import FaultsError, UsageError
from blognet.kernel.times import iso, parse_time

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.actions.network import Network
    from blognet.actions.tell import Deliveries
    from blognet.actions.telling import Announcement, Telling
    from blognet.disk.told import Told
    from blognet.moderation.messages import Letter

_LOCK = "tell.lock"
_CHANNELS = ("outbox", "smtp", "hook", "feed")


@click.command("tell")
@click.option(
    "--to",
    "channel",
    type=click.Choice(_CHANNELS),
    default="outbox",
    show_default=True,
    help="Files, the mail server of the settings, JSON lines for a chat, or an Atom feed of the queue.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("eml", "md")),
    default="eml",
    show_default=True,
    help="What the files of the outbox are.",
)
@click.option(
    "--since",
    default="",
    metavar="DATE",
    help="Count what is older as told; 'all' counts nothing, 'now' everything.",
)
@click.option(
    "--feed", default="", metavar="FILE", help="Where the feed goes, outside of the site."
)
@click.option("--dry-run", is_flag=True, help="Show the messages; tell nobody.")
@click.option("--json", "as_json", is_flag=True, help="Print what was told as JSON.")
@pass_place
def tell_command(
    place: Place,
    channel: str,
    form: str,
    since: str,
    feed: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Tell authors what was decided about their work, and mayors what waits.

    What to tell follows from the record; what was told is remembered in .blognet/told.json of this copy, so that
    nothing is told twice. A person gets at most one message a day, unless something is urgent.
    """
    from blognet.actions.network import is_sound, load_network
    from blognet.disk.lock import writing_lock

    if feed and channel != "feed":
        message = "--feed goes with --to feed"
        raise UsageError(message)
    network = load_network(place.folder, now=now())
    if not is_sound(network.record):
        message = "the record has faults, so that it is not known what was decided"
        raise FaultsError(message, problems=network.record.problems, hint="see: mayor verify")
    print_problems(network.record.problems)
    if channel == "feed":
        return _feed(network, place, feed, dry_run=dry_run)
    with writing_lock(network.root, doing="telling", name=_LOCK):
        told = _told(network, since, dry_run=dry_run)
        if channel == "hook":
            return _hook(network, told, dry_run=dry_run)
        return _letters(network, told, channel=channel, form=form, dry_run=dry_run, as_json=as_json)


def _told(network: Network, since: str, *, dry_run: bool) -> Told:
    """Return what was told; asks before it tells everything when nothing says what was.

    Raises:
        UsageError: Nothing says what was told, and nobody can be asked.
    """
    from blognet.actions.telling import untold_count, without_before
    from blognet.disk.told import Told, keep_told, read_told

    told = read_told(network.root)
    if since:
        moment = _moment(since, network)
        told = told or Told()
        told = told if moment is None else without_before(network, told, moment)
    elif told is None:
        told = Told()
        count = untold_count(network, told)
        if count and not dry_run:
            _ask(count)
    if not dry_run:
        keep_told(network.root, told)
    return told


def _ask(count: int) -> None:
    many = f"{count} event{'s' if count != 1 else ''}"
    message = f"this copy does not know what was told before; {many} of the record would be told"
    if not is_interactive():
        hint = "say from when on: mayor tell --since 2026-11-01 (or all, or now); look first: --dry-run"
        raise UsageError(message, hint=hint)
    say(f"{message[0].upper()}{message[1:]}.")
    if not click.confirm("Tell all of them?", default=False, err=True):
        message = "nothing was told"
        raise UsageError(message, hint="from now on only: mayor tell --since now")


def _moment(text: str, network: Network) -> datetime | None:
    """Return from when on events are told; None for all of them."""
    if text == "all":
        return None
    if text == "now":
        return network.now + timedelta(seconds=1)  # what was decided in this second is older, too
    moment = parse_time(text, zone=network.config.zone)
    if moment is None:
        message = f"--since is '{text}', expected a date such as 2026-11-22, or all, or now"
        raise UsageError(message)
    return moment


def _feed(network: Network, place: Place, feed: str, *, dry_run: bool) -> int:
    from blognet.actions.queue_feed import queue_feed, write_queue_feed

    if dry_run:
        result(queue_feed(network).rstrip("\n"))
        return 0
    target = place.folder / Path(feed) if feed else None
    result(f"wrote {write_queue_feed(network, target)}")
    return 0


def _hook(network: Network, told: Told, *, dry_run: bool) -> int:
    import json
    import sys

    from blognet.actions.telling import announcements
    from blognet.disk.told import keep_told
    from blognet.moderation.messages import short_id

    found = announcements(network, told)
    for one in found:
        # In ASCII: some readers of lines take U+2028 for the end of one.
        sys.stdout.write(json.dumps(_announced(one)) + "\n")
    sys.stdout.flush()
    if not dry_run:
        keep_told(network.root, told.hooked(short_id(one.news.ident) for one in found))
    return 0


def _announced(one: Announcement) -> dict[str, object]:
    """Return the JSON of one line; docs/messages.md describes it."""
    event, matter = one.news.event, one.matter
    return {
        "schema": 1,
        "id": one.news.ident,
        "time": iso(event.time),
        "text": one.text,
        "verb": event.verb.value,
        "actor": event.actor,
        "actor_name": one.news.actor,
        "kind": event.subject.kind.value,
        "name": event.subject.name,
        "title": matter.title,
        "authors": list(one.authors),
        "words": one.news.words,
        "state": matter.state,
        "published": matter.published,
        "url": matter.url or None,
        "path": matter.path or None,
        "urgent": one.news.is_urgent,
    }


def _letters(
    network: Network, told: Told, *, channel: str, form: str, dry_run: bool, as_json: bool
) -> int:
    from blognet.actions.tell import Deliveries, send_letters, write_outbox
    from blognet.actions.telling import telling

    found = telling(network, told)
    if dry_run:
        came = Deliveries(delivered=(), failed=(), told=told)
    elif channel == "smtp":
        came = send_letters(network, found, told)
    else:
        came = write_outbox(network, found, told, as_markdown=form == "md")
    if as_json:
        print_json(1, **_as_json(found, came, dry_run=dry_run))
    else:
        if dry_run:
            for letter in found.letters:
                _show(letter)
        _print(found, came, is_mail=channel == "smtp", dry_run=dry_run)
    return 1 if came.failed else 0


def _show(letter: Letter) -> None:
    reader = letter.reader
    result(f"To: {reader.name} <{reader.address or '?'}>")
    result(f"Subject: {letter.topic}")
    result()
    result(letter.body)


def _print(found: Telling, came: Deliveries, *, is_mail: bool, dry_run: bool) -> None:
    verb = "sent to" if is_mail else "wrote"
    for one in came.delivered:
        result(f"{verb} {one.where}: {one.letter.topic}")
    for letter, reason in came.failed:
        print_error(
            f"not told to {letter.reader.id} ({letter.reader.address}): {reason}",
            hint="the next mayor tell tries again",
        )
    for reader, count in found.later:
        waits = "waits" if count == 1 else "wait"
        say(f"{reader.id} had a message today; {_events(count)} {waits} for tomorrow")
    for reader, count in found.unreachable:
        rest = "" if is_mail or dry_run else "; the message is Markdown, to be handed over"
        what = _events(count) if count else "what waits"
        say(
            f"{reader.id} has no e-mail address for {what}: add one to authors/{reader.id}.md{rest}"
        )
    if not found.letters:
        say("There is nothing to tell.")
    elif dry_run:
        count = len(found.letters)
        say(f"{count} message{'s' if count != 1 else ''} would be told; nobody was told anything.")
    elif came.delivered and not is_mail:
        say(
            "Open the files in a mail program and send them, or set a mail server: docs/messages.md"
        )


def _events(count: int) -> str:
    return f"{count} event{'s' if count != 1 else ''}"


def _as_json(found: Telling, came: Deliveries, *, dry_run: bool) -> dict[str, object]:
    told = {one.letter.key: one.where for one in came.delivered}
    failed = {letter.key: reason for letter, reason in came.failed}
    return {
        "dry_run": dry_run,
        "messages": [
            {
                "to": letter.reader.id,
                "address": letter.reader.address or None,
                "subject": letter.topic,
                "body": letter.body,
                "urgent": letter.urgent,
                "events": list(letter.events),
                "told": told.get(letter.key),
                "failed": failed.get(letter.key),
            }
            for letter in found.letters
        ],
        "later": [{"to": reader.id, "events": count} for reader, count in found.later],
        "unreachable": [{"to": reader.id, "events": count} for reader, count in found.unreachable],
    }
