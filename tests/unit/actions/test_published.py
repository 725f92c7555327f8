"""What the record puts on the site, and when that changes by time alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from blognet.actions.due import next_due
from blognet.actions.published import published_from
from blognet.kernel.errors import FaultsError
from blognet.moderation.events import Verb
from blognet.site import TombstoneKind

if TYPE_CHECKING:
    from blognet.site import Published
    from tests.unit.actions.conftest import Folder


def published(folder: Folder, *, after: timedelta = timedelta()) -> Published:
    network = folder.network()
    return published_from(network.record, rules=network.rules, now=folder.now + after)


def test_an_edit_anywhere_and_a_vanished_file_change_nothing(folder: Folder) -> None:
    folder.write("queue/one.md", "Approved.")
    folder.approve("post/one", "profile/ben")
    before = published(folder)
    folder.write("posts/one.md", "Edited.", front="authors: [cleo]")
    folder.write("queue/one.md", "Edited, too.")
    (folder.root / "authors/ben.md").unlink()
    assert published(folder) == before
    for path in folder.root.rglob("one.md"):
        path.unlink()
    assert published(folder) == before
    assert [post.post.body.strip() for post in before.posts] == ["Approved."]


def test_authors_dates_and_addresses_are_those_that_the_approval_fixed(folder: Folder) -> None:
    folder.write("queue/ben/2026-11-01-one.md", front="")
    folder.approve("post/one")
    (post,) = published(folder).posts
    assert (post.url, post.authors) == ("/2026/one/", ("ben",))
    assert post.date == datetime(2026, 10, 31, 23, tzinfo=UTC)


def test_a_post_is_there_from_its_time_until_its_end(folder: Folder) -> None:
    folder.write(
        "queue/one.md", front="authors: [ben]\npublish_at: 2026-12-01\nexpires: 2026-12-24"
    )
    folder.approve("post/one")
    assert next_due(folder.network()) == datetime(2026, 11, 30, 23, tzinfo=UTC)
    days = [bool(published(folder, after=timedelta(days=day)).posts) for day in (0, 20, 40)]
    assert days == [False, True, False]


def test_what_was_retracted_is_due_for_nothing(folder: Folder) -> None:
    folder.write("queue/one.md", front="authors: [ben]\nexpires: 2026-12-24")
    folder.approve("post/one")
    assert next_due(folder.network()) == datetime(2026, 12, 23, 23, tzinfo=UTC)
    folder.decide(Verb.RETRACT, "post/one")
    assert next_due(folder.network()) is None


def test_a_retraction_leaves_a_tombstone_and_a_quiet_one_leaves_nothing(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.write("queue/two.md")
    folder.approve("post/one", "post/two")
    folder.decide(Verb.RETRACT, "post/one", words="It was wrong.", kind="error")
    folder.decide(Verb.RETRACT, "post/two", quiet="yes")
    found = published(folder)
    (tombstone,) = found.tombstones
    assert found.posts == ()
    assert (tombstone.url, tombstone.words) == ("/2026/one/", "It was wrong.")
    assert tombstone.kind is TombstoneKind.ERROR


def test_a_build_on_an_unsound_record_is_refused_and_leaves_the_site_alone(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.approve("post/one")
    build(folder.root, now=folder.now)
    page = folder.root / "site/2026/one/index.html"
    before = page.read_bytes()
    next(folder.root.rglob("record/post/one/*.txt")).unlink()
    with pytest.raises(FaultsError) as raised:
        build(folder.root, now=folder.now)
    assert [problem.code for problem in raised.value.problems] == ["BN307"]
    assert page.read_bytes() == before


def test_an_update_is_declared_and_never_later_than_it_could_be_true(folder: Folder) -> None:
    folder.write("queue/one.md", front="authors: [ben]\ndate: 2026-11-01\nupdated: 2031-01-01")
    folder.write("queue/two.md", front="authors: [ben]\ndate: 2026-11-01\nupdated: 2026-11-02")
    folder.write("queue/three.md", front="authors: [ben]\ndate: 2026-11-01")
    folder.write(
        "queue/four.md", front="authors: [ben]\npublish_at: 2026-12-01\nupdated: 2026-11-30"
    )
    folder.approve("post/one", "post/two", "post/three", "post/four")
    found = {
        post.subject.id: post.updated for post in published(folder, after=timedelta(days=30)).posts
    }
    network = folder.network()
    (approval,) = network.record.subjects[
        next(subject for subject in network.record.subjects if subject.id == "one")
    ].history.events
    assert found == {
        "one": approval.time,
        "two": datetime(2026, 11, 1, 23, tzinfo=UTC),
        "three": None,
        "four": datetime(2026, 11, 29, 23, tzinfo=UTC),
    }
