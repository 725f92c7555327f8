"""The mayor's commands, run as typed in a real network folder, with and without git."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from blognet.cli.boundary import run
from blognet.cli.main import blognet_group, mayor_group

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
id: test
title: Test
url: https://blog.example.org
mayors: [ann, cleo]
"""
PROFILE = "---\nname: {name}\nemail: {id}@example.org\n---\n\nHello.\n"
POST = "---\ntitle: {title}\nauthors: [{author}]\ndate: 2026-01-02\n---\n\n{body}\n"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class Net:
    """A network folder with mayors ann and cleo and the authors ben and dev."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        (root / "blognet.yml").write_text(CONFIG, encoding="utf-8")
        for author in ("ann", "ben", "cleo", "dev"):
            self.write(f"authors/{author}.md", PROFILE.format(name=author.title(), id=author))

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def post(
        self, path: str, *, title: str = "Hello", author: str = "ben", body: str = "Text."
    ) -> None:
        self.write(path, POST.format(title=title, author=author, body=body))

    def mayor(self, *arguments: str, who: str = "ann") -> Ran:
        code = run(mayor_group(), ["-C", str(self.root), "--as", who, *arguments], program="mayor")
        captured = self._capsys.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    def blognet(self, *arguments: str, who: str = "ben") -> Ran:
        code = run(
            blognet_group(), ["-C", str(self.root), "--as", who, *arguments], program="blognet"
        )
        captured = self._capsys.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    def waiting(self) -> dict[str, str]:
        found = json.loads(self.mayor("queue", "--all", "--json").out)
        return {one["name"]: one["what"] for one in found["waiting"] if one["kind"] == "post"}

    def hash_of(self, name: str) -> str:
        found = json.loads(self.mayor("queue", "--all", "--json").out)
        return str(next(one["hash"] for one in found["waiting"] if one["name"] == name))

    def events(self, name: str) -> list[str]:
        folder = self.root / "record" / "post" / name
        return sorted(path.name.split("-")[1] for path in folder.glob("*.json"))

    def git(self, *arguments: str) -> str:
        settings = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.root,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout


@pytest.fixture
def net(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Net:
    return Net(tmp_path, capsys)


def test_approve_moves_the_file_and_leaves_its_bytes_alone(net: Net) -> None:
    net.post("queue/ben/2026-01-02-hello.md")
    before = (net.root / "queue/ben/2026-01-02-hello.md").read_bytes()
    assert net.mayor("show", "hello").code == 0
    done = net.mayor("approve", "hello")
    assert (done.code, done.err.count("error")) == (0, 0)
    assert (net.root / "posts/ben/2026-01-02-hello.md").read_bytes() == before
    assert not (net.root / "queue/ben").exists()
    assert net.waiting() == {}


def test_approve_never_writes_over_another_file(net: Net) -> None:
    net.post("queue/hello.md")
    net.post("posts/hello.md", title="Something else", body="Kept.")
    kept = (net.root / "posts/hello.md").read_bytes()
    done = net.mayor("approve", "hello", "--yes")
    assert done.code == 0
    assert "stays where it is" in done.err
    assert (net.root / "posts/hello.md").read_bytes() == kept
    assert (net.root / "queue/hello.md").exists()


def test_a_mayor_does_not_approve_work_of_their_own(net: Net) -> None:
    net.post("queue/mine.md", author="ann")
    refused = net.mayor("approve", "mine", "--yes")
    assert refused.code == 4
    assert "your own work" in refused.err
    assert "cleo" in refused.err
    assert net.mayor("approve", "mine", "--yes", who="cleo").code == 0


def test_only_mayors_decide(net: Net) -> None:
    net.post("queue/hello.md", author="dev")
    refused = net.mayor("approve", "hello", "--yes", who="ben")
    assert refused.code == 4
    assert net.waiting() == {"hello": "new"}


def test_without_a_look_a_script_must_name_the_bytes_or_say_yes(net: Net) -> None:
    net.post("queue/hello.md")
    refused = net.mayor("approve", "hello")
    assert refused.code == 2
    assert f"hello@{net.hash_of('hello')[:10]}" in refused.err
    assert net.mayor("approve", f"hello@{net.hash_of('hello')[:10]}").code == 0


def test_bytes_that_changed_since_they_were_shown_are_refused_with_the_difference(net: Net) -> None:
    net.post("queue/hello.md", body="First words.")
    net.mayor("show", "hello")
    net.post("queue/hello.md", body="Other words.")
    refused = net.mayor("approve", "hello", "--yes")
    assert refused.code == 5
    assert "-First words." in refused.out
    assert "+Other words." in refused.out
    assert net.waiting() == {"hello": "new"}


def test_a_hash_of_other_bytes_is_refused(net: Net) -> None:
    net.post("queue/hello.md")
    old = net.hash_of("hello")[:12]
    net.post("queue/hello.md", body="Changed meanwhile.")
    assert net.mayor("approve", f"hello@{old}").code == 5
    assert net.events("hello") == []


@pytest.mark.parametrize("verb", ["return", "decline", "hold", "comment"])
def test_an_answer_needs_words(net: Net, verb: str) -> None:
    net.post("queue/hello.md")
    refused = net.mayor(verb, "hello")
    assert refused.code == 2
    assert "-m" in refused.err
    assert net.events("hello") == []


def test_a_return_ends_when_the_author_saves_a_change(net: Net) -> None:
    net.post("queue/hello.md")
    assert net.mayor("return", "hello", "-m", "Shorter, please.").code == 0
    assert net.waiting() == {"hello": "returned"}
    net.post("queue/hello.md", body="Shorter.")
    assert net.waiting() == {"hello": "new"}


def test_a_decline_lasts_through_edits_until_a_later_approval(net: Net) -> None:
    net.post("queue/hello.md")
    net.mayor("decline", "hello", "-m", "Not here.")
    net.post("queue/hello.md", body="Try again.")
    assert net.waiting() == {"hello": "declined"}
    assert net.mayor("approve", "--all", "--yes").code in {0, 1}
    assert net.waiting() == {"hello": "declined"}
    assert net.mayor("approve", "hello", "--yes").code == 0
    assert net.waiting() == {}


def test_a_hold_ends_by_release_and_cannot_end_in_the_past(net: Net) -> None:
    net.post("queue/a.md", title="A")
    net.post("queue/b.md", title="B")
    net.mayor("hold", "a", "-m", "After the fair.")
    past = net.mayor("hold", "b", "-m", "Until yesterday.", "--until", "2026-01-03")
    assert (past.code, "a time to come" in past.err) == (2, True)
    assert net.waiting() == {"a": "held", "b": "new"}
    assert net.mayor("release", "a").code == 0
    assert net.waiting() == {"a": "new", "b": "new"}


def test_an_edit_of_a_live_post_waits_while_the_approved_version_stays_up(net: Net) -> None:
    net.post("queue/hello.md", body="Approved words.")
    net.mayor("approve", "hello", "--yes")
    net.post("posts/hello.md", body="Words nobody approved.")
    assert net.waiting() == {"hello": "edited"}
    assert net.blognet("build").code == 0
    page = (net.root / "site/2026/hello/index.html").read_text(encoding="utf-8")
    assert "Approved words." in page
    assert "Words nobody approved." not in page


def test_a_file_that_vanishes_unpublishes_nothing(net: Net) -> None:
    net.post("queue/hello.md")
    net.mayor("approve", "hello", "--yes")
    (net.root / "posts/hello.md").unlink()
    net.blognet("build")
    assert (net.root / "site/2026/hello/index.html").exists()


def test_a_retraction_leaves_a_tombstone_and_restore_brings_the_same_version_back(net: Net) -> None:
    net.post("queue/hello.md", title="Greetings", body="Approved words.")
    net.mayor("approve", "hello", "--yes")
    assert net.mayor("retract", "hello", "-m", "It named a customer.", "--kind", "error").code == 0
    net.blognet("build")
    page = (net.root / "site/2026/hello/index.html").read_text(encoding="utf-8")
    assert "It named a customer." in page
    assert "Approved words." not in page
    assert "Greetings" not in page
    assert net.waiting() == {}
    assert net.mayor("restore", "hello").code == 0
    net.blognet("build")
    page = (net.root / "site/2026/hello/index.html").read_text(encoding="utf-8")
    assert "Approved words." in page


def test_a_quiet_retraction_leaves_no_page(net: Net) -> None:
    net.post("queue/hello.md")
    net.mayor("approve", "hello", "--yes")
    net.mayor("retract", "hello", "--quiet", "-m", "Approved by mistake.")
    net.blognet("build")
    assert not (net.root / "site/2026/hello").exists()


def test_a_revision_that_shares_no_author_needs_takeover(net: Net) -> None:
    net.post("queue/hello.md", author="ben")
    net.mayor("approve", "hello", "--yes")
    net.post("posts/hello.md", author="dev", body="Mine now.")
    refused = net.mayor("approve", "hello", "--yes")
    assert refused.code == 4
    assert "--takeover" in refused.err
    assert net.mayor("approve", "hello", "--yes", "--takeover").code == 0


def test_several_posts_are_decided_together_or_not_at_all(net: Net) -> None:
    net.post("queue/a.md", title="A")
    net.post("queue/mine.md", title="Mine", author="ann")
    assert net.mayor("approve", "a", "mine", "--yes").code == 4
    assert net.waiting() == {"a": "new", "mine": "new"}


def test_all_lists_and_takes_the_faultless_and_leaves_the_rest(net: Net) -> None:
    net.post("queue/good.md", title="Good")
    net.post("queue/back.md", title="Back")
    net.mayor("return", "back", "-m", "Why?")
    net.write("queue/broken.md", "---\ntitle: [\n---\n")
    net.write("queue/draft.md", "---\ntitle: Draft\nauthors: [ben]\ndraft: true\n---\n\nNot yet.\n")
    listed = net.mayor("approve", "--all")
    assert listed.code == 2
    assert "good" in listed.out
    assert "back" not in listed.out
    done = net.mayor("approve", "--all", "--yes", who="cleo")
    assert "approved good@" in done.out
    assert {
        "back": "returned",
        "broken": "faulty",
        "draft": "draft",
    }.items() <= net.waiting().items()
    assert "good" not in net.waiting()


def test_faults_stand_in_the_queue_with_line_and_caret(net: Net) -> None:
    net.write("queue/broken.md", "---\ntitle: Hello\nauthors: [ben]\ntag: python\n---\n\nText.\n")
    shown = net.mayor("queue").out
    assert "queue/broken.md:4:1" in shown
    assert "tag: python" in shown
    assert "^^^" in shown
    assert "did you mean 'tags'?" in shown


def test_a_draft_is_not_returned_because_nobody_asked_yet(net: Net) -> None:
    net.write("queue/draft.md", "---\ntitle: D\nauthors: [ben]\ndraft: true\n---\n\nNot yet.\n")
    refused = net.mayor("return", "draft", "-m", "Shorter.")
    assert (refused.code, "still a draft" in refused.err) == (5, True)
    assert net.events("draft") == []


def test_dry_run_writes_nothing(net: Net) -> None:
    net.post("queue/hello.md")
    done = net.mayor("approve", "hello", "--yes", "--dry-run")
    assert "would be approved hello@" in done.out
    assert not (net.root / "record").exists()
    assert (net.root / "queue/hello.md").exists()


def test_words_reach_the_log_and_the_record_verifies(net: Net) -> None:
    net.post("queue/hello.md")
    net.mayor("return", "hello", "-m", "Say where.\n\nAnd when.")
    log = net.mayor("log", "hello").out
    assert "ann" in log
    assert "    Say where.\n    \n    And when." in log or "    Say where.\n\n    And when." in log
    found = net.mayor("verify")
    assert (found.code, "sound: 1 event" in found.out) == (0, True)


def test_verify_names_what_was_touched_and_a_build_refuses_it(net: Net) -> None:
    net.post("queue/hello.md", body="Approved words.")
    net.mayor("approve", "hello", "--yes")
    net.blognet("build")
    copy = next((net.root / "record/post/hello").glob("*.txt"))
    copy.write_text(copy.read_text(encoding="utf-8").replace("Approved", "Other"), encoding="utf-8")
    found = net.mayor("verify")
    assert found.code == 1
    assert f"record/post/hello/{copy.name}" in found.out
    assert "BN308" in found.out
    assert net.blognet("build").code == 1
    page = (net.root / "site/2026/hello/index.html").read_text(encoding="utf-8")
    assert "Approved words." in page


def test_tidy_moves_what_stayed_once_the_place_is_free(net: Net) -> None:
    net.post("queue/hello.md", body="First.")
    net.mayor("approve", "hello", "--yes")
    net.post("queue/hello.md", body="Second.")
    net.mayor("approve", "hello", "--yes")
    assert (net.root / "queue/hello.md").exists()
    tidied = net.mayor("tidy")
    assert "moved queue/hello.md to posts/hello.md" in tidied.out
    assert "Second." in (net.root / "posts/hello.md").read_text(encoding="utf-8")
    assert not (net.root / "queue/hello.md").exists()


def test_tidy_does_not_take_away_an_edit_that_nobody_approved(net: Net) -> None:
    net.post("queue/hello.md", body="First.")
    net.mayor("approve", "hello", "--yes")
    net.post("posts/hello.md", body="An edit.")
    net.post("queue/hello.md", body="Second.")
    net.mayor("approve", "hello", "--yes")
    net.mayor("tidy")
    assert "An edit." in (net.root / "posts/hello.md").read_text(encoding="utf-8")
    assert "Second." in (net.root / "queue/hello.md").read_text(encoding="utf-8")


def test_commit_holds_exactly_the_files_touched(net: Net) -> None:
    net.git("init", "-q")
    net.post("queue/hello.md")
    net.git("add", "-A")
    net.git("commit", "-qm", "begin")
    net.write("staged.txt", "staged\n")
    net.git("add", "staged.txt")
    net.write("loose.txt", "loose\n")
    done = net.mayor("approve", "hello", "--yes", "--commit")
    assert done.code == 0, done.err
    touched = net.git("show", "--name-status", "--format=", "-M", "HEAD").split("\n")
    names = [line.split("\t")[-1] for line in touched if line]
    assert "posts/hello.md" in names
    assert all(name.startswith(("record/", "posts/")) for name in names)
    assert net.git("status", "--porcelain").split("\n")[:2] == [
        "A  staged.txt",
        "?? .blognet/",
    ] or ("A  staged.txt" in net.git("status", "--porcelain"))
    assert "loose.txt" not in names


def test_without_git_a_wish_to_commit_is_told_and_the_decision_stands(net: Net) -> None:
    net.post("queue/hello.md")
    done = net.mayor("approve", "hello", "--yes", "--commit")
    assert done.code == 1
    assert "not in a git repository" in done.err
    assert net.waiting() == {}


def test_the_last_edit_of_somebody_elses_bytes_is_the_editors_own_work(net: Net) -> None:
    net.git("init", "-q")
    net.post("queue/hello.md")
    net.git("add", "-A")
    net.git("commit", "-qm", "ben's post", "--author", "Ben <ben@example.org>")
    net.post("queue/hello.md", body="Ann improved this.")
    refused = net.mayor("approve", "hello", "--yes")
    assert (refused.code, "last edited by you" in refused.err) == (4, True)
    net.git("commit", "-qam", "an edit", "--author", "Ann <ann@example.org>")
    assert net.mayor("approve", "hello", "--yes").code == 4
    assert net.mayor("approve", "hello", "--yes", who="cleo").code == 0


def test_parallel_decisions_that_differ_are_contested_and_one_more_settles_them(
    net: Net, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Net(tmp_path_factory.mktemp("other"), capsys)
    net.post("queue/hello.md")
    other.post("queue/hello.md")
    net.mayor("approve", "hello", "--yes")
    other.mayor("decline", "hello", "-m", "Not this one.", who="cleo")
    for path in (other.root / "record").rglob("*.*"):
        target = net.root / path.relative_to(other.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    shown = net.mayor("queue").out
    assert "contested" in shown
    assert "Not this one." in shown
    net.blognet("build")
    assert not (net.root / "site/2026/hello").exists()
    assert net.mayor("approve", "hello", "--yes").code == 0
    net.blognet("build")
    assert (net.root / "site/2026/hello/index.html").exists()


def test_a_name_can_be_a_beginning_a_path_or_come_from_standard_input(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    net.post("queue/hello-world.md", title="One")
    net.post("queue/good-bye.md", title="Two")
    monkeypatch.chdir(net.root)
    assert "One" in net.mayor("show", "hello").out
    assert "Two" in net.mayor("show", "queue/good-bye.md").out
    monkeypatch.setattr("sys.stdin", io.StringIO("hello-world\ngood-bye\n"))
    assert "commented on good-bye@" in net.mayor("comment", "-", "-m", "Read.").out
    missing = net.mayor("show", "helo-world")
    assert (missing.code, "did you mean 'hello-world'?" in missing.err) == (2, True)


def test_names_kept_for_later_say_so(net: Net) -> None:
    kept = net.mayor("thank")
    assert kept.code == 2
    assert "kept for a later version" in kept.err


def test_an_edit_hidden_by_a_file_in_the_queue_is_told(net: Net) -> None:
    net.post("queue/hello.md", body="First.")
    net.mayor("approve", "hello", "--yes")
    net.post("posts/hello.md", body="An edit.")
    net.post("queue/hello.md", body="Another edit.")
    shown = net.blognet("check")
    assert "posts/hello.md" in shown.out + shown.err
    assert "BN318" in shown.out + shown.err


def test_a_retraction_that_moves_must_say_where_to(net: Net) -> None:
    net.post("queue/hello.md")
    net.mayor("approve", "hello", "--yes")
    nowhere = net.mayor("retract", "hello", "--kind", "moved", "--to", "nowhere", "-m", "Moved.")
    assert (nowhere.code, "nowhere" in nowhere.err) == (2, True)
    assert net.mayor("retract", "hello", "--kind", "moved", "-m", "Moved.").code == 2
    assert net.events("hello") == ["approve"]


def test_a_translated_profile_stands_on_the_pages_of_its_language_alone(net: Net) -> None:
    net.write("blognet.yml", CONFIG + "languages: [en, de]\n")
    net.write("authors/ben.de.md", "---\nname: Ben\n---\n\nSchreibt auf Deutsch.\n")
    net.post("queue/hello.md")
    net.post("queue/hello.de.md", title="Hallo")
    assert net.mayor("approve", "--all", "--yes").code == 0
    net.blognet("build")
    german = (net.root / "site/de/authors/ben/index.html").read_text(encoding="utf-8")
    english = (net.root / "site/authors/ben/index.html").read_text(encoding="utf-8")
    assert "Schreibt auf Deutsch." in german
    assert "Schreibt auf Deutsch." not in english
    assert "Hello." in english


def test_a_featured_post_stands_on_the_home_page_and_its_topics_page_until_taken_off(
    net: Net,
) -> None:
    text = POST.replace("date:", "topics: [Travel]\ndate:")
    net.write("queue/hello.md", text.format(title="Hello", author="ben", body="Text."))
    early = net.mayor("feature", "hello")
    assert (early.code, "no live post" in early.err) == (5, True)
    net.mayor("approve", "hello", "--yes")
    assert net.mayor("feature", "hello", who="ben").code == 4
    assert "featured hello" in net.mayor("feature", "hello", "-m", "Read it.").out
    elsewhere = net.mayor("feature", "hello", "--topic", "travels")
    assert (elsewhere.code, "did you mean 'travel'" in elsewhere.err) == (2, True)
    assert net.mayor("feature", "hello", "--topic", "travel").code == 0

    def picked() -> list[bool]:
        assert net.blognet("build").code == 0
        pages = ("site/index.html", "site/topics/travel/index.html")
        return ["picks</h2>" in (net.root / page).read_text("utf-8") for page in pages]

    assert picked() == [True, True]
    off = net.mayor("feature", "hello", "--off")
    assert "no longer on the home page" in off.out
    assert picked() == [False, True]
    assert '"off": "yes"' in net.mayor("log", "hello", "--json").out
    net.mayor("retract", "hello", "-m", "Wrong.")
    assert net.blognet("build").code == 0
    assert not (net.root / "site/topics/travel/index.html").exists()
