"""The corpus to measure with is the same every time, and a network like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import texts
from benchmarks.compare import BEGIN, END, put_into
from benchmarks.contestants import Corpus, Ours, contestants, settings
from benchmarks.corpus import write_corpus
from benchmarks.measuring import cost_of, size_of
from benchmarks.peer_content import WRITERS, source_of
from blognet.actions.network import load_network
from blognet.disk.clock import now
from blognet.moderation.standing import Live

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def tree_of(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_everything_in_the_corpus_is_live_and_nothing_waits(tmp_path: Path) -> None:
    write_corpus(tmp_path, posts=45, authors=7, tags=5)
    network = load_network(tmp_path, now=now())
    assert network.record.problems == ()
    assert {type(entry.standing.published) for entry in network.entries.values()} == {Live}
    assert [problem for entry in network.entries.values() for problem in entry.problems] == []
    assert len(network.entries) == 45 + 7 + 2 + 1


def test_two_corpora_of_the_same_numbers_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_corpus(tmp_path / name, posts=25, authors=4, tags=3)
    assert tree_of(tmp_path / "one") == tree_of(tmp_path / "two")


def test_a_post_is_about_six_kilobytes_of_every_kind_of_markdown() -> None:
    bodies = [post.body for post in texts.posts(300, authors=20, tags=20)]
    assert 5_000 < sum(map(len, bodies)) / len(bodies) < 7_000
    everything = "\n".join(bodies)
    for sign in (
        "## ",
        "\n- ",
        "\n1. ",
        "```python",
        "| --- |",
        "> [!NOTE]",
        "[^source]",
        "![",
        "](/",
    ):
        assert sign in everything


@pytest.mark.parametrize("peer", WRITERS)
def test_every_peer_gets_every_post(peer: str, tmp_path: Path) -> None:
    WRITERS[peer](tmp_path / peer, posts=25, authors=4, tags=3)
    for post in texts.posts(25, authors=4, tags=3):
        assert post.title in source_of(tmp_path / peer, peer, post).read_text("utf-8")


def test_an_edit_of_the_template_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    hugo = contestants()[0]
    root = tmp_path / "hugo"
    WRITERS["hugo"](root, posts=2, authors=1, tags=1)
    for number in (1, 2):
        assert hugo.edit_template(root, number)
    frame = (root / "layouts/baseof.html").read_text("utf-8")
    assert frame.count('<meta name="edited"') == 1
    assert '<meta name="edited" content="2">\n</head>' in frame


def test_our_own_template_is_in_every_page(tmp_path: Path) -> None:
    ours = Ours(parser="pyromark")
    ours.write(tmp_path, Corpus(posts=3, authors=2, tags=2))
    for number in (1, 2):
        ours.edit_template(tmp_path, number)
        cost_of(ours.command(), folder=tmp_path, settings=settings())
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")]
    assert len(pages) > 10
    assert [page for page in pages if '<meta name="edited" content="2">' not in page] == []


@pytest.mark.parametrize("ours", [Ours(parser="pyromark"), Ours(parser="pyromark", is_whole=True)])
def test_only_the_whole_site_has_what_nobody_else_makes(ours: Ours, tmp_path: Path) -> None:
    ours.write(tmp_path, Corpus(posts=6, authors=2, tags=2))
    cost_of(ours.command(), folder=tmp_path, settings=settings())
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").glob("2*/*/*.html")]
    assert len(pages) == 6
    assert (tmp_path / "site/search").exists() is ours.is_whole
    assert any("related" in page for page in pages) is ours.is_whole


def test_the_tables_replace_those_of_before_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    assert put_into(page, f"{BEGIN}\nnew\n{END}")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    assert not put_into(tmp_path / "missing.md", "x")


def test_a_cost_holds_what_the_processes_of_a_command_used(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"
    cost = cost_of(("python3", "-c", work), folder=tmp_path, settings={})
    assert cost.wall > 0
    assert cost.processor > 0.02
    assert size_of(tmp_path).total == 3


def test_a_command_that_fails_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        cost_of(("sh", "-c", "echo no such thing; exit 3"), folder=tmp_path, settings={})
