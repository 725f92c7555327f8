"""``blognet urls``: the addresses of lists and feeds, and which of them must not vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.output import print_json, result, say
from blognet.cli.place import Place, now, pass_place

if TYPE_CHECKING:
    from blognet.actions.urls import Urls


@click.command("urls")
@click.option("--lock", is_flag=True, help="Write every address that is there into urls.lock.")
@click.option(
    "--forget", multiple=True, metavar="ADDRESS", help="Take an address out, and what is below it."
)
@click.option("--dry-run", is_flag=True, help="Change nothing, say what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def urls_command(
    place: Place, *, lock: bool, forget: tuple[str, ...], dry_run: bool, as_json: bool
) -> int:
    """List the addresses of lists and feeds. A build fails when one of urls.lock vanishes and does not lead on.

    A '+' is not kept yet, a '-' is kept and gone. Exits with 1 when there is one of the latter.
    """
    from blognet.actions.urls import urls

    found = urls(place.folder, now=now(), lock=lock, forget=forget, dry_run=dry_run)
    if as_json:
        print_json(1, **_values(found, dry_run=dry_run))
        return 1 if found.gone else 0
    if lock or forget:
        would = "would be " if dry_run else ""
        for path in found.added:
            result(f"{would}kept       {path}")
        for path in found.forgotten:
            result(f"{would}forgotten  {path}")
    else:
        for path in sorted({*found.there, *found.kept}):
            result(f"{_sign(path, found)} {path}")
    say(_summary(found))
    return 1 if found.gone else 0


def _sign(path: str, found: Urls) -> str:
    if path in found.gone:
        return "-"
    return " " if path in found.kept else "+"


def _summary(found: Urls) -> str:
    fresh = len(set(found.there) - set(found.kept))
    lines = [f"{len(found.kept)} kept, {fresh} not kept yet, {len(found.gone)} gone."]
    if fresh:
        lines.append("To keep what is there: blognet urls --lock")
    if found.gone:
        lines.append(f"To let one go: blognet urls --forget {found.gone[0]}")
    return "\n".join(lines)


def _values(found: Urls, *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "there": list(found.there),
        "kept": list(found.kept),
        "gone": list(found.gone),
        "added": list(found.added),
        "forgotten": list(found.forgotten),
        "exists": found.exists,
    }
