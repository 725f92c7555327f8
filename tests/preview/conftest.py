"""A network with something approved, something edited and something new, for previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.invariants.network_folder import CONFIG, NetworkFolder, post, start
from tests.picture_files import png

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def _approved(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    config = CONFIG.replace("https://probe.example", "https://probe.example/blog")
    network = start(tmp_path_factory.mktemp("preview") / "network", config=config)
    network.write("queue/shot/index.md", post("Shot", body="![Shot](shot.png)", tags="[pictures]"))
    network.write("queue/shot/shot.png", png(words="approved"))
    network.write("queue/plain.md", post("Plain", author="bob"))
    network.approve("shot", "plain")
    network.build()
    return network


@pytest.fixture
def network(_approved: NetworkFolder, tmp_path: Path) -> NetworkFolder:
    """A network with a built site; an edit, a new post, a draft and a faulty one wait."""
    import shutil  # noqa: PLC0415

    shutil.copytree(_approved.root, tmp_path / "network")
    network = NetworkFolder(root=tmp_path / "network")
    network.write(
        "queue/fresh/index.md", post("Fresh", body="Brand new. ![Sea](sea.png)", tags="[sea]")
    )
    network.write("queue/fresh/sea.png", png(words="waiting"))
    network.write("queue/sketch.md", post("Sketch", draft="true"))
    network.write("queue/broken.md", "---\ntitle: [\n---\nText.\n")
    plain = network.root / "posts/plain.md"
    plain.write_text(post("Plain", author="bob", body="Edited words."), encoding="utf-8")
    return network
