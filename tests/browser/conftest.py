"""This repository's own network, built twice: for the root of a host, and for a folder below it."""

from __future__ import annotations

import functools
import shutil
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from tests.browser.built_site import BuiltSite
from tests.invariants.network_folder import NetworkFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
PARTS = ("authors", "pages", "posts", "queue", "record", "themes")
MOMENT = datetime(2026, 12, 24, 12, tzinfo=UTC)
"""After everything in the network was decided, and before what is scheduled in it."""


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a plain host does: no lists of folders, and the site's own page for wrong addresses."""

    not_found: bytes = b""

    def log_message(self, *_: object) -> None:
        return

    def list_directory(self, path: object) -> None:
        del path
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        del message, explain
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.not_found)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.not_found)


@pytest.fixture(scope="session")
def own_network(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    """A copy of the network at the top of this repository, with one post taken down."""
    root = tmp_path_factory.mktemp("own") / "network"
    root.mkdir()
    shutil.copy(REPOSITORY / "blognet.yml", root)
    for part in PARTS:
        if (REPOSITORY / part).is_dir():
            shutil.copytree(REPOSITORY / part, root / part)
    network = NetworkFolder(root=root)
    network.decided("retract", "what-a-visit-costs", "-m", "The prices were wrong.", who="ann")
    return network


@pytest.fixture(scope="session", params=["/", "/a/b/"], ids=["at the root", "in a folder"])
def own_site(
    request: pytest.FixtureRequest,
    own_network: NetworkFolder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BuiltSite]:
    """The site of this repository's network, served on loopback."""
    with served(own_network, tmp_path_factory.mktemp("host"), start=request.param) as site:
        yield site


@pytest.fixture(scope="session")
def plain_site(
    own_network: NetworkFolder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BuiltSite]:
    """The same network in the plain theme, at the root of a host."""
    network = NetworkFolder(root=tmp_path_factory.mktemp("plain") / "network")
    shutil.copytree(own_network.root, network.root)
    settings = (network.root / "blognet.yml").read_text("utf-8")
    assert "\n  name: default\n" in settings
    network.write("blognet.yml", settings.replace("\n  name: default\n", "\n  name: plain\n"))
    with served(network, tmp_path_factory.mktemp("host"), start="/") as site:
        yield site


@contextmanager
def served(network: NetworkFolder, host: Path, *, start: str) -> Iterator[BuiltSite]:
    """Build a network's site for a folder of a host, and serve it there."""

    class Handler(_Handler):
        """With this site's own page for wrong addresses."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(host)))
    address = f"http://127.0.0.1:{server.server_port}{start}"
    folder = host / start.strip("/") if start != "/" else host / "root"
    folder.parent.mkdir(parents=True, exist_ok=True)
    built = build(network.root, now=MOMENT, output=folder, base_url=address)
    if start == "/":
        server.RequestHandlerClass = functools.partial(Handler, directory=str(folder))
    Handler.not_found = (folder / "404.html").read_bytes()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield BuiltSite(folder=folder, address=address, problems=built.problems)
    server.shutdown()
    server.server_close()
    thread.join()
