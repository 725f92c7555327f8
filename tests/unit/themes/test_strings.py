"""The theme's own words, dates and numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from blognet.themes.dates import date_words, datetime_words, day_words, locale_of
from blognet.themes.strings import WORDS, phrase
from tests.unit.themes.samples import THEME

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
_ASKED = re.compile(r"""\bt\(\s*"([a-z0-9_]+)"(?=\s*[,)])""")


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_language_has_every_word_that_english_has_and_no_other(language: str) -> None:
    assert set(WORDS[language]) == set(WORDS["en"])


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_words_of_a_language_have_the_same_places_for_values(language: str) -> None:
    for key, words in WORDS[language].items():
        assert words.strip() == words
        assert words
        assert _places(words) == _places(WORDS["en"][key]), key


def test_every_word_that_templates_ask_for_is_there() -> None:
    asked = {
        key
        for path in (THEME / "templates").iterdir()
        for key in _ASKED.findall(path.read_text("utf-8"))
    }
    there = {key.partition(".")[0] for key in WORDS["en"]}
    assert len(asked) > 30
    assert asked <= there


def test_a_language_without_words_speaks_english_with_its_own_numbers() -> None:
    assert phrase("fr", "older_posts") == "Older posts"
    assert phrase("nl", "posts_count", count=1204) == "1.204 posts"
    assert phrase("tlh-x-piqad", "posts_count", count=1) == "1 post"


def test_a_region_speaks_its_language() -> None:
    assert phrase("de-AT", "archive") == "Archiv"


def test_one_and_many_differ() -> None:
    assert [phrase("de", "posts_count", count=number) for number in (0, 1, 2)] == [
        "0 Beiträge",
        "1 Beitrag",
        "2 Beiträge",
    ]


def test_values_are_put_in_as_they_are() -> None:
    assert phrase("en", "posts_by", name="{x} & <b>") == "Posts by {x} & <b>"


def test_a_word_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such_word"):
        phrase("de", "no_such_word")


@pytest.mark.parametrize(
    ("language", "date", "day", "moment"),
    [
        ("en", "November 23, 2026", "Nov 23", "November 23, 2026, 12:30\u202fAM"),
        ("en-GB", "23 November 2026", "23 Nov", "23 November 2026, 00:30"),
        ("de", "23. November 2026", "23. Nov.", "23. November 2026, 00:30"),
        ("xx", "November 23, 2026", "Nov 23", "November 23, 2026, 12:30\u202fAM"),
    ],
)
def test_a_moment_is_written_in_the_networks_zone_and_the_pages_language(
    language: str, date: str, day: str, moment: str
) -> None:
    assert date_words(LATE, language=language, zone=BERLIN) == date
    assert day_words(LATE, language=language, zone=BERLIN) == day
    assert datetime_words(LATE, language=language, zone=BERLIN) == moment


@pytest.mark.parametrize("tag", ["", "<script>", "-", "a" * 200, "de-XX"])
def test_any_text_can_stand_for_a_language(tag: str) -> None:
    assert locale_of(tag).language in {"en", "de"}
