"""Hand drafts to the mayor: the line that makes a file a draft goes, every other byte stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.actions.waiting import Turn, turn_of
from blognet.content.parse import parse_content
from blognet.content.values import FileFault, Post
from blognet.content.write import without_draft
from blognet.disk.lock import writing_lock
from blognet.disk.network import find_network
from blognet.disk.reading import MAX_TEXT, read_plain, walk
from blognet.disk.writing import replace_file
from blognet.kernel.ids import Kind
from blognet.kernel.problems import errors_in
from blognet.kernel.text import decode_source

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.content.values import Proposal
    from blognet.kernel.problems import Problem

_BOM = b"\xef\xbb\xbf"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one post.

    Attributes:
        entry: The subject, as it was before.
        path: Its text file; "" when there is none.
        handed: Whether it now waits for the mayor because of this command.
        reason: Why not; "" when it was handed over.
        hint: What to type or do next; "" when there is nothing.
        problems: Its faults; those that are errors kept it back.
        is_fine: Whether nothing is wrong: it was handed over, or waited already.
    """

    entry: Entry
    path: str
    handed: bool
    reason: str = ""
    hint: str = ""
    problems: tuple[Problem, ...] = ()
    is_fine: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Where a file is on this disk, and its bytes without the draft line."""

    target: Path
    new: bytes


def submit(
    start: Path, typed: tuple[str, ...], *, now: datetime, here: Path, dry_run: bool = False
) -> tuple[Handed, ...]:
    """Hand drafts over; those that cannot be are left as they are, and the others go on.

    Args:
        start: A folder in the network.
        typed: Posts as they were typed.
        now: The time.
        here: The folder that typed paths are relative to.
        dry_run: Change nothing.

    Raises:
        UsageError: A name means nothing, or more than one thing; nothing was changed then.
        BlognetError: The disk refuses.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet submit"):
        network = load_network(root, now=now)
        found = {
            entry.subject: entry
            for entry in (find_entry(network, name, here=here).entry for name in typed)
        }
        return tuple(_hand(network, entry, dry_run=dry_run) for entry in found.values())


def _hand(network: Network, entry: Entry, *, dry_run: bool) -> Handed:
    proposal = entry.proposal
    if proposal is None:
        name = entry.subject.typed
        return _kept(entry, f"there is no file for {name}", hint=f"mayor log {name} tells what was")
    if proposal.is_faulty:
        count = len(errors_in(proposal.problems))
        return _kept(
            entry,
            f"{count} fault{'s' if count != 1 else ''} to mend first",
            hint=f"mend them, then repeat: blognet submit {entry.subject.typed}",
        )
    if not proposal.is_draft:
        return _no_draft(entry)
    change = _changed(network, proposal)
    if isinstance(change, str):
        return _kept(entry, change, hint=f"take the line that says draft out of {proposal.path}")
    if refused := _not_ready(network, entry, proposal, change.new):
        return refused
    if not dry_run:
        replace_file(change.target, change.new)
    return Handed(entry=entry, path=proposal.path, handed=True, problems=proposal.problems)


def _not_ready(network: Network, entry: Entry, proposal: Proposal, new: bytes) -> Handed | None:
    """Read the file as it would be, and return why it is not ready; None when it is."""
    text = decode_source(new)
    content, problems = parse_content(
        entry.subject,
        text=text if isinstance(text, str) else "",
        path=proposal.path,
        path_facts=proposal.path_facts,
        assets=proposal.assets,
        rules=network.rules,
    )
    if not isinstance(content, Post) or content.front.draft:
        return _kept(entry, "it would still not be ready", problems=problems)
    if not _COMMENT.sub("", content.body).strip():
        return _kept(entry, "there is no text in it yet", hint=f"write it in {proposal.path}")
    return None


def _no_draft(entry: Entry) -> Handed:
    turn, command = turn_of(entry)
    kind = entry.subject.kind
    if turn is Turn.MAYOR:
        reason = "it waits for the mayor already"
        if kind is Kind.PROFILE:
            reason = "a profile needs no handing over: it waits for the mayor already"
    elif turn is Turn.AUTHOR:
        reason = "it was sent back to you; a change of the file hands it over again"
    else:
        reason = "there is nothing in it that the mayor does not know"
    return Handed(
        entry=entry,
        path=entry.proposal.path if entry.proposal else "",
        handed=False,
        reason=reason,
        hint=command if turn is Turn.AUTHOR else "",
        problems=entry.problems,
        is_fine=turn is not Turn.AUTHOR,
    )


def _kept(
    entry: Entry, reason: str, *, hint: str = "", problems: tuple[Problem, ...] | None = None
) -> Handed:
    return Handed(
        entry=entry,
        path=entry.proposal.path if entry.proposal else "",
        handed=False,
        reason=reason,
        hint=hint,
        problems=entry.problems if problems is None else problems,
        is_fine=False,
    )


def _changed(network: Network, proposal: Proposal) -> _Change | str:
    """Return the file without its draft line, or why that cannot be made."""
    tree = proposal.path.partition("/")[0]
    # Names are found by listing: on this disk, accents may be encoded in another way than in our paths.
    entries = walk(network.root, tree, skip=_skip_nothing)
    parts = next((entry.parts for entry in entries if entry.path == proposal.path), ())
    raw = read_plain(network.root, parts, limit=MAX_TEXT)
    if isinstance(raw, FileFault) or decode_source(raw) != proposal.text:
        return "it changed while the command was running"
    mark = _BOM if raw.startswith(_BOM) else b""
    new = without_draft(raw.removeprefix(mark).decode("utf-8"))
    if new is None:
        return "the line that makes it a draft could not be found"
    return _Change(target=network.root.joinpath(*parts), new=mark + new.encode("utf-8"))


def _skip_nothing(name: str) -> bool:
    return not name
