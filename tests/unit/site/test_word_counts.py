from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from blognet.site.word_counts import READ, WEIGHED, word_counts
from tests.unit.site.published_values import live_post

NOT_READ = re.compile(r"\]\([^)\s]*\)?|<[^<>]*>|\b\w+://\S+")
WORD = re.compile(r"[^\W\d_][^\W_]{2,}")

PIECES = ("abc", "Köln", "_", "1", "://", ":", "/", "](", ")", "<", ">", " ", "\n")


def said_plainly(text: str) -> dict[str, int]:
    """Count as the module does, by the pattern that says what is not read."""
    counts = Counter(WORD.findall(NOT_READ.sub(" ", text[:READ]).casefold()))
    return dict(counts.most_common(WEIGHED))


@given(text=st.lists(st.sampled_from(PIECES)).map("".join))
@example(text="(://abc](x) def")
@example(text="](httpx://one two")
@example(text="<b>wide://<i>tower")
@example(text="zürich_1://road lane")
def test_addresses_and_tags_of_a_text_are_not_read(text: str) -> None:
    counted = word_counts(live_post("a", title="", body=text), ())
    assert {word: number for word, number in counted.items() if "/" not in word} == said_plainly(
        text
    )


@given(
    text=st.lists(
        st.sampled_from([f"{a}{b}{c}" for a in "abcdef" for b in "abcdef" for c in "abcdef"])
    )
)
def test_of_words_that_are_used_equally_often_the_first_are_weighed(text: list[str]) -> None:
    body = " ".join(text)
    counted = word_counts(live_post("a", title="", body=body), ())
    assert {word: number for word, number in counted.items() if "/" not in word} == said_plainly(
        body
    )
