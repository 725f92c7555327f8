"""A Dask cluster makes the same site; one that cannot is refused before anything changes, or its work is done here."""

from __future__ import annotations

import shutil
import socket
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions import making, page_slices, texts
from blognet.actions.build import build
from tests.invariants.dask_cluster import CHECKOUT, ClusterForTests, cluster
from tests.invariants.network_folder import NOW, NetworkFolder, post, start
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from blognet.actions.built import Built

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    # Dask's own: sockets of its client that are collected after it was closed.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    network = start(tmp_path_factory.mktemp("cluster") / "network")
    for number in range(14):
        body = f"Words {number} and [another](post-{number + 1}.md)."
        front = {"tags": f"[tag-{number % 3}]", "extra": "{free: [data]}"}
        network.write(f"queue/post-{number}.md", post(f"Post {number}", body=body, **front))
    network.write("queue/shot/index.md", post("Shot", body="![Shot](é.png)"))
    network.write("queue/shot/é.png", png(words="shot"))
    network.decided("approve", "--all", "--yes")
    network.build()
    return network


@pytest.fixture(scope="module")
def whole(original: NetworkFolder) -> Mapping[str, bytes]:
    """The site as one process makes it."""
    return original.site


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClusterForTests]:
    with cluster(tmp_path_factory.mktemp("dask")) as made:
        yield made


@pytest.fixture
def network(
    original: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> NetworkFolder:
    """A clone of the network, in which help is worth it and comes in small pieces."""
    ignored = shutil.ignore_patterns("site", ".blognet")
    shutil.copytree(original.root, tmp_path / "network", ignore=ignored)
    monkeypatch.setattr(texts, "WORTH_WORKERS", 3)
    monkeypatch.setattr(making, "WORTH_WORKERS", 3)
    monkeypatch.setattr(page_slices, "WORTH_WORKERS", 3)
    monkeypatch.setattr(page_slices, "_SLICE", 4)
    return NetworkFolder(root=tmp_path / "network")


class Killing:
    """Kills workers when the first page is there."""

    def __init__(self, cluster: ClusterForTests, many: int) -> None:
        self._doomed = cluster.workers[:many]

    def show(self, what: str, done: int, total: int) -> None:
        del done, total
        for worker in self._doomed if what == "pages" else ():
            worker.kill()


def built(
    network: NetworkFolder, cluster: ClusterForTests, killing: Killing | None = None
) -> Built:
    return build(
        network.root,
        now=datetime.fromisoformat(NOW),
        executor=cluster.address,
        progress=killing.show if killing else None,
    )


def refused(network: NetworkFolder, address: str, code: int = 1) -> str:
    said = network.blognet("build", "--now", NOW, "--executor", address)
    assert said.code == code, said.everything
    assert not (network.root / "site").exists()
    return said.err


def test_a_cluster_makes_the_same_site(
    network: NetworkFolder,
    running: ClusterForTests,
    whole: Mapping[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And nothing is rendered here: every page comes from a worker."""
    near: list[str] = []
    real = page_slices.make_file

    def noted(context: object, name: str, page: object) -> bytes:
        near.append(name)
        return real(context, name, page)  # type: ignore[arg-type]

    monkeypatch.setattr(page_slices, "make_file", noted)
    done = built(network, running)
    assert network.site == whole
    assert done.help_problems == ()
    assert near
    rendered = [name for name in near if name.endswith((".html", ".xml", ".json"))]
    # The files of the search are worked out of all texts together, with what is kept of them.
    assert [name for name in rendered if not name.startswith("search/")] == []


def test_a_second_build_of_the_same_cluster_sees_what_changed(
    network: NetworkFolder, running: ClusterForTests, whole: Mapping[str, bytes]
) -> None:
    path = network.root / "blognet.yml"
    before = path.read_text("utf-8")
    path.write_text(before + "tagline: Another one\n", "utf-8")
    built(network, running)
    assert b"Another one" in network.site["index.html"]
    path.write_text(before, "utf-8")
    built(network, running)
    assert network.site == whole


@pytest.mark.parametrize("many", [1, 2])
def test_a_worker_that_is_killed_changes_no_byte(
    many: int, network: NetworkFolder, tmp_path: Path, whole: Mapping[str, bytes]
) -> None:
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask") as dying:
        built(network, dying, Killing(dying, many))
    assert network.site == whole


def test_a_worker_of_another_version_is_refused(network: NetworkFolder, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for folder in ("blognet", "themes"):
        shutil.copytree(CHECKOUT / folder, other / folder)
    (other / "blognet" / "render" / "more.py").write_text('"""One module more."""\n', "utf-8")
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask", workers=1) as mixed, mixed.worker(code=other):
        said = refused(network, mixed.address)
    assert "another blognet, Python or library than here" in said
    assert "install the same versions" in said


def test_a_cluster_without_workers_is_refused(network: NetworkFolder, tmp_path: Path) -> None:
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask", workers=0) as empty:
        said = refused(network, empty.address)
    assert "has no workers" in said
    assert "dask worker 127.0.0.1:" in said


def test_a_cluster_that_nobody_runs_is_refused(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.net.dask_cluster._PATIENCE", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there, and nobody else can
        said = refused(network, f"dask://127.0.0.1:{taken.getsockname()[1]}")
    assert "cannot be reached" in said
    assert "dask scheduler" in said


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "tcp://127.0.0.1:8786", "dask://", "dask://a:b"]
)
def test_what_is_no_address_of_a_cluster_is_refused(network: NetworkFolder, address: str) -> None:
    assert "expected the scheduler of a Dask cluster" in refused(network, address, code=2)


def test_without_the_extra_it_says_how_to_install_it(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    said = refused(network, "dask://127.0.0.1:8786")
    assert "pip install 'blognet[dask]'" in said
