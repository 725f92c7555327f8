"""``blognet cache``: what is kept goes to another machine, fits into a size, and is gone after a purge."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

KEY = "a key of tests, long enough"
WORDS = "Dev lives in Nowhere Street"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOGNET_CACHE_KEY", KEY)


@pytest.fixture
def built(network_folder: NetworkFolder) -> NetworkFolder:
    """A network that was built, so that something is kept."""
    network_folder.post("queue/hello.md", body=f"{WORDS}.")
    network_folder.mayor("approve", "hello", "--yes")
    assert network_folder.blognet("build").code == 0
    return network_folder


def kept(network: NetworkFolder) -> dict[str, int]:
    said = network.blognet("cache", "--json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    assert found["schema"] == 1
    return {name: found[name]["entries"] for name in ("texts", "pictures")}


def test_what_is_kept_is_counted(built: NetworkFolder) -> None:
    assert kept(built)["texts"] > 0
    said = built.blognet("cache")
    assert ".blognet/cache" in said.out
    assert "  texts: " in said.out


def test_a_network_that_was_never_built_keeps_nothing(network_folder: NetworkFolder) -> None:
    assert kept(network_folder) == {"texts": 0, "pictures": 0}


def test_what_was_exported_can_be_imported_elsewhere(built: NetworkFolder, tmp_path: Path) -> None:
    before = kept(built)
    file = str(tmp_path / "cache.tar")
    assert built.blognet("cache", "export", file).code == 0
    shutil.rmtree(built.root / ".blognet" / "cache")
    done = built.blognet("cache", "import", file, "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["entries"] == sum(before.values())
    assert kept(built) == before


def test_a_poisoned_archive_is_refused_as_a_whole(built: NetworkFolder, tmp_path: Path) -> None:
    file = tmp_path / "cache.tar"
    built.blognet("cache", "export", str(file))
    raw = bytearray(file.read_bytes())
    end = len(raw.rstrip(b"\0"))
    raw[end - 1] ^= 1
    file.write_bytes(raw)
    shutil.rmtree(built.root / ".blognet" / "cache")
    done = built.blognet("cache", "import", str(file))
    assert done.code == 1
    assert "holds other bytes than the list says" in done.err
    assert kept(built) == {"texts": 0, "pictures": 0}


def test_an_archive_without_a_seal_needs_a_person_who_vouches_for_it(
    built: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "cache.tar")
    monkeypatch.delenv("BLOGNET_CACHE_KEY")
    done = built.blognet("cache", "export", file)
    assert "It has no seal" in done.err
    refused = built.blognet("cache", "import", file)
    assert refused.code == 1
    assert "--unsealed" in refused.err
    assert built.blognet("cache", "import", file, "--unsealed").code == 0


def test_a_short_key_is_refused(
    built: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOGNET_CACHE_KEY", "short")
    done = built.blognet("cache", "export", str(tmp_path / "cache.tar"))
    assert done.code == 1
    assert "shorter than 16" in done.err


def test_pruning_leaves_no_more_than_was_asked_for(built: NetworkFolder) -> None:
    assert built.blognet("cache", "prune").code == 0
    assert kept(built)["texts"] > 0
    done = built.blognet("cache", "prune", "--max-size", "0", "--json")
    assert json.loads(done.out)["left"] == {"entries": 0, "bytes": 0}
    assert kept(built) == {"texts": 0, "pictures": 0}


def test_a_size_that_is_none_is_refused(built: NetworkFolder) -> None:
    done = built.blognet("cache", "prune", "--max-size", "much")
    assert done.code == 2
    assert "expected a number such as 500M" in done.err


def test_a_purge_leaves_nothing_in_the_cache(built: NetworkFolder) -> None:
    built.mayor("retract", "hello", "-m", "On request.")
    assert kept(built)["texts"] > 0
    done = built.mayor("purge", "hello", "-m", "On request.")
    assert done.code == 0, done.err
    assert not list((built.root / ".blognet" / "cache").glob("texts-*"))
    assert kept(built) == {"texts": 0, "pictures": 0}
