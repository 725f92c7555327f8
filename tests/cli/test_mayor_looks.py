"""``mayor show``, ``diff``, ``queue`` and ``claim``: what a mayor sees before deciding."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.live_terminal import LiveTerminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

DAY = 86400


def _aged(network: NetworkFolder, name: str, days: float, **more: str) -> None:
    path = network.post(f"queue/{name}.md", title=name.title(), **more)
    moment = time.time() - days * DAY
    os.utime(path, (moment, moment))


def _posts(network: NetworkFolder, *arguments: str, who: str = "ann") -> list[str]:
    found = network.mayor("queue", "--json", *arguments, who=who).listed("waiting")
    return [str(one["name"]) for one in found if one["kind"] == "post"]


# --- show --------------------------------------------------------------------------------------------------------


def test_show_gives_the_text_as_readers_get_it_and_the_source_with_raw(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write(
        "queue/trip/index.md",
        "---\ntitle: Trip\nauthors: [ben]\nsummary: At sea.\n---\n\n"
        "## Where\n\nSee [the port](https://example.org/p).\n\n![Nets](nets.txt)\n",
    )
    network_folder.write("queue/trip/nets.txt", "x" * 1234)
    shown = network_folder.mayor("show", "trip")
    assert shown.code == 0
    assert "summary: At sea." in shown.out
    assert "See the port <https://example.org/p>." in shown.out
    assert "[image: Nets (1 kB, " in shown.out
    raw = network_folder.mayor("show", "trip", "--raw").out
    assert "See [the port](https://example.org/p)." in raw
    assert "\n---\n" in raw


def test_show_marks_a_first_post_and_tells_what_an_author_did_before(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/one.md", title="One")
    network_folder.post("queue/two.md", title="Two")
    network_folder.post("queue/three.md", title="Three")
    assert "Ben: first post" in network_folder.mayor("show", "one").out
    network_folder.mayor("approve", "one", "--yes")
    network_folder.mayor("decline", "two", "-m", "Not here.")
    shown = network_folder.mayor("show", "three")
    assert "Ben: 1 live, 1 declined, last " in shown.out
    assert "'One'" in shown.out
    (history,) = network_folder.mayor("show", "three", "--json").listed("history")
    assert (history["first_post"], history["live"], history["declined"]) == (False, 1, 1)
    assert (history["last"], history["author"]) == ("one", "ben")


def test_show_puts_faults_below_their_lines(network_folder: NetworkFolder) -> None:
    network_folder.write("queue/a.md", "---\ntitle: A\nauthors: [ben]\ntag: x\n---\n\nText.\n")
    lines = network_folder.mayor("show", "a").out.split("\n")
    at = lines.index("tag: x")
    assert lines[at + 1].startswith("queue/a.md:4:1  error BN")
    assert "did you mean 'tags'?" in "\n".join(lines[at:])


def test_show_puts_a_warning_below_the_paragraph_it_is_about(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post(
        "queue/a.md", body="First.\n\n<img src='https://elsewhere.example/x.png'>\n\nLast.[^1]\n\n[^1]: Note."
    )  # fmt: skip
    lines = network_folder.mayor("show", "a").out.split("\n")
    at = next(number for number, line in enumerate(lines) if "warning BN455" in line)
    assert lines.index("First.") < at < lines.index("Last.[1]")


def test_show_lets_nobody_steer_the_terminal(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/a.md", title="A \\e[2J", body="Text \033[2J\033]0;x\007.")
    for arguments in ([], ["--raw"]):
        shown = network_folder.mayor("show", "a", *arguments)
        assert "\033" not in shown.out + shown.err
        assert "\007" not in shown.out + shown.err


# --- diff --------------------------------------------------------------------------------------------------------


def test_diff_word_by_word_marks_what_went_and_what_came(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/trip.md", body="We left at six.\n\nAnd came back.")
    network_folder.mayor("approve", "trip", "--yes")
    network_folder.post("posts/trip.md", body="We left at seven.\n\nAnd came back.")
    shown = network_folder.mayor("diff", "trip", "--words")
    assert (shown.code, "We left at {-six-}{+seven+}." in shown.out) == (0, True)
    assert "@@ line" in shown.out
    assert "-We left at six." in network_folder.mayor("diff", "trip").out
    assert "nothing changed" in network_folder.mayor("diff", "trip", "--since-seen", "--words").err


# --- queue -------------------------------------------------------------------------------------------------------


def test_the_longest_waiting_stands_first_with_its_age(network_folder: NetworkFolder) -> None:
    _aged(network_folder, "a", 1)
    _aged(network_folder, "b", 5)
    _aged(network_folder, "c", 0.2)
    assert _posts(network_folder) == ["b", "a", "c"]
    shown = network_folder.mayor("queue")
    assert "  5 d  new " in shown.out
    assert "b for 5 d" in shown.err


def test_what_waits_for_its_author_stands_below_what_waits_for_a_mayor(
    network_folder: NetworkFolder,
) -> None:
    _aged(network_folder, "a", 9)
    _aged(network_folder, "b", 1)
    network_folder.mayor("return", "a", "-m", "Shorter.")
    assert _posts(network_folder) == ["b", "a"]


def test_git_tells_since_when_the_bytes_are_there(network_folder: NetworkFolder) -> None:
    _aged(network_folder, "new", 1)
    network_folder.post("queue/old.md", title="Old")
    then = f"{int(time.time()) - 30 * DAY} +0000"
    dates = {"GIT_AUTHOR_DATE": then, "GIT_COMMITTER_DATE": then}
    for command in (["init", "-q"], ["add", "queue/old.md"], ["commit", "-qm", "a post"]):
        subprocess.run(
            ["git", "-c", "user.name=Ben", "-c", "user.email=b@example.org", *command],
            cwd=network_folder.root, check=True, env={**os.environ, **dates},
        )  # fmt: skip
    assert _posts(network_folder) == ["old", "new"]
    (first, _) = [
        one
        for one in network_folder.mayor("queue", "--json").listed("waiting")
        if one["kind"] == "post"
    ]
    age = first["age_seconds"]
    assert isinstance(age, int)
    assert 30 * DAY - 5 <= age <= 30 * DAY + 600


def test_the_queue_of_one_author(network_folder: NetworkFolder) -> None:
    _aged(network_folder, "a", 1)
    _aged(network_folder, "b", 1, author="dev")
    assert _posts(network_folder, "--author", "dev") == ["b"]
    stranger = network_folder.mayor("queue", "--author", "eve")
    assert (stranger.code, "'eve' is no author" in stranger.err) == (2, True)


# --- claim -------------------------------------------------------------------------------------------------------


def test_a_claim_is_seen_by_all_and_listed_as_mine(network_folder: NetworkFolder) -> None:
    _aged(network_folder, "a", 2)
    _aged(network_folder, "b", 1)
    assert "claimed a@" in network_folder.mayor("claim", "a", "./queue/a.md", "a").out
    assert _posts(network_folder, "--mine") == ["a"]
    assert _posts(network_folder, "--mine", who="cleo") == []
    shown = network_folder.mayor("queue", who="cleo").out
    assert "CLAIMED" in shown
    assert network_folder.mayor("verify").code == 0


def test_a_claim_ends_when_it_is_given_back_or_something_is_decided(
    network_folder: NetworkFolder,
) -> None:
    _aged(network_folder, "a", 2)
    network_folder.mayor("claim", "a")
    network_folder.mayor("claim", "a", who="cleo")
    (found,) = network_folder.mayor("queue", "--author", "ben", "--json").listed("waiting")[:1]
    assert found["claimed_by"] == ["ann", "cleo"]
    assert "gave back a@" in network_folder.mayor("claim", "a", "--release").out
    assert _posts(network_folder, "--mine") == []
    assert _posts(network_folder, "--mine", who="cleo") == ["a"]
    network_folder.mayor("return", "a", "-m", "Shorter.")
    assert _posts(network_folder, "--mine", who="cleo") == []


@pytest.mark.parametrize(
    ("arguments", "who", "code"),
    [
        (("claim", "a"), "ben", 4),
        (("claim", "a", "--release"), "ann", 5),
        (("claim", "--release", "none"), "ann", 2),
        (("claim",), "ann", 2),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(
    network_folder: NetworkFolder, arguments: tuple[str, ...], who: str, code: int
) -> None:
    _aged(network_folder, "a", 1)
    assert network_folder.mayor(*arguments, who=who).code == code


def test_a_claim_decides_nothing(network_folder: NetworkFolder) -> None:
    _aged(network_folder, "a", 1)
    network_folder.mayor("claim", "a", who="cleo")
    assert network_folder.mayor("claim", "a", who="cleo").code == 5
    assert network_folder.mayor("approve", "a", "--yes").code == 0


# --- what a queue says -------------------------------------------------------------------------------------------


def test_what_was_returned_and_is_back_says_so(network_folder: NetworkFolder) -> None:
    path = network_folder.post("queue/trip.md")
    network_folder.mayor("return", "trip", "-m", "Longer, please.")
    (row,) = network_folder.mayor("queue", "--author", "ben", "--json").listed("waiting")[-1:]
    assert (row["what"], row["returned"]) == ("returned", 1)
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
    shown = network_folder.mayor("queue")
    assert "new, back" in shown.out
    assert network_folder.mayor("approve", "trip", "--yes").code == 0
    moved = network_folder.root / "posts/trip.md"
    moved.write_text(moved.read_text("utf-8") + "\nEven more.\n", "utf-8")
    assert "back" not in network_folder.mayor("queue").out  # an approval ends that


def _on_terminal(network: NetworkFolder, *arguments: str, columns: int = 80, **more: str) -> str:
    settings = {"PAGER": "", **more}
    with LiveTerminal(
        network.root, "mayor", "--as", "ann", *arguments, size=(24, columns), settings=settings
    ) as terminal:
        assert terminal.end() == 0
        return terminal.shown


def test_a_narrow_terminal_shows_all_of_the_queue_in_two_lines_each(
    network_folder: NetworkFolder,
) -> None:
    title = "A title that is long enough to need some room of its own"
    network_folder.post("queue/a-name-that-is-long-for-a-table.md", title=title)
    network_folder.mayor("claim", "a-name")
    narrow = _on_terminal(network_folder, "queue")
    table = narrow.partition(" due today")[0]
    assert max(len(line) for line in table.split("\n")) <= 80
    flowing = " ".join(narrow.split())
    for said in (title, "1 word", "claimed by ann", "ben (first post)", "left", "new"):
        assert said in flowing
    wide = _on_terminal(network_folder, "queue", columns=200)
    assert "CLAIMED" in wide
    assert title in wide


def test_a_long_text_goes_through_the_pager_of_the_person(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    pager = tmp_path / "pager.py"
    pager.write_text(
        "import sys\nprint('through the pager:', len(sys.stdin.read().splitlines()) > 40)\n",
        encoding="utf-8",
    )
    network_folder.post("queue/long.md", body="\n\n".join(f"Line {n}." for n in range(40)))
    network_folder.post("queue/short.md")
    setting = f"{sys.executable} {pager}"
    assert "through the pager: True" in _on_terminal(network_folder, "show", "long", PAGER=setting)
    assert "through the pager" not in _on_terminal(network_folder, "show", "short", PAGER=setting)
    assert "Line 39." in _on_terminal(network_folder, "show", "long", PAGER="")
    assert "Line 39." in network_folder.mayor("show", "long").out


# --- as JSON -----------------------------------------------------------------------------------------------------


def test_a_difference_as_json_has_lines_and_files(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/trip/index.md", body="At six.")
    network_folder.write("queue/trip/map.txt", "old")
    new = network_folder.mayor("diff", "trip", "--json").json()
    assert (new["before"], new["lines"]) == (None, [])
    network_folder.mayor("approve", "trip", "--yes")
    network_folder.post("posts/trip/index.md", body="At seven.")
    network_folder.write("posts/trip/map.txt", "newer")
    found = network_folder.mayor("diff", "trip", "--json")
    assert found.json()["lines"][-2:] == ["-At six.", "+At seven."]  # type: ignore[index]
    (file,) = found.listed("files")
    assert (file["path"], file["before"]["size"], file["after"]["size"]) == ("map.txt", 3, 5)  # type: ignore[index]
    assert network_folder.mayor("diff", "trip", "--json", "--sides").code == 2


def test_tidying_as_json_says_what_moves_where(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/trip.md")
    network_folder.mayor("approve", "trip", "--yes")
    (network_folder.root / "posts/trip.md").rename(network_folder.root / "queue/trip.md")
    found = network_folder.mayor("tidy", "--dry-run", "--json").listed("moved")
    assert found == [{"from": "queue/trip.md", "to": "posts/trip.md", "stays": ""}]


def test_a_verb_that_there_is_not_is_refused_in_the_log(network_folder: NetworkFolder) -> None:
    done = network_folder.mayor("log", "--verb", "aprove")
    assert (done.code, "did you mean 'approve'?" in done.err) == (2, True)
    assert "Nothing of that kind" in network_folder.mayor("log", "--verb", "decline").err
