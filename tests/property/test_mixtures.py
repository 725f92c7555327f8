"""Whatever changes at once, posts and lists and years and files and theme, a build gives what a clean build gives.

`BLOGNET_STEPS=500 pytest tests/property/test_mixtures.py` looks longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from blognet.actions import making, page_slices, placing, texts
from blognet.actions.build import build
from blognet.actions.unchanged import build_unchanged
from blognet.kernel.errors import BlognetError
from blognet.site import lists, lists_again, search, sitemaps
from tests.invariants.interrupting import doing_at, killed_at
from tests.invariants.network_folder import start
from tests.property.counted_plans import count_plans
from tests.property.lives import (
    FromNothing,
    are_those_of_ci,
    differing,
    lives,
    said_of_site,
    seed_of,
    steps,
)
from tests.property.mixtures import SETTINGS, Mixed

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.actions.built import Built

STEPS = steps(40)
KILLS, EDITS_MEANWHILE = 0.08, 0.12
MOST_ADDRESSES = 16


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("life", lives(4))
def test_everything_that_changes_at_once_is_built_as_in_a_clean_build(
    life: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = count_plans(monkeypatch)
    seed = seed_of(11, life)
    chance = random.Random(seed)  # noqa: S311  any order will do
    jobs = _as_if_large(monkeypatch, chance)
    clean = FromNothing(folder=tmp_path / "clean")
    years = Mixed(network=start(tmp_path / "network"), chance=chance)
    years.begin(chance.choice(SETTINGS))
    for _ in range(9):
        years.done.append(years._new())  # noqa: SLF001  # its own
    short = 0
    for _ in range(STEPS):
        expected = clean.site_of(years.network.root, years.now)
        if expected is not None and chance.random() < KILLS:
            step = chance.randrange(1, 60)
            killed_at(step, lambda: _build(years, jobs))
            years.done.append(f"killed at {step}")
        elif expected is not None and chance.random() < EDITS_MEANWHILE:
            _build_while_somebody_edits(years, jobs)
            expected = clean.site_of(years.network.root, years.now)
        said = f"BLOGNET_SEED={seed}: " + "\n".join(years.done)
        if expected is None:
            before = dict(years.network.site)
            with pytest.raises(BlognetError):
                _build(years, jobs)
            assert differing(years.network.site, before) == [], said
        else:
            planned.clear()
            built = _build(years, jobs)
            short += bool(not planned and built.made)
            assert differing(years.network.site, expected) == [], said
            assert clean.built is not None
            assert said_of_site(built) == said_of_site(clean.built), said
        years.step()
    if are_those_of_ci():
        assert short > STEPS // 16, f"BLOGNET_SEED={seed}: {short} builds went the short way"


def _build(life: Mixed, jobs: int) -> Built:
    """Build as the command does: what has not changed is not looked at again."""
    root, now = life.network.root, life.now
    looked = build_unchanged(root, now=now, output=None, base_url="")
    return looked.built or build(root, now=now, jobs=jobs, looked=looked)


def _build_while_somebody_edits(life: Mixed, jobs: int) -> None:
    step = life.chance.randrange(1, 500)
    with (
        doing_at(step, lambda: life.done.append(f"at {step}: {life.edit()}")),
        suppress(BlognetError),
    ):
        _build(life, jobs)


def _as_if_large(monkeypatch: pytest.MonkeyPatch, chance: random.Random) -> int:
    """Let a small network have what large ones have, by chance; return how many processes render."""
    if chance.random() < 1 / 2:  # a second tree stands by
        monkeypatch.setattr(placing, "STANDBY_FROM", 3)
    if chance.random() < 2 / 3:  # several files of sitemap and search
        _cut(monkeypatch)
    if chance.random() < 3 / 4:
        return 1
    for room in (texts, making, page_slices):
        monkeypatch.setattr(room, "WORTH_WORKERS", 3)
    return 2


def _cut(monkeypatch: pytest.MonkeyPatch) -> None:
    for cutting in (sitemaps.sitemap_claims, sitemaps.with_sitemap, sitemaps.sitemap_again):
        known = {**(cutting.__kwdefaults__ or {}), "most": MOST_ADDRESSES}
        monkeypatch.setattr(cutting, "__kwdefaults__", known)
    monkeypatch.setattr(lists, "LISTED_AT_MOST", 12)
    monkeypatch.setattr(lists_again, "MOST_UNLISTED", 3)
    monkeypatch.setattr(search, "POSTS_A_FILE", 3)
    monkeypatch.setattr(search, "FILES_A_GROUP", 2)
