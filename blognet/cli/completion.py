"""What a shell offers for POST and ID: names guessed from the folders alone, so that a key press costs nothing.

Nothing is read or judged here; a name that is offered and does not exist is refused by the command. How to switch it
on is in docs/commands.md (``_BLOGNET_COMPLETE=bash_source blognet``).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click
    from click.shell_completion import CompletionItem

_TREES = ("queue", "posts", "pages")
_ENDINGS = (".md", ".markdown")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[-_ ]+(?=.)")
_MOST = 2000
"""Folders looked at: more would be felt between two key presses."""


def complete_post(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the ids of posts and pages, and profiles as ``profile/ID``; paths when a path is being typed."""
    from click.shell_completion import CompletionItem

    del parameter
    root = _network(ctx)
    if incomplete.startswith(("./", "../", "/", *(f"{tree}/" for tree in (*_TREES, "authors")))):
        return [CompletionItem(incomplete, type="file")]
    if root is None:
        return []
    names = set(_posts(root))
    if incomplete.startswith("profile"):
        names |= {f"profile/{ident}" for ident in _authors(root)}
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def complete_author(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the ids of the authors."""
    from click.shell_completion import CompletionItem

    del parameter
    root = _network(ctx)
    found = _authors(root) if root else set()
    return [CompletionItem(ident) for ident in sorted(found) if ident.startswith(incomplete)]


def complete_code(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer problem codes with their titles."""
    del ctx, parameter
    from click.shell_completion import CompletionItem

    from blognet.actions.explain import all_codes

    wanted = incomplete.upper()
    return [
        CompletionItem(entry.code, help=entry.title)
        for entry in all_codes()
        if entry.code.startswith(wanted)
    ]


def _network(ctx: click.Context) -> Path | None:
    """Find the network that ``-C`` or the current folder names; options were not acted on while completing."""
    from blognet.disk.home import find_network
    from blognet.kernel.errors import BlognetError

    start = None
    outer: click.Context | None = ctx
    while outer is not None and start is None:
        start = outer.params.get("directory")
        outer = outer.parent
    try:
        return find_network(Path(start or Path.cwd()))
    except (BlognetError, OSError):
        return None


def _posts(root: Path) -> Iterator[str]:
    for tree in _TREES:
        for number, (folder, folders, files) in enumerate(os.walk(root / tree)):
            folders[:] = [name for name in folders if not name.startswith(("_", "."))]
            for path in map(Path(folder).joinpath, files):
                if path.suffix.lower() in _ENDINGS and not path.name.startswith(("_", ".")):
                    yield from _slug(_stem_of(path))
            if number > _MOST:
                return
    for kind in ("post", "page"):
        yield from _names(root / "record" / kind)


def _stem_of(path: Path) -> str:
    """Return a file's name without its ending; that of an index file is its folder's, with its language."""
    name, dot, language = path.stem.partition(".")
    return f"{path.parent.name}{dot}{language}" if name.lower() == "index" else path.stem


def _slug(stem: str) -> Iterator[str]:
    from blognet.kernel.text import slugify

    name, dot, language = _DATE.sub("", stem, count=1).partition(".")
    if name.lower() != "readme" and (slug := slugify(name)):
        yield slug + dot + language


def _authors(root: Path) -> set[str]:
    stems = {Path(name).stem for name in _names(root / "authors")}
    return {
        stem for stem in {*stems, *_names(root / "record" / "profile")} if stem.lower() != "readme"
    }


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir() if not path.name.startswith((".", "_"))]
    except OSError:
        return []
