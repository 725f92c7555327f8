"""What `pip install` gives a stranger: the commands and the built-in theme, without this repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from blognet.themes.settings import BUILT_IN_THEMES

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(
    installed: Path, *arguments: str, cwd: Path, group: str = "main"
) -> subprocess.CompletedProcess[str]:
    """Run an entry point of the unpacked wheel; the checkout is out of reach but for its dependencies."""
    program = (
        "import sys, blognet.cli.main as entry\n"
        f"assert entry.__file__.startswith({str(installed)!r}), entry.__file__\n"
        f"sys.argv[0] = 'blognet'\nsys.exit(entry.{group}())"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", program, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_wheel_holds_every_file_of_the_built_in_themes(wheel: Path) -> None:
    themes = REPOSITORY / "themes"
    expected = {
        f"blognet/builtin_themes/{path.relative_to(themes).as_posix()}"
        for name in BUILT_IN_THEMES
        for path in (themes / name).rglob("*")
        if path.is_file()
    }

    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("blognet/builtin_themes/")}

    assert expected
    assert held == expected


def test_the_wheel_holds_the_package_and_nothing_of_the_demo_network(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"blognet"}


@pytest.mark.parametrize("group", ["main", "mayor_main"])
def test_both_commands_start_outside_the_repository(
    installed: Path, tmp_path: Path, group: str
) -> None:
    answer = run_installed(installed, "--help", cwd=tmp_path, group=group)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_an_installed_blognet_makes_and_builds_a_new_network(
    installed: Path, tmp_path: Path
) -> None:
    made = run_installed(installed, "init", "news", "--yes", cwd=tmp_path)
    built = run_installed(installed, "-C", "news", "build", cwd=tmp_path)

    assert made.returncode == 0, made.stderr
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "news" / "site" / "index.html").is_file()


def test_an_installed_blognet_speaks_other_languages(installed: Path, tmp_path: Path) -> None:
    run_installed(installed, "init", "news", "--yes", cwd=tmp_path)
    settings = tmp_path / "news" / "blognet.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("\nlanguage: en\n", "\nlanguage: ar\n"), "utf-8")

    built = run_installed(installed, "-C", "news", "build", cwd=tmp_path)

    assert built.returncode == 0, built.stderr
    home = (tmp_path / "news" / "site" / "index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in home
    assert "تخطَّ إلى المحتوى" in home
