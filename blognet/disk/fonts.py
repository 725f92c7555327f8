"""The fonts that ``blognet.yml`` names for social cards: files of the mayors' in the network folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.reading import MAX_ASSET, read_plain
from blognet.kernel.errors import ConfigError
from blognet.pictures.lettering import FontError, characters_of

if TYPE_CHECKING:
    from pathlib import Path


def read_fonts(root: Path, paths: tuple[str, ...]) -> tuple[bytes, ...]:
    """Return the bytes of each font.

    Raises:
        ConfigError: One is missing, no plain file, larger than 25 MB, or no font.
    """
    return tuple(_read_font(root, path) for path in paths)


def _read_font(root: Path, path: str) -> bytes:
    raw = read_plain(root, tuple(path.split("/")), limit=MAX_ASSET)
    hint = "put the font there, or take it out of social_cards.fonts"
    if isinstance(raw, FileFault):
        message = f"the font {path}, named by social_cards.fonts in blognet.yml, cannot be read ({raw.value})"
        raise ConfigError(message, hint=hint)
    try:
        characters_of(raw)
    except FontError as error:
        message = f"{path}, named by social_cards.fonts in blognet.yml, is {error}"
        raise ConfigError(message, hint=hint) from error
    return raw
