"""This repository's own network, built twice: for the root of a host, and for a folder below it; and a real blog."""

from __future__ import annotations

import functools
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from tests.browser.built_site import BuiltSite
from tests.invariants.network_folder import NetworkFolder
from tests.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
EXCERPT = REPOSITORY / "tests/corpora/18f-excerpt"
REAL = """\
id: excerpt
title: An office of the government
tagline: What we learned while we built services with agencies
url: https://blog.example
timezone: America/New_York
mayors: [mia]
policy: {solo: true}
permalink: /:year/:month/:slug/
share: [copy, mail, mastodon, linkedin]
theme: {name: default, accent: "#1b6e8a"}
footer: Works of the United States government, in the public domain
"""
PARTS = ("authors", "pages", "posts", "queue", "record", "themes")
MOMENT = datetime(2026, 12, 24, 12, tzinfo=UTC)
"""After everything in the network was decided, and before what is scheduled in it."""

LATER = datetime(2070, 1, 1, 12, tzinfo=UTC)
"""After decisions that tests make by the real clock."""


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


@pytest.fixture(scope="session")
def real_network(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    """Thirty-seven posts of a real blog of employees, as the importer brings them, with four links to share each."""
    network = NetworkFolder(root=tmp_path_factory.mktemp("real") / "network")
    network.write("blognet.yml", REAL)
    network.write("authors/mia.md", "---\nname: Mia Mayor\n---\n")
    network.write("pages/about.md", "---\ntitle: About\nauthors: [mia]\n---\n\nA blog.\n")
    brought = network.blognet("import", "jekyll", str(EXCERPT), who="mia")
    assert brought.code == 0, brought.everything
    network.decided("approve", "--all", "--yes")
    return network


@pytest.fixture(scope="session")
def real_site(
    real_network: NetworkFolder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BuiltSite]:
    """The site of a real blog in the default theme, at the root of a host."""
    with served(real_network, tmp_path_factory.mktemp("host"), start="/", now=LATER) as site:
        yield site


@contextmanager
def served(
    network: NetworkFolder, host: Path, *, start: str, now: datetime = MOMENT
) -> Iterator[BuiltSite]:
    """Build a network's site for a folder of a host, and serve it there."""

    class Handler(_Handler):
        """With this site's own page for wrong addresses."""

    with LoopbackServer(functools.partial(Handler, directory=str(host))) as server:
        address = f"http://127.0.0.1:{server.server_port}{start}"
        folder = host / start.strip("/") if start != "/" else host / "root"
        folder.parent.mkdir(parents=True, exist_ok=True)
        built = build(network.root, now=now, output=folder, base_url=address)
        if start == "/":
            server.RequestHandlerClass = functools.partial(Handler, directory=str(folder))
        Handler.not_found = (folder / "404.html").read_bytes()
        with server.serving():
            yield BuiltSite(folder=folder, address=address, problems=built.problems)
