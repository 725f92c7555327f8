"""Paths as a person at this prompt would type them."""

from __future__ import annotations

import os
from pathlib import Path


def near(path: Path) -> str:
    """Return a path from the current folder when it lies below it, else the whole path."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)
