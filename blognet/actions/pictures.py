"""The files beside a text, as they lie on disk and as they were approved: path, size and digest of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.reading import read_asset
from blognet.disk.record import read_asset_copy
from blognet.kernel.errors import ConflictError, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.actions.network import Network
    from blognet.actions.show import Version
    from blognet.kernel.hashing import AssetEntry


_KILO = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file beside a text. `size` is in bytes, None when its bytes cannot be had any more."""

    path: str
    sha256: str
    size: int | None

    @property
    def facts(self) -> str:
        """Size and beginning of the digest, for people."""
        return f"{size_words(self.size)}, {self.sha256[:10]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedChange:
    """A file of two versions; None where it is missing."""

    path: str
    before: Attached | None
    after: Attached | None

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return bool(self.before and self.after and self.before.sha256 == self.after.sha256)


def attached(network: Network, version: Version) -> tuple[Attached, ...]:
    """Return the files of a version, sorted by path."""
    return tuple(
        Attached(path=asset.path, sha256=asset.sha256, size=_size(network, asset))
        for asset in sorted(version.assets)
    )


def attached_changes(
    before: Iterable[Attached], after: Iterable[Attached]
) -> tuple[AttachedChange, ...]:
    """Return the files of two versions side by side, sorted by path."""
    old = {each.path: each for each in before}
    new = {each.path: each for each in after}
    return tuple(
        AttachedChange(path=path, before=old.get(path), after=new.get(path))
        for path in sorted({*old, *new})
    )


def size_words(size: int | None) -> str:
    """Return a size as people say it: ``840 B``, ``12 kB``, ``3.4 MB``; the units are of 1000."""
    if size is None:
        return "size unknown"
    if size < _KILO:
        return f"{size} B"
    kilo = round(size / _KILO)
    return f"{kilo} kB" if kilo < _KILO else f"{size / _KILO**2:.1f} MB"


def _size(network: Network, asset: AssetEntry) -> int | None:
    """Return the size by the digest, wherever such bytes lie: the digest is the file."""
    for entry in network.entries.values():
        if not entry.glance.assets or entry.proposal is None:
            continue
        proposal = entry.proposal
        for other, source in zip(proposal.assets, proposal.asset_sources, strict=True):
            if other.sha256 == asset.sha256:
                try:
                    return len(read_asset(network.root, source, asset.sha256))
                except ConflictError:
                    continue
    try:
        return len(read_asset_copy(network.root, asset.sha256))
    except FaultsError:
        return None
