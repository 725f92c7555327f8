"""Other words for tags: which words mean the same tag. Knows no file and no post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.config import codes
from blognet.kernel.text import slug_of_word
from blognet.kernel.yamltree import YamlMapping, shortened
from blognet.kernel.yamlvalues import MisfitError, entries_of, text_of

if TYPE_CHECKING:
    from blognet.kernel.yamltree import YamlNode


def aliases_of(value: object) -> dict[str, YamlNode]:
    """Return the other words by their slugs, so that neither case nor blanks matter."""
    found = entries_of(value)
    if not isinstance(value, YamlMapping):
        return found
    known: dict[str, YamlNode] = {}
    for entry in value.entries:
        word = slug_of_word(entry.key.text)
        if not word:
            message = f"'{shortened(entry.key.text)}' has no letter or digit, so it is no tag"
            raise MisfitError(
                message, code=codes.BAD_ALIAS, hint="write js: javascript", node=entry.key
            )
        if word in known:
            message = f"'{shortened(entry.key.text)}' is here twice"
            raise MisfitError(message, code=codes.LISTED_TWICE, hint="delete one", node=entry.key)
        known[word] = entry.value
    for entry in value.entries:
        meant = slug_of_word(text_of(entry.value))
        if meant in known:
            message = f"'{shortened(meant)}' is another word for something itself"
            hint = f"write {shortened(entry.key.text)}: {shortened(text_of(known[meant]))}"
            raise MisfitError(message, code=codes.BAD_ALIAS, hint=hint, node=entry.value)
    return known


def tag_of(value: object) -> str:
    """Return the tag that another word means, as it is spelled for readers."""
    text = " ".join(text_of(value).split())
    if not slug_of_word(text):
        message = f"'{shortened(text)}' has no letter or digit, so it is no tag"
        raise MisfitError(message, code=codes.BAD_ALIAS, hint="write js: javascript")
    return text
