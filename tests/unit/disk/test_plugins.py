"""Checks of other packages: installed for real, found by their entry points, and their faults told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from blognet.disk.plugins import load_plugins

if TYPE_CHECKING:
    from pathlib import Path

MODULE = """\
class Tone:
    name = "acme-tone"
    version = "1.2"

    def check(self, text, front, context):
        for number, line in enumerate(text.split("\\n"), 1):
            at = line.find("very")
            if at >= 0:
                yield {"line": number, "column": at + 1, "length": 4, "message": "calm down"}

tone = Tone()
nothing = 3
"""


def install(site: Path, *, package: str, module: str, points: str) -> None:
    """Lay a package out as pip leaves it: the module, and beside it what is known of it."""
    site.mkdir(exist_ok=True)
    (site / f"{package}.py").write_text(module)
    known = site / f"{package}-1.2.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n")
    (known / "entry_points.txt").write_text(f"[blognet.checks]\n{points}\n")
    (known / "RECORD").write_text("")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that Python finds."""
    folder = tmp_path / "site-packages"
    monkeypatch.syspath_prepend(str(folder))
    for module in ("acme_tone", "acme_broken"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    return folder


def test_an_installed_plug_in_is_loaded_with_its_version(site: Path) -> None:
    install(site, package="acme_tone", module=MODULE, points="acme-tone = acme_tone:tone")
    (loaded,) = load_plugins(["acme-tone"])
    assert (loaded.name, loaded.version, loaded.fault) == ("acme-tone", "1.2", "")
    assert loaded.plugin is not None
    answers = list(loaded.plugin.check("a very\nb", {}, {}))
    assert answers == [{"line": 1, "column": 3, "length": 4, "message": "calm down"}]


def test_a_plug_in_that_is_not_named_is_not_imported(site: Path) -> None:
    install(site, package="acme_broken", module="raise SystemExit(9)", points="b = acme_broken:x")
    assert load_plugins([]) == ()
    assert [one.fault for one in load_plugins(["other"])] == ["is not installed here"]
    assert "acme_broken" not in sys.modules


@pytest.mark.parametrize(
    ("module", "point", "fault"),
    [
        ("raise SystemExit(9)", "x", "could not be loaded: SystemExit"),
        ("raise ValueError('no')", "x", "could not be loaded: ValueError"),
        ("import no_such_module", "x", "could not be loaded: ModuleNotFoundError"),
        ("this is no Python", "x", "could not be loaded: SyntaxError"),
        ("y = 1", "x", "could not be loaded: AttributeError"),
        ("x = 3", "x", "is no check"),
        ("class x:\n    name = 'x'\n    version = 2\n    check = print", "x", "is no check"),
    ],
)
def test_a_broken_plug_in_is_an_answer_and_no_exception(
    site: Path, module: str, point: str, fault: str
) -> None:
    install(site, package="acme_broken", module=module, points=f"acme = acme_broken:{point}")
    (loaded,) = load_plugins(["acme"])
    assert loaded.plugin is None
    assert loaded.fault.startswith(fault)


def test_two_packages_that_claim_one_name_are_told_apart_by_nobody(site: Path) -> None:
    install(site, package="acme_tone", module=MODULE, points="acme = acme_tone:tone")
    install(site, package="acme_broken", module=MODULE, points="acme = acme_broken:tone")
    (loaded,) = load_plugins(["acme"])
    assert loaded.fault == "is ambiguous: acme_broken:tone and acme_tone:tone"
