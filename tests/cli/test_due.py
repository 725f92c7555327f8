"""``mayor due``: what time brings, whether a build is due, and when the next one is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.times import iso

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

NOW = datetime.now(UTC).replace(microsecond=0)
SOON, LATER = NOW + timedelta(days=2), NOW + timedelta(days=40)


@pytest.fixture
def site(network_folder: NetworkFolder) -> Path:
    """A network with one live post and its built site, as of an hour ago."""
    network_folder.post("queue/old.md", title="Old")
    network_folder.mayor("approve", "old", "--yes")
    assert network_folder.blognet("build").code == 0
    hour_ago = (NOW + timedelta(hours=-1)).timestamp()
    os.utime(network_folder.root / "site/.blognet-output", (hour_ago, hour_ago))
    return network_folder.root / "site"


def approve(network_folder: NetworkFolder, name: str, **front: datetime | str) -> None:
    keys = "".join(
        f"{key}: {iso(value) if isinstance(value, datetime) else value}\n"
        for key, value in front.items()
    )
    network_folder.write(
        f"queue/{name}.md", f"---\ntitle: {name}\nauthors: [ben]\n{keys}---\n\nText.\n"
    )
    done = network_folder.mayor("approve", name, "--yes")
    assert done.code == 0, done.err


def whats(network_folder: NetworkFolder, key: str, *arguments: str) -> list[tuple[object, object]]:
    found = network_folder.mayor("due", "--json", *arguments).listed(key)
    return [(item["name"], item["what"]) for item in found]


def test_what_appears_expires_wants_a_review_and_is_held_is_listed_by_time(
    network_folder: NetworkFolder, site: Path
) -> None:
    assert site.is_dir()
    approve(network_folder, "coming", embargo=SOON)
    approve(network_folder, "going", expires=LATER)
    approve(network_folder, "facts", review_by=SOON + timedelta(days=1))
    network_folder.post("queue/held.md")
    until = iso(SOON + timedelta(days=2))
    network_folder.mayor("hold", "held", "-m", "Wait.", "--until", until)
    assert whats(network_folder, "coming") == [
        ("coming", "appears"),
        ("facts", "review"),
        ("held", "hold ends"),
        ("going", "expires"),
    ]
    assert whats(network_folder, "coming", "--within", "3") == [
        ("coming", "appears"),
        ("facts", "review"),
    ]


def test_a_review_that_is_late_stays_listed_until_a_version_with_another_date_is_approved(
    network_folder: NetworkFolder, site: Path
) -> None:
    assert site.is_dir()
    approve(network_folder, "facts", review_by="2020-01-01")
    assert "review is late" in network_folder.mayor("due").out
    assert whats(network_folder, "coming", "--within", "0") == [("facts", "review")]
    network_folder.write(
        "posts/facts.md",
        f"---\ntitle: facts\nauthors: [ben]\nreview_by: {iso(LATER)}\n---\n\nText.\n",
    )
    network_folder.mayor("approve", "facts", "--yes")
    assert whats(network_folder, "coming", "--within", "0") == []


def test_the_exit_code_says_whether_a_build_would_bring_anything_new(
    network_folder: NetworkFolder, site: Path
) -> None:
    minute = (datetime.now(UTC) + timedelta(minutes=5)).timestamp()
    os.utime(site / ".blognet-output", (minute, minute))
    assert network_folder.mayor("due").code == 0
    hour_ago = iso(NOW - timedelta(hours=1))
    late = network_folder.mayor("due", "--since", hour_ago)
    assert late.code == 1
    assert "A build is due now: 1 change since" in late.out
    assert whats(network_folder, "missed", "--since", hour_ago) == [("old", "appeared")]
    assert network_folder.blognet("build").code == 0


def test_after_a_build_none_is_due(network_folder: NetworkFolder, site: Path) -> None:
    assert site.is_dir()
    assert network_folder.mayor("due").code == 1
    network_folder.blognet("build", "--now", iso(datetime.now(UTC) + timedelta(minutes=5)))
    assert network_folder.mayor("due").code == 0


def test_what_expired_or_was_taken_down_since_the_build_makes_one_due(
    network_folder: NetworkFolder, site: Path
) -> None:
    assert site.is_dir()
    approve(
        network_folder, "gone", date=NOW - timedelta(days=3), expires=NOW - timedelta(minutes=5)
    )
    network_folder.mayor("retract", "old", "-m", "Wrong.")
    assert set(whats(network_folder, "missed")) == {("gone", "expired"), ("old", "taken down")}


def test_without_a_built_site_a_build_is_due(network_folder: NetworkFolder) -> None:
    done = network_folder.mayor("due")
    assert done.code == 1
    assert "A build is due now: the site was not built yet" in done.out


def test_the_next_build_is_named_in_local_time_in_utc_and_for_cron(
    network_folder: NetworkFolder,
) -> None:
    config = network_folder.read("blognet.yml")
    network_folder.write("blognet.yml", f"{config}timezone: Europe/Berlin\n")
    approve(network_folder, "coming", publish_at="2099-07-24 08:00:30")
    done = network_folder.mayor("due")
    sentence = "Next build is due at 2099-07-24 08:01 in Europe/Berlin (2099-07-24T06:00:30Z)"
    cron = (
        f"for cron, below CRON_TZ=Europe/Berlin: 1 8 24 7 * blognet -C {network_folder.root} build"
    )
    assert f"{sentence}\n  {cron}\n" in done.out
    built = network_folder.blognet("build")
    assert f"  {sentence}: something appears or expires then\n  {cron}\n" in built.out
    values = network_folder.mayor("due", "--json").json()
    assert values["next_due_cron"] == "1 8 24 7 *"
    assert values["next_due_local"] == "2099-07-24T08:00:30+02:00"


def test_an_odd_time_is_refused(network_folder: NetworkFolder) -> None:
    assert network_folder.mayor("due", "--since", "yesterday").code == 2
