"""``mayor review`` as a mayor sits before it: a real process on a real pseudo-terminal, key by key."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.actions.network import load_network
from blognet.disk.clock import now
from tests.cli.live_terminal import LiveTerminal

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

ASKS = ",?]? "
ENDS = "[b]ack: "
POST = "---\ntitle: {title}\nauthors: [{author}]\ndate: 2026-01-02\n---\n\n{body}\n"


@pytest.fixture
def network(network_folder: NetworkFolder) -> NetworkFolder:
    """Profiles approved; two posts by ben that wait, the first one longer."""
    for author in ("ann", "ben", "cleo", "dev"):
        mayor = "cleo" if author == "ann" else "ann"
        assert network_folder.mayor("approve", f"profile/{author}", "--yes", who=mayor).code == 0
    _write(network_folder, "boats", "Boats float.", age=3 * 86400)
    _write(network_folder, "nets", "A net is mostly **holes**.", age=3600)
    return network_folder


def _write(
    network: NetworkFolder, name: str, body: str, *, author: str = "ben", age: int = 60
) -> None:
    text = POST.format(title=name.title(), author=author, body=body)
    path = network.write(f"queue/{name}.md", text)
    moment = time.time() - age
    os.utime(path, (moment, moment))


def _review(network: NetworkFolder, *arguments: str, **more: object) -> LiveTerminal:
    who = str(more.pop("who", "ann"))
    return LiveTerminal(network.root, "mayor", "--as", who, "review", *arguments, **more)  # type: ignore[arg-type]


def _events(network: NetworkFolder, name: str) -> list[str]:
    folder = network.root / "record/post" / name
    return sorted(path.name.split("-")[1] for path in folder.glob("*.json"))


def _kept(network: NetworkFolder) -> list[str]:
    found = json.loads(network.read(".blognet/review.json"))
    return [f"{one['verb']} {one['subject']}" for one in found["reviews"].get("ann", [])]


def test_a_queue_is_answered_with_single_keys_and_written_at_the_end(
    network: NetworkFolder,
) -> None:
    with _review(network) as terminal:
        first = terminal.wait_for(ASKS)
        assert "1 of 2 · new · waits 3 d" in first
        assert "Boats float." in first
        assert "Nets" in terminal.press("a", ASKS)
        assert _events(network, "boats") == []  # nothing is written before the end
        assert "What should change?" in terminal.press("r", "> ")
        summary = terminal.press("Whose net is it?\n", ENDS)
        assert "approve  boats@" in summary
        assert "return   nets@" in summary
        assert "“Whose net is it?”" in summary
        terminal.type("w")
        assert terminal.end() == 0
        assert "approved boats@" in terminal.shown
        assert "returned nets@" in terminal.shown
        assert terminal.modes() == terminal.modes_before
    assert (_events(network, "boats"), _events(network, "nets")) == (["approve"], ["return"])
    assert (network.root / "posts/boats.md").exists()
    assert "Whose net is it?" in network.mayor("log", "nets").out
    found = load_network(network.root, now=now())
    seen = [e.seen for d in found.record.subjects.values() for e in d.history.events][:2]
    assert {str(one) for one in seen} == {"shown"}


def test_with_commit_everything_becomes_one_commit(network: NetworkFolder) -> None:
    for command in (
        ["init", "-q"],
        ["config", "user.name", "Ann"],
        ["config", "user.email", "ann@example.org"],
        ["add", "-A"],
        ["commit", "-qm", "begin"],
    ):
        network.git(*command)
    with _review(network, "--commit") as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.press("a", ENDS)
        terminal.type("w")
        assert terminal.end() == 0
        assert "committed as" in terminal.shown
    assert network.git("log", "--format=%s").split("\n")[:2] == ["approve: 2 subjects", "begin"]
    assert network.git("status", "--porcelain") == ""


def test_a_review_that_is_killed_goes_on_where_it_was(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.press("d", "> ")
        terminal.press("Not ours.\n", ENDS)
        terminal.kill(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    assert _kept(network) == ["approve post/boats", "decline post/nets"]
    with _review(network) as terminal:
        offered = terminal.wait_for("[n]o, forget them: ")
        assert "“Not ours.”" in offered
        terminal.press("y", ENDS)
        terminal.type("w")
        assert terminal.end() == 0
    assert (_events(network, "boats"), _events(network, "nets")) == (["approve"], ["decline"])
    assert _kept(network) == []


def test_what_changed_after_a_kill_is_shown_again_and_its_answer_dropped(
    network: NetworkFolder,
) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.kill()
        terminal.end()
    _write(network, "boats", "Boats sink.", age=3 * 86400)
    with _review(network) as terminal:
        shown = terminal.wait_for(ASKS)
        assert "boats changed since: the 'approve' kept for it was dropped, look again." in shown
        assert "Boats sink." in shown
        assert "(1/2) boats [" in shown


def test_what_changes_during_a_review_is_shown_again_instead_of_being_decided(
    network: NetworkFolder,
) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.press("a", ENDS)
        _write(network, "boats", "Boats sink.", age=3 * 86400)
        again = terminal.press("w", ASKS)
        assert "boats changed while you reviewed: look again." in again
        assert "Boats {-float-}{+sink+}." in again
        assert (_events(network, "boats"), _events(network, "nets")) == ([], [])
        terminal.press("a", ENDS)
        terminal.type("w")
        assert terminal.end() == 0
    assert (_events(network, "boats"), _events(network, "nets")) == (["approve"], ["approve"])


def test_an_answer_that_became_impossible_is_told_and_the_rest_is_written(
    network: NetworkFolder,
) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.press("a", ENDS)
        assert network.mayor("approve", "boats", "--yes", who="cleo").code == 0
        terminal.type("w")
        assert terminal.end() == 1
        assert "boats does not wait any more" in terminal.shown
        assert "approved nets@" in terminal.shown
    assert (_events(network, "boats"), _events(network, "nets")) == (["approve"], ["approve"])


def test_undo_takes_back_until_the_end(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        assert "Undone: the last thing about boats." in terminal.press("u", ASKS)
        assert _kept(network) == []
        assert "There is nothing to undo." in terminal.press("u", ASKS)
        terminal.type("q")
        assert terminal.end() == 0
        assert "Nothing was decided." in terminal.shown


def test_leaving_can_discard_or_keep(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.press("q", ENDS)
        terminal.type("k")
        assert terminal.end() == 0
    assert _kept(network) == ["approve post/boats"]
    with _review(network) as terminal:
        terminal.wait_for("[n]o, forget them: ")
        terminal.press("y", ASKS)
        terminal.press("q", ENDS)
        terminal.type("d")
        assert terminal.end() == 0
        assert "Discarded: nothing was decided." in terminal.shown
    assert _kept(network) == []
    assert _events(network, "boats") == []


def test_own_work_and_faults_say_why_a_key_is_refused(network: NetworkFolder) -> None:
    _write(network, "mine", "By me.", author="ann", age=5 * 86400)
    network.write("queue/broken.md", "---\ntitle: Broken\nauthors: [ben]\ntag: x\n---\n\nText.\n")
    with _review(network, "mine", "broken") as terminal:
        terminal.wait_for(ASKS)
        assert "mine is your own work, so another mayor" in terminal.press("a", ASKS)
        shown = terminal.press("n", ASKS)
        assert "tag: x\nqueue/broken.md:4:1  error BN" in shown
        assert "did you mean 'tags'?" in shown
        assert "broken has faults and cannot be approved." in terminal.press("a", ASKS)
        assert "has faults, so there is no page" in terminal.press("o", ASKS)
        assert "There are no files beside the text." in terminal.press("i", ASKS)
        assert "no key here" in terminal.press("z", ASKS)


def test_an_edit_of_a_live_post_shows_what_changed_and_the_whole_text_at_a_key(
    network: NetworkFolder,
) -> None:
    network.write("queue/trip/index.md", POST.format(title="Trip", author="ben", body="At six."))
    network.write("queue/trip/map.txt", "the old map")
    assert network.mayor("approve", "trip", "--yes").code == 0
    network.write("posts/trip/index.md", POST.format(title="Trip", author="ben", body="At seven."))
    network.write("posts/trip/map.txt", "the new map, larger")
    with _review(network, "trip") as terminal:
        shown = terminal.wait_for(ASKS)
        assert "At {-six-}{+seven+}." in shown
        assert "changed  map.txt (11 B, " in shown
        assert "-At six.\n+At seven." in terminal.press("w", ASKS)
        whole = terminal.press("v", ASKS)
        assert "\nAt seven.\n" in whole
        assert "changed since the live" not in whole
        files = terminal.press("i", ASKS)
        assert "(11 B, " in files
        assert "to (19 B, " in files
        assert "You have not looked at it before" in terminal.press("l", ASKS)


def test_a_long_text_is_shown_in_pages_that_fit(network: NetworkFolder) -> None:
    _write(network, "long", "\n\n".join(f"Paragraph {n}." for n in range(40)), age=9 * 86400)
    with _review(network, "long", size=(24, 80)) as terminal:
        shown = terminal.wait_for(ASKS)
        assert shown.count("\n") <= 24
        assert "-- page 1 of" in shown
        assert "Paragraph 39." not in shown
        second = terminal.press(" ", ASKS)
        assert "Paragraph 0." not in second
        assert "Paragraph 9." in second
        assert "Paragraph 0." in terminal.press("b", ASKS)
        assert "beginning" in terminal.press("b", ASKS)
        while "That is the end of it." not in shown:
            shown = terminal.press(" ", ASKS)
        assert "Paragraph 39." in shown


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_window(network: NetworkFolder, columns: int) -> None:
    words = "A sentence of some length that goes on, 漢字漢字漢字 too. " * 12
    _write(network, "wide", f"{words}\n\n> {words}\n\n- {words}", age=9 * 86400)
    with _review(network, "wide", size=(60, columns)) as terminal:
        shown = terminal.wait_for("[a,r,d,")
        text = shown[shown.index("A sentence") : shown.rindex("\n")]
        wide = [len(line) + sum(c in "漢字" for c in line) for line in text.split("\n")]
        assert max(wide) <= min(columns, 100)
        assert max(wide) > min(columns, 100) - 14


def test_a_window_that_is_pulled_is_filled_anew(network: NetworkFolder) -> None:
    _write(network, "wide", "word " * 60, age=9 * 86400)
    with _review(network, "wide", size=(24, 80)) as terminal:
        terminal.wait_for(ASKS)
        terminal.resize(40, 50)
        again = terminal.wait_for("[a,r,d,")
        lines = [line for line in again.split("\n") if line.startswith("word ")]
        assert max(map(len, lines)) <= 50
        assert len(lines) == 6


def test_ctrl_c_leaves_at_once_and_keeps_what_was_chosen(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.type("\x03")
        assert terminal.end() == 130
        assert "1 of your choices kept, nothing written" in terminal.shown
        assert terminal.modes() == terminal.modes_before
    assert _kept(network) == ["approve post/boats"]


def test_ctrl_c_and_ctrl_d_while_words_are_asked_only_end_the_question(
    network: NetworkFolder,
) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        for key in ("\x03", "\x04", "\n"):
            terminal.press("r", "> ")
            assert "Never mind" in terminal.press(key, ASKS)
        terminal.type("\x04")
        assert terminal.end() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_from_outside_the_terminal_is_put_back_and_nothing_lost(
    network: NetworkFolder, number: signal.Signals
) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        assert terminal.modes() != terminal.modes_before
        terminal.kill(number)
        assert terminal.end() == 128 + number
        assert terminal.modes() == terminal.modes_before
    assert _kept(network) == ["approve post/boats"]


def test_a_window_that_is_closed_loses_nothing(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.hang_up()
        terminal.process.wait(60)
    assert _kept(network) == ["approve post/boats"]


def test_ctrl_z_gives_the_terminal_back_and_fg_shows_the_page_again(
    network: NetworkFolder,
) -> None:
    with _review(network, jobs=True) as terminal:
        terminal.wait_for(ASKS)
        assert "terminal is plain" in terminal.press("\x1a", "]\n")
        assert "Boats float." in terminal.press("fg\n", ASKS)
        terminal.press("a", ASKS)
        terminal.press("a", ENDS)
        terminal.type("w")
        assert terminal.end() == 0
    assert _events(network, "boats") == ["approve"]


def test_keys_typed_ahead_are_not_lost(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.type("rShorter, please: über 漢字.\naw")
        assert terminal.end() == 0
    assert "    Shorter, please: über 漢字.\n" in network.mayor("log", "boats").out
    assert _events(network, "nets") == ["approve"]


def test_words_can_be_written_in_an_editor(network: NetworkFolder, tmp_path: Path) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_text('Two\\n\\nparagraphs.' + path.read_text())\n",
        encoding="utf-8",
    )
    with _review(network, settings={"EDITOR": f"{sys.executable} {editor}"}) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("r", "> ")
        terminal.press("e\n", ASKS)
        terminal.press("q", ENDS)
        terminal.type("w")
        assert terminal.end() == 0
    assert "    Two\n    \n    paragraphs.\n" in network.mayor("log", "boats").out


def test_the_preview_is_the_real_page_marked_and_gone_afterwards(
    network: NetworkFolder, tmp_path: Path
) -> None:
    note, copy = tmp_path / "opened.txt", tmp_path / "page.html"
    browser = tmp_path / "browser.py"
    browser.write_text(
        "import sys, pathlib, urllib.request, shutil\n"
        f"pathlib.Path({str(note)!r}).write_text(sys.argv[1])\n"
        f"shutil.copy(urllib.request.url2pathname(sys.argv[1][7:]), {str(copy)!r})\n",
        encoding="utf-8",
    )
    settings = {"BROWSER": f"{sys.executable} {browser} %s"}
    with _review(network, settings=settings) as terminal:
        terminal.wait_for(ASKS)
        assert "open in your browser" in terminal.press("o", ASKS)
        address = note.read_text(encoding="utf-8")
        page = copy.read_text(encoding="utf-8")
        assert "<p>Boats float.</p>" in page
        assert "Preview of boats, as it lies on disk. Not published" in page
        assert "theme/article.css" in page
        assert not (network.root / "site").exists()
        terminal.type("q")
        assert terminal.end() == 0
    assert address.startswith("file:///")
    assert not Path(address.removeprefix("file://")).exists()


def test_without_a_browser_the_path_is_told(network: NetworkFolder) -> None:
    with _review(network, settings={"BROWSER": "/bin/false", "PATH": "/nowhere"}) as terminal:
        terminal.wait_for(ASKS)
        told = terminal.press("o", ASKS)
        assert "There is no browser here." in told
        assert "boats/index.html" in "".join(told.split("\n"))


def test_colours_are_left_out_on_request_and_authors_cannot_steer_the_terminal(
    network: NetworkFolder,
) -> None:
    _write(network, "steer", "Red \033[31mtext\033[0m and \033]0;title\007.", age=9 * 86400)
    with _review(network, "steer") as terminal:
        terminal.wait_for(ASKS)
        assert "\033" not in terminal.raw
        assert "�[31mtext" in terminal.shown
    with _review(network, "steer", settings={"NO_COLOR": ""}) as terminal:
        terminal.wait_for(ASKS)
        assert "\033[1m" in terminal.raw
        assert "\033[31mtext" not in terminal.raw
        assert "\033]" not in terminal.raw


def test_nothing_to_review_is_said_and_no_terminal_is_a_fault_of_usage(
    network: NetworkFolder,
) -> None:
    refused = network.mayor("review")
    assert (refused.code, "needs a terminal" in refused.err) == (2, True)
    with _review(network, "--author", "dev") as terminal:
        assert terminal.end() == 0
        assert "Nothing waits for you." in terminal.shown


def test_two_mayors_in_one_copy_do_not_get_each_others_choices(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("a", ASKS)
        terminal.press("q", ENDS)
        terminal.type("k")
        terminal.end()
    with _review(network, who="cleo") as terminal:
        assert "not finished" not in terminal.wait_for(ASKS)
        terminal.type("q")
        terminal.end()
    assert _kept(network) == ["approve post/boats"]
