"""``blognet init``: a network that builds at once, and nothing overwritten."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from blognet.cli.boundary import run
from blognet.cli.main import blognet_group, mayor_group
from tests.cli.terminal import type_at_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import RunBlognet

ANN = ("--yes", "--title", "Acme Writes", "--name", "Ann Example", "--email", "ann@example.org")


def test_init_makes_a_network_in_which_nothing_is_faulty_and_nothing_waits(
    run_blognet: RunBlognet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = run_blognet("init", "blog", *ANN)
    assert (made.code, made.err) == (0, "")
    assert run_blognet("-C", "blog", "check").out == "3 subjects checked, no faults\n"
    assert run(mayor_group(), ["-C", str(tmp_path / "blog"), "queue"], program="mayor") == 0
    assert "Nothing waits for you." in capsys.readouterr().err


def test_init_makes_you_the_mayor_and_says_what_was_approved_in_your_name(
    run_blognet: RunBlognet,
) -> None:
    made = run_blognet("init", "blog", *ANN)
    assert "You are ann, its mayor" in made.out
    assert "solo: true" in made.out
    places = run_blognet("-C", "blog", "status", "--all", "--json").listed("subjects")
    assert {
        (place["kind"], place["id"], place["published"], place["proposed"]) for place in places
    } == {
        ("profile", "ann", "live", None),
        ("page", "about", "live", None),
        ("post", "welcome", "live", None),
    }


def test_the_approvals_of_init_are_events_that_say_solo_and_that_nobody_claims_to_have_looked(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    run_blognet("init", "blog", *ANN)
    record = tmp_path / "blog/record"
    events = {path.parent.name: path.read_text() for path in record.rglob("*.json")}
    assert set(events) == {"ann", "about", "welcome"}
    assert all('"seen": "assumed"' in text for text in events.values())
    assert {name for name, text in events.items() if '"solo"' in text} == {"ann", "welcome"}


def test_a_new_network_builds_at_once_and_a_dropped_file_is_taken_through(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    run_blognet("init", "blog", *ANN)
    root = tmp_path / "blog"
    built = run_blognet("-C", "blog", "build", "--jobs", "1")
    assert built.code == 0, built.err
    assert "Acme Writes" in (root / "site/index.html").read_text(encoding="utf-8")
    (root / "queue/dropped.md").write_text("---\ntitle: Dropped\nauthors: [ann]\n---\n\nHi.\n")
    assert run_blognet("-C", "blog", "mayor", "approve", "dropped", "--yes").code == 0
    assert run_blognet("-C", "blog", "build", "--jobs", "1").code == 0
    assert "Dropped" in (root / "site/index.html").read_text(encoding="utf-8")


def test_a_new_network_has_the_files_that_keep_git_from_converting_or_carrying_too_much(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    made = run_blognet("init", "blog", *ANN, "--git")
    root = tmp_path / "blog"
    assert "Made a git repository" in made.out
    run_blognet("-C", "blog", "build", "--jobs", "1")
    (root / "record/windows.txt").write_bytes(b"one\r\ntwo\r\n")
    subprocess.run(["git", "-c", "core.autocrlf=input", "add", "-A"], cwd=root, check=True)
    staged = subprocess.run(
        ["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.split()
    assert not [path for path in staged if path.startswith(("site/", ".blognet/"))]
    assert "queue/README.md" in staged
    kept = subprocess.run(
        ["git", "show", ":record/windows.txt"], cwd=root, check=True, capture_output=True
    )
    assert kept.stdout == b"one\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Acme *Blog* & <Sons>", "Zoë O'Neil"),
        ('Quotes " and: colons # hash', "- dash"),
        ("日本語ブログ", "山田 太郎"),
        ("yes", "null"),
        ("!!!", "???"),
        ("2024", "12"),
    ],
)
def test_init_takes_any_title_and_name(run_blognet: RunBlognet, title: str, name: str) -> None:
    made = run_blognet("init", "blog", "--yes", "--title", title, "--name", name, "--email", "")
    assert (made.code, made.err) == (0, "")
    about_you = run_blognet("-C", "blog", "me", "--json").json()
    assert about_you["name"] == name
    assert about_you["mayor"] is True


@pytest.mark.parametrize(
    "options",
    [
        ("--url", "not a url"),
        ("--language", "klingon!"),
        ("--timezone", "Mars/Olympus"),
        ("--email", "nonsense"),
        ("--id", "../ann"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_before_anything_is_written(
    run_blognet: RunBlognet, tmp_path: Path, options: tuple[str, str]
) -> None:
    made = run_blognet("init", "blog", *ANN, *options)
    assert made.code == 2
    assert made.err.startswith("error: ")
    assert not (tmp_path / "blog").exists()


def test_an_occupied_folder_is_refused_and_left_as_it_was(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/thesis.md").write_text("Years of work.")
    made = run_blognet("init", "blog", *ANN)
    assert made.code == 5
    assert "not empty: thesis.md" in made.err
    assert "blognet init DIR" in made.err
    assert [path.name for path in (tmp_path / "blog").iterdir()] == ["thesis.md"]


def test_a_folder_of_ours_with_other_bytes_is_never_overwritten(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    (tmp_path / "blog/queue").mkdir(parents=True)
    (tmp_path / "blog/queue/welcome.md").write_text("Mine.")
    made = run_blognet("init", "blog", *ANN)
    assert made.code == 5
    assert "queue/welcome.md" in made.err
    assert (tmp_path / "blog/queue/welcome.md").read_text() == "Mine."


def test_an_init_that_was_killed_can_be_repeated(run_blognet: RunBlognet, tmp_path: Path) -> None:
    run_blognet("init", "once", *ANN)
    written = (tmp_path / "once/authors/ann.md").read_bytes()
    (tmp_path / "again/authors").mkdir(parents=True)
    (tmp_path / "again/authors/ann.md").write_bytes(written)
    (tmp_path / "again/.blognet-12-0").write_bytes(b"half")
    made = run_blognet("init", "again", *ANN)
    assert (made.code, made.err) == (0, "")
    assert not (tmp_path / "again/.blognet-12-0").exists()


def test_a_repository_without_files_is_an_empty_folder(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "--quiet", "blog"], cwd=tmp_path, check=True)
    made = run_blognet("init", "blog", *ANN)
    assert made.code == 0
    assert "git add -A ." in made.out
    nothing_committed = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=tmp_path / "blog", check=False, capture_output=True
    )
    assert nothing_committed.returncode != 0


def test_networks_do_not_nest(run_blognet: RunBlognet) -> None:
    run_blognet("init", "blog", *ANN)
    again = run_blognet("init", "blog", *ANN)
    assert (again.code, "is a network already" in again.err) == (5, True)
    inside = run_blognet("init", "blog/inner", *ANN)
    assert (inside.code, "lies inside the network" in inside.err) == (5, True)


def test_a_dry_run_writes_nothing(run_blognet: RunBlognet, tmp_path: Path) -> None:
    made = run_blognet("init", "blog", *ANN, "--dry-run")
    assert made.code == 0
    assert "  blognet.yml" in made.out.splitlines()
    assert not (tmp_path / "blog").exists()


def test_without_a_terminal_init_asks_nothing_and_says_what_to_add(
    run_blognet: RunBlognet, tmp_path: Path
) -> None:
    made = run_blognet("init", "blog")
    assert made.code == 2
    assert "--yes" in made.err
    assert not (tmp_path / "blog").exists()


def test_all_four_options_need_no_terminal_and_no_yes(run_blognet: RunBlognet) -> None:
    options = ("--title", "T", "--name", "Ann", "--email", "", "--url", "example.org")
    assert run_blognet("init", "blog", *options).code == 0


def test_on_a_terminal_init_asks_four_questions_and_repeats_one_that_makes_no_sense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        ("Name of the company blog [Blog]:", ""),
        ("Your name", "Zoë Ann"),
        ("Your e-mail", "nonsense"),
        ("Your e-mail", "zoe@example.org"),
        ("Address of the site", "foo bar"),
        ("Address of the site", "blog.example.org"),
    ]
    code, shown = type_at_terminal(tmp_path, ["init", "blog"], answers)
    assert code == 0, shown
    assert "write it as ann@example.org" in shown
    assert run(blognet_group(), ["-C", str(tmp_path / "blog"), "me"], program="blognet") == 0
    assert "You are zoe (Zoë Ann), a mayor" in capsys.readouterr().out
    settings = (tmp_path / "blog/blognet.yml").read_text(encoding="utf-8")
    assert "url: https://blog.example.org" in settings
