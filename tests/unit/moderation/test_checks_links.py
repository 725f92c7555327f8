"""Links inside the site: which lead nowhere, which to something that readers cannot open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blognet.kernel.ids import Kind, Subject
from tests.unit.moderation.check_texts import HEAD, facts, found, look

AMONG = facts(
    live_one="live", next_one="scheduled", gone="retracted", over="expired", other="waiting"
)


@pytest.mark.parametrize(
    "target",
    [
        "/2026/live-one/",
        "/2026/live-one",
        "/2026/live-one/index.html",
        "/2026/live-one/?a=b#c",
        "../live-one/",
        "live-one.md",
        "../posts/live-one.md",
        "2026-11-01-live-one.md",
        "live-one/index.md",
        "https://blog.example.org/2026/live-one/",
        "//blog.example.org/2026/live-one/",
        "#below",
        "?page=2",
        "/",
        "/feeds/",
        "/feed.xml",
        "/de/",
        "/2026/",
        "/tags/clocks/",
        "/authors/ann/",
        "/2026/our-trip/",
        "mailto:a@example.org",
        "https://elsewhere.example/2026/nothing/",
    ],
)
def test_a_link_that_leads_somewhere_is_let_pass(target: str) -> None:
    text = f"{HEAD}[x]({target})\n"
    assert found("links", text, among=AMONG) == ()
    assert found("unpublished-links", text, among=AMONG) == ()


@pytest.mark.parametrize(
    "target",
    [
        "/2026/nothing/",
        "nothing.md",
        "../nothing/",
        "/nothing/",
        "https://blog.example.org/2025/live-one/",
        "/authors/nobody/",
        "missing.pdf",
    ],
)
def test_a_link_that_leads_nowhere_is_reported_at_its_address(target: str) -> None:
    text = f"{HEAD}Look [here]({target}).\n"
    assert found("links", text, among=AMONG) == ((6, 13, target),)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("other.md", "waits for approval"),
        ("/2026/other/", "waits for approval"),
        ("next-one.md", "appears later"),
        ("/2026/gone/", "was retracted"),
        ("over.md", "has expired"),
    ],
)
def test_a_link_to_what_readers_cannot_open_says_why(target: str, words: str) -> None:
    (finding,) = [
        one
        for one in look(f"{HEAD}[x]({target})\n", among=AMONG)
        if one.check in {"links", "unpublished-links"}
    ]
    assert finding.check == "unpublished-links"
    assert finding.message.endswith(words)


def test_a_reference_is_reported_where_its_address_stands() -> None:
    text = f"{HEAD}See [it][far].\n\n[far]: /2026/nothing/\n"
    assert found("links", text, among=AMONG) == ((8, 8, "/2026/nothing/"),)


def test_a_file_beside_the_text_is_there() -> None:
    text = f"{HEAD}[a](plan.pdf) [b](/2026/our-trip/plan.pdf) [c](other.pdf)\n"
    assets = ("queue/our-trip/plan.pdf",)
    own = Subject(kind=Kind.POST, id="our-trip")
    known = facts()
    neighbour = replace(known.neighbours[own], files=frozenset({"plan.pdf"}))
    among = replace(known, neighbours={**known.neighbours, own: neighbour})
    links = found("links", text, path="queue/our-trip/index.md", assets=assets, among=among)
    assert [words for _, _, words in links] == ["other.pdf"]


def test_a_file_whose_name_looks_like_more_than_a_path_is_there_as_it_is_in_the_build() -> None:
    text = f"{HEAD}[a](<bell #1.pdf>) [b](<50%25.pdf>) [c](<bell #2.pdf>)\n"
    assets = ("queue/our-trip/bell #1.pdf", "queue/our-trip/50%25.pdf")
    links = found("links", text, path="queue/our-trip/index.md", assets=assets)
    assert [words for _, _, words in links] == ["bell #2.pdf"]


def test_links_of_a_site_in_a_folder_are_understood_with_and_without_it() -> None:
    below = replace(AMONG, url="https://example.org/blog")
    text = f"{HEAD}[a](/blog/2026/live-one/) [b](https://example.org/blog/2026/live-one/) [c](https://example.org/x)\n"
    assert found("links", text, among=below) == ()
