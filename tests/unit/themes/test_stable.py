"""What templates are given stays while the version of the views stays: themes of other people depend on it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from blognet.themes import views
from blognet.themes.environment import make_renderer
from blognet.themes.faults import TEMPLATE_NAMES
from blognet.themes.strings import Words
from tests.unit.themes.samples import THEME, ZONE, load

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMISED = THEME.parents[1] / "tests" / "golden" / f"views-{views.VIEWS_VERSION}.txt"
BLOCKS = ("head_start", "head_end", "body_class", "masthead", "main")


def promised_now() -> Iterator[str]:
    """Name every field, filter, block and template that a theme can use today."""
    environment = make_renderer(lambda _: None, words=Words(), zone=ZONE).environment
    plain = type(environment)()
    for name, value in vars(views).items():
        if isinstance(value, type) and is_dataclass(value):
            yield from (f"field {name}.{field.name}" for field in fields(value))
    yield from (f"filter {name}" for name in set(environment.filters) - set(plain.filters))
    yield from (f"name {name}" for name in set(environment.globals) - set(plain.globals))
    yield from (f"template {name}" for name in TEMPLATE_NAMES)
    yield from (
        f"block {name}" for name in BLOCKS if f"block {name} %}}" in (load("base.html") or "")
    )


def test_nothing_that_themes_were_promised_is_gone() -> None:
    """Something vanished? Then VIEWS_VERSION goes up by one, and docs/themes.md says what to write instead."""
    promised = PROMISED.read_text("utf-8").splitlines()
    assert sorted(set(promised) - set(promised_now())) == []


def test_everything_that_themes_can_use_is_promised(
    update_golden: bool,  # noqa: FBT001  a fixture
) -> None:
    """New fields are added to the promise by --update-golden; it takes none away."""
    kept = set(PROMISED.read_text("utf-8").splitlines()) if PROMISED.exists() else set()
    if update_golden:
        lines = sorted(kept.union(promised_now()))
        PROMISED.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return
    assert sorted(set(promised_now()) - kept) == []
