"""Which feeds a hub was told of: ``.blognet/pinged.json``, private to one copy of the network.

Safe to lose: without it, and when it cannot be read, the hub knows of nothing, and is told of every feed again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.reading import read_plain
from blognet.disk.writing import replace_file, told
from blognet.kernel.hashing import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT = 1
_NAME = "pinged.json"
_LONGEST = 20_000_000


def read_pinged(root: Path, hub: str) -> Mapping[str, str]:
    """Return the SHA-256 of each feed that this hub was told of, by the feed's address."""
    raw = read_plain(root, (PRIVATE, _NAME), limit=_LONGEST)
    if isinstance(raw, FileFault):
        return {}
    try:
        said: object = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict) or said.get("format") != FORMAT or said.get("hub") != hub:
        return {}
    feeds: object = said.get("feeds")
    if not isinstance(feeds, dict):
        return {}
    return {str(address): str(digest) for address, digest in feeds.items()}


def keep_pinged(root: Path, hub: str, feeds: Mapping[str, str]) -> None:
    """Remember what a hub was told of, in place of what was remembered before.

    Raises:
        BlognetError: When the disk refuses.
    """
    said = {"feeds": dict(feeds), "format": FORMAT, "hub": hub}
    raw = (json.dumps(said, sort_keys=True, indent=1) + "\n").encode("utf-8")
    replace_file(private_folder(root) / _NAME, raw)


def digests_in(site: Path, names: Iterable[str]) -> Mapping[str, str]:
    """Return the SHA-256 of files of a built site by name; what is not there is left out.

    Raises:
        BlognetError: When the disk refuses.
    """
    found: dict[str, str] = {}
    with told(f"{site} could not be read"):
        for name in names:
            if (site / name).is_file():
                found[name] = sha256_hex((site / name).read_bytes())
    return found
