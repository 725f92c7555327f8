"""The review that the mayors' guide shows comes from a real terminal, key by key."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from tests.cli.live_terminal import LiveTerminal
from tests.cli.network_folder import new_network
from tests.docs.pages import REPOSITORY
from tests.docs.test_examples_run import same

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GUIDE = REPOSITORY / "docs/mayors-guide.md"
SESSION = re.compile(
    r"(?<=<!-- session: a review -->\n```text\n).*?(?=```\n<!-- end -->)", re.DOTALL
)
ASKS, ENDS = ",?]? ", "[b]ack: "
POST = "---\ntitle: {title}\nauthors: [{author}]\n---\n\n{body}\n"
KEYS = (
    ("", ASKS),
    ("c", "> "),
    ("Welcome aboard!\n", ASKS),
    ("a", ASKS),
    ("r", "> "),
    ("Seven or six? The picture says six.\n", ENDS),
)


def session(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    network = new_network(root, capsys)
    for author in ("ann", "ben", "cleo", "dev"):
        mayor = "cleo" if author == "ann" else "ann"
        network.mayor("approve", f"profile/{author}", "--yes", who=mayor)
    network.write("queue/nets.md", POST.format(title="Nets", author="ben", body="We left at six."))
    network.mayor("approve", "nets", "--yes")
    files = {
        "queue/our-trip.md": POST.format(
            title="Our trip", author="dev", body="Out with the tide, and *back* with it."
        ),
        "posts/nets.md": POST.format(title="Nets", author="ben", body="We left at seven."),
    }
    for days, (path, text) in zip((3, 1), files.items(), strict=True):
        moment = time.time() - days * 86400 - 60
        os.utime(network.write(path, text), (moment, moment))
    with LiveTerminal(network.root, "mayor", "--as", "ann", "review") as terminal:
        for keys, then in KEYS:
            terminal.press(keys, then)
        terminal.type("w")
        assert terminal.end() == 0
        return terminal.shown


def test_the_guide_shows_a_real_review(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    update_golden: bool,  # noqa: FBT001  a fixture
) -> None:
    shown = "".join(f"{line.rstrip()}\n" for line in session(tmp_path, capsys).strip().split("\n"))
    text = GUIDE.read_text(encoding="utf-8")
    found = SESSION.search(text)
    assert found is not None
    if update_golden:
        GUIDE.write_text(text[: found.start()] + shown + text[found.end() :], encoding="utf-8")
        return
    expected = [same(line) for line in found[0].split("\n")]
    assert expected == [same(line) for line in shown.split("\n")]
