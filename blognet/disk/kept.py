"""What ``.blognet/cache/`` keeps, as one list: rendered texts and finished pictures, by names such as ``texts/KEY``.

Answers how much there is, gives and takes entries, and forgets. Knows nothing of what they say.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.cache import FOLDER, forget_texts, open_cache
from blognet.disk.index import forget_index
from blognet.disk.laid import forget_laid
from blognet.disk.left import standby_of
from blognet.disk.look import forget_listed
from blognet.disk.memory import forget as forget_build
from blognet.disk.output_places import forget_standby
from blognet.disk.private import PRIVATE
from blognet.disk.settings import forget_settings
from blognet.disk.shelf import forget_shelf
from blognet.disk.store import open_store
from blognet.disk.writing import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

TEXTS, PICTURES = "texts", "pictures"
KINDS = (TEXTS, PICTURES)
FOUND = "found"
"""Where the files of the search are kept that Pagefind made: for this network as it is now, so they are not carried."""
WHERE = f"{PRIVATE}/{FOLDER}"
_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class KeptEntry:
    """One entry; sorts with the oldest first.

    Attributes:
        made: When it was made here, in seconds since 1970.
        kind: One of `KINDS`.
        key: What it is kept under: lower-case hex digits; for what is kept beside a text, `.images` and such follow.
        size: Its bytes.
    """

    made: int
    kind: str
    key: str
    size: int


def kept_entries(root: Path) -> tuple[KeptEntry, ...]:
    """List everything that is kept, by kind and key; nothing is made."""
    if not (root / WHERE).is_dir():
        return ()
    with closing(open_cache(root)) as cache:
        found = {TEXTS: cache.sizes(), PICTURES: open_store(root, PICTURES).sizes()}
    return tuple(
        KeptEntry(made=made, kind=kind, key=key, size=size)
        for kind in KINDS
        for made, key, size in found[kind]
    )


def read_kept(root: Path, entries: Collection[KeptEntry]) -> Iterator[tuple[KeptEntry, bytes]]:
    """Give the bytes of entries; those that are damaged are left out."""
    store = open_store(root, PICTURES)
    with closing(open_cache(root)) as cache:
        for entry in entries:
            raw = cache.get(entry.key) if entry.kind == TEXTS else store.get(entry.key)
            if raw is not None:
                yield entry, raw


def keep(root: Path, entries: Iterator[tuple[str, str, bytes]]) -> int:
    """Keep entries (kind, key, bytes) in place of others under the same keys.

    Returns:
        How many were kept.
    """
    store, many = open_store(root, PICTURES), 0
    batch: dict[str, bytes] = {}
    with closing(open_cache(root)) as cache:
        for kind, key, raw in entries:
            if kind == TEXTS:
                batch[key] = raw
                if len(batch) >= _BATCH:
                    many += _put(cache.put, batch)
            else:
                store.put(key, raw)
                many += store.has(key)
        many += _put(cache.put, batch)
    return many


def forget(root: Path, entries: Collection[KeptEntry]) -> None:
    """Forget entries."""
    by_kind: Mapping[str, set[str]] = {kind: set() for kind in KINDS}
    for entry in entries:
        by_kind[entry.kind].add(entry.key)
    if by_kind[TEXTS]:
        with closing(open_cache(root)) as cache:
            cache.drop(sorted(by_kind[TEXTS]))
    if by_kind[PICTURES]:
        store = open_store(root, PICTURES)
        store.keep_only({key for _, key, _ in store.sizes()} - by_kind[PICTURES])


def forget_everything(root: Path) -> None:
    """Leave nothing of what is kept, read or remembered, not even what a database deleted and has not written over.

    Raises:
        BlognetError: The disk refuses.
    """
    forget_index(root)
    forget_build(root)
    with told("what builds left could not be removed"):
        forget_laid(root)
        forget_listed(root)
        forget_settings(root)
        forget_standby(standby_of(root))
        for path in (root / PRIVATE / "shards").glob("*"):
            path.unlink(missing_ok=True)
    if (root / WHERE).is_dir():
        forget_texts(root)
        forget_shelf(root)
        open_store(root, PICTURES).keep_only(())
        forget_found(root)


def forget_found(root: Path) -> None:
    """Forget the files of the search."""
    if (root / WHERE / FOUND).is_dir():
        open_store(root, FOUND).keep_only(())


def _put(put: Callable[[Iterable[tuple[str, bytes]]], bool], batch: dict[str, bytes]) -> int:
    many = len(batch) if put(batch.items()) else 0
    batch.clear()
    return many
