"""The logo that ``blognet.yml`` names: a mayor's file in the network folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.reading import MAX_TEXT, read_plain
from blognet.kernel.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def read_logo(root: Path, path: str) -> bytes:
    """Return the bytes of the logo.

    Raises:
        ConfigError: It is missing, no plain file, or larger than 1 MB.
    """
    raw = read_plain(root, tuple(path.split("/")), limit=MAX_TEXT)
    if isinstance(raw, FileFault):
        message = (
            f"the logo {path}, named by theme.logo in blognet.yml, cannot be read ({raw.value})"
        )
        raise ConfigError(
            message, hint="put the image there, or take theme.logo out of blognet.yml"
        )
    return raw
