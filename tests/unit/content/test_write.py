"""What commands write into sources: exactly what was asked for, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.content.write import compose_source, with_front_value, without_draft

if TYPE_CHECKING:
    from blognet.kernel.yamlwrite import Writable


def test_a_composed_source_reads_as_a_person_would_have_written_it() -> None:
    front: dict[str, Writable] = {
        "title": "Our office: a tour",
        "date": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        "authors": ["ann", "bob"],
        "tags": ["open source", "C++"],
        "summary": "It's short",
        "draft": True,
        "extra": {"a": [], "b": [{"c": 1, "d": "no"}]},
    }
    assert compose_source(front, "\nBody\n\n") == (
        '---\ntitle: "Our office: a tour"\ndate: 2026-11-22T09:30:00Z\nauthors: [ann, bob]\n'
        "tags: [open source, C++]\nsummary: It's short\ndraft: true\n"
        "extra:\n  a: []\n  b:\n    - c: 1\n      d: no\n---\n\nBody\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "draft: true",
        "Draft:  True  # not yet",
        "published: false",
        "status: draft",
        "draft: 'true'",
    ],
)
def test_the_draft_line_is_removed_and_nothing_else(line: str) -> None:
    text = f"---\n# mine\ntitle: 'T'\n{line}\ntags:   [a]\n---\ndraft: true\n\n"
    assert without_draft(text) == "---\n# mine\ntitle: 'T'\ntags:   [a]\n---\ndraft: true\n\n"


def test_windows_line_ends_stay() -> None:
    assert (
        without_draft("---\r\ntitle: T\r\ndraft: true\r\n---\r\nx") == "---\r\ntitle: T\r\n---\r\nx"
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "# T\ndraft: true", "---\ntitle: T\n---\n", "---\ndraft: false\n---\n", "---\npublished: true\n---\n",
        "---\n{title: T, draft: true}\n---\n", "---\ndraft:\n  true\n---\n", "---\ndraft: true\n",
        "---\na: b: c\ndraft: true\n---\n",
        "---\ntitle: T\nextra:\n  draft: true\n---\n", "+++\ntitle = 'T'\n+++\n",
    ],
)  # fmt: skip
def test_where_no_line_of_its_own_makes_a_draft_a_person_has_to_look(text: str) -> None:
    assert without_draft(text) is None


def test_a_draft_in_toml_is_released_too() -> None:
    assert without_draft("+++\ntitle = 'T'\ndraft = true\n+++\n") == "+++\ntitle = 'T'\n+++\n"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("---\ntitle: T\n---\nB", "---\ntitle: T\nslug: new\n---\nB"),
        ("---\nslug: old # why\ntitle: T\n---\nB", "---\nslug: new\ntitle: T\n---\nB"),
        ("---\nslug:\n  old\n\n# of the title\ntitle: T\n---\nB", "---\nslug: new\n\n# of the title\ntitle: T\n---\nB"),
        ("---\n---\nB", "---\nslug: new\n---\nB"),
        ("# T\nB", "---\nslug: new\n---\n\n# T\nB"),
    ],
)  # fmt: skip
def test_a_key_is_set_and_the_rest_stays(text: str, changed: str) -> None:
    assert with_front_value(text, "slug", "new") == changed


def test_another_spelling_of_the_key_is_replaced() -> None:
    text = "---\nauthor: ann\ntitle: T\n---\n"
    assert (
        with_front_value(text, "authors", ["ann", "bob"])
        == "---\nauthors: [ann, bob]\ntitle: T\n---\n"
    )


@pytest.mark.parametrize(
    "text", ["---\n{title: T}\n---\n", "---\na: b: c\n---\n", "+++\na = 1\n+++\n"]
)
def test_what_cannot_be_changed_line_by_line_is_left_alone(text: str) -> None:
    assert with_front_value(text, "slug", "new") is None
