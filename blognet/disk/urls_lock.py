"""``urls.lock`` at the top of the network folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.reading import read_plain
from blognet.disk.writing import replace_file
from blognet.kernel.errors import BlognetError
from blognet.site.urls_lock import NAME

if TYPE_CHECKING:
    from pathlib import Path

MAX_LOCK = 20_000_000
"""Room for some hundred thousand addresses."""


def load_urls_lock(root: Path) -> str | None:
    """Return the text of ``urls.lock``; None when there is none.

    Raises:
        BlognetError: It is there and cannot be read.
    """
    if not (root / NAME).exists():
        return None
    raw = read_plain(root, (NAME,), limit=MAX_LOCK)
    if isinstance(raw, FileFault):
        message = f"{NAME} cannot be read ({raw.value})"
        raise BlognetError(
            message,
            hint=f"bring it back from git, or write it anew: rm {NAME}; blognet urls --lock",
        )
    return raw.decode("utf-8", errors="replace")


def keep_urls_lock(root: Path, text: str) -> None:
    """Write ``urls.lock``, the old one or the new one whole.

    Raises:
        BlognetError: When the disk refuses.
    """
    replace_file(root / NAME, text.encode("utf-8"))
