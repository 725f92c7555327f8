"""Whatever people do with git at once: only approved bytes are published, the record stays whole, no edit is lost.

Three clones of one network, two mayors, a deputy, reviewers of two stages and four authors. They write, move, rename,
delete, decide, say yes for a stage, carry over, force, retract, restore, give and use grants, tidy, branch, merge,
squash, rebase and cherry-pick in any order, often without the right to; and somebody changes the record by hand. Who
had the right is judged by `git_rules` and `git_oracle`, which share nothing with the program.

`BLOGNET_STEPS=20000 pytest tests/property/test_git_network.py` looks much longer; without it the `ci` profile takes
about two thousand steps and `dev` about two hundred.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.conftest import IN_CI
from tests.property import git_rights
from tests.property.git_joins import branch_off, join, same_in_any_order
from tests.property.git_network import PEOPLE, Simulation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.property.git_clone import Clone

STEPS_OF_A_RUN = 50
STEPS = int(os.environ.get("BLOGNET_STEPS", "2000" if IN_CI else "200"))

clones = st.integers(0, len(PEOPLE) - 1)
# One number stands for everything that happens within a step; the same number in the same place does the same.
wills = st.integers(0, 2**32 - 1).map(Random)


class SeveralPeople(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.simulation = Simulation(folder=Path(tempfile.mkdtemp(prefix="blognet-git-")))
        self.simulation.begin()

    def teardown(self) -> None:
        self.simulation.end()

    @rule(at=clones, chance=wills)
    def somebody_edits(self, at: int, chance: Random) -> None:
        clone = self._sit_down(at)
        note(self.simulation.edit(clone, chance))

    @rule(at=clones, chance=wills)
    def somebody_edits_much(self, at: int, chance: Random) -> None:
        clone = self._sit_down(at)
        for _ in range(4):
            note(self.simulation.edit(clone, chance))

    @rule(at=clones, chance=wills)
    def a_mayor_decides(self, at: int, chance: Random) -> None:
        clone = self._sit_down(at)
        note(self.simulation.decide(clone, chance))
        self.simulation.check(clone)

    @rule(at=clones, chance=wills)
    def a_mayor_decides_again(self, at: int, chance: Random) -> None:
        self.a_mayor_decides(at, chance)

    @rule(at=clones)
    def somebody_hands_over(self, at: int) -> None:
        note(self.simulation.submit(self._sit_down(at)))

    @rule(at=clones, chance=wills)
    def a_mayor_tidies(self, at: int, chance: Random) -> None:
        clone = self._sit_down(at)
        note(self.simulation.tidy(clone, chance))
        self.simulation.check(clone)

    @rule(
        at=clones,
        other=clones,
        chance=wills,
        how=st.sampled_from(("merge", "squash", "rebase", "pick")),
    )
    def somebody_joins(self, at: int, other: int, chance: Random, how: str) -> None:
        clone = self._sit_down(at)
        if other != at:
            clone.fetch(self.simulation.clones[other])

        def meanwhile() -> None:
            self.simulation.decide(clone, chance, unfinished=True)

        note(join(clone, chance, how, meanwhile=meanwhile))
        self.simulation.check(clone)

    @rule(at=clones, other=clones, chance=wills)
    def approvals_cross_with_edits(self, at: int, other: int, chance: Random) -> None:
        if other != at:
            clones_ = self.simulation.clones
            note(self.simulation.cross(clones_[at], clones_[other], chance))

    @rule(at=clones, chance=wills)
    def somebody_switches(self, at: int, chance: Random) -> None:
        clone = self._sit_down(at)
        note(branch_off(clone, chance))
        self.simulation.check(clone)

    @rule(at=clones, chance=wills)
    def reviewers_look(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.review)

    @rule(at=clones, chance=wills)
    def somebody_stands_in(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.stand_in)

    @rule(at=clones, chance=wills)
    def a_mayor_carries_over(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.carry)

    @rule(at=clones, chance=wills)
    def a_mayor_trusts(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.grant)
        self._act(at, chance, git_rights.use_grant)

    @rule(at=clones, chance=wills)
    def somebody_uses_a_grant(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.use_grant)

    @rule(at=clones, chance=wills)
    def a_mayor_looks_at_what_was_granted(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.look_at_granted)

    @rule(at=clones, chance=wills)
    def somebody_tampers(self, at: int, chance: Random) -> None:
        self._act(at, chance, git_rights.tamper)

    @rule(chance=wills)
    def all_branches_are_merged_in_any_order(self, chance: Random) -> None:
        note(same_in_any_order(self.simulation.clones, chance))

    @rule(at=clones)
    def somebody_builds(self, at: int) -> None:
        clone = self._sit_down(at)
        note(self.simulation.build(clone))

    def _act(
        self, at: int, chance: Random, action: Callable[[Simulation, Clone, Random], str]
    ) -> None:
        clone = self._sit_down(at)
        note(action(self.simulation, clone, chance))
        self.simulation.check(clone)

    def _sit_down(self, at: int) -> Clone:
        clone = self.simulation.clones[at]
        self.simulation.sit_down(clone)
        return clone


SeveralPeople.TestCase.settings = settings(
    max_examples=max(1, STEPS // STEPS_OF_A_RUN),
    stateful_step_count=STEPS_OF_A_RUN,
    deadline=None,
    # Shrinking repeats a run many times; a run of fifty steps takes seconds.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
TestSeveralPeople = SeveralPeople.TestCase
