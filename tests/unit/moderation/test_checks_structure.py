"""Length, titles, headings and how hard a text is to read."""

from __future__ import annotations

import pytest

from blognet.moderation.checks.reading import grade_of
from tests.unit.moderation.check_texts import HEAD, facts, found, look

EASY_EN = "The cat sat on the mat. It was a good day. The sun shone and we ran home. " * 10
HARD_EN = (
    "Notwithstanding considerable organisational complexity, interdepartmental collaboration fundamentally"
    " necessitates comprehensive documentation regarding responsibilities, communication infrastructure,"
    " prioritisation methodologies and accountability considerations throughout implementation. "
    * 8
)
HARD_DE = (
    "Unbeschadet erheblicher organisatorischer Schwierigkeiten erfordert die bereichsübergreifende"
    " Zusammenarbeit grundsätzlich umfassende Dokumentationsverpflichtungen hinsichtlich"
    " Verantwortlichkeiten, Kommunikationsinfrastruktur, Priorisierungsmethodik sowie"
    " Rechenschaftsverpflichtungen während sämtlicher Umsetzungsabschnitte. " * 10
)


def _messages(
    check: str, text: str, checks: str = "", path: str = "queue/our-trip.md"
) -> list[str]:
    return [one.message for one in look(text, checks, path=path) if one.check == check]


def test_length_has_no_limits_until_they_are_set() -> None:
    assert _messages("length", f"{HEAD}One.\n") == []


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("{min_words: 4}", "3 words; expected at least 4"),
        ("{max_words: 2}", "3 words; expected at most 2"),
        ("{max_title: 5}", "a title of 8 characters; expected at most 5"),
    ],
)
def test_each_limit_is_told_with_the_number_found(limits: str, message: str) -> None:
    assert _messages("length", f"{HEAD}One two three.\n", f"length: {limits}") == [message]


def test_the_limits_themselves_are_fine() -> None:
    limits = "length: {min_words: 3, max_words: 3, max_title: 8}"
    assert _messages("length", f"{HEAD}One two three.\n", limits) == []


def test_a_title_that_another_post_has_is_reported_in_any_spelling() -> None:
    text = HEAD.replace("Our trip", "OUR  other") + "Hi.\n"
    among = facts(our_other="live")
    assert len(found("duplicate-titles", text, among=among)) == 1
    assert found("duplicate-titles", text.replace("  ", " "), among=among) == ((2, 8, "OUR other"),)


def test_the_post_s_own_title_is_no_duplicate() -> None:
    assert found("duplicate-titles", f"{HEAD}Hi.\n") == ()


@pytest.mark.parametrize(
    "body",
    [
        "## A\n\n#### B\n",
        "# A\n\n### B\n",
        "A\n=\n\n### B\n",
        "B\n---\n\n#### C\n",
        "<h2>A</h2>\n\n<h4>B</h4>\n",
    ],
)
def test_a_heading_that_skips_a_level_is_reported(body: str) -> None:
    assert len(found("headings", HEAD + body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "### A\n\n#### B\n\n### C\n\n## D\n\n### E\n",
        "## A\n\n```\n#### B\n```\n",
        "## A\n\n<!--\n#### B\n-->\n",
        "## A\n\n---\n\n### B\n",
        "## A\n\n- item\n---\n\n### B\n",
        "##B\n\n####C\n",
    ],
)
def test_headings_in_order_code_comments_and_rules_are_let_pass(body: str) -> None:
    assert found("headings", HEAD + body) == ()


def test_hard_reading_is_advice_in_english_and_german() -> None:
    for text, path in ((HARD_EN, "queue/our-trip.md"), (HARD_DE, "queue/our-trip.de.md")):
        (message,) = _messages("reading-level", HEAD + text + "\n", path=path)
        assert "the network aims at 16 or less" in message


def test_easy_reading_short_texts_and_code_are_let_pass() -> None:
    assert _messages("reading-level", f"{HEAD}{EASY_EN}\n") == []
    assert _messages("reading-level", f"{HEAD}{HARD_EN[:300]}\n") == []
    assert _messages("reading-level", f"{HEAD}{EASY_EN}\n\n```\n{HARD_EN}\n```\n") == []
    assert _messages("reading-level", f"{HEAD}{HARD_EN}\n", "reading-level: off") == []


def test_other_languages_get_no_advice() -> None:
    assert grade_of((HARD_EN,), language="fr", fewest=10) is None
    assert grade_of((HARD_EN,), language="en-GB", fewest=10) is not None
