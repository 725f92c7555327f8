"""Every shell example of the documentation is typed into a real shell, and what comes out is what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import REPOSITORY, Command, commands_of, pages

WITH_EXAMPLES = [page for page in pages() if "```console" in page.read_text(encoding="utf-8")]
_WHERE = ".where"
_SAME = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "<digest>"),
    (re.compile(r"\b(?=[0-9a-f]*[0-9])[0-9a-f]{8,32}\b"), "<hash>"),
    (re.compile(r"\d{8}T\d{6}Z|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "<time>"),
    (re.compile(r"\b\d+\.\d s\b"), "<seconds>"),
    (re.compile(r"/20\d\d/"), "/<year>/"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "<date>"),
    (re.compile(r"\b[A-Z][a-z]{2} <date> \d\d:\d\d\b"), "<when>"),
    (re.compile(r"\b(?:\d+ d(?: \d+ h)?|\d+ h|\d+ min)\b(?: left)?|(?<=  )now(?=  )"), "<span>"),
    (re.compile(r"\b\d+ (files|written|unchanged|removed)\b"), r"<number> \1"),
)


class Shell:
    """A shell in an empty folder, as somebody has it who just installed blognet and whom nobody knows yet."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home
        self._settings = {
            **{name: value for name, value in os.environ.items() if name.startswith("GIT_")},
            "BROWSER": "true",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY),
            "TZ": "UTC",
            "USER": "ann",
        }

    def type(self, command: str) -> tuple[str, ...]:
        """Run a command and return the lines of both channels, in the order of writing."""
        where = self._home / _WHERE
        script = f"{command}\ncode=$?\npwd > '{where}'\nexit $code\n"
        ran = subprocess.run(
            ["bash", "-c", script],
            cwd=self._folder,
            env=self._settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self._folder = Path(where.read_text(encoding="utf-8").strip())
        where.unlink()
        refused = re.search(r"^(?:error:|Error:|.+  error BN)", ran.stdout, re.MULTILINE)
        assert ran.returncode == 0 or refused, f"$ {command}\n{ran.stdout}(code {ran.returncode})"
        return tuple(ran.stdout.splitlines())


def same(text: str) -> str:
    for pattern, name in _SAME:
        text = pattern.sub(name, text)
    # The columns of a table are as wide as what stands in them.
    return re.sub(r"(?<=\S) {2,}", "  ", text).rstrip()


def fits(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    pieces = [".*" if line.strip() == "…" else re.escape(same(line)) + r"\n" for line in expected]
    text = "".join(f"{same(line)}\n" for line in found)
    return re.fullmatch("".join(pieces), text, re.DOTALL) is not None


def difference(command: Command, found: tuple[str, ...]) -> str:
    expected = "\n".join(command.output or ())
    shown = "\n".join(found)
    return f"\nline {command.line}: $ {command.typed}\n--- the page shows\n{expected}\n--- comes out\n{shown}\n"


def updated(text: str, command: Command, found: tuple[str, ...]) -> str:
    lines = "$ " + command.typed.replace("\n", "\n> ")
    typed = "".join(f"{line.rstrip()}\n" for line in lines.split("\n"))
    before = "".join(f"{line}\n" for line in command.output or ())
    after = "".join(f"{line.rstrip()}\n" for line in found)
    return text.replace(typed + before, typed + after, 1)


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run_and_give_what_it_shows(
    page: Path,
    tmp_path: Path,
    update_golden: bool,  # noqa: FBT001  a fixture
) -> None:
    shell = Shell(tmp_path)
    text = page.read_text(encoding="utf-8")
    wrong = ""
    for command in commands_of(text):
        found = shell.type(command.typed)
        if command.output is None or fits(command.output, found):
            continue
        wrong += difference(command, found)
        text = updated(text, command, found)
    if update_golden:
        page.write_text(text, encoding="utf-8")
    else:
        assert not wrong, wrong


def test_a_line_of_dots_stands_for_any_lines_and_hashes_and_times_may_differ() -> None:
    expected = ("approved trip@3f9c2a1b07: at /2026/trip/", "…", "Built 1 post in 0.3 s")
    found = ("approved trip@0011223344: at /2031/trip/", "one", "two", "Built 1 post in 12.0 s")

    assert fits(expected, found)
    assert fits(expected, (found[0], found[3]))
    assert not fits(expected, (*found, "and more"))
    assert not fits(expected[::2], found)
