"""Findings as people meet them: in check, queue and show; what they block, and how a mayor waives them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.network_folder import CONFIG
from tests.unit.disk.test_plugins import MODULE, install
from tests.unit.moderation.check_texts import chance

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

EXPECTED = """\
queue/banned.md:6:5  error BN607  banned-words: 'whitelist' is not a word we use
    Our whitelist.
        ^^^^^^^^^  write 'allow list'
queue/banned.md:8:5  warning BN603  remote-images: the image lies on i.example, so readers get a link instead
    ![](https://i.example/a.png)
        ^^^^^^^^^^^^^^^^^^^^^^^  put it beside the text, or a mayor adds i.example to 'hosts'
queue/banned.md:8:5  warning BN604  alt-text: the image has no words for people who cannot see it
    ![](https://i.example/a.png)
        ^^^^^^^^^^^^^^^^^^^^^^^  say what it shows: ![the drum of the clock, oiled](drum.jpg)
1 subject checked: 1 error, 2 warnings
"""
TOKEN = "ghp_" + chance(36, seed=70)
CHECKS = """\
checks:
  banned-words: [{words: [whitelist], use: allow list}]
  alt-text: warning
"""


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network with settings for checks, a good post, one with a banned word and one with a token."""
    network_folder.write("blognet.yml", CONFIG + CHECKS)
    network_folder.post("queue/good.md", title="Good")
    network_folder.post(
        "queue/banned.md", title="Banned", body="Our whitelist.\n\n![](https://i.example/a.png)"
    )
    network_folder.post("queue/leak.md", title="Leak", body=f"Use {TOKEN} here.")
    return network_folder


def _events(net: NetworkFolder, name: str) -> list[dict[str, object]]:
    folder = net.root / "record" / "post" / name
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def _nowhere(net: NetworkFolder, *outputs: str) -> None:
    """Make sure that no output and no event holds the token."""
    assert not [output for output in outputs if TOKEN[4:14] in output]
    kept = {path: raw for path, raw in net.files().items() if path.endswith((".json", ".md"))}
    assert not [
        path for path, raw in kept.items() if path.startswith("record/") and TOKEN.encode() in raw
    ]


def test_check_shows_findings_beside_faults_and_an_error_exits_with_1(net: NetworkFolder) -> None:
    ran = net.blognet("check", "banned")
    assert ran.code == 1
    assert ran.out == EXPECTED


def test_check_gives_findings_as_json_with_the_name_of_their_check(net: NetworkFolder) -> None:
    ran = net.blognet("check", "banned", "--json")
    assert ran.code == 1
    first = ran.listed("findings")[0]
    assert (first["check"], first["code"], first["severity"]) == ("banned-words", "BN607", "error")
    assert (first["line"], first["column"]) == (6, 5)
    assert ran.json()["errors"] == 1


def test_a_draft_and_a_file_from_elsewhere_are_checked_too(net: NetworkFolder) -> None:
    net.write("queue/early.md", "---\ntitle: E\nauthors: [ben]\ndraft: true\n---\n\nA whitelist.\n")
    elsewhere = net.root.parent / "later.md"
    elsewhere.write_text("---\ntitle: L\nauthors: [ben]\n---\n\nA whitelist.\n")
    for name in ("early", str(elsewhere)):
        assert "banned-words" in net.blognet("check", name).out


def test_what_is_live_is_not_judged_again_by_new_rules(net: NetworkFolder) -> None:
    net.mayor("approve", "good", "--yes")
    net.write("blognet.yml", CONFIG + "checks:\n  banned-words: [Text]\n")
    assert "good" not in net.blognet("check").out


def test_queue_counts_findings(net: NetworkFolder) -> None:
    rows = {line.split()[0]: line for line in net.mayor("queue").out.splitlines()}
    assert "1 error, 2 warnings" in rows["banned"]
    assert "1 error  " in rows["leak"]
    assert "error" not in rows["good"]
    waiting = {str(one["name"]): one for one in net.mayor("queue", "--json").listed("waiting")}
    assert waiting["good"]["findings"] == []
    assert [one["check"] for one in waiting["leak"]["findings"]] == ["secrets"]  # type: ignore[attr-defined]


def test_show_puts_findings_under_their_lines(net: NetworkFolder) -> None:
    ran = net.mayor("show", "banned")
    lines = ran.out.splitlines()
    at = lines.index("Our whitelist.")
    assert "BN607  banned-words: 'whitelist' is not a word we use" in lines[at + 1]
    assert lines[at + 3].split() == ["^^^^^^^^^", "write", "'allow", "list'"]
    assert "1 error of the checks would block approval." in ran.err
    assert 'mayor approve banned --waive banned-words="…"' in ran.err


def test_an_error_blocks_approval_and_says_how_to_go_on(net: NetworkFolder) -> None:
    ran = net.mayor("approve", "banned", "--yes")
    assert ran.code == 5
    assert "checks found what blocks banned: banned-words on line 6" in ran.err
    assert 'mayor approve banned --waive banned-words="…"' in ran.err
    assert _events(net, "banned") == []


def test_a_waiver_approves_and_the_event_keeps_findings_reason_and_rules(
    net: NetworkFolder,
) -> None:
    ran = net.mayor("approve", "banned", "--yes", "--waive", "banned-words=it quotes\nthe old name")
    assert ran.code == 0
    (event,) = _events(net, "banned")
    assert event["findings"] == [
        "banned-words:6:error",
        "remote-images:8:warning",
        "alt-text:8:warning",
    ]
    options = event["options"]
    assert isinstance(options, dict)
    assert (len(options["rules"]), options["private"]) == (64, "waivers")
    log = net.mayor("log", "banned").out
    assert "    waived banned-words: it quotes the old name" in log
    assert "rules=" not in log
    assert net.mayor("verify").code == 0


def test_a_waiver_is_for_these_bytes_alone(net: NetworkFolder) -> None:
    net.mayor("approve", "banned", "--yes", "--waive", "banned-words=it quotes the old name")
    net.post("posts/banned.md", title="Banned", body="Our whitelist. And more.")
    assert net.mayor("approve", "banned", "--yes").code == 5


def test_a_post_without_findings_keeps_only_the_rules(net: NetworkFolder) -> None:
    net.mayor("approve", "good", "--yes")
    (event,) = _events(net, "good")
    assert "findings" not in event
    assert "waivers" not in event


@pytest.mark.parametrize(
    ("waiver", "words"),
    [
        ("banned-word=x", "did you mean 'banned-words'?"),
        ("phones=x", "'phones' found nothing here"),
        ("banned-words=", "a check and a reason belong together"),
        ("banned-words", "a check and a reason belong together"),
        ("=x", "a check and a reason belong together"),
    ],
)
def test_a_waiver_that_waives_nothing_is_refused(
    net: NetworkFolder, waiver: str, words: str
) -> None:
    ran = net.mayor("approve", "banned", "--yes", "--waive", waiver)
    assert ran.code == 2
    assert words in ran.err
    assert _events(net, "banned") == []


def test_approve_all_leaves_out_what_has_errors_and_says_so(net: NetworkFolder) -> None:
    for author in ("ann", "ben", "cleo", "dev"):
        net.mayor("approve", f"profile/{author}", "--yes", who="cleo" if author == "ann" else "ann")
    ran = net.mayor("approve", "--all", "--yes")
    approved = [line.split("@")[0] for line in ran.out.splitlines() if line.startswith("approved")]
    assert approved[-1] == "approved good"
    assert "approved banned" not in approved
    assert "approved leak" not in approved
    assert "leak is left out: the checks found 1 error. Look: mayor show leak" in ran.err


def test_all_and_waive_exclude_each_other(net: NetworkFolder) -> None:
    assert net.mayor("approve", "--all", "--yes", "--waive", "secrets=x").code == 2


def test_a_secret_is_masked_in_every_output_and_in_the_event(net: NetworkFolder) -> None:
    faulty = f"---\ntitle: T\nauthors: [ben]\nkey: {TOKEN}\n---\n\nHi.\n"
    net.write("queue/faulty.md", faulty)
    net.write(
        "queue/titled.md", f"---\ntitle: Our {TOKEN}\nauthors: [ben]\n---\n\n[x](/y?{TOKEN})\n"
    )
    ran = [
        net.blognet("check"),
        net.blognet("check", "--json"),
        net.blognet("status", "--all"),
        net.blognet("submit", "faulty"),
        net.blognet("doctor"),
        net.mayor("queue"),
        net.mayor("queue", "--json"),
        net.mayor("show", "leak"),
        net.mayor("show", "leak", "--json"),
        net.mayor("show", "titled"),
        net.mayor("approve", "leak", "--yes"),
        net.mayor("approve", "leak", "--yes", "--waive", f"secrets=it is made up: {TOKEN}"),
        net.mayor("approve", "titled", "--yes", "--waive", "secrets=it is made up"),
    ]
    net.post("posts/leak.md", title="Leak", body=f"Use {TOKEN} there.")
    ran += [net.mayor("diff", "leak"), net.mayor("log"), net.mayor("log", "leak", "--json")]
    assert len(_events(net, "leak")) == len(_events(net, "titled")) == 1
    _nowhere(net, *(one.out for one in ran), *(one.err for one in ran))


def test_a_change_of_a_masked_token_alone_is_told(net: NetworkFolder) -> None:
    net.mayor("approve", "leak", "--yes", "--waive", "secrets=it is made up")
    other = "ghp_" + chance(36, seed=71)
    net.post("posts/leak.md", title="Leak", body=f"Use {other} here.")
    ran = net.mayor("diff", "leak")
    assert ran.out.splitlines() == ["changed a key or token, which is masked here"]


def test_a_plug_in_of_another_package_checks_when_it_is_named(
    net: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "acme_tone", raising=False)
    install(site, package="acme_tone", module=MODULE, points="acme-tone = acme_tone:tone")
    net.post("queue/good.md", title="Good", body="It is very good.")
    assert "acme-tone" not in net.blognet("check", "good").out
    net.write(
        "blognet.yml",
        f"{CONFIG}checks:\n  plugins: [{{name: acme-tone, severity: error}}, other]\n",
    )
    shown = net.blognet("check", "good").out.splitlines()
    assert "queue/good.md:6:7  error BN620  acme-tone: calm down" in shown
    assert "queue/good.md  warning BN622  other: the plug-in 'other' is not installed here" in shown
    assert net.mayor("approve", "good", "--yes", "--waive", "acme-tone=fine").code == 0


def test_a_program_checks_when_the_person_allowed_it(
    net: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        f"#!{sys.executable}\nimport sys\nfor path in sys.argv[1:]: print(f'{{path}}:6:1: wordy')\n"
    )
    net.write("tools/style", script).chmod(0o755)
    net.write(
        "blognet.yml", f"{CONFIG}checks:\n  external: [{{name: style, command: tools/style}}]\n"
    )
    monkeypatch.delenv("BLOGNET_TOOLS", raising=False)
    refused = net.blognet("check", "good").out
    assert (
        "warning BN623  style: the tool 'style' could not check: BLOGNET_TOOLS does not allow"
        in refused
    )
    monkeypatch.setenv("BLOGNET_TOOLS", "tools/style")
    assert "queue/good.md:6:1  warning BN621  style: wordy" in net.blognet("check", "good").out


def test_every_code_of_a_finding_is_explained(net: NetworkFolder) -> None:
    ran = net.blognet("explain", "BN611")
    assert ran.code == 0
    assert "Revoke it where it was issued" in ran.out
