"""``blognet build``."""

from __future__ import annotations

import importlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.built import built_values, print_built
from blognet.cli.explaining import EVERY_FILE, asked_file, explained_lines, explained_values
from blognet.cli.output import print_json, print_problems, result
from blognet.cli.place import Place, now, pass_place
from blognet.cli.progress import ProgressBar
from blognet.kernel.errors import UsageError
from blognet.kernel.times import parse_time

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.actions.built import Built
    from blognet.actions.unchanged import Looked


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
@click.option(
    "--executor",
    default="",
    metavar="dask://HOST:PORT",
    help="Let the workers of a Dask cluster render.",
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
@click.option(
    "--shard",
    default="",
    metavar="I/N",
    help="Make one of N parts of the site, as a file in --output; see 'blognet merge'.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@pass_place
def build_command(
    place: Place,
    output: str | None,
    base_url: str,
    moment: str,
    jobs: int | None,
    executor: str,
    explain: str,
    shard: str,
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
    jobs = jobs or os.cpu_count() or 1
    if shard:
        if anew or explain or executor or not moment:
            message = "--shard needs --now, the same for all shards, and goes without --clean, --explain and --executor"
            raise UsageError(message, hint="for example: --now 2026-12-24T08:00Z")
        from blognet.cli.shards import build_one_shard

        return build_one_shard(
            place, shard, when, target, base_url, jobs=jobs, start=start, as_json=as_json
        )
    looked = None if anew or explain else _looked(place, when, target, base_url)
    built = looked.built if looked else None
    if built is None:
        asked = asked_file(explain)
        built = _built(
            place,
            when,
            target,
            base_url,
            jobs=jobs,
            executor=executor,
            asked=asked,
            anew=anew,
            looked=looked,
            start=start,
        )
    print_problems((*built.problems, *built.help_problems))
    if as_json:
        print_json(1, **built_values(built), **explained_values(built, explain))
        return 0
    for line in explained_lines(built, explain):
        result(line)
    print_built(built, seconds=time.monotonic() - start)
    return 0


def _compared(place: Place, when: datetime, start: float, *, as_json: bool) -> int:
    from blognet.cli.compare_parsers import print_comparison

    bar = ProgressBar(start)
    try:
        return print_comparison(place.folder, now=when, as_json=as_json, progress=bar.show)
    finally:
        bar.clear()


def _looked(place: Place, when: datetime, target: Path | None, base_url: str) -> Looked:
    from blognet.actions.unchanged import build_unchanged

    return build_unchanged(
        place.folder, now=when, output=target, base_url=base_url, prepare=_prepare
    )


def _prepare() -> None:
    importlib.import_module("blognet.actions.build")


def _built(
    place: Place,
    when: datetime,
    target: Path | None,
    base_url: str,
    *,
    jobs: int,
    executor: str,
    asked: str,
    anew: bool,
    looked: Looked | None,
    start: float,
) -> Built:
    from blognet.actions.build import build

    bar = ProgressBar(start)
    try:
        return build(
            place.folder,
            now=when,
            output=target,
            base_url=base_url,
            jobs=jobs,
            executor=executor,
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
