"""One git commit of what was decided: its message, and what to say when it cannot be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.disk.commit import commit_exactly
from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.disk.git import Repository
    from blognet.kernel.ids import SourcePath
    from blognet.moderation.events import Event


def commit_or_say(
    repository: Repository | None, paths: tuple[SourcePath, ...], message: str
) -> tuple[str, str]:
    """Commit exactly these files; return the commit's id, and why there is none although the decisions stand."""
    if repository is None:
        return "", "this network is not in a git repository"
    try:
        return commit_exactly(repository, paths, message), ""
    except BlognetError as error:
        return "", error.message


def commit_message(events: Iterable[Event]) -> str:
    """Return the message of the commit of some decisions: one line, and a line each when there are several."""
    made = tuple(events)
    lines = dict.fromkeys(f"{one.verb.value} {one.subject}" for one in made)
    if len(lines) == 1:
        return next(iter(lines))
    verbs = ", ".join(sorted({one.verb.value for one in made}))
    subjects = {one.subject for one in made}
    if len(subjects) == 1:
        return f"{verbs} {made[0].subject}"
    return f"{verbs}: {len(subjects)} subjects\n\n" + "\n".join(lines)
