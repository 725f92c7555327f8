"""What a review asks for in whole lines, and who may press what: real processes on real pseudo-terminals."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

import pytest

from blognet.actions.network import load_network
from blognet.disk.clock import now
from blognet.kernel.ids import Kind, Subject
from tests.cli.live_terminal import LiveTerminal
from tests.cli.network_folder import NetworkFolder

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.moderation.events import Event

ASKS = ",?]? "
ENDS = "[b]ack: "
POST = "---\ntitle: {title}\nauthors: [{author}]\ndate: 2026-01-02\n---\n\n{body}\n"
STAGES = """\
stages:
  - id: legal
    title: Legal
    reviewers: [dev, cleo]
    when: {words: [price]}
"""
REPLIES = """\
replies:
  no-picture: |
    Dear {author}, please give "{title}" a picture.
  too-long: At most 800 words, please.
"""


@pytest.fixture
def network(network_folder: NetworkFolder) -> NetworkFolder:
    """Profiles approved, and two posts by ben that wait; those about prices wait for legal, too."""
    network_folder.write("blognet.yml", network_folder.read("blognet.yml") + STAGES + REPLIES)
    for author in ("ann", "ben", "cleo", "dev"):
        mayor = "cleo" if author == "ann" else "ann"
        assert network_folder.mayor("approve", f"profile/{author}", "--yes", who=mayor).code == 0
    _write(network_folder, "boats", "Boats float on\nthe water. They float well.", age=3 * 86400)
    _write(network_folder, "costs", "The price went up.", age=3600)
    return network_folder


def _write(network: NetworkFolder, name: str, body: str, *, age: int, author: str = "ben") -> None:
    path = network.write(
        f"queue/{name}.md", POST.format(title=name.title(), author=author, body=body)
    )
    moment = time.time() - age
    os.utime(path, (moment, moment))


def _review(network: NetworkFolder, *arguments: str, **more: object) -> LiveTerminal:
    who = str(more.pop("who", "ann"))
    return LiveTerminal(network.root, "mayor", "--as", who, "review", *arguments, **more)  # type: ignore[arg-type]


def _events(network: NetworkFolder, name: str) -> tuple[Event, ...]:
    subject = Subject(kind=Kind.POST, id=name)
    return load_network(network.root, now=now()).record.of(subject).history.events


def _said(network: NetworkFolder, name: str) -> list[str]:
    return [f"{one.actor} {one.verb.value} {one.stage}".strip() for one in _events(network, name)]


def _write_it(terminal: LiveTerminal) -> None:
    """End the review, if it did not, and write what was chosen."""
    terminal.type("w")
    assert terminal.end() == 0


# --- stages ------------------------------------------------------------------------------------------------------


def test_a_reviewer_sees_what_waits_for_the_stage_alone_and_says_yes(
    network: NetworkFolder,
) -> None:
    with _review(network, who="dev") as terminal:
        shown = terminal.wait_for(ASKS)
        assert "1 of 1" in shown
        assert "stages: legal 0 of 1 (cleo, dev)" in shown
        assert "[y,r,c,m,s,o," in shown
        assert "You say yes for legal with y." in terminal.press("a", ASKS)
        terminal.press("m", "on> ")
        terminal.press("\n", "\n> ")
        assert "The question is noted." in terminal.press("? Is it so.\n", ASKS)
        assert "yes for legal costs@" in terminal.press("y", ENDS)
        _write_it(terminal)
        assert "approved costs@" in terminal.shown
        assert "for the stage legal" in terminal.shown
    assert _said(network, "costs") == ["dev comment", "dev approve legal"]
    with _review(network, who="dev") as terminal:
        assert terminal.end() == 0
        assert "Nothing waits for you." in terminal.shown


def test_a_mayor_who_reviews_a_stage_says_yes_twice_in_one_go(network: NetworkFolder) -> None:
    with _review(network, "costs", who="cleo") as terminal:
        terminal.wait_for(ASKS)
        refused = " ".join(terminal.press("A", ASKS).split())
        assert "costs still waits for legal 0 of 1" in refused
        assert "You say yes for legal with y." in refused
        assert "As a mayor you may approve it, too." in terminal.press("y", ASKS)
        terminal.press("a", ENDS)
        _write_it(terminal)
    assert _said(network, "costs") == ["cleo approve legal", "cleo approve"]


def test_a_stage_keeps_a_mayor_from_approving_and_can_be_listed(network: NetworkFolder) -> None:
    with _review(network, "--stage", "legal") as terminal:
        assert "1 of 1" in terminal.wait_for(ASKS)
        assert "costs still waits for legal 0 of 1" in terminal.press("a", ASKS)
        assert "You review no stage of this one." in terminal.press("y", ASKS)
        terminal.type("q")
        assert terminal.end() == 0
    refused = _review(network, "--stage", "brand")
    with refused as terminal:
        assert terminal.end() == 2
        assert "there is no stage 'brand'" in terminal.shown


# --- musts and other notes ---------------------------------------------------------------------------------------


def _insist(network: NetworkFolder) -> None:
    done = network.mayor(
        "comment", "boats", "--kind", "must", "--on", "They float well", "-m", "Say how."
    )
    assert done.code == 0


def test_an_open_must_is_settled_along_with_the_approval(network: NetworkFolder) -> None:
    _insist(network)
    with _review(network, "boats") as terminal:
        shown = terminal.wait_for(ASKS)
        assert "note 1: must, open  ann" in shown
        assert 'line 8 "They float well"' in shown
        assert "In the way: note 1, a must of ann, open" in terminal.press("a", ASKS)
        assert "“They float well”: Say how." in terminal.press("A", "> ")
        assert "Never mind" in terminal.press("\n", ASKS)
        terminal.press("A", "> ")
        terminal.press("y\n", ENDS)
        _write_it(terminal)
        assert "settled note 1 on boats" in terminal.shown
    assert _said(network, "boats") == ["ann comment", "ann resolve", "ann approve"]


def test_a_must_can_be_settled_without_approving_and_then_nothing_is_in_the_way(
    network: NetworkFolder,
) -> None:
    _insist(network)
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        assert "Which are settled? (Enter: the musts" in terminal.press("t", "> ")
        assert "There is no open note 7: 1." in terminal.press("7\n", ASKS)
        terminal.press("t", "> ")
        settled = terminal.press("\n", ASKS)
        assert "boats (settle) [a,r," in settled
        assert "Undone" in terminal.press("u", ASKS)
        assert "In the way" in terminal.press("a", ASKS)
        terminal.press("t", "> ")
        terminal.press("1\n", ASKS)
        terminal.press("a", ENDS)
        _write_it(terminal)
    assert _said(network, "boats") == ["ann comment", "ann resolve", "ann approve"]


def test_words_are_marked_as_a_must_a_question_or_a_note(network: NetworkFolder) -> None:
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        for quote, words, kind in (
            ("float on the water", "! Which water?", "must"),
            ("well", "? How well?", "question"),
            ("", "?Is this yours?", "question"),
            ("They", "Boats?", "note"),
        ):
            terminal.press("m", "on> ")
            terminal.press(f"{quote}\n", "\n> ")
            assert f"The {kind} is noted." in terminal.press(f"{words}\n", ASKS)
        assert "you insist on something yourself" in terminal.press("a", ASKS)
        terminal.press("q", ENDS)
        _write_it(terminal)
    found = [
        (one.options.get("kind", ""), one.options.get("quote", ""))
        for one in _events(network, "boats")
    ]
    assert found == [
        ("must", "float on\nthe water"),
        ("question", "well"),
        ("question", ""),
        ("", "They"),
    ]
    assert _events(network, "boats")[1].options["before"].endswith("They float ")


def test_words_that_stand_twice_are_asked_for_by_their_line(network: NetworkFolder) -> None:
    _write(network, "twice", "Old rope.\n\nOld rope.", age=60)
    with _review(network, "twice") as terminal:
        terminal.wait_for(ASKS)
        terminal.press("s", "old> ")
        assert "They stand on lines 7, 9. Which one?" in terminal.press("Old rope\n", "> ")
        terminal.press("9\n", "new> ")
        assert "The suggestion is noted." in terminal.press("New rope\n", ASKS)
        terminal.press("s", "old> ")
        terminal.press("iron\n", "new> ")
        assert "Not noted: these words are not in twice" in terminal.press("x\n", ASKS)
        terminal.press("q", ENDS)
        _write_it(terminal)
    listed = network.blognet("notes", "twice").out
    assert 'line 9 "Old rope"' in listed
    assert _events(network, "twice")[0].options["before"].endswith("Old rope.\n\n")


# --- what else lifts a refusal -----------------------------------------------------------------------------------


def test_findings_stand_at_their_lines_and_are_waived_with_a_reason(
    network: NetworkFolder,
) -> None:
    network.write(
        "blognet.yml",
        network.read("blognet.yml") + "checks:\n  banned-words: [{words: [float], use: swim}]\n",
    )
    with _review(network, "boats") as terminal:
        shown = terminal.wait_for(ASKS)
        assert "error BN607  banned-words: 'float' is not a word we use" in shown
        assert "In the way: banned-words: 'float'" in terminal.press("a", ASKS)
        assert "Why does banned-words not matter here?" in terminal.press("A", "> ")
        ending = terminal.press("Boats do that.\n", ENDS)
        assert "“banned-words: Boats do that.”" in ending
        _write_it(terminal)
    assert _events(network, "boats")[-1].waivers == ("banned-words: Boats do that.",)


def test_a_takeover_has_to_be_meant(network: NetworkFolder) -> None:
    assert network.mayor("approve", "boats", "--yes").code == 0
    network.write("posts/boats.md", POST.format(title="Boats", author="dev", body="Mine now."))
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        assert "was published by ben" in terminal.press("a", ASKS)
        assert "Take it over?" in terminal.press("A", "> ")
        assert "Never mind" in terminal.press("\n", ASKS)
        terminal.press("A", "> ")
        assert "“takeover”" in terminal.press("y\n", ENDS)
        _write_it(terminal)
    assert _events(network, "boats")[-1].options["takeover"] == "yes"


# --- holds -------------------------------------------------------------------------------------------------------


def test_a_hold_can_end_by_itself_and_is_ended_at_a_key(network: NetworkFolder) -> None:
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        terminal.press("h", "> ")
        terminal.press("Wait for the fair.\n", "> ")
        assert "'soon' is no date" in terminal.press("soon\n", "> ")
        assert "2001-01-01 is over" in terminal.press("2001-01-01\n", "> ")
        ending = terminal.press("2999-12-24\n", ENDS)
        assert "“Wait for the fair. · until 2999-12-24”" in ending
        _write_it(terminal)
    assert _events(network, "boats")[-1].options["until"] == "2999-12-24T00:00:00Z"
    with _review(network) as terminal:
        assert "1 of 2 · new" in terminal.wait_for(ASKS)
        held = terminal.press("n", ASKS)  # what is on hold comes last
        assert "2 of 2 · held" in held
        assert ",e," in held
        terminal.press("e", ENDS)
        _write_it(terminal)
    assert _said(network, "boats") == ["ann hold", "ann release"]


def test_what_is_not_held_cannot_be_released(network: NetworkFolder) -> None:
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        assert "boats is not on hold" in terminal.press("e", ASKS)


# --- canned replies ----------------------------------------------------------------------------------------------


def test_a_canned_reply_is_chosen_shown_and_can_be_added_to(network: NetworkFolder) -> None:
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        assert "c: a canned reply" in terminal.press("r", "> ")
        listed = terminal.press("c\n", "> ")
        assert '  1  no-picture  Dear Ben, please give "Boats" a picture.' in listed
        assert "  2  too-long    At most 800 words, please." in listed
        assert 'Dear Ben, please give "Boats" a picture.' in terminal.press("1\n", "> ")
        terminal.press("A drawing will do.\n", ENDS)
        _write_it(terminal)
    words = network.mayor("log", "boats").out
    assert 'Dear Ben, please give "Boats" a picture.\n    \n    A drawing will do.' in words


def test_a_canned_reply_can_be_changed_in_an_editor_before_it_is_said(
    network: NetworkFolder, tmp_path: Path
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text().replace('800', '900'))\n",
        encoding="utf-8",
    )
    with _review(network, "boats", settings={"EDITOR": f"{sys.executable} {editor}"}) as terminal:
        terminal.wait_for(ASKS)
        for keys, then in (("d", "> "), ("c\n", "> "), ("too-long\n", "> "), ("e\n", ENDS)):
            terminal.press(keys, then)
        _write_it(terminal)
    assert "At most 900 words, please." in network.mayor("log", "boats").out


def test_a_reply_that_there_is_not_means_nothing(network: NetworkFolder) -> None:
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        for typed, then in (("7\n", ASKS), ("\n", ASKS)):
            terminal.press("r", "> ")
            terminal.press("c\n", "> ")
            assert "Never mind" in terminal.press(typed, then)
        terminal.press("r", "> ")
        terminal.press("c\n", "> ")
        terminal.press("2\n", "> ")
        assert "Never mind" in terminal.press("n\n", ASKS)


# --- the rest ----------------------------------------------------------------------------------------------------


def test_going_to_one_lists_them_all_with_what_was_chosen(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        terminal.press("c", "> ")
        terminal.press("Nice.\n", ASKS)
        listed = terminal.press("g", "> ")
        assert "*  1  boats (comment)\n   2  costs\n" in listed
        assert "(2/2) costs [" in terminal.press("co\n", ASKS)
        terminal.press("g", "> ")
        assert "(1/2) boats (comment) [" in terminal.press("1\n", ASKS)
        terminal.press("g", "> ")
        assert "'x' names nothing of this review." in terminal.press("x\n", ASKS)
        terminal.press("g", "> ")
        assert "boats" in terminal.press("\n", ASKS)


def test_a_claim_is_written_and_given_back(network: NetworkFolder) -> None:
    with _review(network, "boats") as terminal:
        terminal.wait_for(ASKS)
        assert "You claim it" in terminal.press("k", ASKS)
        terminal.press("q", ENDS)
        _write_it(terminal)
        assert "claimed boats@" in terminal.shown
    with _review(network, "--mine") as terminal:
        assert "claimed by ann" in terminal.wait_for(ASKS)
        assert "You give it back." in terminal.press("k", ASKS)
        terminal.press("q", ENDS)
        _write_it(terminal)
    assert [one.options.get("release") for one in _events(network, "boats")] == [None, "yes"]


def test_a_force_waits_in_the_review_of_another_mayor(network: NetworkFolder) -> None:
    assert network.mayor("force", "boats", "--yes", "-m", "It is urgent.").code == 0
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        assert "2 of 2 · forced" in terminal.press("n", ASKS)
        assert "you forced boats" in terminal.press("a", ASKS)
    with _review(network, "boats", who="cleo") as terminal:
        assert "was forced by ann: It is urgent." in terminal.wait_for(ASKS)
        terminal.press("a", ENDS)
        _write_it(terminal)
    assert _said(network, "boats") == ["ann force", "cleo approve"]


def test_a_contest_shows_its_sides_first_and_is_first_in_line(
    network: NetworkFolder, tmp_path: Path
) -> None:
    assert network.mayor("approve", "boats", "--yes").code == 0
    shutil.copytree(network.root, tmp_path / "other")
    other = NetworkFolder(root=tmp_path / "other", capsys=network.capsys)
    for copy, body, who in ((network, "Boats sink.", "ann"), (other, "Boats fly.", "cleo")):
        copy.write("posts/boats.md", POST.format(title="Boats", author="ben", body=body))
        assert copy.mayor("approve", "boats", "--yes", "-m", f"{who}: yes.", who=who).code == 0
    shutil.copytree(other.root / "record", network.root / "record", dirs_exist_ok=True)
    assert network.mayor("queue", "--json").listed("waiting")[0]["name"] == "boats"
    with _review(network, size=(60, 100)) as terminal:
        shown = terminal.wait_for(ASKS)
        assert "1 of 2 · contested" in shown
        assert "boats is contested: these decisions did not see each other" in shown
        assert "ann: yes." in shown
        assert "Boats sink." in terminal.press("x", ASKS)
        terminal.press("a", ASKS)
        terminal.press("q", ENDS)
        _write_it(terminal)
    assert "Boats sink." in network.mayor("show", "boats", "--published").out
    assert network.mayor("verify").code == 0


def test_the_help_fits_a_small_window(network: NetworkFolder) -> None:
    with _review(network) as terminal:
        terminal.wait_for(ASKS)
        shown = terminal.press("?", ASKS)
        assert "  r d h  return, decline or hold it, with words\n" in shown
        assert shown.count("\n") < 24
        assert max(map(len, shown.split("\n"))) <= 80


def test_what_was_chosen_with_the_new_keys_survives_a_kill(network: NetworkFolder) -> None:
    _insist(network)
    with _review(network, who="cleo") as terminal:
        terminal.wait_for(ASKS)
        terminal.press("A", "> ")
        terminal.press("y\n", ASKS)
        terminal.press("y", ASKS)
        terminal.kill()
        terminal.end()
    with _review(network, who="cleo") as terminal:
        assert "yes for legal costs@" in terminal.wait_for("[n]o, forget them: ")
        assert "(2/2) costs (yes for legal) [a," in terminal.press("y", ASKS)
        terminal.press("a", ENDS)
        _write_it(terminal)
    assert _said(network, "boats") == ["ann comment", "cleo resolve", "cleo approve"]
    assert _said(network, "costs") == ["cleo approve legal", "cleo approve"]
