"""The darkroom of a network: approved pictures in, what readers get out, each made once and kept in ``.blognet/``.

What a build needs is made in several processes; the result does not depend on how many. What is kept can be deleted at
any time.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from blognet.actions.packing import NotHereError, packed, unpacked
from blognet.disk.fonts import read_fonts
from blognet.disk.processes import kit_in
from blognet.disk.store import Store, open_store
from blognet.kernel.hashing import canonical_encoding, sha256_hex
from blognet.pictures.bundled import bundled_fonts, can_shape
from blognet.pictures.facts import PictureFacts, UnreadableError, facts_of
from blognet.pictures.lettering import Lettering
from blognet.pictures.recipes import METHOD, Recipe, encoders
from blognet.pictures.structure import PictureFormat
from blognet.render.pictures import Darkroom, make_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.config import Config
    from blognet.pictures.cards import Card

_STORE = "pictures"
WORTH_WORKERS = 3
"""Fewer pictures than this are made sooner than a second process starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Measures and makes pictures, and remembers. Fit to be sent to another process here when `asset` is.

    Attributes:
        root: The network's folder.
        fonts: Paths of the network's own fonts.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
        store: What was made before.
    """

    root: Path
    fonts: tuple[str, ...]
    asset: Callable[[str], bytes]
    store: Store

    @property
    def darkroom(self) -> Darkroom:
        """The same for those who render."""
        return Darkroom(measure=self.measure, make=self.make, lettering=lambda: self.lettering)

    @property
    def lettering(self) -> Lettering:
        """The network's fonts behind those that come with the program."""
        return _lettering(self.root, self.fonts)

    def measure(self, sha256: str) -> PictureFacts:
        """Return the facts of a picture.

        Raises:
            UnreadableError: It cannot be decoded, or must not be.
        """
        digest = _facts_digest(sha256)
        kept = _facts_in(self.store.get(digest))
        if kept is None:
            kept = facts_of(self.asset(sha256))
            self.store.put(digest, json.dumps(asdict(kept), sort_keys=True).encode("ascii"))
        return kept

    def make(self, recipe: Recipe | Card) -> bytes:
        """Return the bytes of a recipe or a card."""
        kept = self.store.get(recipe.digest)
        if kept is None:
            kept = make_one(recipe, self.asset, self.lettering)
            self.store.put(recipe.digest, kept)
        return kept

    def measure_all(self, sources: Iterable[str], *, crew: Crew) -> None:
        """Measure what is not measured yet. Each is decoded once for it, so that no other step fails on it.

        Raises:
            FaultsError: The record's copy of one is not what was approved, though what was made of it is still known.
        """
        wanted = tuple(sorted(set(sources)))
        unknown = tuple(each for each in wanted if not self.store.has(_facts_digest(each)))
        for sha256 in sorted(set(wanted) - set(unknown)):
            self.asset(sha256)
        if crew.here.has_help and len(unknown) >= WORTH_WORKERS:
            # What a worker did not do is done when somebody asks for it.
            deque(crew.here.done(_measured, unknown, partial(packed, self), send=str), maxlen=0)

    def make_all(
        self, recipes: Iterable[Recipe | Card], *, crew: Crew, is_all: bool = True
    ) -> Iterator[Recipe | Card]:
        """Make what is not kept yet, each source in one piece, and forget what nobody needs any more.

        Args:
            recipes: What is wanted.
            crew: Who works.
            is_all: Whether the site shows nothing else, so that the rest can be forgotten.

        Yields:
            Each recipe when it is there.
        """
        wanted = {recipe.digest: recipe for recipe in recipes}
        by_source: dict[str, list[Recipe | Card]] = defaultdict(list)
        for digest, recipe in sorted(wanted.items(), key=lambda item: item[0]):
            if self.store.has(digest):
                yield recipe
            else:
                by_source[recipe.source if isinstance(recipe, Recipe) else digest].append(recipe)
        groups = [tuple(group) for group in by_source.values()]
        if crew.is_elsewhere and len(groups) >= WORTH_WORKERS:
            yield from self._made_far(groups, crew)
            groups = []
        many: Iterator[tuple[Recipe | Card, ...] | None] = (None for _ in groups)
        if crew.here.has_help and len(groups) >= WORTH_WORKERS:
            many = crew.here.done(_made, groups, partial(packed, self), send=tuple)
        for group, made in zip(groups, many, strict=True):
            yield from made or self.make_some(group)
        if not is_all:
            return
        sources = {recipe.source for recipe in wanted.values() if isinstance(recipe, Recipe)}
        self.store.keep_only({*wanted, *map(_facts_digest, sources)})

    def _made_far(
        self, groups: list[tuple[Recipe | Card, ...]], crew: Crew
    ) -> Iterator[Recipe | Card]:
        from blognet.actions.far_pictures import made_far

        for recipe, raw in made_far(groups, crew, self.lettering, self.asset):
            if isinstance(raw, bytes):
                self.store.put(recipe.digest, raw)
            else:
                self.make(recipe)
            yield recipe

    def make_some(self, recipes: tuple[Recipe | Card, ...]) -> tuple[Recipe | Card, ...]:
        """Make pictures of one source, which is decoded once for all of them; return them."""
        from blognet.pictures.develop import develop

        pictures = tuple(recipe for recipe in recipes if isinstance(recipe, Recipe))
        if pictures:
            made = develop(self.asset(pictures[0].source), pictures)
            for recipe, raw in zip(pictures, made, strict=True):
                self.store.put(recipe.digest, raw)
        for other in recipes:
            if not isinstance(other, Recipe):
                self.make(other)
        return recipes


def studio_of(root: Path, asset: Callable[[str], bytes], config: Config) -> Studio:
    """Return the studio of a network.

    Args:
        root: The network's folder.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
        config: The network's settings.

    Raises:
        ConfigError: A font that the settings name cannot be used.
    """
    fonts = config.social_cards.fonts if config.social_cards.draw else ()
    _lettering.cache_clear()
    studio = Studio(root=root, fonts=fonts, asset=asset, store=open_store(root, _STORE))
    if fonts:  # those that come with the program can be used
        _ = studio.lettering
    return studio


def _measured(given: object, sha256: str) -> None:
    """Measure a picture, in a worker process; what it finds is kept in the store."""
    with suppress(UnreadableError):
        _studio_in(kit_in(given)).measure(sha256)


def _made(given: object, recipes: tuple[Recipe | Card, ...]) -> tuple[Recipe | Card, ...]:
    """Make pictures of one source, in a worker process; they are kept in the store."""
    return _studio_in(kit_in(given)).make_some(recipes)


@lru_cache(maxsize=1)
def _studio_in(kit: bytes) -> Studio:
    studio = unpacked(kit)
    if not isinstance(studio, Studio):
        raise NotHereError
    return studio


@cache
def _lettering(root: Path, fonts: tuple[str, ...]) -> Lettering:
    own = read_fonts(root, fonts)
    return Lettering(fonts=(*bundled_fonts(), *own), shapes=can_shape())


def _facts_digest(sha256: str) -> str:
    return sha256_hex(canonical_encoding(["facts", METHOD, encoders(), sha256]))


def _facts_in(raw: bytes | None) -> PictureFacts | None:
    try:
        said: Mapping[str, object] = json.loads(raw or b"")
        form, width, height, frames, few = (
            said[name] for name in ("format", "width", "height", "frames", "few_colours")
        )
    except (ValueError, KeyError, TypeError):
        return None
    if not (isinstance(width, int) and isinstance(height, int) and isinstance(frames, int)):
        return None
    return PictureFacts(
        format=PictureFormat(str(form)),
        width=width,
        height=height,
        frames=frames,
        few_colours=bool(few),
    )
