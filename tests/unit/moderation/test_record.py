"""What makes a record unsound, one example each, and that nothing is passed over in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blognet.kernel.hashing import AssetEntry, PathFacts, content_hash, sha256_hex
from blognet.kernel.problems import Problem, Severity
from blognet.moderation.event_json import event_to_bytes
from blognet.moderation.events import Verb
from blognet.moderation.record import Record, RecordFile
from blognet.moderation.record_reading import read_record
from blognet.moderation.trusting import Trust
from tests.unit.moderation.cases import BEN, PAGE, POST, an_event, files_of, ident_of

TRUST = Trust(network="clocks", mayors=frozenset({"ann", "cleo"}))


def reading(
    *files: RecordFile, assets: frozenset[str] = frozenset(), trust: Trust = TRUST
) -> Record:
    return read_record(files, asset_names=assets, trust=trust)


def only_problem(*files: RecordFile, assets: frozenset[str] = frozenset()) -> Problem:
    problems = reading(*files, assets=assets).problems
    assert len(problems) == 1, problems
    return problems[0]


def test_a_whole_record_has_no_problems_and_gives_back_texts_and_words() -> None:
    event = an_event()
    declined = an_event(Verb.DECLINE, prev=(ident_of(event),))
    record = reading(*files_of(event), *files_of(declined, words="Not yet.\nSorry."))
    held = record.of(POST)
    assert record.problems == ()
    assert held.texts == {event.content: "Hello."}
    assert list(held.words.values()) == ["Not yet.\nSorry."]
    assert [one.verb for one in held.history.events] == [Verb.APPROVE, Verb.DECLINE]


def test_a_subject_that_nobody_decided_on_has_an_empty_record() -> None:
    assert reading().of(POST).history.ids == ()


def test_an_event_that_was_renamed_is_reported_with_its_right_name() -> None:
    event, text = files_of(an_event())
    moved = replace(event, path=event.path.replace("approve-ann", "approve-cleo"))
    (problem,) = [one for one in reading(moved, text).problems if one.is_error]
    assert problem.code == "BN303"
    assert event.path.rpartition("/")[2] in problem.message


def test_an_event_whose_bytes_were_changed_does_not_match_its_name_any_more() -> None:
    event, text = files_of(an_event())
    changed = event_to_bytes(an_event(actor="cleo"))
    codes = [
        one.code for one in reading(replace(event, raw=changed), text).problems if one.is_error
    ]
    assert codes == ["BN303"]


@pytest.mark.parametrize("raw", [b"", b"{}", b"<<<<<<< ours\n", b"null\n"])
def test_a_file_that_is_no_event_is_reported(raw: bytes) -> None:
    problem = only_problem(RecordFile(path="record/post/hello-world/x.json", raw=raw))
    assert problem.code == "BN301"
    assert problem.location.path == "record/post/hello-world/x.json"
    assert "mayor mend" in problem.hint


def test_an_event_of_a_newer_format_asks_for_an_update_and_for_nothing_else() -> None:
    event, text = files_of(an_event(Verb.RETURN))[0], files_of(an_event())
    newer = replace(event, raw=event.raw.replace(b'"format": 1', b'"format": 2'))
    found = reading(newer, *text).problems
    assert [(one.code, "install blognet 2.0 or newer" in one.hint) for one in found] == [
        ("BN302", True)
    ]


def test_an_event_of_another_network_decides_nothing_here() -> None:
    assert only_problem(*files_of(an_event(network="other"))).code == "BN304"


def test_an_event_in_the_folder_of_another_subject_is_reported() -> None:
    files = [
        replace(file, path=file.path.replace("hello-world", "other"))
        for file in files_of(an_event())
    ]
    assert "BN304" in {problem.code for problem in reading(*files).problems if problem.is_error}


@pytest.mark.parametrize("folder", ["record", "record/Post/x", "record/post/a/b", "record/post"])
def test_an_event_in_the_folder_of_no_subject_is_an_error(folder: str) -> None:
    event = files_of(an_event(Verb.COMMENT))[0]
    problem = only_problem(RecordFile(path=f"{folder}/x.json", raw=event.raw))
    assert (problem.code, problem.severity) == ("BN304", Severity.ERROR)


def test_somebody_who_never_was_a_mayor_decides_nothing() -> None:
    problem = only_problem(*files_of(an_event(Verb.RETURN, actor=BEN)))
    assert problem.code == "BN305"
    assert "'ben'" in problem.message
    assert "former_mayors" in problem.hint


def test_anybody_may_have_commented() -> None:
    assert reading(*files_of(an_event(Verb.COMMENT, actor=BEN), words="Nice.")).problems == ()


def test_an_event_whose_earlier_one_is_missing_is_reported_and_lights_nothing() -> None:
    first = an_event(Verb.COMMENT)
    approval = an_event(prev=(ident_of(first),))
    record = reading(*files_of(approval))
    assert [problem.code for problem in record.problems] == ["BN306"]
    assert record.of(POST).history.ids == ()


def test_an_approved_text_that_is_missing_is_reported() -> None:
    event, _ = files_of(an_event())
    assert only_problem(event).code == "BN307"


@pytest.mark.parametrize(
    "raw", [b"| Hello!\n", b"Hello.\n", b"| Hello.", b"\xff\n", b"| Hello.\r\n"]
)
def test_an_approved_text_that_was_changed_is_reported_and_not_given_out(raw: bytes) -> None:
    event, text = files_of(an_event())
    record = reading(event, replace(text, raw=raw))
    assert [problem.code for problem in record.problems] == ["BN308"]
    assert record.of(POST).texts == {}


def test_a_text_approved_with_an_image_needs_the_image() -> None:
    image = AssetEntry(path="a.png", sha256=sha256_hex(b"image"))
    content = content_hash(POST, path_facts=PathFacts(), text="Hello.", assets=(image,))
    files = files_of(an_event(content=content, assets=(image,)))
    problem = only_problem(*files)
    assert problem.code == "BN309"
    assert problem.location.path == f"record/assets/{image.sha256}.b64"
    assert reading(*files, assets=frozenset({image.sha256})).problems == ()


def test_an_approval_whose_manifest_was_not_the_one_hashed_approves_nothing() -> None:
    image = AssetEntry(path="a.png", sha256=sha256_hex(b"image"))
    files = files_of(an_event(assets=(image,)))
    assert only_problem(*files, assets=frozenset({image.sha256})).code == "BN308"


@pytest.mark.parametrize("raw", [b"> Other words.\n", b"Not yet.\n", b"\xff"])
def test_words_that_were_changed_are_reported(raw: bytes) -> None:
    event, words = files_of(an_event(Verb.RETURN), words="Not yet.")
    problem = only_problem(event, replace(words, raw=raw))
    assert (problem.code, problem.message) == ("BN310", "the words of an event were changed")


def test_words_that_are_missing_are_reported() -> None:
    event, _ = files_of(an_event(Verb.RETURN), words="Not yet.")
    assert only_problem(event).message == "the words of an event are missing"


@pytest.mark.parametrize(
    "path",
    [
        "record/README.md",
        "record/post/hello-world/notes.doc",
        "record/post/hello-world/0123.txt",
        "record/post/hello-world/20261122T091503Z-return-ann-3f9c2a1b.md",
        "record/assets/picture.png",
    ],
)
def test_a_stray_file_is_named_and_stops_nothing(path: str) -> None:
    problem = only_problem(RecordFile(path=path, raw=b"> Words.\n"))
    assert (problem.code, problem.severity, problem.location.path) == (
        "BN311",
        Severity.WARNING,
        path,
    )


def test_the_words_of_a_broken_event_are_not_reported_beside_it() -> None:
    event, words = files_of(an_event(Verb.RETURN), words="Not yet.")
    assert only_problem(replace(event, raw=b"{}"), words).code == "BN301"


def test_an_approval_that_fixes_no_facts_is_no_approval() -> None:
    record = reading(*files_of(an_event(facts=None)))
    assert [problem.code for problem in record.problems] == ["BN301"]


def test_restoring_what_nobody_approved_is_reported() -> None:
    approval = an_event()
    other = content_hash(POST, path_facts=PathFacts(), text="Other.", assets=())
    restoring = an_event(Verb.RESTORE, prev=(ident_of(approval),), content=other)
    assert only_problem(*files_of(approval), *files_of(restoring)).code == "BN313"


def test_problems_of_several_subjects_are_all_found_and_sorted() -> None:
    page = an_event(Verb.RETURN, subject=PAGE, actor=BEN)
    post = an_event(Verb.RETURN, actor=BEN)
    found = reading(*files_of(post), *files_of(page)).problems
    assert [problem.location.path.split("/")[1] for problem in found] == ["page", "post"]


def test_the_order_of_files_does_not_matter() -> None:
    approval = an_event()
    files = (
        *files_of(approval),
        *files_of(an_event(Verb.HOLD, prev=(ident_of(approval),)), words="x"),
    )
    assert reading(*files) == reading(*reversed(files))
