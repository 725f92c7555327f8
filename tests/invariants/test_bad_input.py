"""Whatever lies in the folders: every fault is told with its place in one run, and everything else goes on."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.invariants.network_folder import PNG, NetworkFolder, post, start, tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LONG = "n" * 240
GOOD = ("fine", "also-fine")
# What lies there, and the fault that is told of it: path, line, column, code. Column 0: the whole line, line 0: the
# whole file is meant.
Fault = tuple[str, int, int, str]
BAD: Mapping[str, tuple[str | bytes, Fault]] = {
    "queue/never-ends.md": ("---\ntitle: x\n", ("queue/never-ends.md", 1, 1, "BN120")),
    "queue/no-yaml.md": (
        "---\ntitle: [x\n---\nx\n",
        ("queue/no-yaml.md", 2, 8, "BN107"),
    ),
    "queue/unknown-key.md": (
        "---\ntitle: x\nauthors: [ada]\ntag: x\n---\n",
        ("queue/unknown-key.md", 4, 1, "BN118"),
    ),
    "queue/twice.md": (
        "---\ntitle: x\ntitle: y\nauthors: [ada]\n---\n",
        ("queue/twice.md", 3, 1, "BN111"),
    ),
    "queue/alias.md": (
        "---\ntitle: &a x\nauthors: [ada]\nsummary: *a\n---\n",
        ("queue/alias.md", 2, 8, "BN112"),
    ),
    "queue/tag.md": (
        "---\ntitle: !!python/object/apply:os.system [ls]\nauthors: [ada]\n---\n",
        ("queue/tag.md", 2, 8, "BN113"),
    ),
    "queue/merge.md": (
        "---\ntitle: x\nauthors: [ada]\n<<: {title: y}\n---\n",
        ("queue/merge.md", 4, 1, "BN114"),
    ),
    "queue/deep.md": (
        "---\ntitle: x\nauthors: [ada]\nextra: " + "[" * 5000 + "]" * 5000 + "\n---\n",
        ("queue/deep.md", 4, 19, "BN115"),
    ),
    "queue/huge.md": (
        b"---\ntitle: x\n---\n" + b"x" * 10_000_000,
        ("queue/huge.md", 0, 0, "BN005"),
    ),
    "queue/no-title.md": ("---\nauthors: [ada]\n---\nx\n", ("queue/no-title.md", 1, 0, "BN122")),
    "queue/no-author.md": ("---\ntitle: x\n---\n", ("queue/no-author.md", 1, 0, "BN023")),
    "queue/stranger.md": (
        "---\ntitle: x\nauthors: [eve]\n---\n",
        ("queue/stranger.md", 3, 11, "BN022"),
    ),
    "queue/bad-date.md": (
        "---\ntitle: x\ndate: soon\nauthors: [ada]\n---\n",
        ("queue/bad-date.md", 3, 7, "BN123"),
    ),
    "queue/latin.md": (
        post("Gr\u00f6\u00dfe").encode("latin-1"),
        ("queue/latin.md", 2, 10, "BN001"),
    ),
    "queue/merged.md": (
        "---\ntitle: x\nauthors: [ada]\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n",
        ("queue/merged.md", 5, 1, "BN002"),
    ),
    "queue/lone.png": (PNG, ("queue/lone.png", 0, 0, "BN007")),
    "queue/report.docx": (b"PK", ("queue/report.docx", 0, 0, "BN007")),
    "queue/page.html": ("<p>x", ("queue/page.html", 0, 0, "BN007")),
    "queue/same-a/index.md": (post("x", slug="same"), ("queue/same-a/index.md", 0, 0, "BN012")),
    "queue/same-b.md": (post("x", slug="same"), ("queue/same-b.md", 0, 0, "BN012")),
    "queue/Upper.md": (post("x"), ("queue/Upper.md", 0, 0, "BN012")),
    "queue/upper.md": (post("x"), ("queue/upper.md", 0, 0, "BN012")),
    "queue/con.md": (post("x"), ("queue/con.md", 0, 0, "BN025")),
    "queue/aux/index.md": (post("x"), ("queue/aux/index.md", 0, 0, "BN025")),
    "queue/reserved.md": (
        "---\ntitle: x\nauthors: [ada]\nslug: nul\n---\n",
        ("queue/reserved.md", 4, 7, "BN124"),
    ),
    "queue/script/index.md": (post("x"), ("queue/script/run.js", 0, 0, "BN009")),
    "queue/script/run.js": ("alert(1)", ("queue/script/run.js", 0, 0, "BN009")),
    "queue/html/index.md": (post("x"), ("queue/html/page.html", 0, 0, "BN009")),
    "queue/html/page.html": ("<p>x", ("queue/html/page.html", 0, 0, "BN009")),
    "queue/drawing/index.md": (post("x"), ("queue/drawing/evil.svg", 1, 41, "BN011")),
    "queue/drawing/evil.svg": (SVG, ("queue/drawing/evil.svg", 1, 41, "BN011")),
    "queue/pretends/index.md": (post("x"), ("queue/pretends/photo.png", 0, 0, "BN010")),
    "queue/pretends/photo.png": (b"GIF89a", ("queue/pretends/photo.png", 0, 0, "BN010")),
    "queue/twins/index.md": (post("x"), ("queue/twins/pic.png", 0, 0, "BN024")),
    "queue/twins/Pic.png": (PNG, ("queue/twins/pic.png", 0, 0, "BN024")),
    "queue/twins/pic.png": (PNG, ("queue/twins/pic.png", 0, 0, "BN024")),
    "queue/new\nline.md": (post("x"), ("queue/new\\x0aline.md", 0, 0, "BN025")),
    "queue/bell\x07.md": (post("x"), ("queue/bell\\x07.md", 0, 0, "BN025")),
    "queue/back\\slash.md": (post("x"), ("queue/back\\slash.md", 0, 0, "BN025")),
    "queue/note (conflicted copy).md": (
        post("x"),
        ("queue/note (conflicted copy).md", 0, 0, "BN008"),
    ),
    "queue/\u2026.md": (post("x"), ("queue/\u2026.md", 0, 0, "BN014")),
    "pages/bad.md": ("---\ntitle: [\n---\n", ("pages/bad.md", 2, 8, "BN107")),
    "authors/eva.md": ("---\ntitle: x\n---\n", ("authors/eva.md", 1, 0, "BN150")),
    "authors/not an id.md": ("---\nname: x\n---\n", ("authors/not an id.md", 0, 0, "BN017")),
}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    """Everything bad beside two good posts; tests that decide on something make their own."""
    return _make(tmp_path_factory.mktemp("bad") / "network")


def _make(root: Path) -> NetworkFolder:
    network = start(root)
    for path, (content, _) in BAD.items():
        network.write(path, content)
    (network.root / "queue/link.md").symlink_to("/etc/passwd")
    (network.root / "queue/folder-link").symlink_to("/etc")
    os.mkfifo(network.root / "queue/pipe.md")
    for name in GOOD:
        network.write(f"queue/{name}.md", post(name))
    return network


LINKS: tuple[Fault, ...] = (
    ("queue/link.md", 0, 0, "BN003"),
    ("queue/folder-link", 0, 0, "BN003"),
    ("queue/pipe.md", 0, 0, "BN004"),
)


def test_check_tells_every_fault_with_its_place_and_code_in_one_run(network: NetworkFolder) -> None:
    said = network.blognet("check", "--json")
    assert said.code == 1, said.everything
    told = {
        (problem["path"], problem["line"] or 0, problem["column"] or 0, problem["code"])
        for problem in json.loads(said.out)["problems"]
        if problem["severity"] == "error"
    }
    expected = {fault for _, fault in BAD.values()} | set(LINKS)
    assert expected - told == set()
    assert {fault[0] for fault in told} - {fault[0] for fault in expected} == set()


def test_check_shows_the_line_and_a_caret_below_what_is_meant(network: NetworkFolder) -> None:
    said = network.blognet("check")
    assert "queue/unknown-key.md:4:1  error BN118  unknown key 'tag' in front matter\n" in said.out
    assert "    tag: x\n    ^^^  did you mean 'tags'?" in said.out


def test_no_byte_of_a_file_that_is_linked_to_is_shown(network: NetworkFolder) -> None:
    for said in (network.blognet("check"), network.mayor("queue", "--all")):
        assert "root:" not in said.everything


def test_no_command_prints_a_control_character(network: NetworkFolder) -> None:
    for said in (network.blognet("check"), network.mayor("queue", "--all")):
        assert [sign for sign in said.everything if ord(sign) < 32 and sign != "\n"] == []


def test_the_queue_lists_the_faulty_with_their_faults_beside_what_can_be_approved(
    network: NetworkFolder,
) -> None:
    said = network.mayor("queue")
    assert said.code == 0, said.everything
    for path, *_ in (*(fault for _, fault in BAD.values()), *LINKS):
        assert path in said.out
    waiting = {
        one["name"]: one for one in json.loads(network.mayor("queue", "--json").out)["waiting"]
    }
    assert {waiting[name]["what"] for name in GOOD} == {"new"}
    assert {waiting[name]["turn"] for name in ("twice", "stranger", "script", "same")} == {"author"}


def test_approving_everything_and_building_go_on_with_what_is_faultless_and_touch_no_other_file(
    tmp_path: Path,
) -> None:
    network = _make(tmp_path)
    before = {
        path: raw
        for path, raw in tree_of(network.root).items()
        if "fine" not in path and not path.startswith(".blognet/")
    }
    said = network.mayor("approve", "--all", "--yes")
    assert said.code == 0, said.everything
    network.build()
    pages = {name for name in network.site if name.startswith("2024/") and name.count("/") > 1}
    assert {name.split("/")[1] for name in pages} == set(GOOD)
    after = tree_of(network.root)
    assert {path: raw for path, raw in after.items() if path in before} == before
    added = {path.split("/")[0] for path in after.keys() - before.keys()}
    assert added <= {"record", "posts", "site", ".blognet"}


@pytest.mark.parametrize("name", ["twice", "stranger", "script", "huge", "latin", "same"])
def test_a_faulty_subject_is_not_approved_when_it_is_named(
    name: str, network: NetworkFolder
) -> None:
    record = tree_of(network.root / "record")
    said = network.mayor("approve", "--yes", name)
    assert said.code in {1, 2, 5}, said.everything
    assert "bug in blognet" not in said.err
    assert tree_of(network.root / "record") == record


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "aux",
        "nul.txt",
        "com1",
        LONG,
        "prn.de",
        "-rf",
        "%2e%2e",
        "a:b",
        "x ",
        "Ünïcode Näme",
        "日本語",
    ],
)
def test_a_post_with_an_odd_name_waits_with_a_fault_or_comes_out_at_a_decent_address(
    name: str, tmp_path: Path
) -> None:
    network = start(tmp_path)
    network.write(f"queue/{name}.md", post("Odd"))
    assert network.blognet("check").code in {0, 1}
    said = network.mayor("approve", "--all", "--yes")
    assert "bug in blognet" not in said.err
    network.build()
    faults = json.loads(network.blognet("check", "--json").out)["problems"]
    pages = [path for path in network.site if re.match("(de/)?2024/[^/]+/", path)]
    assert bool(pages) != bool([fault for fault in faults if fault["severity"] == "error"])
    for page in pages:
        parts = page.split("/")
        assert all(len(part.encode()) <= 255 and part not in {"", ".", ".."} for part in parts)
        assert not set(page) & set('\\:*?"<>| ')
        assert parts[-2].partition(".")[0].lower() not in {"con", "aux", "nul", "prn", "com1"}


def test_a_name_of_300_characters_is_a_fault_or_the_system_refuses_it(tmp_path: Path) -> None:
    network = start(tmp_path)
    with pytest.raises(OSError, match="too long"):
        network.write(f"queue/{'n' * 300}.md", post("Long"))
    network.write(f"queue/{'n' * 200}/{'m' * 200}/{'o' * 200}.md", post("Deep"))
    assert "bug in blognet" not in network.mayor("approve", "--all", "--yes").err
    network.build()


def test_a_hundred_kinds_of_broken_front_matter_give_no_traceback(tmp_path: Path) -> None:
    network = start(tmp_path)
    pieces = (
        "title: x",
        "- x",
        "? y",
        ": z",
        "a: b: c",
        "\t",
        "%YAML 1.1",
        "--- ",
        "...",
        "{",
        "'",
        '"',
        "|",
        ">-",
    )
    for number, piece in enumerate(f"{one}\n{other}" for one in pieces for other in pieces):
        network.write(f"queue/x{number}.md", f"---\n{piece}\n---\nx\n")
    for said in (
        network.blognet("check"),
        network.mayor("queue"),
        network.mayor("approve", "--all", "--yes"),
        network.build(),
    ):
        assert "bug in blognet" not in said.err
        assert said.code in {0, 1}
