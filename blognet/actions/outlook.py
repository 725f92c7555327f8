"""What a build tells of a network beside the site: what waits, what time brings, where people edit.

It is found before pages are made and holds no part of the network, so that a large one can be let go meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from blognet.actions.due import next_due
from blognet.actions.entries import contents_in
from blognet.actions.waiting import for_mayor, waiting
from blognet.kernel.hashing import ContentHash
from blognet.moderation.record import ROOT, subject_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.kernel.problems import Problem


class Placing(Protocol):
    """Names the author's file in place of the approved copy, where both say the same line for line."""

    def __call__(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Return the problems with the places that people know."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What there is to tell of a network.

    Attributes:
        root: The network's folder.
        problems: What is wrong with the record.
        waiting: Subjects that wait for a mayor.
        faulty: Subjects that wait for their author to mend them.
        next_due: When something scheduled appears or something expires next; None when nothing does.
        timezone: The network's.
    """

    root: Path
    problems: tuple[Problem, ...]
    waiting: tuple[str, ...]
    faulty: tuple[str, ...]
    next_due: datetime | None
    timezone: str


def outlook_of(network: Network) -> Outlook:
    """Return what there is to tell of a network."""
    proposed = for_mayor(waiting(network))
    return Outlook(
        root=network.root,
        problems=network.record.problems,
        waiting=tuple(str(one.entry.subject) for one in proposed if one.turn == "mayor"),
        faulty=tuple(str(one.entry.subject) for one in proposed if one.what == "faulty"),
        next_due=next_due(network),
        timezone=network.config.timezone,
    )


def where_people_edit(problems: tuple[Problem, ...], network: Network) -> tuple[Problem, ...]:
    """Name the author's file in place of the approved copy, where both say the same line for line."""
    # Only the texts in question are read: those of a large network take seconds.
    folders = _folders_of(problems)
    if not folders:
        return problems
    files = {
        f"{folder}/{entry.proposal.hash.file_stem}.txt": entry.proposal.path
        for subject, entry in network.entries.items()
        if (folder := subject_folder(subject)) in folders and entry.proposal and entry.proposal.hash
    }
    return _placed(problems, files)


def places_of_edits(network: Network) -> Placing:
    """Return what does the same as `where_people_edit` when the network was let go."""
    texts = {key: (content, path) for key, content, path in contents_in(network.entries)}
    return partial(_placed_by, texts=texts)


def _placed_by(
    problems: tuple[Problem, ...], texts: Mapping[str, tuple[str, str]]
) -> tuple[Problem, ...]:
    files: dict[str, str] = {}
    for folder in _folders_of(problems):
        content, path = texts.get(folder.removeprefix(f"{ROOT}/"), ("", ""))
        if content:
            files[f"{folder}/{ContentHash(content).file_stem}.txt"] = path
    return _placed(problems, files)


def _folders_of(problems: tuple[Problem, ...]) -> frozenset[str]:
    """Return the folders of the record that problems name."""
    folders = {PurePosixPath(problem.location.path).parent.as_posix() for problem in problems}
    return frozenset(folder for folder in folders if folder.startswith(f"{ROOT}/"))


def _placed(problems: tuple[Problem, ...], files: Mapping[str, str]) -> tuple[Problem, ...]:
    """Name other files in problems, by those they name now."""
    return tuple(
        replace(
            problem,
            location=replace(
                problem.location, path=files.get(problem.location.path, problem.location.path)
            ),
        )
        for problem in problems
    )
