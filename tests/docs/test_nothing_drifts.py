"""Every command, setting, spelling, rule and problem code is in the documentation, as the code has it today."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions.explain import all_codes
from blognet.cli.explain import problems_page
from blognet.cli.main import EVERYONE, EVERYONE_LATER, MAYORS, MAYORS_LATER
from blognet.content import profile, spelling
from blognet.kernel.hashing import AssetEntry, ContentHash, PathFacts
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, Subject
from blognet.moderation.event_json import event_to_dict
from blognet.moderation.events import Event, Facts, Seen, Verb
from tests.docs.generated import expected_blocks
from tests.docs.pages import REPOSITORY, generated_blocks, pages, with_blocks

if TYPE_CHECKING:
    from pathlib import Path

DOCS = REPOSITORY / "docs"
WITH_BLOCKS = [page for page in pages() if generated_blocks(page.read_text(encoding="utf-8"))]


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ `?([^`\n]+)`?$", text, re.MULTILINE)


def first_column(text: str, heading: str) -> list[str]:
    """Return the names in the first column of the first table below a heading."""
    below = text.partition(f"\n{heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert table is not None, heading
    return re.findall(r"^\| `([^`]+)`", table[0], re.MULTILINE)


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=lambda page: page.name)
def test_generated_blocks_say_what_the_code_says(
    page: Path,
    update_golden: bool,  # noqa: FBT001  a fixture
) -> None:
    text = page.read_text(encoding="utf-8")
    expected = expected_blocks()
    found = generated_blocks(text)
    wanted = {name: expected.get(name, "there is no such block\n") for name in found}
    if update_golden:
        page.write_text(with_blocks(text, wanted), encoding="utf-8")
    else:
        assert found == wanted


def test_every_table_of_the_code_stands_on_some_page() -> None:
    shown = {name for page in WITH_BLOCKS for name in generated_blocks(page.read_text("utf-8"))}

    assert sorted(set(expected_blocks()) - shown) == []


def test_every_problem_code_is_documented(
    update_golden: bool,  # noqa: FBT001  a fixture
) -> None:
    wanted = "".join(f"{line}\n" for line in problems_page(all_codes()))
    if update_golden:
        (DOCS / "problems.md").write_text(wanted, encoding="utf-8")

    assert read("problems.md") == wanted
    assert [each.code for each in all_codes() if f"### {each.code}: " not in wanted] == []


def test_every_command_has_a_section_of_its_own() -> None:
    wanted = [f"blognet {name}" for name in EVERYONE if name != "mayor"]
    wanted += [f"mayor {name}" for name in MAYORS]

    assert [
        name for name in headings(read("commands.md")) if " " in name and name in wanted
    ] == wanted


def test_names_of_commands_kept_for_later_are_listed() -> None:
    text = read("commands.md")

    assert [name for name in sorted(EVERYONE_LATER | MAYORS_LATER) if f"`{name}`" not in text] == []


def test_every_key_of_front_matter_is_described() -> None:
    assert first_column(read("posts.md"), "## Keys") == list(spelling.CANONICAL)


def test_every_key_of_a_profile_is_described() -> None:
    assert first_column(read("authors.md"), "## Keys") == list(profile.PROFILE_KEYS)


def test_every_key_of_an_event_is_described() -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    facts = Facts(
        url=SitePath("/2026/trip/"),
        authors=(AuthorId("ann"),),
        date=moment,
        publish=moment,
        expires=moment,
        title="Trip",
    )
    event = Event(
        network="our-blog",
        subject=Subject(kind=Kind.POST, id="trip", language="de"),
        verb=Verb.APPROVE,
        actor=AuthorId("ann"),
        time=moment,
        prev=(EventId("0" * 64),),
        content=ContentHash("0" * 64),
        path_facts=PathFacts(authors=("ann",), date="2026-11-22"),
        assets=(AssetEntry(path="sea.jpg", sha256="0" * 64),),
        facts=facts,
        words="0" * 64,
        seen=Seen.SHOWN,
        stage="last",
        findings=("one",),
        waivers=("one",),
        options={"until": ""},
    )
    text = read("record.md")

    assert first_column(text, "### Keys of an event") == sorted(event_to_dict(event))
    assert first_column(text, "### Keys of `facts`") == sorted(one.name for one in fields(Facts))


def test_every_way_of_having_seen_is_described() -> None:
    assert first_column(read("record.md"), "### Values of `seen`") == [seen.value for seen in Seen]
