"""One file that carries what ``.blognet/cache/`` keeps to another machine, and no byte that nobody vouches for.

A sealed archive (`blognet.disk.sealed_archive`); entries are compressed already. Its list, ``blognet-cache``, is lines
of ASCII. The first is ``blognet-cache 1``; each other names one entry, sorted: ``SHA256 SIZE KIND/KEY``, KIND being
``texts`` or ``pictures``. The entries follow, named ``KIND/KEY``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.sealed_archive import (
    LARGEST,
    MOST,
    ArchiveError,
    Form,
    open_sealed,
    write_sealed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FIRST_LINE = "blognet-cache 1"
_LINE = re.compile(
    r"([0-9a-f]{64}) ([0-9]{1,8}) ((?:texts|pictures)/[0-9a-f]{32,72}(?:\.[a-z]{1,12})?)"
)
_FORM = Form(
    name="archive of a cache",
    listing="blognet-cache",
    purpose="blognet cache archive 1",
    anew="make it anew where it came from: blognet cache export FILE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list: the entry's name (``KIND/KEY``), its size, and the SHA-256 of its bytes in hex."""

    name: str
    size: int
    digest: str


def write_archive(
    path: Path, listed: Sequence[Listed], entries: Iterator[bytes], *, key: bytes
) -> None:
    """Write an archive, in place of a file that is there; it is there as a whole or not at all.

    Args:
        path: Where to.
        listed: What it holds, sorted by name.
        entries: The bytes of each, in the same order.
        key: The key that seals it; empty for an archive without a seal.

    Raises:
        BlognetError: The disk refuses.
    """
    lines = [_FIRST_LINE, *(f"{one.digest} {one.size} {one.name}" for one in listed)]
    listing = "".join(f"{line}\n" for line in lines).encode("ascii")
    members = ((one.name, raw) for one, raw in zip(listed, entries, strict=True))
    write_sealed(path, _FORM, listing, members, key=key)


def check_archive(path: Path, *, key: bytes, unsealed: bool) -> int:
    """Read an archive to its end and return how many entries it has.

    Args:
        path: The file.
        key: The key that must have sealed it.
        unsealed: Whether a person vouches for the file, so that its seal is not asked for.

    Raises:
        ArchiveError: It is not to be trusted, and why.
    """
    return sum(1 for _ in read_archive(path, key=key, unsealed=unsealed))


def read_archive(path: Path, *, key: bytes, unsealed: bool) -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of each entry as they are checked; `check_archive` says first whether all are good.

    Raises:
        ArchiveError: It is not to be trusted, and why.
    """
    with open_sealed(path, _FORM) as archive:
        for one in _listed(path, archive.listing(key=key, unsealed=unsealed)):
            yield one.name, archive.member(one.name, size=one.size, digest=one.digest)
        archive.end()


def _listed(path: Path, listing: bytes) -> Iterator[Listed]:
    lines = listing.decode("latin-1").split("\n")
    good = lines[0] == _FIRST_LINE and lines[-1] == "" and len(lines) <= MOST
    before = ""
    for line in lines[1:-1]:
        match = _LINE.fullmatch(line)
        if not good or match is None or match[3] <= before or int(match[2]) > LARGEST:
            good = False
            break
        before = match[3]
        yield Listed(digest=match[1], size=int(match[2]), name=match[3])
    if not good:
        message = f"{path}: its list of entries is not one that this version of blognet writes"
        raise ArchiveError(message, hint=_FORM.anew)
