"""What many subjects say together is read from one sheet; whatever is wrong with it, the answers are the same."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.actions import decide
from blognet.actions.decide import Request, decide_all
from blognet.actions.decided_subjects import DecidedSubjects, count_events
from blognet.actions.due import next_due
from blognet.actions.entries import bound_authors_in, outlines_in, proposed_in
from blognet.actions.kept_live import published_lights
from blognet.actions.ready import Ready, ready_to_decide
from blognet.actions.record_sheets import BRIEFS, SECTION, SHEETS, Sheet
from blognet.disk.index import Row
from blognet.disk.lock import writing_lock
from blognet.disk.record_leaves import leaf_of
from blognet.kernel.errors import BlognetError
from blognet.kernel.ids import AuthorId, Kind, parse_subject, subject_of
from blognet.moderation.events import Seen, Verb
from blognet.moderation.standing import Scheduled
from tests.opened_files import let_the_clock_tick
from tests.unit.actions.conftest import MANY

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.actions.network import Network
    from blognet.actions.record_sheets import Quiet
    from tests.unit.actions.conftest import Folder


def look_again(folder: Folder) -> Network:
    let_the_clock_tick(folder.root)
    return folder.network()


def cards_of(network: Network) -> tuple[set[str], Quiet]:
    """Return the subjects whose cards were read, and those of which the sheets were."""
    subjects = network.record.subjects
    assert isinstance(subjects, DecidedSubjects)
    assert subjects.remembered.quiet is not None
    return set(subjects.remembered.cards), subjects.remembered.quiet


def answers(network: Network) -> tuple[object, ...]:
    return (
        [(str(one.subject), one.standing.proposed) for one in proposed_in(network.entries)],
        bound_authors_in(network.entries, Kind.POST),
        count_events(network.record),
        sorted((url, str(subject)) for url, subject in network.taken.items()),
        [(key, url, title) for key, (url, title, _, _) in outlines_in(network.entries)],
        [str(one) for one in network.entries],
        [entry.standing for entry in network.entries.values()],
    )


def test_who_looks_twice_reads_no_card(known: Folder) -> None:
    network = known.network()
    cards, quiet = cards_of(network)
    assert cards == set()
    assert set(quiet.keys()) == {f"post/old-{number}" for number in range(MANY)}
    assert "post/one" in {str(one.subject) for one in proposed_in(network.entries)}
    assert cards_of(network)[0] == set()


def test_a_decision_has_the_cards_of_one_leaf_read(known: Folder) -> None:
    known.decide(Verb.RETRACT, "post/old-3")
    network = look_again(known)
    leaf = leaf_of("post/old-3")
    cards, _ = cards_of(network)
    assert cards <= {f"post/old-{n}" for n in range(MANY) if leaf_of(f"post/old-{n}") == leaf}
    assert count_events(network.record) == MANY + 1
    assert known.entry("post/old-3").glance.lights.published == "retracted"
    assert cards_of(look_again(known))[0] == set()


def test_an_edit_of_a_text_is_seen_though_nobody_touched_the_record(known: Folder) -> None:
    known.write("posts/old-5.md", "Another text.")
    network = look_again(known)
    assert "post/old-5" in {str(one.subject) for one in proposed_in(network.entries)}
    again = known.network()
    assert cards_of(again)[0] == set()
    assert answers(again) == answers(network)


def test_a_text_that_becomes_a_draft_waits_no_more(known: Folder) -> None:
    known.write("queue/one.md", front="authors: [ben]\ndraft: true")
    (one,) = (each for each in proposed_in(look_again(known).entries) if each.subject.id == "one")
    assert one.standing.proposed.value == "draft"


def test_what_time_brings_opens_the_sheet(known: Folder) -> None:
    known.write("queue/late.md", front="authors: [ben]\npublish_at: 2026-12-01")
    known.approve("post/late")
    look_again(known)
    assert next_due(known.network()) == datetime(2026, 11, 30, 23, tzinfo=UTC)
    known.now += timedelta(days=30)
    assert next_due(known.network()) is None
    assert known.entry("post/late").glance.lights.published == "live"


def _sql(folder: Folder, statement: str, *values: str) -> None:
    place = folder.root / ".blognet/index.sqlite3"
    with closing(sqlite3.connect(place)) as connection, connection:
        assert connection.execute(statement, values).rowcount


@pytest.mark.parametrize("section", [SHEETS, BRIEFS, SECTION])
@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM rows WHERE section = ?",
        "UPDATE rows SET said = replace(said, 'ben', 'zoe') WHERE section = ?",
        "UPDATE rows SET marks = zeroblob(16) WHERE section = ?",
        "UPDATE rows SET said = '' WHERE section = ?",
        "UPDATE rows SET place = 'x' || place WHERE section = ?",
    ],
)
def test_damage_to_what_is_kept_changes_no_answer(known: Folder, section: str, harm: str) -> None:
    expected = answers(known.network())
    _sql(known, harm, section)
    assert answers(known.network()) == expected
    assert answers(known.network()) == expected


def test_what_is_lost_beside_a_sheet_is_made_again_by_the_next_command(known: Folder) -> None:
    def told(network: Network) -> tuple[object, ...]:
        return tuple(published_lights(network.record, now=known.now)), dict(network.taken)

    expected = told(known.network())
    _sql(known, "DELETE FROM rows WHERE section = ?", BRIEFS)
    assert told(known.network()) == expected
    assert told(known.network()) == expected
    network = known.network()
    assert told(network) == expected
    assert cards_of(network)[0] == set()


@pytest.mark.parametrize("said", ["null", "[", "[1]", "{}", "[" * 100_000])
def test_a_sheet_that_is_none_is_passed_over(known: Folder, said: str) -> None:
    expected = answers(known.network())
    index = cards_of(known.network())[1].index
    rows = {place: row._replace(said=said) for place, row in index.rows(SHEETS).items()}
    index.keep(SHEETS, rows)
    assert answers(known.network()) == expected


@pytest.mark.parametrize("place", ["free", "-", "256", "9" * 5000])
def test_a_sheet_of_a_leaf_that_holds_nothing_is_not_believed_and_forgotten(
    known: Folder, place: str
) -> None:
    expected = answers(known.network())
    index = cards_of(known.network())[1].index
    rows = index.rows(SHEETS)
    place = next(f"{n}" for n in range(256) if f"{n}" not in rows) if place == "free" else place
    told = ["post/nothing"], ["zoe"], ["post/nothing"], ["post/nothing"]
    sheet: tuple[object, ...] = (
        "",
        "",
        "",
        [],
        500,
        *told,
        {kind: ["zoe"] for kind in Kind},
        [],
        [],
    )
    index.keep(SHEETS, {place: Row("", b"", json.dumps(sheet))})
    assert answers(known.network()) == expected
    assert index.rows(SHEETS).keys() == rows.keys()


def test_a_sheet_with_more_answers_than_it_names_says_so() -> None:
    answered = [(f"2026-01-{day:02}", f"post/{day}") for day in range(31, 0, -1)]
    sheet = Sheet("", "", "", (), 0, (), (), (), (), {}, (("2026-02", "post/0"), *answered), ())
    assert sheet.answered_since("2026-01-30", submitted=False) == ["post/0", "post/31", "post/30"]
    assert sheet.answered_since("2025", submitted=False) is None
    assert sheet.answered_since("2025", submitted=True) == []


def test_who_decides_at_once_reads_the_network_once(
    known: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = ready_to_decide(known.root, now=known.now)
    monkeypatch.setattr(decide, "load_network", None)
    subject = parse_subject("post/one")
    assert subject is not None
    content = ready.network.entries[subject].standing.content
    request = Request(subject=subject, verb=Verb.APPROVE, expected=content, seen=Seen.ASSUMED)
    done = decide_all(known.root, (request,), actor=AuthorId("ann"), now=known.now, ready=ready)
    assert len(done.decided) == 1


def test_when_somebody_held_the_lock_meanwhile_the_network_is_read_again(known: Folder) -> None:
    ready = ready_to_decide(known.root, now=known.now)
    with writing_lock(known.root, doing="another decision"):
        pass
    subject = parse_subject("post/two")
    assert subject is not None
    known.write("queue/two.md")
    content = known.entry("post/two").standing.content
    request = Request(subject=subject, verb=Verb.APPROVE, expected=content, seen=Seen.ASSUMED)
    done = decide_all(known.root, (request,), actor=AuthorId("ann"), now=known.now, ready=ready)
    assert len(done.decided) == 1


def _saved(folder: Folder) -> None:
    folder.write("queue/one.md", "Other words.")


def _removed(folder: Folder) -> None:
    (folder.root / "queue/one.md").unlink()


def _configured(folder: Folder) -> None:
    settings = folder.root / "blognet.yml"
    settings.write_text(settings.read_text("utf-8").replace(", cleo]", "]"))


@pytest.mark.parametrize("happens", [_saved, _removed, _configured])
def test_what_no_command_did_meanwhile_is_seen_too(
    known: Folder, happens: Callable[[Folder], None]
) -> None:
    ready, request = _ready_and_read(known)
    happens(known)
    with pytest.raises(BlognetError, match=r"changed since you saw it|mayor"):
        decide_all(known.root, (request,), actor=AuthorId("cleo"), now=known.now, ready=ready)
    assert not (known.root / "record/post/one").exists()


def test_a_decision_that_came_by_itself_meanwhile_is_not_passed_over(known: Folder) -> None:
    known.decide(Verb.COMMENT, "post/one")
    there, elsewhere = known.root / "record/post/one", known.root / "pulled"
    there.rename(elsewhere)
    ready, request = _ready_and_read(known)
    elsewhere.rename(there)
    done = decide_all(known.root, (request,), actor=AuthorId("cleo"), now=known.now, ready=ready)
    assert len(done.decided[0].event.prev) == 1


def _ready_and_read(folder: Folder) -> tuple[Ready, Request]:
    ready = ready_to_decide(folder.root, now=folder.now)
    (entry,) = (one for one in proposed_in(ready.network.entries) if one.subject.id == "one")
    assert entry.proposal is not None  # it was read, and is not read again
    assert ready.network.rights.mayors
    request = Request(subject=entry.subject, verb=Verb.APPROVE, expected=entry.proposal.hash)
    return ready, request


def test_who_looked_before_a_time_came_is_not_told_what_another_command_kept_afterwards(
    known: Folder,
) -> None:
    known.write("posts/later.md", front="authors: [ben]\npublish_at: 2026-12-01")
    known.approve("post/later")
    let_the_clock_tick(known.root)
    later, before = subject_of("post/later"), known.now
    known.network()
    many = len(list(published_lights(known.network().record, now=before)))
    early, other = known.network(), known.network()
    assert str(later) not in cards_of(early)[0] | cards_of(other)[0]
    known.now += timedelta(days=30)
    assert len(list(published_lights(known.network().record, now=known.now))) == many + 1
    assert len(list(published_lights(early.record, now=before))) == many
    assert isinstance(other.entries[later].standing.published, Scheduled)
