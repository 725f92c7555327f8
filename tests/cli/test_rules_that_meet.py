"""Where rules of deciding meet: forces, versions and carries with findings and musts, and what shows it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.live_terminal import LiveTerminal
from tests.cli.network_folder import CONFIG

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

CHECKS = "checks:\n  banned-words: [{words: [whitelist], use: allow list}]\n"
CARRIES = "policy:\n  survives: {typo: 2}\n"
STAGES = """\
stages:
  - {id: legal, title: Legal, reviewers: [dev], when: {words: [price]}}
  - {id: press, title: Press, reviewers: [cleo, dev], need: 2, when: {words: [price]}}
"""
WAIVER = ("--waive", "banned-words=it quotes the old name")
ASKS = ",?]? "
ENDS = "[b]ack: "


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network with a banned word and a post that has it."""
    network_folder.write("blognet.yml", CONFIG + CHECKS)
    network_folder.post("queue/names.md", title="Names", body="Our whitelist.")
    return network_folder


def said(net: NetworkFolder, name: str, verb: str, option: str = "") -> dict[str, object]:
    """Return the only event of this verb, with this option if one is named, as the record holds it."""
    paths = sorted((net.root / "record/post" / name).glob(f"*-{verb}-*.json"))
    found = [json.loads(path.read_text()) for path in paths]
    ((path, values),) = (
        (path, one)
        for path, one in zip(paths, found, strict=True)
        if not option or option in one.get("options", {})
    )
    assert isinstance(values, dict)
    if values.get("options", {}).get("private"):
        # What may have to be erased lies in the first line of the words file.
        first = path.with_suffix(".md").read_text().splitlines()[0]
        values |= json.loads(first.removeprefix("> "))
    return values


def events(net: NetworkFolder, name: str) -> int:
    return len(list((net.root / "record/post" / name).glob("*.json")))


def short(net: NetworkFolder, name: str) -> str:
    return str(net.mayor("show", name, "--json").json()["hash"])[:10]


def contested(net: NetworkFolder, tmp_path: Path) -> tuple[str, str]:
    """Let two mayors approve different versions of `names`; the first one lies on disk. Return their hashes."""
    shutil.copytree(net.root, tmp_path / "other")
    other = type(net)(root=tmp_path / "other", capsys=net.capsys)
    found = []
    for one, body, who in ((net, "Our whitelist.", "ann"), (other, "Their whitelist.", "cleo")):
        one.post("queue/names.md", title="Names", body=body)
        found.append(short(one, "names"))
        assert one.mayor("approve", "names", "--yes", *WAIVER, who=who).code == 0
    shutil.copytree(other.root / "record", net.root / "record", dirs_exist_ok=True)
    assert net.mayor("show", "names", "--json").json()["proposed"] == "contested"
    return found[0], found[1]


def test_what_a_check_forbids_is_forced_only_with_a_waiver_that_the_event_keeps(
    net: NetworkFolder,
) -> None:
    refused = net.mayor("force", "names", "--yes", "-m", "Now.")
    assert (refused.code, events(net, "names")) == (5, 0)
    assert 'mayor force names --waive banned-words="…"' in refused.err
    assert net.mayor("force", "names", "--yes", "-m", "Now.", *WAIVER).code == 0
    force = said(net, "names", "force")
    assert force["findings"] == ["banned-words:6:error"]
    assert force["waivers"] == ["banned-words: it quotes the old name"]
    assert net.mayor("show", "names", "--json").json()["published"] == "live"


def test_a_forces_waiver_is_not_the_second_mayors(net: NetworkFolder) -> None:
    net.mayor("force", "names", "--yes", "-m", "Now.", *WAIVER)
    shown = net.mayor("show", "names", who="cleo").err
    assert 'mayor approve names --waive banned-words="…" · or take it down: mayor retract' in shown
    assert net.mayor("approve", "names", who="cleo").code == 5
    assert net.mayor("approve", "names", *WAIVER, who="cleo").code == 0
    assert said(net, "names", "approve")["waivers"] == ["banned-words: it quotes the old name"]
    assert net.mayor("verify").code == 0


def test_a_waiver_of_a_force_that_waives_nothing_is_refused(net: NetworkFolder) -> None:
    refused = net.mayor("force", "names", "--yes", "-m", "Now.", "--waive", "phones=x")
    assert (refused.code, events(net, "names")) == (2, 0)


def test_a_version_on_disk_needs_its_waiver_and_its_musts_settled(
    net: NetworkFolder, tmp_path: Path
) -> None:
    first, _ = contested(net, tmp_path)
    net.mayor("comment", "names", "--kind", "must", "-m", "Say which list.")
    before = events(net, "names")
    refused = net.mayor("approve", "names", "--version", first, *WAIVER)
    assert (refused.code, "a must is open: note 1" in refused.err) == (5, True)
    refused = net.mayor("approve", "names", "--version", first, "--settle")
    assert (refused.code, "banned-words on line 6" in refused.err) == (5, True)
    assert events(net, "names") == before
    done = net.mayor("approve", "names", "--version", first, "--settle", *WAIVER)
    assert (done.code, "settled note 1 on names" in done.out) == (0, True)
    assert said(net, "names", "resolve")["options"] == {
        "how": "settled",
        "note": net.mayor("show", "names", "--json").listed("notes")[0]["id"],
    }
    shown = net.mayor("show", "names", "--json").json()
    assert (shown["published"], shown["proposed"]) == ("live", "none")
    assert net.mayor("verify").code == 0


def test_a_version_that_lies_nowhere_is_settled_for_and_takes_no_waiver(
    net: NetworkFolder, tmp_path: Path
) -> None:
    _, second = contested(net, tmp_path)
    net.mayor("comment", "names", "--kind", "must", "-m", "Say which list.")
    before = events(net, "names")
    refused = net.mayor("approve", "names", "--version", second, "--settle", *WAIVER)
    assert (refused.code, "without --waive" in refused.err) == (2, True)
    assert net.mayor("approve", "names", "--version", second).code == 5
    assert events(net, "names") == before
    assert net.mayor("approve", "names", "--version", second, "--settle").code == 0
    assert "Their whitelist." in net.mayor("show", "names", "--published").out


def test_a_revision_with_an_error_is_not_carried_over(net: NetworkFolder) -> None:
    net.write("blognet.yml", CONFIG + CARRIES)
    for name, text in (("names", "Our whitelist was wonderfull."), ("nets", "All wonderfull.")):
        net.post(f"queue/{name}.md", title=name, body=text)
        assert net.mayor("approve", name, "--yes").code == 0
        net.post(f"posts/{name}.md", title=name, body=text.replace("full.", "ful."))
    net.write("blognet.yml", CONFIG + CARRIES + CHECKS)  # the word was fine when it was approved
    refused = net.mayor("carry", "names")
    assert (refused.code, "checks found what blocks names" in refused.err) == (5, True)
    assert events(net, "names") == 1
    many = net.mayor("carry", "--all")
    assert (many.code, "approved nets@" in many.out) == (1, True)
    assert "names was left out: checks found what blocks names" in many.err
    assert net.mayor("show", "names", "--json").json()["proposed"] == "edited"
    assert "wonderfull" in net.mayor("show", "names", "--published").out


def test_a_warning_does_not_keep_an_approval_from_being_carried_and_is_kept(
    net: NetworkFolder,
) -> None:
    net.write("blognet.yml", CONFIG + CARRIES)
    text = "All wonderfull.\n\n![](https://i.example/a.png)"
    net.post("queue/nets.md", title="Nets", body=text)
    net.mayor("approve", "nets", "--yes")
    net.post("posts/nets.md", title="Nets", body=text.replace("full.", "ful."))
    assert net.mayor("carry", "nets").code == 0
    carried = said(net, "nets", "approve", "carried_from")
    assert "remote-images:8:warning" in str(carried["findings"])


def test_show_says_how_far_the_stages_are_and_to_each_what_is_theirs(net: NetworkFolder) -> None:
    net.write("blognet.yml", CONFIG + STAGES)
    net.post("queue/prices.md", title="Prices", body="The price went up.")
    shown = net.mayor("show", "prices")
    assert "stages: legal 0 of 1 (dev); press 0 of 2 (cleo, dev)" in shown.out
    assert "Next: mayor approve prices, once legal and press said yes" in shown.err
    shown = net.mayor("show", "prices", who="dev")
    assert "Next: mayor approve prices --stage legal" in shown.err
    net.mayor("approve", "prices", "--stage", "legal", who="dev")
    shown = net.mayor("show", "prices", who="dev")
    assert "stages: legal 1 of 1 (yes: dev); press 0 of 2 (cleo, dev)" in shown.out
    assert "Next: mayor approve prices --stage press" in shown.err
    for who in ("cleo", "dev"):
        assert net.mayor("approve", "prices", "--stage", "press", "--yes", who=who).code == 0
    shown = net.mayor("show", "prices")
    assert "stages: legal 1 of 1 (yes: dev); press 2 of 2 (yes: cleo, dev)" in shown.out
    assert "Next: mayor approve prices · mayor return" in shown.err


def test_show_asks_another_mayor_for_the_second_look(net: NetworkFolder) -> None:
    net.post("queue/nets.md", title="Nets", body="Mostly holes.")
    net.mayor("force", "nets", "--yes", "-m", "The fair opens.")
    shown = net.mayor("show", "nets")
    assert "nets was forced by ann: The fair opens." in shown.out
    assert "Next: another mayor looks at it · or take it down: mayor retract nets" in shown.err
    shown = net.mayor("show", "nets", who="cleo")
    assert "Next: mayor approve nets · or take it down: mayor retract nets" in shown.err
    assert net.mayor("approve", "nets", who="cleo").code == 0
    assert "forced" not in net.mayor("show", "nets").out.partition("\n\n")[0]


def test_a_review_shows_stages_and_takes_the_second_look_at_what_was_forced(
    net: NetworkFolder,
) -> None:
    net.write("blognet.yml", CONFIG + STAGES)
    for author in ("ann", "ben", "cleo", "dev"):
        mayor = "cleo" if author == "ann" else "ann"
        assert net.mayor("approve", f"profile/{author}", "--yes", who=mayor).code == 0
    (net.root / "queue/names.md").unlink()
    net.post("queue/nets.md", title="Nets", body="Mostly holes.")
    net.mayor("force", "nets", "--yes", "-m", "The fair opens.", who="cleo")
    net.post("queue/prices.md", title="Prices", body="The price went up.")
    with LiveTerminal(net.root, "mayor", "--as", "ann", "review", "nets", "prices") as terminal:
        assert "nets was forced by cleo: The fair opens." in terminal.wait_for(ASKS)
        shown = terminal.press("a", ASKS)
        assert "stages: legal 0 of 1 (dev); press 0 of 2 (cleo, dev)" in shown
        refused = terminal.press("a", ASKS)
        assert "prices still waits for legal 0 of 1 (dev); press 0 of 2 (cleo, dev)" in refused
        terminal.press("q", ENDS)
        terminal.type("w")
        assert terminal.end() == 0
    assert net.mayor("show", "nets", "--json").json()["proposed"] == "none"
    assert events(net, "prices") == 0


def test_what_was_forced_is_part_of_every_other_mayors_review(net: NetworkFolder) -> None:
    net.mayor("force", "names", "--yes", "-m", "The fair opens.", *WAIVER, who="cleo")
    with LiveTerminal(net.root, "mayor", "--as", "ann", "review") as terminal:
        terminal.wait_for(ASKS)
        assert "names\n" in terminal.press("g", "> ")
        assert "names was forced by cleo: The fair opens." in terminal.press("names\n", ASKS)
        terminal.type("q")
        terminal.end()
    (net.root / "posts/names.md").unlink()
    with LiveTerminal(net.root, "mayor", "--as", "ann", "review") as terminal:
        terminal.wait_for(ASKS)
        assert "names" not in terminal.press("g", "> ")  # without a file there is no page to show
        terminal.press("\n", ASKS)
        terminal.type("q")
        terminal.end()
