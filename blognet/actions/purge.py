"""Erase on request: the words and texts that the record keeps of a subject, and its assets that no other needs.

What stays are the events, because each names its predecessors by their hashes: ids, addresses, times, names of files.
Words do not stand in them, but in those that were made before docs/decisions/0013. What the working copy does not hold
is out of reach here: git's history, other clones, built sites and caches. `Purged` names all of it, so that nobody
takes a purge for more than it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.committing import commit_or_say
from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.actions.saying import say
from blognet.disk.commit import refuse_if_unready
from blognet.disk.git import repository_of
from blognet.disk.home import find_network
from blognet.disk.kept import forget_everything
from blognet.disk.lock import writing_lock
from blognet.disk.past import commits_about
from blognet.disk.receipts import forget_receipt
from blognet.disk.record import write_decision
from blognet.disk.removing import remove_files, with_digests
from blognet.kernel.ids import SourcePath
from blognet.moderation.erasing import needed_assets, purges
from blognet.moderation.events import Verb
from blognet.moderation.history import members
from blognet.moderation.kept_words import without_kept_words
from blognet.moderation.record import asset_path, subject_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.kernel.hashing import AssetEntry
    from blognet.kernel.ids import AuthorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge did, and what it could not reach.

    Attributes:
        entry: The subject, as it was before.
        removed: Files of the record that are gone, or would be.
        kept_assets: Assets that another subject needs.
        source: The file that still lies in the network's folders, "" for none.
        titles: Titles that stay, because they stand in events of before.
        quotes: Quotes of notes and reasons of waivers that stay, because they do.
        files: Names of files that stay, because approvals name them.
        commits: How many commits of git still hold what was removed; 0 without git.
        paths: Every file written or removed, for a commit.
        commit: Id of the commit, "" when none was made.
        commit_failure: Why no commit could be made although one was wanted.
        shared_cache: Address of the cache server that builds hand texts to, "" for none.
    """

    entry: Entry
    removed: tuple[SourcePath, ...]
    kept_assets: tuple[str, ...] = ()
    source: str = ""
    titles: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    commits: int = 0
    paths: tuple[SourcePath, ...] = ()
    commit: str = ""
    commit_failure: str = ""
    shared_cache: str = ""


def purge(
    start: Path,
    typed: str,
    *,
    actor: AuthorId,
    words: str,
    now: datetime,
    here: Path,
    commit: bool = False,
    dry_run: bool = False,
) -> Purged:
    """Write a purge of one subject, then remove the files that it excuses.

    The event comes first: a run that is killed leaves files that `mayor verify` names and `mayor mend` removes.

    Args:
        start: A folder in the network.
        typed: The subject as it was typed.
        actor: A mayor.
        words: Why, without the data that is to go; it stays in the record.
        now: The time.
        here: The folder that a typed path is relative to.
        commit: Make one git commit of exactly the files touched.
        dry_run: Say what would go, and write nothing.

    Raises:
        ConflictError: It is live, scheduled or contested, or the record holds nothing of it.
        NotAllowedError: The actor is no mayor.
        FaultsError: The record is not sound.
    """
    root = find_network(start)
    with writing_lock(root, doing="mayor purge"):
        network = load_network(root, now=now)
        entry = find_entry(network, typed, here=here).entry
        repository = repository_of(root)
        if commit and repository is not None:
            refuse_if_unready(repository)
        said = say(network, entry, Verb.PURGE, actor=actor, words=words)
        assets, kept = _assets(network, entry)
        removed = with_digests(root, (*_texts_and_words(entry), *assets))
        paths = tuple(path for path, _ in removed)
        purged = Purged(
            entry=entry,
            removed=paths,
            kept_assets=kept,
            source=entry.proposal.path if entry.proposal else "",
            titles=_titles(entry),
            quotes=_quotes(entry),
            files=tuple(sorted({asset.path for asset in _assets_named(entry)})),
            commits=commits_about(repository, paths) if repository else 0,
            shared_cache=network.config.cache.url,
        )
        if dry_run:
            return purged
        written = write_decision(root, said.write)
        remove_files(root, removed)
        forget_everything(root)  # no entry says whose text it was made from
        forget_receipt(root, entry.subject)
        made, failure = "", ""
        if commit:
            message = f"purge {entry.subject}"
            made, failure = commit_or_say(repository, (*written, *paths), message)
    return replace(purged, paths=(*written, *paths), commit=made, commit_failure=failure)


def _texts_and_words(entry: Entry) -> tuple[SourcePath, ...]:
    history, folder = entry.decided.history, subject_folder(entry.subject)
    contents = {event.content for event in history.events if event.facts is not None}
    texts = [f"{folder}/{content.file_stem}.txt" for content in contents if content is not None]
    reasons = purges(history, history.everything)
    words = [
        f"{folder}/{entry.decided.stems[history.ids[at]]}.md"
        for at in members(history.everything & ~reasons)
        if history.events[at].words
    ]
    return tuple(SourcePath(path) for path in sorted((*texts, *words)))


def _assets(network: Network, entry: Entry) -> tuple[tuple[SourcePath, ...], tuple[str, ...]]:
    """Return the assets that only this subject needs, and the names of those that others need, too."""
    mine = {
        asset.sha256: asset.path
        for event in entry.decided.history.events
        if event.facts is not None
        for asset in event.assets
    }
    others = frozenset(
        sha256
        for subject, decided in network.record.subjects.items()
        if subject != entry.subject
        for sha256 in needed_assets(decided.history)
    )
    gone = tuple(SourcePath(asset_path(sha256)) for sha256 in sorted(mine) if sha256 not in others)
    return gone, tuple(sorted(name for sha256, name in mine.items() if sha256 in others))


def _titles(entry: Entry) -> tuple[str, ...]:
    events = entry.decided.history.events
    return tuple(dict.fromkeys(one.facts.title for one in events if one.facts and one.facts.title))


def _quotes(entry: Entry) -> tuple[str, ...]:
    bare = map(without_kept_words, entry.decided.history.events)
    said = (
        text
        for event in bare
        for text in (event.options.get("quote", ""), event.options.get("with", ""), *event.waivers)
    )
    return tuple(dict.fromkeys(text for text in said if text))


def _assets_named(entry: Entry) -> Iterator[AssetEntry]:
    for event in entry.decided.history.events:
        yield from event.assets
