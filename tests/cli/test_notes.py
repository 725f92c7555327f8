"""Comments that hold on, as typed: made on quoted words, shown where these stand, answered, settled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from blognet.moderation.event_json import event_from_bytes
from blognet.moderation.events import Event

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

BODY = (
    "We left at six. By seven we knew that the map was older\nthan the road.\n\nThe map was wrong."
)
PATH = "queue/trip.md"


@pytest.fixture
def folder(network_folder: NetworkFolder) -> NetworkFolder:
    network_folder.post(PATH, title="Our trip", body=BODY)
    return network_folder


def notes(folder: NetworkFolder, *more: str) -> list[dict[str, object]]:
    (subject,) = folder.blognet("notes", "trip", "--json", *more).listed("subjects")
    found = subject["notes"]
    assert isinstance(found, list)
    return found


def edit(folder: NetworkFolder, old: str, new: str) -> None:
    text = folder.read(PATH)
    assert old in text
    folder.write(PATH, text.replace(old, new))


def newest(folder: NetworkFolder, verb: str) -> Event:
    paths = (folder.root / "record/post/trip").glob(f"*-{verb}-*.json")
    event = event_from_bytes(max(paths, key=lambda path: path.stat().st_mtime_ns).read_bytes())
    assert isinstance(event, Event)
    return event


def test_a_comment_keeps_the_words_it_is_about_with_their_context(folder: NetworkFolder) -> None:
    done = folder.mayor("comment", "trip", "--on", "older than the road", "-m", "Than which?")
    assert (done.code, done.out.count("note 1")) == (0, 1)
    # The event names what lies beside it, where a purge can remove it.
    assert newest(folder, "comment").options == {"private": "after before quote"}
    said = next((folder.root / "record/post/trip").glob("*-comment-*.md")).read_text("utf-8")
    head, words = said.splitlines()
    assert json.loads(head.removeprefix("> ")) == {
        "quote": "older\nthan the road",
        "before": "y seven we knew that the map was "[-32:],
        "after": ".\n\nThe map was wrong.\n",
    }
    assert words == "> Than which?"
    (note,) = notes(folder)
    assert (note["line"], note["column"], note["outdated"]) == (6, 51, False)


def test_a_note_is_found_again_after_edits_and_shown_as_outdated_when_its_words_are_gone(
    folder: NetworkFolder,
) -> None:
    folder.mayor("comment", "trip", "--on", "knew that the map", "--kind", "must", "-m", "Which?")
    edit(folder, "We left at six. By seven we", "One.\n\nTwo.\n\nBy eight we")
    assert [(one["line"], one["outdated"]) for one in notes(folder)] == [(10, False)]
    edit(folder, "knew that the map", "saw that the chart")
    assert [(one["line"], one["outdated"]) for one in notes(folder)] == [(None, True)]
    assert "note 1: must, open, outdated" in folder.blognet("notes", "trip").out
    assert 'no longer there "knew that the map"' in folder.mayor("show", "trip").out
    assert folder.mayor("approve", "trip").code == 5


def test_an_open_must_blocks_approval_until_a_mayor_settles_it(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--kind", "must", "-m", "Ask Dev first.")
    folder.mayor("show", "trip")
    refused = folder.mayor("approve", "trip")
    assert refused.code == 5
    assert "note 1 (ann: Ask Dev first.)" in refused.err
    assert "mayor settle trip 1" in refused.err
    assert folder.blognet("answer", "trip", "1", "-m", "I did.").code == 0
    assert folder.mayor("approve", "trip").code == 5
    assert folder.blognet("withdraw", "trip", "1").code == 4
    assert folder.mayor("settle", "trip", "1", who="ben").code == 4
    assert folder.mayor("settle", "trip", "1", who="cleo").out == "settled note 1 on trip\n"
    assert folder.mayor("approve", "trip").code == 0
    assert folder.mayor("verify").code == 0


def test_all_other_notes_block_nothing(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--kind", "question", "-m", "Why?")
    folder.mayor("comment", "trip", "-m", "Nice.")
    folder.mayor("suggest", "trip", "--replace", "six", "--with", "6")
    folder.mayor("show", "trip")
    assert folder.mayor("approve", "trip").code == 0
    assert notes(folder) == []
    assert [one["state"] for one in notes(folder, "--all")] == ["open"] * 3


def test_approve_settle_settles_every_must_and_approves_in_one_act(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--kind", "must", "-m", "One.")
    folder.mayor("comment", "trip", "--kind", "must", "-m", "Two.", who="cleo")
    folder.mayor("comment", "trip", "-m", "Nice.")
    folder.mayor("show", "trip")
    done = folder.mayor("approve", "trip", "--settle", "--dry-run")
    assert (done.code, len(list((folder.root / "record").rglob("*.json")))) == (0, 3)
    done = folder.mayor("approve", "trip", "--settle")
    assert done.out.startswith("settled note 1 on trip\nsettled note 2 on trip\napproved trip@")
    assert [one["state"] for one in notes(folder, "--all")] == ["settled", "settled", "open"]
    approval = newest(folder, "approve")
    settled = newest(folder, "resolve")
    assert approval.time >= settled.time
    assert len(approval.prev) == 1
    assert folder.mayor("verify").code == 0


def test_settle_and_approve_are_both_refused_when_one_is(folder: NetworkFolder) -> None:
    folder.post("queue/mine.md", author="ann")
    folder.mayor("comment", "mine", "--kind", "must", "-m", "One.", who="cleo")
    folder.mayor("show", "mine")
    before = folder.files()
    assert folder.mayor("approve", "mine", "--settle").code == 4
    assert folder.files() == before


def test_approve_all_leaves_out_what_a_must_holds_back(folder: NetworkFolder) -> None:
    folder.post("queue/other.md")
    folder.mayor("comment", "trip", "--kind", "must", "-m", "One.")
    done = folder.mayor("approve", "--all", "--yes")
    assert "trip was left out" in done.err
    assert "approved other@" in done.out
    assert folder.mayor("approve", "--all", "--yes", "--settle").code == 2


def test_only_a_mayor_insists_and_everybody_asks(folder: NetworkFolder) -> None:
    assert folder.blognet("comment", "trip", "--kind", "must", "-m", "No.", who="dev").code == 4
    assert (
        folder.blognet("comment", "trip", "--kind", "question", "-m", "Why?", who="dev").code == 0
    )
    assert [(one["actor"], one["kind"]) for one in notes(folder)] == [("dev", "question")]


def test_words_that_stand_on_several_lines_want_the_line(folder: NetworkFolder) -> None:
    refused = folder.mayor("comment", "trip", "--on", "map was", "-m", "Which?")
    assert refused.code == 2
    assert "--line N; they are on lines 6, 8" in refused.err.replace("9", "8")
    line = folder.read(PATH).split("\n").index("The map was wrong.") + 1
    args = ("comment", "trip", "--on", "map was", "--line", str(line), "-m", "Which?")
    assert folder.mayor(*args).code == 0
    assert [one["line"] for one in notes(folder)] == [line]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "THE MAP WAS WRONG"], "did you mean line"),
        (["--on", "no such words"], "mayor show trip"),
        (["--on", "map", "--line", "1"], "on line 1 of trip"),
        (["--line", "6"], "--on"),
        (["--on", "e"], "quote more"),
    ],
)
def test_words_that_cannot_be_found_are_refused_with_what_to_do(
    folder: NetworkFolder, arguments: list[str], said: str
) -> None:
    before = folder.files()
    done = folder.mayor("comment", "trip", *arguments, "-m", "x")
    assert (done.code, said in done.err) == (2, True), done.err
    assert folder.files() == before


def test_a_comment_still_needs_words(folder: NetworkFolder) -> None:
    assert folder.mayor("comment", "trip", "--on", "six").code == 2
    assert folder.mayor("suggest", "trip", "--replace", "six", "--with", "6").code == 0


def test_a_question_is_answered_and_done_with(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--kind", "question", "-m", "Who is we?")
    assert folder.blognet("answer", "trip", "1").code == 2
    assert folder.mayor("answer", "trip", "1", "-m", "You?").code == 2
    assert folder.blognet("answer", "trip", "1", "-m", "Dev and I.").code == 0
    assert notes(folder) == []
    (note,) = notes(folder, "--all")
    assert note["state"] == "answered"
    assert [(one["actor"], one["words"]) for one in note["replies"]] == [("ben", "Dev and I.")]  # type: ignore[attr-defined]  # JSON
    assert "answered  ben" in folder.blognet("notes", "trip", "--all").out


def test_a_note_is_withdrawn_by_whoever_made_it(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--kind", "must", "-m", "One.")
    assert folder.mayor("withdraw", "trip", "1", who="cleo").code == 4
    assert folder.mayor("withdraw", "trip", "1").out == "withdrawn note 1 on trip\n"
    assert folder.mayor("withdraw", "trip", "1").code == 5
    folder.mayor("show", "trip")
    assert folder.mayor("approve", "trip").code == 0


def test_settle_names_what_is_open_and_settles_all_of_it_at_once(folder: NetworkFolder) -> None:
    for words in ("One.", "Two.", "Three."):
        folder.mayor("comment", "trip", "--kind", "must", "-m", words)
    assert "open on trip: 1, 2 and 3" in folder.mayor("settle", "trip").err
    assert folder.mayor("settle", "trip", "4").code == 2
    first = str(notes(folder)[0]["id"])
    assert folder.mayor("settle", "trip", first[:8], "-m", "Fine.").code == 0
    assert folder.mayor("settle", "trip", "--all").out.count("settled") == 2
    assert folder.mayor("settle", "trip", "--all").code == 5
    assert folder.mayor("verify").code == 0


def test_the_queue_counts_open_notes(folder: NetworkFolder) -> None:
    assert "NOTES" not in folder.mayor("queue").out
    folder.mayor("comment", "trip", "--kind", "must", "-m", "One.")
    folder.mayor("comment", "trip", "-m", "Two.")
    out = folder.mayor("queue").out
    assert "NOTES" in out
    assert "2 (1 must)" in out
    waiting = {one["name"]: one for one in folder.mayor("queue", "--json").listed("waiting")}
    assert (waiting["trip"]["notes"], waiting["trip"]["musts"]) == (2, 1)
    assert (waiting["ben"]["notes"], waiting["ben"]["musts"]) == (0, 0)


def test_status_shows_the_author_each_note_at_its_place(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--on", "was wrong", "--kind", "must", "-m", "How\nso?")
    folder.mayor("suggest", "trip", "--replace", "six", "--with", "6")
    out = folder.blognet("status", "trip").out
    line = folder.read(PATH).split("\n").index("The map was wrong.") + 1
    assert f'  note 1 (must, ann), line {line} "was wrong": How so?\n' in out
    assert '"six": write "6"' in out
    assert "next: blognet notes trip" in out
    (one,) = folder.blognet("status", "trip", "--json").listed("subjects")
    assert len(one["notes"]) == 2  # type: ignore[arg-type]  # JSON


def test_notes_without_a_name_shows_those_on_my_posts(folder: NetworkFolder) -> None:
    folder.post("queue/other.md", author="dev")
    folder.mayor("comment", "trip", "-m", "One.")
    folder.mayor("comment", "other", "-m", "Two.")
    found = folder.blognet("notes", "--json").listed("subjects")
    assert [one["name"] for one in found] == ["trip"]
    assert "No notes are open." in folder.blognet("notes", who="cleo").err


def test_show_has_the_notes_and_their_places_for_programs_too(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--on", "six", "-m", "Six what?")
    found = json.loads(folder.mayor("show", "trip", "--json").out)
    assert [(one["line"], one["quote"]) for one in found["notes"]] == [(6, "six")]


def test_the_log_tells_notes_in_words(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--on", "six", "--kind", "must", "-m", "Six what?")
    folder.mayor("settle", "trip", "1")
    out = folder.mayor("log", "trip").out
    assert '(must) on "six" (note 1)' in out
    assert "(settled: note 1)" in out
    assert "before=" not in out


def test_a_note_holds_on_while_the_file_moves_and_is_approved(folder: NetworkFolder) -> None:
    folder.mayor("show", "trip")
    folder.mayor("approve", "trip")
    folder.mayor("comment", "trip", "--on", "six", "-m", "Seven, says Dev.", who="cleo")
    (note,) = notes(folder)
    assert (note["line"], note["waits"]) == (6, True)


def test_a_forged_settling_makes_the_record_unsound(folder: NetworkFolder) -> None:
    folder.mayor("comment", "trip", "--kind", "must", "-m", "One.")
    folder.mayor("settle", "trip", "1", who="cleo")
    folder.write("blognet.yml", folder.read("blognet.yml").replace("[ann, cleo]", "[ann]"))
    found = folder.mayor("verify")
    assert (found.code, "BN341" in found.out) == (1, True)
    folder.mayor("show", "trip")
    assert folder.mayor("approve", "trip").code == 1


@pytest.mark.parametrize("word", ["", " ", "caf\udce9", "x" * 5000, "\x1b[2J", "-1", "@", "1.5"])
@pytest.mark.parametrize(
    "command", [["take", "trip"], ["answer", "trip", "-m", "x"], ["withdraw", "trip"]]
)
def test_an_odd_number_is_answered_with_a_sentence(
    folder: NetworkFolder, command: list[str], word: str
) -> None:
    folder.mayor("suggest", "trip", "--replace", "six", "--with", "6")
    before = folder.files()
    done = folder.blognet(*command, "--", word)
    assert (done.code, "Traceback" in done.err) == (2, False)
    assert "\x1b" not in done.out + done.err
    assert folder.files() == before


def test_a_suggestion_that_is_no_text_is_refused(folder: NetworkFolder) -> None:
    for old, new in (("caf\udce9", "x"), ("six", "caf\udce9"), ("six", "six"), ("six", "x" * 5000)):
        assert folder.mayor("suggest", "trip", "--replace", old, "--with", new).code == 2
    assert not (folder.root / "record").exists()


def test_a_must_is_the_authors_turn_until_they_change_or_answer_something(
    folder: NetworkFolder,
) -> None:
    def turn() -> tuple[object, object]:
        (one,) = folder.blognet("status", "trip", "--json").listed("subjects")
        return one["turn"], one["next"]

    folder.mayor("comment", "trip", "--kind", "must", "-m", "One.")
    assert turn() == ("author", "blognet notes trip")
    edit(folder, "six", "6")
    assert turn() == ("mayor", "blognet notes trip")
    folder.mayor("comment", "trip", "--kind", "must", "-m", "Two.")
    assert turn()[0] == "author"
    folder.blognet("answer", "trip", "1", "2", "-m", "Done.")
    assert turn() == ("mayor", None)
    assert "mayor settle trip 1 2" in folder.mayor("show", "trip").err
