"""The problem codes of YAML texts, whoever reads them: BN101 to BN119. Says what each means, not when it is found."""

from __future__ import annotations

from blognet.kernel.problems import CodeEntry

NOT_YAML = "BN101"
TAB = "BN102"
COLON = "BN103"
RESERVED_START = "BN104"
QUOTE_OPEN = "BN105"
TEXT_AFTER = "BN106"
BRACKET_OPEN = "BN107"
NOT_KEY_VALUE = "BN108"
INDENTATION = "BN109"
BACKSLASH = "BN110"
DUPLICATE_KEY = "BN111"
ALIAS = "BN112"
TAG = "BN113"
MERGE_KEY = "BN114"
TOO_MUCH = "BN115"
CHARACTER = "BN116"
WRONG_TYPE = "BN117"
UNKNOWN_KEY = "BN118"
TWO_SPELLINGS = "BN119"

CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        code=NOT_YAML,
        title="not readable as YAML",
        meaning="The keys and values could not be read, and nothing more precise is known about the reason.",
        mend="Write one 'key: value' on each line and put values with special characters in quotes.",
    ),
    CodeEntry(
        code=TAB,
        title="tab in the indentation",
        meaning="YAML indents with spaces only; a tab looks the same in most editors but is refused.",
        mend="Replace the tab by spaces, two for each level.",
    ),
    CodeEntry(
        code=COLON,
        title="colon in an unquoted value",
        meaning="A colon followed by a space separates a key from its value, so a value that holds one is ambiguous.",
        mend='Put the whole value in quotes: title: "Our office: a tour".',
    ),
    CodeEntry(
        code=RESERVED_START,
        title="value begins with a reserved character",
        meaning="Values that begin with one of @ ` % , ] } | > mean something else in YAML or nothing at all.",
        mend="Put the value in quotes.",
    ),
    CodeEntry(
        code=QUOTE_OPEN,
        title="missing closing quote",
        meaning="A quote was opened and the text ends before it is closed.",
        mend="Add the closing quote. Inside single quotes, an apostrophe is written twice.",
    ),
    CodeEntry(
        code=TEXT_AFTER,
        title="text after the end of a value",
        meaning="A value in quotes or brackets ends, and more text follows on the same line.",
        mend="Put the whole value in one pair of quotes; inside single quotes write an apostrophe twice.",
    ),
    CodeEntry(
        code=BRACKET_OPEN,
        title="missing closing bracket or comma",
        meaning="A list in [ ] or keys in { } are not closed, or a comma is missing in them.",
        mend="Close the bracket, or write the list with one '- item' on each line.",
    ),
    CodeEntry(
        code=NOT_KEY_VALUE,
        title="not a key with a value",
        meaning="Every line is expected to say 'key: value', and each key to be a short text.",
        mend="Add the colon and a space after the key, or put the text where it belongs.",
    ),
    CodeEntry(
        code=INDENTATION,
        title="lines do not line up",
        meaning="Keys that belong together begin in the same column; this one begins in another.",
        mend="Move the line so that it begins under the line it belongs with.",
    ),
    CodeEntry(
        code=BACKSLASH,
        title="backslash in double quotes",
        meaning="In double quotes a backslash begins an escape such as \\n, and this one is none that YAML knows.",
        mend="Use single quotes, or write the backslash twice.",
    ),
    CodeEntry(
        code=DUPLICATE_KEY,
        title="key given twice",
        meaning="The same key stands in the same place twice, so one value would silently win.",
        mend="Delete one of them.",
    ),
    CodeEntry(
        code=ALIAS,
        title="anchor or alias",
        meaning="A value that begins with & or * would name or repeat another value; that is refused here, because "
        "a small text could grow without bounds.",
        mend="Put the value in quotes when the sign belongs to the text, else write the value out.",
    ),
    CodeEntry(
        code=TAG,
        title="YAML tag",
        meaning="A value that begins with ! would choose its own type; that is refused here.",
        mend="Put the value in quotes when the sign belongs to the text, else delete the tag.",
    ),
    CodeEntry(
        code=MERGE_KEY,
        title="merge key",
        meaning="The key << would copy keys from elsewhere; that is refused here.",
        mend="Write the keys out.",
    ),
    CodeEntry(
        code=TOO_MUCH,
        title="too large, too deep or too many values",
        meaning="The text is larger, or nested deeper, than anything a person writes by hand.",
        mend="Move long texts into the body of the post, and write nested lists flat.",
    ),
    CodeEntry(
        code=CHARACTER,
        title="invisible character",
        meaning="There is a control character, or an invisible line separator, which people cannot see and programs "
        "read in different ways.",
        mend="Delete the character, or type the line anew.",
    ),
    CodeEntry(
        code=WRONG_TYPE,
        title="another sort of value expected",
        meaning="The key expects another sort of value, for example a list where a text was written.",
        mend="Write the value as the message says.",
    ),
    CodeEntry(
        code=UNKNOWN_KEY,
        title="unknown key",
        meaning="Nothing reads this key; it is probably misspelt, and its value would be lost.",
        mend="Correct the spelling. Data of your own goes under 'extra' in posts and profiles.",
    ),
    CodeEntry(
        code=TWO_SPELLINGS,
        title="one key in two spellings",
        meaning="Two keys that mean the same are given, so one of them would silently win.",
        mend="Keep one of them, best the one that docs/posts.md lists.",
    ),
)
