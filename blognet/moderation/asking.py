"""May this person say this here, and as what? The door to every decision: answers with the event, or refuses.

Mayors decide. A deputy decides in a mayor's place when it is the deputy's turn, a reviewer says yes for a stage or
sends back, and an author approves own work under a grant. What a mayor says about the bytes on disk is
`blognet.moderation.deciding`; here is who may, and what needs more than those bytes: stages, forces, corrections,
grants and approvals that carry over.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.content.values import Author, Post
from blognet.kernel.errors import ConflictError, NotAllowedError, UsageError
from blognet.kernel.ids import AuthorId, Kind
from blognet.kernel.times import parse_iso
from blognet.moderation import deciding
from blognet.moderation.approving import approvable, facts_now, faulty, refuse_takeover
from blognet.moderation.carrying import looked_at, rule_for
from blognet.moderation.cases import Role, about_disk, about_version, event_of, own_work
from blognet.moderation.events import Verb
from blognet.moderation.featuring import feature
from blognet.moderation.findings import judge
from blognet.moderation.granting import MAX_POSTS, out_of_bounds, uses_before_revoking
from blognet.moderation.insisting import in_part, turn_of
from blognet.moderation.notes import blocking_notes, named
from blognet.moderation.settling import approve_version, is_contested
from blognet.moderation.stages import applies, stages_of
from blognet.moderation.standing import RULES, Live, Proposed, Scheduled, pending_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.moderation.cases import Case, Rights, Wish
    from blognet.moderation.events import Event
    from blognet.moderation.stages import StageRule, StageState

_NOT_ASKED_FOR = frozenset({"carried_from", "deputy", "second", "solo"})
"""Options that only the rules give."""


def decide(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return the event, or refuse.

    Raises:
        NotAllowedError: This person may not say this, or not about their own work.
        UsageError: Words or other settings are missing.
        ConflictError: The subject does not stand where the verb makes sense.
    """
    said = {key: value for key, value in wish.options.items() if key not in _NOT_ASKED_FOR}
    wish = _in_role(replace(wish, options=said), case, rights)
    if RULES[wish.verb].needs_words and not wish.words.strip():
        return deciding.decide(wish, case, rights)  # which says so
    if wish.verb is Verb.DECLINE and case.proposal is None and is_contested(case):
        return event_of(wish, case, rights, content=None, options=wish.options)
    return _ANSWERS.get(wish.verb, deciding.decide)(wish, case, rights)


def open_stages(case: Case, rights: Rights, wish: Wish) -> tuple[StageState, ...]:
    """Return the stages of the bytes on disk that have not said yes yet."""
    content = case.proposal.hash if case.proposal else None
    if content is not None and wish.options.get("rule"):
        # An approval that carries over brings along what its stages had said about the version it comes from.
        version = _live(case)
        content = looked_at(case.history, version) if version else content
    found = stages_of(
        rights.stages,
        case.proposal,
        case.history,
        content=content,
        since=case.waits_since or wish.now,
    )
    return tuple(stage for stage in found if not stage.is_met)


def _in_role(wish: Wish, case: Case, rights: Rights) -> Wish:
    """Return the wish with the role in which it is said, when that is not a mayor's."""
    rule = RULES[wish.verb]
    if wish.verb is Verb.APPROVE and wish.stage:
        return replace(wish, role=Role.REVIEWER)
    if wish.verb in {Verb.COMMENT, Verb.SUGGEST, Verb.RESOLVE}:
        wish = in_part(wish, case, rights)
    if wish.actor in rights.mayors or not rule.mayors_only or rule.reserved:
        return replace(wish, options={k: v for k, v in wish.options.items() if k != "grant"})
    if wish.verb is Verb.APPROVE and wish.options.get("grant"):
        return replace(wish, role=Role.GRANTEE)
    reviewed = [one for one in rights.stages if wish.actor in one.reviewers]
    is_asked = any(case.proposal and applies(one, case.proposal) for one in reviewed)
    if rule.reviewers and is_asked and wish.verb is not Verb.APPROVE:
        return replace(wish, role=Role.REVIEWER)
    if rule.deputies and wish.actor in rights.deputies.ids:
        return _as_deputy(wish, case, rights)
    if reviewed and wish.verb is Verb.APPROVE:
        stages = ", ".join(one.id for one in reviewed)
        message = f"'{wish.actor}' is a reviewer, and approves for a stage: {stages}"
        hint = f"mayor approve {case.subject.typed} --stage {reviewed[0].id}"
        raise NotAllowedError(message, hint=hint)
    message = f"'{wish.actor}' is not a mayor of this network, so cannot {wish.verb.value}"
    raise NotAllowedError(message, hint=f"mayors are: {', '.join(sorted(rights.mayors))}")


def _as_deputy(wish: Wish, case: Case, rights: Rights) -> Wish:
    reason = turn_of(wish.actor, wish.verb, case, rights, wish=wish)
    if not reason:
        after = rights.deputies.after
        name = case.subject.typed
        message = f"it is no deputy's turn: a mayor is here, and {name} has not waited {after} working days"
        hint = (
            f"mayors are: {', '.join(sorted(rights.mayors))}; retract and restore are always yours"
        )
        raise NotAllowedError(message, hint=hint)
    return replace(wish, role=Role.DEPUTY, options={**wish.options, "deputy": reason})


def _approve(wish: Wish, case: Case, rights: Rights) -> Event:
    if wish.stage:
        return _approve_stage(wish, case, rights)
    if wish.version:
        return approve_version(wish, case, rights)
    if case.standing.proposed is Proposed.FORCED and case.proposal and not case.proposal.is_draft:
        content = case.proposal.hash
        return approve_version(replace(wish, version=content.hex if content else ""), case, rights)
    if wish.role is Role.GRANTEE:
        return _approve_granted(wish, case, rights)
    if wish.options.get("rule"):
        wish = _carried(wish, case, rights)
    _refuse_open_stages(wish, case, rights)
    return deciding.decide(wish, case, rights)


def _refuse_open_stages(wish: Wish, case: Case, rights: Rights) -> None:
    if case.standing.proposed in {Proposed.NONE, Proposed.SCHEDULED}:
        return
    if waits := open_stages(case, rights, wish):
        name = case.subject.typed
        message = f"{name} still waits for {'; '.join(one.in_words for one in waits)}"
        hint = f"a reviewer types: mayor approve {name} --stage {waits[0].rule.id}; in need: mayor force {name}"
        raise ConflictError(message, hint=hint)


def _approve_stage(wish: Wish, case: Case, rights: Rights) -> Event:
    rule = _stage_named(wish.stage, rights)
    if wish.actor not in rule.reviewers:
        message = f"'{wish.actor}' is not a reviewer of the stage '{rule.id}'"
        raise NotAllowedError(
            message, hint=f"its reviewers are: {', '.join(sorted(rule.reviewers))}"
        )
    proposal = approvable(case)
    name = case.subject.typed
    if not applies(rule, proposal):
        message = f"the stage '{rule.id}' does not apply to {name}"
        raise ConflictError(message, hint=f"see which do: mayor show {name}")
    if why := own_work(wish, case):
        message = f"{name} {why}, so another reviewer has to approve it"
        others = ", ".join(sorted(rule.reviewers - {wish.actor})) or "there is none yet"
        raise NotAllowedError(message, hint=f"other reviewers: {others}")
    waits = stages_of((rule,), proposal, case.history, content=proposal.hash, since=wish.now)
    if any(wish.actor in one.said_yes for one in waits):
        message = f"you have approved exactly these bytes of {name} for '{rule.id}' before"
        raise ConflictError(message, hint=f"see who is next: mayor show {name}")
    if musts := [one for one in blocking_notes(case.history) if one.event.stage == rule.id]:
        numbers = " ".join(str(one.number) for one in musts)
        message = (
            f"'{rule.id}' insists on something in {name} that is not settled: note {named(musts)}"
        )
        raise ConflictError(message, hint=f"when that is done: mayor settle {name} {numbers}")
    return about_disk(wish, case, rights)


def _stage_named(name: str, rights: Rights) -> StageRule:
    for rule in rights.stages:
        if rule.id == name:
            return rule
    message = f"there is no stage '{name}'"
    known = ", ".join(rule.id for rule in rights.stages)
    hint = f"stages are: {known}" if known else "blognet.yml names none under 'stages'"
    raise UsageError(message, hint=hint)


def _approve_granted(wish: Wish, case: Case, rights: Rights) -> Event:
    name, proposal = case.subject.typed, approvable(case)
    grant = next((one for key, one in case.grants.items() if key == wish.options["grant"]), None)
    if grant is None or grant.author != wish.actor or not grant.is_open(wish.now):
        message = f"'{wish.actor}' has no grant for this that is still open"
        raise NotAllowedError(message, hint="the mayor looks at it, as at any post")
    authors = proposal.content.authors if isinstance(proposal.content, Post) else ()
    why = out_of_bounds(case.standing, subject=case.subject, actor=wish.actor, authors=authors)
    if not why and proposal.problems:
        why = "has warnings"
    if not why and case.examination.findings:
        why = "has findings of the checks"
    if not why and blocking_notes(case.history):
        why = "has a must that is not settled"
    if not why and open_stages(case, rights, wish):
        why = "needs the approval of a stage"
    if not why and case.last_editor not in {None, wish.actor}:
        why = "was last edited by somebody else"
    if why:
        message = f"the grant does not reach {name}, which {why}"
        raise NotAllowedError(message, hint="the mayor looks at it, as at any post")
    return event_of(
        wish, case, rights, content=proposal.hash, path_facts=proposal.path_facts,
        assets=proposal.assets, facts=facts_now(wish, case, rights, authors),
        options={"grant": grant.event}, judgement=judge(name, case.examination, {}),
    )  # fmt: skip


def _carried(wish: Wish, case: Case, rights: Rights) -> Wish:
    """Return the wish with what it carries from and by which rule; `rule` was only asked for until now."""
    name, live = case.subject.typed, _live(case)
    if wish.role is not Role.MAYOR:
        message = "only a mayor carries an approval over"
        raise NotAllowedError(message, hint=f"mayors are: {', '.join(sorted(rights.mayors))}")
    if rights.survives.is_nothing:
        message = "in this network an approval survives no edit"
        raise ConflictError(message, hint="blognet.yml can say which: policy: survives: …")
    approvable(case)
    if live is None or case.sides is None or case.standing.proposed is not Proposed.QUEUED:
        message = f"{name} is no queued revision of something live"
        raise ConflictError(message, hint=f"see where it stands: mayor show {name}")
    if case.standing.second is not None:
        message = f"{name} was forced, and waits for the look of another mayor first"
        raise ConflictError(message, hint=f"look at it: mayor show {name} --published")
    rule = rule_for(*case.sides, rights.survives, names=rights.names)
    if not rule:
        message = f"{name} differs from what was approved in more than the policy lets through"
        raise ConflictError(message, hint=f"look at it: mayor diff {name}")
    options = {**wish.options, "rule": rule, "carried_from": str(looked_at(case.history, live))}
    return replace(wish, options=options)


def _force(wish: Wish, case: Case, rights: Rights) -> Event:
    proposal = case.proposal if _is_for_later(case) and case.proposal else approvable(case)
    content = proposal.content
    if not isinstance(content, Post | Author) or proposal.hash is None:
        raise faulty(case)
    authors = content.authors if isinstance(content, Post) else (AuthorId(case.subject.id),)
    options = {**wish.options, "second": "wanted"}
    refuse_takeover(case, authors, options)
    # Musts and stages can wait for the second look; a key that readers have seen cannot.
    name = case.subject.name
    judgement = judge(name, case.examination, wish.waivers, verb="force")
    facts = replace(facts_now(wish, case, rights, authors), publish=wish.now.replace(microsecond=0))
    return event_of(
        wish, case, rights, content=proposal.hash, path_facts=proposal.path_facts,
        assets=proposal.assets, facts=facts, options=options, judgement=judgement,
    )  # fmt: skip


def _correct(wish: Wish, case: Case, rights: Rights) -> Event:
    published = case.standing.published
    if not isinstance(published, Live) or case.subject.kind is Kind.PROFILE:
        message = f"{case.subject.typed} is no post or page that is live, so there is nothing to correct in public"
        raise ConflictError(message, hint=f"see where it stands: mayor show {case.subject.typed}")
    return about_version(wish, case, rights, published.version)


def _grant(wish: Wish, case: Case, rights: Rights) -> Event:
    author = case.subject.id
    if case.subject.kind is not Kind.PROFILE:
        message = f"a grant is given to an author, and {case.subject} is none"
        raise UsageError(message, hint='mayor grant AUTHOR --until DATE --posts N -m "…"')
    if author == wish.actor:
        message = "nobody grants themselves anything"
        raise NotAllowedError(message, hint="policy: solo: true in blognet.yml is for own work")
    until = parse_iso(wish.options.get("until", ""))
    posts = wish.options.get("posts", "")
    number = int(posts) if posts.isascii() and posts.isdigit() else 0
    if until is None or until <= wish.now or not 1 <= number <= MAX_POSTS:
        message = f"a grant needs an end to come and a number of posts from 1 to {MAX_POSTS}"
        raise UsageError(message, hint=f'mayor grant {author} --until DATE --posts N -m "…"')
    options = {**wish.options, "posts": str(number)}
    return event_of(wish, case, rights, content=None, options=options)


def _revoke(wish: Wish, case: Case, rights: Rights) -> Event:
    author = case.subject.id
    mine = [one for one in case.grants.values() if one.author == author and one.is_open(wish.now)]
    if case.subject.kind is not Kind.PROFILE or not mine:
        message = f"{author} has no grant that is still open"
        raise ConflictError(message, hint=f"see what was given: mayor log profile/{author}")
    options = {**wish.options, "uses": uses_before_revoking(case.grants, AuthorId(author))}
    return event_of(wish, case, rights, content=None, options=options)


def _is_for_later(case: Case) -> bool:
    """Whether exactly the bytes on disk were approved, for a time to come."""
    published = case.standing.published
    version = published.version if isinstance(published, Scheduled) else pending_version(published)
    return version is not None and version.content == case.standing.content


def _live(case: Case) -> ContentHash | None:
    published = case.standing.published
    return published.version.content if isinstance(published, Live) else None


_ANSWERS: Mapping[Verb, Callable[[Wish, Case, Rights], Event]] = MappingProxyType(
    {
        Verb.APPROVE: _approve,
        Verb.FORCE: _force,
        Verb.CORRECT: _correct,
        Verb.FEATURE: feature,
        Verb.GRANT: _grant,
        Verb.REVOKE: _revoke,
    }
)
