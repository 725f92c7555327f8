"""``mayor due``: what time brings, and whether a build is due."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.next_build import next_build_lines, next_build_values
from blognet.cli.output import counted, print_json, print_table, result, say
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.cron import local_minute
from blognet.kernel.errors import UsageError
from blognet.kernel.times import iso, parse_time

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from blognet.actions.due import Due, Item
    from blognet.actions.network import Network

BUILD_IS_DUE = 1


@click.command("due")
@click.option(
    "--within",
    type=click.IntRange(0, 36500),
    default=None,
    metavar="DAYS",
    help="Leave out what is further away.",
)
@click.option(
    "--since",
    default="",
    metavar="TIME",
    help="Compare with this time, e.g. of the last build; else with the built site.",
)
@click.option(
    "--output", type=click.Path(file_okay=False), help="Where the built site is; else site/."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def due_command(
    place: Place, within: int | None, since: str, output: str | None, *, as_json: bool
) -> int:
    """Say what appears, expires, wants a review, which holds end, and when the next build is due.

    The exit code is 0 when a build would bring nothing new, and 1 when something appeared, expired or was taken down
    since the site was built, or there is none.
    """
    from blognet.actions.due import due
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    zone = network.config.zone
    found = due(
        network,
        output=Path(output).absolute() if output else network.root / "site",
        within=None if within is None else timedelta(days=within),
        since=_moment(since, zone=zone) if since else None,
    )
    if as_json:
        print_json(1, **_values(found, network))
    else:
        _print(found, network)
    return BUILD_IS_DUE if found.is_build_due else 0


def _moment(text: str, *, zone: tzinfo) -> datetime:
    moment = parse_time(text, zone=zone)
    if moment is None:
        message = f"--since is '{text}', expected a time such as 2026-12-24T08:00 or 2026-12-24"
        raise UsageError(message)
    return moment


def _print(found: Due, network: Network) -> None:
    rows = [_row(item, network) for item in (*found.missed, *found.coming)]
    if rows:
        print_table((f"WHEN ({network.config.timezone})", "WHAT", "POST", "TITLE"), rows, widest=3)
    else:
        say("Nothing comes by itself.")
    if found.since is None:
        result(
            "A build is due now: the site was not built yet, or lies elsewhere (--output, --since)"
        )
    elif found.missed:
        count = counted(len(found.missed), "change")
        result(f"A build is due now: {count} since {iso(found.since)}")
    if found.next_build is not None:
        sentence, cron = next_build_lines(found.next_build, network.config.timezone, network.root)
        result(sentence)
        result(f"  {cron}")
    elif not found.is_build_due:
        result("No build is due")


def _row(item: Item, network: Network) -> tuple[str, ...]:
    late = item.what.value == "review" and item.when <= network.now
    return (
        local_minute(item.when, zone=network.config.zone),
        "review is late" if late else item.what.value,
        item.entry.subject.typed,
        item.entry.title,
    )


def _values(found: Due, network: Network) -> dict[str, object]:
    return {
        "build_is_due": found.is_build_due,
        "since": iso(found.since) if found.since else None,
        **next_build_values(found.next_build, network.config.timezone),
        "missed": [_item(item) for item in found.missed],
        "coming": [_item(item) for item in found.coming],
    }


def _item(item: Item) -> dict[str, object]:
    return {
        "when": iso(item.when),
        "what": item.what.value,
        "name": item.entry.subject.typed,
        "title": item.entry.title,
        "authors": list(item.entry.authors),
    }
