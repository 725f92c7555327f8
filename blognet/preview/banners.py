"""The line above a page: what it is that somebody looks at, and whether readers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.moderation.standing import Live
from blognet.preview.addresses import PROSPECT, WAITING
from blognet.preview.dress import Banner
from blognet.site.pages import ListKind, ListPage, PlainPage, PostPage
from blognet.themes.links import encoded

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.actions.showing import Shown
    from blognet.kernel.ids import SitePath
    from blognet.site import Page

MEANINGS = {
    "new": "It waits for the mayor and is not on the site.",
    "edited": "This edit waits for the mayor; readers see the version before it.",
    "faulty": "It has faults and waits to be mended.",
    "returned": "The mayor asked for a change.",
    "held": "The mayor holds it back for now.",
    "declined": "The mayor declined it.",
    "contested": "Decisions about it differ; a mayor has to settle them.",
    "scheduled": "It is approved and appears at its time.",
    "recalled": "Its author took it back for now.",
    "forced": "A mayor put it up at once; another mayor has to look at it.",
    "draft": "It is a draft; the mayor was not asked yet.",
}


def subject_of(page: Page) -> Subject | None:
    """Return the subject that a page is the page of; None for lists of several and files."""
    match page.shows:
        case PostPage(post=subject) | PlainPage(page=subject):
            return subject
        case ListPage(list=key) if key.kind is ListKind.AUTHOR:
            return Subject(kind=Kind.PROFILE, id=key.id, language=key.language)
        case _:
            return None


def address_in_prospect(subject: Subject, shown: Shown) -> SitePath | None:
    """Return where a subject is in the site as it would be; None when it has no page there."""
    catalogue = shown.prospect.catalogue
    if subject.kind is Kind.PROFILE:
        found = catalogue.list_of_author(AuthorId(subject.id), subject.language)
        return found.url if found else None
    live = catalogue.contents.get(subject)
    return live.url if live else None


def banner_of_prospect(page: Page, shown: Shown, *, base: str, linked: bool) -> Banner:
    """Return the line above a page of the site as it would be.

    Args:
        page: The page.
        shown: What is shown.
        base: The base path of the server.
        linked: Whether there is a server to link to.
    """
    links = [("All that waits", base + WAITING)] if linked else []
    subject = subject_of(page)
    what = _what(subject, shown) if subject in shown.placed else ""
    if subject is None or not what:
        number = len(shown.placed)
        posts = "1 waiting subject" if number == 1 else f"{number} waiting subjects"
        text = f"The site as it would be with {posts} approved. Readers do not see this."
        return Banner(state="preview", text=text, links=tuple(links))
    entry = shown.network.entries[subject]
    text = MEANINGS[what]
    if faults := len(entry.problems):
        text += f" {'1 remark' if faults == 1 else f'{faults} remarks'} of the check."
    if linked and (address := _live_address(entry)):
        links.append(("As readers see it", base + encoded(address)))
    return Banner(state=what, text=text, links=tuple(links))


def banner_of_site(page: Page, shown: Shown, *, base: str) -> Banner | None:
    """Return the line above an approved page: only when something newer of it waits."""
    subject = subject_of(page)
    if subject not in shown.placed:
        return None
    what = _what(subject, shown)
    address = address_in_prospect(subject, shown)
    if not what or address is None:
        return None
    links = (("See the other version", base + PROSPECT + encoded(address)),)
    return Banner(state="live", text=f"Readers see this. Another version is {what}.", links=links)


def _what(subject: Subject | None, shown: Shown) -> str:
    found = (one.what for one in shown.waiting if one.entry.subject == subject)
    return next(found, "")


def _live_address(entry: Entry) -> SitePath | None:
    published = entry.standing.published
    return published.version.facts.url or None if isinstance(published, Live) else None
