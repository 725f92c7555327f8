"""Lines about stages and forces, for the commands that list and show what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import bare, result
from blognet.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import Subject
    from blognet.moderation.stages import StageState


def stages_in_queue(
    network: Network, entries: tuple[Entry, ...], *, stage: str
) -> Mapping[Subject, tuple[StageState, ...]]:
    """Return the stages that have not said yes, by subject; with `stage`, only where that one has not.

    Raises:
        UsageError: There is no such stage.
    """
    from blognet.actions.staged import stages_by_subject

    refuse_unknown_stage(network, stage)
    found: dict[Subject, tuple[StageState, ...]] = {}
    for subject, states in stages_by_subject(network, entries).items():
        waits = tuple(one for one in states if not one.is_met)
        if waits and (not stage or any(one.rule.id == stage for one in waits)):
            found[subject] = waits
    return found


def refuse_unknown_stage(network: Network, stage: str) -> None:
    """Make sure that there is such a stage, if one was named.

    Raises:
        UsageError: There is none.
    """
    known = [one.id for one in network.config.stages]
    if stage and stage not in known:
        message = f"there is no stage '{stage}'"
        hint = (
            f"stages are: {', '.join(known)}" if known else "blognet.yml names none under 'stages'"
        )
        raise UsageError(message, hint=hint)


def print_stages(stages: Mapping[Subject, tuple[StageState, ...]]) -> None:
    """Print a line for each subject that waits for somebody's yes."""
    if stages:
        result()
    for subject, waits in stages.items():
        result(f"{subject.typed} waits for {'; '.join(one.in_words for one in waits)}")


def stage_lines_of(network: Network, entry: Entry) -> list[str]:
    """Return how far the stages of a subject are, in a line, if it has any."""
    from blognet.actions.staged import stages_on

    states = stages_on(network, entry)
    return [f"stages: {'; '.join(one.in_words for one in states)}"] if states else []


def second_lines(entry: Entry) -> list[str]:
    """Return that a forced version wants the look of another mayor, if it does."""
    second, history = entry.standing.second, entry.decided.history
    if second is None:
        return []
    force = history.events[history.ids.index(second)]
    version = force.content.short if force.content else ""
    name = entry.subject.typed
    said = " ".join(entry.decided.words.get(second, "").split())
    look, then = f"mayor show {name} --published", f"mayor approve {name} --version {version}"
    return [
        "",
        bare(f"{name} was forced by {force.actor}: {said}"),
        f"  it is live; another mayor looks at it ({look}), then: {then}",
    ]


def stage_values(states: tuple[StageState, ...]) -> list[dict[str, object]]:
    """Return stages for JSON."""
    return [
        {
            "id": one.rule.id,
            "title": one.rule.title,
            "need": one.rule.need,
            "said_yes": list(one.said_yes),
            "reviewers": sorted(one.rule.reviewers),
            "met": one.is_met,
        }
        for one in states
    ]
