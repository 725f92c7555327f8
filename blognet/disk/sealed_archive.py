"""Plain tar files that are read strictly, in one go, and vouched for by a seal. Knows no contents.

A tar file (POSIX.1-1988 ``ustar``; owner, time and mode are always the same, so equal contents give equal files)
without compression. Its members: a *list*, that says what follows with the SHA-256 of each; ``seal``, the seal
(`blognet.kernel.sealing`) of the list, empty when the one who wrote it had no key; and what the list says, in order.

Whatever deviates is refused. Names are never used as paths; no member is ever unpacked.
"""

from __future__ import annotations

import io
import os
import tarfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from blognet.disk.writing import told
from blognet.kernel.errors import BlognetError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.sealing import is_sealed, seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""The most bytes of one member."""
MOST = 1_000_000
"""The most members."""
_SEAL = "seal"
_SEAL_SIZE = 64


class ArchiveError(BlognetError):
    """The file is no such archive, or not one to be trusted; nothing is to be taken from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of archive.

    Attributes:
        name: What people call it: an archive of a cache.
        listing: The name of its first member.
        purpose: What its seal is for.
        anew: What to type for another one.
    """

    name: str
    listing: str
    purpose: str
    anew: str


def write_sealed(
    path: Path, form: Form, listing: bytes, members: Iterable[tuple[str, bytes]], *, key: bytes
) -> None:
    """Write an archive, in place of a file that is there; it is there as a whole or not at all.

    Args:
        path: Where to.
        form: Its kind.
        listing: Its list.
        members: Name and bytes of each, in the order of the list.
        key: The key that seals it; empty for an archive without a seal.

    Raises:
        BlognetError: The disk refuses.
    """
    sealed = seal(key, form.purpose, sha256_hex(listing)) if key else ""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with (
            told(f"{path} could not be written"),
            open(beside, "xb") as file,
            tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive,
        ):
            _add(archive, form.listing, listing)
            _add(archive, _SEAL, sealed.encode("ascii"))
            for name, raw in members:
                _add(archive, name, raw)
        with told(f"{path} could not be written"):
            os.replace(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


class SealedArchive:
    """An archive that is being read, from its list to its end."""

    def __init__(self, file: BinaryIO, path: Path, form: Form) -> None:
        """Begin with a file whose list was not read yet."""
        self._file = file
        self._path = path
        self._form = form

    def listing(self, *, key: bytes, unsealed: bool) -> bytes:
        """Return the list, which is read first.

        Args:
            key: The key that must have sealed it.
            unsealed: Whether a person vouches for the file, so that its seal is not asked for.

        Raises:
            ArchiveError: It is not to be trusted, and why.
        """
        listing = self._member(self._form.listing, LARGEST)
        sealed = self._member(_SEAL, _SEAL_SIZE)
        if not unsealed:
            _check_seal(self._path, self._form, sealed, listing, key)
        return listing

    def member(self, name: str, *, size: int, digest: str) -> bytes:
        """Return the bytes of the next member, which the list says to be this one.

        Raises:
            ArchiveError: It is another, or has other bytes.
        """
        raw = self._member(name, size)
        if len(raw) != size or sha256_hex(raw) != digest:
            message = f"{self._path}: {name} holds other bytes than the list says"
            raise ArchiveError(message, hint=self._form.anew)
        return raw

    def end(self) -> None:
        """Look that nothing follows.

        Raises:
            ArchiveError: Something does.
        """
        if any(self._file.read(2 * tarfile.BLOCKSIZE)):
            message = f"{self._path} goes on after its last entry"
            raise ArchiveError(message, hint=self._form.anew)

    def _member(self, name: str, at_most: int) -> bytes:
        """Read the next member: a plain file of this name. tarfile itself would follow what headers say."""
        path, anew = self._path, self._form.anew
        try:
            block = self._file.read(tarfile.BLOCKSIZE)
            header = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, ValueError) as error:
            message = f"{path} is no {self._form.name}: {name} was expected"
            raise ArchiveError(message, hint=anew) from error
        if header.type != tarfile.REGTYPE or header.name != name or not 0 <= header.size <= at_most:
            message = f"{path}: the plain file {name} of at most {at_most} bytes was expected, found {header.name!r}"
            raise ArchiveError(message, hint=anew)
        raw = self._file.read(header.size)
        padding = -header.size % tarfile.BLOCKSIZE
        if len(raw) < header.size or len(self._file.read(padding)) < padding:
            message = f"{path} ends within {name}"
            raise ArchiveError(message, hint=anew)
        return raw


@contextmanager
def open_sealed(path: Path, form: Form) -> Iterator[SealedArchive]:
    """Open an archive of a kind.

    Raises:
        BlognetError: The disk refuses.
    """
    with told(f"{path} could not be read"), open(path, "rb") as file:
        yield SealedArchive(file, path, form)


def _add(archive: tarfile.TarFile, name: str, raw: bytes) -> None:
    member = tarfile.TarInfo(name)  # its time and owner are 0
    member.size = len(raw)
    archive.addfile(member, io.BytesIO(raw))


def _check_seal(path: Path, form: Form, sealed: bytes, listing: bytes, key: bytes) -> None:
    hint = "if you know who made the file and trust them: --unsealed"
    if not key:
        message = f"{path} cannot be checked, because BLOGNET_CACHE_KEY is not set"
        raise ArchiveError(message, hint=f"set it to the key that the file was made with; {hint}")
    if not sealed:
        message = f"{path} has no seal, so anybody may have made it"
        raise ArchiveError(message, hint=f"make it where BLOGNET_CACHE_KEY is set; {hint}")
    if not is_sealed(sealed.decode("latin-1"), key, form.purpose, sha256_hex(listing)):
        message = f"{path} was not sealed with this BLOGNET_CACHE_KEY, or was changed since"
        raise ArchiveError(message, hint=hint)
