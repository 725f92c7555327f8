"""Where earlier builds left what can be made again, opened for one build."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.cache import open_cache
from blognet.disk.shelf import open_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
