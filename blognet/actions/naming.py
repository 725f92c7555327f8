"""Find the subject that somebody typed: an id, a unique beginning of one, a path, any of them with ``@HASH``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from blognet.actions.entries import lying_at, named_in
from blognet.kernel.errors import UsageError
from blognet.kernel.ids import Kind, parse_subject
from blognet.kernel.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.actions.network import Entry, Network

SHORTEST_HASH = 6
_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A subject as it was typed.

    Attributes:
        entry: The subject.
        hash: The digits after ``@``, "" when none were typed.
    """

    entry: Entry
    hash: str = ""


def find_entry(network: Network, typed: str, *, here: Path) -> Named:
    """Return the subject that was typed.

    Args:
        network: Where to look.
        typed: ``hello-world``, ``hello-world.de``, ``profile/ann``, ``hello``, ``queue/hello-world.md``, each with or
            without ``@3f9c2a``.
        here: The folder that a path is relative to.

    Raises:
        UsageError: Nothing or more than one subject is meant; the message lists the candidates.
    """
    name, at, digits = typed.rpartition("@")
    if not at or not _HEX.fullmatch(digits):
        name, digits = typed, ""  # an @ may stand in the name of a file
    elif len(digits) < SHORTEST_HASH:
        message = f"'{typed}' names too little of a hash"
        raise UsageError(
            message, hint=f"at least {SHORTEST_HASH} digits, as mayor queue shows them"
        )
    entry = _by_name(network, name) or _by_path(network, name, here) or _by_beginning(network, name)
    return Named(entry=entry, hash=digits)


def _by_name(network: Network, name: str) -> Entry | None:
    whole = parse_subject(name)
    if whole is not None:
        return network.entries.get(whole)
    named = (parse_subject(f"{kind.value}/{name}") for kind in sorted(Kind))
    same = [network.entries[each] for each in named if each and each in network.entries]
    posts = [entry for entry in same if entry.subject.kind is Kind.POST]
    if len(same) > 1 and len(posts) != 1:
        raise _several(name, same)
    return next(iter(posts or same), None)


def _by_path(network: Network, name: str, here: Path) -> Entry | None:
    try:
        path = PurePosixPath((here / name).resolve().relative_to(network.root.resolve()).as_posix())
    except (ValueError, OSError):
        return None
    near = lying_at(network.entries, str(path))
    around: list[Entry] = []
    for entry in near:
        if str(path) == entry.glance.path:
            return entry
        if str(path) in entry.glance.beside:
            around.append(entry)
    if len(around) > 1:
        raise _several(name, around)
    return next(iter(around), None)


def _by_beginning(network: Network, name: str) -> Entry:
    found = named_in(
        network.entries,
        lambda key: bool(name) and (_name_in(key).startswith(name) or key.startswith(name)),
    )
    waiting = [entry for entry in found if entry.glance.path]
    if len(found) == 1 or len(waiting) == 1:
        return (waiting if len(waiting) == 1 else found)[0]
    if found:
        raise _several(name, found)
    near = nearest(name, [subject.name for subject in network.entries])
    message = f"there is no post, page or profile '{name}'"
    raise UsageError(
        message, hint=f"did you mean '{near}'?" if near else "blognet status --all lists them all"
    )


def _name_in(key: str) -> str:
    """Return what people call a subject that is named as a text."""
    return key.partition("/")[2]


def _several(name: str, found: Iterable[Entry]) -> UsageError:
    names = ", ".join(str(entry.subject) for entry in found)
    message = f"'{name}' could be any of: {names}"
    return UsageError(message, hint="type one of these in full")
