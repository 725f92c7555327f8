"""Take suggestions: put their words into the author's file, where they belong, and record who had suggested them.

The file is written first and the record second: killed in between, the text has the change and the suggestion is
still open; taking it again finds that and only records it. Every byte outside of the replaced words stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.committing import commit_or_say
from blognet.actions.decide import Outcome, case_of, decide_loaded, refuse_unsound
from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.actions.noting import chosen_notes, resolve_request
from blognet.actions.people import name_of
from blognet.content.parse import parse_content
from blognet.content.replace import with_replacement
from blognet.content.values import FileFault, Post
from blognet.disk.commit import refuse_if_unready
from blognet.disk.git import repository_of
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.reading import MAX_TEXT, read_plain, walk
from blognet.disk.writing import replace_file
from blognet.kernel.errors import BlognetError, ConflictError, FaultsError, UsageError
from blognet.kernel.problems import errors_in
from blognet.kernel.text import decode_source
from blognet.moderation.cases import authors_of
from blognet.moderation.notes import How
from blognet.moderation.noting import refuse_resolution
from blognet.moderation.suggestions import take_all

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.content.values import Proposal
    from blognet.kernel.ids import AuthorId, SourcePath, Subject
    from blognet.moderation.notes import Note
    from blognet.moderation.suggestions import Edit, Edited

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the suggestions.

    Attributes:
        entry: The subject, as it was before.
        path: Its text file.
        edits: One for each suggestion, in the order in which they were taken.
        outcome: What was recorded and committed.
    """

    entry: Entry
    path: SourcePath
    edits: tuple[Edit, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Where a file is on this disk, its bytes now and its bytes with the suggestions."""

    target: Path
    old: bytes
    new: bytes


def take(
    start: Path,
    typed: str,
    numbers: tuple[str, ...],
    *,
    actor: AuthorId,
    now: datetime,
    here: Path,
    commit: bool = False,
    dry_run: bool = False,
) -> Taken:
    """Take suggestions on one subject: all of them, or none when one cannot be taken.

    Args:
        start: A folder in the network.
        typed: The subject as it was typed.
        numbers: The suggestions as they were typed.
        actor: An author of the subject.
        now: The time, whole seconds.
        here: The folder that a typed path is relative to.
        commit: Make one git commit of the file and of what was recorded.
        dry_run: Change nothing.

    Raises:
        UsageError: A name or number means nothing.
        NotAllowedError: The actor is no author of the subject.
        ConflictError: A suggestion is outdated or was resolved before, or the file changed meanwhile.
        FaultsError: The text would be faulty with it.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet take"):
        network = load_network(root, now=now)
        refuse_unsound(network)
        repository = repository_of(root)
        if commit and repository is not None:
            refuse_if_unready(repository)
        entry = find_entry(network, typed, here=here).entry
        notes = chosen_notes(entry, numbers)
        edited = _planned(network, entry, notes, actor=actor)
        proposal = _proposal(entry)
        requests = tuple(resolve_request(entry, note, How.TAKEN) for note in notes)
        change = _change(network.root, proposal, edited)
        if dry_run:
            nothing = Outcome(decided=())
            return Taken(entry=entry, path=proposal.path, edits=edited.edits, outcome=nothing)
        replace_file(change.target, change.new)
        try:
            after = load_network(root, now=now)
            outcome = decide_loaded(after, requests, actor=actor, repository=repository)
        except BlognetError:
            replace_file(change.target, change.old)
            raise
        outcome = replace(outcome, paths=(proposal.path, *outcome.paths))
        if commit:
            message = _message(network, entry.subject, notes)
            made, failure = commit_or_say(repository, outcome.paths, message)
            outcome = replace(outcome, commit=made, commit_failure=failure)
    return Taken(entry=entry, path=proposal.path, edits=edited.edits, outcome=outcome)


def _planned(network: Network, entry: Entry, notes: tuple[Note, ...], *, actor: AuthorId) -> Edited:
    """Return the text with the suggestions, after everything that could be refused was asked."""
    name = entry.subject.name
    if not notes:
        message = f"no suggestion on {name} was named"
        raise UsageError(message, hint=f"blognet notes {name} lists them")
    authors = authors_of(case_of(network, entry, last_editor=None))
    for note in notes:
        refuse_resolution(
            resolve_request(entry, note, How.TAKEN).options,
            name=name,
            words="",
            history=entry.decided.history,
            actor=actor,
            authors=authors,
            mayors=network.rights.mayors,
            solo=network.rights.solo,
        )
    proposal = _proposal(entry)
    edited = take_all(proposal.text, notes, name=name)
    _refuse_faults(network, entry, proposal, edited.text)
    return edited


def _proposal(entry: Entry) -> Proposal:
    if entry.proposal is None:
        message = f"there is no file for {entry.subject.name} to put anything into"
        raise ConflictError(message, hint=f"mayor log {entry.subject.name} tells what was")
    return entry.proposal


def _refuse_faults(network: Network, entry: Entry, proposal: Proposal, text: str) -> None:
    (_, before_problems), (content, problems) = (
        parse_content(
            entry.subject,
            text=each,
            path=proposal.path,
            path_facts=proposal.path_facts,
            assets=proposal.assets,
            rules=network.rules,
        )
        for each in (proposal.text, text)
    )
    if len(errors_in(problems)) > len(errors_in(before_problems)):
        message = f"with this suggestion, {proposal.path} would have faults"
        hint = "nothing was changed; change the text by hand, then answer the note"
        raise FaultsError(message, problems=problems, hint=hint)
    before = proposal.content
    if isinstance(before, Post) and isinstance(content, Post):
        was, would = (
            (before.front.slug, before.front.lang),
            (content.front.slug, content.front.lang),
        )
        if was != would:
            message = f"this suggestion would make {entry.subject.name} another post"
            raise ConflictError(message, hint="change slug or lang by hand, if it is meant")


def _change(root: Path, proposal: Proposal, edited: Edited) -> _Change:
    tree = proposal.path.partition("/")[0]
    # Names are found by listing: on this disk, accents may be encoded in another way than in our paths.
    entries = walk(root, tree, skip=_skip_nothing)
    parts = next((entry.parts for entry in entries if entry.path == proposal.path), ())
    raw = read_plain(root, parts, limit=MAX_TEXT)
    if isinstance(raw, FileFault) or decode_source(raw) != proposal.text:
        raise _changed_meanwhile(proposal)
    mark = _BOM if raw.startswith(_BOM) else b""
    source = raw.removeprefix(mark).decode("utf-8")
    for edit in edited.edits:
        if edit.span is not None:
            words = edit.note.replacement or ""
            source = with_replacement(source, edit.span.start, edit.span.end, words)
    new = mark + source.encode("utf-8")
    if decode_source(new) != edited.text or len(new) > MAX_TEXT:
        message = f"the suggestion cannot be put into {proposal.path}"
        raise ConflictError(message, hint="change the text by hand, then answer the note")
    return _Change(target=root.joinpath(*parts), old=raw, new=new)


def _changed_meanwhile(proposal: Proposal) -> ConflictError:
    message = f"{proposal.path} changed while the command was running"
    return ConflictError(message, hint="nothing was changed; type it again")


def _message(network: Network, subject: Subject, notes: tuple[Note, ...]) -> str:
    makers = dict.fromkeys(note.event.actor for note in notes)
    count = "a suggestion" if len(notes) == 1 else f"{len(notes)} suggestions"
    trailers = [f"Suggested-by: {name_of(network, maker)} <{maker}>" for maker in makers]
    return f"take {count} on {subject}\n\n" + "\n".join(trailers)


def _skip_nothing(name: str) -> bool:
    return not name
