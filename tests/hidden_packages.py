"""Packages that are not installed, as far as anybody who asks for their versions can tell."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def hide_packages(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let packages be missing until the end of a test.

    Args:
        monkeypatch: The test's own.
        names: As their versions are asked for.
    """
    found = importlib.metadata.version

    def without(name: str) -> str:
        if name in names:
            raise importlib.metadata.PackageNotFoundError(name)
        return found(name)

    monkeypatch.setattr(importlib.metadata, "version", without)
