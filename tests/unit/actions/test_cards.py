"""Cards of sources and decisions: lines that give back what was written, and nothing for what is no line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.actions.cards import line_of
from blognet.actions.decided_cards import decided_cards
from blognet.actions.source_cards import source_cards, source_text, text_card
from blognet.content.values import Post

if TYPE_CHECKING:
    from tests.unit.actions.conftest import Folder

TITLES = (
    "Plain words",
    'He said \\"no\\"',
    "A back\\\\slash",
    "Köln, 東京, ½",
    "With\\ta tab",
    "Half of a pair \\ud800",
    "",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_text_is_on_its_card_as_it_was_read(folder: Folder, title: str) -> None:
    folder.write("queue/trip/index.md")
    folder.draw("queue/trip/sea.png")
    text = f'---\ntitle: "{title}"\nauthors: [ben]\naliases: [/old/, "/a b/"]\n---\n\nHello.\n'
    (folder.root / "queue/trip/index.md").write_text(text, encoding="utf-8")
    proposal = folder.entry("post/trip").proposal
    assert proposal is not None
    said = source_text((proposal,), proposal.problems, authors="digest", folder="ben")
    card = source_cards({"queue/trip": said})["queue/trip"]
    assert card.problems == proposal.problems
    (found,) = card.texts
    assert found == text_card(proposal)
    assert found.problems == proposal.problems
    assert (found.is_faulty, found.is_draft) == (proposal.is_faulty, proposal.is_draft)
    if isinstance(proposal.content, Post):
        assert found.title == proposal.content.front.title
        assert tuple(found.aliases) == proposal.content.front.aliases
    assert tuple(found.sources) == proposal.asset_sources


@pytest.mark.parametrize("said", ["", "words", "a\tb", "a\tb\tc\nwords", "[]"])
def test_what_is_no_card_is_left_out(said: str) -> None:
    assert source_cards({"queue/one.md": said}) == {}
    assert decided_cards({"record/post/one": said}) == {}


def test_no_line_is_made_of_what_would_not_come_back() -> None:
    assert line_of(("a", "b")) == "a\tb"
    assert line_of(("a", "b\tc")) == ""
    assert line_of(("a", "b\nc")) == ""
