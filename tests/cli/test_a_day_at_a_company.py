"""A day at a company: the whole work of a network in one story, typed by five people in five clones of one repository.

Ben writes for the site of a bicycle shop, Ann is its mayor, Dana reads for legal, Cleo stands in for Ann, and a machine
builds the site. What they see, and what readers see, is looked at after every step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.cli.company import Company

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.company import Calendar, Colleague

NAME = "what-a-chain-costs"
QUEUED, POSTED = f"queue/{NAME}.md", f"posts/{NAME}.md"
TEXT = """\
---
title: What a chain costs
authors: [ben]
publish_at: 2026-03-03 08:00
draft: true
---

We have mended bicycles since 1931.

The price of a new chain is 20 euros, and hardly anybody recieves a second bill.

Nobody else in town is cheaper than us.
"""
APPROVED = (
    "We have mended bicycles in the third generation.",
    "The price of a new chain is 20 euros, and hardly anybody recieves a second bill.",
    "Nobody else in town is cheaper than us.",
)
UNPUBLISHED = (
    "since 1931",
    "Ask us before you buy",
    "receives a second",
    "true, and people ask",
    "third visit",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    ann: Colleague
    ben: Colleague
    cleo: Colleague
    dana: Colleague
    machine: Colleague
    calendar: Calendar


@pytest.fixture
def people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> People:
    company = Company(folder=tmp_path, capsys=capsys, environment=monkeypatch)
    ann = company.open(("ann", "ben", "cleo", "dana"))
    ben, cleo, dana, machine = map(company.join, ("ben", "cleo", "dana", "machine"))
    return People(
        ann=ann, ben=ben, cleo=cleo, dana=dana, machine=machine, calendar=company.calendar
    )


def test_a_day_at_a_company(people: People) -> None:
    ben_submits_his_post(people)
    ann_sends_it_back_with_two_suggestions(people)
    ben_takes_one_and_answers_the_other(people)
    legal_says_yes(people)
    ben_mends_a_typo_on_a_branch_while_ann_approves_for_tuesday(people)
    on_tuesday_the_machine_publishes_exactly_what_was_approved(people)
    the_typo_waits_and_the_approved_version_stays_up(people)
    cleo_takes_it_down_by_mistake_and_brings_it_back(people)
    the_mended_typo_takes_the_approval_along(people)
    everybody_sees_the_same(people)


def ben_submits_his_post(people: People) -> None:
    ben = people.ben
    made = ben.blognet("new", "What a chain costs")
    assert (made.code, made.out.strip()) == (0, QUEUED)
    ben.write(QUEUED, TEXT)
    assert "a draft" in status(ben)
    handed = ben.blognet("submit", NAME, "-m", "For the week of the fair.")
    assert (handed.code, f"{NAME}: handed over" in handed.out) == (0, True)
    ben.push("Hand in the price of a chain")
    shown = status(ben)
    assert "waits for legal (dana), then for the mayor" in shown
    assert "place 1 of 1 in the queue; an answer is due Wed 2026-03-04" in shown
    assert "0 on your turn, 1 on the mayor's." in ben.blognet("status").err


def ann_sends_it_back_with_two_suggestions(people: People) -> None:
    ann = people.ann
    people.calendar.pass_time(hours=1)
    ann.pull()
    assert row(ann)[3:6] == ["new", "mayor", "ben (first post)"]
    assert f"{NAME} waits for legal 0 of 1 (dana)" in ann.mayor("queue").out
    shown = ann.mayor("show", NAME)
    assert "We have mended bicycles since 1931." in shown.out
    assert "For the week of the fair." in shown.out
    suggest(ann, "since 1931", "in the third generation", 1)
    suggest(ann, "Nobody else in town is cheaper than us.", "Ask us before you buy a new one.", 2)
    back = ann.mayor(
        "return", NAME, "-m", "The fair will like it. Two things to look at.", "--commit"
    )
    assert back.code == 0
    assert row(ann)[3:5] == ["returned", "author"]
    ann.push()


def ben_takes_one_and_answers_the_other(people: People) -> None:
    ben = people.ben
    people.calendar.pass_time(hours=1)
    ben.pull()
    shown = status(ben)
    for expected in (
        "sent back to you",
        "The fair will like it. Two things to look at.",
        'note 1 (suggestion, ann), line 7 "since 1931": write "in the third generation"',
        "blognet take what-a-chain-costs 1 2",
    ):
        assert expected in shown
    assert ben.blognet("take", NAME, "1", "--commit").code == 0
    answer = ("answer", NAME, "2", "-m", "It is true, and people ask.", "--commit")
    assert ben.blognet(*answer).code == 0
    assert ben.read(QUEUED) == TEXT.replace("draft: true\n", "").replace(
        "since 1931", "in the third generation"
    )
    assert "Suggested-by: Ann Wheel <ann>" in ben.git("log", "-2", "--format=%B")
    assert "sent back" not in status(ben)
    assert ben.blognet("notes").err.strip() == "No notes are open."
    ben.push()


def legal_says_yes(people: People) -> None:
    ann, dana = people.ann, people.dana
    people.calendar.pass_time(hours=1)
    ann.pull()
    assert row(ann)[3:5] == ["new, back", "mayor"]
    assert "{+in the third generation+}" in ann.mayor("diff", NAME, "--since-seen", "--words").out
    assert "once legal said yes" in ann.mayor("show", NAME).err
    refused = ann.mayor("approve", NAME)
    assert (refused.code, f"{NAME} still waits for legal 0 of 1 (dana)" in refused.err) == (5, True)
    dana.pull()
    assert NAME in dana.mayor("queue", "--stage", "legal").out
    shown = dana.mayor("show", NAME)
    assert APPROVED[2] in shown.out
    assert f"Next: mayor approve {NAME} --stage legal" in shown.err
    assert dana.mayor("approve", NAME).code == 4
    said = dana.mayor("approve", NAME, "--stage", "legal", "--commit")
    assert (said.code, "for the stage legal" in said.out) == (0, True)
    assert dana.mayor("show", NAME, "--json").json()["published"] == "-"
    dana.push()
    assert_that_nothing_of_it_is_on_the_site(people)


def ben_mends_a_typo_on_a_branch_while_ann_approves_for_tuesday(people: People) -> None:
    ann, ben = people.ann, people.ben
    people.calendar.pass_time(hours=1)
    ben.git("checkout", "-q", "-b", "typo")
    ben.change(QUEUED, "recieves", "receives")
    ben.git("commit", "-q", "--all", "-m", "Mend a typo")  # Ann cannot know of it

    ann.pull()
    assert "legal" not in ann.mayor("queue").out
    approved = ann.mayor("approve", NAME, "-m", "See you on Tuesday.", "--commit")
    assert approved.code == 0
    assert "appears Tue 2026-03-03 08:00" in approved.out
    assert f"moved {QUEUED} to {POSTED}" in approved.out
    assert ann.mayor("queue").err.strip().endswith("Nothing waits for you.")
    assert re.search(rf"2026-03-03 08:00 +appears +{NAME} ", ann.mayor("due").out)
    ann.push()
    assert_that_nothing_of_it_is_on_the_site(people)

    ben.git("checkout", "-q", "main")
    ben.pull()
    assert "appears Tue 2026-03-03 08:00" in status(ben)
    ben.git("merge", "-q", "--no-edit", "typo")
    assert not (ben.root / QUEUED).exists()
    assert "receives" in ben.read(POSTED)
    shown = status(ben)
    assert "appears Tue 2026-03-03 08:00 in Europe/Berlin · an edit waits for legal (dana)" in shown
    ben.push()


def on_tuesday_the_machine_publishes_exactly_what_was_approved(people: People) -> None:
    machine = people.machine
    people.calendar.turn_to("2026-03-03 07:59")
    machine.pull()
    assert machine.blognet("build").code == 0
    assert "the third generation" not in every_byte(machine)
    assert machine.mayor("due").code == 0
    people.calendar.turn_to("2026-03-03 08:00")
    assert machine.mayor("due").code == 1
    assert machine.blognet("build").code == 0
    assert machine.mayor("due").code == 0
    assert paragraphs(machine) == APPROVED
    for words in UNPUBLISHED:
        assert words not in every_byte(machine), words


def the_typo_waits_and_the_approved_version_stays_up(people: People) -> None:
    ann, ben = people.ann, people.ben
    ann.pull()
    assert row(ann)[3:5] == ["edited", "mayor"]
    assert f"live at /2026/{NAME}/ · an edit waits" in status(ben)
    assert "{-recieves-}{+receives+}" in ann.mayor("diff", NAME, "--words").out
    assert "recieves" in ann.mayor("show", NAME, "--published").out
    refused = ann.mayor("approve", NAME)
    assert (refused.code, "waits for legal" in refused.err) == (5, True)


def cleo_takes_it_down_by_mistake_and_brings_it_back(people: People) -> None:
    cleo, machine = people.cleo, people.machine
    before = machine.site()
    people.calendar.pass_time(hours=1)
    cleo.pull()
    assert cleo.mayor("decline", NAME, "-m", "No.").code == 4
    down = cleo.mayor("retract", NAME, "-m", "These were last year's.", "--commit")
    assert (down.code, f"to bring it back: mayor restore {NAME}" in down.err) == (0, True)
    cleo.push()
    machine.pull()
    assert machine.mayor("due").code == 1
    assert machine.blognet("build").code == 0
    assert "last year" in page(machine)
    for words in (*APPROVED, *UNPUBLISHED):
        assert words not in every_byte(machine), words
    people.ben.pull()
    assert "retracted" in status(people.ben)

    people.calendar.pass_time(minutes=10)
    assert cleo.mayor("restore", NAME, "-m", "It was the wrong post.", "--commit").code == 0
    cleo.push()
    machine.pull()
    assert machine.blognet("build").code == 0
    assert machine.site() == before
    people.ben.pull()
    assert f"live at /2026/{NAME}/ · an edit waits" in status(people.ben)


def the_mended_typo_takes_the_approval_along(people: People) -> None:
    ann, machine = people.ann, people.machine
    people.calendar.pass_time(hours=1)
    ann.pull()
    carried = ann.mayor("carry", NAME, "--commit")
    assert (carried.code, ": typo)" in carried.out) == (0, True)
    ann.push()
    machine.pull()
    assert machine.blognet("build").code == 0
    assert paragraphs(machine) == tuple(one.replace("recieves", "receives") for one in APPROVED)
    assert "recieves" not in every_byte(machine)


def everybody_sees_the_same(people: People) -> None:
    clones = (people.ann, people.ben, people.cleo, people.dana, people.machine)
    moment = people.calendar.now.isoformat()
    for one in clones:
        one.pull()
        assert one.mayor("verify").code == 0
        assert one.mayor("queue").out == ""
        assert one.blognet("build", "--now", moment).code == 0
        assert one.site() == people.machine.site(), one.person
    told = [
        (event["actor"], event["verb"], event["stage"])
        for event in people.ann.mayor("log", NAME, "--json").listed("events")
    ]
    assert told == [
        ("ben", "submit", ""),
        ("ann", "suggest", ""),
        ("ann", "suggest", ""),
        ("ann", "return", ""),
        ("ben", "resolve", ""),
        ("ben", "resolve", ""),
        ("dana", "approve", "legal"),
        ("ann", "approve", ""),
        ("cleo", "retract", ""),
        ("cleo", "restore", ""),
        ("ann", "approve", ""),
    ]


def status(who: Colleague) -> str:
    shown = who.blognet("status", NAME)
    assert shown.code == 0, shown.err
    return shown.out


def row(who: Colleague) -> list[str]:
    """Return the cells of the post's row in the queue."""
    lines = who.mayor("queue").out.splitlines()
    (line,) = (line for line in lines if line.startswith(f"{NAME}  "))
    return re.split(r" {2,}", line)


def suggest(who: Colleague, old: str, new: str, number: int) -> None:
    done = who.mayor("suggest", NAME, "--replace", old, "--with", new, "--commit")
    assert (done.code, f": note {number}" in done.out) == (0, True)


def page(machine: Colleague) -> str:
    return machine.site()[f"2026/{NAME}/index.html"].decode()


def paragraphs(machine: Colleague) -> tuple[str, ...]:
    """Return the text that readers get, paragraph by paragraph."""
    body = page(machine).partition("e-content")[2]
    return tuple(re.findall(r"<p>([^<]*)</p>", body.partition("</article>")[0]))


def every_byte(machine: Colleague) -> str:
    return "".join(raw.decode("utf-8", "replace") for raw in machine.site().values())


def assert_that_nothing_of_it_is_on_the_site(people: People) -> None:
    people.machine.pull()
    assert people.machine.blognet("build").code == 0
    for words in (NAME, "chain", *APPROVED, *UNPUBLISHED):
        assert words not in every_byte(people.machine), words
