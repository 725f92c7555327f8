"""The settings of deciding: what the mayors allow, who else must say yes, who is away. Knows no file.

Every key's description is here once, as in `blognet.config.config`.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from blognet.config import messages, settings
from blognet.config.fields import FROZEN, Day, Flag, Id, Line, Lines, MayorIds
from blognet.kernel.yamlvalues import entries_of, items_of


class Survives(BaseModel):
    """Which edits an approval survives, when a mayor carries it over; none by default."""

    model_config = FROZEN

    whitespace: Flag = Field(
        default=False, description="Blanks and blank lines that change no meaning; never in code."
    )
    tags: Flag = Field(default=False, description="The tags of the front matter.")
    typo: Annotated[int, BeforeValidator(partial(settings.number_between, low=0, high=20))] = Field(
        default=0,
        description="How many letters may differ within ordinary words of the text, from 0 to 20.",
    )


class Policy(BaseModel):
    """What the mayors allow."""

    model_config = FROZEN

    solo: Flag = Field(
        default=False,
        description="Whether a mayor may approve work of their own. Meant for networks with one mayor; each such "
        "approval says so in the record.",
    )
    answer_within: Annotated[
        int, BeforeValidator(partial(settings.number_between, low=0, high=60))
    ] = Field(
        default=2,
        description="How many working days an author waits for an answer at most: the promise that the queue and "
        "`blognet status` reckon with. 0 promises nothing.",
    )
    working_days: Annotated[
        tuple[Annotated[str, BeforeValidator(messages.weekday_of)], ...],
        BeforeValidator(messages.weekdays_of),
    ] = Field(
        default=("mon", "tue", "wed", "thu", "fri"),
        validate_default=False,
        description="The days of the week on which mayors work.",
    )
    holidays: Annotated[
        tuple[Annotated[date, BeforeValidator(messages.holiday_of)], ...], BeforeValidator(items_of)
    ] = Field(default=(), description="Dates on which nobody works, such as 2026-12-25.")
    deputies_after: Annotated[
        int, BeforeValidator(partial(settings.number_between, low=0, high=60))
    ] = Field(
        default=2,
        description="After how many working days of waiting a deputy may decide, from 0 to 60.",
    )
    survives: Annotated[Survives, BeforeValidator(entries_of)] = Field(
        default=Survives(),
        description="Which edits an approval survives, when a mayor carries it over.",
    )


class When(BaseModel):
    """What a stage applies to: any of these is enough; without any, it applies to every post and page."""

    model_config = FROZEN

    topics: Lines = Field(default=(), description="Ids of topics.")
    tags: Lines = Field(default=(), description="Tags, in any case of letters.")
    authors: MayorIds = Field(default=(), description="Ids of authors.")
    words: Lines = Field(
        default=(),
        description="Words or phrases in title, summary or text, in any case of letters.",
    )
    paths: Lines = Field(default=(), description="Patterns of paths, such as 'queue/press/*'.")


class Stage(BaseModel):
    """Reviewers who must say yes before a mayor may."""

    model_config = FROZEN

    id: Id = Field(description="Lower-case words joined by hyphens, as typed after --stage.")
    title: Line = Field(description="As read.")
    reviewers: MayorIds = Field(description="Who may say yes: ids of authors.")
    former_reviewers: MayorIds = Field(
        default=(), description="Who could once; what they said stays valid."
    )
    need: Annotated[int, BeforeValidator(partial(settings.number_between, low=1, high=50))] = Field(
        default=1, description="How many different reviewers have to say yes, from 1 to 50."
    )
    when: Annotated[When, BeforeValidator(entries_of)] = Field(
        default=When(), description="What it applies to; empty for every post and page."
    )
    since: Day = Field(
        default=None,
        description="A date, such as 2026-12-01: work that waited before is not held up by the stage.",
    )


class Away(BaseModel):
    """A mayor is away from one day to another, both included."""

    model_config = FROZEN

    mayor: Annotated[str, BeforeValidator(settings.mayor_of)] = Field(description="The mayor's id.")
    first: Day = Field(alias="from", description="The first day, such as 2026-12-21.")
    last: Day = Field(alias="to", description="The last day.")


Stages = Annotated[
    tuple[Annotated[Stage, BeforeValidator(settings.term_entries_of)], ...],
    BeforeValidator(items_of),
]
Aways = Annotated[
    tuple[Annotated[Away, BeforeValidator(entries_of)], ...], BeforeValidator(items_of)
]
