"""The pages of single things: posts, pages, tombstones, old addresses, and the files beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.content.assets import ASSET_ENDINGS, IMAGE_ENDINGS, ending_of
from blognet.kernel.ids import Kind, Subject, parse_site_path
from blognet.kernel.problems import Location, Problem, Severity
from blognet.site import addresses, codes
from blognet.site.lists import home_key
from blognet.site.pages import (
    Asset,
    ListKey,
    ListKind,
    Page,
    PlainPage,
    PostPage,
    Redirect,
    TombstonePage,
)
from blognet.site.related import related_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.config import Config
    from blognet.kernel.ids import AuthorId, SitePath
    from blognet.kernel.shelves import Shelf
    from blognet.site.catalogue import Catalogue
    from blognet.site.published import LiveAuthor, LivePost, Tombstone

    SameFeeds = dict[tuple[ListKey, ...], tuple[ListKey, ...]]


def post_pages(catalogue: Catalogue, config: Config, shelf: Shelf | None = None) -> Iterator[Page]:
    """Make the page of every live post; `shelf` is as in `blognet.site.plan.plan`."""
    neighbours = neighbours_in(catalogue, catalogue.languages)
    related = related_posts(catalogue, config.related, shelf)
    feeds: SameFeeds = {}
    for subject, live in catalogue.contents.items():
        if subject.kind is Kind.POST:
            beside = neighbours.get(subject, (None, None))
            yield post_page(live, catalogue, beside, related.get(subject, ()), feeds)


def post_page(
    live: LivePost,
    catalogue: Catalogue,
    neighbours: tuple[Subject | None, Subject | None],
    related: tuple[Subject, ...],
    feeds: SameFeeds | None = None,
) -> Page:
    """Return the page of a live post.

    Args:
        live: The post.
        catalogue: What is live.
        neighbours: The next and the previous listed post of its language.
        related: The posts that are like it.
        feeds: Those that other pages announce: of equal ones, one value is there.
    """
    subject, (newer, older) = live.subject, neighbours
    terms = catalogue.terms[subject]
    series = next((key for key in terms if key.kind is ListKind.SERIES), None)
    own = _feeds_of_post(catalogue, live)
    return Page(
        key=str(subject),
        path=live.url,
        shows=PostPage(
            post=subject,
            newer=newer,
            older=older,
            translations=catalogue.translations.get(subject, ()),
            series=series if live.is_listed else None,
            related=related,
        ),
        template="post.html",
        language=subject.language,
        alternates=_alternates(catalogue, live),
        feeds=own if feeds is None else feeds.setdefault(own, own),
        indexed=live.is_listed,
        changed=live.changed,
    )


def plain_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Make every live page: About, Imprint and such."""
    for subject, live in catalogue.contents.items():
        if subject.kind is Kind.PAGE:
            translations = catalogue.translations.get(subject, ())
            yield Page(
                key=str(subject),
                path=live.url,
                shows=PlainPage(page=subject, translations=translations),
                template="page.html",
                language=subject.language,
                alternates=_alternates(catalogue, live),
                feeds=_home_feeds(catalogue, subject.language),
                indexed=live.is_listed,
                changed=live.changed,
            )


def tombstone_pages(tombstones: tuple[Tombstone, ...], catalogue: Catalogue) -> Iterator[Page]:
    """Make the page of every retracted post and page."""
    for tombstone in tombstones:
        language = tombstone.subject.language
        yield Page(
            key=f"tombstone/{tombstone.subject}",
            path=tombstone.url,
            shows=TombstonePage(tombstone=tombstone, target=_target(tombstone, catalogue)),
            template="tombstone.html",
            language=language,
            feeds=_home_feeds(catalogue, language),
            indexed=False,
        )


def redirects(catalogue: Catalogue) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Make a page for every alias of a live post or page.

    Returns:
        The pages, and a warning for each alias that is no address of this site.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    for subject, live in catalogue.contents.items():
        for alias in dict.fromkeys(live.post.front.aliases):
            path = parse_site_path(addresses.as_page_address(unquote(alias)))
            if path is None:
                problems.append(_unusable_alias(live, alias))
            elif path != live.url:
                pages.append(
                    Page(
                        key=f"redirect{path}",
                        path=path,
                        shows=Redirect(post=subject, target=live.url),
                        template="redirect.html",
                        language=subject.language,
                        indexed=False,
                    )
                )
    return tuple(pages), tuple(problems)


def files(catalogue: Catalogue) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Make the files beside every post and page, and the pictures of authors who have a page.

    Returns:
        The files, and a warning for each that is not published because it could do harm.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    for subject, live in catalogue.contents.items():
        for entry in live.assets:
            path = parse_site_path(addresses.beside(live.url, entry.path))
            if path is None or ending_of(entry.path) not in ASSET_ENDINGS:
                problems.append(_unpublished(live, entry.path))
            else:
                pages.append(_file(f"asset/{subject}/{entry.path}", path, entry.sha256))
    pages += _avatars(catalogue)
    return tuple(pages), tuple(problems)


def neighbours_in(
    catalogue: Catalogue, languages: Iterable[str]
) -> dict[Subject, tuple[Subject | None, Subject | None]]:
    """Return for each listed post the next and the previous one of its language."""
    found: dict[Subject, tuple[Subject | None, Subject | None]] = {}
    for language in languages:
        posts = [live.subject for live in catalogue.listings[home_key(language)].posts]
        for newer, here, older in zip([None, *posts], posts, [*posts[1:], None], strict=False):
            found[here] = (newer, older)
    return found


def asset_addresses(live: LivePost, *, images: bool) -> tuple[SitePath, ...]:
    """Return where the files beside a post or page are; of those only the pictures, when asked."""
    found = (parse_site_path(addresses.beside(live.url, entry.path)) for entry in live.assets)
    return tuple(
        path for path in found if path and (not images or ending_of(path) in IMAGE_ENDINGS)
    )


def avatar_of(author: AuthorId, authors: Mapping[AuthorId, LiveAuthor]) -> SitePath | None:
    """Return where the picture of an author with a page is; None when the author has none."""
    live = authors.get(author)
    names = {entry.path for entry in live.assets} if live else set()
    if live is None or live.author.avatar not in names:
        return None
    return addresses.of_avatar(author, live.author.avatar)


def source_place(live: LivePost) -> Location:
    """Return where the approved text lies, for problems."""
    return Location(path=f"record/{live.subject}/{live.hash.file_stem}.txt")


def _alternates(catalogue: Catalogue, live: LivePost) -> tuple[tuple[str, SitePath], ...]:
    others = catalogue.translations.get(live.subject, ())
    if not others or not live.is_listed:
        return ()
    everyone = sorted((live.subject, *others), key=lambda subject: subject.language)
    return tuple((subject.language, catalogue.contents[subject].url) for subject in everyone)


def _feeds_of_post(catalogue: Catalogue, live: LivePost) -> tuple[ListKey, ...]:
    language = live.subject.language
    keys = [ListKey(kind=ListKind.AUTHOR, id=author, language=language) for author in live.authors]
    known = [key for key in dict.fromkeys(keys) if key in catalogue.listings]
    return (*_home_feeds(catalogue, language), *known)


def _home_feeds(catalogue: Catalogue, language: str) -> tuple[ListKey, ...]:
    """Return the feeds of the language's home; of the main one when the language has no listed post."""
    key = home_key(language)
    return (key if key in catalogue.listings else home_key(""),)


def _target(tombstone: Tombstone, catalogue: Catalogue) -> str:
    """Return the address that a tombstone's target means; "" when it means nothing that is live."""
    target = tombstone.target
    if target.startswith(("/", "https://", "http://")):
        return target if parse_site_path(target) or not target.startswith("/") else ""
    for kind in (tombstone.subject.kind, Kind.POST, Kind.PAGE):
        ident, _, language = target.rpartition("/")[2].partition(".")
        for wanted in dict.fromkeys((language or tombstone.subject.language, language)):
            live = catalogue.contents.get(Subject(kind=kind, id=ident, language=wanted))
            if live is not None:
                return live.url
    return ""


def _avatars(catalogue: Catalogue) -> Iterator[Page]:
    with_page = {key.id for key in catalogue.listings if key.kind is ListKind.AUTHOR}
    for author, live in catalogue.authors.items():
        path = avatar_of(author, catalogue.authors)
        if path is not None and author in with_page:
            digests = {entry.path: entry.sha256 for entry in live.assets}
            shows = Asset(sha256=digests[live.author.avatar], is_face=True)
            yield Page(key=f"avatar/{author}", path=path, shows=shows, indexed=False)


def _file(key: str, path: SitePath, sha256: str) -> Page:
    return Page(key=key, path=path, shows=Asset(sha256=sha256), indexed=False)


def _unusable_alias(live: LivePost, alias: str) -> Problem:
    return Problem(
        location=source_place(live),
        code=codes.ALIAS_UNUSABLE,
        severity=Severity.WARNING,
        message=f"the alias {alias!r} of '{live.subject.name}' is not an address of this site; it is left out",
        hint="write it as the path alone, for example /2019/old-name/",
    )


def _unpublished(live: LivePost, name: str) -> Problem:
    return Problem(
        location=source_place(live),
        code=codes.FILE_NOT_PUBLISHED,
        severity=Severity.WARNING,
        message=f"the file {name!r} of '{live.subject.name}' is of a kind that is not published",
        hint="pack it into a .zip file, or link to it elsewhere",
    )
