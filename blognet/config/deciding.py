"""The settings of deciding: what the mayors allow, who else must say yes, who is away. Knows no file.

Every key's description is here once, as in `blognet.config.config`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Annotated

from blognet.config import messages, settings
from blognet.config.described import described
from blognet.config.fields import Day, Flag, Id, Line, Lines, MayorIds
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamlvalues import entries_of, items_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Survives:
    """Which edits an approval survives, when a mayor carries it over; none by default."""

    whitespace: Flag = field(
        default=False,
        metadata=described("Blanks and blank lines that change no meaning; never in code."),
    )
    tags: Flag = field(default=False, metadata=described("The tags of the front matter."))
    typo: Annotated[int, Read(partial(settings.number_between, low=0, high=20))] = field(
        default=0,
        metadata=described(
            "How many letters may differ within ordinary words of the text, from 0 to 20."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the mayors allow."""

    solo: Flag = field(
        default=False,
        metadata=described(
            "Whether a mayor may approve work of their own. Meant for networks with one mayor; each such "
            "approval says so in the record."
        ),
    )
    answer_within: Annotated[int, Read(partial(settings.number_between, low=0, high=60))] = field(
        default=2,
        metadata=described(
            "How many working days an author waits for an answer at most: the promise that the queue and "
            "`blognet status` reckon with. 0 promises nothing."
        ),
    )
    working_days: Annotated[
        tuple[Annotated[str, Read(messages.weekday_of)], ...],
        Read(messages.weekdays_of),
    ] = field(
        default=("mon", "tue", "wed", "thu", "fri"),
        metadata=described("The days of the week on which mayors work."),
    )
    holidays: Annotated[tuple[Annotated[date, Read(messages.holiday_of)], ...], Read(items_of)] = (
        field(default=(), metadata=described("Dates on which nobody works, such as 2026-12-25."))
    )
    deputies_after: Annotated[int, Read(partial(settings.number_between, low=0, high=60))] = field(
        default=2,
        metadata=described(
            "After how many working days of waiting a deputy may decide, from 0 to 60."
        ),
    )
    survives: Annotated[Survives, Read(entries_of)] = field(
        default=Survives(),
        metadata=described("Which edits an approval survives, when a mayor carries it over."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a stage applies to: any of these is enough; without any, it applies to every post and page."""

    topics: Lines = field(default=(), metadata=described("Ids of topics."))
    tags: Lines = field(default=(), metadata=described("Tags, in any case of letters."))
    authors: MayorIds = field(default=(), metadata=described("Ids of authors."))
    words: Lines = field(
        default=(),
        metadata=described("Words or phrases in title, summary or text, in any case of letters."),
    )
    paths: Lines = field(
        default=(), metadata=described("Patterns of paths, such as 'queue/press/*'.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Reviewers who must say yes before a mayor may."""

    id: Id = field(
        metadata=described("Lower-case words joined by hyphens, as typed after --stage.")
    )
    title: Line = field(metadata=described("As read."))
    reviewers: MayorIds = field(metadata=described("Who may say yes: ids of authors."))
    former_reviewers: MayorIds = field(
        default=(), metadata=described("Who could once; what they said stays valid.")
    )
    need: Annotated[int, Read(partial(settings.number_between, low=1, high=50))] = field(
        default=1, metadata=described("How many different reviewers have to say yes, from 1 to 50.")
    )
    when: Annotated[When, Read(entries_of)] = field(
        default=When(), metadata=described("What it applies to; empty for every post and page.")
    )
    since: Day = field(
        default=None,
        metadata=described(
            "A date, such as 2026-12-01: work that waited before is not held up by the stage."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A mayor is away from one day to another, both included."""

    mayor: Annotated[str, Read(settings.mayor_of)] = field(metadata=described("The mayor's id."))
    first: Day = field(metadata=described("The first day, such as 2026-12-21.", key="from"))
    last: Day = field(metadata=described("The last day.", key="to"))


Stages = Annotated[
    tuple[Annotated[Stage, Read(settings.term_entries_of)], ...],
    Read(items_of),
]
Aways = Annotated[tuple[Annotated[Away, Read(entries_of)], ...], Read(items_of)]
