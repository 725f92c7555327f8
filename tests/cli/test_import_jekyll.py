"""``blognet import jekyll``: everything is brought or named, nothing is overwritten, nothing is approved."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import pytest

from tests.picture_files import png

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

EXCERPT = Path(__file__).parent.parent / "corpora" / "18f-excerpt"
POST = "---\ntitle: {title}\nauthors: [ann]\n---\n\nSee ![a cat]({picture}).\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small Jekyll site: two posts, a picture, an author, and files of the old design."""
    root = tmp_path / "old"
    (root / "_posts").mkdir(parents=True)
    (root / "_authors").mkdir()
    (root / "img").mkdir()
    (root / "_config.yml").write_text("title: Old\nurl: https://old.example.org\n")
    (root / "_layouts").mkdir()
    (root / "_layouts/post.html").write_text("<p>")
    (root / "_posts/2020-01-02-cats.md").write_text(
        POST.format(title="Cats", picture="/img/cat.png")
    )
    (root / "_posts/2020-01-03-dogs.md").write_text(
        POST.format(title="Dogs", picture="/img/dog.png")
    )
    (root / "_authors/eva.md").write_text("---\nname: Eva\n---\n")
    (root / "img/cat.png").write_bytes(png())
    (root / ".git").mkdir()
    (root / ".git/HEAD").write_text("ref: refs/heads/main\n")
    return root


def test_an_import_fills_the_queue_and_approves_nothing(
    network_folder: NetworkFolder, tree: Path
) -> None:
    done = network_folder.blognet("import", "jekyll", str(tree))
    assert done.code == 0
    new = sorted(path for path in network_folder.files() if path.startswith("queue/"))
    assert new == [
        "queue/2020-01-02-cats/cat.png",
        "queue/2020-01-02-cats/index.md",
        "queue/2020-01-03-dogs.md",
    ]
    assert "Brought 2 posts, 1 author and 1 picture or attachment: 4 new files" in done.out
    places = network_folder.blognet("status", "cats", "dogs", "--json").listed("subjects")
    assert [(place["published"], place["proposed"]) for place in places] == [(None, "new")] * 2


def test_every_loss_is_reported_by_file_and_line(network_folder: NetworkFolder, tree: Path) -> None:
    (tree / "_posts/2020-01-04-fish.md").symlink_to("/etc/passwd")
    os.mkfifo(tree / "_posts/2020-01-05-pipe.md")
    done = network_folder.blognet("import", "jekyll", str(tree))
    assert "_posts/2020-01-03-dogs.md:6  warning BN520" in done.out
    assert "_posts/2020-01-04-fish.md: it is a symbolic link" in done.out
    assert "_posts/2020-01-05-pipe.md: it is no plain file" in done.out
    assert "_layouts/post.html: " in done.out
    assert ".git/HEAD" not in done.out


def test_every_file_of_the_tree_is_brought_or_named(
    network_folder: NetworkFolder, tree: Path
) -> None:
    report = network_folder.blognet("import", "jekyll", str(tree), "--json").json()
    left_out = report["left_out"]
    assert isinstance(left_out, list)
    named = {str(one["path"]) for one in left_out}
    assert named == {"_config.yml", "_layouts/post.html"}


def test_an_import_never_writes_over_anything_and_can_be_repeated(
    network_folder: NetworkFolder, tree: Path
) -> None:
    network_folder.post("queue/2020-01-03-dogs.md", title="Mine", body="Kept.")
    network_folder.write("authors/eva.md", "---\nname: Eva the First\n---\n")
    first = network_folder.blognet("import", "jekyll", str(tree), "--json").json()
    assert first["written"] == [
        "queue/2020-01-02-cats/cat.png",
        "queue/2020-01-02-cats/index.md",
    ]
    kept = first["not_written"]
    assert isinstance(kept, list)
    assert {one["path"] for one in kept} == {"queue/2020-01-03-dogs.md", "authors/eva.md"}
    assert "Kept." in network_folder.read("queue/2020-01-03-dogs.md")
    before = network_folder.files()
    again = network_folder.blognet("import", "jekyll", str(tree), "--json").json()
    assert again["written"] == []
    assert again["unchanged"] == first["written"]
    assert network_folder.files() == before


def test_importing_again_after_the_approval_proposes_no_revisions(
    network_folder: NetworkFolder, tree: Path
) -> None:
    network_folder.blognet("import", "jekyll", str(tree))
    network_folder.mayor("approve", "cats", "dogs", "--yes", who="cleo")
    before = network_folder.files()
    assert "posts/2020-01-02-cats/index.md" in before
    again = network_folder.blognet("import", "jekyll", str(tree))
    assert network_folder.files() == before
    assert "post/cats is here already: posts/2020-01-02-cats/index.md" in again.out


def test_a_bundle_of_which_a_killed_import_left_a_part_is_completed(
    network_folder: NetworkFolder, tree: Path
) -> None:
    network_folder.blognet("import", "jekyll", str(tree))
    whole = network_folder.files()
    (network_folder.root / "queue/2020-01-02-cats/index.md").unlink()
    network_folder.blognet("import", "jekyll", str(tree))
    assert network_folder.files() == whole


def test_a_bundle_is_written_whole_or_not_at_all(network_folder: NetworkFolder, tree: Path) -> None:
    network_folder.write("queue/2020-01-02-cats/cat.png", b"another cat")
    network_folder.blognet("import", "jekyll", str(tree))
    assert "queue/2020-01-02-cats/index.md" not in network_folder.files()


def test_a_dry_run_reports_the_same_and_writes_nothing(
    network_folder: NetworkFolder, tree: Path
) -> None:
    before = network_folder.files()
    dry = network_folder.blognet("import", "jekyll", str(tree), "--dry-run")
    assert network_folder.files() == before
    assert "Would bring 2 posts" in dry.out
    wet = network_folder.blognet("import", "jekyll", str(tree))
    assert dry.out.replace("Would bring", "Brought") == wet.out


def test_the_report_goes_to_a_file_that_must_be_new(
    network_folder: NetworkFolder, tree: Path
) -> None:
    report = network_folder.root.parent / "losses.txt"
    done = network_folder.blognet("import", "jekyll", str(tree), "--report", str(report))
    text = report.read_text()
    assert "_posts/2020-01-03-dogs.md:6  warning BN520" in text
    assert "_posts/2020-01-03-dogs.md:6" not in done.out
    refused = network_folder.blognet("import", "jekyll", str(tree), "--report", str(report))
    assert refused.code == 1
    assert report.read_text() == text


def test_a_folder_that_is_no_jekyll_site_is_refused(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    for path in (tmp_path / "nothing", network_folder.root / "queue", network_folder.root):
        refused = network_folder.blognet("import", "jekyll", str(path))
        assert refused.code == 2
        assert refused.err.startswith("error: ")


def test_the_excerpt_of_a_real_blog_is_taken_through_to_approval(
    network_folder: NetworkFolder,
) -> None:
    done = network_folder.blognet("import", "jekyll", str(EXCERPT), "--json")
    assert done.code == 0
    counts = done.json()
    checked = network_folder.blognet("check", "--json").json()
    assert checked["errors"] == 0, checked["problems"]
    network_folder.mayor("approve", "--all", "--yes", who="cleo")
    posts = [
        place
        for place in network_folder.blognet("status", "--all", "--json").listed("subjects")
        if place["kind"] == "post"
    ]
    assert len(posts) == counts["posts"]
    waiting = [place["name"] for place in posts if place["published"] != "live"]
    assert len(waiting) == counts["drafts"]


def test_a_real_blog_comes_out_whole_each_author_with_a_page_and_three_feeds(
    network_folder: NetworkFolder,
) -> None:
    network_folder.blognet("import", "jekyll", str(EXCERPT))
    network_folder.mayor("approve", "--all", "--yes", who="cleo")
    network_folder.mayor("approve", "--all", "--yes")
    assert network_folder.blognet("build").code == 0
    log = network_folder.mayor("log", "--verb", "approve", "--json").listed("events")
    live = {str(event["id"]): str(event["url"]) for event in log if event["kind"] == "post"}
    by_author: dict[str, set[str]] = {}
    for place in network_folder.blognet("status", "--all", "--json").listed("subjects"):
        if place["kind"] == "post" and place["published"] == "live":
            url = live[str(place["id"])]
            assert (network_folder.root / f"site{url}index.html").exists()
            authors = place["authors"]
            assert isinstance(authors, list)
            for author in authors:
                by_author.setdefault(author, set()).add(url)
    assert len(by_author) > 30
    for author, wanted in by_author.items():
        folder = network_folder.root / "site/authors" / author
        assert (folder / "index.html").exists()
        for name in ("feed.xml", "atom.xml"):
            entries = feedparser.parse((folder / name).read_bytes()).entries
            assert {urlsplit(entry.link).path for entry in entries} == wanted
        items = json.loads((folder / "feed.json").read_bytes())["items"]
        assert {urlsplit(item["url"]).path for item in items} == wanted
