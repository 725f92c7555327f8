"""What is wrong with a site beside its plan: with its texts, and with the texts and links of its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.render.introductions import introduction_problems
from blognet.render.site_links import settings_problems
from blognet.render.texts import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.kernel.problems import Problem
    from blognet.render.context import Context


def content_problems(context: Context) -> tuple[Problem, ...]:
    """Return what is wrong with the texts of the site and with its settings, sorted.

    That is what was left out, and what leads nowhere.
    """
    subjects = (*context.catalogue.contents, *context.catalogue.profiles)
    found = {each for one in subjects for each in problems_of(one, context)}
    return tuple(sorted({*found, *problems_of_settings(context)}))


def problems_of_settings(context: Context) -> Iterator[Problem]:
    """Yield a warning for each link of blognet.yml that leads nowhere, and for what readers would stumble over."""
    yield from settings_problems(context)
    yield from introduction_problems(context)
