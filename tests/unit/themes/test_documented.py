"""docs/themes.md says everything that a template can use."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest

from blognet.themes import views
from blognet.themes.faults import TEMPLATE_NAMES
from tests.unit.themes.samples import THEME, built_in

DOCUMENT = (THEME.parents[1] / "docs" / "themes.md").read_text("utf-8")
VIEWS = sorted(
    name for name, value in vars(views).items() if isinstance(value, type) and is_dataclass(value)
)


@pytest.mark.parametrize("name", VIEWS)
def test_every_field_of_a_view_is_documented_beside_it(name: str) -> None:
    parts = re.split(r"\n\n|\n(?=\|)", DOCUMENT)
    beside = "".join(
        part for part in parts if part.startswith((f"| `{name}` |", "**")) and f"`{name}`" in part
    )
    value = getattr(views, name)
    missing = [field.name for field in fields(value) if f"`{field.name}`" not in beside]
    assert missing == []


@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_every_template_is_documented(name: str) -> None:
    assert f"| `{name}` |" in DOCUMENT


@pytest.mark.parametrize(
    "name", ["url", "absolute", "date", "day", "datetime", "iso", "number", "direction"]
)
def test_every_filter_of_ours_exists_and_is_documented(name: str) -> None:
    assert name in built_in().environment.filters
    assert re.search(rf"\\\| {name}` \|", DOCUMENT)


def test_the_filter_that_would_switch_escaping_off_is_gone() -> None:
    assert "safe" not in built_in().environment.filters
