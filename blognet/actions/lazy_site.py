"""A site whose files are made when somebody asks for them, and kept until something changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from blognet.kernel.hashing import sha256_hex
from blognet.render.page import render_page
from blognet.site.pages import Asset, Logo, Made, PlainPage, PostPage, ThemeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blognet.kernel.ids import SitePath, Subject
    from blognet.render.context import Context
    from blognet.render.scene import Scene
    from blognet.site import Catalogue, Page

_Live = TypeVar("_Live")
_Made = TypeVar("_Made")


class Documents(Mapping["Subject", _Made], Generic[_Live, _Made]):
    """Texts that become Documents or briefs on the way out; what is kept is up to the function that makes them."""

    def __init__(self, texts: Mapping[Subject, _Live], make: Callable[[_Live], _Made]) -> None:
        """Keep the texts and how to make them into Documents."""
        self._texts = texts
        self._make = make

    def __getitem__(self, subject: Subject) -> _Made:
        """Return what the text of a subject becomes."""
        return self._make(self._texts[subject])

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Count the texts."""
        return len(self._texts)


class Site(Protocol):
    """A site that is shown: a whole one, or one with a few posts laid over it."""

    @property
    def catalogue(self) -> Catalogue:
        """What is live."""
        ...

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every file, by path."""
        ...

    def page_at(self, path: SitePath) -> Page | None:
        """Return the page at an address; None when there is none."""
        ...

    def file_of(self, page: Page) -> bytes:
        """Return the bytes of a page's file."""
        ...

    def mark_of(self, page: Page) -> str:
        """Return a digest of what a page shows beside its own bytes."""
        ...

    def theme_mark(self, *, styles: bool) -> str:
        """Return a digest of the theme's style sheets, or of its other files."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Where pages are.

    Attributes:
        by_path: Every file.
        of_theme: The files of the theme, and the logo.
    """

    by_path: Mapping[str, Page] = field(default_factory=lambda: MappingProxyType({}))
    of_theme: tuple[Page, ...] = ()


class LazySite:
    """The files of one plan; several threads may ask, one at a time is answered."""

    def __init__(
        self, make_scene: Callable[[], Scene], make_context: Callable[[Scene], Context]
    ) -> None:
        """Keep how to prepare the look-ups; nothing is prepared yet."""
        self._make_scene = make_scene
        self._make_context = make_context
        self._preparing = RLock()
        self._rendering = RLock()
        self._scene: Scene | None = None
        self._context: Context | None = None
        self._found = _Found()
        self._made: dict[str, bytes] = {}
        self._marks: dict[bool, str] = {}

    @property
    def is_prepared(self) -> bool:
        """Whether somebody asked for anything yet."""
        return self._scene is not None

    @property
    def scene(self) -> Scene:
        """Everything that pages look up, but for texts and templates.

        Raises:
            BlognetError: When a picture cannot be read.
        """
        with self._preparing:
            if self._scene is None:
                scene = self._make_scene()
                self._found = _Found(
                    by_path={page.path: page for page in scene.pages},
                    of_theme=tuple(p for p in scene.pages if isinstance(p.shows, ThemeFile | Logo)),
                )
                self._scene = scene
            return self._scene

    def in_context(self, make_context: Callable[[Scene], Context]) -> LazySite:
        """Return the same pages with other look-ups; they are not gone through again, however many there are."""
        scene = self.scene
        site = LazySite(lambda: scene, make_context)
        site._scene, site._found = scene, self._found  # of the same class
        return site

    @property
    def catalogue(self) -> Catalogue:
        """What is live."""
        return self.scene.catalogue

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every file, by path."""
        return self.scene.pages

    def page_at(self, path: SitePath) -> Page | None:
        """Return the page at an address; None when there is none."""
        return self._found.by_path.get(path) if self.scene.pages else None

    def file_of(self, page: Page) -> bytes:
        """Return the bytes that a build would write.

        Raises:
            FaultsError: When the theme fails.
            BlognetError: When a file that the page needs cannot be read.
        """
        with self._rendering:
            made = self._made.get(page.path)
            if made is None:
                if self._context is None:
                    self._context = self._make_context(self.scene)
                made = render_page(page, self._context)
                if not isinstance(page.shows, Asset | Made):  # record and cache keep those
                    self._made[page.path] = made
            return made

    def mark_of(self, page: Page) -> str:
        """Return a digest of what a page shows beside its own bytes: pictures, and the theme without its styles."""
        return mark_of(page, self.catalogue, self.theme_mark(styles=False))

    def theme_mark(self, *, styles: bool) -> str:
        """Return a digest of the theme's style sheets, or of its other files."""
        found = self._marks.get(styles)
        if found is None:
            pages = self._found.of_theme if self.scene.pages else ()
            wanted = (page for page in pages if page.path.endswith(".css") is styles)
            digests = "".join(sha256_hex(self.file_of(page)) for page in wanted)
            found = self._marks[styles] = sha256_hex(digests.encode())
        return found


class LaidOverSite:
    """A site with the pages of a few posts laid over it, until it has been laid out again as a whole."""

    def __init__(self, below: LazySite, above: LazySite) -> None:
        """Keep both.

        Args:
            below: The whole site.
            above: The pages of the few posts, which look up what is below as well.
        """
        self._below = below
        self._above = above

    @property
    def catalogue(self) -> Catalogue:
        """What is live."""
        return self._above.catalogue

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every file, by path."""
        paths = {page.path: page for page in (*self._below.pages, *self._above.pages)}
        return tuple(paths[path] for path in sorted(paths))

    def page_at(self, path: SitePath) -> Page | None:
        """Return the page at an address; None when there is none."""
        return self._above.page_at(path) or self._below.page_at(path)

    def file_of(self, page: Page) -> bytes:
        """Return the bytes of a page's file.

        Raises:
            BlognetError: As `LazySite.file_of`.
        """
        is_above = self._above.page_at(page.path) == page
        return (self._above if is_above else self._below).file_of(page)

    def mark_of(self, page: Page) -> str:
        """Return a digest of what a page shows beside its own bytes: pictures, and the theme without its styles."""
        return mark_of(page, self.catalogue, self.theme_mark(styles=False))

    def theme_mark(self, *, styles: bool) -> str:
        """Return a digest of the theme's style sheets, or of its other files."""
        return self._below.theme_mark(styles=styles)


def mark_of(page: Page, catalogue: Catalogue, theme: str) -> str:
    """Return a digest of what a page shows beside its own bytes: its pictures, and `theme`."""
    match page.shows:
        case PostPage(post=subject) | PlainPage(page=subject):
            live = catalogue.contents.get(subject)
            assets = live.assets if live else ()
        case _:
            assets = ()
    named = "".join(f"{entry.path}={entry.sha256};" for entry in assets)
    return sha256_hex(f"{named}{theme}".encode())
