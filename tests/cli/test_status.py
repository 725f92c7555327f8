"""``blognet status``: both lights, whose turn it is, the mayor's words, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.network_folder import PROFILE

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


def lights(network_folder: NetworkFolder, name: str) -> tuple[object, object, object]:
    place = network_folder.blognet("status", name, "--json").listed("subjects")[0]
    return place["published"], place["proposed"], place["turn"]


def test_the_lights_follow_a_post_through_its_life(network_folder: NetworkFolder) -> None:
    net = network_folder
    path = net.write("queue/hello.md", "---\ntitle: Hello\nauthors: [ben]\ndraft: true\n---\nHi\n")
    assert lights(net, "hello") == (None, "draft", "author")
    net.blognet("submit", "hello")
    assert lights(net, "hello") == (None, "new", "mayor")
    net.mayor("return", "hello", "-m", "Say who you are.")
    assert lights(net, "hello") == (None, "returned", "author")
    net.post("queue/hello.md", body="I am Ben.")
    assert lights(net, "hello") == (None, "new", "mayor")
    net.mayor("hold", "hello", "-m", "After the fair.")
    assert lights(net, "hello") == (None, "held", "mayor")
    net.mayor("approve", "hello", "--yes")
    assert lights(net, "hello") == ("live", None, "nobody")
    path = net.root / "posts/hello.md"
    path.write_text(path.read_text().replace("I am Ben.", "I am Ben, of course."))
    assert lights(net, "hello") == ("live", "edited", "mayor")
    net.mayor("decline", "hello", "-m", "No.")
    assert lights(net, "hello") == ("live", "declined", "nobody")
    path.unlink()
    assert lights(net, "hello") == ("live", None, "nobody")
    net.mayor("retract", "hello", "-m", "It was wrong.")
    assert lights(net, "hello") == ("retracted", None, "nobody")


@pytest.mark.parametrize(
    ("verb", "shown"),
    [("return", "sent back to you"), ("decline", "declined"), ("hold", "on hold")],
)
def test_the_last_words_of_the_mayor_stand_below_the_post(
    network_folder: NetworkFolder, verb: str, shown: str
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("comment", "hello", "-m", "Nice.")
    network_folder.mayor(verb, "hello", "-m", "Two words.\nAnd a line.")
    out = network_folder.blognet("status").out
    assert f"  {shown}\n  ann, 20" in out
    assert f"({verb}):\n    Two words.\n    And a line.\n" in out
    assert "  note 1 (note, ann): Nice.\n" in out


def test_a_returned_post_says_what_to_do(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("return", "hello", "-m", "Shorter.")
    out = network_folder.blognet("status", "hello").out
    assert "  next: change queue/hello.md as asked; saving it sends it back\n" in out


def test_what_a_mayor_would_type_is_not_offered_to_the_author(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    shown = network_folder.blognet("status")
    assert "next:" not in shown.out
    assert "0 on your turn, 2 on the mayor's" in shown.err


def test_status_shows_my_subjects_and_all_shows_everybodys(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/mine.md", author="ben")
    network_folder.post("queue/hers.md", author="dev")
    network_folder.post("queue/ours.md", author="dev, ben")
    mine = network_folder.blognet("status", "--json").listed("subjects")
    assert [place["name"] for place in mine] == ["mine", "ours", "ben"]
    everybodys = network_folder.blognet("status", "--all", "--json").listed("subjects")
    assert {place["name"] for place in everybodys} >= {"mine", "hers", "ours", "ann", "dev"}


def test_my_turn_comes_first(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/a.md")
    network_folder.write("queue/z.md", "---\ntitle: Z\nauthors: [ben]\ndraft: true\n---\nHi\n")
    mine = network_folder.blognet("status", "--json").listed("subjects")
    assert [place["name"] for place in mine] == ["z", "a", "ben"]


def test_a_faulty_post_shows_its_faults_with_the_command_that_shows_them_again(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write("queue/hello.md", "---\nauthors: [ben]\ntitel: x\n---\nHi\n")
    out = network_folder.blognet("status", "hello").out
    assert "queue/hello.md:3:1  error BN118" in out
    assert "next: blognet check queue/hello.md" in out


def test_a_scheduled_post_says_when_it_appears(network_folder: NetworkFolder) -> None:
    network_folder.write(
        "queue/later.md", "---\ntitle: L\nauthors: [ben]\ndate: 2099-01-02\n---\nHi\n"
    )
    network_folder.mayor("approve", "later", "--yes")
    assert (
        "  appears Fri 2099-01-02 00:00 in UTC\n" in network_folder.blognet("status", "later").out
    )


def test_a_title_cannot_steer_the_terminal(network_folder: NetworkFolder) -> None:
    network_folder.write(
        "queue/evil.md", '---\ntitle: "a\\u202eb\\x1b[2Jc"\nauthors: [ben]\n---\nHi\n'
    )
    out = network_folder.blognet("status").out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_who_has_nothing_is_told_how_to_begin(network_folder: NetworkFolder) -> None:
    network_folder.write(
        "blognet.yml", network_folder.read("blognet.yml").replace("cleo", "cleo, eva")
    )
    shown = network_folder.blognet("status", who="eva")
    assert (shown.code, shown.out) == (0, "")
    assert "blognet new TITLE" in shown.err


def test_without_a_terminal_nobody_is_asked_who_they_are(network_folder: NetworkFolder) -> None:
    shown = network_folder.blognet("status", who="")
    assert shown.code == 2
    assert "--as ID" in shown.err
    assert "blognet me ID" in shown.err
    assert network_folder.blognet("status", "--all", who="").code == 0


@pytest.mark.parametrize("command", ["status", "check"])
def test_a_faulty_record_is_mentioned(network_folder: NetworkFolder, command: str) -> None:
    network_folder.mayor("approve", "profile/ben", "--yes")
    next((network_folder.root / "record").rglob("*.json")).write_text("{}")
    assert "mayor verify" in network_folder.blognet(command).err


def test_a_profile_waits_like_a_post(network_folder: NetworkFolder) -> None:
    assert lights(network_folder, "profile/ben") == (None, "new", "mayor")
    network_folder.mayor("approve", "profile/ben", "--yes")
    assert lights(network_folder, "profile/ben") == ("live", None, "nobody")
    network_folder.write("authors/ben.md", PROFILE.format(name="Benjamin", author="ben"))
    assert lights(network_folder, "profile/ben") == ("live", "edited", "mayor")
