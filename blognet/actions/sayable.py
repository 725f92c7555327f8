"""What a person can say about a subject now, and why not: the deciding rules asked before anybody types a word.

The rules themselves are asked, with words that stand for any; what they refuse now they would refuse at the end. What
was chosen about the subject before counts as said: a must that was settled a moment ago is in nobody's way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from blognet.actions.claims import claimed_by
from blognet.actions.decide import wish_of
from blognet.kernel.errors import BlognetError, NotAllowedError
from blognet.moderation.asking import decide
from blognet.moderation.cases import Wish
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Verb
from blognet.moderation.findings import errors_of
from blognet.moderation.history import longer
from blognet.moderation.notes import How, blocking_notes, notes_of, waiting_notes
from blognet.moderation.stages import stages_of
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.actions.decide import Request
    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId, EventId
    from blognet.moderation.cases import Case
    from blognet.moderation.findings import Finding
    from blognet.moderation.notes import Note

ASKED = (
    Verb.RETURN,
    Verb.DECLINE,
    Verb.HOLD,
    Verb.RELEASE,
    Verb.COMMENT,
    Verb.SUGGEST,
    Verb.RESOLVE,
)
"""What is asked for as it is; an approval is asked for with all that can be lifted out of its way."""


class BarKind(Enum):
    """What can be in the way of an approval and be lifted by whoever approves."""

    MUST = "must"
    CHECK = "check"
    TAKEOVER = "takeover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One thing in the way of an approval.

    Attributes:
        name: Id of the note, or name of the check; "" for a takeover.
        text: What it is, for a line.
    """

    kind: BarKind
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNote:
    """A note that waits and could be settled."""

    number: int
    id: EventId
    is_must: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayable:
    """What can be said about a subject.

    Attributes:
        refusals: Why a verb cannot be said, as a sentence; an approval is refused here only for what nobody can lift.
        bars: What is in the way of an approval and can be lifted with it.
        stages: The stages that the person may still say yes for.
        stage_refusal: Why there is none, as a sentence.
        notes: Those that wait, and were there before.
        is_claimed: Whether the person has claimed it.
        claim_refusal: Why it cannot be claimed or given back; "" when it can.
        is_judge: Whether the person approves for readers, as mayors do, and not for stages alone.
    """

    refusals: Mapping[Verb, str] = field(default_factory=dict)
    bars: tuple[Bar, ...] = ()
    stages: tuple[str, ...] = ()
    stage_refusal: str = "You review no stage of this one."
    notes: tuple[OpenNote, ...] = ()
    is_claimed: bool = False
    claim_refusal: str = ""
    is_judge: bool = True


def sayable(
    network: Network, entry: Entry, case: Case, actor: AuthorId, said: Iterable[Request] = ()
) -> Sayable:
    """Return what a person can say.

    Args:
        network: For the rights and the time.
        entry: The subject.
        case: The same, with what the checks found.
        actor: The person.
        said: What they chose to say beside an answer; what is refused of it counts as not said.
    """
    grown = _grown(network, case, actor, said)
    refusals = {verb: _refusal(network, grown, _any_wish(network, actor, verb)) for verb in ASKED}
    notes = tuple(_open_notes(entry, grown))
    if not notes:
        refusals[Verb.RESOLVE] = "Not here: no note is open."
    refusals[Verb.APPROVE], bars = _approval(network, case, grown, actor)
    stages, stage_refusal = _stages(network, grown, actor)
    return Sayable(
        refusals={verb: why for verb, why in refusals.items() if why},
        bars=bars,
        stages=stages,
        stage_refusal=stage_refusal,
        notes=notes,
        is_claimed=actor in claimed_by(entry),
        claim_refusal=_claim_refusal(network, entry, actor),
        is_judge=is_judge(network, actor),
    )


def is_judge(network: Network, actor: AuthorId) -> bool:
    """Whether a person approves for readers, as mayors and their deputies do."""
    return actor in network.rights.mayors or actor in network.rights.deputies.ids


def refusal_of(
    network: Network, case: Case, actor: AuthorId, request: Request, said: Iterable[Request] = ()
) -> str:
    """Return why a request would be refused after these others, as a sentence; "" when it would not."""
    wish = wish_of(request, actor, network.now)
    try:
        decide(wish, _grown(network, case, actor, said), network.rights)
    except BlognetError as error:
        return _sentence(error)
    return ""


def _any_wish(network: Network, actor: AuthorId, verb: Verb) -> Wish:
    options = {"quote": "x", "with": "y"} if verb is Verb.SUGGEST else {}
    return Wish(verb=verb, actor=actor, now=network.now, words="x", options=options)


def _refusal(network: Network, case: Case, wish: Wish) -> str:
    if wish.verb is Verb.RESOLVE:
        # Without a note, the rules would find none; who may settle is asked note by note.
        is_mayor = wish.actor in network.rights.mayors
        return "" if is_mayor else "Not here: only a mayor settles notes."
    try:
        decide(wish, case, network.rights)
    except BlognetError as error:
        return _sentence(error)
    return ""


def _sentence(error: BlognetError) -> str:
    hint = f" {error.hint[:1].upper()}{error.hint[1:]}." if error.hint else ""
    return f"Not here: {error.message}.{hint}"


def _grown(network: Network, case: Case, actor: AuthorId, said: Iterable[Request]) -> Case:
    """Return the case after remarks; these change no standing."""
    for request in said:
        wish = wish_of(request, actor, network.now)
        try:
            event = decide(wish, case, network.rights)
        except BlognetError:
            continue
        ident = event_id(event_to_bytes(event))
        case = replace(
            case,
            history=longer(case.history, ident, event),
            words={**case.words, ident: request.words},
        )
    return case


def _approval(
    network: Network, before: Case, grown: Case, actor: AuthorId
) -> tuple[str, tuple[Bar, ...]]:
    """Return why an approval is refused whatever is lifted, and what can be lifted."""
    settled, bars = grown, []
    for note in blocking_notes(grown.history):
        if note.id not in before.history.ids:
            return "Not here: you insist on something yourself. u takes that back.", ()
        options = {"note": note.id, "how": How.SETTLED.value}
        wish = Wish(verb=Verb.RESOLVE, actor=actor, now=network.now, options=options)
        try:
            event = decide(wish, settled, network.rights)
        except BlognetError as error:
            return _sentence(error), ()
        ident = event_id(event_to_bytes(event))
        settled = replace(settled, history=longer(settled.history, ident, event))
        bars.append(Bar(kind=BarKind.MUST, name=note.id, text=_note_text(note, grown)))
    errors = errors_of(grown.examination.findings)
    waivers = {one.check: "x" for one in errors}
    bars += [
        Bar(kind=BarKind.CHECK, name=check, text=f"{check}: {_found_by(check, errors)}")
        for check in waivers
    ]
    wish = Wish(verb=Verb.APPROVE, actor=actor, now=network.now, waivers=waivers)
    meant = replace(wish, options={"takeover": "yes"})
    if why := _refusal(network, settled, meant):
        return why, ()
    try:
        decide(wish, settled, network.rights)
    except NotAllowedError as error:
        bars.append(Bar(kind=BarKind.TAKEOVER, text=error.message))
    return "", tuple(bars)


def _found_by(check: str, errors: Iterable[Finding]) -> str:
    """Return what a check found, each sentence once with its lines."""
    lines: dict[str, dict[int, None]] = {}
    for one in errors:
        if one.check == check:
            lines.setdefault(one.message, {})[one.location.line] = None
    return "; ".join(message + _on_lines(tuple(found)) for message, found in lines.items())


def _on_lines(lines: tuple[int, ...]) -> str:
    """Return where something was found, for the end of a sentence; line 0 is the text as a whole."""
    named = ", ".join(str(line) for line in lines if line)
    return f" (line{'s' if len(lines) > 1 else ''} {named})" if named else ""


def _stages(network: Network, case: Case, actor: AuthorId) -> tuple[tuple[str, ...], str]:
    rules = tuple(rule for rule in network.rights.stages if actor in rule.reviewers)
    content = case.proposal.hash if case.proposal else None
    states = stages_of(
        rules,
        case.proposal,
        case.history,
        content=content,
        since=case.waits_since or network.now,
    )
    found: list[str] = []
    why = ""
    for state in states:
        stage = state.rule.id
        wish = Wish(verb=Verb.APPROVE, actor=actor, now=network.now, stage=stage)
        refused = _refusal(network, case, wish)
        why = refused or f"Not here: the stage '{stage}' needs no other yes."
        if not refused and not state.is_met:
            found.append(stage)
    return tuple(found), why or "You review no stage of this one."


def _open_notes(entry: Entry, grown: Case) -> Iterator[OpenNote]:
    known = set(entry.decided.history.ids)
    for note in waiting_notes(notes_of(grown.history, grown.words)):
        if note.id in known:
            text = _note_text(note, grown)
            yield OpenNote(number=note.number, id=note.id, is_must=note.blocks, text=text)


def _note_text(note: Note, case: Case) -> str:
    said = " ".join(case.words.get(note.id, "").split())
    on = f" on “{' '.join(note.anchor.quote.split())}”" if note.anchor else ""
    head = f"note {note.number}, a {note.kind.value} of {note.event.actor}, {note.state.value}"
    return f"{head}{on}" + (f": {said}" if said else "")


def _claim_refusal(network: Network, entry: Entry, actor: AuthorId) -> str:
    if actor not in network.rights.mayors:
        return "Not here: only a mayor claims."
    nothing = entry.standing.proposed is Proposed.NONE
    return "Not here: nothing of it waits." if nothing else ""
