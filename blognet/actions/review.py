"""A review's deck and what becomes of its choices: which subjects, what can be said about each, and the writing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.decide import Request, case_of, since_when
from blognet.actions.findings import Examined, examine_entries
from blognet.actions.in_line import by_promise, in_line
from blognet.actions.own_edits import own_edits
from blognet.actions.promise import promised
from blognet.actions.sayable import is_judge, refusal_of, sayable
from blognet.actions.staged import stages_on
from blognet.disk.git import repository_of
from blognet.disk.review_file import KeptChoice, keep_choices, kept_choices
from blognet.moderation.events import CLAIM, Seen, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blognet.actions.in_line import InLine
    from blognet.actions.network import Entry, Network
    from blognet.actions.promise import Promised
    from blognet.actions.sayable import Sayable
    from blognet.kernel.ids import AuthorId, Subject
    from blognet.moderation.cases import Case
    from blognet.moderation.findings import Finding
    from blognet.moderation.promise import Wait

_ORDER = (
    Verb.SUGGEST,
    Verb.COMMENT,
    Verb.RESOLVE,
    Verb.RELEASE,
    Verb.RETURN,
    Verb.DECLINE,
    Verb.HOLD,
    Verb.APPROVE,
)
"""In which order several things about one subject are written: notes first, the answer last."""
_REVIEWED = frozenset({"contested", "edited", "faulty", "forced", "new"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A subject of a review.

    Attributes:
        row: As it stands in the queue.
        case: As the rules of deciding see it.
        findings: What the checks found in its text, once it was `examined`.
        wait: How long its author has waited for an answer, and until when one was promised; None when it is not the
            mayor's turn.
    """

    row: InLine
    case: Case
    wait: Wait | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def entry(self) -> Entry:
        """The subject."""
        return self.row.entry


def deck(
    network: Network,
    actor: AuthorId,
    *,
    subjects: tuple[Subject, ...] = (),
    author: str = "",
    stage: str = "",
    mine: bool = False,
) -> tuple[Reviewed, ...]:
    """Return what to review, worst first; what is on hold comes last.

    Args:
        network: Where.
        actor: Who reviews.
        subjects: Exactly these, in this order; when there are none, everything that waits for a mayor, and what its
            author has to mend. For somebody who only reviews stages, what waits for a yes of theirs.
        author: Only this author's.
        stage: Only what waits for this stage.
        mine: Only what the actor has claimed.
    """
    rows = in_line(
        network, everything=bool(subjects), author=author, claimed=actor if mine else None
    )
    promise = promised(network)
    if subjects:
        known = {row.entry.subject: row for row in rows}
        rows = tuple(known[subject] for subject in subjects if subject in known)
    else:
        rows = _waiting(network, by_promise(rows, promise), actor, stage=stage)
    return tuple(_reviewed(network, rows, actor, promise))


def examined(network: Network, one: Reviewed) -> Reviewed:
    """Return a subject with what the checks find in it; asked for when it is shown, for it takes a moment each."""
    found = examine_entries(network, (one.entry,)).get(one.entry.subject, Examined())
    case = replace(one.case, examination=found.examination)
    return replace(one, case=case, findings=found.findings)


def can_say(
    network: Network, one: Reviewed, actor: AuthorId, choices: Iterable[KeptChoice] = ()
) -> Sayable:
    """Return what a person can say about a subject, after what they chose to say beside an answer."""
    said = (request_of(choice) for choice in sorted(choices, key=_rank))
    return sayable(network, one.entry, one.case, actor, said)


def why_not(
    network: Network,
    one: Reviewed,
    actor: AuthorId,
    choice: KeptChoice,
    before: Iterable[KeptChoice] = (),
) -> str:
    """Return why something cannot be said after what was chosen before it, as a sentence; "" when it can."""
    said = (request_of(earlier) for earlier in sorted(before, key=_rank))
    return refusal_of(network, one.case, actor, request_of(choice), said)


def request_of(choice: KeptChoice) -> Request:
    """Return the request for one choice."""
    return Request(
        subject=choice.subject,
        verb=Verb(choice.verb),
        words=choice.words,
        expected=choice.content,
        seen=Seen.SHOWN,
        options=choice.options,
        waivers=choice.waivers,
        stage=choice.stage,
    )


def requests_of(choices: tuple[KeptChoice, ...]) -> tuple[Request, ...]:
    """Return the requests of a review in the order of choosing; about one subject its notes first, then the answer."""
    first = {choice.subject: at for at, choice in reversed(list(enumerate(choices)))}
    ordered = sorted(choices, key=lambda choice: (first[choice.subject], _rank(choice)))
    return tuple(request_of(choice) for choice in ordered)


def keep(network: Network, actor: AuthorId, choices: tuple[KeptChoice, ...]) -> None:
    """Keep what was chosen so far, against a kill.

    Raises:
        BlognetError: When the disk refuses.
    """
    keep_choices(network.root, actor, choices)


def kept(
    network: Network, actor: AuthorId, reviewed: tuple[Reviewed, ...]
) -> tuple[tuple[KeptChoice, ...], tuple[str, ...]]:
    """Return what an earlier review kept and still can be said, and a sentence for each thing that cannot."""
    there = {one.entry.subject: one for one in reviewed}
    good: list[KeptChoice] = []
    dropped: list[str] = []
    for choice in kept_choices(network.root, actor):
        one = there.get(choice.subject)
        name = choice.subject.typed
        if choice.verb not in set(_ORDER) or choice.subject not in network.entries:
            dropped.append(f"{name} is gone: the '{choice.verb}' kept for it was dropped.")
        elif one is None and network.entries[choice.subject].standing.content == choice.content:
            dropped.append(
                f"{name} is not part of this review: the '{choice.verb}' kept for it was dropped."
            )
        elif one is None or one.entry.standing.content != choice.content:
            dropped.append(
                f"{name} changed since: the '{choice.verb}' kept for it was dropped, look again."
            )
        else:
            good.append(choice)
    return tuple(good), tuple(dropped)


def _rank(choice: KeptChoice) -> tuple[int, bool]:
    """Return where a choice stands among those about its subject: claims first, a stage's yes before a mayor's."""
    is_claim = choice.options.get("kind") == CLAIM
    return -1 if is_claim else _ORDER.index(Verb(choice.verb)), not choice.stage


def _waiting(
    network: Network, rows: tuple[InLine, ...], actor: AuthorId, *, stage: str
) -> tuple[InLine, ...]:
    rights = network.rights
    held = tuple(row for row in rows if row.waiting.what == "held")
    chosen = (*filter(_is_reviewed, rows), *held)
    if stage:
        return tuple(row for row in chosen if _waits_for(network, row.entry, stage=stage))
    reviews = {rule.id for rule in rights.stages if actor in rule.reviewers}
    if is_judge(network, actor) or not reviews:
        return chosen
    return tuple(row for row in chosen if _waits_for(network, row.entry, reviewer=actor))


def _is_reviewed(row: InLine) -> bool:
    # What was forced waits for a second look; without its file there is no page to show.
    is_there = row.waiting.what != "forced" or row.entry.proposal is not None
    return row.waiting.what in _REVIEWED and is_there


def _waits_for(
    network: Network, entry: Entry, *, stage: str = "", reviewer: AuthorId | None = None
) -> bool:
    return any(
        not state.is_met
        and (not stage or state.rule.id == stage)
        and (reviewer is None or reviewer in state.rule.reviewers - set(state.said_yes))
        for state in stages_on(network, entry)
    )


def _reviewed(
    network: Network, rows: tuple[InLine, ...], actor: AuthorId, promise: Promised
) -> Iterator[Reviewed]:
    entries = tuple(row.entry for row in rows)
    repository = repository_of(network.root)
    edited = own_edits(network, entries, actor=actor, repository=repository)
    taken, grants, since = network.taken, network.grants, since_when(network, entries)
    for row in rows:
        subject = row.entry.subject
        case = case_of(
            network,
            row.entry,
            last_editor=actor if subject in edited else None,
            taken=taken,
            grants=grants,
            waits_since=since.get(subject),
        )
        yield Reviewed(row=row, case=case, wait=promise.wait_of(subject))
