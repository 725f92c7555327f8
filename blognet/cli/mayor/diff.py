"""``mayor diff``: what changed since the live version, or since you last looked; leaves a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.lines import attached_lines, difference_lines
from blognet.cli.mayor.sides import print_all_sides
from blognet.cli.output import print_json, say
from blognet.cli.paging import print_paged
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.actions.pictures import Attached, AttachedChange
    from blognet.actions.show import Version


@click.command("diff")
@click.argument("post", shell_complete=complete_post)
@click.option("--since-seen", is_flag=True, help="Compare with what you were last shown.")
@click.option("--words", "by_words", is_flag=True, help="Word by word: {-out-} and {+in+}.")
@click.option("--sides", is_flag=True, help="When decisions contradict: each, with words and text.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def diff_command(
    place: Place, post: str, *, since_seen: bool, by_words: bool, sides: bool, as_json: bool
) -> int:
    """Show what changed since the live version."""
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.pictures import attached, attached_changes
    from blognet.actions.show import (
        as_last_seen,
        as_published,
        leave_receipt,
        on_disk,
    )

    network = load_network(place.folder, now=now())
    entry = find_entry(network, post, here=place.folder).entry
    actor = person(network, place)
    if as_json and sides:
        message = "--json and --sides exclude each other"
        raise UsageError(message, hint="the decisions of a contest: mayor log POST --json")
    if sides:
        print_all_sides(entry)
        leave_receipt(network, entry, actor)
        return 0
    before = as_last_seen(network, entry, actor) if since_seen else as_published(entry)
    name = entry.subject.typed
    if before is None and as_json:
        print_json(1, **_as_json(entry, None, on_disk(entry), ()))
        return 0
    if before is None:
        what = (
            "you have not looked at it before" if since_seen else "nothing of it was published yet"
        )
        say(f"{name}: {what}. See all of it: mayor show {name}")
        return 0
    after = on_disk(entry)
    changes = attached_changes(attached(network, before), attached(network, after))
    lines = [
        *difference_lines(before, after, by_words=by_words),
        *attached_lines(each for each in changes if not each.is_same),
    ]
    if as_json:
        print_json(1, **_as_json(entry, before, after, changes))
    else:
        print_paged(lines)
    if not lines and not as_json:
        say(f"{name}: nothing changed.")
    leave_receipt(network, entry, actor)
    return 0


def _as_json(
    entry: Entry, before: Version | None, after: Version, changes: tuple[AttachedChange, ...]
) -> dict[str, object]:
    from blognet.actions.show import difference

    return {
        "kind": entry.subject.kind.value,
        "id": entry.subject.id,
        "language": entry.subject.language,
        "before": _version(before) if before else None,
        "after": _version(after),
        "lines": list(difference(before, after).lines) if before else [],
        "files": [
            {"path": each.path, "before": _file(each.before), "after": _file(each.after)}
            for each in changes
            if not each.is_same
        ],
    }


def _version(version: Version) -> dict[str, object]:
    return {"label": version.label, "hash": version.content.hex if version.content else None}


def _file(one: Attached | None) -> dict[str, object] | None:
    return {"sha256": one.sha256, "size": one.size} if one else None
