"""Views of every kind, with every field filled and with as few as possible, and a renderer of the built-in theme."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from markupsafe import Markup

from blognet.kernel.ids import SitePath
from blognet.themes.environment import make_renderer
from blognet.themes.safe import trusted_html
from blognet.themes.strings import Words, words_from
from blognet.themes.views import (
    ArchiveView,
    AuthorIndexView,
    AuthorPageView,
    AuthorView,
    CandidateView,
    FeedsPageView,
    FeedsView,
    HeadView,
    HomePageView,
    LinkView,
    ListPageView,
    NotFoundView,
    PagerView,
    PictureView,
    PlainPageView,
    PostCard,
    PostView,
    RedirectView,
    SearchView,
    SeriesView,
    SiteView,
    SourceView,
    TermIndexView,
    TermView,
    TocLine,
    TombstoneView,
    YearView,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.themes.environment import Renderer
    from blognet.themes.views import PageView

THEME = Path(__file__).parents[3] / "themes" / "default"
PLAIN = THEME.with_name("plain")
ZONE = ZoneInfo("Europe/Berlin")
WHEN = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
PROBE = "\"><script>alert('x')</script><b onclick=a() style='color:red'>&"

_ADDRESSES = frozenset(
    "atom avatar canonical home icon image json logo newer older opml path rss stylesheet target url".split()
)
_KINDS_OF_LISTS = (ListPageView, TermIndexView)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page to render."""

    template: str
    head: HeadView
    site: SiteView
    view: PageView


def load(name: str) -> str | None:
    path = THEME / "templates" / name.removeprefix("default/")
    return path.read_text("utf-8") if path.is_file() else None


def load_plain(name: str) -> str | None:
    path = PLAIN / "templates" / name.removeprefix("plain/")
    return path.read_text("utf-8") if path.is_file() else load(name)


def built_in(*, hosts: tuple[str, ...] = (), load: Callable[[str], str | None] = load) -> Renderer:
    return make_renderer(load, words=built_in_words(), zone=ZONE, hosts=hosts)


@cache
def built_in_words() -> Words:
    sources = {path.name: path.read_text("utf-8") for path in (THEME / "locales").glob("*.po")}
    return words_from({}, sources)


def html_of(renderer: Renderer, sample: Sample) -> str:
    return renderer.render_template(
        sample.template, head=sample.head, site=sample.site, view=sample.view
    )


def feeds(folder: str, title: str = "All posts") -> FeedsView:
    return FeedsView(
        title=title,
        rss=SitePath(f"{folder}feed.xml"),
        atom=SitePath(f"{folder}atom.xml"),
        json=SitePath(f"{folder}feed.json"),
    )


def term(ident: str, kind: str = "topics") -> TermView:
    return TermView(
        id=ident,
        name=ident.title(),
        url=SitePath(f"/{kind}/{ident}/"),
        description="What it is about.",
        count=3,
    )


def author(ident: str, *, full: bool = True) -> AuthorView:
    least = AuthorView(
        id=ident,
        name=ident,
        url=SitePath(f"/authors/{ident}/"),
        initials="A",
        hue=359,
        face=PictureView(url="/media/a.svg", width=96, height=96),
    )
    if not full:
        return least
    return replace(
        least,
        name=f"{ident.title()} Achterberg",
        title="Clockmaker",
        team=term("bench", "teams"),
        avatar=f"/authors/{ident}.jpg",
        face=picture(f"/authors/{ident}.jpg"),
        status="alumni",
        links=(LinkView(label="Letters", url="https://example.org/a?b=c&d=e"),),
        bio=trusted_html("<p>Files brass.</p>"),
        bio_text="Files brass.",
        count=4,
        feeds=feeds(f"/authors/{ident}/"),
    )


def picture(url: str) -> PictureView:
    candidates = (
        CandidateView(url="/media/a-96.webp", width=96),
        CandidateView(url="/media/a-192.webp", width=192),
    )
    still = SourceView(
        type="image/webp", candidates=candidates[:1], media="(prefers-reduced-motion: reduce)"
    )
    sources = (still, SourceView(type="image/webp", candidates=candidates))
    return PictureView(url=url, width=192, height=128, alt="A bill", sources=sources)


def card(ident: str, *, full: bool = True) -> PostCard:
    least = PostCard(
        id=ident,
        title=ident,
        url=SitePath(f"/2026/{ident}/"),
        summary="",
        date=WHEN,
        updated=None,
        authors=(),
        topics=(),
        tags=(),
        minutes=0,
        language="en",
    )
    if not full:
        return least
    return replace(
        least,
        title="What a visit costs",
        summary="Our prices, in full.",
        updated=WHEN,
        authors=(author("ann"), author("ben", full=False)),
        topics=(term("rounds"),),
        tags=(term("money", "tags"),),
        minutes=1,
        language="de",
        image=f"/2026/{ident}/visit.png",
        image_alt="A bill",
        picture=picture(f"/2026/{ident}/visit.png"),
    )


def site(*, full: bool = True) -> SiteView:
    least = SiteView(
        title="Lantern Pinion",
        tagline="",
        description="",
        url="https://example.org/blog",
        home=SitePath("/"),
        navigation=(),
        languages=(),
        footer_links=(),
        footer="",
        logo="",
        accent="",
        stylesheet=SitePath("/static/style.css"),
        feeds=feeds("/"),
        generator="blognet",
    )
    if not full:
        return least
    return replace(
        least,
        tagline="Notes from a workshop",
        description="About clocks.",
        navigation=(
            LinkView(label="Topics", url="/topics/", current=True),
            LinkView(label="Shop", url="https://shop.example.org/"),
        ),
        languages=(
            LinkView(label="English", url="/", current=True),
            LinkView(label="Deutsch", url="/de/"),
        ),
        footer_links=(LinkView(label="About", url="/about/", current=True),),
        footer="Customs Shed 3",
        logo="/static/logo.svg",
        icon="/static/icon.svg",
        accent="#9a4a1c",
    )


def head(path: str, *, full: bool = True, title: str = "A page") -> HeadView:
    least = HeadView(path=SitePath(path), title="", description="", canonical="", language="en")
    if not full:
        return least
    return replace(
        least,
        title=title,
        description="What it says.",
        canonical=f"https://example.org/blog{path}",
        direction="rtl",
        kind="article",
        robots="noindex",
        image="https://example.org/blog/x.png",
        image_alt="A picture",
        published=WHEN,
        updated=WHEN,
        alternates=(("de", f"https://example.org/blog/de{path}"),),
        feeds=(feeds("/topics/rounds/"), feeds("/")),
    )


def samples(*, full: bool) -> tuple[Sample, ...]:
    """Return a page for each template."""
    frame = site(full=full)
    return tuple(
        Sample(template=template, head=head(path, full=full), site=frame, view=view)
        for template, path, view in (_full_views() if full else _least_views())
    )


def probed(value: _T, *, probe: str = PROBE) -> _T:
    """Return the value with the probe in every text that is not trusted; addresses stay linkable."""
    return _probed(value, probe, address=False)


def _probed(value: _T, probe: str, *, address: bool) -> _T:
    if isinstance(value, Markup) or value == "":
        return value
    if isinstance(value, str):
        return f"{value}{probe}" if address else probe  # type: ignore[return-value]  # a str for a str
    if isinstance(value, tuple):
        return tuple(_probed(one, probe, address=address) for one in value)  # type: ignore[return-value]  # alike
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _probed(
                getattr(value, field.name), probe, address=field.name in _ADDRESSES | {"alternates"}
            )
            for field in fields(value)
            if not (field.name == "kind" and isinstance(value, _KINDS_OF_LISTS))
        }
        return replace(value, **changed)
    return value


def _full_views() -> tuple[tuple[str, str, PageView], ...]:
    ann, ben = author("ann"), author("ben", full=False)
    cards = (card("a"), card("b"), replace(card("c"), image="", picture=None, language="en"))
    pager = PagerView(page=2, pages=5, newer="/", older="/page/1/")
    first = PagerView(page=0, pages=5, newer="", older="/page/5/")
    series = SeriesView(
        term=term("hattersbek", "series"),
        part=2,
        posts=(
            LinkView(label="One", url="/2026/a/"),
            LinkView(label="Two", url="/x/", current=True),
        ),
    )
    toc = (TocLine(level=2, id="one", text="One"), TocLine(level=3, id="two", text="Two"))
    body = trusted_html('<h2 id="one">One</h2><p>Text.</p><h3 id="two">Two</h3>')
    post = PostView(
        card=cards[0],
        body=body,
        toc=toc,
        series=series,
        newer=cards[1],
        older=cards[2],
        related=cards,
        translations=(LinkView(label="Deutsch", url="/de/2026/a/"),),
    )
    years = tuple(
        YearView(year=year, url=SitePath(f"/{year}/"), posts=cards, count=len(cards))
        for year in (2026, 2025, 2024)
    )
    topic = term("rounds")
    return (
        ("post.html", "/2026/a/", post),
        (
            "home.html",
            "/",
            HomePageView(
                posts=cards, pager=first, topics=(topic,), authors=(ann, ben), picks=cards
            ),
        ),
        ("home.html", "/page/2/", HomePageView(posts=cards, pager=pager, topics=(), authors=())),
        *(
            (
                "list.html",
                f"/{kind}s/x/",
                ListPageView(
                    kind=kind,
                    term=topic,
                    posts=cards,
                    pager=pager,
                    feeds=feeds("/x/"),
                    members=(ann, ben),
                    picks=cards,
                ),
            )
            for kind in ("tag", "topic", "team", "series")
        ),
        (
            "author.html",
            "/authors/ann/",
            AuthorPageView(author=ann, posts=cards, pager=pager, feeds=feeds("/authors/ann/")),
        ),
        ("authors.html", "/authors/", AuthorIndexView(active=(ann, ben), alumni=(ann,))),
        ("terms.html", "/tags/", TermIndexView(kind="tag", terms=(term("money", "tags"),))),
        ("terms.html", "/topics/", TermIndexView(kind="topic", terms=(topic,))),
        ("archive.html", "/archive/", ArchiveView(years=years)),
        ("archive.html", "/2026/", ArchiveView(years=years[:1], only=2026)),
        ("page.html", "/about/", PlainPageView(title="About", body=body, toc=toc, updated=WHEN)),
        (
            "feeds.html",
            "/feeds/",
            FeedsPageView(
                groups=(("Authors", (feeds("/"), feeds("/x/"))),), opml=SitePath("/feeds.opml")
            ),
        ),
        (
            "search.html",
            "/search/",
            # With the script, the page is looked at in a browser.
            SearchView(
                script="",
                index=SitePath("/search/"),
                topics=(topic,),
                tags=(topic,),
                authors=(ann, ben),
                years=(LinkView(label="2026", url="/2026/"),),
            ),
        ),
        (
            "tombstone.html",
            "/2026/z/",
            TombstoneView(when=WHEN, kind="moved", words="Moved.", target="/b/"),
        ),
        ("404.html", "/404.html", NotFoundView(posts=cards)),
        (
            "redirect.html",
            "/old/",
            RedirectView(target=SitePath("/2026/a/"), title="What it costs"),
        ),
    )


def _least_views() -> tuple[tuple[str, str, PageView], ...]:
    ann, post = author("ann", full=False), card("a", full=False)
    nowhere = PagerView(page=0, pages=0, newer="", older="")
    nothing, topic = trusted_html(""), TermView(id="x", name="x", url=SitePath("/topics/x/"))
    return (
        ("post.html", "/2026/a/", PostView(card=post, body=nothing)),
        ("home.html", "/", HomePageView(posts=(), pager=nowhere, topics=(), authors=())),
        ("home.html", "/", HomePageView(posts=(post,), pager=nowhere, topics=(), authors=())),
        (
            "list.html",
            "/topics/x/",
            ListPageView(kind="topic", term=topic, posts=(), pager=nowhere, feeds=feeds("/x/")),
        ),
        (
            "author.html",
            "/authors/ann/",
            AuthorPageView(author=ann, posts=(), pager=nowhere, feeds=feeds("/authors/ann/")),
        ),
        ("authors.html", "/authors/", AuthorIndexView(active=(), alumni=())),
        ("terms.html", "/tags/", TermIndexView(kind="tag", terms=())),
        ("archive.html", "/archive/", ArchiveView(years=())),
        ("page.html", "/about/", PlainPageView(title="About", body=nothing)),
        ("feeds.html", "/feeds/", FeedsPageView(groups=(), opml=SitePath("/feeds.opml"))),
        (
            "search.html",
            "/search/",
            SearchView(
                script="", index=SitePath("/search/"), topics=(), tags=(), authors=(), years=()
            ),
        ),
        ("tombstone.html", "/2026/z/", TombstoneView(when=WHEN, kind="withdrawn", words="")),
        ("404.html", "/404.html", NotFoundView(posts=())),
        ("redirect.html", "/old/", RedirectView(target=SitePath("/2026/a/"), title="")),
    )
