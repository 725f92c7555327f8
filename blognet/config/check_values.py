"""From YAML nodes to the values of the settings under ``checks``. Knows no check's meaning.

Each function raises `MisfitError`, so that every fault of blognet.yml is shown at once. Every check with settings of
its own also takes the short form: a bare severity, or the bare list of its words.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from blognet.config import codes
from blognet.kernel.ids import parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.times import parse_time
from blognet.kernel.yamltree import YamlMapping, YamlScalar, YamlSequence, is_empty, shortened
from blognet.kernel.yamlvalues import MisfitError, entries_of, items_of, text_of, whole_items_of

if TYPE_CHECKING:
    from blognet.kernel.yamltree import YamlNode

LEVELS = ("error", "warning", "note", "off")
"""How bad a finding is: an error blocks approval; ``off`` does not look at all."""
FORMATS = ("vale-json", "lines")
"""What a tool of others may print."""
OWN_NAMES = frozenset(
    "alt-text banned-words diagrams disclosures duplicate-titles emails embargo external formulas headings length links"
    " phones plugins reading-level remote-images secrets unpublished-links unreleased".split()
)
"""Names that checks of others must not take."""
MAX_WORD = 200
_OPEN_END = re.compile(r"\w\*$")


def level_of(value: object) -> str:
    """Return how bad a finding is."""
    return _choice(value, LEVELS)


def format_of(value: object) -> str:
    """Return what a tool prints."""
    return _choice(value, FORMATS)


def name_of(value: object) -> str:
    """Return the name of a check of others: lower-case words joined by hyphens."""
    text = text_of(value)
    if parse_slug(text) is None or len(text) > MAX_WORD:
        message = f"'{shortened(text)}' can't name a check: lower-case words joined by hyphens"
        raise MisfitError(message, code=codes.BAD_ID, hint="write a name such as house-style")
    if text in OWN_NAMES:
        message = f"'{text}' is the name of a check that is here already"
        raise MisfitError(message, code=codes.BAD_ID, hint="give it another name")
    return text


def searched_of(value: object) -> str:
    """Return a word or phrase to look for, its white space made single blanks."""
    text = " ".join(text_of(value).split())
    bare = text.removesuffix("*") if _OPEN_END.search(text) else text
    if not any(character.isalnum() for character in bare) or len(text) > MAX_WORD:
        message = f"expected a word or a phrase, found '{shortened(text)}'"
        hint = "write it as readers would see it; a star at the end stands for any ending"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint=hint)
    return text


def day_of(value: object) -> str:
    """Return a date or time as written; "" for none. Its zone is the network's."""
    text = text_of(value)
    if text and parse_time(text, zone=UTC) is None:
        message = f"expected a date, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint="write it as 2026-12-24")
    return text


def leveled(value: object, *, listed: str) -> dict[str, YamlNode]:
    """Return the keys of a check; a bare severity is its `severity`, a bare list is its key `listed`."""
    if isinstance(value, YamlSequence) and listed:
        return {listed: value}
    if isinstance(value, YamlScalar) and not is_empty(value):
        return {"severity": value}
    return entries_of(value)


def word_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the keys of a rule about words; a bare text is its one word."""
    if isinstance(value, YamlScalar | YamlSequence):
        return {"words": value}
    entries = entries_of(value)
    if isinstance(value, YamlMapping) and "word" in entries and "words" not in entries:
        entries["words"] = entries.pop("word")
    return entries


def plugin_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the keys of a plug-in; a bare text is its name."""
    return {"name": value} if isinstance(value, YamlScalar) else entries_of(value)


def command_of(value: object) -> list[YamlNode]:
    """Return the parts of a command; a bare text is split at its blanks, no shell ever reads it."""
    if isinstance(value, YamlScalar) and not is_empty(value):
        return [
            YamlScalar(
                text=part, quoted=True, line=value.line, column=value.column, width=value.width
            )
            for part in value.text.split()
        ]
    parts = items_of(value)
    if not parts:
        message = "expected a command, found nothing"
        hint = "write it as [vale, --output=JSON]"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint=hint)
    return parts


def phrases_of(value: object) -> list[YamlNode]:
    """Return phrases; a text alone is one phrase, commas and all."""
    return whole_items_of(value)


def _choice(value: object, choices: tuple[str, ...]) -> str:
    text = text_of(value).lower()
    if text not in choices:
        message = f"expected {', '.join(choices[:-1])} or {choices[-1]}, found '{shortened(text)}'"
        hint = did_you_mean(text, choices) or f"write {choices[0]}"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint=hint)
    return text
