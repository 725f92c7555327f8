"""Begin a theme of the network's own, or copy a built-in template into it. Replaces no file and approves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet import __version__
from blognet.config import read_config
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.network import read_config_text
from blognet.disk.themes import theme_files
from blognet.disk.writing import make_folders, write_new_file
from blognet.kernel.errors import ConflictError, UsageError
from blognet.kernel.ids import parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.text import slugify
from blognet.themes.settings import BUILT_IN_THEMES
from blognet.themes.views import VIEWS_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SETTINGS = """\
# What this theme does not have comes from the built-in theme '{extends}'.
name: {name}
version: 1
extends: {extends}
# The version of what templates are given; a build stops when blognet gives another one.
views: {views}
"""
_FRAME = """\
{{# The frame of every page. All of it is the built-in one's but the block below; the other blocks are head_start,
   body_class, masthead and main. Any other template can be changed in the same way: begin its file with
   {{% extends "{extends}/post.html" %}} and write the blocks that differ. 'blognet theme eject post.html' copies
   a whole one. docs/themes.md says what each is given. #}}
{{% extends "{extends}/base.html" %}}
{{% block head_end %}}
{{{{ super() }}}}
<link rel="stylesheet" href="{{{{ "/theme/own.css" | url }}}}">
{{% endblock %}}
"""
_SHEET = """\
/* Read after the built-in sheet, so that what stands here wins. Colours and letters are custom properties there;
   theme.accent in blognet.yml sets those of the accent. */

:root {
  --measure: 40rem;
}
"""
_COPIED = "{{# Copied from themes/{place} of blognet {version}: changes there no longer reach this file. #}}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeWritten:
    """What was written, or would be.

    Attributes:
        root: The network's folder.
        theme: The name of the theme.
        files: Text by path in the network folder, sorted.
        used: Whether blognet.yml names this theme.
    """

    root: Path
    theme: str
    files: tuple[tuple[str, str], ...]
    used: bool


def begin_theme(
    start: Path, name: str, *, extends: str = BUILT_IN_THEMES[0], dry_run: bool = False
) -> ThemeWritten:
    """Write a small theme to ``themes/NAME/``: its settings, one template with one block, one sheet.

    Raises:
        UsageError: The name is no name, or that of a built-in theme.
        ConflictError: There is such a folder.
        BlognetError: The disk refuses, or ``blognet.yml`` has faults.
    """
    if parse_slug(name) is None or name in BUILT_IN_THEMES:
        taken = name in BUILT_IN_THEMES
        message = (
            f"'{name}' is a built-in theme"
            if taken
            else f"'{name}' can't be the name of a theme: lower-case words joined by hyphens"
        )
        raise UsageError(message, hint=f"blognet theme new {'ours' if taken else _named(name)}")
    root = find_network(start)
    folder = f"themes/{name}"
    if (root / folder).exists():
        message = f"{folder} exists already; nothing was changed"
        raise ConflictError(message, hint="take another name, or change the files there")
    used = read_config(read_config_text(root)).theme.name == name
    files = (
        (f"{folder}/static/own.css", _SHEET),
        (f"{folder}/templates/base.html", _FRAME.format(extends=extends)),
        (
            f"{folder}/theme.yml",
            _SETTINGS.format(name=name, extends=extends, views=VIEWS_VERSION),
        ),
    )
    if not dry_run:
        _write(root, files, doing="blognet theme new")
    return ThemeWritten(root=root, theme=name, files=files, used=used)


def eject_template(start: Path, template: str, *, dry_run: bool = False) -> ThemeWritten:
    """Copy a built-in template to the network's theme, to be changed there.

    Raises:
        UsageError: There is no such template.
        ConflictError: The theme has one of this name.
        BlognetError: The disk refuses, or ``blognet.yml`` has faults, or the theme.
    """
    root = find_network(start)
    theme = read_config(read_config_text(root)).theme.name
    files = theme_files(root, theme)
    own = f"themes/{theme}/templates/{template}"
    source = files.load(template)
    if source is None or "/" in template:
        known = sorted(each for each in files.templates if "/" not in each)
        message = f"there is no template '{template}'"
        raise UsageError(message, hint=_nearest(template, known))
    place = files.where(template)
    if (root / own).is_file():
        message = f"{own} is there already; nothing was changed"
        raise ConflictError(message, hint="delete it to get the built-in one back")
    text = _COPIED.format(place=place.removeprefix("themes/"), version=__version__) + source
    if not dry_run:
        _write(root, ((own, text),), doing="blognet theme eject")
    return ThemeWritten(root=root, theme=theme, files=((own, text),), used=True)


def _write(root: Path, files: Iterable[tuple[str, str]], *, doing: str) -> None:
    with writing_lock(root, doing=doing):
        for path, text in files:
            *folders, name = path.split("/")
            write_new_file(make_folders(root, *folders) / name, text.encode("utf-8"))


def _named(name: str) -> str:
    return slugify(name) or "ours"


def _nearest(template: str, known: list[str]) -> str:
    return did_you_mean(template, tuple(known)) or f"there are {', '.join(known)}"
