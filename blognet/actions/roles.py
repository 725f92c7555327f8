"""Who has which part in a network, from its settings to the values that the rules of moderation want."""

from __future__ import annotations

from datetime import UTC, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.kernel.ids import AuthorId
from blognet.moderation.trusting import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.config import Config, Stage
    from blognet.moderation.deputies import Deputies
    from blognet.moderation.stages import StageRule


def trust_in(config: Config) -> Trust:
    """Return whose events count: those of today and of former times."""
    return Trust(
        network=config.id,
        mayors=frozenset({*config.mayors, *config.former_mayors}),
        deputies=frozenset({*config.deputies, *config.former_deputies}),
        reviewers=MappingProxyType(
            {
                stage.id: frozenset({*stage.reviewers, *stage.former_reviewers})
                for stage in config.stages
            }
        ),
    )


def stage_rules(config: Config) -> tuple[StageRule, ...]:
    """Return the stages of the settings, in their order."""
    return tuple(_rule(stage, config) for stage in config.stages)


def deputies_in(config: Config) -> Deputies:
    """Return who stands in for the mayors, and when; an absence without both days counts for nothing."""
    from blognet.moderation.deputies import Away, Deputies

    away = tuple(
        Away(mayor=AuthorId(one.mayor), first=one.first, last=one.last)
        for one in config.away
        if one.first is not None and one.last is not None
    )
    return Deputies(
        ids=_ids(config.deputies),
        after=config.policy.deputies_after,
        away=away,
        days=config.working_days,
    )


def _rule(stage: Stage, config: Config) -> StageRule:
    from blognet.moderation.stages import StageRule

    begin = datetime.combine(stage.since, time(), config.zone) if stage.since else None
    return StageRule(
        id=stage.id,
        title=stage.title,
        reviewers=_ids(stage.reviewers),
        former=_ids(stage.former_reviewers),
        need=stage.need,
        topics=stage.when.topics,
        tags=stage.when.tags,
        authors=stage.when.authors,
        words=stage.when.words,
        paths=stage.when.paths,
        since=begin.astimezone(UTC) if begin else None,
    )


def _ids(names: Iterable[str]) -> frozenset[AuthorId]:
    return frozenset(AuthorId(name) for name in names)
