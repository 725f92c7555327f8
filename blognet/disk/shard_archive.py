"""One file that carries a part of a site to where the parts are put together, and no byte that nobody vouches for.

A sealed archive (`blognet.disk.sealed_archive`). Its list, ``blognet-shard``, is JSON: which part of how many, what it
was made from, what is wrong with its texts, and name, size and SHA-256 of each file. The files follow in this order,
named ``file/1``, ``file/2`` and so on.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.sealed_archive import (
    LARGEST,
    MOST,
    ArchiveError,
    Form,
    SealedArchive,
    open_sealed,
    write_sealed,
)
from blognet.disk.writing import told
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.problem_lists import problem_as_list, problem_from_list
from blognet.site.shards import Shard, shard_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from blognet.kernel.problems import Problem

FORMAT = 1
_DIGEST = 64
_FORM = Form(
    name="shard of a site",
    listing="blognet-shard",
    purpose="blognet shard 1",
    anew="make it anew: blognet build --shard",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a part was made from.

    Attributes:
        program: A digest of blognet, its libraries and Python.
        now: As of which time, as ISO 8601.
        base_url: Where the site will live, when it was asked for; "" for the configured address.
        settings: A digest of the settings.
        network: A digest of everything that is shown, and of the theme.
    """

    program: str
    now: str
    base_url: str
    settings: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardFile:
    """One file of a part: its name in the output, its size and the SHA-256 of its bytes in hex."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardList:
    """What a part says of itself."""

    shard: Shard
    inputs: Inputs
    problems: tuple[Problem, ...]
    files: tuple[ShardFile, ...]


def write_shard(
    path: Path,
    shard: Shard,
    inputs: Inputs,
    files: Iterable[tuple[str, bytes]],
    problems: tuple[Problem, ...],
    *,
    key: bytes,
) -> ShardList:
    """Write a part of a site, in place of a file that is there; it is there as a whole or not at all.

    Args:
        path: Where to.
        shard: Which part it is.
        inputs: What it was made from.
        files: Name and bytes of each file. May be lazy, and is read once.
        problems: What is wrong with its texts.
        key: The key that seals it; empty for none.

    Raises:
        BlognetError: The disk refuses, or what `files` raises.
    """
    with told(f"{path} could not be written"), tempfile.TemporaryFile(dir=path.parent) as aside:
        listed: list[ShardFile] = []
        for name, raw in files:
            listed.append(ShardFile(name=name, size=len(raw), digest=sha256_hex(raw)))
            aside.write(raw)
        said = ShardList(shard=shard, inputs=inputs, problems=problems, files=tuple(listed))
        aside.seek(0)
        members = (
            (_member(number), aside.read(one.size)) for number, one in enumerate(listed, start=1)
        )
        write_sealed(path, _FORM, _as_bytes(said), members, key=key)
    return said


class ShardArchive:
    """A part of a site that is being read.

    Attributes:
        said: What it says of itself.
    """

    def __init__(self, archive: SealedArchive, said: ShardList) -> None:
        """Keep the archive, whose list was read."""
        self._archive = archive
        self.said = said

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Give name and bytes of each file, as they are checked.

        Raises:
            ArchiveError: It holds something else than it says.
        """
        for number, one in enumerate(self.said.files, start=1):
            yield one.name, self._archive.member(_member(number), size=one.size, digest=one.digest)
        self._archive.end()


@contextmanager
def open_shard(path: Path, *, key: bytes, unsealed: bool) -> Iterator[ShardArchive]:
    """Open a part of a site.

    Args:
        path: The file.
        key: The key that must have sealed it.
        unsealed: Whether a person vouches for it, so that its seal is not asked for.

    Raises:
        ArchiveError: It is not to be trusted, and why.
        BlognetError: The disk refuses.
    """
    with open_sealed(path, _FORM) as archive:
        listing = archive.listing(key=key, unsealed=unsealed)
        try:
            said = _read(json.loads(listing))
        except (ValueError, TypeError, KeyError, RecursionError):
            message = f"{path}: its list of files is not one that this version of blognet writes"
            raise ArchiveError(message, hint=_FORM.anew) from None
        yield ShardArchive(archive, said)


def _member(number: int) -> str:
    return f"file/{number}"


def _as_bytes(said: ShardList) -> bytes:
    values = {
        "format": FORMAT,
        "shard": str(said.shard),
        "inputs": {
            "program": said.inputs.program,
            "now": said.inputs.now,
            "base_url": said.inputs.base_url,
            "settings": said.inputs.settings,
            "network": said.inputs.network,
        },
        "problems": [problem_as_list(problem) for problem in said.problems],
        "files": [[one.name, one.size, one.digest] for one in said.files],
    }
    return (json.dumps(values, indent=0, sort_keys=True) + "\n").encode("ascii")


def _read(said: object) -> ShardList:
    """Read a list.

    Raises:
        ValueError: It is something else; so do the other errors of reading.
    """
    if not isinstance(said, dict) or said["format"] != FORMAT or len(said["files"]) > MOST:
        raise ValueError
    shard = shard_in(str(said["shard"]))
    if shard is None:
        raise ValueError
    return ShardList(
        shard=shard,
        inputs=_inputs(said["inputs"]),
        problems=tuple(problem_from_list(problem) for problem in said["problems"]),
        files=tuple(_file(*each) for each in said["files"]),
    )


def _inputs(said: object) -> Inputs:
    if not isinstance(said, Mapping) or not all(isinstance(each, str) for each in said.values()):
        raise TypeError
    return Inputs(**said)


def _file(name: object, size: object, digest: object) -> ShardFile:
    if not isinstance(name, str) or not isinstance(digest, str) or len(digest) != _DIGEST:
        raise TypeError
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= LARGEST:
        raise TypeError
    return ShardFile(name=name, size=size, digest=digest)
