"""One file that carries what ``.blognet/cache/`` keeps to another machine, and no byte that nobody vouches for.

The form, made to be read strictly and in one go: a tar file (POSIX.1-1988 ``ustar``; owner, time and mode are
always the same, so equal entries give equal files) without compression, since entries are compressed
already. Its members:

1. ``blognet-cache``: lines of ASCII. The first is ``blognet-cache 1``; each other names one entry, sorted:
   ``SHA256 SIZE KIND/KEY``, KIND being ``texts`` or ``pictures``.
2. ``seal``: the seal (`blognet.kernel.sealing`) of the first member; empty when the one who wrote it had no key.
3. the entries in the order of the lines, named ``KIND/KEY``.

Whatever deviates is refused as a whole. Names are never used as paths; no member is ever unpacked.
"""

from __future__ import annotations

import io
import os
import re
import tarfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from blognet.disk.writing import told
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.sealing import is_sealed, seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""The most bytes of one entry, and of the list of entries."""
MOST = 1_000_000
"""The most entries."""
_LIST, _SEAL, _FIRST_LINE = "blognet-cache", "seal", "blognet-cache 1"
_LINE = re.compile(
    r"([0-9a-f]{64}) ([0-9]{1,8}) ((?:texts|pictures)/[0-9a-f]{32,72}(?:\.[a-z]{1,12})?)"
)
_PURPOSE = "blognet cache archive 1"
_SEAL_SIZE = 64


class ArchiveError(BlognetError):
    """The file is no archive of a cache, or not one to be trusted; nothing was taken from it."""


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
    sealed = seal(key, _PURPOSE, sha256_hex(listing)) if key else ""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with (
            told(f"{path} could not be written"),
            open(beside, "xb") as file,
            tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive,
        ):
            _add(archive, _LIST, listing)
            _add(archive, _SEAL, sealed.encode("ascii"))
            for one, raw in zip(listed, entries, strict=True):
                _add(archive, one.name, raw)
        with told(f"{path} could not be written"):
            os.replace(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, raw: bytes) -> None:
    member = tarfile.TarInfo(name)  # its time and owner are 0
    member.size = len(raw)
    archive.addfile(member, io.BytesIO(raw))


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
    with _opened(path) as file:
        listing = _member(file, path, _LIST, at_most=LARGEST)
        sealed = _member(file, path, _SEAL, at_most=_SEAL_SIZE)
        if not unsealed:
            _check_seal(path, sealed, listing, key)
        for one in _listed(path, listing):
            raw = _member(file, path, one.name, at_most=one.size)
            if len(raw) != one.size or sha256_hex(raw) != one.digest:
                message = f"{path}: {one.name} holds other bytes than the list says"
                raise ArchiveError(message, hint=_ANEW)
            yield one.name, raw
        if any(file.read(2 * tarfile.BLOCKSIZE)):
            message = f"{path} goes on after its last entry"
            raise ArchiveError(message, hint=_ANEW)


_ANEW = "make it anew where it came from: blognet cache export FILE"


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with told(f"{path} could not be read"), open(path, "rb") as file:
        yield file


def _check_seal(path: Path, sealed: bytes, listing: bytes, key: bytes) -> None:
    hint = "if you know who made the file and trust them: --unsealed"
    if not key:
        message = f"{path} cannot be checked, because BLOGNET_CACHE_KEY is not set"
        raise ArchiveError(
            message, hint=f"set it to the key that the file was exported with; {hint}"
        )
    if not sealed:
        message = f"{path} has no seal, so anybody may have made it"
        raise ArchiveError(message, hint=f"export it where BLOGNET_CACHE_KEY is set; {hint}")
    if not is_sealed(sealed.decode("latin-1"), key, _PURPOSE, sha256_hex(listing)):
        message = f"{path} was not sealed with this BLOGNET_CACHE_KEY, or was changed since"
        raise ArchiveError(message, hint=hint)


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
        raise ArchiveError(message, hint=_ANEW)


def _member(file: BinaryIO, path: Path, name: str, *, at_most: int) -> bytes:
    """Read the next member, which must be a plain file of this name. tarfile itself would follow what headers say."""
    try:
        header = tarfile.TarInfo.frombuf(file.read(tarfile.BLOCKSIZE), "ascii", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        message = f"{path} is no archive of a cache: {name} was expected"
        raise ArchiveError(message, hint=_ANEW) from error
    if header.type != tarfile.REGTYPE or header.name != name or not 0 <= header.size <= at_most:
        message = f"{path}: the plain file {name} of at most {at_most} bytes was expected, found {header.name!r}"
        raise ArchiveError(message, hint=_ANEW)
    raw = file.read(header.size)
    padding = -header.size % tarfile.BLOCKSIZE
    if len(raw) < header.size or len(file.read(padding)) < padding:
        message = f"{path} ends within {name}"
        raise ArchiveError(message, hint=_ANEW)
    return raw
