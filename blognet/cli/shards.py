"""``blognet build --shard`` and ``blognet merge``: a site made in parts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blognet.cli.built import built_values, near_path, print_built
from blognet.cli.output import counted, print_json, print_problems, result, say
from blognet.cli.place import Place, pass_place
from blognet.cli.progress import ProgressBar
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime


def build_one_shard(
    place: Place,
    text: str,
    when: datetime,
    folder: Path | None,
    base_url: str,
    *,
    jobs: int,
    start: float,
    as_json: bool,
) -> int:
    """Make one part of a site.

    Args:
        place: Where the person is.
        text: Which part, such as ``2/5``.
        when: As of which time.
        folder: Where its archive goes; None for the usual place.
        base_url: Where the site will live; "" for the configured address.
        jobs: How many processes.
        start: When the work began, by the monotonic clock.
        as_json: Whether to print JSON.
    """
    from blognet.actions.shards import build_shard
    from blognet.site.shards import MOST, shard_in

    shard = shard_in(text)
    if shard is None:
        message = f"--shard is '{text}', expected a part such as 2/5, of {MOST} at most"
        raise UsageError(message)
    bar = ProgressBar(start)
    try:
        built = build_shard(
            place.folder,
            shard,
            now=when,
            base_url=base_url,
            folder=folder,
            jobs=jobs,
            progress=bar.show,
        )
    finally:
        bar.clear()
    print_problems(built.help_problems)
    if as_json:
        said = {"number": shard.number, "of": shard.of}
        counts = {"files": built.files, "of_files": built.pages, "bytes": built.size}
        print_json(1, shard=said, file=str(built.file), **counts, sealed=built.is_sealed)
        return 0
    result(
        f"Built shard {shard} in {time.monotonic() - start:.1f} s:"
        f" {built.files} of {counted(built.pages, 'file')} in {near_path(built.file).rstrip('/')}"
    )
    if not built.is_sealed:
        say("It has no seal: set BLOGNET_CACHE_KEY to make one that 'blognet merge' can check.")
    return 0


@click.command("merge")
@click.argument("shards", nargs=-1, required=True, metavar="DIR...", type=click.Path(exists=True))
@click.option("--output", type=click.Path(file_okay=False), help="Where to; else site/.")
@click.option(
    "--unsealed",
    is_flag=True,
    help="Take shards without a good seal: you know who made them and trust them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@pass_place
def merge_command(
    place: Place, shards: tuple[str, ...], output: str | None, *, unsealed: bool, as_json: bool
) -> int:
    """Put the parts that 'blognet build --shard' made together: the whole site, or nothing."""
    from blognet.actions.shards import merge_shards

    start = time.monotonic()
    sources = [Path(each).absolute() for each in shards]
    target = Path(output).absolute() if output else None
    built = merge_shards(place.folder, sources, output=target, unsealed=unsealed)
    print_problems(built.problems)
    if as_json:
        print_json(1, **built_values(built))
        return 0
    print_built(built, seconds=time.monotonic() - start)
    return 0
