"""What names a rendered text is the same on every machine that has the same program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.disk import generator

if TYPE_CHECKING:
    import pytest

PACKAGE = Path(generator.__file__).parent.parent


def mark_of(folder: Path) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from blognet.disk.generator import texts_mark; print(texts_mark())",
        ],
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "random"},
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_texts_of_the_same_program_elsewhere_have_the_same_names(tmp_path: Path) -> None:
    shutil.copytree(
        PACKAGE, tmp_path / "blognet", dirs_exist_ok=True, copy_function=shutil.copyfile
    )
    (tmp_path / "themes").symlink_to(PACKAGE.parent / "themes")
    assert mark_of(tmp_path) == generator.texts_mark()
    source = tmp_path / "blognet" / "markup" / "__init__.py"
    source.write_bytes(source.read_bytes() + b"\n")
    assert mark_of(tmp_path) != generator.texts_mark()


def test_compiled_modules_are_no_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "module.py").write_text("x = 1\n")
    monkeypatch.setattr(generator, "_PACKAGE", tmp_path)
    mark = generator.generator_mark.__wrapped__
    before = mark()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/module.cpython-311.pyc").write_bytes(b"compiled")
    assert mark() == before
    (tmp_path / "module.py").write_text("x = 12\n")
    assert mark() != before


def test_another_version_of_a_library_is_another_program_whoever_installed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    mark, seen = generator.generator_mark.__wrapped__, set[str]()
    for name in ("", "Jinja2-3.1.2.dist-info", "Jinja2-3.1.2.egg-info", "Jinja2-3.1.3.egg-info"):
        (tmp_path / (name or "other-1.egg-info")).mkdir()
        seen.add(mark())
    assert len(seen) == 4
