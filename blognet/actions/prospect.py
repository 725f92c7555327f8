"""The site as it would be with chosen subjects approved, for previews alone. Writes nothing and decides nothing.

What comes from here holds bytes that nobody approved: it must never reach ``site/``, and whoever shows it marks it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.content.values import Author
from blognet.kernel.errors import BlognetError
from blognet.kernel.ids import Kind
from blognet.moderation.approvals import shown_since
from blognet.moderation.approving import facts_if_approved
from blognet.moderation.cases import Case
from blognet.site import LiveAuthor, LivePost

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import SitePath, Subject
    from blognet.moderation.cases import Rights
    from blognet.site import Published

Placed = LivePost | LiveAuthor


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What would be on the site.

    Attributes:
        published: What is approved, with the chosen subjects in it.
        placed: Those of the chosen that could be placed, as they are there.
        left_out: Why each of the others, or its newest text, could not be placed, in a sentence.
    """

    published: Published
    placed: Mapping[Subject, Placed]
    left_out: Mapping[Subject, str]


def prospect_of(
    network: Network,
    published: Published,
    chosen: Iterable[Subject],
    *,
    moment: datetime,
    former: Mapping[Subject, Placed] | None = None,
) -> Prospect:
    """Put what waits of some subjects beside what is published.

    Args:
        network: Where they wait.
        published: What is approved.
        chosen: The subjects; those without anything on disk are passed over.
        moment: When they would be approved: the date of posts that say none.
        former: What was placed before; it stays in the place of what cannot be read at this moment.
    """
    placed: dict[Subject, Placed] = {}
    left_out: dict[Subject, str] = {}
    taken, rights = dict(network.taken), network.rights
    for subject in sorted(set(chosen)):
        entry = network.entries.get(subject)
        if entry is None or entry.proposal is None:
            continue
        found = place(entry, taken=taken, rights=rights, moment=moment)
        if isinstance(found, str):
            left_out[subject] = found
            if former and subject in former:
                placed[subject] = former[subject]
            continue
        placed[subject] = found
        if isinstance(found, LivePost):
            taken[found.url] = subject
    return Prospect(published=_with(published, placed), placed=placed, left_out=left_out)


def viewable(found: Iterable[Waiting], *, drafts: bool) -> tuple[Subject, ...]:
    """Return the subjects whose work can be looked at before anybody approved it."""
    return tuple(one.entry.subject for one in found if drafts or one.what != "draft")


def place(
    entry: Entry, *, taken: Mapping[SitePath, Subject], rights: Rights, moment: datetime
) -> Placed | str:
    """Return what lies on disk of a subject as it would be on the site, or why it cannot be there.

    Args:
        entry: The subject.
        taken: The addresses that subjects have.
        rights: The settings that decide on addresses.
        moment: When it would be approved.
    """
    proposal = entry.proposal
    if proposal is None or proposal.content is None or proposal.hash is None:
        return "its faults keep it from being read"
    if isinstance(proposal.content, Author):
        return LiveAuthor(author=proposal.content, hash=proposal.hash, assets=proposal.assets)
    case = Case(
        subject=entry.subject,
        history=entry.decided.history,
        standing=entry.standing,
        proposal=proposal,
        taken=taken,
    )
    try:
        facts = facts_if_approved(case, rights, now=moment)
    except BlognetError as error:
        return error.message
    return LivePost(
        subject=entry.subject,
        hash=proposal.hash,
        post=proposal.content,
        url=facts.url,
        authors=facts.authors,
        date=facts.date,
        updated=proposal.content.front.updated,
        assets=proposal.assets,
        since=shown_since(entry.decided.history) or moment,
    )


def _with(published: Published, placed: Mapping[Subject, Placed]) -> Published:
    posts = {live.subject: live for live in (*published.posts, *published.pages)}
    authors = {live.author.subject: live for live in published.authors}
    for subject, live in placed.items():
        if isinstance(live, LivePost):
            posts[subject] = live
        else:
            authors[subject] = live
    return replace(
        published,
        posts=tuple(live for live in posts.values() if live.subject.kind is Kind.POST),
        pages=tuple(live for live in posts.values() if live.subject.kind is Kind.PAGE),
        authors=tuple(authors.values()),
        tombstones=tuple(one for one in published.tombstones if one.subject not in placed),
    )
