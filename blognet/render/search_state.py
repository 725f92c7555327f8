"""What is kept of an index of the search as a whole: digests of its files, and where its posts are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from blognet.kernel.shelves import LostError
from blognet.render.search_order import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The index of one language.

    Attributes:
        years: The digest of the file of each year.
        words: Of the files of words, by their numbers.
    """

    years: Mapping[str, str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An index as it is kept.

    Attributes:
        pieces: Where its posts are.
        years: See `Indexed`.
        words: See `Indexed`.
        stamp: Differs whenever anything of what is kept does.
    """

    pieces: tuple[Piece, ...]
    years: Mapping[str, str]
    words: tuple[str, ...]
    stamp: str

    @property
    def indexed(self) -> Indexed:
        """The index."""
        return Indexed(years=self.years, words=self.words)


def state_as_bytes(
    indexed: Indexed,
    pieces: Iterable[Piece],
    changes: Mapping[str, bytes | None],
    before: str,
) -> bytes:
    """Return what is kept of an index.

    Args:
        indexed: It.
        pieces: Where its posts are.
        changes: What changed of them; their keys decide on all else that is kept.
        before: The stamp of what was kept. Of what was exchanged and exchanged back the stamp is another: somebody may
            have missed it.
    """
    parts = [(each.ident, each.size, each.first) for each in pieces]
    said = json.dumps([parts, indexed.years, indexed.words], ensure_ascii=False)
    stamp = blake2b(f"{before} {said}".encode("utf-8", "surrogatepass"), digest_size=16)
    for key, raw in changes.items():
        stamp.update(f" {key} {len(raw or b'')} ".encode("utf-8", "surrogatepass"))
        stamp.update(raw or b"")
    return f'["{stamp.hexdigest()}",{said[1:]}'.encode("utf-8", "surrogatepass")


def state_from_bytes(raw: bytes) -> State:
    """Read it.

    Raises:
        LostError: It is not what was written.
    """
    try:
        stamp, pieces, years, words = json.loads(raw)
        return State(
            pieces=tuple(Piece(int(at), int(size), str(born)) for at, size, born in pieces),
            years={str(year): str(digest) for year, digest in years.items()},
            words=tuple(map(str, words)),
            stamp=str(stamp),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise LostError from error
