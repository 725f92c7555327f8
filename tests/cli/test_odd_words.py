"""Words that no command expects: each is refused with a sentence, none with a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

COMMANDS = {
    "check": ["check"],
    "status": ["status"],
    "submit": ["submit", "--dry-run"],
    "new": ["new", "--dry-run"],
    "new --slug": ["new", "T", "--dry-run", "--slug"],
    "new --author": ["new", "T", "--dry-run", "--author"],
    "new --tag": ["new", "T", "--dry-run", "--tag"],
    "me": ["me"],
    "explain": ["explain"],
    "import": ["import", "jekyll", "--dry-run"],
    "init": ["init", "--yes", "--dry-run"],
    "init --title": ["init", "../new", "--yes", "--dry-run", "--title"],
    "init --name": ["init", "../new", "--yes", "--dry-run", "--name"],
    "init --url": ["init", "../new", "--yes", "--dry-run", "--url"],
}
WORDS = {
    "nothing": "",
    "a blank": " ",
    "bytes that are no text": "caf\udce9",
    "a name too long for the system": "x" * 5000,
    "the way out": "../../../etc/passwd",
    "a device": "/dev/zero",
    "a control sequence": "\x1b[2J",
    "a turn of the reading direction": "\u202e",
    "an empty hash": "hello@",
    "a kind alone": "post/",
    "a pattern": "[*",
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_an_odd_word_is_answered_with_a_sentence_and_changes_nothing(
    network_folder: NetworkFolder, command: list[str], word: str
) -> None:
    network_folder.post("queue/hello.md")
    before = network_folder.files()
    done = network_folder.blognet(*command, word)
    assert done.code in {0, 1, 2, 3, 5}, done.err
    assert done.code == 0 or done.err
    assert "\x1b" not in done.out + done.err
    assert network_folder.files() == before
