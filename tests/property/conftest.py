"""Properties that build thousands of sites: what never changes is made once, and the files are in memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.pictures.cards import draw_card
from blognet.pictures.develop import develop
from blognet.themes import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blognet.pictures.cards import Card
    from blognet.pictures.lettering import Lettering

_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of its own is made there
_ROOM = 1 << 29
"""Bytes that have to be free there."""


@pytest.fixture(scope="module", autouse=True)
def _memory() -> Iterator[None]:
    """Make temporary folders in memory where the system has such, else on disk as always."""
    if not os.access(_MEMORY, os.W_OK) or shutil.disk_usage(_MEMORY).free < _ROOM:
        yield
        return
    with (
        tempfile.TemporaryDirectory(dir=_MEMORY, ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(tempfile, "tempdir", folder)  # killed builds leave files there
        yield


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder for one test, gone when it is over: its seed makes everything again."""
    with tempfile.TemporaryDirectory(prefix="blognet-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never wait for a disk; draw a card, develop a picture and compact a style sheet once: functions of values."""
    drawn: dict[tuple[Card, tuple[str, ...]], bytes] = {}

    def draw_once(card: Card, *, faces: Mapping[str, bytes], lettering: Lettering) -> bytes:
        key = (card, tuple(sorted(faces)))
        if key not in drawn:
            drawn[key] = draw_card(card, faces=faces, lettering=lettering)
        return drawn[key]

    monkeypatch.setattr("blognet.pictures.develop.develop", cache(develop))
    monkeypatch.setattr(os, "fsync", lambda _opened: None)
    monkeypatch.setattr("blognet.render.pictures.draw_card", draw_once)
    monkeypatch.setattr(sheet, "compacted", cache(sheet.compacted))
