"""How often a build plans the whole site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.site.plan import plan

if TYPE_CHECKING:
    import pytest


def count_plans(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by one with each plan until the end of a test."""
    planned: list[int] = []

    def counted(*some: object, **more: object) -> object:
        planned.append(1)
        return plan(*some, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("blognet.actions.preparing.plan", counted)
    return planned
