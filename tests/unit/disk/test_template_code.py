"""Compiled templates: kept beside our own compiled modules, for the built-in themes alone."""

from __future__ import annotations

import marshal
import resource
import sys
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.actions.theme_renderer import renderer_for
from blognet.config import read_config
from blognet.disk import generator, template_code
from blognet.disk.template_code import code_of
from blognet.disk.themes import built_in_theme, theme_files
from blognet.themes import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

    from blognet.themes.environment import Renderer

CONFIG = read_config("id: acme-blog\ntitle: Ours\nurl: https://blog.example\nmayors: [may]\n")
TEMPLATES = sorted(each.name for each in (built_in_theme() / "templates").iterdir())
SOURCE = "answer = 42"


@pytest.fixture(autouse=True)
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let Python keep compiled modules in a folder of their own, and nothing be compiled before."""
    folder = tmp_path / "compiled"
    monkeypatch.setattr(sys, "pycache_prefix", str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    environment._compiled.cache_clear()  # noqa: SLF001  # what this process compiled is not what is asked
    yield folder
    environment._compiled.cache_clear()  # noqa: SLF001  # nobody else is to get these


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def made(source: str = SOURCE) -> CodeType:
    return compile(source, "<template>", "exec")


def never() -> CodeType:
    pytest.fail("compiled although it is kept")


def asked(make: Callable[[], CodeType], source: str = SOURCE, name: str = "a.html") -> CodeType:
    return code_of(name, f"<{name}>", source, make)


def renderer_of(root: Path, theme: str = "default") -> Renderer:
    return renderer_for(theme_files(root, theme), CONFIG)


def test_what_was_compiled_once_is_not_compiled_again() -> None:
    assert asked(made) == made()
    assert asked(never) == made()


def test_another_text_another_name_and_another_program_are_compiled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked(made)
    other = made("answer = 43")
    assert asked(lambda: other, "answer = 43") == other
    asked(made)
    assert code_of("a.html", "<elsewhere>", SOURCE, lambda: other) == other
    asked(made)
    monkeypatch.setattr(template_code, "generator_mark", lambda: "another program")
    assert asked(lambda: other) == other


@pytest.mark.parametrize("at", ["begin", "middle", "end", "cut", "empty", "no code"])
def test_a_damaged_file_is_compiled_anew_and_mended(prefix: Path, at: str) -> None:
    asked(made)
    (path,) = files_in(prefix)
    raw = bytearray(path.read_bytes())
    for place in {"begin": (0,), "middle": (20,), "end": (-1,)}.get(at, ()):
        raw[place] ^= 1
    if at == "no code":
        other = marshal.dumps("text")
        raw = bytearray(raw[:16] + template_code._digest(other) + other)  # noqa: SLF001  # as it would be written
    path.write_bytes(b"" if at == "empty" else raw[:-9] if at == "cut" else raw)
    assert asked(made) == made()
    assert asked(never) == made()


def test_nothing_is_kept_when_python_is_to_write_no_compiled_modules(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert asked(made) == made()
    assert files_in(prefix) == []


def test_a_folder_that_nobody_can_write_in_costs_time_alone(prefix: Path) -> None:
    prefix.write_bytes(b"in the way")
    assert asked(made) == made()
    assert asked(made) == made()


def test_a_full_disk_leaves_nothing_half_written(prefix: Path) -> None:
    asked(made)
    (path,) = files_in(prefix)
    path.unlink()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
    try:
        assert asked(made) == made()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files_in(prefix) == []


def test_it_lies_where_python_keeps_our_compiled_modules(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(generator.__file__).parent.parent / "themes"
    asked(made)
    (path,) = files_in(prefix)
    assert path.parent == Path(f"{prefix}{home}")
    assert path.suffix == ".pyc"
    opened: list[str] = []
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(template_code, "_read", lambda place, _: opened.append(place))
    monkeypatch.setattr(template_code, "_write", lambda place, _: opened.append(place))
    asked(made, name="default/a.html")
    assert {Path(place).parent for place in opened} == {home / "__pycache__"}


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_every_built_in_template_runs_as_it_was_kept(prefix: Path, theme: str) -> None:
    root = prefix.parent

    def behind() -> dict[str, tuple[str, ...] | None]:
        renderer = renderer_of(root, theme)
        return {name: renderer.templates_behind(name) for name in TEMPLATES}

    first = behind()
    kept = {path: path.read_bytes() for path in files_in(prefix)}
    assert len(kept) >= len(TEMPLATES)
    environment._compiled.cache_clear()  # noqa: SLF001  # as in another process
    assert behind() == first
    assert {path: path.read_bytes() for path in files_in(prefix)} == kept
    assert first["post.html"] is not None
    assert {"base.html", "_byline.html"} <= {*first["post.html"]}


def test_templates_of_a_network_are_never_kept(prefix: Path) -> None:
    root = prefix.parent
    own = root / "themes/default/templates"
    own.mkdir(parents=True)
    (own / "post.html").write_text('{% extends "default/post.html" %}')
    (own / "mine.html").write_text("mine")
    renderer = renderer_of(root)
    behind = renderer.templates_behind("post.html")
    assert behind is not None
    assert {"post.html", "default/post.html"} <= {*behind}
    assert renderer.templates_behind("mine.html") == ("mine.html",)
    names = [path.name for path in files_in(prefix)]
    assert any("default-post.html" in name for name in names)
    assert not any("template-post.html" in name or "mine" in name for name in names)


def test_neither_time_zone_nor_hosts_change_the_code_of_a_template() -> None:
    theme = theme_files(Path("/nowhere"))
    hosts = ("images.example", "video.example")
    east = timezone(timedelta(hours=3))
    for name, source in theme.templates.items():
        one = environment._compiled(UTC, (), source, name, name)  # noqa: SLF001  # what is kept
        other = environment._compiled(east, hosts, source, name, name)  # noqa: SLF001  # the same
        assert one == other, name


def test_a_template_that_cannot_be_read_could_name_any_other(tmp_path: Path) -> None:
    own = tmp_path / "themes/default/templates"
    own.mkdir(parents=True)
    (own / "broken.html").write_text("{% if %}")
    (own / "any.html").write_text("{% include head.path %}")
    (own / "lost.html").write_text("{% include 'nowhere.html' %}")
    renderer = renderer_of(tmp_path)
    assert renderer.templates_behind("broken.html") is None
    assert renderer.templates_behind("any.html") is None
    assert renderer.templates_behind("lost.html") == ("lost.html", "nowhere.html")
