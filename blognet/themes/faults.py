"""What went wrong in a template, as a problem with file, line and text. Answers: is it the theme's fault or ours?

Jinja rewrites a traceback so that frames of a template carry its file name; we give each template a name that no
Python file has, and find the line by it.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import jinja2

from blognet.kernel.errors import FaultsError
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Location, Problem
from blognet.themes import views
from blognet.themes.codes import BAD_SYNTAX, FAILED, NO_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType

TEMPLATE_NAMES = (
    "404.html", "archive.html", "author.html", "authors.html", "base.html", "feeds.html", "home.html", "list.html",
    "page.html", "post.html", "redirect.html", "search.html", "terms.html", "tombstone.html",
)  # fmt: skip
"""The pages that every theme can have; the built-in one has them all."""

_NO_FIELD = re.compile(r"'blognet\.themes\.(?:views|parts)\.(\w+) object' has no attribute '(\w+)'")
_ENDLESS = "a template cannot include or extend itself, and a macro that calls itself has to stop"
_MARK = "blognet-template:"
_SANDBOX = frozenset(
    ("blognet.themes.sandbox", "blognet.themes.compiled", "blognet.themes.fragments")
)
"""What stands between a template and what it calls; it does nothing of its own."""


def file_name_of(template: str) -> str:
    """Return the file name that a template's code carries in tracebacks."""
    return _MARK + template


def fault_of(
    error: Exception, *, page: str, load: Callable[[str], str | None], where: Callable[[str], str]
) -> FaultsError | None:
    """Return what to tell people about an error that a template raised; None when it is a bug of ours.

    Args:
        error: What came out of Jinja.
        page: The path of the page that was being made.
        load: The sources, for the text of the line.
        where: The path that people know a template by.
    """
    template, line = _place_of(error)
    # Of all that is made here, only macros call themselves; where they run out of room is chance.
    is_said = isinstance(error, jinja2.TemplateError | RecursionError)
    if not is_said and not _raised_in_template(error):
        return None
    missing = str(error.name) if isinstance(error, jinja2.TemplateNotFound) else None
    if missing is not None and not template:
        template = missing
    lines = (load(template) or "").splitlines() if template else []
    location = Location(
        path=where(template), line=line, excerpt=lines[line - 1] if 0 < line <= len(lines) else ""
    )
    code = _code_of(error)
    said = f"there is no template {missing!r}" if missing else (str(error) or type(error).__name__)
    hint = _hint_for(code, missing)
    if isinstance(error, RecursionError):
        said, hint = "a template or a macro uses itself without end (recursion)", _ENDLESS
    elif field := _NO_FIELD.fullmatch(said):
        view, asked = field.groups()
        said = f"{view} has no '{asked}'"
        hint = _nearest_field(view, asked) or hint
    problem = Problem(location=location, code=code, message=said.rstrip("."), hint=hint)
    place = f"{location.path}:{line}" if line else location.path
    return FaultsError(
        f"The page {page} could not be made: {place}: {problem.message}.",
        problems=(problem,),
        hint=problem.hint,
    )


def _place_of(error: Exception) -> tuple[str, int]:
    """Return the template and the line that the error came from; "" and 0 when none is known."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name or (error.filename or "").removeprefix(_MARK), error.lineno
    for frame, line in _frames_of(error):
        if frame.f_code.co_filename.startswith(_MARK):
            return frame.f_code.co_filename.removeprefix(_MARK), line
    return "", 0


def _frames_of(error: Exception) -> Iterable[tuple[FrameType, int]]:
    """Return the frames that an error came through, the last first, each with its line."""
    from traceback import walk_tb  # noqa: PLC0415  # only when something is wrong

    return reversed(list(walk_tb(error.__traceback__)))


def _raised_in_template(error: Exception) -> bool:
    """Whether the last of our own or a template's frames is a template's: then its expression is at fault."""
    for frame, _ in _frames_of(error):
        if frame.f_code.co_filename.startswith(_MARK):
            return True
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith("blognet.") and name not in _SANDBOX:
            return False
    return False


def _nearest_field(view: str, asked: str) -> str:
    """Return a sentence with the field that was meant; "" when none is near."""
    given = vars(views).get(view)
    names = tuple(each.name for each in fields(given)) if is_dataclass(given) else ()
    return did_you_mean(asked, names)


def _code_of(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return NO_TEMPLATE
    return BAD_SYNTAX if isinstance(error, jinja2.TemplateSyntaxError) else FAILED


def _hint_for(code: str, missing: str | None) -> str:
    if missing is not None:
        from difflib import get_close_matches  # noqa: PLC0415  # only when something is wrong

        close = get_close_matches(missing, TEMPLATE_NAMES, n=1)
        return (
            f"did you mean {close[0]!r}?"
            if close
            else f"the pages of a theme are {', '.join(TEMPLATE_NAMES)}"
        )
    if code == BAD_SYNTAX:
        return "correct the line, or delete the file to get the built-in page back"
    return "docs/themes.md lists what each template is given"
