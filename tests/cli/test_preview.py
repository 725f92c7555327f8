"""`blognet preview --output`, and what `serve` and `preview` refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


def _approved(network: NetworkFolder) -> None:
    network.mayor("approve", "--yes", "profile/ben")
    network.post("queue/one.md", title="One")
    network.mayor("approve", "--yes", "one")
    network.blognet("build")
    network.post("queue/two.md", title="Two", body="Not yet.")
    network.post("queue/three.md", title="Three")


def test_a_preview_is_written_with_the_chosen_posts_each_page_marked(
    network_folder: NetworkFolder,
) -> None:
    _approved(network_folder)
    before = network_folder.files()
    target = network_folder.root.parent / "out"

    ran = network_folder.blognet("preview", "two", "--output", str(target))

    pages = {
        path.relative_to(target).as_posix(): path.read_text() for path in target.rglob("*.html")
    }
    assert (ran.code, "1 waiting subject" in ran.out) == (0, True)
    assert any("Not yet." in page for page in pages.values())
    assert not any("Three" in page for page in pages.values())
    assert [name for name, page in pages.items() if 'content="noindex"' not in page] == []
    assert [name for name, page in pages.items() if "blognet-banner" not in page] == []
    assert (target / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert (target / "_blognet/preview.css").is_file()
    assert network_folder.files() == before


def test_a_preview_is_never_written_where_a_site_is(network_folder: NetworkFolder) -> None:
    _approved(network_folder)
    elsewhere = network_folder.root.parent / "public"
    network_folder.blognet("build", "--output", str(elsewhere))
    before = network_folder.files()

    refused = [
        network_folder.blognet("preview", "--queue", "--output", str(target)).code
        for target in (network_folder.root / "site", network_folder.root / "site/x", elsewhere)
    ]

    assert refused == [5, 5, 5]
    assert network_folder.files() == before
    assert not any("Not yet." in path.read_text() for path in elsewhere.rglob("*.html"))


def test_a_preview_needs_to_know_of_what(network_folder: NetworkFolder) -> None:
    assert network_folder.blognet("preview").code == 2
    assert network_folder.blognet("preview", "--queue", "one").code == 2


def test_a_post_that_cannot_be_read_is_refused_with_its_faults(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write("queue/bad.md", "---\ntitle: [\n---\nText.\n")

    ran = network_folder.blognet(
        "preview", "bad", "--output", str(network_folder.root.parent / "o")
    )

    assert ran.code == 1
    assert "queue/bad.md:" in ran.err


def test_a_port_that_is_taken_is_said(network_folder: NetworkFolder) -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = network_folder.blognet("serve", "--port", str(taken.getsockname()[1]))

    assert ran.code == 1
    assert "cannot be used" in ran.err
