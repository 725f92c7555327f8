"""The darkroom of a network: approved pictures in, what readers get out, each made once and kept in ``.blognet/``.

What a build needs is made in several processes; the result does not depend on how many. What is kept can be deleted at
any time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from blognet.disk.store import Store, open_store
from blognet.kernel.hashing import canonical_encoding, sha256_hex
from blognet.pictures.facts import PictureFacts, UnreadableError, facts_of
from blognet.pictures.recipes import METHOD, Recipe, encoders
from blognet.pictures.structure import PictureFormat
from blognet.render.pictures import Darkroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_STORE = "pictures"
WORTH_WORKERS = 3
"""Fewer pictures than this are made sooner than a second process starts."""


def darkroom_of(root: Path, asset: Callable[[str], bytes]) -> Darkroom:
    """Return a darkroom that keeps what it makes in the network's cache.

    Args:
        root: The network's folder.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
    """
    store = open_store(root, _STORE)
    return Darkroom(measure=partial(_measured, store, asset), make=partial(_made, store, asset))


def measure_all(
    root: Path, asset: Callable[[str], bytes], sources: Iterable[str], *, jobs: int
) -> None:
    """Measure what is not measured yet. Each picture is decoded once for it, so that no other step fails on it."""
    store = open_store(root, _STORE)
    unknown = tuple(
        sha256 for sha256 in sorted(set(sources)) if not store.has(_facts_digest(sha256))
    )
    work = partial(_is_readable, store, asset)
    if jobs > 1 and len(unknown) >= WORTH_WORKERS:
        with ProcessPoolExecutor(jobs) as executor:
            tuple(executor.map(work, unknown))


def make_all(
    root: Path,
    asset: Callable[[str], bytes],
    recipes: Iterable[Recipe],
    *,
    jobs: int,
) -> Iterator[Recipe]:
    """Make what is not kept yet, each source in one piece, and forget what nobody needs any more.

    Args:
        root: The network's folder.
        asset: Gives the bytes of an approved file; must be fit to be sent to another process.
        recipes: Everything that the site shows.
        jobs: How many processes.

    Yields:
        Each recipe when it is there.
    """
    store = open_store(root, _STORE)
    wanted = sorted(set(recipes))
    by_source: dict[str, list[Recipe]] = defaultdict(list)
    for recipe in wanted:
        if store.has(recipe.digest):
            yield recipe
        else:
            by_source[recipe.source].append(recipe)
    work = partial(_make_some, store, asset)
    groups = [tuple(group) for group in by_source.values()]
    with ExitStack() as stack:
        done: Iterator[tuple[Recipe, ...]] = map(work, groups)
        if jobs > 1 and len(groups) >= WORTH_WORKERS:
            done = stack.enter_context(ProcessPoolExecutor(jobs)).map(work, groups)
        for group in done:
            yield from group
    sources = {recipe.source for recipe in wanted}
    store.keep_only({*(recipe.digest for recipe in wanted), *map(_facts_digest, sources)})


def _measured(store: Store, asset: Callable[[str], bytes], sha256: str) -> PictureFacts:
    digest = _facts_digest(sha256)
    kept = _facts_in(store.get(digest))
    if kept is None:
        kept = facts_of(asset(sha256))
        store.put(digest, json.dumps(asdict(kept), sort_keys=True).encode("ascii"))
    return kept


def _is_readable(store: Store, asset: Callable[[str], bytes], sha256: str) -> bool:
    try:
        _measured(store, asset, sha256)
    except UnreadableError:
        return False
    return True


def _made(store: Store, asset: Callable[[str], bytes], recipe: Recipe) -> bytes:
    kept = store.get(recipe.digest)
    if kept is None:
        _make_some(store, asset, (recipe,))
        kept = store.get(recipe.digest)
    return _developed(asset, (recipe,))[0] if kept is None else kept


def _make_some(
    store: Store, asset: Callable[[str], bytes], recipes: tuple[Recipe, ...]
) -> tuple[Recipe, ...]:
    for recipe, raw in zip(recipes, _developed(asset, recipes), strict=True):
        store.put(recipe.digest, raw)
    return recipes


def _developed(asset: Callable[[str], bytes], recipes: tuple[Recipe, ...]) -> tuple[bytes, ...]:
    from blognet.pictures.develop import develop

    return develop(asset(recipes[0].source), recipes)


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
