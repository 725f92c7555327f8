"""Canned replies: from blognet.yml or from files, filled in for the post, and refused when they make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

REPLIES = """\
replies_folder: themes/replies
replies:
  no-picture: |
    Dear {author}, please give "{title}" a picture.

    {mayor}
"""


@pytest.fixture
def folder(network_folder: NetworkFolder) -> NetworkFolder:
    network_folder.write("blognet.yml", network_folder.read("blognet.yml") + REPLIES)
    network_folder.write("themes/replies/too-long.md", "At most 800 words, {author}.\n")
    network_folder.write("themes/replies/README.md", "Our replies.\n")
    network_folder.post("queue/trip.md", title="Our trip")
    return network_folder


def words(folder: NetworkFolder, name: str = "trip") -> str:
    return str(folder.mayor("log", name, "--json").listed("events")[-1]["words"])


def test_a_reply_is_filled_in_for_the_post(folder: NetworkFolder) -> None:
    assert folder.mayor("return", "trip", "--reply", "no-picture").code == 0
    assert words(folder) == 'Dear Ben, please give "Our trip" a picture.\n\nAnn'


def test_a_reply_from_a_file_with_words_added(folder: NetworkFolder) -> None:
    assert folder.mayor("decline", "trip", "--reply", "too-long", "-m", "Sorry.").code == 0
    assert words(folder) == "At most 800 words, Ben.\n\nSorry."


def test_several_posts_get_each_their_own_words(folder: NetworkFolder) -> None:
    folder.post("queue/other.md", title="Other", author="dev")
    assert folder.mayor("hold", "trip", "other", "--reply", "no-picture").code == 0
    assert words(folder, "other").startswith('Dear Dev, please give "Other"')
    assert words(folder).startswith('Dear Ben, please give "Our trip"')


def test_two_authors_are_both_named(folder: NetworkFolder) -> None:
    folder.write("queue/both.md", "---\ntitle: Both\nauthors: [ben, dev]\n---\n\nText.\n")
    folder.mayor("comment", "both", "--reply", "too-long")
    assert words(folder, "both") == "At most 800 words, Ben and Dev."


def test_an_unknown_reply_is_refused_with_those_there_are(folder: NetworkFolder) -> None:
    before = folder.files()
    done = folder.mayor("return", "trip", "--reply", "no-pictures")
    assert (done.code, "did you mean 'no-picture'?" in done.err) == (2, True)
    assert "no-picture, too-long" in folder.mayor("return", "trip", "--reply", "x").err
    assert folder.files() == before


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("themes/replies/odd.md", "Dear {auhtor}\n"),
        ("themes/replies/No Name.md", "x\n"),
        ("themes/replies/picture.png", "x\n"),
        ("themes/replies/no-picture.md", "twice\n"),
        ("themes/replies/empty.md", "\n"),
        ("themes/replies/bytes.md", b"\xff\xfe"),
    ],
)
def test_a_file_that_is_no_reply_is_refused_by_name(
    folder: NetworkFolder, path: str, content: str | bytes
) -> None:
    folder.write(path, content)
    done = folder.mayor("return", "trip", "--reply", "too-long")
    assert (done.code, path in done.err) == (2, True)
    assert not (folder.root / "record").exists()


def test_without_any_replies_the_refusal_says_where_they_are_written(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/trip.md")
    done = network_folder.mayor("return", "trip", "--reply", "x")
    assert (done.code, "'replies' in blognet.yml" in done.err) == (2, True)


def test_an_author_cannot_steer_a_reply_with_a_title(folder: NetworkFolder) -> None:
    folder.post("queue/sly.md", title='"{mayor} {author}"')
    folder.mayor("return", "sly", "--reply", "no-picture")
    assert words(folder, "sly").startswith('Dear Ben, please give "{mayor} {author}" a picture.')
