"""``mayor purge``: remove what the record keeps of a subject, and say what is out of reach."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.common import commit_option, json_option, message_option
from blognet.cli.output import counted, print_error, print_json, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.moderation.record import subject_folder

if TYPE_CHECKING:
    from blognet.actions.purge import Purged

_SHOWN_AT_MOST = 5


@click.command("purge")
@click.argument("post", metavar="POST", shell_complete=complete_post)
@message_option("Why, without the data that has to go: these words stay.")
@click.option("--dry-run", is_flag=True, help="Remove nothing, say what would go.")
@commit_option
@json_option
@pass_place
def purge_command(
    place: Place, post: str, words: str, *, dry_run: bool, commit: bool, as_json: bool
) -> int:
    """Remove the words and texts that the record keeps of a subject, and the files of it that no other needs.

    Hashes and events stay, so that the record still verifies. What is live or scheduled has to be retracted first.
    """
    from blognet.actions.network import load_network
    from blognet.actions.purge import purge

    done = purge(
        place.folder,
        post,
        actor=person(load_network(place.folder, now=now()), place),
        words=words.strip(),
        now=now(),
        here=place.folder,
        commit=commit,
        dry_run=dry_run,
    )
    if as_json:
        print_json(1, **_values(done, dry_run=dry_run))
    else:
        _print(done, dry_run=dry_run)
    return 1 if done.commit_failure else 0


def _print(done: Purged, *, dry_run: bool) -> None:
    name = done.entry.subject.typed
    would = "would be purged: would remove" if dry_run else "purged: removed"
    result(f"{name} {would} {counted(len(done.removed), 'file')} of the record")
    for path in done.removed:
        result(f"  {path}")
    for asset in done.kept_assets:
        result(f"  {asset} stays: another subject shows it, too")
    if done.commit:
        result(f"committed as {done.commit[:10]}")
    elif done.commit_failure:
        print_error(f"purged, but not committed: {done.commit_failure}")
    say("What a purge cannot reach:")
    for line in _out_of_reach(done):
        say(f"- {line}")


def _out_of_reach(done: Purged) -> list[str]:
    folder = subject_folder(done.entry.subject)
    lines = ["events stay: ids, address, times, and settings such as the end of a hold"]
    for what, texts in (
        ("titles stay in events of an earlier version", done.titles),
        ("quotes and reasons stay in events of an earlier version", done.quotes),
        ("names of files stay in the events that approved them", done.files),
    ):
        if texts:
            lines.append(f"{what}: {_in_short(texts)}")
    if done.source:
        lines.append(f"the file itself: {done.source}; delete it when it has to go, too")
    if done.shared_cache:
        lines.append(
            f"rendered texts on the cache server {done.shared_cache}, until it drops what is not used"
        )
    lines.append("the built site, until the next blognet build and its upload")
    if done.commits:
        lines += _about_git(done, folder)
    lines.append(
        "copies elsewhere: other clones, backups, the host's caches, feed readers, search engines, web archives, and"
        " messages that were sent"
    )
    return lines


def _in_short(texts: tuple[str, ...]) -> str:
    shown = ", ".join(f"'{' '.join(text.split())}'" for text in texts[:_SHOWN_AT_MOST])
    return f"{shown}, …" if len(texts) > _SHOWN_AT_MOST else shown


def _about_git(done: Purged, folder: str) -> list[str]:
    source = [done.source] if done.source else []
    verb = "holds" if done.commits == 1 else "hold"
    paths = " ".join(f"--path {shlex.quote(path)}" for path in (*done.removed, *source))
    look = shlex.join([*"git log --all --oneline --".split(), folder])
    return [
        f"git's history: {counted(done.commits, 'commit')} still {verb} it; see them with: {look}",
        (
            "to rewrite history (in a fresh clone, after everybody has pushed; all clones have to be made anew):"
            f"\n    git filter-repo --invert-paths {paths}"
            "\n  Name every earlier place of the author's file, too, such as queue/. Then push with --force to every"
            " branch and\n  tag, and ask your git host to drop what nothing points to any more: forks, pull requests"
            " and caches keep\n  old commits"
        ),
    ]


def _values(done: Purged, *, dry_run: bool) -> dict[str, object]:
    return {
        "name": done.entry.subject.typed,
        "dry_run": dry_run,
        "removed": list(done.removed),
        "kept_assets": list(done.kept_assets),
        "titles": list(done.titles),
        "quotes": list(done.quotes),
        "files": list(done.files),
        "source": done.source or None,
        "shared_cache": done.shared_cache or None,
        "commits": done.commits,
        "commit": done.commit,
    }
