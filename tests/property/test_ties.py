"""Posts of the same moment and of names and words that are nearly the same are built as in a clean build.

`BLOGNET_STEPS=500 pytest tests/property/test_ties.py` looks longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from tests.invariants.network_folder import CONFIG, start
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
from tests.property.tied_posts import NETWORKS, ZONES, Tied

if TYPE_CHECKING:
    from pathlib import Path

STEPS = steps(30)


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("number", lives(3))
def test_posts_of_the_same_moment_are_built_as_in_a_clean_build(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = count_plans(monkeypatch)
    seed = seed_of(13, number)
    chance = random.Random(seed)  # noqa: S311  any order will do
    clean = FromNothing(folder=tmp_path / "clean")
    config = CONFIG.replace("timezone: UTC", f"timezone: {chance.choice(ZONES)}")
    network = start(tmp_path / "network", config=config + chance.choice(NETWORKS))
    life = Tied(network=network, chance=chance)
    life.begin()
    short = 0
    for _ in range(STEPS):
        expected = clean.site_of(network.root, life.now)
        assert expected is not None
        planned.clear()
        built = build(network.root, now=life.now)
        short += bool(not planned and built.made)
        said = f"BLOGNET_SEED={seed}: " + "\n".join(life.done)
        assert differing(network.site, expected) == [], said
        assert clean.built is not None
        assert said_of_site(built) == said_of_site(clean.built), said
        life.step()
    if are_those_of_ci():
        assert short > STEPS // 8, f"BLOGNET_SEED={seed}: {short} builds went the short way"
