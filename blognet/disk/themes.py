"""Theme files: the network's own first, then those of the built-in theme below it. Runs no template, knows no views.

Catalogues of words are read here, too; `blognet.themes.strings` says which speaks for a language.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.built_in import built_in_theme as built_in_theme  # noqa: PLC0414  # others know it from here
from blognet.disk.reading import MAX_ASSET, MAX_TEXT, read_plain, walk
from blognet.kernel.errors import ConfigError, FaultsError
from blognet.kernel.problems import Location, Problem
from blognet.kernel.text import Undecodable, decode_source
from blognet.themes.settings import BUILT_IN, BUILT_IN_THEMES, theme_settings
from blognet.themes.strings import Words, words_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TEMPLATES = "templates/"
_STATIC = "static/"
_LOCALES = "locales/"
_CATALOGUE = ".po"
_SETTINGS = "theme.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFiles:
    """All files of a network's theme, read once, so that a whole build sees the same ones.

    Attributes:
        name: The theme's.
        templates: Source by name: ``post.html`` is the network's own when it has one, ``default/post.html`` always
            the built-in one, ``plain/home.html`` that of the other built-in theme.
        static: Bytes by path below ``static/``; the network's own in place of the built-in ones.
        places: Where people find a template, by its name.
        built_in: The names of the templates that are the program's, with nothing of the network in their place.
        settings: The text of the network's ``theme.yml``, else of the built-in one.
        words: What the catalogues of both say.
    """

    name: str
    templates: Mapping[str, str]
    static: Mapping[str, bytes]
    places: Mapping[str, str]
    built_in: frozenset[str]
    settings: str
    words: Words

    def load(self, name: str) -> str | None:
        """Return a template's source; None when there is none."""
        return self.templates.get(name)

    def where(self, name: str) -> str:
        """Return the path under which people find a template."""
        return self.places.get(name, name)


def theme_files(root: Path, name: str = BUILT_IN) -> ThemeFiles:
    """Read the theme that a network uses: ``themes/NAME`` over a built-in theme.

    That is the built-in one of the same name, else the one that its ``theme.yml`` extends, else the first; below any
    other lies the first.

    Raises:
        ConfigError: When the network has no such theme.
        FaultsError: When a file of it cannot be read, is a link, or a template or style sheet is no UTF-8 (BN392),
            when a catalogue has faults (BN830 to BN833), or its ``theme.yml`` (BN870, BN871).
    """
    own = f"themes/{name}"
    if name not in BUILT_IN_THEMES and not (root / own).is_dir():
        message = f"blognet.yml names the theme '{name}', and there is no folder {own}/"
        hint = f"blognet theme new {name} makes it; built in are {' and '.join(BUILT_IN_THEMES)}"
        raise ConfigError(message, hint=hint)
    mine = _read(root, own, shown=own)
    _check_sheets(mine)
    base = _read_built_in(BUILT_IN)
    used = {**_renamed(base, f"{_TEMPLATES}{BUILT_IN}/"), **base}
    if (other := _below(name, mine)) != BUILT_IN:
        over = _read_built_in(other)
        used |= {**_renamed({**base, **over}, f"{_TEMPLATES}{other}/"), **over}
    used |= mine
    templates = {
        path.removeprefix(_TEMPLATES): file for path, file in used.items() if _is_template(path)
    }
    static = {path: file.raw for path, file in used.items() if path.startswith(_STATIC)}
    return ThemeFiles(
        name=name,
        templates=MappingProxyType(
            {key: _text_of(file) for key, file in sorted(templates.items())}
        ),
        static=MappingProxyType(
            {p.removeprefix(_STATIC): raw for p, raw in sorted(static.items())}
        ),
        places=MappingProxyType({key: file.place for key, file in sorted(templates.items())}),
        built_in=frozenset(key for key in templates if _TEMPLATES + key not in mine),
        settings=_text_of(used[_SETTINGS]) if _SETTINGS in used else "",
        words=words_from(_catalogues(mine), _catalogues(base), folder=f"{own}/{_LOCALES}"),
    )


def _read_built_in(name: str) -> dict[str, _ThemeFile]:
    home = built_in_theme(name)
    return _read(home.parent, home.name, shown=f"themes/{name}")


def _below(name: str, mine: dict[str, _ThemeFile]) -> str:
    """Return the built-in theme that gives what a network's theme does not have."""
    if _SETTINGS in mine:
        said = theme_settings(_text_of(mine[_SETTINGS]), path=mine[_SETTINGS].place)
        if said.extends:
            return said.extends
    return name if name in BUILT_IN_THEMES else BUILT_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class _ThemeFile:
    """One file and the path that messages use for it."""

    place: str
    raw: bytes


def _read(root: Path, top: str, *, shown: str) -> dict[str, _ThemeFile]:
    """Read all files of a theme, by path from its folder."""
    found: dict[str, _ThemeFile] = {}
    problems: list[Problem] = []
    for entry in walk(root, top, skip=_is_hidden):
        inside = entry.path.removeprefix(f"{top}/")
        place = f"{shown}/{inside}"
        raw = entry.fault or read_plain(root, entry.parts, limit=_limit(inside))
        if isinstance(raw, FileFault):
            problems.append(_unreadable(place, f"a theme's file cannot be read ({raw.value})"))
        else:
            found[inside] = _ThemeFile(place=place, raw=raw)
    if problems:
        message = f"{len(problems)} of the theme's files cannot be read"
        raise FaultsError(message, problems=tuple(problems))
    return found


def _renamed(files: dict[str, _ThemeFile], start: str) -> dict[str, _ThemeFile]:
    return {
        start + path.removeprefix(_TEMPLATES): file
        for path, file in files.items()
        if _is_template(path)
    }


def _catalogues(files: dict[str, _ThemeFile]) -> dict[str, str]:
    """Return the catalogues of a theme as texts, by file name."""
    return {
        path.removeprefix(_LOCALES): _text_of(file)
        for path, file in files.items()
        if path.startswith(_LOCALES) and path.endswith(_CATALOGUE)
    }


def _check_sheets(files: dict[str, _ThemeFile]) -> None:
    """Refuse style sheets of which pages get less than there is when they are no UTF-8.

    Raises:
        FaultsError: One is not.
    """
    odd = [path for path, file in files.items() if path.endswith(".css") and not _is_text(file)]
    if odd:
        from blognet.site.plan import ARTICLE_SHEET, RICH_SHEET, STYLE_SHEET  # noqa: PLC0415  # hardly ever

        for name in (STYLE_SHEET, ARTICLE_SHEET, RICH_SHEET):
            if _STATIC + name in odd:
                _text_of(files[_STATIC + name])


def _is_text(file: _ThemeFile) -> bool:
    try:
        file.raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _text_of(file: _ThemeFile) -> str:
    text = decode_source(file.raw)
    if isinstance(text, Undecodable):
        problem = _unreadable(file.place, text.reason, line=text.line, column=text.column)
        message = f"{file.place} cannot be read: {text.reason}"
        raise FaultsError(message, problems=(problem,))
    return text


def _unreadable(place: str, message: str, *, line: int = 0, column: int = 0) -> Problem:
    return Problem(
        location=Location(path=place, line=line, column=column),
        code="BN392",
        message=message,
        hint="a theme holds plain files, and templates and style sheets are UTF-8 text",
    )


def _limit(inside: str) -> int:
    return MAX_ASSET if inside.startswith(_STATIC) else MAX_TEXT


def _is_template(path: str) -> bool:
    return path.startswith(_TEMPLATES)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")
