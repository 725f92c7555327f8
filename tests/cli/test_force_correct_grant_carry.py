"""Forces, corrections, grants, carried approvals and the way out of a contest, as typed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder, Ran

POLICY = "policy:\n  survives: {whitespace: true, tags: true, typo: 2}\n"
LONG = "2999-01-01"


def standing(net: NetworkFolder, name: str) -> tuple[object, object]:
    found = net.mayor("show", name, "--json").json()
    return found["published"], found["proposed"]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def live(net: NetworkFolder, name: str = "hello", body: str = "We definately left at six.") -> Path:
    net.post(f"queue/{name}.md", body=body)
    assert net.mayor("approve", name, "--yes").code == 0
    return net.root / f"posts/{name}.md"


def test_a_force_is_live_at_once_and_waits_for_another_mayor(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write(
        "queue/hello.md", "---\ntitle: H\nauthors: [ben]\npublish_at: 2040-01-01\n---\n\nNow.\n"
    )
    assert net.mayor("force", "hello", "--yes").code == 2
    assert net.mayor("force", "hello", "--yes", "-m", "Recall of the bolts.").code == 0
    assert standing(net, "hello") == ("live", "forced")
    queue = net.mayor("queue").out
    assert "hello was forced by ann: Recall of the bolts." in queue
    assert net.mayor("approve", "hello", "--yes").code == 4
    assert net.mayor("approve", "hello", "--yes", who="cleo").code == 0
    assert standing(net, "hello") == ("live", "none")
    assert net.mayor("verify").code == 0


def test_a_forced_version_stays_in_the_queue_whatever_becomes_of_the_file(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    path = net.post("queue/hello.md")
    net.mayor("force", "hello", "--yes", "-m", "Now.")
    path = net.root / "posts/hello.md"
    short = str(net.mayor("show", "hello", "--json").json()["hash"])[:10]
    edit(path, "Text.", "Another text.")
    assert "was forced by ann" in net.mayor("queue").out
    net.mayor("decline", "hello", "-m", "No.")
    assert "was forced by ann" in net.mayor("queue").out
    path.unlink()
    assert "was forced by ann" in net.mayor("queue").out
    assert net.mayor("approve", "hello", "--version", short).code == 4
    assert net.mayor("approve", "hello", "--version", short, who="cleo").code == 0
    assert "was forced" not in net.mayor("queue", "--all").out


def test_a_force_passes_the_stages(network_folder: NetworkFolder) -> None:
    net = network_folder
    stage = "stages:\n  - {id: legal, reviewers: [dev]}\n"
    net.write("blognet.yml", net.read("blognet.yml") + stage)
    net.post("queue/hello.md")
    assert net.mayor("approve", "hello", "--yes").code == 5
    assert net.mayor("force", "hello", "--yes", "-m", "It burns.").code == 0
    assert standing(net, "hello")[0] == "live"


def test_a_correction_is_shown_on_the_page_and_goes_with_it(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    net, out = network_folder, tmp_path / "out"
    live(net)
    assert net.blognet("build", "--output", str(out)).code == 0
    assert net.mayor("correct", "hello").code == 2
    assert net.mayor("correct", "hello", "-m", "It was <b>seven</b> & not six.").code == 0
    assert net.blognet("build", "--output", str(out)).code == 0
    page = next(out.rglob("hello/index.html")).read_text("utf-8")
    assert "It was &lt;b&gt;seven&lt;/b&gt; &amp; not six." in page
    assert "dt-updated" in page
    (noted,) = net.mayor("log", "hello", "--verb", "correct", "--json").listed("events")
    assert f"<updated>{noted['time']}</updated>" in (out / "atom.xml").read_text("utf-8")
    net.mayor("retract", "hello", "-m", "Wrong altogether.")
    assert net.blognet("build", "--output", str(out)).code == 0
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"seven" not in everything
    assert net.mayor("correct", "hello", "-m", "Once more.").code == 5


def test_only_what_is_live_can_be_corrected(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.post("queue/hello.md")
    assert net.mayor("correct", "hello", "-m", "It was seven.").code == 5
    assert net.mayor("correct", "hello", "-m", "It was seven.", who="ben").code == 4


def grant(net: NetworkFolder, *, posts: int = 2) -> Ran:
    return net.mayor("grant", "ben", "--until", LONG, "--posts", str(posts), "-m", "He is careful.")


def draft(net: NetworkFolder, name: str, *, author: str = "ben", extra: str = "") -> None:
    net.write(
        f"queue/{name}.md",
        f"---\ntitle: {name}\nauthors: [{author}]\ndraft: true\n{extra}---\n\nText of {name}.\n",
    )


def test_a_grant_lets_own_posts_appear_when_they_are_submitted(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    for name in ("one", "two", "three"):
        draft(net, name)
    assert grant(net).code == 0
    done = net.blognet("submit", "one")
    assert (done.code, "under the grant" in done.out) == (0, True)
    assert standing(net, "one") == ("live", "none")
    net.blognet("submit", "two")
    net.blognet("submit", "three")
    assert standing(net, "two")[0] == "live"
    assert standing(net, "three") == ("-", "new")
    assert net.mayor("verify").code == 0


def test_an_author_sees_a_grant_and_what_is_left_of_it(network_folder: NetworkFolder) -> None:
    net = network_folder
    assert net.blognet("status", "--json").json()["grant"] is None
    grant(net, posts=2)
    draft(net, "one")
    net.blognet("submit", "one")
    assert "ann trusts you with 1 more post of your own" in net.blognet("status").out
    found = net.blognet("status", "--json").json()["grant"]
    assert isinstance(found, dict)
    assert (found["giver"], found["posts"], found["left"]) == ("ann", 2, 1)
    assert "trusts" not in net.blognet("status", who="ann").out


def test_a_grant_ends_when_it_is_revoked(network_folder: NetworkFolder) -> None:
    net = network_folder
    draft(net, "one")
    grant(net)
    assert net.mayor("revoke", "ben", "-m", "On holiday.", who="cleo").code == 0
    assert net.mayor("revoke", "ben", "-m", "On holiday.").code == 5
    net.blognet("submit", "one")
    assert standing(net, "one") == ("-", "new")


def test_what_was_used_before_a_revocation_stays_within_the_same_second(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    draft(net, "one")
    grant(net)
    net.blognet("submit", "one")
    assert net.mayor("revoke", "ben", "-m", "On holiday.").code == 0
    assert net.mayor("verify").code == 0
    assert standing(net, "one") == ("live", "none")


def test_a_use_that_the_revoking_mayor_had_not_seen_waits_for_a_mayors_look(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    draft(net, "one")
    grant(net)
    net.blognet("submit", "one")
    version = str(net.mayor("show", "one", "--json").json()["hash"])
    shutil.move(net.root / "record/post/one", net.root.parent / "unheard")
    net.mayor("revoke", "ben", "-m", "On holiday.")
    shutil.move(net.root.parent / "unheard", net.root / "record/post/one")
    told = net.mayor("verify")
    assert (told.code, "BN323" in told.err + told.out) == (1, True)
    assert net.mayor("approve", "one", "--version", version, "--yes").code == 0
    assert net.mayor("verify").code == 0


def test_a_grant_reaches_own_work_alone(network_folder: NetworkFolder) -> None:
    net = network_folder
    grant(net, posts=9)
    draft(net, "both", author="ben, dev")
    draft(net, "devs", author="dev")
    net.post("queue/back.md")
    net.mayor("return", "back", "-m", "Shorter.")
    for name in ("both", "devs", "back"):
        net.blognet("submit", name)
        assert standing(net, name)[0] == "-", name


def test_a_grant_reaches_nothing_that_needs_a_stage(network_folder: NetworkFolder) -> None:
    net = network_folder
    stage = "stages:\n  - {id: legal, reviewers: [dev]}\n"
    net.write("blognet.yml", net.read("blognet.yml") + stage)
    grant(net)
    draft(net, "one")
    told = net.blognet("submit", "one")
    assert "needs the approval of a stage" in told.err
    assert standing(net, "one") == ("-", "new")


def test_nobody_grants_themselves_and_a_grant_has_bounds(network_folder: NetworkFolder) -> None:
    net = network_folder
    bounds = ("--until", LONG, "--posts", "3", "-m", "Me.")
    assert net.mayor("grant", "ann", *bounds).code == 4
    assert net.mayor("grant", "ben", *bounds, who="ben").code == 4
    assert net.mayor("grant", "ben", "--until", "2001-01-01", "--posts", "3", "-m", "-").code == 2
    assert net.mayor("grant", "ben", "--until", LONG, "--posts", "0", "-m", "-").code == 2


def test_two_clones_that_use_the_last_of_a_grant_need_a_mayors_look(
    network_folder: NetworkFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net = network_folder
    draft(net, "one")
    draft(net, "two")
    grant(net, posts=1)
    shutil.copytree(net.root, tmp_path / "other")
    other = type(net)(root=tmp_path / "other", capsys=capsys)
    net.blognet("submit", "one")
    other.blognet("submit", "two")
    shutil.copytree(other.root / "record", net.root / "record", dirs_exist_ok=True)
    shutil.copy(other.root / "posts/two.md", net.root / "posts/two.md")
    (net.root / "queue/two.md").unlink()
    assert "BN324" in net.mayor("verify").out
    assert net.blognet("build", "--output", str(tmp_path / "out")).code != 0
    names = ["one", "two"]
    for name in names:
        short = str(net.mayor("show", name, "--json").json()["hash"])[:10]
        assert net.mayor("approve", name, "--version", short).code == 0
    assert net.mayor("verify").code == 0


def test_without_a_policy_no_approval_survives_an_edit(network_folder: NetworkFolder) -> None:
    net = network_folder
    edit(live(net), "definately", "definitely")
    refused = net.mayor("carry", "hello")
    assert (refused.code, "survives no edit" in refused.err) == (5, True)
    assert "Nothing to carry" in net.mayor("carry", "--all").err


def test_an_approval_is_carried_over_a_typo_and_says_from_where(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + POLICY)
    path = live(net)
    edit(path, "definately", "definitely")
    assert standing(net, "hello") == ("live", "edited")
    done = net.mayor("carry", "--all")
    assert (done.code, ": typo)" in done.out) == (0, True)
    assert standing(net, "hello") == ("live", "none")
    event = net.mayor("log", "hello", "--json").listed("events")[-1]
    options = event["options"]
    assert isinstance(options, dict)
    assert (options["rule"], options["carried_from"].startswith("sha256:")) == ("typo", True)
    assert net.mayor("verify").code == 0


def test_typos_that_add_up_are_not_carried_over(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + POLICY)
    path = live(net, body="We definately recieved wonderfull weather.")
    edit(path, "definately", "definitely")
    assert net.mayor("carry", "hello").code == 0
    edit(path, "wonderfull", "wonderful")
    assert net.mayor("carry", "hello").code == 0
    edit(path, "weather", "feather")
    assert net.mayor("carry", "hello").code == 5


def test_what_was_answered_or_forced_is_not_carried_over(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + POLICY)
    edit(live(net), "definately", "definitely")
    net.mayor("hold", "hello", "-m", "Wait.")
    assert net.mayor("carry", "hello").code == 5
    net.post("queue/fast.md", body="We definately left at six.")
    net.mayor("force", "fast", "--yes", "-m", "Now.")
    edit(net.root / "posts/fast.md", "definately", "definitely")
    refused = net.mayor("carry", "fast")
    assert (refused.code, "another mayor" in refused.err) == (5, True)


def contested(net: NetworkFolder, tmp_path: Path) -> tuple[str, str]:
    """Make two approvals of different edits that did not see each other; return their short hashes."""
    path = live(net, body="We left at six.")
    shutil.copytree(net.root, tmp_path / "other")
    other = type(net)(root=tmp_path / "other", capsys=net.capsys)
    edit(path, "six", "seven")
    first = str(net.mayor("show", "hello", "--json").json()["hash"])[:10]
    assert net.mayor("approve", "hello", "--yes", "-m", "Seven it was.").code == 0
    edit(other.root / "posts/hello.md", "six", "eight")
    second = str(other.mayor("show", "hello", "--json").json()["hash"])[:10]
    assert other.mayor("approve", "hello", "--yes", "-m", "No, eight.", who="cleo").code == 0
    shutil.copytree(other.root / "record", net.root / "record", dirs_exist_ok=True)
    assert standing(net, "hello")[1] == "contested"
    return first, second


def test_both_sides_of_a_contest_are_shown_with_text_and_words(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    net = network_folder
    first, second = contested(net, tmp_path)
    shown = net.mayor("diff", "hello", "--sides").out
    for expected in (
        "+We left at seven.", "+We left at eight.", "Seven it was.", "No, eight.",
        f"mayor approve hello --version {first}", f"mayor approve hello --version {second}",
    ):  # fmt: skip
        assert expected in shown
    assert "mayor diff hello --sides" in net.mayor("queue").out


def test_one_approval_of_a_side_settles_a_contest_whatever_lies_on_disk(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    net = network_folder
    _, second = contested(net, tmp_path)
    assert net.mayor("approve", "hello", "--version", "0123456789").code == 5
    assert net.mayor("approve", "hello", "--version", second).code == 0
    assert standing(net, "hello") == ("live", "edited")
    assert "We left at eight." in str(net.mayor("show", "hello", "--published").out)
    assert net.mayor("verify").code == 0


def test_one_decline_settles_a_contest_and_the_last_uncontested_stays(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    net = network_folder
    contested(net, tmp_path)
    assert net.mayor("decline", "hello", "-m", "Neither.").code == 0
    assert standing(net, "hello") == ("live", "declined")
    assert "We left at six." in str(net.mayor("show", "hello", "--published").out)


def test_a_contest_is_settled_when_the_file_is_gone(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    net = network_folder
    _, second = contested(net, tmp_path)
    (net.root / "posts/hello.md").unlink()
    shutil.copytree(net.root, tmp_path / "copy")
    assert net.mayor("approve", "hello", "--version", second).code == 0
    copy = type(net)(root=tmp_path / "copy", capsys=net.capsys)
    assert copy.mayor("decline", "hello", "-m", "Neither.").code == 0
    for one in (net, copy):
        assert one.mayor("queue", "--all", "--json").code == 0
        assert one.mayor("verify").code == 0


@pytest.mark.parametrize("verb", ["decline", "hold"])
def test_a_stale_copys_answer_is_explained_and_one_named_command_ends_it(
    network_folder: NetworkFolder, tmp_path: Path, verb: str
) -> None:
    net = network_folder
    net.post("queue/hello.md")
    stale = tmp_path / "stale"
    shutil.copytree(net.root, stale)
    net.mayor("approve", "hello", "--yes", "-m", "Fine.")
    net.mayor("-C", str(stale), verb, "hello", "-m", "Not now.", who="cleo")
    shutil.copytree(stale / "record", net.root / "record", dirs_exist_ok=True)
    for told in (net.mayor("queue").out, net.mayor("show", "hello").out):
        assert "hello is contested: these decisions did not see each other" in told
        assert "cleo answered in a copy that did not have the approval yet" in told
        assert "until one more decision settles it, readers see nothing of it" in told
    told = net.blognet("status", "hello").out
    assert "these answers did not know of each other; until a mayor settles it" in told
    (line,) = (one for one in net.mayor("queue").out.splitlines() if "To let the approval" in one)
    command = line.partition(": ")[2].split()
    assert command[:3] == ["mayor", "approve", "hello"]
    assert net.mayor(*command[1:], "--yes").code == 0
    assert standing(net, "hello") == ("live", "none")


def test_a_contest_without_a_file_is_shown_with_its_way_out(
    network_folder: NetworkFolder, tmp_path: Path
) -> None:
    net = network_folder
    first, second = contested(net, tmp_path)
    for folder in ("posts", "queue"):
        shutil.rmtree(net.root / folder, ignore_errors=True)
    shown = net.mayor("show", "hello")
    assert shown.code == 0
    for short in (first, second):
        assert f"mayor approve hello --version {short}" in shown.out
