"""The problem codes of themes: BN480 to BN489, of their words: BN830 to BN834, and of theme.yml: BN870 to BN872."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

NO_TEMPLATE = "BN480"
BAD_SYNTAX = "BN481"
FAILED = "BN482"
NOT_A_COLOUR = "BN483"
CATALOGUE_UNREADABLE = "BN830"
NO_SUCH_WORDS = "BN831"
WRONG_FORMS = "BN832"
WRONG_PLACES = "BN833"
WITHOUT_WORDS = "BN834"
BAD_SETTINGS = "BN870"
OTHER_VIEWS = "BN871"
PALE_ACCENT = "BN872"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=NO_TEMPLATE,
        title="no such template",
        meaning="A template was asked for, by the build or by another template, that neither the network's theme nor "
        "the built-in one has.",
        mend="Correct the name, or add the file to themes/NAME/templates/.",
    ),
    CodeEntry(
        code=BAD_SYNTAX,
        title="template cannot be read",
        meaning="A template of the theme is not valid Jinja, or uses a filter or tag that themes do not have. The site "
        "is not built; what was built before stays.",
        mend="Correct the line; docs/themes.md lists the filters. To get the built-in page back, delete the override.",
    ),
    CodeEntry(
        code=FAILED,
        title="template failed",
        meaning="A template was running when it used a value that is not there, an address that may not be linked, or "
        "something that themes may not touch.",
        mend="Correct the line; docs/themes.md lists what each template is given.",
    ),
    CodeEntry(
        code=NOT_A_COLOUR,
        title="not a colour",
        meaning="The theme's accent has to be a colour in hex.",
        mend='Write it as #rrggbb, e.g. accent: "#1f45c4".',
    ),
    CodeEntry(
        code=CATALOGUE_UNREADABLE,
        title="catalogue of words cannot be read",
        meaning="A file in the theme's folder locales/ is no gettext catalogue, or its header Plural-Forms means "
        "nothing. The site is not built; what was built before stays.",
        mend="Correct the line, or begin anew with a copy of themes/default/locales/default.pot.",
    ),
    CodeEntry(
        code=NO_SUCH_WORDS,
        title="no words have this key",
        meaning="An entry of a catalogue translates something that no page asks for: its msgctxt is neither in "
        "default.pot nor among the words of the theme's own, which stand in its locales/en.po.",
        mend="Correct the msgctxt, add the words to the theme's locales/en.po, or delete the entry.",
    ),
    CodeEntry(
        code=WRONG_FORMS,
        title="wrong number of forms",
        meaning="Words that go with a number need one form for each grammatical number of the language, as many as the "
        "header Plural-Forms says; other words have one.",
        mend="Write msgstr[0], msgstr[1] and so on, one for each form.",
    ),
    CodeEntry(
        code=WRONG_PLACES,
        title="places for values differ",
        meaning="Words in braces, such as {name}, are filled in. A translation has to name the same places as the "
        "English; a form for a single number may leave out {count}.",
        mend="Write the places exactly as in the msgid; they are not translated.",
    ),
    CodeEntry(
        code=WITHOUT_WORDS,
        title="language without words",
        meaning="Posts are published in a language for which neither the built-in theme nor the network's has a "
        "catalogue. Its pages say 'Older posts' and the like in English; dates and numbers are right.",
        mend="Copy themes/default/locales/default.pot to themes/NAME/locales/LANGUAGE.po and translate it.",
    ),
    CodeEntry(
        code=BAD_SETTINGS,
        title="theme.yml cannot be used",
        meaning="The file theme.yml of the network's theme has a key that nothing reads, or names a theme to extend "
        "that does not ship with blognet. The site is not built; what was built before stays.",
        mend="Correct the line. The keys are name, version, views and extends; all of them may be left out.",
    ),
    CodeEntry(
        code=OTHER_VIEWS,
        title="theme for other views",
        meaning="The theme says that its templates were written for another version of what templates are given. "
        "They might show the wrong thing, or fail on one page of many.",
        mend="Compare the templates with docs/themes.md, then write the present version behind views:.",
    ),
    CodeEntry(
        code=PALE_ACCENT,
        title="accent too pale for text",
        meaning="The accent of the theme cannot be read as text on a light page: its contrast is below the 4.5 to 1 "
        "that WCAG 2.2 AA asks for. Bars and buttons have the colour as it is; links and words get a darker shade.",
        mend="Write the shade that is named, to choose what readers see, or leave it to the build.",
    ),
)
