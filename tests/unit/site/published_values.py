"""Live posts, pages and authors in a line each, and whole sites made of them with the built-in theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from blognet.config import Config, read_config
from blognet.content.values import Author, AuthorStatus, FrontMatter, Post, ProfileLink
from blognet.kernel.hashing import AssetEntry, ContentHash, sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SitePath, Subject
from blognet.render import Context, content_problems, make_context, render_page
from blognet.site import LiveAuthor, LivePost, Published, Tombstone, TombstoneKind
from blognet.site.plan import Plan, plan
from blognet.themes.environment import make_renderer
from blognet.themes.strings import Words, words_from
from tests.picture_files import png

if TYPE_CHECKING:
    from typing import TypedDict

    from blognet.kernel.problems import Problem

    class FrontKeys(TypedDict, total=False):
        """The keys of front matter that these tests set."""

        title: str
        updated: datetime
        tags: tuple[str, ...]
        topics: tuple[str, ...]
        summary: str
        description: str
        image: str
        image_alt: str
        media: str
        media_length: int
        media_type: str
        unlisted: bool
        translation_key: str
        series: str
        series_order: int
        aliases: tuple[str, ...]
        canonical_url: str
        toc: bool


THEME = Path(__file__).parents[3] / "themes" / "default"
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
PIXEL = png()


def settings(extra: str = "", *, url: str = "https://clocks.example.org") -> Config:
    """Read a small ``blognet.yml``; `extra` holds more lines of it."""
    return read_config(
        f"id: clocks\ntitle: Clocks & Bells\nurl: {url}\nlanguages: [en, de]\nmayors: [mia]\n{extra}"
    )


def live_post(
    slug: str,
    *,
    day: int = 0,
    language: str = "",
    authors: tuple[str, ...] = ("ann",),
    body: str = "Tick tock.",
    files: tuple[str, ...] = (),
    url: str = "",
    kind: Kind = Kind.POST,
    **front: Unpack[FrontKeys],
) -> LivePost:
    """Make a live post, dated `day` days after `START`; each file's bytes are its name."""
    subject = Subject(kind=kind, id=slug, language=language)
    date = START + timedelta(days=day)
    prefix = f"/{language}" if language else ""
    folder = f"/{date.year}" if kind is Kind.POST else ""
    keys: FrontKeys = {"title": slug.replace("-", " ").capitalize(), **front}
    ids = tuple(AuthorId(author) for author in authors)
    return LivePost(
        subject=subject,
        hash=ContentHash(sha256_hex(f"{subject} {body}".encode())),
        post=Post(
            subject=subject,
            front=FrontMatter(**keys),
            authors=ids,
            date=date,
            body=body,
            body_line=5,
        ),
        url=SitePath(url or f"{prefix}{folder}/{slug}/"),
        authors=ids,
        date=date,
        updated=front.get("updated"),
        assets=tuple(AssetEntry(path=name, sha256=digest_of(name)) for name in sorted(files)),
    )


def live_page(
    slug: str, *, language: str = "", body: str = "Who we are.", **front: Unpack[FrontKeys]
) -> LivePost:
    """Make a live page."""
    return live_post(slug, language=language, body=body, kind=Kind.PAGE, **front)


def live_author(
    ident: str,
    name: str = "",
    *,
    team: str = "",
    avatar: str = "",
    body: str = "",
    status: AuthorStatus = AuthorStatus.ACTIVE,
    links: tuple[ProfileLink, ...] = (),
) -> LiveAuthor:
    """Make an author with an approved profile."""
    subject = Subject(kind=Kind.PROFILE, id=ident)
    author = Author(
        subject=subject,
        name=name or ident.capitalize(),
        team=team,
        avatar=avatar,
        body=body,
        status=status,
        links=links,
    )
    assets = (AssetEntry(path=avatar, sha256=digest_of(avatar)),) if avatar else ()
    digest = ContentHash(sha256_hex(f"{subject} {body}".encode()))
    return LiveAuthor(author=author, hash=digest, assets=assets)


def tombstone(slug: str, *, target: str = "", words: str = "It was wrong.") -> Tombstone:
    """Make what is left of a retracted post."""
    return Tombstone(
        subject=Subject(kind=Kind.POST, id=slug),
        url=SitePath(f"/2026/{slug}/"),
        when=START + timedelta(days=300),
        kind=TombstoneKind.MOVED if target else TombstoneKind.ERROR,
        words=words,
        target=target,
    )


def digest_of(name: str) -> str:
    """Return the SHA-256 of a file made by `live_post`."""
    return sha256_hex(name.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A whole site.

    Attributes:
        files: Address to bytes.
        problems: Those of the plan and of the texts.
    """

    plan: Plan
    context: Context
    files: dict[str, bytes]
    problems: tuple[Problem, ...]

    def text(self, path: str) -> str:
        """Return a file as text."""
        return self.files[path].decode()


def build(
    published: Published,
    config: Config | None = None,
    *,
    drawings: dict[str, bytes] | None = None,
    words: Words | None = None,
    theme_files: tuple[str, ...] = (),
    logo: bytes = PIXEL,
) -> Built:
    """Make a whole site with the built-in theme.

    Args:
        published: What is live.
        config: The settings.
        drawings: The bytes of some files by their name.
        words: Of the pages.
        theme_files: Which of the theme's files there are beside its style sheet and what the settings ask for.
        logo: The bytes of the logo, if the settings name one.
    """
    config = config or settings()
    known = {digest_of(name): raw for name, raw in (drawings or {}).items()}
    planned = plan(published, config, theme_files=theme_files)
    context = make_context(
        planned,
        config,
        renderer=make_renderer(
            theme_template, words=words or built_in_words(), zone=config.zone, hosts=config.hosts
        ),
        asset=lambda digest: known.get(digest, PIXEL),
        theme_file=theme_file,
        logo=logo,
    )
    files = {str(page.path): render_page(page, context) for page in context.pages}
    problems = (*planned.problems, *context.problems, *content_problems(context))
    return Built(plan=planned, context=context, files=files, problems=problems)


@cache
def built_in_words() -> Words:
    """Return the words of the built-in theme."""
    sources = {path.name: path.read_text("utf-8") for path in (THEME / "locales").glob("*.po")}
    return words_from({}, sources)


@cache
def theme_template(name: str) -> str | None:
    """Return a template of the built-in theme."""
    path = THEME / "templates" / name.removeprefix("default/")
    return path.read_text(encoding="utf-8") if path.is_file() else None


@cache
def theme_file(name: str) -> bytes | None:
    """Return a static file of the built-in theme."""
    path = THEME / "static" / name
    return path.read_bytes() if path.is_file() else None
