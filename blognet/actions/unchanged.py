"""The shortest way through a build: nothing that it reads has changed, so it would come out as the last one did."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from blognet.actions.built import Built, built_as_text, built_from_text
from blognet.actions.circumstances import circumstances
from blognet.disk.home import find_network
from blognet.disk.input_marks import look_at_inputs_beside, marks_in
from blognet.disk.left import (
    NOWHERE,
    Left,
    left_from_rows,
    mark_of_rows,
    standby_of,
    stands_as_left,
    touched_in,
)
from blognet.disk.lock import writing_lock
from blognet.disk.memory import MemoryFault, recall
from blognet.disk.output import OutputChange
from blognet.disk.output_marker import MARKER, mark_built
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blognet.disk.look import Look

OUTPUT = "site"
BUILD = "blognet build"
"""What a build says that it is doing."""
_MANY = 10_000
"""Files of a site that are better looked at by somebody else meanwhile."""
TOLD = "told"
"""The note of what the last build told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at the marks of files came to.

    Attributes:
        built: What the last build would tell once more; None when a build has to look closer.
        look: At everything that a build reads, with the files at `named`; None when nobody looked.
        left: What tells how the output was left (`mark_of_rows`), when nobody touched it since; "" when somebody did,
            or nobody looked.
        standby: The same, when nobody touched the tree that stands by.
        sign: Of the lock under which this was seen, see `blognet.disk.lock.Held`; "" for none.
    """

    built: Built | None = None
    look: Look | None = None
    named: str = ""
    left: str = ""
    standby: str = ""
    sign: str = ""


def unchanged_since(
    root: Path,
    target: Path,
    *,
    now: datetime,
    base_url: str,
    meanwhile: Callable[[], None] | None = None,
) -> Looked:
    """Return whether the last build would tell the same once more.

    Args:
        root: The network folder.
        target: The output folder.
        now: As of which time to build.
        base_url: Where the site will live; "" for the configured address.
        meanwhile: As in `blognet.disk.input_marks.look_at_inputs_beside`.
    """
    # A damaged note names marks and files that are not there, so the build looks closer.
    like = circumstances(root, target)
    with closing(recall(root, like=like)) as recalled:
        try:
            told = recalled.note(TOLD)
        except MemoryFault:
            return Looked()
    match _read(told):
        case [str() as marks, str() as named, str() as url, str() as built_at, str() as said]:
            pass
        case _:
            return Looked()
    built = built_from_text(said, root=root, target=target)
    if built is None or url != base_url or not _holds(built, now, datetime.fromisoformat(built_at)):
        return Looked()
    known = cache(partial(_left, root, like))  # each process that asks reads it itself
    look, (left, standby) = look_at_inputs_beside(
        root,
        named,
        (partial(_if_as_left, target, known), partial(_if_standing, root, known)),
        is_long=built.pages >= _MANY,
        meanwhile=meanwhile,
    )
    if not left or not marks or marks != marks_in(look):
        return Looked(look=look, named=named, left=left, standby=standby)
    return Looked(built=built.again(OutputChange(written=(), unchanged=built.pages, removed=())))


def build_unchanged(
    start: Path,
    *,
    now: datetime,
    output: Path | None,
    base_url: str,
    prepare: Callable[[], None] | None = None,
) -> Looked:
    """Build the site when there is nothing to do; the rest of the program is not even loaded.

    Args:
        start: A folder in the network.
        now: As in `blognet.actions.build.build`, which is to be asked when this has not built, and told what was seen.
        output: The same.
        base_url: The same.
        prepare: Loads what a build needs. Called where another process can look meanwhile, when somebody else held the
            lock since the last build: then there probably is something to do.

    Raises:
        ConfigError: No network is there.
    """
    root = find_network(start)
    target = output or root / OUTPUT
    with writing_lock(root, doing=BUILD) as held:
        meanwhile = None if held.before == BUILD else prepare
        looked = unchanged_since(root, target, now=now, base_url=base_url, meanwhile=meanwhile)
        if looked.built is not None:
            mark_built(target, now)
    return replace(looked, sign=held.sign)


def told_of(built: Built, *, marks: str, named: str, base_url: str, now: datetime) -> str:
    """Return the note of what a build told, for the next.

    Args:
        built: What it told.
        marks: Those of everything it read, taken before it read them.
        named: Paths of the files that settings name, one a line: the logo, fonts.
        base_url: As in `unchanged_since`.
        now: As of which time it was built.
    """
    said = [marks, named, base_url, iso(now), built_as_text(built)]
    text = json.dumps(said)
    return f"{sha256_hex(text.encode())} {text}" if marks else ""


def _holds(built: Built, now: datetime, built_at: datetime) -> bool:
    """Whether time alone changed nothing."""
    return built_at <= now and (built.next_due is None or now < built.next_due)


def _left(root: Path, like: str) -> tuple[Left, str]:
    """Return how the output was left, as the memory says it, and what tells that from others."""
    with closing(recall(root, like=like)) as recalled:
        try:
            return left_from_rows(recalled.unit_value), mark_of_rows(recalled.unit_sum)
        except MemoryFault:
            return NOWHERE, ""


def _if_as_left(target: Path, known: Callable[[], tuple[Left, str]]) -> str:
    left, mark = known()
    touched, is_tidy = touched_in(target, left)
    return mark if MARKER in left.files and is_tidy and not touched else ""


def _if_standing(root: Path, known: Callable[[], tuple[Left, str]]) -> str:
    left, mark = known()
    return mark if stands_as_left(standby_of(root), left) else ""


def _read(text: str) -> object:
    digest, _, said = text.partition(" ")
    if digest != sha256_hex(said.encode("utf-8", "surrogatepass")):
        return None  # damaged, or nothing could be told
    try:
        return json.loads(said)
    except ValueError:
        return None
