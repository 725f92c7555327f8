"""Where the themes lie that ship with the program. Reads nothing of them."""

from __future__ import annotations

from pathlib import Path

from blognet.themes.built_in import BUILT_IN

_PACKAGE = Path(__file__).resolve().parent.parent


def built_in_theme(name: str = BUILT_IN) -> Path:
    """Return the folder of a built-in theme: in the package when installed, else in the checkout."""
    installed = _PACKAGE / "builtin_themes" / name
    return installed if installed.is_dir() else _PACKAGE.parent / "themes" / name
