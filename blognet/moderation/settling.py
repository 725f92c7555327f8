"""May a version that only the record holds be approved? Answers for the sides of a contest and for second looks.

What lies on disk does not matter here: the text of such a version was kept when somebody approved it first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError, NotAllowedError, UsageError
from blognet.kernel.ids import Kind
from blognet.moderation.approvals import first_approval
from blognet.moderation.cases import Role, event_of
from blognet.moderation.events import Verb
from blognet.moderation.findings import Judgement, judge
from blognet.moderation.noting import refuse_unsettled
from blognet.moderation.standing import Live, Proposed
from blognet.moderation.trusting import is_under_grant

if TYPE_CHECKING:
    from blognet.kernel.hashing import ContentHash
    from blognet.moderation.cases import Case, Rights, Wish
    from blognet.moderation.events import Event


def approve_version(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return the approval of the version whose hash begins with ``wish.version``.

    Raises:
        ConflictError: It is none that waits for a decision.
        NotAllowedError: It is the actor's own work, or the actor forced it.
    """
    name = case.subject.typed
    open_ones = versions_to_settle(case)
    meant = {
        content: event
        for content, event in open_ones.items()
        if content.hex.startswith(wish.version)
    }
    if len(meant) != 1:
        message = f"'{wish.version}' is no version of {name} that waits for a decision"
        known = ", ".join(content.short for content in open_ones)
        hint = (
            f"versions are: {known}"
            if known
            else f"approve what lies on disk: mayor approve {name}"
        )
        raise ConflictError(message, hint=hint)
    content, approval = meant.popitem()
    facts = approval.facts
    if facts is None:
        raise AssertionError(name)
    options = {key: value for key, value in wish.options.items() if key != "takeover"}
    refuse_unsettled(case.history, case.words, name=name)
    judgement = _judged(wish, case, content)
    _refuse_same_forcer(wish, case)
    own = (*facts.authors, case.subject.id if case.subject.kind is Kind.PROFILE else "")
    if wish.actor in own:
        if not rights.solo or wish.role is Role.DEPUTY:
            message = f"{name} is your own work, so another mayor has to approve it"
            others = ", ".join(sorted(rights.mayors - {wish.actor})) or "there is none yet"
            raise NotAllowedError(message, hint=f"other mayors: {others}")
        options["solo"] = "is your own work"
    first = first_approval(case.history)
    if first is not None and first.facts is not None:
        facts = replace(facts, url=first.facts.url)
    return event_of(
        wish, case, rights, content=content, path_facts=approval.path_facts,
        assets=approval.assets, facts=facts, options=options, judgement=judgement,
    )  # fmt: skip


def _judged(wish: Wish, case: Case, content: ContentHash) -> Judgement:
    """Return what the checks say about a version; they look at what lies on disk alone.

    Raises:
        ConflictError: They forbid it, and nobody waived that.
        UsageError: A waiver would be about nothing.
    """
    if case.proposal is None or case.proposal.hash != content:
        if wish.waivers:
            name = case.subject.typed
            message = (
                f"the checks look at what lies on disk, which is not {content.short} of {name}"
            )
            hint = f"without --waive: mayor approve {name} --version {content.short}"
            raise UsageError(message, hint=hint)
        return Judgement()
    return judge(case.subject.name, case.examination, wish.waivers)


def versions_to_settle(case: Case) -> dict[ContentHash, Event]:
    """Return what one more approval would settle: sides of a contest, and what wants the look of a mayor."""
    found: dict[ContentHash, Event] = {}
    known = dict(zip(case.history.ids, case.history.events, strict=True))
    chosen = [known[reason] for reason in case.standing.reasons] if is_contested(case) else []
    published = case.standing.published
    if isinstance(published, Live):
        live = known[published.version.approval]
        if case.standing.second is not None or is_under_grant(live):
            chosen.append(live)
    for event in chosen:
        if event.verb is Verb.RESTORE:
            event = _approval_of(case, event.content) or event  # noqa: PLW2901  the same bytes, with their facts
        if event.is_for_readers and event.content is not None:
            found.setdefault(event.content, event)
    return found


def _approval_of(case: Case, content: ContentHash | None) -> Event | None:
    approvals = [
        one for one in case.history.events if one.is_for_readers and one.content == content
    ]
    return approvals[-1] if approvals else None


def _refuse_same_forcer(wish: Wish, case: Case) -> None:
    second = case.standing.second
    if second is None or is_contested(case):
        return
    force = case.history.events[case.history.ids.index(second)]
    if force.actor == wish.actor:
        message = f"you forced {case.subject.typed}, so another mayor has to look at it"
        raise NotAllowedError(message, hint=f"or take it down: mayor retract {case.subject.typed}")


def is_contested(case: Case) -> bool:
    """Whether decisions that did not see each other differ."""
    return case.standing.proposed is Proposed.CONTESTED
