"""The page that a review opens: what it would be, from the real theme, outside of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.actions.preview_page import Preview, preview_page
from blognet.disk.clock import now
from blognet.disk.scratch import remove_scratch
from blognet.kernel.errors import ConflictError
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.network_folder import NetworkFolder

PIXEL = png()


@pytest.fixture
def preview(network_folder: NetworkFolder) -> Iterator[Callable[[str], Preview]]:
    """Make a preview of something by its name; it is removed afterwards."""
    made: list[Preview] = []

    def of(name: str) -> Preview:
        network = load_network(network_folder.root, now=now())
        entry = find_entry(network, name, here=network_folder.root).entry
        made.append(preview_page(network, entry))
        return made[-1]

    yield of
    for each in made:
        remove_scratch(each.folder)
        assert not each.folder.exists()


def _text(made: Preview) -> str:
    return made.page.read_text(encoding="utf-8")


def test_a_bundle_is_shown_with_its_pictures_and_the_theme(
    network_folder: NetworkFolder, preview: Callable[[str], Preview]
) -> None:
    network_folder.post("queue/trip/index.md", title="Trip", body="![Nets](nets.png)")
    network_folder.write("queue/trip/nets.png", PIXEL)
    made = preview("trip")
    assert (made.page.parent / "nets.png").read_bytes().startswith(b"\x89PNG")
    assert (made.folder / "theme/style.css").exists()
    assert 'src="nets.png"' in _text(made)
    assert "<title>Trip" in _text(made)
    assert "Preview –" in _text(made)
    assert not made.folder.is_relative_to(network_folder.root)
    assert made.folder.stat().st_mode & 0o077 == 0


def test_an_edit_is_shown_at_its_address_and_not_the_version_that_is_live(
    network_folder: NetworkFolder, preview: Callable[[str], Preview]
) -> None:
    network_folder.post("queue/trip.md", body="At six.")
    network_folder.mayor("approve", "trip", "--yes")
    network_folder.post("posts/trip.md", body="At seven.")
    made = preview("trip")
    assert "At seven." in _text(made)
    assert "At six." not in "".join(
        path.read_text(encoding="utf-8") for path in made.folder.rglob("*.html")
    )


def test_every_page_says_that_it_is_a_preview(
    network_folder: NetworkFolder, preview: Callable[[str], Preview]
) -> None:
    network_folder.post("queue/trip.md")
    pages = tuple(preview("trip").folder.rglob("*.html"))
    assert pages
    for path in pages:
        assert "Preview of trip, as it lies on disk." in path.read_text(encoding="utf-8")


def test_a_page_and_another_language_have_previews(
    network_folder: NetworkFolder, preview: Callable[[str], Preview]
) -> None:
    network_folder.write("pages/about.md", "---\ntitle: About\n---\n\nUs.\n")
    network_folder.post("queue/trip/index.de.md", title="Reise", body="Um sechs.")
    assert "<p>Us.</p>" in _text(preview("page/about"))
    assert "<p>Um sechs.</p>" in _text(preview("trip.de"))


def test_a_profile_is_shown_once_its_author_has_a_post(
    network_folder: NetworkFolder, preview: Callable[[str], Preview]
) -> None:
    with pytest.raises(ConflictError, match="no page of its own yet"):
        preview("profile/ben")
    network_folder.post("queue/trip.md", title="Our trip")
    network_folder.mayor("approve", "trip", "--yes")
    shown = _text(preview("profile/ben"))
    assert "Hello." in shown
    assert "Our trip" in shown


def test_what_has_faults_has_no_preview(
    network_folder: NetworkFolder, preview: Callable[[str], Preview]
) -> None:
    network_folder.write("queue/broken.md", "---\ntitle: [\n---\n")
    with pytest.raises(ConflictError, match="has faults"):
        preview("broken")
