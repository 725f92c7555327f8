"""docs/checks.md says what the checks do: its table is theirs, and each example is found by its check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blognet.config import read_config
from blognet.moderation.checks import CHECKS
from tests.unit.moderation.check_texts import HEAD, LEAST, facts, look, settings

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| \[`([a-z-]+)`\]\(#([a-z-]+)\) \| (BN\d{3}) \| `([a-z]+)` \|", re.MULTILINE)
SECTION = re.compile(r"^### ([a-z-]+)\n(.*?)(?=^### [a-z]|^## To|\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(PAGE))
YAML = re.findall(r"^```yaml\nchecks:\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_table_of_the_page_is_the_table_of_the_checks() -> None:
    configured = settings()
    expected = [(one.name, one.name, one.code, one.severity(configured)) for one in CHECKS]
    assert ROW.findall(PAGE) == expected
    assert list(SECTIONS) == [one.name for one in CHECKS]


@pytest.mark.parametrize("lines", YAML)
def test_every_example_of_settings_is_faultless(lines: str) -> None:
    read_config(f"{LEAST}checks:\n{lines}")


EXAMPLES = [
    (name, example)
    for name, section in SECTIONS.items()
    for example in re.findall(r"^```markdown\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
]


def test_every_check_but_two_has_an_example() -> None:
    # A token in a page would be a finding of other tools; a text that is hard to read is no pleasure.
    assert {one.name for one in CHECKS} - {name for name, _ in EXAMPLES} == {
        "secrets",
        "reading-level",
    }


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_example_is_found_by_its_check(name: str, example: str) -> None:
    found = re.search(r"^```yaml\nchecks:\n(.*?)^```$", SECTIONS[name], re.MULTILINE | re.DOTALL)
    lines = "".join(line[2:] for line in found[1].splitlines(keepends=True)) if found else ""
    text = HEAD.replace("Our trip", "Other") + example
    assert name in {one.check for one in look(text, lines, among=facts(other="waiting"))}
