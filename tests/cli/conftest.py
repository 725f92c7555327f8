"""What every test of a command may ask for: a small network, and running commands anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from blognet.cli.boundary import run
from blognet.cli.main import blognet_group
from tests.cli.network_folder import NetworkFolder, Ran, new_network, ran

if TYPE_CHECKING:
    from pathlib import Path


class RunBlognet(Protocol):
    """Types ``blognet`` with arguments."""

    def __call__(self, *arguments: str) -> Ran: ...


@pytest.fixture
def network_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> NetworkFolder:
    """A network with two mayors and four authors, nothing approved."""
    root = tmp_path / "network"
    root.mkdir()
    return new_network(root, capsys)


@pytest.fixture
def run_blognet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> RunBlognet:
    """Type ``blognet`` in the temporary folder."""
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str) -> Ran:
        return ran(capsys, lambda: run(blognet_group(), list(arguments), program="blognet"))

    return typed
