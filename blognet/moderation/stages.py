"""Stages: who else must say yes before a mayor may, and who has. Knows no settings file; rules come as values.

A rule applies to a subject by its topics, tags, authors, words or path: any of them is enough, and a rule that names
none applies to every post and page. Reviewers say yes to exact bytes, in parallel and in any order; a later `return`
of the same bytes by the same reviewer takes the yes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from blognet.content.values import Post
from blognet.kernel.ids import AuthorId, Kind
from blognet.moderation.events import Verb
from blognet.moderation.history import members

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.content.values import Proposal
    from blognet.kernel.hashing import ContentHash
    from blognet.moderation.history import History


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRule:
    """One stage.

    Attributes:
        id: As typed: ``legal``.
        title: As read.
        reviewers: Those who may say yes today.
        former: Those who could once; what they said counts.
        need: How many different reviewers have to.
        topics: With `tags`, `authors`, `words` and `paths`, what it applies to.
        words: Found in title, summary or text, whole and in any case of letters.
        paths: Patterns such as ``posts/press/*``, of the file's path.
        since: When the rule began to hold; None for always.
    """

    id: str
    title: str = ""
    reviewers: frozenset[AuthorId]
    former: frozenset[AuthorId] = frozenset()
    need: int = 1
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    since: datetime | None = None

    @property
    def is_for_all(self) -> bool:
        """Whether it applies to every post and page."""
        return not (self.topics or self.tags or self.authors or self.words or self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageState:
    """A stage that applies to a subject.

    Attributes:
        said_yes: The reviewers who approved exactly these bytes, sorted.
    """

    rule: StageRule
    said_yes: tuple[AuthorId, ...]

    @property
    def is_met(self) -> bool:
        """Whether enough reviewers said yes."""
        return len(self.said_yes) >= self.rule.need

    @property
    def asked(self) -> tuple[AuthorId, ...]:
        """Those who may still say yes, sorted."""
        return tuple(sorted(self.rule.reviewers - set(self.said_yes)))

    @property
    def in_words(self) -> str:
        """Say how far it is: ``legal 1 of 2 (cleo, dan)``, with those who may still say yes, or who did."""
        who = f"yes: {', '.join(self.said_yes)}" if self.is_met else ", ".join(self.asked)
        return f"{self.rule.id} {len(self.said_yes)} of {self.rule.need} ({who})"


def stages_of(
    rules: tuple[StageRule, ...],
    proposal: Proposal | None,
    history: History,
    *,
    content: ContentHash | None,
    since: datetime,
) -> tuple[StageState, ...]:
    """Return the stages that apply to what lies on disk, in the order of the settings.

    Args:
        rules: Every stage of the network.
        proposal: What lies on disk.
        history: The subject's events.
        content: The bytes that reviewers must have approved.
        since: When these bytes were first seen; a rule that began later does not apply.
    """
    if proposal is None:
        return ()
    return tuple(
        StageState(rule=rule, said_yes=_said_yes(rule, history, content, _authors(proposal)))
        for rule in rules
        if (rule.since is None or rule.since <= since) and applies(rule, proposal)
    )


def applies(rule: StageRule, proposal: Proposal) -> bool:
    """Whether a rule is about what lies on disk."""
    if any(fnmatchcase(proposal.path, pattern) for pattern in rule.paths):
        return True
    content = proposal.content
    if not isinstance(content, Post):
        # Of profiles, only a path says that they are meant: a rule for all is about what is written.
        return False
    front = content.front
    told = f"{front.title}\n{front.summary}\n{front.description}\n{content.body}"
    return (
        rule.is_for_all
        or bool({*rule.topics} & {*front.topics})
        or bool({tag.casefold() for tag in rule.tags} & {tag.casefold() for tag in front.tags})
        or bool({*rule.authors} & {*content.authors})
        or any(_holds(told, word) for word in rule.words)
    )


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def _said_yes(
    rule: StageRule,
    history: History,
    content: ContentHash | None,
    authors: tuple[AuthorId, ...],
) -> tuple[AuthorId, ...]:
    about = history.among(
        history.everything, lambda event: content is not None and event.content == content
    )
    yes = history.among(about, lambda event: event.verb is Verb.APPROVE and event.stage == rule.id)
    back = history.among(about, lambda event: event.verb is Verb.RETURN)
    known = (rule.reviewers | rule.former) - set(authors)
    found = {
        history.events[at].actor
        for at in members(yes)
        if history.events[at].actor in known
        and not any(
            history.seen[later] >> at & 1
            and history.events[later].actor == history.events[at].actor
            for later in members(back)
        )
    }
    return tuple(sorted(found))


def _authors(proposal: Proposal) -> tuple[AuthorId, ...]:
    if proposal.subject.kind is Kind.PROFILE:
        return (AuthorId(proposal.subject.id),)
    return proposal.content.authors if isinstance(proposal.content, Post) else ()
