"""Stages and deputies as typed: who may say yes besides the mayors, and when."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

STAGES = """\
stages:
  - id: legal
    title: Legal
    reviewers: [dev]
    when: {words: [price], tags: [press]}
"""
LONG_AGO = 1_700_000_000
"""A moment in 2023."""


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network in which posts about prices wait for dev of legal."""
    network_folder.write("blognet.yml", network_folder.read("blognet.yml") + STAGES)
    return network_folder


def test_a_mayor_approves_only_after_the_stage(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    refused = net.mayor("approve", "prices", "--yes")
    assert (refused.code, "legal 0 of 1 (dev)" in refused.err) == (5, True)
    said = net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    assert (said.code, said.out.strip().endswith("for the stage legal")) == (0, True)
    assert net.mayor("approve", "prices", "--yes").code == 0
    assert net.mayor("verify").code == 0


def test_a_stage_says_yes_to_exact_bytes(net: NetworkFolder) -> None:
    path = net.post("queue/prices.md", body="The price went up.")
    net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    path.write_text(path.read_text("utf-8") + "\nBy a lot.\n", "utf-8")
    assert net.mayor("approve", "prices", "--yes").code == 5


def test_a_stage_approval_publishes_nothing(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    found = net.mayor("show", "prices", "--json").json()
    assert (found["published"], found["proposed"]) == ("-", "new")


def test_a_post_that_no_rule_is_about_needs_no_stage(net: NetworkFolder) -> None:
    net.post("queue/nets.md", body="A net is mostly holes.")
    assert net.mayor("approve", "nets", "--yes").code == 0


def test_a_reviewer_may_send_back_and_say_something_and_nothing_else(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    assert net.mayor("comment", "prices", "-m", "Hm.", who="dev").code == 0
    for verb in ("approve", "decline", "hold", "retract", "force", "correct"):
        extra = ["--yes"] if verb in {"approve", "force"} else []
        assert net.mayor(verb, "prices", "-m", "No.", *extra, who="dev").code == 4, verb
    assert net.mayor("return", "prices", "-m", "Which price?", who="dev").code == 0
    assert net.mayor("verify").code == 0


def test_a_reviewer_sends_back_only_what_the_stage_is_about(net: NetworkFolder) -> None:
    net.post("queue/nets.md", body="A net is mostly holes.")
    assert net.mayor("return", "nets", "-m", "Why?", who="dev").code == 4


def test_a_reviewer_approves_no_own_work(net: NetworkFolder) -> None:
    net.post("queue/prices.md", author="dev", body="The price went up.")
    refused = net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    assert (refused.code, "your own work" in refused.err) == (4, True)


def test_a_mayor_is_no_reviewer_by_being_a_mayor(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    assert net.mayor("approve", "prices", "--stage", "legal", "--yes").code == 4


def test_an_unknown_stage_is_named_with_those_there_are(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    refused = net.mayor("approve", "prices", "--stage", "lega", "--yes", who="dev")
    assert (refused.code, "stages are: legal" in refused.err) == (2, True)
    assert net.mayor("queue", "--stage", "lega").code == 2


def test_the_queue_says_which_stages_wait_and_for_whom(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    net.post("queue/nets.md", body="A net is mostly holes.")
    assert "prices waits for legal 0 of 1 (dev)" in net.mayor("queue").out
    listed = net.mayor("queue", "--stage", "legal", "--json").listed("waiting")
    assert [one["name"] for one in listed] == ["prices"]
    assert "more" not in net.mayor("queue", "--stage", "legal").err
    assert "stages: legal 0 of 1 (dev)" in net.mayor("show", "prices").out
    net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    assert net.mayor("queue", "--stage", "legal", "--json").listed("waiting") == []


def test_a_stage_without_a_reviewer_of_that_name_is_a_fault_of_the_record(
    net: NetworkFolder,
) -> None:
    net.post("queue/prices.md", body="The price went up.")
    net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    text = net.read("blognet.yml")
    net.write("blognet.yml", text.replace("reviewers: [dev]", "reviewers: [ben]"))
    assert "BN320" in net.mayor("verify").out
    net.write(
        "blognet.yml",
        text.replace("reviewers: [dev]", "reviewers: [ben]\n    former_reviewers: [dev]"),
    )
    assert net.mayor("verify").code == 0


def test_a_rule_does_not_hold_up_what_waited_before_it(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + STAGES + "    since: 2024-01-01\n")
    path = net.post("queue/prices.md", body="The price went up.")
    assert net.mayor("approve", "prices", "--yes").code == 5
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert net.mayor("approve", "prices", "--yes").code == 0


def test_a_deputy_decides_only_when_no_mayor_does(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + "deputies: [dev]\n")
    path = net.post("queue/hello.md")
    refused = net.mayor("approve", "hello", "--yes", who="dev")
    assert (refused.code, "no deputy's turn" in refused.err) == (4, True)
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert net.mayor("approve", "hello", "--yes", who="dev").code == 0
    listed = net.mayor("log", "hello", "--json").listed("events")
    options = listed[0]["options"]
    assert isinstance(options, dict)
    assert options["deputy"].startswith("waited ")
    assert net.mayor("verify").code == 0


def test_a_deputy_decides_while_all_mayors_are_away(network_folder: NetworkFolder) -> None:
    net = network_folder
    away = "away:\n  - {mayor: ann, from: 2020-01-01, to: 2999-01-01}\n"
    net.write("blognet.yml", net.read("blognet.yml") + "deputies: [dev]\n" + away)
    net.post("queue/hello.md")
    assert net.mayor("decline", "hello", "-m", "No.", who="dev").code == 4
    both = away + "  - {mayor: cleo, from: 2020-01-01, to: 2999-01-01}\n"
    net.write("blognet.yml", net.read("blognet.yml").replace(away, both))
    assert net.mayor("decline", "hello", "-m", "No.", who="dev").code == 0


def test_a_deputy_takes_down_and_brings_back_at_any_time(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + "deputies: [dev]\n")
    net.post("queue/hello.md")
    net.mayor("approve", "hello", "--yes")
    assert net.mayor("retract", "hello", "-m", "An error.", who="dev").code == 0
    assert net.mayor("restore", "hello", who="dev").code == 0
    for verb, extra in (("force", ["--yes"]), ("correct", [])):
        assert net.mayor(verb, "hello", "-m", "No.", *extra, who="dev").code == 4, verb
    assert (
        net.mayor(
            "grant", "ben", "--until", "2999-01-01", "--posts", "3", "-m", "-", who="dev"
        ).code
        == 4
    )


def test_a_former_deputys_decisions_stay_valid(network_folder: NetworkFolder) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + "deputies: [dev]\n")
    net.post("queue/hello.md")
    net.mayor("approve", "hello", "--yes")
    net.mayor("retract", "hello", "-m", "An error.", who="dev")
    net.write("blognet.yml", net.read("blognet.yml").replace("deputies: [dev]", ""))
    assert "BN305" in net.mayor("verify").out
    net.write("blognet.yml", net.read("blognet.yml") + "former_deputies: [dev]\n")
    assert net.mayor("verify").code == 0


def test_a_reviewers_must_holds_up_the_mayor_until_the_reviewer_settles_it(
    net: NetworkFolder,
) -> None:
    net.post("queue/prices.md", body="The price went up.")
    must = ("comment", "prices", "--kind", "must", "--on", "price", "-m", "Which?")
    assert net.mayor(*must, who="dev").code == 0
    (note,) = net.mayor("show", "prices", "--json").listed("notes")
    assert (note["kind"], note["stage"], note["blocks"]) == ("must", "legal", True)
    assert "must of legal" in net.blognet("notes", "prices").out
    early = net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    assert (early.code, "mayor settle prices 1" in early.err) == (5, True)
    assert net.mayor("settle", "prices", "1", who="ben").code == 4
    assert net.mayor("settle", "prices", "1", who="dev").code == 0
    assert net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev").code == 0
    assert net.mayor("approve", "prices", "--yes").code == 0
    assert net.mayor("verify").code == 0


def test_a_reviewer_insists_on_nothing_beyond_the_stage_and_settles_no_must_of_others(
    net: NetworkFolder,
) -> None:
    net.post("queue/nets.md", body="A net is mostly holes.")
    net.post("queue/prices.md", body="The price went up.")
    net.mayor("comment", "prices", "--kind", "must", "-m", "By how much?")
    assert net.mayor("comment", "nets", "--kind", "must", "-m", "Why?", who="dev").code == 4
    assert net.mayor("settle", "prices", "1", who="dev").code == 4
    assert net.mayor("settle", "prices", "1").code == 0


def test_a_mayor_settles_the_musts_of_every_stage(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    net.mayor("comment", "prices", "--kind", "must", "-m", "Which?", who="dev")
    assert net.mayor("settle", "prices", "1").code == 0
    assert net.mayor("verify").code == 0


def test_a_former_reviewers_must_stays_valid_and_a_strangers_does_not(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    net.mayor("comment", "prices", "--kind", "must", "-m", "Which?", who="dev")
    net.mayor("settle", "prices", "1", who="dev")
    known = net.read("blognet.yml")
    left = known.replace("reviewers: [dev]", "reviewers: [cleo]\n    former_reviewers: [dev]")
    net.write("blognet.yml", left)
    assert net.mayor("verify").code == 0
    net.write("blognet.yml", known.replace("reviewers: [dev]", "reviewers: [cleo]"))
    told = net.mayor("verify")
    assert (told.code, "BN341" in told.out + told.err) == (1, True)


def test_a_reviewer_suggests_and_takes_on_what_the_stage_is_about(net: NetworkFolder) -> None:
    net.post("queue/prices.md", body="The price went up.")
    net.post("queue/nets.md", body="A net is mostly holes.")
    said = net.mayor("suggest", "prices", "--replace", "went up", "--with", "rose", who="dev")
    assert said.code == 0
    assert net.mayor("claim", "nets", who="dev").code == 4
    assert net.mayor("claim", "prices", who="dev").code == 0
    net.mayor("claim", "prices")
    net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    (row,) = (
        one for one in net.mayor("queue", "--json").listed("waiting") if one["name"] == "prices"
    )
    assert row["claimed_by"] == ["ann"]
    net.mayor("claim", "prices", who="dev")
    assert net.mayor("claim", "prices", "--release", who="dev").code == 0


def test_a_deputy_insists_settles_and_claims_while_no_mayor_answers(
    network_folder: NetworkFolder,
) -> None:
    net = network_folder
    net.write("blognet.yml", net.read("blognet.yml") + "deputies: [dev]\n")
    path = net.post("queue/hello.md")
    for early in (("claim", "hello"), ("comment", "hello", "--kind", "must", "-m", "Where?")):
        assert net.mayor(*early, who="dev").code == 4, early
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert net.mayor("claim", "hello", who="dev").code == 0
    assert net.mayor("comment", "hello", "--kind", "must", "-m", "Where?", who="dev").code == 0
    assert net.mayor("settle", "hello", "1", who="dev").code == 0
    assert net.mayor("approve", "hello", "--yes", who="dev").code == 0
    assert net.mayor("verify").code == 0


def test_reviewers_hear_what_waits_for_them_and_mayors_of_everything(net: NetworkFolder) -> None:
    everyday = "policy: {working_days: [mon, tue, wed, thu, fri, sat, sun]}\n"
    net.write("blognet.yml", net.read("blognet.yml") + everyday)
    net.post("queue/prices.md", body="The price went up.")
    net.post("queue/nets.md", body="A net is mostly holes.")
    told = net.mayor("tell", "--dry-run", "--since", "all").out
    letters = {one.split("\n")[0]: one for one in told.split("To: ")[1:]}
    (legal,) = (text for head, text in letters.items() if "dev" in head.lower())
    assert ("[legal]" in legal, "nets" in legal) == (True, False)
    assert "mayor queue --stage legal" in legal
    (mayor,) = (text for head, text in letters.items() if "ann" in head.lower())
    assert ("[legal]" in mayor, "nets" in mayor) == (False, True)
    net.mayor("approve", "prices", "--stage", "legal", "--yes", who="dev")
    assert "[legal]" not in net.mayor("tell", "--dry-run", "--since", "all").out


def test_a_reviewer_hears_the_answer_to_what_the_reviewer_asked(net: NetworkFolder) -> None:
    net.write("blognet.yml", net.read("blognet.yml") + "messages: {digest: false}\n")
    net.post("queue/prices.md", body="The price went up.")
    net.mayor("comment", "prices", "--kind", "question", "-m", "Which?", who="dev")
    net.blognet("answer", "prices", "1", "-m", "That of nets.")
    told = net.mayor("tell", "--dry-run", "--since", "all").out
    (legal,) = (one for one in told.split("To: ")[1:] if "dev" in one.split("\n")[0].lower())
    assert "That of nets." in legal
