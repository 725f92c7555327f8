"""Whose events count? Answers for one event, and for the approvals under grants of a whole record.

A mayor's word always counts, a deputy's when it says why it was the deputy's turn, a reviewer's within the reviewer's
stages, and an author's approval of own work only within a grant that a mayor gave. Former mayors, deputies and
reviewers keep what they said. Knows no files and no settings; who is who comes in a `Trust`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.moderation.events import Verb
from blognet.moderation.standing import rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.moderation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whose events count.

    Attributes:
        network: The network's id.
        mayors: Everyone who is or was a mayor.
        deputies: Everyone who is or was a deputy.
        reviewers: By stage, everyone who is or was its reviewer.
    """

    network: str
    mayors: frozenset[str]
    deputies: frozenset[str] = frozenset()
    reviewers: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why an event does not count.

    Attributes:
        code: The problem's code.
        message: What is wrong, as a sentence's rest.
        hint: How to mend it.
    """

    code: str
    message: str
    hint: str


def doubt_about(event: Event, trust: Trust) -> Doubt | None:
    """Return why an event's actor had no right to it; None when they had, or when a grant must tell."""
    rule, actor = rule_of(event), event.actor
    if actor in trust.mayors:
        return None
    if event.stage and event.verb is Verb.APPROVE:
        return None if actor in trust.reviewers.get(event.stage, ()) else _no_reviewer(event)
    if not rule.mayors_only or is_under_grant(event):
        return None
    is_reviewer = any(actor in known for known in trust.reviewers.values())
    if is_reviewer and rule.reviewers and event.verb is not Verb.APPROVE:
        return None
    if rule.deputies and actor in trust.deputies:
        return None if event.options.get("deputy") else _no_reason(event)
    return _no_mayor(event)


def may_insist(event: Event, trust: Trust, *, stage: str) -> bool:
    """Whether an event's actor could insist on something, or settle it, for a stage; "" for none."""
    if event.actor in trust.mayors:
        return True
    if event.options.get("deputy") and event.actor in trust.deputies:
        return True
    return bool(stage) and event.stage == stage and event.actor in trust.reviewers.get(stage, ())


def is_under_grant(event: Event) -> bool:
    """Whether an event is an author's approval of own work that names a grant."""
    return event.verb is Verb.APPROVE and not event.stage and bool(event.options.get("grant"))


def _no_mayor(event: Event) -> Doubt:
    return Doubt(
        code="BN305",
        message=f"'{event.actor}' decided here ({event.verb.value}) but is not and was not a mayor",
        hint="a former mayor belongs in former_mayors of blognet.yml; else remove the event: git rm {path}",
    )


def _no_reviewer(event: Event) -> Doubt:
    return Doubt(
        code="BN320",
        message=f"'{event.actor}' approved for the stage '{event.stage}' but is not and was not its reviewer",
        hint="a former reviewer belongs in former_reviewers of the stage in blognet.yml; else: git rm {path}",
    )


def _no_reason(event: Event) -> Doubt:
    return Doubt(
        code="BN321",
        message=f"the deputy '{event.actor}' decided here ({event.verb.value}) without saying why it was their turn",
        hint="remove the event, and let a mayor decide: git rm {path}",
    )
