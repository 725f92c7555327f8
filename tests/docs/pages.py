"""The documentation as the tests read it: its files, its generated blocks, its shell examples.

A generated block is what a table of the code says, written into a page between two comments:

    <!-- generated: options of blognet new -->
    | option | what it does |
    ...
    <!-- end -->

``pytest tests/docs --update-golden`` writes the blocks anew; a person reads the difference.

A shell example is a fenced block of the language ``console``. A line that begins with ``$ `` is typed, ``> `` goes on
with it; the lines below are what comes out, on either channel. A line that is only ``…`` stands for lines left out.
Hashes, times, years in addresses, durations and counts of files may differ. A comment ``<!-- before: … -->`` holds
shell lines that are run without being shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
README = REPOSITORY / "README.md"
_BLOCK = re.compile(
    r"(?P<start><!-- generated: (?P<name>[^\n]+?) -->\n)(?P<body>.*?)(?P<end><!-- end -->)",
    re.DOTALL,
)
_STEP = re.compile(
    r"^<!-- before:\n(?P<hidden>.*?)^-->$|^```console\n(?P<shown>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_CODE = re.compile(r"^```.*?^```$|^    .*?$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of an example.

    Attributes:
        line: In the page, counted from 1.
        typed: What is typed, continuation lines included.
        output: The lines that are expected; None for a command that is run without being shown.
    """

    line: int
    typed: str
    output: tuple[str, ...] | None


def pages() -> tuple[Path, ...]:
    """Return every page that people read."""
    top = (README, REPOSITORY / "CHANGELOG.md")
    return (*top, *sorted((REPOSITORY / "docs").rglob("*.md")))


def generated_blocks(text: str) -> dict[str, str]:
    """Return the generated blocks of a page by name."""
    return {match["name"]: match["body"] for match in _BLOCK.finditer(text)}


def with_blocks(text: str, blocks: dict[str, str]) -> str:
    """Return the page with other generated blocks."""
    return _BLOCK.sub(
        lambda match: match["start"] + blocks.get(match["name"], match["body"]) + match["end"], text
    )


def commands_of(text: str) -> Iterator[Command]:
    """Yield the commands of a page's examples in order."""
    for step in _STEP.finditer(text):
        shown = step["hidden"] is None
        body = step["shown"] if shown else step["hidden"]
        line = text.count("\n", 0, step.start()) + 2
        if shown:
            yield from _split(body.split("\n")[:-1], line)
        else:
            yield Command(line=line, typed=body, output=None)


def relative_links(text: str) -> Iterator[str]:
    """Yield the targets of links to other files of the repository, and to places in the page itself."""
    for match in _LINK.finditer(_CODE.sub("", text)):
        if not re.match(r"[a-z]+:", match["target"]):
            yield match["target"]


def anchors_of(text: str) -> frozenset[str]:
    """Return the places of a page that a link can lead to, as forges name them."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = (match["text"].lower() for match in _HEADING.finditer(plain))
    return frozenset(re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings)


def _split(lines: list[str], first: int) -> Iterator[Command]:
    at = 0
    while at < len(lines):
        start = at
        typed = [lines[at].removeprefix("$ ")]
        at += 1
        while at < len(lines) and (lines[at] == ">" or lines[at].startswith("> ")):
            typed.append(lines[at][2:])
            at += 1
        output: list[str] = []
        while at < len(lines) and not lines[at].startswith("$ "):
            output.append(lines[at])
            at += 1
        yield Command(line=first + start, typed="\n".join(typed), output=tuple(output))
