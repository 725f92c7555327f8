"""Whose bytes are these? Asks git who edited them last, so that nobody approves an edit of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.people import ids_by_email
from blognet.disk.git import last_editors, modified_uncommitted

if TYPE_CHECKING:
    from blognet.actions.network import Entry, Network
    from blognet.disk.git import Repository
    from blognet.kernel.ids import AuthorId, Subject


def own_edits(
    network: Network,
    entries: tuple[Entry, ...],
    *,
    actor: AuthorId,
    repository: Repository | None,
) -> frozenset[Subject]:
    """Return the subjects whose bytes the actor was the last to edit, as far as git knows.

    A file that differs from the last commit was edited in this working copy, so by whoever decides here. One that was
    never committed tells nothing.
    """
    if repository is None:
        return frozenset()
    files = {
        path: entry.subject
        for entry in entries
        if entry.proposal
        for path in (entry.proposal.path, *entry.proposal.asset_sources)
    }
    mine = set(modified_uncommitted(repository, files))
    people = ids_by_email(network)
    for path, email in last_editors(repository, files).items():
        if actor in people.get(email.lower(), ()):
            mine.add(path)
    return frozenset(files[path] for path in mine)
