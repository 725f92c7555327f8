"""Take back what waits: its author says so, the file stays as it is, and the mayor's queue is one shorter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.actions.saying import say
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.record import write_decision
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry
    from blognet.kernel.ids import AuthorId, SourcePath


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What was taken back: the subjects as they stood before, and what was written."""

    entries: tuple[Entry, ...]
    paths: tuple[SourcePath, ...]


def recall(
    start: Path,
    typed: tuple[str, ...],
    *,
    actor: AuthorId,
    now: datetime,
    here: Path,
    words: str = "",
    dry_run: bool = False,
) -> Recalled:
    """Take subjects back; when one cannot be, none is.

    Args:
        start: A folder in the network.
        typed: Posts as they were typed.
        actor: An author of each.
        now: The time.
        here: The folder that typed paths are relative to.
        words: Why, "" for nothing.
        dry_run: Write nothing.

    Raises:
        BlognetError: A name means nothing, it does not wait, the actor is none of its authors, or the record is not
            sound.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet recall"):
        network = load_network(root, now=now)
        found = {
            entry.subject: entry
            for entry in (find_entry(network, name, here=here).entry for name in typed)
        }
        said = [
            say(network, entry, Verb.RECALL, actor=actor, words=words) for entry in found.values()
        ]
        if dry_run:
            return Recalled(entries=tuple(found.values()), paths=())
        paths = [path for one in said for path in write_decision(root, one.write)]
    return Recalled(entries=tuple(found.values()), paths=tuple(paths))
