"""What a page is, in the words of https://schema.org, as JSON-LD 1.1 for search engines.

Each page says it once, in one data block that browsers do not run: the page itself, the company behind the site, and
the way to the page. Nothing is said here that the page does not show to people, too. Names with a ``#`` are ids of
things; the same thing has the same id on every page of the site.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.content.values import AuthorStatus
from blognet.kernel.ids import AuthorId
from blognet.kernel.times import iso
from blognet.render.cards import author_view
from blognet.render.frame import GROUP_WORDS
from blognet.site import ListKind, addresses
from blognet.site.pages import (
    Archive,
    AuthorIndex,
    FeedsPage,
    ListPage,
    PlainPage,
    PostPage,
    TermIndex,
)
from blognet.site.plan import logo_path
from blognet.themes.links import whole_address

if TYPE_CHECKING:
    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import ListKey, LivePost, Page
    from blognet.themes.views import AuthorView, HeadView

Thing = dict[str, object]
"""Something in the words of schema.org, as JSON will hold it."""
_PEOPLE = 4096
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SITE, _COMPANY, _PERSON = "#website", "#organization", "#person"


def structured(page: Page, head: HeadView, context: Context) -> str:
    """Return what a page is as the text of a JSON-LD block; "" for pages that stand for nothing of their own.

    Args:
        page: The page.
        head: What its head says already: titles, addresses and descriptions are the same in both.
        context: The look-ups.
    """
    thing = _thing(page, head, context)
    if thing is None:
        return ""
    said = [_ENCODER.encode(thing)]
    if _names_company(page):
        said.append(company(context))
    if head.trail:
        said.append(_ENCODER.encode(_trail(page, head, context)))
    return f'{{"@context":"https://schema.org","@graph":[{",".join(said)}]}}'


def _thing(  # noqa: PLR0911  # one for each kind of page
    page: Page, head: HeadView, context: Context
) -> Thing | None:
    match page.shows:
        case PostPage(post=subject):
            return _posting(subject, head, context)
        case PlainPage():
            return _page_of("WebPage", page, head, context)
        case ListPage(list=key, number=number) if key.kind is ListKind.HOME and not number:
            return _site(page, head, context)
        case ListPage(list=key) if key.kind is ListKind.AUTHOR:
            return _profile(key, page, head, context)
        case ListPage() | AuthorIndex() | TermIndex() | Archive():
            return _page_of("CollectionPage", page, head, context)
        case FeedsPage():
            return _page_of("WebPage", page, head, context)
        case _:
            return None


def _names_company(page: Page) -> bool:
    """Whether what a page is leads to the company, so that the page says who that is."""
    match page.shows:
        case PostPage():
            return True
        case ListPage(list=key, number=number):
            is_home = key.kind is ListKind.HOME and not number
            return is_home or key.kind is ListKind.AUTHOR
        case _:
            return False


def _posting(subject: Subject, head: HeadView, context: Context) -> Thing:
    live, language = context.catalogue.contents[subject], subject.language
    catalogue = context.catalogue
    topics = [key for key in catalogue.terms[subject] if key.kind is ListKind.TOPIC]
    return _without_blanks(
        {
            "@type": "BlogPosting",
            "@id": f"{context.whole(live.url)}#post",
            "mainEntityOfPage": head.canonical,
            "url": head.canonical,
            "headline": head.title,
            "description": head.description,
            "inLanguage": head.language,
            "datePublished": iso(live.date),
            "dateModified": iso(live.changed),
            "author": [
                _person(author_view(each, language, context), context) for each in live.authors
            ],
            "publisher": {"@id": _whole(_COMPANY, context)},
            "image": head.image,
            **_media(head, live),
            "articleSection": [catalogue.listings[key].name for key in topics],
            "keywords": list(head.tags),
            "wordCount": context.bodies.posts[subject].words,
            "isPartOf": {"@id": _whole(_SITE, context)},
        }
    )


def _media(head: HeadView, live: LivePost) -> Thing:
    """Say what sound or film belongs to a post."""
    if not head.media:
        return {}
    kind = head.media_type.partition("/")[0]
    return {
        kind: _without_blanks(
            {
                "@type": "VideoObject" if kind == "video" else "AudioObject",
                "name": head.title,
                "description": head.description,
                "contentUrl": head.media,
                "encodingFormat": head.media_type,
                "uploadDate": iso(live.date),
                "thumbnailUrl": head.image,
            }
        )
    }


def _profile(key: ListKey, page: Page, head: HeadView, context: Context) -> Thing:
    """Say that a page is about a person, and who that is."""
    author = author_view(AuthorId(key.id), key.language, context)
    alumni = author.status == AuthorStatus.ALUMNI
    works: Thing = {"alumniOf" if alumni else "worksFor": {"@id": _whole(_COMPANY, context)}}
    tie: Thing = {} if author.status == AuthorStatus.GUEST else works
    person: Thing = {
        **_person(author, context),
        "description": author.bio_text,
        "image": context.whole(author.avatar) if author.avatar else "",
        "sameAs": [link.url for link in author.links if link.url.startswith("http")],
        **tie,
    }
    return {
        **_page_of("ProfilePage", page, head, context),
        "mainEntity": _without_blanks(person),
    }


def _person(author: AuthorView, context: Context) -> Thing:
    url = author.url if author.feeds is not None else ""
    return _person_of(author.id, author.name, url, author.title, context.base_url)


@lru_cache(maxsize=_PEOPLE)
def _person_of(ident: str, name: str, url: str, title: str, site_url: str) -> Thing:
    """Say who somebody is; nobody changes what is said, since it stands on many pages."""
    ours = whole_address(f"/authors/{ident}/", site_url=site_url)
    return _without_blanks(
        {
            "@type": "Person",
            "@id": f"{ours}{_PERSON}",
            "name": name,
            "url": whole_address(url, site_url=site_url) if url else "",
            "jobTitle": title,
        }
    )


def _site(page: Page, head: HeadView, context: Context) -> Thing:
    said = context.config.site_in(page.language)
    return _without_blanks(
        {
            "@type": ["WebSite", "Blog"],
            "@id": _whole(_SITE, context) if not page.language else f"{head.canonical}{_SITE}",
            "url": head.canonical,
            "name": said.title,
            "alternateName": said.tagline,
            "description": head.description,
            "inLanguage": head.language,
            "publisher": {"@id": _whole(_COMPANY, context)},
        }
    )


def company(context: Context) -> str:
    """Say who is behind the site: its name in the main language, its picture and its other places; as JSON."""
    return context.memory.companies.of("", lambda: _ENCODER.encode(_company(context)))


def _company(context: Context) -> Thing:
    config = context.config
    logo = logo_path(config)
    return _without_blanks(
        {
            "@type": "Organization",
            "@id": _whole(_COMPANY, context),
            "name": config.title,
            "url": context.whole(addresses.home("")),
            "logo": context.whole(logo) if logo else "",
            "sameAs": [link.url for link in config.links if link.url.startswith("http")],
        }
    )


def _page_of(kind: str, page: Page, head: HeadView, context: Context) -> Thing:
    return _without_blanks(
        {
            "@type": kind,
            "@id": f"{context.whole(page.path)}#page",
            "url": head.canonical,
            "name": _name_of(page, head, context),
            "description": head.description,
            "inLanguage": head.language,
            "dateModified": iso(page.changed) if page.changed else "",
            "isPartOf": {"@id": _whole(_SITE, context)},
        }
    )


def _trail(page: Page, head: HeadView, context: Context) -> Thing:
    """Say the way to a page: what is above it, and the page itself, which needs no address."""
    steps: list[Thing] = [
        *(Thing(name=link.label, item=context.whole(link.url)) for link in head.trail),
        Thing(name=_name_of(page, head, context)),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, **step}
            for place, step in enumerate(steps, start=1)
        ],
    }


def _name_of(page: Page, head: HeadView, context: Context) -> str:
    """Return the heading of a page, also where it is a word of the theme's."""
    match page.shows:
        case AuthorIndex():
            key = "authors"
        case TermIndex(kind=kind):
            key = GROUP_WORDS[kind]
        case Archive(only=int(year)):
            return context.words.phrase(head.language, "posts_of_year", year=str(year))
        case Archive():
            key = "archive"
        case FeedsPage():
            key = "feeds"
        case _:
            return head.title
    return context.words.phrase(head.language, key)


def _whole(name: str, context: Context) -> str:
    return context.whole(addresses.home("")) + name


def _without_blanks(thing: Thing) -> Thing:
    return {key: value for key, value in thing.items() if value not in ("", [], None)}
