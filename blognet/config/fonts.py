"""The setting that names font files. Knows no file: whether one is there is seen when it is read."""

from __future__ import annotations

from pathlib import PurePosixPath

from blognet.config import codes
from blognet.kernel.yamltree import shortened
from blognet.kernel.yamlvalues import MisfitError, text_of

FONT_ENDINGS = frozenset({".otf", ".ttf"})


def font_of(value: object) -> str:
    """Return the path of a font file in the network folder."""
    text = text_of(value)
    path = PurePosixPath(text)
    if path.suffix.lower() not in FONT_ENDINGS or path.is_absolute() or ".." in path.parts:
        message = (
            f"expected the path of a .ttf or .otf file in the network, found '{shortened(text)}'"
        )
        hint = "write it from the network's folder, such as themes/fonts/NotoSansJP-Bold.otf"
        raise MisfitError(message, code=codes.BAD_FILE, hint=hint)
    return text
