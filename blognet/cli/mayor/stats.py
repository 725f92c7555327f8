"""``mayor stats``: how long answers took, how many rounds there were, and why work was declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.layout import cut, terminal_columns
from blognet.cli.output import print_json, print_problems, print_table, result, say
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.kernel.times import iso, parse_time
from blognet.kernel.working_time import spoken

if TYPE_CHECKING:
    from datetime import datetime, timedelta, tzinfo

    from blognet.moderation.stats import Figures, Stats, Times

_HEADERS = ("WHO", "ANSWERED", "FIRST ANSWER", "90 %", "LIVE", "90 %", "ROUNDS", "MOST")


@click.command("stats")
@click.option(
    "--since", default="", metavar="DATE", help="Only what was first answered from this date on."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def stats_command(place: Place, since: str, *, as_json: bool) -> int:
    """Show how long authors waited for a first answer and until their work was live, in working time.

    Medians and 90th percentiles, over all and for each author and team, with the number of versions that a work took
    until it was approved, and the reasons of declines.
    """
    from blognet.actions.network import load_network
    from blognet.actions.stats import stats

    network = load_network(place.folder, now=now())
    earliest = _moment(since, zone=network.config.zone)
    found = stats(network, since=earliest)
    if as_json:
        print_json(1, since=iso(earliest) if earliest else None, **_as_json(found))
        return 0
    print_problems(network.record.problems)
    if not found.network.subjects:
        say("Nothing was answered yet.")
        return 0
    rows = [
        _row("all", found.network),
        *(_row(one.name, one) for one in found.authors),
        *(_row(f"team {one.name}", one) for one in found.teams),
    ]
    print_table(_HEADERS, rows)
    _print_reasons(found)
    unknown = found.network.subjects - found.network.first_answer.cases
    if unknown:
        say(f"\nOf {unknown} it is not known when they came: no submission in the record, no git.")
    return 0


def _moment(text: str, *, zone: tzinfo) -> datetime | None:
    moment = parse_time(text, zone=zone) if text else None
    if text and moment is None:
        message = f"--since is '{text}', expected a date such as 2026-11-22"
        raise UsageError(message)
    return moment


def _row(name: str, one: Figures) -> tuple[str, ...]:
    answer, live = one.first_answer, one.live
    return (
        name,
        str(one.subjects),
        _said(answer.median),
        _said(answer.ninetieth),
        _said(live.median),
        _said(live.ninetieth),
        *(map(str, one.rounds) if one.rounds else ("-", "-")),
    )


def _said(amount: timedelta | None) -> str:
    return "-" if amount is None else spoken(amount)


def _print_reasons(found: Stats) -> None:
    if not found.reasons:
        return
    result()
    result(f"{found.declined:.0%} of what was answered was declined, for these reasons:")
    for reason in found.reasons:
        head = f"  {reason.share:4.0%}  {reason.count:3}  "
        result(head + cut(reason.text, terminal_columns() - len(head)))


def _as_json(found: Stats) -> dict[str, object]:
    return {
        "network": _figures(found.network),
        "authors": [_figures(one) for one in found.authors],
        "teams": [_figures(one) for one in found.teams],
        "declined": round(found.declined, 4),
        "reasons": [
            {"text": one.text, "count": one.count, "share": round(one.share, 4)}
            for one in found.reasons
        ],
    }


def _figures(one: Figures) -> dict[str, object]:
    return {
        "name": one.name or None,
        "answered": one.subjects,
        "first_answer": _times(one.first_answer),
        "live": _times(one.live),
        "answers": dict(one.answers),
        "rounds": {"median": one.rounds[0], "most": one.rounds[1]} if one.rounds else None,
    }


def _times(times: Times) -> dict[str, object]:
    """Return times in working seconds: 86,400 are a working day."""
    return {
        "cases": times.cases,
        "median": _seconds(times.median),
        "ninetieth": _seconds(times.ninetieth),
    }


def _seconds(amount: timedelta | None) -> int | None:
    return None if amount is None else int(amount.total_seconds())
