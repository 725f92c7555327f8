"""Who may say what, in the tests' own words, when somebody has just said it; stricter than what a merge may bring.

A merge may bring one approval more than a grant allows, since clones cannot know of each other. At one desk nothing of
the kind may happen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.kernel.hashing import parse_content_hash
from blognet.kernel.times import iso
from blognet.moderation.events import Verb
from tests.property.git_contents import DEPUTY, MAYORS, REVIEWERS
from tests.property.git_oracle import FOR_DEPUTIES, FREE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject
    from blognet.moderation.events import Event
    from tests.property.git_contents import Bytes
    from tests.property.git_oracle import RawRecord

    Books = Mapping[tuple[Subject, ContentHash], Bytes]

_MOST_LETTERS = 3
STAGED = {"legal": re.compile(r"(?<!\w)bells(?!\w)", re.IGNORECASE)}
"""Whose yes a post needs for its words."""


def why_not_allowed(event: Event, known: RawRecord, *, approved: Books, seen: Books) -> str:
    """Return why somebody should not have been allowed to say this; "" when all is well.

    Args:
        event: What was said.
        known: The record as it was before.
        approved: Every version that was ever approved, as it lay on disk.
        seen: What lies on disk.
    """
    if event.verb.value in FREE or event.stage:
        return "" if not event.stage or event.actor in REVIEWERS[event.stage] else "not their stage"
    if event.is_for_readers and event.verb is Verb.APPROVE:
        return _about_approval(event, known, approved=approved, seen=seen)
    if event.actor in MAYORS:
        return ""
    if event.verb is Verb.RETURN and any(event.actor in some for some in REVIEWERS.values()):
        return ""
    is_deputy = event.actor == DEPUTY and event.options.get("deputy")
    return "" if is_deputy and event.verb.value in FOR_DEPUTIES else "they are no mayor"


def _about_approval(event: Event, known: RawRecord, *, approved: Books, seen: Books) -> str:
    assert event.facts is not None
    assert event.content is not None
    if "grant" in event.options:
        return _about_grant(event, known)
    is_deputy = event.actor == DEPUTY and event.options.get("deputy")
    if event.actor not in MAYORS and not is_deputy:
        return "they are no mayor"
    if event.actor in event.facts.authors or str(event.subject) == f"profile/{event.actor}":
        return "it is their own work"
    key = (event.subject, event.content)
    before = parse_content_hash(event.options.get("carried_from", ""))
    if before is not None:
        return _about_carry(approved[event.subject, before], seen[key], event.options["rule"])
    is_first = key in seen and key not in approved
    return _about_stages(event, known, seen[key].text) if is_first else ""


def _about_carry(was: Bytes, now: Bytes, rule: str) -> str:
    is_little = was.assets == now.assets and _differs_little(rule, was.text, now.text)
    return "" if is_little else f"it carries too much by the rule {rule}"


def _about_stages(event: Event, known: RawRecord, text: str) -> str:
    if event.subject.kind.value == "profile":
        return ""
    for stage, words in STAGED.items():
        said_yes = {
            one.actor
            for one in known.of(str(event.subject)).values()
            if one.verb == "approve" and one.stage == stage and one.content == str(event.content)
        }
        if words.search(text) and not said_yes:
            return f"{stage} has not said yes"
    return ""


def _about_grant(event: Event, known: RawRecord) -> str:
    grants = {one.ident: one for one in known.grants_of(event.actor)}
    grant = grants.get(event.options["grant"])
    if grant is None or not known.is_open(grant, author=event.actor, now=iso(event.time)):
        return "they have no grant that is open"
    if event.facts is None or event.facts.authors != (event.actor,):
        return "it is not their work alone"
    answers = {"return", "decline", "hold", "retract", "recall"}
    if any(
        one.verb in answers and one.content == str(event.content)
        for one in known.of(str(event.subject)).values()
    ):
        return "a mayor has answered these bytes"
    return ""


def _differs_little(rule: str, was: str, now: str) -> bool:
    match rule:
        case "tags":
            return _without_tags(was) == _without_tags(now)
        case "whitespace":
            return was.split() == now.split()
        case _:
            words = list(zip(was.split(), now.split(), strict=True))
            return sum(_distance(*pair) for pair in words) <= _MOST_LETTERS


def _without_tags(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.startswith("tags:")]


def _distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out or changed."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (letter != wanted))
    return row[-1]
