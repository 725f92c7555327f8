"""The small whole networks of tests/sites: what comes out of each is what lies beside it.

`pytest --update-golden` writes what came out; a person reads the diff. Left out are the theme's static files, which
have tests of their own, the list of digests, and what Pillow encodes, whose bytes are those of its version.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blognet.actions.build import build
from blognet.actions.decide import Request, decide_all
from blognet.actions.network import load_network
from blognet.actions.waiting import approvable_at_once, waiting
from blognet.kernel.ids import AuthorId
from blognet.markup import Parser
from blognet.moderation.events import Seen, Verb
from tests.invariants.network_folder import NetworkFolder, tree_of

SITES = Path(__file__).parents[1] / "sites"
MOMENT = datetime(2024, 6, 1, 12, tzinfo=UTC)
NAMES = tuple(sorted(path.name for path in SITES.iterdir() if path.is_dir()))
WHOLE = tuple(name for name in NAMES if not name.startswith("broken-"))
BROKEN = tuple(name for name in NAMES if name.startswith("broken-"))


@pytest.mark.parametrize("parser", Parser, ids=str)
@pytest.mark.parametrize("name", WHOLE)
def test_a_network_becomes_the_site_beside_it_whoever_reads_its_markdown(
    name: str, parser: Parser, tmp_path: Path, *, update_golden: bool
) -> None:
    root = _copy(name, tmp_path)
    with (root / "blognet.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nmarkdown: {{parser: {parser}}}\n")
    _approve_everything(root)
    build(root, now=MOMENT)
    site = {
        path: raw
        for path, raw in tree_of(root / "site").items()
        if path != ".blognet-output"
        and not path.startswith("theme/")
        and not path.endswith((".png", ".jpg", ".webp"))
    }
    expected = SITES / name / "expected"
    if update_golden and parser is Parser.MARKDOWN_IT:
        shutil.rmtree(expected, ignore_errors=True)
        for path, raw in site.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(raw)
    there = tree_of(expected)
    assert list(site) == list(there)
    for path, raw in site.items():
        assert raw == there[path], path


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_network_is_told_its_faults(
    name: str, tmp_path: Path, *, update_golden: bool
) -> None:
    said = NetworkFolder(root=_copy(name, tmp_path)).blognet("check", who="mia")
    expected = SITES / name / "expected-problems.txt"
    if update_golden:
        expected.write_text(said.everything, "utf-8")
    assert said.code in {1, 3}
    assert said.everything == expected.read_text("utf-8")


def _copy(name: str, tmp_path: Path) -> Path:
    shutil.copytree(SITES / name / "network", tmp_path / "network")
    return tmp_path / "network"


def _approve_everything(root: Path) -> None:
    found = approvable_at_once(waiting(load_network(root, now=MOMENT)))
    requests = tuple(
        Request(
            subject=one.entry.subject,
            verb=Verb.APPROVE,
            expected=one.entry.standing.content,
            seen=Seen.ASSUMED,
        )
        for one in found
    )
    decide_all(root, requests, actor=AuthorId("mia"), now=MOMENT)
