"""Hand work to the mayor: the line that makes a file a draft goes, every other byte stays, and the record says so.

Every hand-over is a `submit` event about exactly the bytes that the mayor will see, with words if there are any. It
needs no mayor, and it decides nothing; a file without one waits just the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.actions.saying import say
from blognet.actions.waiting import Turn, turn_of
from blognet.content.parse import parse_content
from blognet.content.values import FileFault, Post
from blognet.content.write import without_draft
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.reading import MAX_TEXT, read_plain, walk
from blognet.disk.record import write_decision
from blognet.disk.writing import replace_file
from blognet.kernel.errors import BlognetError, FaultsError
from blognet.kernel.hashing import content_hash
from blognet.kernel.ids import Kind, SourcePath
from blognet.kernel.problems import errors_in
from blognet.kernel.text import decode_source
from blognet.moderation.events import Verb
from blognet.moderation.recalling import is_handed_over
from blognet.moderation.standing import Proposed, standing_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.actions.saying import Said
    from blognet.content.values import Proposal
    from blognet.kernel.ids import AuthorId
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
        paths: What was written, from the network's root: for a commit.
        problems: Its faults; those that are errors kept it back.
        is_fine: Whether nothing is wrong: it was handed over, or waited already.
    """

    entry: Entry
    path: str
    handed: bool
    reason: str = ""
    hint: str = ""
    paths: tuple[SourcePath, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_fine: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Where a file is on this disk, and its bytes without the draft line."""

    target: Path
    new: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """Who hands over, with which words, and whether anything is written."""

    actor: AuthorId
    words: str
    dry_run: bool


def submit(
    start: Path,
    typed: tuple[str, ...],
    *,
    actor: AuthorId,
    now: datetime,
    here: Path,
    words: str = "",
    dry_run: bool = False,
) -> tuple[Handed, ...]:
    """Hand drafts over; those that cannot be are left as they are, and the others go on.

    Args:
        start: A folder in the network.
        typed: Posts as they were typed.
        actor: Who hands them over: an author of each.
        now: The time.
        here: The folder that typed paths are relative to.
        words: What the mayor should know, "" for nothing.
        dry_run: Change nothing.

    Raises:
        UsageError: A name means nothing, or more than one thing; nothing was changed then.
        FaultsError: The record is not sound; nothing was changed then.
        BlognetError: The disk refuses.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet submit"):
        network = load_network(root, now=now)
        found = {
            entry.subject: entry
            for entry in (find_entry(network, name, here=here).entry for name in typed)
        }
        hand = _Hand(actor=actor, words=words, dry_run=dry_run)
        return tuple(_hand(network, entry, hand) for entry in found.values())


def _hand(network: Network, entry: Entry, hand: _Hand) -> Handed:
    proposal = entry.proposal
    if proposal is None or proposal.is_faulty:
        return _unfit(entry)
    if not proposal.is_draft:
        return _no_draft(network, entry, hand)
    change = _changed(network, proposal)
    if isinstance(change, str):
        return _kept(entry, change, hint=f"take the line that says draft out of {proposal.path}")
    if refused := _not_ready(network, entry, proposal, change.new):
        return refused
    said = _said(network, _as_handed(network, entry, proposal, change.new), hand)
    if isinstance(said, BlognetError):
        return _kept(entry, said.message, hint=said.hint)
    paths = [proposal.path]
    if not hand.dry_run:
        # The file first: a kill in between leaves it waiting, and repeating the command adds the event.
        replace_file(change.target, change.new)
        paths += write_decision(network.root, said.write)
    return Handed(
        entry=entry,
        path=proposal.path,
        handed=True,
        paths=tuple(paths),
        problems=proposal.problems,
    )


def _unfit(entry: Entry) -> Handed:
    name = entry.subject.typed
    if entry.proposal is None:
        return _kept(entry, f"there is no file for {name}", hint=f"mayor log {name} tells what was")
    count = len(errors_in(entry.problems))
    return _kept(
        entry,
        f"{count} fault{'s' if count != 1 else ''} to mend first",
        hint=f"mend them, then repeat: blognet submit {name}",
    )


def _said(network: Network, entry: Entry, hand: _Hand) -> Said | BlognetError:
    """Return the event to write, or why this person cannot hand this over."""
    try:
        return say(network, entry, Verb.SUBMIT, actor=hand.actor, words=hand.words)
    except FaultsError:
        raise
    except BlognetError as error:
        return error


def _as_handed(network: Network, entry: Entry, proposal: Proposal, new: bytes) -> Entry:
    """Return the subject as it stands once the draft line is gone: the mayor sees these bytes."""
    text = decode_source(new)
    if not isinstance(text, str):
        raise TypeError(proposal.path)  # it was read a moment ago
    content = content_hash(
        entry.subject, path_facts=proposal.path_facts, text=text, assets=proposal.assets
    )
    standing = standing_of(
        entry.decided.history, content=content, is_draft=False, on_disk=True, now=network.now
    )
    return replace(entry, proposal=replace(proposal, text=text, hash=content), standing=standing)


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


def _no_draft(network: Network, entry: Entry, hand: _Hand) -> Handed:
    """Hand over what is no draft: it waits already, or was taken back; the mayor hears of it, with the words."""
    light = entry.standing.proposed
    turn, command = turn_of(entry)
    waits = light in {Proposed.QUEUED, Proposed.HELD, Proposed.CONTESTED}
    if light is not Proposed.RECALLED and not waits and not (hand.words and _may_ask(light)):
        return _not_now(entry, turn, command)
    proposal = entry.proposal
    path = proposal.path if proposal else SourcePath("")
    is_new = light is Proposed.RECALLED or bool(hand.words) or not _knows(entry)
    if is_new:
        said = _said(network, entry, hand)
        if isinstance(said, BlognetError):
            return _kept(entry, said.message, hint=said.hint)
        paths = () if hand.dry_run else write_decision(network.root, said.write)
    else:
        paths = ()
    return Handed(
        entry=entry,
        path=path,
        handed=light is Proposed.RECALLED,
        reason="" if light is Proposed.RECALLED else _waits_already(entry, hand.words),
        paths=paths,
        problems=entry.problems,
    )


def _may_ask(light: Proposed) -> bool:
    """Whether words alone may ask a mayor to look again; what was returned needs a change instead."""
    return light is Proposed.DECLINED


def _knows(entry: Entry) -> bool:
    return is_handed_over(entry.decided.history, entry.standing.content)


def _waits_already(entry: Entry, words: str) -> str:
    if entry.standing.proposed is Proposed.DECLINED:
        return "it stays declined until a mayor approves it; your words are in its thread"
    reason = "it waits for the mayor already"
    if entry.subject.kind is Kind.PROFILE:
        reason = f"a profile needs no handing over: {reason}"
    return f"{reason}; your words are in its thread" if words else reason


def _not_now(entry: Entry, turn: Turn, command: str) -> Handed:
    if turn is Turn.AUTHOR:
        reason = "it was sent back to you; a change of the file hands it over again"
    elif entry.standing.proposed is Proposed.DECLINED:
        reason, command = "it was declined", f'blognet submit {entry.subject.typed} -m "…"'
    else:
        reason = "there is nothing in it that the mayor does not know"
    is_fine = turn is not Turn.AUTHOR and entry.standing.proposed is not Proposed.DECLINED
    return Handed(
        entry=entry,
        path=entry.proposal.path if entry.proposal else "",
        handed=False,
        reason=reason,
        hint="" if is_fine else command,
        problems=entry.problems,
        is_fine=is_fine,
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
