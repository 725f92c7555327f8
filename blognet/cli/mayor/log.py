"""``mayor log``: what was decided, newest last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.note_lines import event_extra
from blognet.cli.output import BOLD, print_json, print_problems, say, styled
from blognet.cli.paging import print_paged
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.times import iso, parse_time
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from blognet.actions.show import Remark

_LEAST = timedelta(seconds=1)
"""Times of events are whole seconds: what is later than a second before a moment is of that moment, or later."""


@click.command("log")
@click.argument("posts", nargs=-1, shell_complete=complete_post)
@click.option("--by", "actor", default="", metavar="ID", help="Only what this person decided.")
@click.option("--verb", default="", metavar="VERB", help="Only this verb, e.g. decline.")
@click.option("--since", default="", metavar="DATE", help="Only from this date on.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def log_command(
    place: Place, posts: tuple[str, ...], actor: str, verb: str, since: str, *, as_json: bool
) -> int:
    """List what was decided, with the words, newest last."""
    from blognet.actions.entries import lately_in
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.show import thread_of

    _refuse_unknown_verb(verb)

    network = load_network(place.folder, now=now())
    print_problems(network.record.problems)
    earliest = _moment(since, zone=network.config.zone)
    if posts:
        entries = [find_entry(network, post, here=place.folder).entry for post in posts]
    elif earliest is not None:
        entries = list(lately_in(network.entries, earliest - _LEAST))
    else:
        entries = list(network.entries.values())
    remarks = [
        remark
        for entry in entries
        for remark in thread_of(entry)
        if (not actor or remark.event.actor == actor)
        and (not verb or remark.event.verb == verb)
        and (earliest is None or remark.event.time >= earliest)
    ]
    # Within a subject, causes come before effects whatever the clocks said; between subjects, time is all there is.
    ordered = remarks if len(entries) == 1 else sorted(remarks, key=lambda one: one.event.time)
    if as_json:
        print_json(1, events=[_as_json(remark) for remark in ordered])
        return 0
    print_paged([line for remark in ordered for line in _lines(remark)])
    if not ordered:
        is_part = bool(posts or actor or verb or since)
        say("Nothing of that kind was decided." if is_part else "Nothing was decided yet.")
    return 0


def _refuse_unknown_verb(typed: str) -> None:
    known = [verb.value for verb in Verb]
    if typed and typed not in known:
        message = f"'{typed}' is no verb"
        raise UsageError(
            message, hint=did_you_mean(typed, known) or f"verbs are {', '.join(known)}"
        )


def _moment(text: str, *, zone: tzinfo) -> datetime | None:
    moment = parse_time(text, zone=zone) if text else None
    if text and moment is None:
        message = f"--since is '{text}', expected a date such as 2026-11-22"
        raise UsageError(message)
    return moment


def _lines(remark: Remark) -> list[str]:
    event = remark.event
    content = f"@{event.content.short}" if event.content else ""
    what = styled(f"{event.verb.value} {event.subject}{content}", BOLD)
    extras = event_extra(event, note=remark.note)
    stage = f" for {event.stage}" if event.stage else ""
    seen = f" seen={event.seen.value}" if event.seen else ""
    words = remark.words.rstrip("\n").split("\n") if remark.words else ()
    return [
        f"{iso(event.time)}  {event.actor}  {what}{stage}{seen}{extras}",
        *(f"    waived {waiver}" for waiver in event.waivers),
        *(f"    {line}" for line in words),
    ]


def _as_json(remark: Remark) -> dict[str, object]:
    event = remark.event
    return {
        "time": iso(event.time),
        "actor": event.actor,
        "verb": event.verb.value,
        "kind": event.subject.kind.value,
        "id": event.subject.id,
        "language": event.subject.language,
        "hash": event.content.hex if event.content else None,
        "stage": event.stage,
        "seen": event.seen.value if event.seen else None,
        "options": dict(event.options),
        "findings": list(event.findings),
        "waivers": list(event.waivers),
        "url": event.facts.url if event.facts else None,
        "words": remark.words,
    }
