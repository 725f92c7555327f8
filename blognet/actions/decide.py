"""Decide on subjects: say one verb about each.

Load under the lock, decide purely, store. What a person had been shown is named by its hash; when the bytes on disk are
others by now, nothing is decided. Several requests are decided together: if one is refused, none is written. Several
about one subject build on each other, each having seen the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING

from blognet.actions.committing import commit_message, commit_or_say
from blognet.actions.findings import examine_entries, refuse_idle_waivers
from blognet.actions.moving import move_approved
from blognet.actions.network import Entry, load_network
from blognet.actions.own_edits import own_edits
from blognet.actions.since import waiting_since
from blognet.actions.versions import sides_of
from blognet.disk.commit import refuse_if_unready
from blognet.disk.git import repository_of
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.reading import read_asset
from blognet.disk.record import RecordWrite, write_decision
from blognet.kernel.errors import BlognetError, ConflictError, FaultsError
from blognet.kernel.overlaid import Overlaid
from blognet.kernel.problems import errors_in
from blognet.moderation.asking import decide
from blognet.moderation.cases import Case, Wish
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Verb
from blognet.moderation.granting import MENDED_BY_A_LOOK
from blognet.moderation.history import longer
from blognet.moderation.notes import number_of
from blognet.moderation.record import RecordFile, event_path, text_file, words_file
from blognet.moderation.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from pathlib import Path

    from blognet.actions.moving import Moved
    from blognet.actions.network import Network
    from blognet.actions.ready import Ready
    from blognet.content.values import Proposal
    from blognet.disk.git import Repository
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import AuthorId, EventId, SitePath, SourcePath, Subject
    from blognet.moderation.events import Event, Seen
    from blognet.moderation.granting import Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody wants to say about one subject.

    Attributes:
        expected: Hash of the bytes they mean; None when it does not matter (a comment, a retraction).
        waivers: Reasons by check, for an approval in spite of what that check found.
        stage: The stage that an approval is for; "" for readers.
        version: On approve, the beginning of the hash of a version in the record that is meant, whatever lies on disk.
    """

    subject: Subject
    verb: Verb
    words: str = ""
    expected: ContentHash | None = None
    seen: Seen | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)
    stage: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision as it was written.

    Attributes:
        event: The event.
        moved: What became of the file, for an approval of something in ``queue/``.
        note: The number of the note that it makes or resolves; 0 when it is about none.
    """

    event: Event
    moved: Moved | None = None
    note: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run of decisions did.

    Attributes:
        decided: In the order of the requests.
        refused: Requests left out, with the reason; only when leaving out was asked for.
        paths: Every file written, moved or removed, from the network's root, for a commit.
        commit: Id of the commit, "" when none was made.
        commit_failure: Why no commit could be made although one was wanted; the decisions stand all the same.
        zone: The network's time zone, in which people read times.
    """

    decided: tuple[Decided, ...]
    refused: tuple[tuple[Request, BlognetError], ...] = ()
    paths: tuple[SourcePath, ...] = ()
    commit: str = ""
    commit_failure: str = ""
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """A request that was not refused, with everything that is to be written."""

    entry: Entry
    event: Event
    write: RecordWrite
    note: int


def decide_all(
    start: Path,
    requests: tuple[Request, ...],
    *,
    actor: AuthorId,
    now: datetime,
    leave_out_refused: bool = False,
    commit: bool = False,
    dry_run: bool = False,
    ready: Ready | None = None,
) -> Outcome:
    """Decide on subjects and write the record.

    Args:
        start: A folder in the network.
        requests: What is wanted.
        actor: Who decides.
        now: The time, whole seconds.
        leave_out_refused: Decide on the rest when one is refused (``--all``).
        commit: Make one git commit of exactly the files touched.
        dry_run: Decide, but write nothing.
        ready: The network as the same command read it a moment ago, when nobody was asked anything since.

    Raises:
        FaultsError: The record is not sound; deciding on top of it would build on sand.
        ConflictError: Bytes changed since they were seen, or a request makes no sense where its subject stands.
        NotAllowedError: This person may not decide this.
    """
    root = find_network(start)
    with writing_lock(root, doing="a decision") as held:
        # Whatever is decided on is read when somebody asks for it, and must be what the look told.
        is_ready = ready is not None and ready.holds(held, (one.subject for one in requests))
        network = ready.network if ready and is_ready else load_network(root, now=now)
        refuse_unsound(network)
        repository = repository_of(root)
        if commit and repository is not None:
            refuse_if_unready(repository)
        outcome = decide_loaded(
            network,
            requests,
            actor=actor,
            repository=repository,
            leave_out_refused=leave_out_refused,
            dry_run=dry_run,
        )
        if not commit or dry_run or not outcome.decided:
            return outcome
        message = commit_message(one.event for one in outcome.decided)
        made, failure = commit_or_say(repository, outcome.paths, message)
    return replace(outcome, commit=made, commit_failure=failure)


def decide_loaded(
    network: Network,
    requests: tuple[Request, ...],
    *,
    actor: AuthorId,
    repository: Repository | None,
    leave_out_refused: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Decide on subjects of a network that was loaded under the lock, which the caller holds; makes no commit.

    Raises:
        ConflictError: As `decide_all`.
        NotAllowedError: As `decide_all`.
    """
    answered, refused = _decide(
        network,
        requests,
        actor=actor,
        repository=repository,
        leave_out_refused=leave_out_refused,
    )
    if dry_run:
        decided = tuple(Decided(event=one.event, note=one.note) for one in answered)
        return Outcome(decided=decided, refused=tuple(refused), zone=network.config.zone)
    paths = [path for one in answered for path in write_decision(network.root, one.write)]
    approved = tuple(one.entry for one in answered if _is_of_disk(one.entry, one.event))
    moves = move_approved(network, approved, repository)
    paths += [path for moved in moves.values() for path in moved.paths]
    decided = tuple(
        Decided(event=one.event, moved=_moved(one, moves), note=one.note) for one in answered
    )
    return Outcome(
        decided=decided, refused=tuple(refused), paths=tuple(paths), zone=network.config.zone
    )


def _moved(one: _Answered, moves: Mapping[Subject, Moved]) -> Moved | None:
    return moves.get(one.entry.subject) if _is_of_disk(one.entry, one.event) else None


def case_of(
    network: Network,
    entry: Entry,
    *,
    last_editor: AuthorId | None,
    taken: Mapping[SitePath, Subject] | None = None,
    grants: Mapping[EventId, Grant] | None = None,
    waits_since: datetime | None = None,
) -> Case:
    """Return a subject as the deciding rules want to see it."""
    return Case(
        subject=entry.subject,
        history=entry.decided.history,
        standing=entry.standing,
        proposal=entry.proposal,
        last_editor=last_editor,
        taken=network.taken if taken is None else taken,
        words=entry.decided.words,
        waits_since=waits_since,
        grants=network.grants if grants is None else grants,
        sides=None if network.rights.survives.is_nothing else sides_of(network, entry),
    )


def since_when(network: Network, entries: tuple[Entry, ...]) -> Mapping[Subject, datetime]:
    """Return since when subjects have waited, as far as a rule of this network asks for it."""
    asks = bool(network.config.stages or network.config.deputies)
    return waiting_since(network, entries) if asks else {}


def refuse_unsound(network: Network) -> None:
    """Make sure that a decision does not build on sand.

    Raises:
        FaultsError: The record is not sound.
    """
    # What a look of a mayor mends must not keep the mayor from looking.
    if any(one.code not in MENDED_BY_A_LOOK for one in errors_in(network.record.problems)):
        message = "the record has faults, and a decision must not build on them"
        raise FaultsError(
            message, problems=network.record.problems, hint="mayor verify lists them all"
        )


def _decide(
    network: Network,
    requests: tuple[Request, ...],
    *,
    actor: AuthorId,
    repository: Repository | None,
    leave_out_refused: bool,
) -> tuple[list[_Answered], list[tuple[Request, BlognetError]]]:
    given: dict[SitePath, Subject] = {}
    taken, grants = Overlaid(network.taken, given), network.grants
    approvals = tuple(
        _entry(network, request)
        for request in requests
        if request.verb in {Verb.APPROVE, Verb.FORCE}
    )
    edited = own_edits(network, approvals, actor=actor, repository=repository)
    examined = examine_entries(network, approvals)
    since = since_when(network, tuple(_entry(network, request) for request in requests))
    waived = tuple(check for request in requests for check in request.waivers)
    refuse_idle_waivers(network, waived, examined)
    answered: list[_Answered] = []
    refused: list[tuple[Request, BlognetError]] = []
    grown: dict[Subject, Entry] = {}
    for request in requests:
        entry = grown.get(request.subject) or _entry(network, request)
        try:
            _refuse_changed(request, entry)
            editor = actor if entry.subject in edited else None
            case = case_of(
                network,
                entry,
                last_editor=editor,
                taken=taken,
                grants=grants,
                waits_since=since.get(entry.subject),
            )
            if entry.subject in examined:
                case = replace(case, examination=examined[entry.subject].examination)
            event = decide(wish_of(request, actor, network.now), case, network.rights)
            write = _record_write(network, entry, event, request.words)
        except BlognetError as error:
            if not leave_out_refused:
                raise
            refused.append((request, error))
            continue
        if event.facts and event.facts.url:
            given[event.facts.url] = entry.subject
        grown[entry.subject] = _with_event(entry, event, words=request.words)
        note = number_of(event, grown[entry.subject].decided.history)
        answered.append(_Answered(entry=entry, event=event, write=write, note=note))
    return answered, refused


def _with_event(entry: Entry, event: Event, *, words: str) -> Entry:
    """Return the subject for the next request about it: with one event more, and standing where it stood."""
    # Only remarks are followed by others, and they change no standing.
    decided, ident = entry.decided, event_id(event_to_bytes(event))
    grown = replace(
        decided,
        history=longer(decided.history, ident, event),
        words={**decided.words, ident: words},
    )
    return replace(entry, decided=grown)


def _entry(network: Network, request: Request) -> Entry:
    """Return the subject as it is now; its file may have vanished since it was named, with nothing decided on it."""
    decided = network.record.of(request.subject)
    standing = standing_of(
        decided.history, content=None, is_draft=False, on_disk=False, now=network.now
    )
    nothing = Entry(subject=request.subject, proposal=None, decided=decided, standing=standing)
    return network.entries.get(request.subject, nothing)


def wish_of(request: Request, actor: AuthorId, now: datetime) -> Wish:
    """Return a request as the deciding rules want to see it."""
    return Wish(
        verb=request.verb,
        actor=actor,
        now=now,
        words=request.words,
        seen=request.seen,
        options=request.options,
        waivers=request.waivers,
        stage=request.stage,
        version=request.version,
    )


def _refuse_changed(request: Request, entry: Entry) -> None:
    # An approval is for bytes: one that names none must not meet any, or it would approve what nobody saw.
    is_yes = request.verb in {Verb.APPROVE, Verb.FORCE} and not request.version
    if request.expected is None and not is_yes:
        return
    now_there = entry.proposal.hash if entry.proposal else None
    if now_there != request.expected:
        state = f"now it is {now_there.short}" if now_there else "now it is gone or unreadable"
        before = f"it was {request.expected.short}" if request.expected else "it was unreadable"
        message = f"{entry.subject.typed} changed since you saw it: {before}, {state}"
        raise ConflictError(
            message, hint=f"look again: mayor diff {entry.subject.typed} --since-seen"
        )


def _record_write(network: Network, entry: Entry, event: Event, words: str) -> RecordWrite:
    raw = event_to_bytes(event)
    kept_words = words_file(event, raw, words) if event.words else None
    written = RecordFile(path=event_path(event, raw), raw=raw)
    proposal = entry.proposal
    if not _is_of_disk(entry, event) or proposal is None or event.content is None:
        return RecordWrite(words=kept_words, event=written)
    return RecordWrite(
        assets=_assets(network.root, proposal),
        texts=(text_file(entry.subject, event.content, proposal.text),),
        words=kept_words,
        event=written,
    )


def _is_of_disk(entry: Entry, event: Event) -> bool:
    """Whether an event says yes, for readers, to the bytes on disk; else the record holds its text already."""
    return event.is_for_readers and entry.standing.content == event.content


def _assets(root: Path, proposal: Proposal) -> tuple[tuple[str, bytes], ...]:
    # The digest is in the content hash, so bytes that changed meanwhile are refused here, before anything is written.
    sources = zip(proposal.assets, proposal.asset_sources, strict=True)
    return tuple((asset.sha256, read_asset(root, path, asset.sha256)) for asset, path in sources)
