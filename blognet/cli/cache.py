"""``blognet cache``: what builds keep, and carrying it to another machine."""

from __future__ import annotations

from pathlib import Path

import click

from blognet.cli.output import print_json, result, say
from blognet.cli.place import Place, pass_place

_KIBI = 1024
_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.group("cache", invoke_without_command=True)
@_json
@pass_place
@click.pass_context
def cache_command(context: click.Context, place: Place, *, as_json: bool) -> int:
    """Show what builds keep: rendered texts and finished pictures. Deleting it costs nothing but time."""
    if context.invoked_subcommand is not None:
        return 0
    from blognet.actions.caching import show_cache

    kept = show_cache(place.folder)
    entries = sum(amount.entries for amount in kept.by_kind.values())
    size = sum(amount.size for amount in kept.by_kind.values())
    if as_json:
        values = {
            kind: {"entries": amount.entries, "bytes": amount.size}
            for kind, amount in kept.by_kind.items()
        }
        print_json(1, where=str(kept.where), entries=entries, bytes=size, **values)
        return 0
    result(f"{_entries(entries)}, {_size(size)}, in {kept.where}")
    for kind, amount in kept.by_kind.items():
        result(f"  {kind}: {_entries(amount.entries)}, {_size(amount.size)}")
    return 0


@cache_command.command("export")
@click.argument("file", type=click.Path(dir_okay=False))
@_json
@pass_place
def export_command(place: Place, file: str, *, as_json: bool) -> int:
    """Write all that is kept into FILE, sealed with BLOGNET_CACHE_KEY when that is set."""
    from blognet.actions.caching import export_cache

    done = export_cache(place.folder, Path(file).absolute())
    if as_json:
        print_json(
            1,
            file=file,
            entries=done.amount.entries,
            bytes=done.amount.size,
            sealed=done.is_sealed,
        )
        return 0
    result(f"exported {_entries(done.amount.entries)}, {_size(done.amount.size)}, to {file}")
    if not done.is_sealed:
        say("It has no seal: set BLOGNET_CACHE_KEY to make one that others can check.")
    return 0


@cache_command.command("import")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option(
    "--unsealed",
    is_flag=True,
    help="Take a file without a good seal: you know who made it and trust them.",
)
@_json
@pass_place
def import_command(place: Place, file: str, *, unsealed: bool, as_json: bool) -> int:
    """Take what FILE holds, an archive of 'blognet cache export'. One that is not good is refused as a whole."""
    from blognet.actions.caching import import_cache

    done = import_cache(place.folder, Path(file).absolute(), unsealed=unsealed)
    if as_json:
        print_json(1, file=file, entries=done.entries, bytes=done.size)
    else:
        result(f"imported {_entries(done.entries)}, {_size(done.size)}, from {file}")
    return 0


@cache_command.command("prune")
@click.option(
    "--max-size",
    default="500M",
    show_default=True,
    metavar="SIZE",
    help="Bytes to be left at most, such as 500M, 2G or 0.",
)
@_json
@pass_place
def prune_command(place: Place, max_size: str, *, as_json: bool) -> int:
    """Forget what was made longest ago, until the rest fits."""
    from blognet.actions.caching import prune_cache, size_in

    done = prune_cache(place.folder, max_size=size_in(max_size))
    if as_json:
        gone = {"entries": done.gone.entries, "bytes": done.gone.size}
        left = {"entries": done.left.entries, "bytes": done.left.size}
        print_json(1, removed=gone, left=left)
    else:
        result(
            f"removed {_entries(done.gone.entries)}, {_size(done.gone.size)};"
            f" {_entries(done.left.entries)}, {_size(done.left.size)} left"
        )
    return 0


def _entries(number: int) -> str:
    return f"{number} entry" if number == 1 else f"{number} entries"


def _size(number: int) -> str:
    amount, unit = float(number), "bytes"
    for larger in ("KiB", "MiB", "GiB"):
        if amount < _KIBI:
            break
        amount, unit = amount / _KIBI, larger
    return f"{number} bytes" if unit == "bytes" else f"{amount:.1f} {unit}"
