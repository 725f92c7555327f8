"""A post read from another version with the same front matter is the post that reading gives."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from blognet.content.other_body import with_other_body
from blognet.content.parse import parse_content
from blognet.content.values import Post, ReadingRules
from blognet.kernel.hashing import PathFacts
from blognet.kernel.ids import Kind, Subject

RULES = ReadingRules(main_language="en", languages=("en",), zone=UTC)
SUBJECT = Subject(kind=Kind.POST, id="hello")
FACTS = PathFacts(authors=("ben",), date="2026-01-02")
FRONTS = (
    "---\ntitle: A title\n---\n",
    "\n---\ntitle: A title\ntags: [a, b]\nextra: {k: [1, two]}\n---\n",
    "---\ntags: [a]\n---\n",
    "---\ntitle: 'A  Title #'\ndate: 2026-03-04\nauthors: [ann]\n...\n",
    "+++\ntitle = 'A title'\n+++\n",
    "---\ntitle: open\n",
    "---\ntitle: [no\n---\n",
    "",
)
LINES = (
    "# A title",
    "# a TITLE #",
    "# [A title](x)",
    "#",
    "# Other",
    "Words",
    "",
    "   ",
    "---",
    "+++",
)
BODIES = st.lists(st.sampled_from(LINES), max_size=4).map("\n".join)


def read(text: str) -> Post | None:
    content, _ = parse_content(
        SUBJECT, text=text, path="a.txt", path_facts=FACTS, assets=(), rules=RULES
    )
    assert content is None or isinstance(content, Post)
    return content


@given(st.sampled_from(FRONTS), st.sampled_from((None, *FRONTS)), BODIES, BODIES)
def test_what_another_version_says_is_what_reading_says(
    front: str, other: str | None, before: str, after: str
) -> None:
    old, new = front + before, (front if other is None else other) + after
    known = read(old)
    found = with_other_body(known, old=old, new=new) if known else None
    assert found is None or found == read(new)


def test_another_body_under_the_same_front_matter_is_not_read() -> None:
    known = read(FRONTS[0] + "One.\n")
    assert known is not None
    found = with_other_body(known, old=FRONTS[0] + "One.\n", new=FRONTS[0] + "# Two\n\nThree.\n")
    assert found is not None
    assert found.body == "# Two\n\nThree.\n"


def test_a_title_that_was_a_heading_is_read_again() -> None:
    old, new = FRONTS[2] + "# A title\n\nOne.\n", FRONTS[2] + "# Other\n\nOne.\n"
    known = read(old)
    assert known is not None
    assert known.front.title == "A title"
    assert with_other_body(known, old=old, new=new) is None
