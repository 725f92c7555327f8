"""``blognet check``: every fault of a run at once, each with its place; a fault keeps its own subject waiting alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.picture_files import png

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

HEAD = "---\ntitle: T\nauthors: [ben]\n"


@pytest.fixture
def hostile(network_folder: NetworkFolder) -> NetworkFolder:
    """A queue with everything that should not be in it, and one good post."""
    net = network_folder
    net.post("queue/good.md")
    net.write("queue/broken-yaml.md", '---\ntitle: "never closed\nauthors: [ben]\n---\nHi\n')
    net.write("queue/alias.md", "---\ntitle: &a T\nauthors: [ben]\nsummary: *a\n---\nHi\n")
    net.write("queue/tag.md", "---\ntitle: !!python/object:os.system T\nauthors: [ben]\n---\nHi\n")
    net.write("queue/merge.md", f"{HEAD}<<: {{a: b}}\n---\nHi\n")
    net.write("queue/deep.md", f"{HEAD}extra: {'[' * 500}{']' * 500}\n---\nHi\n")
    net.write("queue/large.md", f"{HEAD}---\n" + "x" * 10_000_000)
    net.write("queue/latin1.md", f"{HEAD}---\n\nGrüße.\n".encode("latin-1"))
    net.write("queue/merging.md", f"{HEAD}---\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> b\n")
    net.write("queue/one/same.md", f"{HEAD}---\nOne.\n")
    net.write("queue/two/same.md", f"{HEAD}---\nTwo.\n")
    net.write("queue/nobody.md", "---\ntitle: T\nauthors: [beni]\n---\nHi\n")
    net.write("queue/nowhere.md", "---\ntitle: T\n---\nHi\n")
    net.write("queue/lone.png", png())
    net.write("queue/misspelt.md", f"{HEAD}tagz: [a]\n---\nHi\n")
    (net.root / "queue/link.md").symlink_to("/etc/passwd")
    os.mkfifo(net.root / "queue/pipe.md")
    return net


EXPECTED = {
    "queue/alias.md": "BN112",
    "queue/broken-yaml.md": "BN105",
    "queue/deep.md": "BN115",
    "queue/large.md": "BN005",
    "queue/latin1.md": "BN001",
    "queue/link.md": "BN003",
    "queue/lone.png": "BN007",
    "queue/merge.md": "BN114",
    "queue/merging.md": "BN002",
    "queue/misspelt.md": "BN118",
    "queue/nobody.md": "BN022",
    "queue/nowhere.md": "BN023",
    "queue/one/same.md": "BN012",
    "queue/pipe.md": "BN004",
    "queue/tag.md": "BN113",
    "queue/two/same.md": "BN012",
}


def test_every_hostile_file_is_reported_in_one_run(hostile: NetworkFolder) -> None:
    checked = hostile.blognet("check", "--json")
    assert checked.code == 1
    found = {(str(p["path"]), str(p["code"])) for p in checked.listed("problems")}
    assert set(EXPECTED.items()) <= found
    assert {path for path, _ in found} == set(EXPECTED)


def test_every_problem_has_a_hint_and_those_with_a_line_show_it(hostile: NetworkFolder) -> None:
    problems = hostile.blognet("check", "--json").listed("problems")
    assert [p for p in problems if not p["hint"]] == []
    assert [p for p in problems if p["column"] and not p["excerpt"] and p["code"] != "BN001"] == []


def test_a_fault_is_shown_with_place_line_caret_and_hint(hostile: NetworkFolder) -> None:
    shown = hostile.blognet("check", "queue/nobody.md").out
    assert shown.splitlines() == [
        "queue/nobody.md:3:11  error BN022  there is no author 'beni'",
        "    authors: [beni]",
        "              ^^^^  did you mean 'ben'?",
        "1 subject checked: 1 error",
    ]


def test_a_faulty_file_keeps_nobody_else_waiting_and_loses_nothing(
    hostile: NetworkFolder,
) -> None:
    before = {path: raw for path, raw in hostile.files().items() if path != "queue/good.md"}
    hostile.mayor("approve", "--all", "--yes")
    after = {path: raw for path, raw in hostile.files().items() if not path.startswith("record/")}
    assert {path: after.get(path) for path in before} == before
    assert "posts/good.md" in after
    queue = hostile.mayor("queue").out
    assert all(code in queue for code in set(EXPECTED.values()))


def test_check_changes_nothing(hostile: NetworkFolder) -> None:
    before = hostile.files()
    hostile.blognet("check")
    assert hostile.files() == before


def test_a_faultless_network_exits_with_0(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    checked = network_folder.blognet("check")
    assert (checked.code, checked.out, checked.err) == (0, "5 subjects checked, no faults\n", "")


def test_warnings_alone_exit_with_0_and_name_what_the_site_would_leave_out(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md", body="Hi.\n\n<script>alert(1)</script>\n")
    checked = network_folder.blognet("check", "hello")
    assert checked.code == 0
    assert "queue/hello.md:8" in checked.out
    assert "warning BN450" in checked.out
    assert "blognet explain BN450" in checked.err


def test_a_file_and_a_folder_and_an_id_can_be_named(hostile: NetworkFolder) -> None:
    named = hostile.blognet("check", "queue/one", "nobody", "queue/link.md", "--json")
    assert {p["path"] for p in named.listed("problems")} == {
        "queue/one/same.md",
        "queue/two/same.md",
        "queue/nobody.md",
        "queue/link.md",
    }


def test_a_file_from_elsewhere_is_read_as_if_it_lay_in_the_queue(
    network_folder: NetworkFolder,
) -> None:
    draft = network_folder.root.parent / "draft.md"
    draft.write_text(f"{HEAD}tagz: [a]\n---\nHi\n")
    checked = network_folder.blognet("check", str(draft))
    assert checked.code == 1
    assert checked.out.startswith(f"{draft}:4:1  error BN118")
    draft.write_text(f"{HEAD}---\nHi\n")
    assert network_folder.blognet("check", str(draft)).code == 0


def test_a_file_that_is_no_post_by_its_name_is_said_to_be_passed_over(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write("queue/_notes.md", "Whatever.")
    checked = network_folder.blognet("check", "queue/_notes.md")
    assert checked.code == 0
    assert "queue/_notes.md is passed over" in checked.err


def test_a_name_that_means_nothing_is_a_usage_error(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    checked = network_folder.blognet("check", "helo")
    assert (checked.code, "did you mean 'hello'?" in checked.err) == (2, True)


def test_faulty_settings_are_shown_with_their_place_and_exit_with_3(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write("blognet.yml", "id: test\ntitel: T\nurl: nowhere\nmayors: [ann]\n")
    checked = network_folder.blognet("check")
    assert checked.code == 3
    assert "blognet.yml:2:1  error BN118" in checked.err
    assert "did you mean 'title'?" in checked.err
    assert "blognet.yml:3:6" in checked.err


def test_outside_of_a_network_check_says_how_to_make_one(
    network_folder: NetworkFolder,
) -> None:
    checked = network_folder.blognet("-C", str(network_folder.root.parent), "check")
    assert (checked.code, "blognet init DIR" in checked.err) == (3, True)
