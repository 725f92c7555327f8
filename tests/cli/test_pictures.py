"""Pictures from the queue to the site, as people type it."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.invariants.network_folder import NetworkFolder, post, start
from tests.picture_files import bomb, endless_gif, photograph, png, undecodable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    return start(tmp_path / "network")


HOSTILE = {
    "a bomb": ("drum.png", bomb(), "BN801", "60,000 × 60,000 pixels"),
    "a film": ("drum.gif", endless_gif(), "BN802", "50,000 frames"),
    "a torn picture": ("drum.jpg", photograph()[:-40], "BN803", "no end"),
    "two files in one": ("drum.png", png() + b"PK\x03\x04", "BN804", "4 bytes of something else"),
    "a wrong ending": ("drum.png", photograph(), "BN010", "first bytes"),
    "a script": ("drum.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "BN011", "script"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_picture_is_refused_with_a_sentence_and_cannot_be_approved(
    kind: str, network: NetworkFolder
) -> None:
    name, raw, code, found = HOSTILE[kind]
    network.write("queue/trip/index.md", post("Trip", body=f"![The drum]({name})"))
    network.write(f"queue/trip/{name}", raw)
    said = network.blognet("check")
    assert said.code == 1
    assert f"queue/trip/{name}" in said.everything
    assert code in said.everything
    assert found in said.everything
    assert network.mayor("approve", "trip", "--yes").code != 0
    assert not (network.root / "record/assets").exists()


def test_a_photograph_reaches_readers_upright_and_without_its_place(
    network: NetworkFolder,
) -> None:
    original = photograph(900, 600, turned=6, words="zqcamera")
    network.write("queue/trip/index.md", post("Trip", body="![The drum](drum.jpg)"))
    network.write("queue/trip/drum.jpg", original)
    network.approve("trip")
    network.build()
    site = network.site
    assert not [name for name, raw in site.items() if b"zqcamera" in raw or raw == original]
    pictures = [raw for name, raw in site.items() if name.endswith((".jpg", ".webp"))]
    for raw in pictures:
        image = Image.open(io.BytesIO(raw))
        assert image.height > image.width
        assert not image.getexif()
    widths = sorted(name.rpartition("-")[2] for name in site if name.endswith(".webp"))
    assert widths == ["480.webp", "600.webp"]
    page = site["2024/trip/index.html"].decode()
    assert 'width="600" height="900"' in page


def test_copies_that_nobody_is_shown_are_not_made(network: NetworkFolder) -> None:
    network.write("queue/trip/index.md", post("Trip", body="[The drum](drum.jpg)"))
    network.write("queue/trip/drum.jpg", photograph())
    network.approve("trip")
    network.build()
    assert "2024/trip/drum.jpg" in network.site
    assert [name for name in network.site if name.endswith(".webp")] == []


def test_an_approved_picture_that_cannot_be_decoded_is_left_out_and_its_words_stand_in(
    network: NetworkFolder,
) -> None:
    network.write("queue/trip/index.md", post("Trip", body="![The drum](drum.png)"))
    network.write("queue/trip/drum.png", undecodable())
    network.approve("trip")
    said = network.blognet("build", "--now", "2070-01-01T12:00:00Z")
    assert said.code == 0
    assert "BN805" in said.everything
    page = network.site["2024/trip/index.html"].decode()
    assert "The drum" in page
    assert "drum.png" not in page


def test_two_builds_with_any_number_of_workers_give_the_same_pictures(
    network: NetworkFolder,
) -> None:
    for number in range(4):
        network.write(f"queue/t{number}/index.md", post(f"T{number}", body="![The drum](drum.jpg)"))
        network.write(f"queue/t{number}/drum.jpg", photograph(600 + number, 400))
    network.approve(*(f"t{number}" for number in range(4)))
    sites = []
    for jobs in ("1", "3"):
        shutil.rmtree(network.root / ".blognet", ignore_errors=True)
        assert network.blognet("build", "--now", "2070-01-01T12:00:00Z", "--jobs", jobs).code == 0
        sites.append(network.site)
    assert sites[0] == sites[1]


def test_what_a_build_did_not_need_is_forgotten(network: NetworkFolder) -> None:
    network.write("queue/trip/index.md", post("Trip", body="![The drum](drum.jpg)"))
    network.write("queue/trip/drum.jpg", photograph())
    network.write("queue/stays.md", post("Stays"))
    network.approve("trip", "stays")
    network.build()
    kept = [
        path for path in (network.root / ".blognet/cache/pictures").rglob("*") if path.is_file()
    ]
    network.decided("retract", "trip", "-m", "Sorry.")
    network.build()
    left = [
        path for path in (network.root / ".blognet/cache/pictures").rglob("*") if path.is_file()
    ]
    assert len(left) < len(kept)
    assert not [path for path in left if b"JFIF" in path.read_bytes()]


def test_cards_can_be_turned_off(network: NetworkFolder) -> None:
    network.write("queue/plain.md", post("Plain"))
    network.approve("plain")
    network.build()
    assert 'property="og:image"' in network.site["2024/plain/index.html"].decode()
    config = network.root / "blognet.yml"
    config.write_text(config.read_text("utf-8") + "social_cards:\n  draw: false\n", "utf-8")
    network.build()
    assert "og:image" not in network.site["2024/plain/index.html"].decode()
    assert [
        name for name in network.site if name.startswith("media/") and name.endswith(".png")
    ] == []


def test_a_title_that_no_font_writes_is_left_out_of_its_card_with_a_warning(
    network: NetworkFolder,
) -> None:
    network.write("queue/tokei.md", post("時計台"))
    network.approve("tokei")
    said = network.blognet("build", "--now", "2070-01-01T12:00:00Z")
    assert said.code == 0
    assert "BN806" in said.everything
    assert "social_cards" in said.everything


def test_a_font_that_is_none_is_said_before_anything_is_built(network: NetworkFolder) -> None:
    network.write("themes/fonts/x.ttf", b"no font")
    config = network.root / "blognet.yml"
    config.write_text(
        config.read_text("utf-8") + "social_cards:\n  fonts: [themes/fonts/x.ttf]\n", "utf-8"
    )
    network.write("queue/plain.md", post("Plain"))
    network.approve("plain")
    said = network.blognet("build", "--now", "2070-01-01T12:00:00Z")
    assert said.code == 3
    assert "themes/fonts/x.ttf" in said.everything


def test_a_picture_of_a_post_may_be_shown_by_another_post_and_by_a_profile(
    network: NetworkFolder,
) -> None:
    network.write("queue/trip/index.md", post("Trip", body="[The drum](drum.jpg)"))
    network.write("queue/trip/drum.jpg", photograph(900, 600))
    network.write("authors/ada.md", "---\nname: Ada\n---\n\n![Drum](/2024/trip/drum.jpg)\n")
    network.approve("trip", "profile/ada", who="max")
    network.build()
    page = network.site["authors/ada/index.html"].decode()
    copies = {name for name in network.site if name.endswith(".webp")}
    assert len(copies) == 2
    assert all(name in page for name in copies)
