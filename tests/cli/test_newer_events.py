"""What a newer version wrote: keys that are not known here survive, a format that is not is refused with a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blognet.kernel.ids import Kind, Subject
from blognet.moderation.event_json import event_from_dict, event_to_bytes
from blognet.moderation.record import event_path, subject_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

HELLO = subject_folder(Subject(kind=Kind.POST, id="hello"))


def comment_of_tomorrow(network: NetworkFolder, **more: object) -> Path:
    """Write an event as a later version might: with keys that nobody knows yet."""
    mapping: dict[str, object] = {
        "actor": "ben",
        "format": 1,
        "id": "hello",
        "kind": "post",
        "network": "test",
        "prev": [],
        "time": "2026-11-22T09:15:03Z",
        "verb": "comment",
        **more,
    }
    event = event_from_dict(mapping)
    raw = event_to_bytes(event)
    return network.write(event_path(event, raw), raw)


def test_keys_of_a_later_version_survive_a_whole_round_of_decisions(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    path = comment_of_tomorrow(network_folder, mood={"colour": "green"}, weights=[1, 2])
    before = path.read_bytes()
    for command in (
        ("return", "hello", "-m", "Shorter."),
        ("hold", "hello", "-m", "Wait."),
        ("release", "hello"),
        ("approve", "hello", "--yes"),
        ("retract", "hello", "-m", "Wrong."),
        ("restore", "hello"),
        ("verify",),
        ("mend", "--yes"),
    ):
        done = network_folder.mayor(*command)
        assert done.code == 0, (command, done.err)
    assert network_folder.blognet("build").code == 0
    assert path.read_bytes() == before
    first = network_folder.mayor("log", "hello", "--json").listed("events")[0]
    assert first["verb"] == "comment"


def test_a_newer_format_is_refused_with_the_version_to_install(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    path = comment_of_tomorrow(network_folder)
    newer = json.loads(path.read_bytes()) | {"format": 3}
    path.write_text(json.dumps(newer), encoding="utf-8")
    found = network_folder.mayor("verify")
    assert found.code == 1
    assert f"{HELLO}/" in found.out
    assert "written by a newer blognet: it has format 3 and this blognet reads up to" in found.out
    assert "install blognet 3.0 or newer: pip install --upgrade 'blognet>=3'" in found.out
    assert network_folder.mayor("approve", "hello", "--yes").code == 1
    assert network_folder.blognet("build").code == 1
