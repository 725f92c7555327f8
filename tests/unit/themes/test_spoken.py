"""What each language says of the same things, for people who speak it to read: tests/golden/languages.md."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.themes.catalogues import tag_of
from blognet.themes.dates import (
    date_words,
    datetime_words,
    day_words,
    list_separator,
    number_words,
    size_words,
)
from blognet.themes.languages import direction_of, language_name
from tests.catalogues import LOCALES
from tests.unit.themes.samples import built_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLDEN = Path(__file__).parents[2] / "golden" / "languages.md"
WHEN = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
WORDS = built_in_words()
LANGUAGES = sorted(["en", "en-GB", *(tag_of(path.name) for path in LOCALES.glob("*.po"))])


def said_in(tag: str) -> Iterator[str]:
    """Say what pages say: dates, a list of people, numbers of posts, a reading time, places in lists."""
    yield f"## {tag}: {language_name(tag)}, {direction_of(tag)}\n"
    yield date_words(WHEN, language=tag, zone=UTC)
    yield day_words(WHEN, language=tag, zone=UTC)
    yield datetime_words(WHEN, language=tag, zone=UTC)
    for names in (["Ann", "Ben"], ["Ann", "Ben", "Cleo"], ["Ann", "Ben", "Cleo", "Dan"]):
        yield "".join(
            list_separator(place, len(names), language=tag) + name
            for place, name in enumerate(names)
        )
    for count in (0, 1, 2, 5, 11, 21, 1204):
        yield WORDS.phrase(tag, "posts_count", count=count)
    for count in (1, 2, 7):
        yield WORDS.phrase(tag, "minutes", count=count)
    yield WORDS.phrase(tag, "page_number", page=2, pages=1204)
    yield WORDS.phrase(tag, "posts_by", name="Ann Example")
    yield WORDS.phrase(tag, "titled_page", title="Clocks", page=3)


def test_each_language_says_what_the_page_for_its_speakers_shows(*, update_golden: bool) -> None:
    wanted = "# What each language says\n\n" + "\n".join(map(page_of, LANGUAGES))
    if update_golden:
        GOLDEN.write_text(wanted, "utf-8")
    assert GOLDEN.read_text("utf-8") == wanted


@pytest.mark.parametrize("words", [number_words, size_words])
def test_numbers_that_are_equal_are_written_as_what_they_are(words: Callable[..., str]) -> None:
    assert [words(number, language="en")[0] for number in (0, -0.0, 0.0)] == ["0", "-", "0"]


def page_of(tag: str) -> str:
    heading, *lines = said_in(tag)
    return f"{heading}\n" + "".join(f"- {line}\n" for line in lines)
