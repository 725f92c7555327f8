"""What the rendering of any page may look up. A value: everything in it was decided before the first page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.render.bodies import render_bodies
from blognet.render.drawings import without_active_drawings
from blognet.render.links import ground_of
from blognet.themes.links import whole_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.config import Config
    from blognet.kernel.ids import AuthorId, Subject
    from blognet.kernel.problems import Problem
    from blognet.render.bodies import Bodies
    from blognet.render.links import Ground
    from blognet.site import Catalogue, Page, Plan
    from blognet.themes.environment import Renderer
    from blognet.themes.strings import Words
    from blognet.themes.views import AuthorView, PostCard

GENERATOR = "blognet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was made already while this context was used, since many pages show the same things.

    It never changes an answer, only its price: what is kept here is a pure function of the context and the key.
    """

    cards: dict[Subject, PostCard] = field(default_factory=dict)
    authors: dict[tuple[AuthorId, str], AuthorView] = field(default_factory=dict)
    feed_html: dict[Subject, str] = field(default_factory=dict)
    search: dict[tuple[Subject, ...], tuple[Mapping[str, list[int]], ...]] = field(
        default_factory=dict
    )


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
        memory: See `Memory`.
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
    logo: bytes | None = None
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)

    @property
    def base_url(self) -> str:
        """Where the site will live, without a slash at its end, e.g. ``https://example.org/blog``."""
        return self.config.url.rstrip("/")

    @property
    def words(self) -> Words:
        """The words of pages in every language."""
        return self.renderer.words

    def whole(self, path: str) -> str:
        """Return a path of the site as a whole address; whole addresses as they are."""
        return whole_address(path, site_url=self.base_url)

    def tag(self, language: str) -> str:
        """Return the language tag of a subject's language: "" is the network's main one."""
        return language or self.config.language


def make_context(
    plan: Plan,
    config: Config,
    *,
    renderer: Renderer,
    asset: Callable[[str], bytes],
    theme_file: Callable[[str], bytes | None],
    logo: bytes | None = None,
    bodies: Bodies | None = None,
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
    """
    pages, problems = without_active_drawings(plan.pages, asset)
    paths = frozenset(page.path for page in pages)
    return Context(
        pages=pages,
        problems=problems,
        catalogue=plan.catalogue,
        config=config,
        bodies=bodies or render_bodies(plan.catalogue, config, renderer.words),
        ground=ground_of(plan.catalogue.contents, paths, config.url),
        renderer=renderer,
        asset=asset,
        theme_file=theme_file,
        logo=logo,
    )
