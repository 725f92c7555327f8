"""A site whose files are made when somebody asks for them, and kept until something changes."""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock
from typing import TYPE_CHECKING, Generic, TypeVar

from blognet.kernel.hashing import sha256_hex
from blognet.render.page import render_page
from blognet.site.pages import Asset, Logo, Made, PlainPage, PostPage, ThemeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blognet.kernel.ids import SitePath, Subject
    from blognet.render.context import Context
    from blognet.site import Page

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


class LazySite:
    """The files of one plan; several threads may ask, one at a time is answered."""

    def __init__(self, prepare: Callable[[], Context]) -> None:
        """Keep how to prepare the look-ups; nothing is prepared yet."""
        self._prepare = prepare
        self._lock = RLock()
        self._context: Context | None = None
        self._pages: Mapping[str, Page] = {}
        self._made: dict[str, bytes] = {}
        self._marks: dict[bool, str] = {}

    @property
    def context(self) -> Context:
        """The look-ups of every page.

        Raises:
            BlognetError: When they cannot be prepared.
        """
        with self._lock:
            if self._context is None:
                context = self._prepare()
                self._pages = {page.path: page for page in context.pages}
                self._context = context
            return self._context

    def page_at(self, path: SitePath) -> Page | None:
        """Return the page at an address; None when there is none."""
        with self._lock:
            return self._pages.get(path) if self.context.pages else None

    def file_of(self, page: Page) -> bytes:
        """Return the bytes that a build would write.

        Raises:
            FaultsError: When the theme fails.
            BlognetError: When a file that the page needs cannot be read.
        """
        with self._lock:
            made = self._made.get(page.path)
            if made is None:
                made = render_page(page, self.context)
                if not isinstance(page.shows, Asset | Made):  # record and cache keep those
                    self._made[page.path] = made
            return made

    def mark_of(self, page: Page) -> str:
        """Return a digest of what a page shows beside its own bytes: pictures, and the theme without its styles."""
        context = self.context
        match page.shows:
            case PostPage(post=subject) | PlainPage(page=subject):
                assets = context.catalogue.contents[subject].assets
            case _:
                assets = ()
        named = "".join(f"{entry.path}={entry.sha256};" for entry in assets)
        return sha256_hex(f"{named}{self.theme_mark(styles=False)}".encode())

    def theme_mark(self, *, styles: bool) -> str:
        """Return a digest of the theme's style sheets, or of its other files."""
        with self._lock:
            if styles not in self._marks:
                pages = (
                    page for page in self.context.pages if isinstance(page.shows, ThemeFile | Logo)
                )
                wanted = (page for page in pages if page.path.endswith(".css") is styles)
                digests = "".join(sha256_hex(self.file_of(page)) for page in wanted)
                self._marks[styles] = sha256_hex(digests.encode())
            return self._marks[styles]
