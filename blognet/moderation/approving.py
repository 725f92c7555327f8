"""May the bytes on disk be approved, and what does an approval of them fix? Knows no stages and no grants.

What a mayor's approval needs is here: that something waits, that it is not the mayor's own, that its authors may
have its address. Who else has to say yes is `blognet.moderation.asking`'s matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.values import Post, Proposal
from blognet.kernel.errors import ConflictError, NotAllowedError
from blognet.kernel.ids import AuthorId, Kind, SitePath
from blognet.moderation.approvals import first_approval
from blognet.moderation.cases import Case, Rights, Role, Wish, event_of, own_work
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.findings import judge
from blognet.moderation.noting import refuse_unsettled
from blognet.moderation.standing import Expired, Proposed, Retracted, published_version
from blognet.moderation.urls import address_of, is_reserved

if TYPE_CHECKING:
    from datetime import datetime


KNOWN = frozenset({Proposed.NONE, Proposed.SCHEDULED, Proposed.FORCED})
"""Where exactly these bytes were approved before."""


def approve(wish: Wish, case: Case, rights: Rights) -> Event:
    """Return the approval of what lies on disk.

    Raises:
        ConflictError: Nothing waits, or something else must be done first.
        NotAllowedError: It is the actor's own work, or takes over somebody else's.
    """
    proposal = approvable(case)
    content = proposal.content
    if content is None or proposal.hash is None:
        raise faulty(case)
    refuse_unsettled(case.history, case.words, name=case.subject.typed)
    options = dict(wish.options)
    why = own_work(wish, case)
    if why and (not rights.solo or wish.role is Role.DEPUTY):
        message = f"{case.subject.typed} {why}, so another mayor has to approve it"
        others = ", ".join(sorted(rights.mayors - {wish.actor})) or "there is none yet"
        raise NotAllowedError(
            message, hint=f"other mayors: {others} (or policy: solo: true in blognet.yml)"
        )
    if why:
        options["solo"] = why
    authors = content.authors if isinstance(content, Post) else (AuthorId(case.subject.id),)
    refuse_takeover(case, authors, options)
    judgement = judge(case.subject.name, case.examination, wish.waivers)
    facts = facts_now(wish, case, rights, authors)
    return event_of(
        wish, case, rights, content=proposal.hash, path_facts=proposal.path_facts,
        assets=proposal.assets, facts=facts, options=options, judgement=judgement,
    )  # fmt: skip


def approvable(case: Case) -> Proposal:
    """Return the bytes that wait.

    Raises:
        ConflictError: Nothing waits, or what lies there is faulty or a draft.
    """
    name = case.subject.typed
    if case.proposal is None:
        message = f"there is no file for {name} to approve"
        raise ConflictError(message, hint="mayor queue lists what waits")
    if case.proposal.is_faulty:
        raise faulty(case)
    if case.proposal.is_draft:
        message = f"{name} is still a draft"
        raise ConflictError(message, hint=f"its author types: blognet submit {name}")
    refuse_recalled(case)
    if case.standing.proposed in KNOWN:
        message = f"{name} has nothing that waits: exactly these bytes were approved before"
        raise ConflictError(message, hint=_hint_for_known_bytes(case))
    return case.proposal


def _hint_for_known_bytes(case: Case) -> str:
    match case.standing.published:
        case Retracted():
            return f"mayor restore {case.subject.typed} brings it back"
        case Expired():
            path = case.proposal.path if case.proposal else case.subject.typed
            return f"it has expired; with another 'expires' in {path} it waits again"
        case _:
            return "mayor queue lists what waits"


def faulty(case: Case) -> ConflictError:
    """Return the refusal of faulty bytes."""
    message = f"{case.subject.typed} has faults and cannot be approved"
    path = case.proposal.path if case.proposal else ""
    return ConflictError(message, hint=f"see them with: blognet check {path}")


def refuse_takeover(case: Case, authors: tuple[AuthorId, ...], options: dict[str, str]) -> None:
    """Refuse a revision that shares no author with what was published, unless ``takeover`` says that it is meant.

    Raises:
        NotAllowedError: It does, and nobody said so.
    """
    version = published_version(case.standing.published)
    if version is None or case.subject.kind is Kind.PROFILE:
        options.pop("takeover", None)
        return
    before = version.facts.authors
    if not before or set(before) & set(authors):
        options.pop("takeover", None)
    elif not options.get("takeover"):
        message = (
            f"{case.subject.typed} was published by {', '.join(before)}; this revision is by"
            f" {', '.join(authors)} and shares no author with it"
        )
        raise NotAllowedError(
            message, hint="a new post needs a new slug; if it is meant: --takeover"
        )


def facts_now(wish: Wish, case: Case, rights: Rights, authors: tuple[AuthorId, ...]) -> Facts:
    """Return what an approval of the bytes on disk fixes.

    Raises:
        ConflictError: Their address is taken or reserved.
    """
    content = case.proposal.content if case.proposal else None
    first = first_approval(case.history)
    first_date = first.facts.date if first and first.facts else wish.now
    date, publish, expires = first_date, wish.now, None
    if isinstance(content, Post):
        date = content.date or first_date
        publish = max(date, content.front.publish_at or date)
        expires = content.front.expires
    url = first.facts.url if first and first.facts else _free_address(case, rights, date)
    return Facts(url=url, authors=authors, date=date, publish=publish, expires=expires)


def facts_if_approved(case: Case, rights: Rights, *, now: datetime) -> Facts:
    """Return the facts that an approval of what lies on disk would fix now, whoever gave it; for previews.

    Raises:
        ConflictError: Its address is not free.
    """
    content = case.proposal.content if case.proposal else None
    authors = content.authors if isinstance(content, Post) else (AuthorId(case.subject.id),)
    wish = Wish(verb=Verb.APPROVE, actor=AuthorId(""), now=now)
    return facts_now(wish, case, rights, authors)


def _free_address(case: Case, rights: Rights, date: datetime) -> SitePath:
    url = address_of(case.subject, date=date, permalink=rights.permalink, zone=rights.zone)
    if not url:
        return url
    if is_reserved(url, languages=rights.languages):
        message = (
            f"{case.subject.typed} would live at {url}, which the site needs for its own lists"
        )
        raise ConflictError(message, hint="give it another slug: in the front matter, slug: …")
    other = case.taken.get(url)
    if other is not None and other != case.subject:
        message = f"{case.subject.typed} would live at {url}, which {other} already has"
        raise ConflictError(message, hint="give it another slug: in the front matter, slug: …")
    return url


def refuse_recalled(case: Case) -> None:
    """Make sure that the author did not take these bytes back.

    Raises:
        ConflictError: They did.
    """
    if case.standing.proposed is Proposed.RECALLED:
        name = case.subject.typed
        message = f"the author of {name} took it back, so it waits for nobody"
        raise ConflictError(message, hint=f"its author hands it over again: blognet submit {name}")
