"""The theme's own words, dates and numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from blognet.themes.dates import (
    date_words,
    datetime_words,
    day_words,
    list_separator,
    locale_of,
)
from blognet.themes.languages import direction_of, nearest_tag
from blognet.themes.strings import ENGLISH, NOTES
from tests.unit.themes.samples import THEME, built_in_words

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WORDS = built_in_words()
_ASKED = re.compile(r"""\bt\(\s*"([a-z0-9_]+)"(?=\s*[,)])""")


def test_every_word_that_templates_ask_for_is_there() -> None:
    asked = {
        key
        for path in (THEME / "templates").iterdir()
        for key in _ASKED.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 30
    assert asked <= set(ENGLISH)


def test_notes_for_translators_are_about_words_that_there_are() -> None:
    assert set(NOTES) <= set(ENGLISH)


def test_a_language_without_words_speaks_english_with_its_own_numbers() -> None:
    assert WORDS.phrase("sv", "older_posts") == "Older posts"
    assert WORDS.phrase("sv", "posts_count", count=1204) == "1\xa0204 posts"
    assert WORDS.phrase("tlh-x-piqad", "posts_count", count=1) == "1 post"
    assert [WORDS.has_words_for(tag) for tag in ("sv", "zh-TW", "pt-PT", "en-GB")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ["0 posts", "1 post", "2 posts", "5 posts", "21 posts"]),
        ("de", ["0 Beiträge", "1 Beitrag", "2 Beiträge", "5 Beiträge", "21 Beiträge"]),
        ("de-AT", ["0 Beiträge", "1 Beitrag", "2 Beiträge", "5 Beiträge", "21 Beiträge"]),
        ("fr", ["0 article", "1 article", "2 articles", "5 articles", "21 articles"]),
        (
            "pt-PT",
            ["0 publicação", "1 publicação", "2 publicações", "5 publicações", "21 publicações"],
        ),
        ("pl", ["0 wpisów", "1 wpis", "2 wpisy", "5 wpisów", "21 wpisów"]),
        ("uk", ["0 дописів", "1 допис", "2 дописи", "5 дописів", "21 допис"]),
        ("ar", ["لا تدوينات", "تدوينة واحدة", "تدوينتان", "5 تدوينات", "21 تدوينة"]),
        ("zh-CN", ["0 篇文章", "1 篇文章", "2 篇文章", "5 篇文章", "21 篇文章"]),
    ],
)
def test_a_number_takes_the_form_that_its_language_has_for_it(
    language: str, counted: list[str]
) -> None:
    assert [WORDS.phrase(language, "posts_count", count=n) for n in (0, 1, 2, 5, 21)] == counted


def test_values_are_put_in_as_they_are() -> None:
    assert WORDS.phrase("en", "posts_by", name="{x} & <b>") == "Posts by {x} & <b>"


def test_a_value_in_words_from_right_to_left_keeps_its_own_direction() -> None:
    assert WORDS.phrase("ar", "posts_by", name="Ann (Köln)") == "تدوينات \u2068Ann (Köln)\u2069"
    assert WORDS.phrase("ar", "page_number", page=2, pages=12) == "صفحة 2 من 12"


def test_a_word_that_nobody_wrote_and_a_value_that_nobody_gave_are_errors() -> None:
    with pytest.raises(KeyError, match="no_such_word"):
        WORDS.phrase("de", "no_such_word")
    with pytest.raises(KeyError, match="name"):
        WORDS.phrase("de", "posts_by")


@pytest.mark.parametrize(
    ("language", "one", "two", "three"),
    [
        ("en", "A", "A and B", "A, B, and C"),
        ("en-GB", "A", "A and B", "A, B and C"),
        ("de", "A", "A und B", "A, B und C"),
        ("ja", "A", "A、B", "A、B、C"),
        ("ar", "A", "A وB", "A وB وC"),
    ],
)
def test_a_list_reads_as_a_sentence_of_its_language(
    language: str, one: str, two: str, three: str
) -> None:
    def joined(*items: str) -> str:
        return "".join(
            list_separator(place, len(items), language=language) + item
            for place, item in enumerate(items)
        )

    assert (joined("A"), joined(*"AB"), joined(*"ABC")) == (one, two, three)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-AF", "rtl"), ("uz", "ltr"), ("uz-Arab", "rtl"),
     ("pa-PK", "rtl"), ("yi", "rtl"), ("dv", "rtl"), ("ja", "ltr"), ("xx", "ltr"), ("", "ltr")],
)  # fmt: skip
def test_the_script_of_a_language_says_which_way_it_is_written(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [("pt-PT", "pt-BR"), ("pt-AO", "pt-BR"), ("zh", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-TW", None),
     ("zh-Hant", None), ("sr", None), ("de-ch", "de-CH"), ("de-AT", "de"), ("nb", None)],
)  # fmt: skip
def test_readers_get_the_nearest_words_in_a_script_they_read(
    wanted: str, nearest: str | None
) -> None:
    known = ("de", "de-CH", "pt-BR", "sr-Latn", "zh-Hans")
    assert nearest_tag(wanted, known) == nearest


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
