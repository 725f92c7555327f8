"""A review's deck and what becomes of its choices: which subjects, what cannot be said about each, and the writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.decide import Request, case_of, own_edits
from blognet.actions.in_line import in_line
from blognet.disk.git import repository_of
from blognet.disk.review_file import KeptChoice, keep_choices, kept_choices
from blognet.kernel.errors import BlognetError, UsageError
from blognet.moderation.asking import decide
from blognet.moderation.deciding import Wish
from blognet.moderation.events import Seen, Verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.in_line import InLine
    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId, Subject
    from blognet.moderation.deciding import Case

SAID = (Verb.APPROVE, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.COMMENT, Verb.SUGGEST)
"""What a review can say, in the order in which it is written about one subject: notes first."""
_ORDER = (Verb.SUGGEST, Verb.COMMENT, Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.APPROVE)
_REVIEWED = frozenset({"contested", "edited", "faulty", "new"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A subject of a review.

    Attributes:
        row: As it stands in the queue.
        refusals: Why a verb cannot be said about it by this person now.
    """

    row: InLine
    refusals: Mapping[Verb, str]

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
    mine: bool = False,
) -> tuple[Reviewed, ...]:
    """Return what to review, worst first.

    Args:
        network: Where.
        actor: Who reviews.
        subjects: Exactly these, in this order; when there are none, everything that waits for a mayor, and what its
            author has to mend.
        author: Only this author's.
        mine: Only what the actor has claimed.
    """
    rows = in_line(
        network, everything=bool(subjects), author=author, claimed=actor if mine else None
    )
    if subjects:
        known = {row.entry.subject: row for row in rows}
        rows = tuple(known[subject] for subject in subjects if subject in known)
    else:
        rows = tuple(row for row in rows if _is_reviewed(row))
    entries = tuple(row.entry for row in rows)
    repository = repository_of(network.root)
    edited = own_edits(network, entries, actor=actor, repository=repository)
    taken = network.taken
    cases = (
        case_of(
            network,
            entry,
            last_editor=actor if entry.subject in edited else None,
            taken=taken,
            repository=repository,
        )
        for entry in entries
    )
    return tuple(
        Reviewed(row=row, refusals=_refusals(network, case, actor))
        for row, case in zip(rows, cases, strict=True)
    )


def _is_reviewed(row: InLine) -> bool:
    # What was forced and lies there as it is live waits for a second look; without its file there is no page to show.
    wants_look = row.waiting.what == "forced" and row.entry.proposal is not None
    return row.waiting.what in _REVIEWED or wants_look


def suggestion(entry: Entry, *, old: str, new: str) -> Request:
    """Return the request for a suggestion of other words.

    Raises:
        UsageError: The words do not stand in the text exactly once, or nothing would change.
    """
    text = entry.proposal.text if entry.proposal else ""
    times = text.count(old) if old else 0
    if times != 1:
        where = "nowhere" if not times else f"{times} times"
        message = f"these words stand {where} in the source: take more of those around them"
        raise UsageError(message)
    if old == new:
        message = "the new words are the old ones"
        raise UsageError(message)
    return Request(
        subject=entry.subject,
        verb=Verb.SUGGEST,
        expected=entry.standing.content,
        options={"quote": old, "with": new},
    )


def requests_of(network: Network, choices: tuple[KeptChoice, ...]) -> tuple[Request, ...]:
    """Return the requests of a review in the order of choosing; about one subject its notes first, then the answer."""
    first = {choice.subject: at for at, choice in reversed(list(enumerate(choices)))}
    ordered = sorted(
        choices, key=lambda choice: (first[choice.subject], _ORDER.index(Verb(choice.verb)))
    )
    requests: list[Request] = []
    for choice in ordered:
        verb = Verb(choice.verb)
        entry = network.entries.get(choice.subject)
        if verb is Verb.SUGGEST and entry is not None:
            quote, new = choice.options.get("quote", ""), choice.options.get("with", "")
            requests.append(suggestion(entry, old=quote, new=new))
            continue
        requests.append(
            Request(
                subject=choice.subject,
                verb=verb,
                words=choice.words,
                expected=choice.content,
                seen=Seen.SHOWN,
                options=choice.options,
            )
        )
    return tuple(requests)


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
        if choice.verb not in set(SAID) or choice.subject not in network.entries:
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


def _refusals(network: Network, case: Case, actor: AuthorId) -> Mapping[Verb, str]:
    said = {verb: _refusal(network, case, actor, verb) for verb in SAID}
    return {verb: why for verb, why in said.items() if why}


def _refusal(network: Network, case: Case, actor: AuthorId, verb: Verb) -> str:
    """Ask the rules themselves, with words that stand for any: what they refuse now they would refuse later."""
    options = {"quote": "x", "with": "y"} if verb is Verb.SUGGEST else {}
    wish = Wish(verb=verb, actor=actor, now=network.now, words="x", options=options)
    try:
        decide(wish, case, network.rights)
    except BlognetError as error:
        hint = f" {error.hint[:1].upper()}{error.hint[1:]}." if error.hint else ""
        return f"Not here: {error.message}.{hint}"
    return ""
