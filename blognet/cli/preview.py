"""``blognet preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.output import counted, result
from blognet.cli.place import Place, now, pass_place
from blognet.cli.serve import PORT, run_preview
from blognet.cli.typed import typed_names
from blognet.kernel.errors import FaultsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import Subject


@click.command("preview")
@click.argument("posts", nargs=-1, metavar="[POST]...", shell_complete=complete_post)
@click.option("--queue", is_flag=True, help="Everything that waits for the mayor, drafts left out.")
@click.option("--output", type=click.Path(file_okay=False), help="Write to this folder instead.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="0: any free one.",
)
@click.option("--poll", is_flag=True, help="Look for changes now and then; for network drives.")
@pass_place
def preview_command(
    place: Place, posts: tuple[str, ...], port: int, output: str | None, *, queue: bool, poll: bool
) -> int:
    """Show the site as it would be with these posts approved, or with the whole queue.

    Every page is marked, and search engines are told to keep away. POST is an id, a unique beginning of one, or a
    path; '-' reads them from standard input. Never writes into site/.
    """
    from blognet.preview.answers import View

    names = typed_names(posts)
    if queue == bool(names):
        message = "expected posts or --queue, and not both"
        raise UsageError(message, hint="blognet preview POST, or blognet preview --queue")
    choose = _choice(place.folder, names)
    if output is not None:
        return _write(place.folder, choose, Path(output).absolute())
    return run_preview(place.folder, choose=choose, view=View.PROSPECT, port=port, poll=poll)


def _choice(
    folder: Path, names: tuple[str, ...]
) -> Callable[[tuple[Waiting, ...]], Iterable[Subject]]:
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.waiting import for_mayor

    if not names:
        return lambda found: tuple(one.entry.subject for one in for_mayor(found))
    network = load_network(folder, now=now())
    entries = [find_entry(network, name, here=folder).entry for name in names]
    for entry in entries:
        if entry.proposal is None or entry.proposal.content is None:
            what = (
                "it has no file" if entry.proposal is None else "its faults keep it from being read"
            )
            message = f"{entry.subject.typed} cannot be shown: {what}"
            raise FaultsError(message, problems=entry.problems, hint="blognet status --all")
    subjects = tuple(entry.subject for entry in entries)
    return lambda _found: subjects


def _write(
    folder: Path, choose: Callable[[tuple[Waiting, ...]], Iterable[Subject]], target: Path
) -> int:
    from blognet.actions.showing import Onlooker
    from blognet.disk.home import find_network
    from blognet.preview.output import write_preview

    moment = now()
    shown = Onlooker(find_network(folder), began=moment, choose=choose).look(now=moment)
    if shown is None:
        raise AssertionError
    change = write_preview(shown, target)
    files = len(change.written) + change.unchanged
    result(
        f"Preview with {counted(len(shown.placed), 'waiting subject')}:"
        f" {counted(files, 'file')} in {target}"
    )
    for subject, reason in shown.left_out.items():
        result(f"  left out: {subject.typed}: {reason}")
    return 0
