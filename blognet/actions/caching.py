"""What builds keep in ``.blognet/cache/``: how much it is, carried to another machine, trimmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.cache_archive import (
    Listed,
    check_archive,
    read_archive,
    write_archive,
)
from blognet.disk.cache_environment import cache_environment
from blognet.disk.home import find_network
from blognet.disk.kept import KINDS, WHERE, KeptEntry, forget, keep, kept_entries, read_kept
from blognet.disk.lock import writing_lock
from blognet.disk.sealed_archive import LARGEST, MOST
from blognet.kernel.errors import BlognetError, UsageError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.sealing import SHORTEST_KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much: entries and their bytes, without what the disk adds."""

    entries: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept.

    Attributes:
        where: The folder.
        by_kind: How much of each kind of entry.
    """

    where: Path
    by_kind: Mapping[str, Amount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What was forgotten, and what is left."""

    gone: Amount
    left: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What went into an archive, and whether it bears a seal."""

    amount: Amount
    is_sealed: bool


def show_cache(start: Path) -> Kept:
    """Say what is kept; changes nothing.

    Raises:
        ConfigError: There is no network.
    """
    root = find_network(start)
    entries = kept_entries(root)
    by_kind = {kind: _amount([one for one in entries if one.kind == kind]) for kind in KINDS}
    return Kept(where=root / WHERE, by_kind=by_kind)


def export_cache(start: Path, target: Path) -> Exported:
    """Write all that is kept into one file, sealed when the environment has a key.

    Raises:
        BlognetError: The disk refuses, or the key is too short.
    """
    root = find_network(start)
    key = cache_key()
    with writing_lock(root, doing="blognet cache export"):
        good = [
            (entry, sha256_hex(raw))
            for entry, raw in read_kept(root, kept_entries(root))
            if len(raw) <= LARGEST
        ]
        good.sort(key=lambda one: _name(one[0]))
        del good[MOST - 2 :]
        listed = [
            Listed(name=_name(entry), size=entry.size, digest=digest) for entry, digest in good
        ]
        raws = (raw for _, raw in read_kept(root, [entry for entry, _ in good]))
        write_archive(target, listed, raws, key=key)
    return Exported(amount=_amount([entry for entry, _ in good]), is_sealed=bool(key))


def import_cache(start: Path, source: Path, *, unsealed: bool) -> Amount:
    """Take what an archive holds, after all of it was checked; nothing is taken from one that is not good.

    Args:
        start: A folder in the network.
        source: The archive.
        unsealed: Whether the person vouches for it, so that its seal is not asked for.

    Raises:
        ArchiveError: It is not to be trusted, and why.
        BlognetError: The disk refuses, or the key is too short.
    """
    root = find_network(start)
    key = cache_key()
    check_archive(source, key=key, unsealed=unsealed)
    size = 0

    def entries() -> Iterator[tuple[str, str, bytes]]:
        nonlocal size
        for name, raw in read_archive(source, key=key, unsealed=unsealed):
            kind, _, digits = name.partition("/")
            size += len(raw)
            yield kind, digits, raw

    with writing_lock(root, doing="blognet cache import"):
        many = keep(root, entries())
    return Amount(entries=many, size=size)


def prune_cache(start: Path, *, max_size: int) -> Pruned:
    """Forget what was made longest ago, until no more than so many bytes are left.

    Raises:
        BlognetError: The disk refuses.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet cache prune"):
        entries = kept_entries(root)
        gone = too_much(entries, max_size)
        forget(root, gone)
        left = kept_entries(root)
    return Pruned(gone=_amount(gone), left=_amount(left))


def too_much(entries: Collection[KeptEntry], max_size: int) -> tuple[KeptEntry, ...]:
    """Return the oldest entries, as many as are needed for the others to fit into `max_size` bytes."""
    surplus = sum(entry.size for entry in entries) - max_size
    gone: list[KeptEntry] = []
    for entry in sorted(entries):
        if surplus <= 0:
            break
        gone.append(entry)
        surplus -= entry.size
    return tuple(gone)


def size_in(text: str) -> int:
    """Read a number of bytes, such as ``500M``; K, M and G count by 1,024.

    Raises:
        UsageError: It is something else.
    """
    digits, unit = text.strip().upper(), 1
    for power, letter in enumerate("KMG", start=1):
        if digits.endswith(letter):
            digits, unit = digits[:-1], 1024**power
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len("1000000000000000"):
        message = f"'{text}' is no size, expected a number such as 500M or 2G"
        raise UsageError(message)
    return int(digits) * unit


def cache_key() -> bytes:
    """Return the key of seals from the environment; empty when there is none.

    Raises:
        BlognetError: It is so short that it could be guessed.
    """
    key = cache_environment().key
    if key and len(key) < SHORTEST_KEY:
        message = (
            f"BLOGNET_CACHE_KEY is shorter than {SHORTEST_KEY} characters, so it could be guessed"
        )
        hint = "make one with: openssl rand -hex 32"
        raise BlognetError(message, hint=hint)
    return key


def _name(entry: KeptEntry) -> str:
    return f"{entry.kind}/{entry.key}"


def _amount(entries: Collection[KeptEntry]) -> Amount:
    return Amount(entries=len(entries), size=sum(entry.size for entry in entries))
