"""When a few posts are new, others or gone, a build plans no more than they touch, and gives what a clean build gives.

`BLOGNET_STEPS=500 pytest tests/property/test_few_posts.py` looks longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from blognet.actions import placing
from blognet.actions.build import build
from tests.invariants.interrupting import killed_at
from tests.invariants.network_folder import CONFIG, start
from tests.property.counted_plans import count_plans
from tests.property.lives import FromNothing, are_those_of_ci, differing, lives, seed_of, steps
from tests.property.many_posts import Life

if TYPE_CHECKING:
    from pathlib import Path

STEPS = steps(50)
KILLS = 0.08
NETWORKS = (
    "social_cards: {draw: false}\nposts_per_page: 2\n",
    "posts_per_page: 5\n",
    "posts_per_page: 3\nfeeds: {author_topics: true, items: 4}\n",
    "social_cards: {draw: false}\nposts_per_page: 4\ntopics: [{id: locks, title: All locks, pinned: [p3]}]\n",
    "social_cards: {draw: false}\nrelated: 0\ntags: {aliases: {wheels: bells}}\n",
    "social_cards: {draw: false}\nposts_per_page: 2\ntheme: {name: counting}\n",
)
COUNTING = {
    "list": "{{ view.pager.page }}: {{ view.term.count }}{% for card in view.posts %} {{ card.title }}{% endfor %}",
    "author": "{{ view.pager.page }}: {{ view.author.count }} {{ view.author.name }}",
    "post": "{% if view.series %}{{ view.series.term.count }}{% endif %} {{ view.card.title }} {{ view.body }}",
}
"""A theme that says how many posts there are where ours does not."""


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("life", lives(8))
def test_few_posts_are_built_as_in_a_clean_build_and_without_a_plan_of_the_site(
    life: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = count_plans(monkeypatch)
    if life % 2:  # as in large networks: a second tree stands by
        monkeypatch.setattr(placing, "STANDBY_FROM", 3)
    seed = seed_of(7, life)
    chance = random.Random(seed)  # noqa: S311  any order will do
    clean = FromNothing(folder=tmp_path / "clean")
    config = CONFIG + chance.choice(NETWORKS)
    network = start(tmp_path / "network", config=config)
    years = Life(network=network, chance=chance)
    years.done.append(config)
    for name, template in COUNTING.items():
        network.write(f"themes/counting/templates/{name}.html", template)
    for _ in range(9):
        years.done.append(years._new())  # noqa: SLF001  # its own
    build(network.root, now=years.now)
    short = 0
    for _ in range(STEPS):
        years.step()
        expected = clean.site_of(network.root, years.now)
        assert expected is not None
        if chance.random() < KILLS:
            step = chance.randrange(1, 60)
            killed_at(step, lambda: build(network.root, now=years.now))
            years.done.append(f"killed at {step}")
        planned.clear()
        built = build(network.root, now=years.now)
        short += bool(not planned and built.made)
        said = f"BLOGNET_SEED={seed}: " + "\n".join(years.done)
        assert differing(network.site, expected) == [], said
    if are_those_of_ci():
        assert short > STEPS // 8, f"BLOGNET_SEED={seed}: {short} builds went the short way"
