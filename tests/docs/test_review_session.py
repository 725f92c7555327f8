"""The reviews that the mayors' guide shows come from a real terminal, key by key."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

import pytest

from blognet.cli.mayor.review_keys import KEYS
from blognet.cli.mayor.review_state import Mode
from tests.cli.live_terminal import LiveTerminal
from tests.cli.network_folder import new_network
from tests.docs.pages import REPOSITORY
from tests.docs.test_examples_run import same

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

GUIDE = REPOSITORY / "docs/mayors-guide.md"
ASKS, ENDS = ",?]? ", "[b]ack: "
POST = "---\ntitle: {title}\nauthors: [{author}]\n---\n\n{body}\n"
REPLIES = """\
checks:
  banned-words: [{words: [cheap], use: low-priced}]
replies:
  no-picture: Dear {author}, please give "{title}" a picture.
  too-long: At most 800 words, please.
"""
EVERY_DAY = "policy: {working_days: [mon, tue, wed, thu, fri, sat, sun]}\n"
"""The time left to answer must not depend on the day on which this runs."""
ANSWERS = (
    ("", ASKS),
    ("c", "> "),
    ("Welcome aboard!\n", ASKS),
    ("a", ASKS),
    ("r", "> "),
    ("Seven or six? The picture says six.\n", ENDS),
)
IN_THE_WAY = (
    ("", ASKS),
    ("a", ASKS),
    ("A", "> "),
    ("A reader says it, not we.\n", "> "),
    ("y\n", ASKS),
    ("r", "> "),
    ("c\n", "> "),
    ("1\n", "> "),
    ("A drawing will do.\n", ENDS),
)


def _network(root: Path, capsys: pytest.CaptureFixture[str]) -> NetworkFolder:
    network = new_network(root, capsys)
    network.write("blognet.yml", network.read("blognet.yml") + EVERY_DAY)
    for author in ("ann", "ben", "cleo", "dev"):
        mayor = "cleo" if author == "ann" else "ann"
        network.mayor("approve", f"profile/{author}", "--yes", who=mayor)
    return network


def _write(network: NetworkFolder, files: dict[str, str]) -> None:
    for hours, (path, text) in zip((30.5, 6.5), files.items(), strict=True):
        moment = time.time() - hours * 3600
        os.utime(network.write(path, text), (moment, moment))


def _a_review(network: NetworkFolder) -> None:
    network.write("queue/nets.md", POST.format(title="Nets", author="ben", body="We left at six."))
    network.mayor("approve", "nets", "--yes")
    text = "Out with the tide, and *back* with it."
    files = {
        "queue/our-trip.md": POST.format(title="Our trip", author="dev", body=text),
        "posts/nets.md": POST.format(title="Nets", author="ben", body="We left at seven."),
    }
    _write(network, files)


def _what_is_in_the_way(network: NetworkFolder) -> None:
    network.write("blognet.yml", network.read("blognet.yml") + REPLIES)
    text = "“That is cheap,” somebody said."
    files = {
        "queue/prices.md": POST.format(title="Prices", author="ben", body=text),
        "queue/ropes.md": POST.format(title="Ropes", author="dev", body="Ropes are long."),
    }
    _write(network, files)
    words = ("--kind", "must", "--on", "somebody", "-m", "Ask whether we may quote this.")
    network.mayor("comment", "prices", *words, who="cleo")


SESSIONS = {
    "a review": (_a_review, ANSWERS),
    "what is in the way": (_what_is_in_the_way, IN_THE_WAY),
}


@pytest.mark.parametrize("name", SESSIONS)
def test_the_guide_shows_a_real_review(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    update_golden: bool,  # noqa: FBT001  a fixture
) -> None:
    prepare, keys = SESSIONS[name]
    network = _network(tmp_path, capsys)
    prepare(network)
    with LiveTerminal(network.root, "mayor", "--as", "ann", "review", size=(40, 80)) as terminal:
        for typed, then in keys:
            terminal.press(typed, then)
        terminal.type("w")
        assert terminal.end() == 0
        session = terminal.shown
    shown = "".join(f"{line.rstrip()}\n" for line in session.strip().split("\n"))
    text = GUIDE.read_text(encoding="utf-8")
    begin = f"<!-- session: {name} -->\n```text\n"
    found = re.search(rf"(?<={re.escape(begin)}).*?(?=```\n<!-- end -->)", text, re.DOTALL)
    assert found is not None
    if update_golden:
        GUIDE.write_text(text[: found.start()] + shown + text[found.end() :], encoding="utf-8")
        return
    expected = [same(line) for line in found[0].split("\n")]
    assert expected == [same(line) for line in shown.split("\n")]


def test_the_guide_explains_every_key_of_a_review() -> None:
    rows = [
        line for line in GUIDE.read_text("utf-8").split("\n") if line.startswith(("| `", "| space"))
    ]
    told = {key for row in rows for key in re.findall(r"`(.)`", row.split(" | ")[0])}
    assert {*KEYS[Mode.BROWSING]} - {" "} <= told
    assert any("space" in row for row in GUIDE.read_text("utf-8").split("\n"))
