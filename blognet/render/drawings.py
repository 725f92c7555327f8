"""The last gate for drawings: an SVG is a document of its own, and a browser runs what is in it.

Drawings are checked when they are proposed; they are checked once more here, where bytes become the site, so that
neither an older version of the check nor a record written by hand lets one through.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.content.assets import ending_of
from blognet.kernel.problems import Location, Problem, Severity
from blognet.site.codes import FILE_NOT_PUBLISHED
from blognet.site.pages import Asset

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.site import Page


def without_active_drawings(
    pages: tuple[Page, ...], asset: Callable[[str], bytes]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Leave out every SVG that holds more than a drawing.

    Returns:
        The other pages, and a warning for each that was left out.
    """
    kept: list[Page] = []
    problems: list[Problem] = []
    for page in pages:
        found = None
        if isinstance(page.shows, Asset) and ending_of(page.path) == ".svg":
            from blognet.content.svg import svg_problem  # noqa: PLC0415  # read XML
            from blognet.content.svg_bare import bare_svg  # noqa: PLC0415

            raw, path = asset(page.shows.sha256), f"site{page.path}"
            # What readers get is checked as well: taking parts away must not make others active.
            found = svg_problem(raw, path=path) or svg_problem(bare_svg(raw), path=path)
        if found is None:
            kept.append(page)
        else:
            problems.append(_withheld(page, found))
    return tuple(kept), tuple(problems)


def _withheld(page: Page, found: Problem) -> Problem:
    return replace(
        found,
        location=Location(path=f"site{page.path}", line=found.location.line),
        code=FILE_NOT_PUBLISHED,
        severity=Severity.WARNING,
        message=f"the drawing '{page.key}' is not published: {found.message}",
    )
