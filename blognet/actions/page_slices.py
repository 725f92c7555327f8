"""Pages rendered in other processes, a slice of them at a time. The bytes and the traces are those made in this one.

What a slice needs beside the kit is read by the worker from the cache of texts, or is in the kit. A page that asks for
anything else, or fails, comes back without bytes: it is made here, where everything is, and fails as it would have.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.actions.far_traces import FarTraces, bytes_of, laid_or_bytes
from blognet.actions.kept_cards import cards_of_pages
from blognet.actions.layers import packed_in_layers, unpacked_from_layers
from blognet.actions.lazy_site import Documents
from blognet.actions.packing import NotHereError, not_here
from blognet.actions.texts import kept_brief
from blognet.actions.theme_renderer import renderer_for
from blognet.disk.cache import texts_at
from blognet.disk.laid import Laid, lay
from blognet.disk.processes import ALONE, kit_once
from blognet.disk.slack import give_back_memory
from blognet.engine import fact_key
from blognet.engine.traces import digests_in, traces_as_bytes
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SitePath
from blognet.render.bodies import Bodies, TextKeys, brief_of
from blognet.render.context import context_of
from blognet.render.documents import document_from_bytes
from blognet.render.facts import PAGE
from blognet.render.page import render_page
from blognet.render.pictures import Darkroom
from blognet.render.watched import let_go_of_posts
from blognet.site.addresses import address_of_file
from blognet.site.pages import Asset, Logo, Made, SearchFile, SearchPosts, SearchWords, ThemeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.disk.cache import Cache
    from blognet.disk.themes import ThemeFiles
    from blognet.markup import Document
    from blognet.render.bodies import Brief
    from blognet.render.context import Context
    from blognet.render.scene import Scene
    from blognet.site import LiveAuthor, LivePost, Page

    FarFiles = Iterator[tuple[str, bytes | Laid | None]]

FILE = "file"
"""The kind of what is made in the end: the bytes of one file, named by its path in the output."""
WORTH_WORKERS = 200
"""Fewer pages than this are rendered sooner than a second process has begun and has the kit."""
_SLICE = 50
_AT_HAND = 60
_ENTRIES = 500
"""The feed entries that a worker keeps, each with the whole text of a post: feeds of one list are made in one go, and
many lists begin with the same posts.
"""
_NEAR = (Asset, Made, ThemeFile, Logo, SearchPosts, SearchWords, SearchFile)
"""What is read and not rendered, or worked out of all texts together with what is kept of them here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKit:
    """What a process needs to render any page.

    Attributes:
        scene: What there is to show.
        theme: The theme's files.
        versions: Of everything that makes texts into Documents.
        cache: Path of the cache of texts; "" where the worker cannot read it.
        documents: Documents as bytes, by their keys.
        build: Tells builds apart: a worker that stays has handed on the traces of what it made for another.
        folder: Where the worker lays what it makes; "" where it gives the bytes.
    """

    scene: Scene
    theme: ThemeFiles
    versions: str
    cache: str = ""
    documents: Mapping[str, bytes] = field(default_factory=dict)
    build: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSlice:
    """What a worker made.

    Attributes:
        files: The bytes of each page of the slice, or where they lie; None for one that could not be made there.
        traces: How everything was made, as `blognet.engine.traces` writes it, or where that lies.
        cards: What is to be kept of the cards of these pages, by the names of their values, or where that lies.
    """

    files: tuple[bytes | Laid | None, ...]
    traces: bytes | Laid
    cards: Mapping[str, bytes | Laid]


def make_file(context: Context, name: str, page: Page) -> bytes:
    """Return the bytes of a file, and leave its trace with the recorder.

    Raises:
        FaultsError: When a template of the theme fails.
        BlognetError: When something that the page needs is missing.
    """

    def make() -> bytes:
        context.note(PAGE, page.key)
        return render_page(page, context)

    return context.recorder.make(fact_key(FILE, name), make, sha256_hex)


def begin_files(
    pages: Mapping[str, Page],
    names: Sequence[str],
    crew: Crew,
    kit: Callable[[], PageKit],
    folder: Path | None = None,
    traces: FarTraces | None = None,
) -> FarFiles:
    """Let others begin to make files, if they are worth it.

    With a folder they make all of them without being asked again, so that this process can do something else; but
    nobody else can be given work until `make_files` is through.

    Args:
        pages: By name in the output.
        names: Which of them.
        crew: Who works.
        kit: Gives what others need.
        folder: Where those of this machine lay them; None where the bytes are wanted.
        traces: Gets how others made them; None where nobody wants to know.
    """
    far = [name for name in names if not isinstance(pages[name].shows, _NEAR)]
    if not crew.has_help or len(far) < WORTH_WORKERS:
        return iter(())
    slices = slices_of(far)
    if folder is None or crew.is_elsewhere:
        done = crew.done(made_slice, slices, lambda: packed_kit(kit()), send=_as_it_is)
    else:
        laid = str(folder)
        done = crew.begin(
            made_slice, slices, lambda: packed_kit(replace(kit(), folder=laid)), send=_as_it_is
        )
    return _made_by(slices, done, traces or FarTraces())


def make_files(
    context: Context, pages: Mapping[str, Page], names: Sequence[str], far: FarFiles
) -> Iterator[tuple[str, bytes | Laid]]:
    """Make files, in the order of their names.

    Args:
        context: The look-ups; its recorder gets every trace.
        pages: By name in the output.
        names: Which of them.
        far: What others make of them, from `begin_files`.
    """
    waiting = dict[str, bytes | Laid | None]()
    for name in names:
        made = None
        if not isinstance(pages[name].shows, _NEAR):
            while name not in waiting and (more := next(far, None)):
                waiting[more[0]] = more[1]
            made = waiting.pop(name, None)
        yield name, make_file(context, name, pages[name]) if made is None else made


def _made_by(
    slices: list[tuple[str, ...]], done: Iterator[MadeSlice | None], traces: FarTraces
) -> FarFiles:
    for names, made in zip(slices, done, strict=True):
        files: tuple[bytes | Laid | None, ...] = (None,) * len(names)
        if made is not None and is_whole(made, names):
            traces.add(made.traces, made.cards)
            files = made.files
        yield from zip(names, files, strict=True)


def packed_kit(kit: PageKit) -> bytes:
    """Write a kit as bytes; `made_slice` reads them."""
    scene, catalogue = kit.scene, kit.scene.catalogue
    lives = tuple(catalogue.contents.values())
    named: dict[int, object] = {}
    for live in lives:
        named |= {id(each): each for each in (live.subject, live.url, live.date)}
    for page in scene.pages:
        named |= {id(each): each for each in (page.path, page.feeds)}
    layers = (tuple(catalogue.listings), tuple(named.values()), lives, scene.pages)
    return packed_in_layers(layers, kit)


def _as_it_is(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def slices_of(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Cut names into slices, in their order."""
    return [tuple(names[start : start + _SLICE]) for start in range(0, len(names), _SLICE)]


def is_whole(made: object, names: Sequence[str]) -> bool:
    """Whether this is what a worker gives for a slice: a file for each name, with a trace that names its bytes."""
    if not isinstance(made, MadeSlice) or len(made.files) != len(names):
        return False
    try:
        digests = digests_in(bytes_of(made.traces))
    except (ValueError, BlognetError, OSError):
        return False
    return all(
        file is None or digests.get(fact_key(FILE, name)) == _digest_of(file)
        for name, file in zip(names, made.files, strict=True)
    )


def _digest_of(file: bytes | Laid) -> str:
    """Return the SHA-256 of a file; "" when it does not lie where it should."""
    if isinstance(file, Laid):
        return file.sha256 if file.is_there else ""
    return sha256_hex(file)


def made_slice(given: object, names: tuple[str, ...]) -> MadeSlice:
    """Make a slice of pages, in a worker process.

    Args:
        given: Leads to the kit.
        names: Of the files, in the output.
    """
    with ALONE:
        context, pages, folder = _prepared(given)
        files: list[bytes | Laid | None] = []
        for name in names:
            file: bytes | Laid | None = None
            with suppress(NotHereError, BlognetError, OSError):
                raw = make_file(context, name, page_of(pages, name))
                file = _laid(folder, name, raw, context) if folder else raw
            files.append(file)
        made = (name for name, file in zip(names, files, strict=True) if file is not None)
        cards = cards_of_pages((page_of(pages, name) for name in made), context)
        context.memory.entries.let_go(beyond=_ENTRIES)
        let_go_of_posts(context.catalogue)
        raw = traces_as_bytes(context.recorder.let_go())
        return MadeSlice(
            files=tuple(files),
            traces=laid_or_bytes(folder, names[0], raw),
            cards={name: laid_or_bytes(folder, name, some) for name, some in cards.items()},
        )


def page_of(pages: Mapping[SitePath, Page], name: str) -> Page:
    """Return the page of a file of the output, from all by their addresses; a name for each would take much memory."""
    return pages.get(SitePath(f"/{name}")) or pages[address_of_file(name)]


def _laid(folder: str, name: str, raw: bytes, context: Context) -> Laid:
    trace = context.recorder.trace_of(fact_key(FILE, name))
    return lay(folder, name, raw, sha256=trace.digest if trace else "")


@lru_cache(maxsize=1)
def _prepared(given: object) -> tuple[Context, Mapping[SitePath, Page], str]:
    kit = unpacked_from_layers(kit_once(given))
    if not isinstance(kit, PageKit):
        raise NotHereError
    give_back_memory()  # the bytes of the kit, and what texts took before
    scene, theme = kit.scene, kit.theme
    texts = _Texts(kit)
    catalogue = scene.catalogue
    context = context_of(
        scene,
        renderer=renderer_for(theme, scene.config),
        asset=not_here,
        theme_file=theme.static.get,
        bodies=Bodies(
            posts=Documents(catalogue.contents, texts.document),
            bios=Documents(catalogue.profiles, texts.document),
            briefs=Documents(catalogue.contents, texts.brief),
        ),
        darkroom=Darkroom(measure=not_here, make=not_here, lettering=not_here),
    )
    return context, {page.path: page for page in scene.pages}, kit.folder


class _Texts:
    """The Documents that were made before."""

    def __init__(self, kit: PageKit) -> None:
        self._keys = TextKeys(kit.scene.config, kit.theme.words, kit.versions)
        self._documents = kit.documents
        self._cache: Cache = texts_at(kit.cache)
        self._at_hand: OrderedDict[str, Document] = OrderedDict()

    def document(self, live: LivePost | LiveAuthor) -> Document:
        key = self._keys.of(live)
        found = self._at_hand.get(key)
        if found is None:
            raw = self._documents.get(key) or self._cache.get(key)
            if raw is None:
                raise NotHereError
            try:
                found = document_from_bytes(raw)
            except ValueError:
                raise NotHereError from None
            self._at_hand[key] = found
            if len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)
        return found

    def brief(self, live: LivePost) -> Brief:
        kept = None if self._documents else kept_brief(self._cache, self._keys.of(live))
        return brief_of(self.document(live)) if kept is None else kept
