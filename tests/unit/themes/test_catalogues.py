"""The built-in catalogues are whole and current; what is wrong with somebody else's is said with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.errors import FaultsError
from blognet.themes.catalogues import catalogue_in, catalogue_problems, places_in, tag_of
from blognet.themes.codes import (
    CATALOGUE_UNREADABLE,
    NO_SUCH_WORDS,
    WRONG_FORMS,
    WRONG_PLACES,
)
from blognet.themes.dates import locale_of
from blognet.themes.strings import ENGLISH, words_from
from tests.catalogues import LOCALES, TEMPLATE, current, template, written

SOURCES = {path.name: path.read_text("utf-8") for path in sorted(LOCALES.glob("*.po"))}
HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
every_catalogue = pytest.mark.parametrize("name", sorted(SOURCES))


def entry(key: str, english: str, words: str) -> str:
    return f'msgctxt "{key}"\nmsgid "{english}"\nmsgstr "{words}"\n\n'


def test_pages_speak_at_least_twelve_languages() -> None:
    assert len({*SOURCES, "en.po"}) >= 12
    assert {"ar.po", "he.po", "ja.po", "zh_Hans.po", "pl.po", "uk.po"} <= set(SOURCES)


@every_catalogue
def test_a_catalogue_of_ours_has_all_words_in_all_forms_with_all_places(name: str) -> None:
    tag = tag_of(name)
    assert catalogue_problems(SOURCES[name], tag, path=name, english=ENGLISH) == ()
    catalogue = catalogue_in(SOURCES[name], tag)
    assert catalogue.forms.keys() == ENGLISH.keys()
    for key, forms in catalogue.forms.items():
        for form in forms:
            assert form.strip() == form
            assert places_in(form) - {"count"} == places_in(ENGLISH[key][-1]) - {"count"}, key


@every_catalogue
def test_a_catalogue_of_ours_tells_apart_what_cldr_tells_apart(name: str) -> None:
    """Each category of CLDR has a form to itself, for all numbers that posts can reach."""
    locale = Locale.parse(name.removesuffix(".po"))
    catalogue = catalogue_in(SOURCES[name], tag_of(name))
    places = replace(catalogue, forms={"x": tuple(map(str, range(6)))})
    found = {(locale.plural_form(n), places.form_of("x", n)) for n in range(1000)}
    if name == "he.po":  # gettext's rule has no dual, and the words need none
        found = {("other" if one == "two" else one, place) for one, place in found}
    assert len(found) == len(dict(found)) == len({place for _, place in found})
    assert len(found) == len(catalogue.forms["posts_count"])


@every_catalogue
def test_the_catalogues_are_current(name: str) -> None:
    """If not, type `make strings`, translate what is new, and commit."""
    assert current(SOURCES[name]) == SOURCES[name]


def test_the_template_for_new_languages_is_current() -> None:
    assert TEMPLATE.read_text("utf-8") == written(template())


def test_a_changed_english_makes_the_translation_fuzzy_and_keeps_it() -> None:
    old = SOURCES["de.po"].replace('msgid "Older posts"', 'msgid "Posts of before"')
    renewed = current(old)
    assert (
        '#, fuzzy\nmsgctxt "older_posts"\nmsgid "Older posts"\nmsgstr "Ältere Beiträge"' in renewed
    )
    assert catalogue_in(renewed, "de").forms.keys() == ENGLISH.keys() - {"older_posts"}


def test_a_network_has_words_of_its_own_before_ours_and_ours_before_english() -> None:
    own = {"de.po": HEAD + entry("authors", "Authors", "Leute")}
    words = words_from(own, SOURCES)
    assert words.phrase("de", "authors") == "Leute"
    assert words.phrase("de", "archive") == "Archiv"
    assert words.phrase("fr", "authors") == "Auteurs"


def test_a_network_can_say_other_things_in_english() -> None:
    words = words_from({"en.po": HEAD + entry("authors", "Authors", "People")}, SOURCES)
    assert words.phrase("en", "authors") == words.phrase("en-GB", "authors") == "People"
    assert words.phrase("sv", "authors") == "People"
    assert words.phrase("de", "authors") == "Autorinnen und Autoren"


def test_a_theme_has_keys_of_its_own_by_its_english() -> None:
    own = {
        "en.po": HEAD + entry("jobs", "Open jobs at {name}", ""),
        "de.po": HEAD + entry("jobs", "Open jobs at {name}", "Offene Stellen bei {name}"),
    }
    words = words_from(own, SOURCES)
    assert words.phrase("de", "jobs", name="ACME") == "Offene Stellen bei ACME"
    assert words.phrase("fr", "jobs", name="ACME") == "Open jobs at ACME"


def test_a_language_that_we_do_not_have_comes_from_the_network() -> None:
    words = words_from({"sv.po": HEAD + entry("archive", "Archive", "Arkiv")}, SOURCES)
    assert (words.phrase("sv", "archive"), words.has_words_for("sv-FI")) == ("Arkiv", True)
    idle = words_from({"sv.po": HEAD + entry("archive", "Archive", "")}, SOURCES)
    assert (idle.phrase("sv", "archive"), idle.has_words_for("sv")) == ("Archive", False)


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("msgid oops\n", CATALOGUE_UNREADABLE, 1, "not a catalogue"),
        ('msgid "a"\nmsgstr "b"\nhello\n', CATALOGUE_UNREADABLE, 3, "not a catalogue"),
        (HEAD.replace("n != 1", "n !!"), CATALOGUE_UNREADABLE, 1, "not a catalogue"),
        (HEAD.replace("(n != 1)", "n"), CATALOGUE_UNREADABLE, 1, "beyond nplurals"),
        (HEAD + entry("archiv", "Archive", "Arkiv"), NO_SUCH_WORDS, 6, "'archiv'"),
        (HEAD + 'msgid "Archive"\nmsgstr "Arkiv"\n', NO_SUCH_WORDS, 5, "no msgctxt"),
        (HEAD + entry("page", "Page {page}", "Sida {sida}"), WRONG_PLACES, 6, "{sida}"),
        (HEAD + entry("page", "Page {page}", "Sida"), WRONG_PLACES, 6, "{page} is missing"),
        (HEAD + entry("page", "Page {page}", "Sida {page"), WRONG_PLACES, 6, "brace"),
        (HEAD + entry("page", "Page {page}", "Sida {page.real}"), WRONG_PLACES, 6, "brace"),
        (HEAD + entry("posts_count", "{count} posts", "{count} inlägg"), WRONG_FORMS, 6, "1 form"),
    ],
)
def test_a_fault_of_a_catalogue_is_said_with_its_line(
    text: str, code: str, line: int, said: str
) -> None:
    with pytest.raises(FaultsError) as caught:
        words_from({"sv.po": text}, SOURCES, folder="themes/ours/locales/")
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.path) == (code, "themes/ours/locales/sv.po")
    assert problem.location.line == line
    assert said in problem.message
    assert problem.hint


def test_a_half_written_plural_is_a_fault_and_an_empty_or_fuzzy_entry_is_none() -> None:
    plural = (
        'msgctxt "posts_count"\nmsgid "{count} post"\nmsgid_plural "{count} posts"\n'
        'msgstr[0] "{count} inlägg"\nmsgstr[1] ""\n'
    )
    found = catalogue_problems(HEAD + plural, "sv", path="sv.po", english=ENGLISH)
    assert [problem.code for problem in found] == [WRONG_FORMS]
    for idle in (
        entry("page", "Page {page}", ""),
        "#, fuzzy\n" + entry("page", "Page", "Sida {x}"),
    ):
        assert catalogue_problems(HEAD + idle, "sv", path="sv.po", english=ENGLISH) == ()


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            ['msgid "a"', 'msgstr "b"', 'msgid_plural "c"', 'msgstr[0] "d"', 'msgstr[7] "e"', 'msgctxt "page"', '"x"',
             "msgstr[", "#~ msgid", "#, fuzzy", "#: a:b", 'msgid ""', 'msgstr ""', '"Plural-Forms: nplurals=x"',
             '"Language: q"', '"Content-Type: text/plain; charset=ebcdic"', '"POT-Creation-Date: never"', "msgid", '"'],
        ),
        max_size=9,
    ).map("\n".join),
    st.sampled_from(["sv", "ar", "xx", ""]),
)  # fmt: skip
def test_any_text_is_a_catalogue_or_has_problems_that_say_why(text: str, tag: str) -> None:
    found = catalogue_problems(text, tag, path="x.po", english=ENGLISH)
    assert all(problem.message and problem.hint for problem in found)


@pytest.mark.parametrize("name", ["pt_BR.po", "zh_Hans.po", "he.po"])
def test_the_name_of_a_catalogue_is_its_language(name: str) -> None:
    assert str(locale_of(tag_of(name))) == name.removesuffix(".po")
