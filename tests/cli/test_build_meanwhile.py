"""What is saved or decided between the look that a build begins with and the build itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from blognet.actions.unchanged import build_unchanged

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.actions.unchanged import Looked
    from tests.cli.network_folder import NetworkFolder

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def post(title: str, text: str) -> str:
    return f"---\ntitle: {title}\nauthors: [ben]\ndate: 2026-01-01\n---\n\n{text}\n"


@pytest.fixture
def seen(network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch) -> NetworkFolder:
    """A network with a site, of which everything is known, and a new text for which a build has to look closer."""
    # Marks of a moment ago are believed: here nothing writes a file twice in one.
    monkeypatch.setattr("blognet.disk.input_marks._TOO_FRESH", 0)
    monkeypatch.setattr("blognet.disk.marks.FINE", 0)
    for name in ("public", "waiting"):
        network_folder.write(f"queue/{name}.md", post(name.title(), f"The {name} words."))
    network_folder.mayor("approve", "public", "--yes")
    network_folder.blognet("build", "--now", NOW.isoformat())
    network_folder.blognet("status")
    network_folder.write("queue/new.md", post("New", "The new words."))
    return network_folder


def look(network: NetworkFolder) -> Looked:
    looked = build_unchanged(network.root, now=NOW, output=None, base_url="")
    assert looked.built is None
    assert looked.look is not None
    return looked


def page_of(network: NetworkFolder) -> Path:
    return network.root / "site/2026/public/index.html"


def test_a_build_that_began_before_another_one_does_not_bring_back_what_that_took_off(
    seen: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The public words." in page_of(seen).read_text(encoding="utf-8")
    looked = look(seen)
    # The index is busy: nothing is kept of what the other commands read.
    monkeypatch.setattr("blognet.disk.index.Index.keep", lambda *_, **__: None)
    assert seen.mayor("retract", "public", "-m", "On request.").code == 0
    assert seen.blognet("build", "--now", NOW.isoformat()).code == 0
    assert "The public words." not in page_of(seen).read_text(encoding="utf-8")
    build(seen.root, now=NOW, looked=looked)
    assert "The public words." not in page_of(seen).read_text(encoding="utf-8")


def test_what_was_approved_before_a_build_has_the_lock_is_on_its_site(seen: NetworkFolder) -> None:
    looked = look(seen)
    seen.mayor("approve", "waiting", "--yes")
    assert build(seen.root, now=NOW, looked=looked).posts == 2


@pytest.mark.parametrize("path", ["queue/waiting.md", "posts/public.md"])
def test_a_text_that_is_saved_while_a_build_begins_does_not_stop_it(
    path: str, seen: NetworkFolder
) -> None:
    looked = look(seen)
    seen.write(path, post("Saved", "Words that were saved just now."))
    assert build(seen.root, now=NOW, looked=looked).posts == 1
    assert "The public words." in page_of(seen).read_text(encoding="utf-8")
