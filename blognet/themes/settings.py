"""What a theme says of itself in its ``theme.yml``: which built-in theme lies below it, and for which views it is.

Knows no file but the text it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.errors import FaultsError
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Problem
from blognet.kernel.yamltree import YamlDocument, YamlScalar
from blognet.themes.built_in import BUILT_IN as BUILT_IN  # noqa: PLC0414  # others know it from here
from blognet.themes.built_in import BUILT_IN_THEMES as BUILT_IN_THEMES  # noqa: PLC0414  # the same
from blognet.themes.codes import BAD_SETTINGS, OTHER_VIEWS
from blognet.themes.views import VIEWS_VERSION

if TYPE_CHECKING:
    from blognet.kernel.yamltree import YamlEntry

_KEYS = ("name", "version", "views", "extends")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """What a ``theme.yml`` asks for.

    Attributes:
        extends: The built-in theme that gives what this one does not have; "" when it does not say.
    """

    extends: str = ""


def theme_settings(text: str, *, path: str) -> ThemeSettings:
    """Read a ``theme.yml``.

    Args:
        text: Its text; "" when there is none.
        path: As shown in problems.

    Raises:
        FaultsError: When it cannot be read (BN870), or was written for another version of the views (BN871).
    """
    from blognet.kernel.yamltext import load_yaml  # noqa: PLC0415  # few themes have settings

    document = load_yaml(text, path=path)
    if not isinstance(document, YamlDocument):
        raise _faults(path, document)
    problems = [
        problem for entry in document.root.entries if (problem := _problem_of(entry, document))
    ]
    if problems:
        raise _faults(path, tuple(problems))
    extends = document.root.entry("extends")
    return ThemeSettings(extends=_text_of(extends) if extends else "")


def _problem_of(entry: YamlEntry, document: YamlDocument) -> Problem | None:
    key, text = entry.key.text, _text_of(entry)
    if key not in _KEYS:
        hint = did_you_mean(key, _KEYS) or f"the keys are {', '.join(_KEYS)}"
        return Problem(
            location=document.locate(entry.key, key=key),
            code=BAD_SETTINGS, message=f"unknown key '{key}'", hint=hint,
        )  # fmt: skip
    where = document.locate(entry.value, key=key)
    if key == "extends" and text not in BUILT_IN_THEMES:
        return Problem(
            location=where, code=BAD_SETTINGS,
            message=f"expected a built-in theme, found '{text}'",
            hint=did_you_mean(text, BUILT_IN_THEMES) or f"there are {' and '.join(BUILT_IN_THEMES)}",
        )  # fmt: skip
    if key == "views" and text != str(VIEWS_VERSION):
        return Problem(
            location=where, code=OTHER_VIEWS,
            message=f"written for version {text or 'nothing'} of the views; this blognet gives version {VIEWS_VERSION}",
            hint=f"look at docs/themes.md for what changed, then write views: {VIEWS_VERSION}",
        )  # fmt: skip
    return None


def _text_of(entry: YamlEntry) -> str:
    return entry.value.text if isinstance(entry.value, YamlScalar) else ""


def _faults(path: str, problems: tuple[Problem, ...]) -> FaultsError:
    return FaultsError(f"{path} cannot be used", problems=problems)
