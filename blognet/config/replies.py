"""Canned replies: texts that mayors say often, with names in braces for what differs. Knows no file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.config import codes
from blognet.kernel.ids import parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.text import slugify
from blognet.kernel.yamltree import YamlMapping, shortened
from blognet.kernel.yamlvalues import MisfitError, entries_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.yamltree import YamlNode

PLACEHOLDERS = ("author", "mayor", "title")
_NAMED = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_TAKEN_FOLDERS = ("authors", "pages", "posts", "queue", "record", "site")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a reply with its names filled in; braces around anything else stay as they are.

    Args:
        text: The reply.
        values: What each of `PLACEHOLDERS` says.
    """
    return _NAMED.sub(lambda found: values.get(found[1], found[0]), text)


def odd_placeholder(text: str) -> str:
    """Return the first name in braces that means nothing; "" when there is none."""
    return next((name for name in _NAMED.findall(text) if name not in PLACEHOLDERS), "")


def replies_of(value: object) -> dict[str, YamlNode]:
    """Return the replies by name."""
    if isinstance(value, YamlMapping):
        for entry in value.entries:
            name = entry.key.text
            if parse_slug(name) is None:
                good = slugify(name)
                message = f"'{shortened(name)}' can't be the name of a reply: lower-case words joined by hyphens"
                hint = f"write {good}" if good else "write a name with letters or digits"
                raise MisfitError(message, code=codes.BAD_ID, hint=hint, node=entry.key)
    return entries_of(value)


def reply_of(value: object) -> str:
    """Return the text of a reply."""
    text = text_of(value)
    if not text:
        message = "an empty reply"
        raise MisfitError(message, code=codes.BAD_REPLY, hint="write what it says, or delete it")
    if odd := odd_placeholder(text):
        message = f"unknown name {{{shortened(odd)}}} in a reply"
        raise MisfitError(message, code=codes.BAD_REPLY, hint=placeholder_hint(odd))
    return text


def placeholder_hint(odd: str) -> str:
    """Return what to write instead of a name that means nothing."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return did_you_mean(odd, PLACEHOLDERS) or f"there are {known}"


def folder_of(value: object) -> str:
    """Return the path of a folder inside the network; "" for none."""
    text = text_of(value).rstrip("/")
    parts = text.split("/")
    odd = any(part in {"", ".."} or part.startswith(".") for part in parts)
    if text and (odd or ":" in text or "\\" in text or parts[0] in _TAKEN_FOLDERS):
        message = f"expected a folder for replies, found '{shortened(text)}'"
        hint = (
            "write it as themes/replies; posts, profiles and the record have folders of their own"
        )
        raise MisfitError(message, code=codes.BAD_FOLDER, hint=hint)
    return text
