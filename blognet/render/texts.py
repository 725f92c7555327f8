"""The HTML of texts as it is shown: with links that lead from the page, or whole ones for feeds; and broken links.

The HTML itself comes from `blognet.markup` and is safe; only its addresses change here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind
from blognet.kernel.problems import Location, Problem, Severity
from blognet.markup import LinkKind, for_feed, rewrite_links
from blognet.markup.pictures import set_images
from blognet.render import codes
from blognet.render.links import destination, is_elsewhere, leads_out, origin_of
from blognet.render.media import media_view
from blognet.render.pictures import shown_image
from blognet.site.articles import source_place
from blognet.themes.links import is_site_path, link_from

if TYPE_CHECKING:
    from blognet.content.leads import Origin
    from blognet.kernel.ids import SitePath, Subject
    from blognet.markup import Document
    from blognet.markup.pictures import ShownImage
    from blognet.render.context import Context
    from blognet.render.pictures import Picture
    from blognet.site import LivePost


def html_for_page(
    html: str, origin: Origin, page: SitePath, context: Context, *, first_is_late: bool = True
) -> str:
    """Return safe HTML with its pictures, and with links that lead from a page, so that they work at any base URL.

    Args:
        html: As `blognet.markup` made it.
        origin: Where the author's addresses start.
        page: Where it is shown.
        context: The look-ups.
        first_is_late: Whether the page shows another picture first.
    """
    site_url = context.base_url

    def resolved(kind: LinkKind, address: str) -> str | None:
        if not address.startswith("/") and leads_out(address):
            return address
        leads = destination(address, origin, context.ground)
        found = leads.address
        if kind is LinkKind.SRC and not leads.exists:
            return None  # words are better than the sign of a picture that did not come
        if not is_site_path(found):
            return found
        return link_from(page, found, site_url=site_url)

    def chosen(address: str) -> ShownImage | None:
        picture = picture_at(address, origin, context)
        return shown_image(picture) if picture else None

    html = set_images(html, chosen, first_is_late=first_is_late)
    return rewrite_links(html, resolved, elsewhere_stays=True, inside_stays=True)


def picture_at(address: str, origin: Origin, context: Context) -> Picture | None:
    """Return the picture of the site that an author's address names; None when it names none."""
    found = destination(address, origin, context.ground)
    return context.pictures.at(found.address) if found.exists else None


def html_for_feed(live: LivePost, context: Context) -> str:
    """Return the safe HTML of a post with whole addresses alone, and nothing that needs the site's style sheet."""
    origin = origin_of(live)

    def resolved(kind: LinkKind, address: str) -> str | None:
        if not address.startswith("/") and leads_out(address):
            return context.whole(live.url) + address if address.startswith("#") else address
        leads = destination(address, origin, context.ground)
        found = leads.address
        if kind is LinkKind.SRC and not leads.exists:
            return None
        return context.whole(found) if is_site_path(found) else found

    def chosen(address: str) -> ShownImage | None:
        picture = picture_at(address, origin, context)
        return replace(shown_image(picture), sources=()) if picture else None

    html = for_feed(context.bodies.posts[live.subject].html)
    html = set_images(html, chosen, first_is_late=True)
    return rewrite_links(html, resolved, elsewhere_stays=True)


def problems_of(subject: Subject, context: Context) -> tuple[Problem, ...]:
    """Return what is wrong with one text; sorted.

    Raises:
        KeyError: The subject is not on the site.
    """
    return context.memory.problems.of(str(subject), lambda: _problems_of(subject, context))


def _problems_of(subject: Subject, context: Context) -> tuple[Problem, ...]:
    if subject.kind is Kind.PROFILE:
        return tuple(sorted(set(context.bodies.bios[subject].problems)))
    live = context.catalogue.contents[subject]
    found = [
        *_problems_of_text(live, context),
        *_missing_image(live, context),
        *_missing_media(live, context),
    ]
    return tuple(sorted(set(found)))


def _problems_of_text(live: LivePost, context: Context) -> list[Problem]:
    """Return what is wrong inside a text. Nearly always nothing is, and then nobody need read its Document for it."""
    known = context.bodies.leads
    leads = None if known is None else known[live.subject]
    origin, ground = origin_of(live), context.ground
    if leads is not None and all(destination(each, origin, ground).exists for each in leads):
        return []
    document = context.bodies.posts[live.subject]
    return [*document.problems, *_broken_links(live, document, context)]


def _broken_links(live: LivePost, document: Document, context: Context) -> list[Problem]:
    origin = origin_of(live)
    problems: list[Problem] = []
    for link in document.links:
        if destination(link.target, origin, context.ground).exists:
            continue
        picture = link.kind is LinkKind.SRC
        problems.append(
            Problem(
                location=Location(path=source_place(live).path, line=link.line),
                code=codes.PICTURE_MISSING if picture else codes.LINK_LEADS_NOWHERE,
                severity=Severity.WARNING,
                message=_message(live.subject, link.target, picture=picture),
                hint=_hint(picture=picture),
            )
        )
    return problems


def _missing_image(live: LivePost, context: Context) -> list[Problem]:
    image = live.post.front.image
    if destination(image, origin_of(live), context.ground).exists or is_elsewhere(image):
        return []
    return [
        Problem(
            location=source_place(live),
            code=codes.PICTURE_MISSING,
            severity=Severity.WARNING,
            message=_message(live.subject, image, picture=True),
            hint=_hint(picture=True),
        )
    ]


def _missing_media(live: LivePost, context: Context) -> list[Problem]:
    media = live.post.front.media
    if not media or media_view(live.subject, context) is not None:
        return []
    return [
        Problem(
            location=source_place(live),
            code=codes.MEDIA_MISSING,
            severity=Severity.WARNING,
            message=f"'{live.subject.name}' brings {media!r} along, which is not published",
            hint="put the file into the bundle beside the text, and write its name exactly",
        )
    ]


def _message(subject: Subject, address: str, *, picture: bool) -> str:
    if picture:
        return f"'{subject.name}' shows the picture {address!r}, which is not published"
    return f"'{subject.name}' links to {address!r}, and nothing is published there"


def _hint(*, picture: bool) -> str:
    if picture:
        return "put the file into the bundle beside the text, and write its name exactly"
    return "correct the link, or approve what it points at"
