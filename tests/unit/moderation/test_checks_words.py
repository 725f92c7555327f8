"""Banned, embargoed and unreleased words, and disclosures: what is found, where, and until when."""

from __future__ import annotations

import pytest

from tests.unit.moderation.check_texts import HEAD, found, look

FULL_WIDTH = "".join(chr(ord(letter) + 0xFEE0) for letter in "Bluebird")
BANNED = "banned-words: [whitelist, {words: ['synerg*'], use: cooperation, why: nobody says that}]"


def test_a_banned_word_is_found_in_any_case_of_letters_with_its_place() -> None:
    text = f"{HEAD}Our Whitelist is long.\n"
    assert found("banned-words", text, BANNED) == ((6, 5, "Whitelist"),)


@pytest.mark.parametrize(
    "harmless",
    [
        "whitelisting",
        "a-whitelister",
        "`whitelist`",
        "https://x.example/whitelist",
        "<!-- whitelist -->",
    ],
)
def test_other_words_code_addresses_and_comments_are_let_pass(harmless: str) -> None:
    assert found("banned-words", f"{HEAD}Look: {harmless}\n", BANNED) == ()


def test_a_fence_is_code_and_what_follows_it_is_prose_again() -> None:
    text = f"{HEAD}```\nwhitelist\n```\n\nwhitelist\n"
    assert [line for line, _, _ in found("banned-words", text, BANNED)] == [10]


def test_a_star_stands_for_any_ending_and_the_hint_says_what_to_write() -> None:
    (finding,) = [one for one in look(f"{HEAD}Synergies!\n", BANNED) if one.check == "banned-words"]
    assert finding.message == "'Synergies' is not a word we use: nobody says that"
    assert finding.hint == "write 'cooperation'"


def test_a_phrase_is_found_across_a_line_end_a_quotation_and_emphasis() -> None:
    rule = "unreleased: [Project Blue Bird]"
    for body in ("Project\nBlue Bird", "> Project\n> Blue Bird", "Project *Blue* Bird"):
        assert len(found("unreleased", f"{HEAD}{body}\n", rule)) == 1


@pytest.mark.parametrize(
    "body",
    ["Blue**bird**", "Blue\u00adbird", "Blue\u200bbird", "Blue&shy;bird", FULL_WIDTH],
)
def test_markup_or_an_invisible_character_within_a_name_hides_nothing(body: str) -> None:
    assert found("unreleased", f"{HEAD}{body} flies.\n", "unreleased: [Bluebird]") == ((0, 0, ""),)


def test_a_name_is_found_in_code_in_links_in_the_address_and_in_names_of_files() -> None:
    text = f"{HEAD}`bluebird` [x](https://x.example/bluebird)\n"
    findings = look(
        text,
        "unreleased: [Bluebird]",
        path="queue/bluebird-tour/index.md",
        assets=("queue/bluebird-tour/my-bluebird.png",),
    )
    messages = [one.message for one in findings if one.check == "unreleased"]
    assert len(messages) == 4
    assert "'Bluebird' is not released yet, and the address names it" in messages
    assert "'Bluebird' is not released yet, and the file 'my-bluebird.png' names it" in messages


def test_accents_are_found_however_they_are_encoded() -> None:
    text = f"{HEAD}Cafe\u0301 and caf\u00e9.\n"
    assert len(found("banned-words", text, "banned-words: [Café]")) == 2


def test_words_without_blanks_between_them_are_found_in_han() -> None:
    assert found("banned-words", f"{HEAD}我们的秘密计划\n", "banned-words: [秘密]") == (
        (6, 4, "秘密"),
    )


@pytest.mark.parametrize(
    ("front", "is_found"),
    [
        ("", True),
        ("publish_at: 2026-12-01\n", False),
        ("publish_at: 2026-11-30T23:59\n", True),
        ("date: 2026-12-02\n", False),
    ],
)
def test_an_embargo_holds_until_its_day_counted_by_when_the_post_appears(
    front: str,
    is_found: bool,  # noqa: FBT001
) -> None:
    text = HEAD.replace("authors:", f"{front}authors:") + "Q3 results.\n"
    rule = "embargo: [{words: [Q3 results], until: 2026-12-01}]"
    assert bool(found("embargo", text, rule)) is is_found


def test_a_rule_holds_from_its_first_day_to_before_its_last() -> None:
    text = f"{HEAD}foo bar baz\n"
    rule = (
        "banned-words: [{word: foo, since: 2026-11-23}, {word: bar, until: 2026-11-22},"
        " {word: baz, since: 2026-11-22}]"
    )
    assert [words for _, _, words in found("banned-words", text, rule)] == ["baz"]


DISCLOSE = "disclosures: [{words: [partner*], tags: [Sponsored], say: 'We were paid for this.'}]"


def test_a_word_or_a_tag_asks_for_its_sentence_and_the_hint_gives_it() -> None:
    tagged = HEAD.replace("authors:", "tags: [sponsored]\nauthors:")
    assert found("disclosures", f"{HEAD}Our partners.\n", DISCLOSE) == ((6, 5, "partners"),)
    (finding,) = [one for one in look(f"{tagged}Hi.\n", DISCLOSE) if one.check == "disclosures"]
    assert (finding.location.line, finding.hint) == (3, "add: We were paid for this.")


def test_the_sentence_counts_only_where_readers_see_it() -> None:
    assert found("disclosures", f"{HEAD}Our partners. *We* were\npaid for this.\n", DISCLOSE) == ()
    hidden = f"{HEAD}Our partners. <!-- We were paid for this. -->\n"
    assert len(found("disclosures", hidden, DISCLOSE)) == 1


def test_nothing_is_asked_without_the_word() -> None:
    assert found("disclosures", f"{HEAD}Alone.\n", DISCLOSE) == ()
