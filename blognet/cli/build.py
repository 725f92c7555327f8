"""``blognet build``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.next_build import next_build_lines, next_build_values
from blognet.cli.output import counted, print_json, print_problems, result
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.kernel.times import parse_time

if TYPE_CHECKING:
    from datetime import datetime

    from rich.progress import Progress, TaskID

    from blognet.actions.build import Built

_QUIET_SECONDS = 1.0


@click.command("build")
@click.option("--output", type=click.Path(file_okay=False), help="Where to; else site/.")
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Where the site will live; else the url of blognet.yml.",
)
@click.option(
    "--now",
    "moment",
    default="",
    metavar="TIME",
    help="Build as of this time, e.g. 2026-12-24T08:00Z.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="Processes; else one for each core."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@pass_place
def build_command(
    place: Place, output: str | None, base_url: str, moment: str, jobs: int | None, *, as_json: bool
) -> int:
    """Build the site from what was approved, and only from that."""
    from blognet.actions.build import build
    from blognet.actions.network import open_network

    start = time.monotonic()
    _, config = open_network(place.folder)
    when = _moment(moment, zone=config.zone)
    if base_url and not base_url.startswith(("https://", "http://", "file:///")):
        message = f"--base-url is '{base_url}', expected an address that begins with https://"
        hint = "file:///path/of/the/site makes links that work when files are opened from a disk"
        raise UsageError(message, hint=hint)
    bar = _Progress(start)
    try:
        built = build(
            place.folder,
            now=when,
            output=Path(output).absolute() if output else None,
            base_url=base_url,
            jobs=jobs or os.cpu_count() or 1,
            progress=bar.show,
        )
    finally:
        bar.clear()
    print_problems(built.problems)
    if as_json:
        print_json(1, **_summary(built))
    else:
        _print(built, seconds=time.monotonic() - start)
    return 0


def _moment(text: str, *, zone: object) -> datetime:
    from datetime import tzinfo

    if not text:
        return now()
    moment = parse_time(text, zone=zone) if isinstance(zone, tzinfo) else None
    if moment is None:
        message = f"--now is '{text}', expected a time such as 2026-12-24T08:00 or 2026-12-24"
        raise UsageError(message)
    return moment


def _summary(built: Built) -> dict[str, object]:
    return {
        "output": str(built.target),
        "posts": len(built.published.posts),
        "pages": len(built.published.pages),
        "authors": _author_count(built),
        "files": built.pages,
        "written": len(built.change.written),
        "unchanged": len(built.change.unchanged),
        "removed": len(built.change.removed),
        "warnings": len(built.problems),
        "waiting": [str(subject) for subject in built.waiting],
        "faulty": [str(subject) for subject in built.faulty],
        **next_build_values(built.next_due, built.config),
    }


def _author_count(built: Built) -> int:
    return len({author for post in built.published.posts for author in post.authors})


def _print(built: Built, *, seconds: float) -> None:
    numbers = _summary(built)
    result(
        f"Built {counted(len(built.published.posts), 'post')} by {counted(_author_count(built), 'author')} and"
        f" {counted(len(built.published.pages), 'page')} in {seconds:.1f} s:"
        f" {counted(built.pages, 'file')} in {_near(built.target)}"
    )
    result(
        f"  {numbers['written']} written, {numbers['unchanged']} unchanged, {numbers['removed']} removed"
        + (f"; {counted(len(built.problems), 'warning')} above" if built.problems else "")
    )
    if built.waiting:
        result(f"  {counted(len(built.waiting), 'subject')} waiting for the mayor: mayor queue")
    if built.faulty:
        result(f"  {counted(len(built.faulty), 'subject')} with faults: blognet check")
    if built.next_due:
        sentence, cron = next_build_lines(built.next_due, built.config, built.root)
        result(f"  {sentence}: something appears or expires then")
        result(f"  {cron}")


def _near(target: Path) -> str:
    here = Path.cwd()
    return (
        f"{target.relative_to(here)}/"
        if target.is_relative_to(here) and target != here
        else str(target)
    )


class _Progress:
    """A bar on the terminal, from one second on; nothing where there is no terminal."""

    def __init__(self, start: float) -> None:
        self._start = start
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, what: str, done: int, total: int) -> None:
        if self._bar is None:
            if not sys.stderr.isatty() or time.monotonic() - self._start < _QUIET_SECONDS:
                return
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(file=sys.stderr), transient=True)
            self._bar.start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done)

    def clear(self) -> None:
        if self._bar is not None:
            self._bar.stop()
