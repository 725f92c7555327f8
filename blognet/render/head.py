"""What the head of a page says of it to browsers, search engines and feed readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.ids import AuthorId
from blognet.markup import first_words, frame_hosts_in
from blognet.render.cards import author_view, feeds_view, image_of
from blognet.render.handles import handle_of
from blognet.render.introductions import introduction_of
from blognet.render.media import media_view
from blognet.render.structured import structured
from blognet.render.trail import trail_of
from blognet.site.pages import (
    ListKind,
    ListPage,
    NotFound,
    PlainPage,
    PostPage,
    Redirect,
    TombstonePage,
)
from blognet.site.plan import SHARE_SCRIPT, VIDEO_SCRIPT, has_script, theme_path
from blognet.themes.copies import changed
from blognet.themes.languages import direction_of, locale_in_open_graph
from blognet.themes.safe import data_block
from blognet.themes.views import HeadView

if TYPE_CHECKING:
    from blognet.content.values import FrontMatter
    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.render.social import Shared
    from blognet.site import LivePost, Page

DESCRIPTION_WORDS = 30


def head_view(page: Page, context: Context) -> HeadView:
    """Return the head of a page. A title that is a word of the theme's own ("Archive") is left to the template."""
    head = _head(page, context)
    if context.base_url.startswith("file:"):
        return _on_a_disk(head)
    said = structured(page, head, context)
    return changed(head, structured=data_block(said)) if said else head


def _on_a_disk(head: HeadView) -> HeadView:
    """Leave out what search engines and other sites are told: nobody can follow an address on a disk."""
    known = head.canonical if head.canonical.startswith(("https:", "http:")) else ""
    return changed(head, canonical=known, alternates=(), default_alternate="", image="", authors=())


def _head(page: Page, context: Context) -> HeadView:
    tag = context.tag(page.language)
    others = dict(page.alternates)
    locale = locale_in_open_graph(tag)
    locales = dict.fromkeys(locale_in_open_graph(context.tag(each)) for each in others)
    common = HeadView(
        path=page.path,
        title="",
        description="",
        canonical=context.whole(page.path),
        language=tag,
        direction=direction_of(tag),
        robots="" if page.indexed else "noindex",
        alternates=tuple(
            (context.tag(language), context.whole(path)) for language, path in page.alternates
        ),
        default_alternate=context.whole(others[""]) if "" in others else "",
        locale=locale,
        other_locales=tuple(each for each in locales if each != locale),
        feeds=tuple(feeds_view(context.catalogue.listings[key]) for key in page.feeds),
        trail=trail_of(page, context),
    )
    common = _with_shared(common, context.social.site, context)
    match page.shows:
        case PostPage(post=subject):
            return _of_post(_with_carried(common, subject, context), subject, context)
        case PlainPage(page=subject):
            return _of_plain_page(_with_carried(common, subject, context), subject, context)
        case ListPage() as shown:
            return _of_list(common, shown, context)
        case Redirect(post=subject, target=target):
            title = context.catalogue.contents[subject].post.front.title if subject else ""
            return changed(common, title=title, canonical=context.whole(target))
        case NotFound() | TombstonePage():
            return changed(common, canonical="")
        case _:
            return common


def _with_carried(common: HeadView, subject: Subject, context: Context) -> HeadView:
    """Name the picture, the sound or film and the videos of a text."""
    live = context.catalogue.contents[subject]
    common = _with_media(_with_picture(common, live, context), subject, context)
    return _with_videos(common, subject, context)


def _of_plain_page(common: HeadView, subject: Subject, context: Context) -> HeadView:
    front = context.catalogue.contents[subject].post.front
    return changed(
        common,
        title=front.title,
        description=_description(front, subject, context),
        canonical=front.canonical_url or common.canonical,
    )


def _description(front: FrontMatter, subject: Subject, context: Context) -> str:
    said = front.description or front.summary or context.bodies.posts[subject].excerpt
    return first_words(said, DESCRIPTION_WORDS)


def _with_videos(common: HeadView, subject: Subject, context: Context) -> HeadView:
    """Name what plays the videos of a text."""
    html = context.bodies.posts[subject].html
    frames, script = frame_hosts_in(html), theme_path(VIDEO_SCRIPT)
    if frames and script in context.ground.paths:
        common = changed(common, frames=frames, scripts=(*common.scripts, script))
    return common


def _with_picture(common: HeadView, live: LivePost, context: Context) -> HeadView:
    """Name what other sites show of a post: what was chosen or drawn for it, else its picture as it is."""
    shared, image = context.social.articles.get(live.subject), image_of(live, context)
    if shared is not None or not image:
        return _with_shared(common, shared, context)
    return changed(common, image=context.whole(image), image_alt=live.post.front.image_alt)


def _with_media(common: HeadView, subject: Subject, context: Context) -> HeadView:
    found = media_view(subject, context)
    if found is None or not found.playable:
        return common
    return changed(common, media=context.whole(found.url), media_type=found.type)


def _with_shared(common: HeadView, shared: Shared | None, context: Context) -> HeadView:
    if shared is None:
        return common
    return changed(
        common,
        image=context.whole(shared.path),
        image_alt=shared.alt,
        image_type=shared.type,
        image_width=shared.width,
        image_height=shared.height,
    )


def _of_post(common: HeadView, subject: Subject, context: Context) -> HeadView:
    """Say what an article is, and what Open Graph and the Fediverse want to know: its authors, what it is about."""
    live, catalogue = context.catalogue.contents[subject], context.catalogue
    front = live.post.front
    terms = [(key.kind, catalogue.listings[key].name) for key in catalogue.terms[subject]]
    people = [author_view(author, subject.language, context) for author in live.authors]
    shares = (theme_path(SHARE_SCRIPT),) if has_script(context.config) else ()
    handles = (handle_of(link) for person in people for link in person.links)
    return changed(
        common,
        title=front.title,
        description=_description(front, subject, context),
        canonical=front.canonical_url or common.canonical,
        kind="article",
        published=live.date,
        updated=live.updated,
        section=next((name for kind, name in terms if kind is ListKind.TOPIC), ""),
        tags=tuple(name for kind, name in terms if kind is ListKind.TAG),
        authors=tuple(context.whole(person.url) for person in people if person.feeds),
        names=tuple(person.name for person in people),
        scripts=(*shares, *common.scripts),
        creators=tuple(dict.fromkeys(filter(None, handles))),
    )


def _of_list(common: HeadView, shown: ListPage, context: Context) -> HeadView:
    listing = context.catalogue.listings[shown.list]
    title, description = listing.name, listing.description
    kind = "website"
    if shown.list.kind is ListKind.HOME:
        description = description or context.config.site_in(shown.list.language).tagline
    if shown.list.kind is ListKind.TOPIC and not description:
        introduction = introduction_of(shown.list, context)
        description = introduction.excerpt if introduction else ""
    if shown.list.kind is ListKind.AUTHOR:
        kind = "profile"
        common = _with_shared(common, context.social.authors.get(shown.list), context)
        live = context.catalogue.author_in(AuthorId(shown.list.id), shown.list.language)
        bio = context.bodies.bios[live.author.subject] if live else None
        description = bio.excerpt if bio else ""
    if shown.number:
        title = context.words.phrase(common.language, "titled_page", title=title, page=shown.number)
    return changed(
        common, title=title, description=first_words(description, DESCRIPTION_WORDS), kind=kind
    )
