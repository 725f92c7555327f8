"""The promise on the command line: the queue worst first, `status` with place and due date, and `mayor stats`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

EVERY_DAY = "policy: {working_days: [mon, tue, wed, thu, fri, sat, sun]}\n"
DAY = timedelta(days=1)


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network with git in which people work every day, so that no test depends on the day it runs."""
    network_folder.git("init", "-q")
    network_folder.write("blognet.yml", network_folder.read("blognet.yml") + EVERY_DAY)
    return network_folder


def commit(net: NetworkFolder, patch: pytest.MonkeyPatch, *, ago: timedelta) -> datetime:
    time = datetime.now(UTC).replace(microsecond=0) - ago
    patch.setenv("GIT_COMMITTER_DATE", f"{int(time.timestamp())} +0000")
    net.git("add", "--all")
    net.git("commit", "-q", "-m", "x")
    return time


def test_the_queue_shows_what_is_late_first_and_ends_with_what_it_comes_to(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.post("queue/zebra.md", title="Zebra")
    commit(net, monkeypatch, ago=3 * DAY)
    net.post("queue/ant.md", title="Ant")
    net.post("queue/bee.md", title="Bee")
    commit(net, monkeypatch, ago=DAY + timedelta(hours=10))
    shown = net.mayor("queue")
    lines = [line.split()[0] for line in shown.out.splitlines() if line.split()[:1] != ["POST"]]
    assert [line for line in lines if line in {"ant", "bee", "zebra"}] == ["zebra", "ant", "bee"]
    assert "1 d late" in shown.out
    assert "h left" in shown.out
    assert "late" in shown.err
    assert "oldest:" in shown.err


def test_the_queue_as_json_says_since_when_and_how_many_working_seconds_are_left(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.post("queue/hello.md")
    came = commit(net, monkeypatch, ago=3 * DAY)
    done = net.mayor("queue", "--json")
    found = next(one for one in done.listed("waiting") if one["name"] == "hello")
    assert found["queued_since"] == f"{came:%Y-%m-%dT%H:%M:%SZ}"
    assert found["due"] == f"{came + 2 * DAY:%Y-%m-%dT%H:%M:%SZ}"
    assert isinstance(found["left"], int)
    assert -86_400 - 600 <= found["left"] <= -86_400
    summary = done.json()["summary"]
    assert isinstance(summary, dict)
    assert summary["late"] == len(done.listed("waiting"))


def test_an_edit_starts_the_clock_again_and_an_answer_ends_it(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.post("queue/hello.md")
    commit(net, monkeypatch, ago=3 * DAY)
    net.post("queue/hello.md", body="Better.")
    later = commit(net, monkeypatch, ago=timedelta(hours=1))

    def since() -> object:
        rows = net.mayor("queue", "--json").listed("waiting")
        return next(one for one in rows if one["name"] == "hello")["queued_since"]

    assert since() == f"{later:%Y-%m-%dT%H:%M:%SZ}"
    net.mayor("return", "hello", "-m", "Shorter.")
    assert since() is None


def test_status_says_the_place_in_the_queue_and_when_an_answer_is_due(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.post("queue/first.md")
    commit(net, monkeypatch, ago=3 * DAY)
    net.post("queue/second.md")
    due = commit(net, monkeypatch, ago=DAY) + 2 * DAY
    shown = net.blognet("status", "first", "second")
    assert "place 1 of" in shown.out
    assert "an answer was due" in shown.out
    assert f"an answer is due {due:%a %Y-%m-%d %H:%M}" in shown.out
    found = net.blognet("status", "second", "--json").listed("subjects")[0]
    assert found["answer_due"] == f"{due:%Y-%m-%dT%H:%M:%SZ}"


def test_a_network_that_promises_nothing_says_nothing_of_it(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.write(
        "blognet.yml", net.read("blognet.yml").replace("policy: {", "policy: {answer_within: 0, ")
    )
    net.post("queue/hello.md")
    commit(net, monkeypatch, ago=9 * DAY)
    assert "late" not in net.mayor("queue").out
    shown = net.blognet("status", "hello").out
    assert "place 1 of" in shown
    assert "due" not in shown


def test_stats_count_answers_rounds_and_the_reasons_of_declines(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.write("authors/ben.md", "---\nname: Ben\nteam: Data Science\n---\n\nHello.\n")
    for name in ("one", "two", "three"):
        net.post(f"queue/{name}.md", title=name)
    commit(net, monkeypatch, ago=2 * DAY)
    net.mayor("return", "one", "-m", "Shorter.")
    net.mayor("decline", "two", "-m", "Off topic.\n\nSorry.")
    net.mayor("decline", "three", "-m", "off topic")
    net.post("queue/one.md", title="one", body="Short.")
    commit(net, monkeypatch, ago=-timedelta(minutes=1))  # surely after the decisions
    net.mayor("approve", "one", "--yes")
    found = net.mayor("stats", "--json").json()
    network = found["network"]
    assert isinstance(network, dict)
    assert network["answered"] == 3
    assert network["answers"] == {"approve": 1, "decline": 2, "return": 1}
    assert network["rounds"] == {"median": 2, "most": 2}
    first = network["first_answer"]
    assert first["cases"] == 3
    assert 2 * 86_400 <= first["median"] <= 2 * 86_400 + 600
    assert 2 * 86_400 <= network["live"]["median"] <= 2 * 86_400 + 600
    assert found["declined"] == 0.6667
    assert found["reasons"] == [{"text": "off topic", "count": 2, "share": 1.0}]
    assert [one["name"] for one in net.mayor("stats", "--json").listed("teams")] == ["data-science"]
    shown = net.mayor("stats").out
    assert "67% of what was answered was declined" in shown
    assert "team data-science" in shown


def test_stats_begin_at_a_date_and_say_when_nothing_was_answered(net: NetworkFolder) -> None:
    assert "Nothing was answered yet." in net.mayor("stats").err
    net.post("queue/one.md")
    net.mayor("return", "one", "-m", "Shorter.")
    assert "Nothing was answered yet." in net.mayor("stats", "--since", "2100-01-01").err
    assert "Of 1 it is not known when they came" in net.mayor("stats").err
    refused = net.mayor("stats", "--since", "soon")
    assert (refused.code, "expected a date" in refused.err) == (2, True)
