"""``blognet build``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.explaining import EVERY_FILE, asked_file, explained_lines, explained_values
from blognet.cli.next_build import next_build_lines, next_build_values
from blognet.cli.output import counted, print_json, print_problems, result
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.kernel.times import parse_time

if TYPE_CHECKING:
    from datetime import datetime

    from rich.progress import Progress, TaskID

    from blognet.actions.built import Built
    from blognet.actions.unchanged import Looked

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
@click.option("--clean", "anew", is_flag=True, help="Make everything anew, whatever is remembered.")
@click.option(
    "--explain",
    is_flag=False,
    flag_value=EVERY_FILE,
    default="",
    metavar="[URL]",
    help="Say why each file was made, or why one was or was not.",
)
@click.option(
    "--compare-parser",
    "compare",
    is_flag=True,
    help="Build nothing; list the texts that the other Markdown parser would change.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@pass_place
def build_command(
    place: Place,
    output: str | None,
    base_url: str,
    moment: str,
    jobs: int | None,
    explain: str,
    *,
    anew: bool,
    compare: bool,
    as_json: bool,
) -> int:
    """Build the site from what was approved, and only from that."""
    start = time.monotonic()
    when = _moment(moment, place)
    if base_url and not base_url.startswith(("https://", "http://", "file:///")):
        message = f"--base-url is '{base_url}', expected an address that begins with https://"
        hint = "file:///path/of/the/site makes links that work when files are opened from a disk"
        raise UsageError(message, hint=hint)
    if compare:
        return _compared(place, when, start, as_json=as_json)
    target = Path(output).absolute() if output else None
    looked = None if anew or explain else _looked(place, when, target, base_url)
    built = looked.built if looked else None
    if built is None:
        asked = asked_file(explain)
        jobs = jobs or os.cpu_count() or 1
        built = _built(
            place,
            when,
            target,
            base_url,
            jobs=jobs,
            asked=asked,
            anew=anew,
            looked=looked,
            start=start,
        )
    print_problems((*built.problems, *built.cache_problems))
    if as_json:
        print_json(1, **_summary(built), **explained_values(built, explain))
        return 0
    for line in explained_lines(built, explain):
        result(line)
    _print(built, seconds=time.monotonic() - start)
    return 0


def _compared(place: Place, when: datetime, start: float, *, as_json: bool) -> int:
    from blognet.cli.compare_parsers import print_comparison

    bar = _Progress(start)
    try:
        return print_comparison(place.folder, now=when, as_json=as_json, progress=bar.show)
    finally:
        bar.clear()


def _looked(place: Place, when: datetime, target: Path | None, base_url: str) -> Looked:
    from blognet.actions.unchanged import build_unchanged

    return build_unchanged(place.folder, now=when, output=target, base_url=base_url)


def _built(
    place: Place,
    when: datetime,
    target: Path | None,
    base_url: str,
    *,
    jobs: int,
    asked: str,
    anew: bool,
    looked: Looked | None,
    start: float,
) -> Built:
    from blognet.actions.build import build

    bar = _Progress(start)
    try:
        return build(
            place.folder,
            now=when,
            output=target,
            base_url=base_url,
            jobs=jobs,
            anew=anew,
            asked=asked,
            looked=looked,
            progress=bar.show,
        )
    finally:
        bar.clear()


def _moment(text: str, place: Place) -> datetime:
    if not text:
        return now()
    from blognet.actions.network import open_network

    moment = parse_time(text, zone=open_network(place.folder)[1].zone)
    if moment is None:
        message = f"--now is '{text}', expected a time such as 2026-12-24T08:00 or 2026-12-24"
        raise UsageError(message)
    return moment


def _summary(built: Built) -> dict[str, object]:
    return {
        "output": str(built.target),
        "posts": built.posts,
        "pages": built.plain_pages,
        "authors": built.authors,
        "files": built.pages,
        "made": len(built.made),
        "written": len(built.change.written),
        "unchanged": len(built.change.unchanged),
        "removed": len(built.change.removed),
        "warnings": len(built.problems),
        "waiting": list(built.waiting),
        "faulty": list(built.faulty),
        **next_build_values(built.next_due, built.timezone),
    }


def _print(built: Built, *, seconds: float) -> None:
    numbers = _summary(built)
    result(
        f"Built {counted(built.posts, 'post')} by {counted(built.authors, 'author')} and"
        f" {counted(built.plain_pages, 'page')} in {seconds:.1f} s:"
        f" {counted(built.pages, 'file')} in {_near(built.target)}"
    )
    result(
        f"  {numbers['written']} written, {numbers['unchanged']} unchanged, {numbers['removed']} removed"
        + (f"; {counted(len(built.problems), 'warning')} above" if built.problems else "")
    )
    if built.lost and built.change.unchanged:
        result(f"  everything was made anew: {built.lost}")
    if built.waiting:
        result(f"  {counted(len(built.waiting), 'subject')} waiting for the mayor: mayor queue")
    if built.faulty:
        result(f"  {counted(len(built.faulty), 'subject')} with faults: blognet check")
    if built.next_due:
        sentence, cron = next_build_lines(built.next_due, built.timezone, built.root)
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
