"""Where earlier builds left what can be made again, opened for one build."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.cache import open_cache
from blognet.disk.generator import generator_mark
from blognet.disk.shelf import copied_shelf, open_shelf
from blognet.engine import digest_of
from blognet.kernel.shelves import MemoryShelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blognet.content.values import ReadingRules
    from blognet.disk.cache import Cache
    from blognet.disk.shelf import DiskShelf


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWorks:
    """What may be at hand already; all of it may be empty.

    Attributes:
        texts: Rendered texts.
        shelf: What was worked out of all texts together.
    """

    texts: Cache
    shelf: DiskShelf


@contextmanager
def opened_kept(root: Path) -> Iterator[KeptWorks]:
    """Open what is kept, and close it at the end."""
    with closing(open_cache(root)) as texts, closing(open_shelf(root)) as shelf:
        yield KeptWorks(texts=texts, shelf=shelf)


def maker_of_rows(rules: ReadingRules) -> str:
    """Return what works out the rows of a shelf: this program, reading under these rules."""
    return f"{generator_mark()}\n{digest_of(rules)}"


def shelf_to_read(root: Path, rules: ReadingRules) -> MemoryShelf:
    """Return what was worked out of all texts together by the last build, for a program that runs on beside others.

    Args:
        root: The network folder.
        rules: How sources are read.
    """
    below = copied_shelf(root)
    below.claim(maker_of_rows(rules))
    return MemoryShelf(below)
