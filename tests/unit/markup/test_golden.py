"""The golden files of markup: title, Markdown, and the HTML that is expected, in tests/golden/markup*.md.

A case is a heading ``##``, a fence of six backticks with the Markdown, and one with the HTML. In the Markdown,
``\\u{9}`` and the like stand for characters that an editor would hide or change.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.markup import MarkupOptions, Parser, render_markdown
from tests.unit.markup.safety import faults_of, fetched_hosts

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render

GOLDEN = Path(__file__).parents[2] / "golden"
FILES = sorted(GOLDEN.glob("markup*.md"))
OTHER = GOLDEN / "pyromark.md"  # the few cases that read otherwise with the other parser
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n``````markdown\n(?P<text>.*?)^``````\n``````html\n(?P<html>.*?)^``````$",
    re.MULTILINE | re.DOTALL,
)
HIDDEN = re.compile(r"\\u\{([0-9a-f]+)\}")


CASES = [
    (file, match["title"], match.string.count("\n", 0, match.start()) + 1)
    for file in FILES
    for match in CASE.finditer(file.read_text(encoding="utf-8"))
]
IDS = [f"{file.name}:{line} {title}" for file, title, line in CASES]
each_case = pytest.mark.parametrize(
    ("file", "title"), [(file, title) for file, title, _ in CASES], ids=IDS
)


def parts_of(file: Path, title: str) -> tuple[str, str]:
    content = file.read_text(encoding="utf-8")
    match = next(each for each in CASE.finditer(content) if each["title"] == title)
    return shown(match["text"]), match["html"]


def shown(text: str) -> str:
    return HIDDEN.sub(lambda hidden: chr(int(hidden[1], 16)), text)


@each_case
def test_markdown_becomes_the_expected_html(file: Path, title: str, *, update_golden: bool) -> None:
    text, expected = parts_of(file, title)
    html = render_markdown(text).html
    if update_golden and html != expected:
        content = file.read_text(encoding="utf-8")
        old = next(match for match in CASE.finditer(content) if match["title"] == title)
        start, end = old.span("html")
        file.write_text(content[:start] + html + content[end:], encoding="utf-8")
        return
    assert html == expected


@each_case
def test_the_other_parser_gives_the_same_html_but_for_listed_cases(
    file: Path, title: str, *, update_golden: bool
) -> None:
    text, expected = parts_of(file, title)
    html = render_markdown(text, options=MarkupOptions(parser=Parser.PYROMARK)).html
    content = OTHER.read_text(encoding="utf-8")
    listed = next((each for each in CASE.finditer(content) if each["title"] == title), None)
    if update_golden and listed and html != listed["html"]:
        start, end = listed.span("html")
        OTHER.write_text(content[:start] + html + content[end:], encoding="utf-8")
        return
    assert html == (listed["html"] if listed else expected)
    assert listed is None or (shown(listed["text"]) == text and listed["html"] != expected)


@each_case
def test_nothing_in_it_can_run_or_fetch_from_elsewhere(
    file: Path, title: str, render: Render
) -> None:
    html = render(parts_of(file, title)[0]).html
    assert (faults_of(html), fetched_hosts(html)) == ([], set())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_heading_of_a_golden_file_is_a_case(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    outside = re.sub(
        r"^``````markdown\n.*?^``````\n``````html\n.*?^``````$",
        "",
        content,
        flags=re.MULTILINE | re.DOTALL,
    )
    titles = [match["title"] for match in CASE.finditer(content)]
    assert titles == re.findall(r"^## (.+)$", outside, re.MULTILINE)
    assert len(titles) == len(set(titles))
