"""``blognet serve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.output import counted, print_problems, result, say
from blognet.cli.place import Place, now, pass_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import Subject
    from blognet.preview.answers import View
    from blognet.preview.run import Serving
    from blognet.preview.told import Told

PORT = 8000
_NAMED = 3


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="0: any free one.",
)
@click.option("--drafts/--no-drafts", default=True, help="Show drafts beside what waits, or not.")
@click.option("--no-waiting", is_flag=True, help="Show the site as approved, and nothing else.")
@click.option("--poll", is_flag=True, help="Look for changes now and then; for network drives.")
@pass_place
def serve_command(place: Place, port: int, *, drafts: bool, no_waiting: bool, poll: bool) -> int:
    """Show the site on this machine while you write; the page changes when you save.

    The site is shown as approved. What waits is listed at /_waiting/, and shown below /_preview/ as it would be.
    Nothing is written but what is remembered in .blognet/.
    """
    from blognet.actions.prospect import viewable
    from blognet.preview.answers import View

    def choose(found: tuple[Waiting, ...]) -> Iterable[Subject]:
        return () if no_waiting else viewable(found, drafts=drafts)

    view = View.SITE_ALONE if no_waiting else View.SITE
    return run_preview(place.folder, choose=choose, view=view, port=port, poll=poll)


def run_preview(
    folder: Path,
    *,
    choose: Callable[[tuple[Waiting, ...]], Iterable[Subject]],
    view: View,
    port: int,
    poll: bool,
) -> int:
    """Serve a network until Ctrl-C; return the exit code."""
    from threading import Event

    from blognet.actions.showing import Onlooker
    from blognet.disk.home import find_network
    from blognet.preview.apart import Apart, can_stand_apart
    from blognet.preview.run import serve
    from blognet.preview.server import refuse_taken
    from blognet.preview.session import Session

    root = find_network(folder)

    def begin(report: Callable[[Told], None] = lambda _told: None) -> Session:
        onlooker = Onlooker(root, began=now(), choose=choose)
        return Session(onlooker, clock=now, view=view, report=report)

    refuse_taken(port)
    try:
        shown = Apart(begin, report=_report) if can_stand_apart() else begin(_report)
        try:
            serve(root, shown, view=view, port=port, poll=poll, stop=Event(), began=_begun)
        finally:
            shown.end()
    except KeyboardInterrupt:
        say("\nStopped.")
    return 0


def _begun(serving: Serving) -> None:
    from blognet.preview.addresses import WAITING
    from blognet.preview.answers import View

    server = serving.server
    result(f"Serving {server.address} (Ctrl-C ends it)")
    waiting = server.session.told.waiting
    if waiting and server.view is View.SITE:
        result(f"  {counted(waiting, 'subject')} waiting: {server.address.rstrip('/')}{WAITING}")
    if serving.is_polling:
        say("  looking for changes now and then")


def _report(told: Told) -> None:
    names = sorted(told.changed) if told.trouble is None else []
    named = ", ".join(names[:_NAMED]) + (
        f" and {len(names) - _NAMED} more" if names[_NAMED:] else ""
    )
    if told.is_known:
        return
    if told.trouble is not None:
        print_problems(told.trouble.problems)
        say(f"still showing what was there before: {told.trouble.message}")
        return
    print_problems(told.remarks)
    say(f"{named or 'changed'}: shown after {told.seconds * 1000:.0f} ms")
