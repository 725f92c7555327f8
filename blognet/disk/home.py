"""Where is the network folder? Knows none of the files in it but the one by which it is told."""

from __future__ import annotations

import os
from pathlib import Path

from blognet.kernel.errors import ConfigError

CONFIG_FILE = "blognet.yml"


def find_network(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds ``blognet.yml``.

    Raises:
        ConfigError: When there is none.
    """
    begin = Path(os.path.abspath(start))
    for folder in (begin, *begin.parents):
        if os.path.isfile(folder / CONFIG_FILE):
            return folder
    message = f"no network here: neither {begin} nor a folder above it holds {CONFIG_FILE}"
    raise ConfigError(
        message, hint="blognet init DIR makes one; blognet -C DIR works on another folder"
    )
