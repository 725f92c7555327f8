"""The pages hold together: links lead somewhere, decisions follow their template, nothing is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import README, REPOSITORY, anchors_of, pages, relative_links

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS = sorted((REPOSITORY / "docs" / "decisions").glob("[0-9]*.md"))
PARTS = ("Context", "What matters", "Options", "Outcome")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    dead = []
    for target in relative_links(text):
        name, _, anchor = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        is_page = goal.suffix == ".md" and goal.is_file()
        if not goal.exists() or (
            anchor and is_page and anchor not in anchors_of(goal.read_text(encoding="utf-8"))
        ):
            dead.append(target)

    assert dead == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [README]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        links = relative_links(page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links]

    template = REPOSITORY / "docs" / "decisions" / "0000-template.md"
    assert [page for page in pages() if page not in reached and page != template] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name)
def test_a_decision_says_its_status_context_options_and_outcome(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert re.match(rf"# {page.name[:4]}: \S", text)
    assert re.search(r"^Status: (accepted|proposed|superseded by \d{4})", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:4] == list(PARTS)


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(len(DECISIONS)))


def test_the_code_names_no_page_that_does_not_exist() -> None:
    named = {
        (source.name, page)
        for source in sorted((REPOSITORY / "blognet").rglob("*.py"))
        for page in re.findall(r"docs/[\w/-]+\.md", source.read_text(encoding="utf-8"))
    }

    assert sorted(pair for pair in named if not (REPOSITORY / pair[1]).is_file()) == []
