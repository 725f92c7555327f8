"""The golden file of Jekyll bodies: title, what the old post says, what the new one says, and what was lost.

A case is a heading ``##`` and three fences of six backticks: ``liquid``, ``markdown`` and ``report``. The surroundings
are those of `jekyll_cases`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.importers.jekyll_cases import converted, shown

FILE = Path(__file__).parents[2] / "golden" / "jekyll.md"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n``````liquid\n(?P<body>.*?)^``````\n``````markdown\n(?P<text>.*?)^``````\n"
    r"``````report\n(?P<report>.*?)^``````$",
    re.MULTILINE | re.DOTALL,
)


def cases() -> list[tuple[str, int]]:
    content = FILE.read_text(encoding="utf-8")
    return [
        (match["title"], content.count("\n", 0, match.start()) + 1)
        for match in CASE.finditer(content)
    ]


def case_of(content: str, title: str) -> re.Match[str]:
    return next(match for match in CASE.finditer(content) if match["title"] == title)


@pytest.mark.parametrize(
    "title",
    [title for title, _ in cases()],
    ids=[f"line {line} {title}" for title, line in cases()],
)
def test_an_old_body_becomes_the_expected_one(title: str, *, update_golden: bool) -> None:
    content = FILE.read_text(encoding="utf-8")
    match = case_of(content, title)
    text, report = shown(converted(match["body"]))
    if update_golden:
        before, after = content[: match.start("text")], content[match.end("report") :]
        between = content[match.end("text") : match.start("report")]
        FILE.write_text(before + text + between + report + after, encoding="utf-8")
        return
    assert (text, report) == (match["text"], match["report"])


def test_every_heading_of_the_golden_file_is_a_case() -> None:
    content = FILE.read_text(encoding="utf-8")
    outside = re.sub(r"^``````.*?^``````$", "", content, flags=re.MULTILINE | re.DOTALL)
    assert outside.count("\n## ") == len(cases())
