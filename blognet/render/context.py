"""What the rendering of any page may look up. A value: everything in it was decided before the first page.

Whatever is looked up here notes itself with the recorder (`blognet.render.watched`), so that each page's trace holds
all it depends on; a field that somebody adds is a fact of its own, and one that nothing can watch is an error at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache, partial
from typing import TYPE_CHECKING

from blognet.engine import EVERYTHING, Made, Recorder, digest_of, fact_key
from blognet.render.bodies import Bodies, render_bodies
from blognet.render.feed_entries import WrittenEntries
from blognet.render.links import ground_of
from blognet.render.pictures import Pictures, plain_darkroom
from blognet.render.scene import scene_of
from blognet.render.search import Searchable, SearchFiles
from blognet.render.social import Social
from blognet.render.watched import (
    WatchedMapping,
    WatchedPaths,
    watched_catalogue,
    watched_ground,
    watched_pictures,
    watched_renderer,
    watched_social,
)
from blognet.render.watched_config import watched_config
from blognet.themes.links import whole_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.config import Config
    from blognet.engine import FactKey
    from blognet.kernel.ids import Subject
    from blognet.kernel.problems import Problem
    from blognet.kernel.shelves import Shelf
    from blognet.markup import Document
    from blognet.render.feed_values import FeedEntry, KeptEntry, SiteSaid
    from blognet.render.links import Ground
    from blognet.render.pictures import Darkroom
    from blognet.render.scene import Scene
    from blognet.site import Catalogue, LivePost, Page, Plan
    from blognet.themes.environment import Renderer
    from blognet.themes.strings import Words
    from blognet.themes.views import AuthorView, LinkView, MediaView, PostCard, SiteView, TermView

GENERATOR = "blognet"
TEXT = "text"
BIO = "bio"
ASSET = "asset"
THEME_FILE = "theme-file"
SOURCE = "source"
RENDERER = "renderer"
CONTEXT = "context"
CARD = "card"
ENTRY = "entry"


class Memory:
    """What was made already while this context was used, since many pages show the same things.

    It never changes an answer, only its price. Each thing is a fact to the pages that show it, so that a change that
    does not show in it goes no further.
    """

    def __init__(self, recorder: Recorder) -> None:
        """Begin with nothing made."""
        self.cards: Made[PostCard] = Made(CARD, recorder)
        self.authors: Made[AuthorView] = Made("author", recorder)
        self.terms: Made[TermView] = Made("term", recorder)
        self.entries: Made[FeedEntry] = Made(ENTRY, recorder)
        self.written = WrittenEntries()  # a function of each entry, which is a fact, so none itself
        self.kept_entries: Callable[[Page], Mapping[Subject, KeptEntry]] = _nothing_kept
        self.said: Made[SiteSaid] = Made("said", recorder)
        self.frames: Made[SiteView] = Made("frame", recorder)
        self.series: Made[tuple[LinkView, ...]] = Made("series", recorder)
        self.introductions: Made[Document | None] = Made("introduction", recorder)
        self.media: Made[MediaView | None] = Made("media", recorder)
        self.companies: Made[str] = Made("company", recorder)
        self.members: Made[tuple[AuthorView, ...]] = Made("members", recorder)
        self.problems: Made[tuple[Problem, ...]] = Made("problems", recorder)
        self.templates: Made[tuple[tuple[str, str], ...]] = Made("template", recorder)
        self.use_template: Callable[[str], None] = _no_template


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The look-ups of a build.

    Attributes:
        bodies: Every text as a Document.
        ground: What links can lead to.
        renderer: The theme's templates.
        pages: What to render: the plan's pages, without drawings that could run in a reader's browser.
        problems: A warning for each page that is missing from `pages`.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
        theme_file: Gives the bytes of a file of the theme; None when there is none.
        logo: The bytes of the configured logo.
        recorder: Notes what is read.
        memory: See `Memory`.
        pictures: What readers get in place of approved pictures.
        darkroom: Makes them.
        social: What is shown of each page where somebody shares it.
        search: The files of the search index.
    """

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    catalogue: Catalogue
    config: Config
    bodies: Bodies
    ground: Ground
    renderer: Renderer
    asset: Callable[[str], bytes]
    theme_file: Callable[[str], bytes | None]
    darkroom: Darkroom
    pictures: Pictures = field(default_factory=Pictures)
    social: Social = field(default_factory=Social)
    search: SearchFiles
    logo: bytes | None = None
    recorder: Recorder = field(compare=False, repr=False)
    memory: Memory = field(compare=False, repr=False)

    @property
    def base_url(self) -> str:
        """Where the site will live, without a slash at its end, e.g. ``https://example.org/blog``."""
        return self.config.url.rstrip("/")

    @property
    def words(self) -> Words:
        """The words of pages in every language."""
        self.note(RENDERER)
        return self.renderer.words

    def whole(self, path: str) -> str:
        """Return a path of the site as a whole address; whole addresses as they are."""
        return whole_address(path, site_url=self.base_url)

    def tag(self, language: str) -> str:
        """Return the language tag of a subject's language: "" is the network's main one."""
        return language or self.config.language

    def note(self, kind: str, name: str = "") -> None:
        """Say that a fact is read now."""
        self.recorder.note(fact_key(kind, name))


_WATCH_THEMSELVES = frozenset(
    ("catalogue", "config", "bodies", "ground", "renderer", "asset", "theme_file", "darkroom")
) | {"pictures", "social", "search", "recorder", "memory"}
_CONTEXT_FIELDS = frozenset(each.name for each in fields(Context)) - _WATCH_THEMSELVES


class _WatchedContext(Context):
    """A context that notes the reading of each field that does not watch itself: ``context.logo``."""

    __slots__ = ()


def _noted(name: str) -> property:
    """Return a field of a context that notes its reading."""
    key, field_itself = fact_key(f"{CONTEXT}.{name}"), getattr(Context, name)

    def read(context: Context) -> object:
        context.recorder.note(key)
        return field_itself.__get__(context)

    return property(read, field_itself.__set__)


for _name in _CONTEXT_FIELDS:
    setattr(_WatchedContext, _name, _noted(_name))


def make_context(  # everything that pages may look up
    plan: Plan,
    config: Config,
    *,
    renderer: Renderer,
    asset: Callable[[str], bytes],
    theme_file: Callable[[str], bytes | None],
    logo: bytes | None = None,
    bodies: Bodies | None = None,
    darkroom: Darkroom | None = None,
) -> Context:
    """Prepare the look-ups of a build.

    Args:
        plan: The pages.
        config: The network's settings; its address is where the site will live.
        renderer: The theme's templates.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
        theme_file: Gives the bytes of a file in the theme's ``static`` folder by its path there; None when there is
            none.
        logo: The bytes of the configured logo; None when there is none.
        bodies: The texts as Documents, when they were made before.
        darkroom: Where pictures are made; one that keeps nothing when None.
    """
    darkroom = darkroom or plain_darkroom(asset)
    scene = scene_of(plan, config, asset=asset, darkroom=darkroom, logo=logo)
    made = bodies or render_bodies(plan.catalogue, config, renderer.words)
    return context_of(
        scene, renderer=renderer, asset=asset, theme_file=theme_file, bodies=made, darkroom=darkroom
    )


def context_of(
    scene: Scene,
    *,
    renderer: Renderer,
    asset: Callable[[str], bytes],
    theme_file: Callable[[str], bytes | None],
    bodies: Bodies,
    darkroom: Darkroom,
    key_of: Callable[[LivePost], str] | None = None,
    shelf: Shelf | None = None,
) -> Context:
    """Prepare the look-ups of a build, or of a part of one in another process.

    Args:
        scene: What is decided already.
        renderer: As in `make_context`.
        asset: The same.
        theme_file: The same.
        bodies: The texts as Documents.
        darkroom: The same.
        key_of: Gives the key of a text's Document; needed with a shelf.
        shelf: Where what took long to work out is kept.
    """
    recorder = Recorder()
    memory = Memory(recorder)
    note = recorder.note
    memory.use_template = partial(
        _note_template, renderer, cache(renderer.templates_behind), memory, note
    )
    catalogue = watched_catalogue(scene.catalogue, note)
    settings = watched_config(scene.config, note)

    def noted_asset(sha256: str) -> bytes:
        note(fact_key(ASSET, sha256))
        return asset(sha256)

    def noted_theme_file(name: str) -> bytes | None:
        note(fact_key(THEME_FILE, name))
        return theme_file(name)

    return _WatchedContext(
        pages=scene.pages,
        problems=scene.problems,
        catalogue=catalogue,
        config=settings,
        bodies=Bodies(
            posts=WatchedMapping(TEXT, bodies.posts, note),
            bios=WatchedMapping(BIO, bodies.bios, note),
            briefs=None if bodies.briefs is None else WatchedMapping(TEXT, bodies.briefs, note),
            leads=None if bodies.leads is None else WatchedMapping(TEXT, bodies.leads, note),
        ),
        ground=watched_ground(
            ground_of(catalogue.contents, WatchedPaths(scene.paths, note), scene.config.url), note
        ),
        renderer=watched_renderer(renderer, memory.use_template),
        asset=noted_asset,
        theme_file=noted_theme_file,
        darkroom=darkroom,
        pictures=watched_pictures(scene.pictures, note),
        social=watched_social(scene.social, note),
        search=SearchFiles(
            Searchable(
                catalogue=scene.catalogue,
                config=scene.config,
                documents=bodies.posts,
                key_of=key_of or _hash_of,
                shelf=shelf if key_of else None,
            ),
            note,
        ),
        logo=scene.logo,
        recorder=recorder,
        memory=memory,
    )


def _hash_of(live: LivePost) -> str:
    return live.hash.hex


def _nothing_kept(_page: Page) -> Mapping[Subject, KeptEntry]:
    """Give the entries of a feed that are written already: none."""
    return {}


def _no_template(name: str) -> None:
    """Note nothing: there are no templates yet."""


def _note_template(
    renderer: Renderer,
    behind_of: Callable[[str], tuple[str, ...] | None],
    memory: Memory,
    note: Callable[[FactKey], None],
    name: str,
) -> None:
    """Note that a template is used, with everything it extends and includes."""
    note(fact_key(RENDERER))
    behind = behind_of(name)
    if behind is None:
        note(fact_key(SOURCE, EVERYTHING))
        return

    def sources() -> tuple[tuple[str, str], ...]:
        for each in behind:
            note(fact_key(SOURCE, each))
        return tuple((each, digest_of(renderer.load(each))) for each in behind)

    memory.templates.of(name, sources)
