"""``blognet build --shard`` and ``blognet merge``: the same site as in one go, or a sentence and the site as it was."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.invariants.network_folder import NOW, NetworkFolder, post, start, tree_of
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEY = "a key of tests, long enough"
OF = 3


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOGNET_CACHE_KEY", KEY)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    """A network with pictures, a dead link, a tombstone, and the shards of its site."""
    network = start(tmp_path_factory.mktemp("merging") / "network")
    for number in range(9):
        body = f"Words {number} and [another](post-{number + 1}.md)."
        network.write(
            f"queue/post-{number}.md", post(f"Post {number}", body=body, tags=f"[tag-{number % 2}]")
        )
    network.write("queue/shot/index.md", post("Shot", body="![Shot](é.png)"))
    network.write("queue/shot/é.png", png(words="shot"))
    network.decided("approve", "--all", "--yes")
    network.decided("retract", "post-3", "-m", "Taken down.")
    network.build()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BLOGNET_CACHE_KEY", KEY)
        for number in range(1, OF + 1):
            assert shard(network, number, network.root.parent / "shards") == ""
    return network


@pytest.fixture(scope="module")
def whole(original: NetworkFolder) -> Mapping[str, bytes]:
    return original.site


@pytest.fixture
def network(original: NetworkFolder, tmp_path: Path) -> NetworkFolder:
    """A clone of the network without a site, and the shards beside it."""
    ignored = shutil.ignore_patterns("site", ".blognet")
    shutil.copytree(original.root, tmp_path / "network", ignore=ignored)
    shutil.copytree(original.root.parent / "shards", tmp_path / "shards")
    return NetworkFolder(root=tmp_path / "network")


def shard(
    network: NetworkFolder, number: int, folder: Path, *more: str, of: int = OF, now: str = NOW
) -> str:
    where = ("--output", str(folder), "--shard", f"{number}/{of}")
    said = network.blognet("build", "--now", now, "--jobs", "1", *where, *more)
    assert said.code == 0, said.everything
    return said.err


def merged(network: NetworkFolder, *more: str) -> str:
    said = network.blognet("merge", str(network.root.parent / "shards"), *more)
    assert said.code == 0, said.everything
    return said.everything


def refused(network: NetworkFolder, *more: str, code: int = 1) -> str:
    """Merge, and make sure that the site is as it was."""
    network.write("site/.gitkeep", "")
    said = network.blognet("merge", str(network.root.parent / "shards"), *more)
    assert said.code == code, said.everything
    assert network.site == {".gitkeep": b""}
    return said.err


def test_the_shards_of_a_clone_elsewhere_give_the_same_site_as_one_build(
    network: NetworkFolder, whole: Mapping[str, bytes]
) -> None:
    said = merged(network)
    assert network.site == whole
    assert f"{len(whole) - 1} files" in said  # the marker is not counted


def test_a_dead_link_is_told_as_by_a_build(
    network: NetworkFolder, original: NetworkFolder, tmp_path: Path
) -> None:
    built = original.blognet("build", "--now", NOW, "--output", str(tmp_path / "again")).err
    said = network.blognet("merge", str(network.root.parent / "shards"))
    assert "post-9.md" in built
    assert said.err == built


def test_a_merge_over_an_older_site_leaves_nothing_of_it(
    network: NetworkFolder, whole: Mapping[str, bytes]
) -> None:
    network.build("2024-05-02T12:00:00Z")
    merged(network)
    assert network.site == whole
    again = network.build()
    assert network.site == whole
    assert " 0 written" in again.out


def test_a_missing_shard_is_named(network: NetworkFolder, tmp_path: Path) -> None:
    (tmp_path / "shards" / "shard-2-of-3.tar").unlink()
    said = refused(network)
    assert "missing is shard 2/3" in said
    assert "blognet build --shard 2/3" in said


def test_a_shard_that_comes_twice_is_refused(network: NetworkFolder, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "shards/shard-1-of-3.tar", tmp_path / "shards/shard-9-of-9.tar")
    assert "are both shard 1/3" in refused(network)


def test_shards_of_another_number_are_refused(network: NetworkFolder, tmp_path: Path) -> None:
    shard(network, 1, tmp_path / "shards", of=2)
    assert "is shard 1/2, and there are shards of 3" in refused(network)


def test_a_shard_as_of_another_time_is_refused(network: NetworkFolder, tmp_path: Path) -> None:
    shard(network, 2, tmp_path / "shards", now="2070-01-01T12:00:01Z")
    assert "was made as of another time" in refused(network)


def test_a_shard_for_another_address_is_refused(network: NetworkFolder, tmp_path: Path) -> None:
    shard(network, 2, tmp_path / "shards", "--base-url", "https://other.example")
    assert "was made for another address" in refused(network)


def test_shards_of_other_settings_are_refused(network: NetworkFolder) -> None:
    path = network.root / "blognet.yml"
    path.write_text(path.read_text("utf-8") + "tagline: Another one\n", "utf-8")
    assert "was made with other settings" in refused(network)


def test_shards_of_other_contents_are_refused(network: NetworkFolder) -> None:
    network.write("queue/late.md", post("Late"))
    network.approve("late")
    assert "was made from other content" in refused(network)


def test_shards_of_another_theme_are_refused(network: NetworkFolder) -> None:
    network.write("themes/default/static/extra.css", "p { color: red }")
    assert "or with another theme" in refused(network)


def test_shards_of_another_program_are_refused(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.actions.shards.program_mark", lambda: "another")
    assert "was made with another blognet" in refused(network)


def test_a_draft_that_waits_does_not_matter(
    network: NetworkFolder, whole: Mapping[str, bytes]
) -> None:
    network.write("queue/late.md", post("Late"))
    merged(network)
    assert network.site == whole


def test_a_damaged_shard_is_refused_as_a_whole(network: NetworkFolder, tmp_path: Path) -> None:
    path = tmp_path / "shards" / "shard-3-of-3.tar"
    raw = bytearray(path.read_bytes())
    raw[len(raw.rstrip(b"\0")) - 1] ^= 1
    path.write_bytes(raw)
    assert "holds other bytes than the list says" in refused(network)


def test_a_shard_without_a_seal_needs_a_person_who_vouches_for_it(
    network: NetworkFolder,
    tmp_path: Path,
    whole: Mapping[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BLOGNET_CACHE_KEY")
    assert "It has no seal" in shard(network, 1, tmp_path / "shards")
    assert "--unsealed" in refused(network)
    merged(network, "--unsealed")
    assert network.site == {**whole, ".gitkeep": b""}


def test_a_folder_without_shards_is_refused(network: NetworkFolder, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "shards")
    (tmp_path / "shards").mkdir()
    assert "holds no shards" in refused(network, code=2)


def test_a_shard_needs_a_time(network: NetworkFolder) -> None:
    said = network.blognet("build", "--shard", "1/2")
    assert said.code == 2
    assert "--shard needs --now" in said.err


@pytest.mark.parametrize("text", ["2", "0/2", "3/2", "two/three"])
def test_what_is_no_part_is_refused(network: NetworkFolder, text: str) -> None:
    said = network.blognet("build", "--now", NOW, "--shard", text)
    assert said.code == 2
    assert "expected a part such as 2/5" in said.err


def test_building_a_shard_leaves_the_site_alone(network: NetworkFolder, tmp_path: Path) -> None:
    network.build()
    before = network.site
    network.write("queue/late.md", post("Late"))
    network.approve("late")
    shard(network, 1, tmp_path / "elsewhere")
    assert network.site == before
    assert tree_of(tmp_path / "elsewhere").keys() == {"shard-1-of-3.tar"}
