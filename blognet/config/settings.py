"""From YAML nodes to the values of single settings. Knows no file and no other setting.

Each function raises `MisfitError`, so that every fault of blognet.yml is shown at once.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from blognet.config import codes
from blognet.kernel.ids import parse_author_id, parse_language, parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.text import slugify
from blognet.kernel.yamltree import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    kind_of,
    shortened,
)
from blognet.kernel.yamlvalues import MisfitError, entries_of, int_of, text_of, whole_items_of
from blognet.kernel.zones import zone_named

PERMALINK_TOKENS = (":year", ":month", ":day", ":slug")
FEED_CONTENTS = ("full", "summary")
PARSERS = ("markdown-it", "pyromark")
FONTS = ("serif", "sans", "humanist", "slab", "mono")
HOME_LAYOUTS = ("magazine", "list")
_TOKEN = re.compile(r":\w+")
_PERMALINK = re.compile(r"/(?:[\w.:~-]+/)*")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}|localhost")
_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\<>\"]")
_LOGO_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


def line_of(value: object) -> str:
    """Return a text on one line, its white space made single blanks."""
    return " ".join(text_of(value).split())


def network_id_of(value: object) -> str:
    """Return the id of a network, topic or team."""
    text = text_of(value)
    if parse_slug(text) is None:
        good = slugify(text)
        message = f"'{shortened(text)}' can't be an id: lower-case words joined by hyphens"
        hint = f"write id: {good}" if good else "write a name with letters or digits"
        raise MisfitError(message, code=codes.BAD_ID, hint=hint)
    return text


def mayor_of(value: object) -> str:
    """Return the author's id of a mayor."""
    text = text_of(value)
    if parse_author_id(text) is None:
        message = f"expected the id of a mayor, found '{shortened(text)}'"
        hint = "write the name of the profile's file in authors/, without .md"
        raise MisfitError(message, code=codes.BAD_ID, hint=hint)
    return text


def author_of(value: object) -> str:
    """Return an author's id."""
    text = text_of(value)
    if parse_author_id(text) is None:
        message = f"expected an author's id, found '{shortened(text)}'"
        hint = "write the name of the profile's file in authors/, without .md"
        raise MisfitError(message, code=codes.BAD_ID, hint=hint)
    return text


def site_url_of(value: object) -> str:
    """Return the site's address without a slash at its end."""
    return checked_url(text_of(value))


def cache_url_of(value: object) -> str:
    """Return the address of a shared cache without a slash at its end; "" for none."""
    text = text_of(value)
    return checked_url(text) if text else ""


def checked_url(text: str) -> str:
    """Return the address of a site without a slash at its end.

    Raises:
        MisfitError: It is no whole http or https URL, or has a query, a fragment, a user or a password.
    """
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good, parts = False, urlsplit("")
    surplus = parts.query or parts.fragment or parts.username or parts.password
    if not good or surplus or _UNSAFE_IN_ADDRESS.search(text) or ".." in parts.path.split("/"):
        message = f"expected the site's whole address, found '{shortened(text)}'"
        hint = "write it as https://blog.example.org or https://example.org/blog"
        if text and "://" not in text:
            hint = f"begin it with https://: https://{shortened(text)}"
        raise MisfitError(message, code=codes.BAD_URL, hint=hint)
    return text.rstrip("/")


def zone_name_of(value: object) -> str:
    """Return the name of a time zone that this system knows."""
    text = text_of(value) or "UTC"
    if zone_named(text) is None:
        known = available_timezones()
        message = f"unknown time zone '{shortened(text)}'"
        hint = did_you_mean(text, known) or "write a name such as Europe/Berlin"
        if not known:
            hint = "this system has no time zones; install its package tzdata, or write UTC"
        raise MisfitError(message, code=codes.BAD_ZONE, hint=hint)
    return text


def language_of(value: object) -> str:
    """Return a language tag."""
    text = text_of(value)
    if parse_language(text) is None:
        message = f"expected a language tag, found '{shortened(text)}'"
        raise MisfitError(
            message, code=codes.BAD_LANGUAGE, hint="write a tag such as en, de or pt-BR"
        )
    return text


def permalink_of(value: object) -> str:
    """Return the pattern of post addresses, with a slash at both ends."""
    text = "/" + text_of(value).strip("/") + "/"
    for token in _TOKEN.findall(text):
        if token not in PERMALINK_TOKENS:
            message = f"unknown part '{shortened(token)}'; expected :year, :month, :day and :slug"
            hint = did_you_mean(token, PERMALINK_TOKENS) or "write it as /:year/:slug/"
            raise MisfitError(message, code=codes.BAD_PERMALINK, hint=hint)
    if ":slug" not in text or not _PERMALINK.fullmatch(text) or "/../" in text or "/./" in text:
        message = f"expected a path with :slug, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_PERMALINK, hint="write it as /:year/:slug/")
    return text


def colour_of(value: object) -> str:
    """Return a colour as ``#`` and six lower-case digits; "" for the theme's own."""
    text = text_of(value)
    if not text and isinstance(value, YamlScalar) and not value.quoted:
        return ""
    if not _COLOUR.fullmatch(text):
        message = f"expected a colour, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_COLOUR, hint="write it in quotes, as '#0a7d5a'")
    digits = text[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)  # noqa: PLR2004


def day_of(value: object) -> date | None:
    """Return a day of the calendar, written as 2026-12-24; None for nothing."""
    text = text_of(value)
    if not text:
        return None
    # The library also takes 20261224 and 2026-W52-4, which nobody would read as a day of a blog.
    is_usual = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None
    try:
        return date.fromisoformat(text if is_usual else "")
    except ValueError:
        message = f"expected a date, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.NOT_A_DAY, hint="write it as 2026-12-24") from None


def number_between(value: object, *, low: int, high: int) -> int:
    """Return a whole number of a range, both ends included."""
    number = int_of(value)
    if number is None or not low <= number <= high:
        message = f"expected a number from {low} to {high}, found {number if number is not None else 'nothing'}"
        raise MisfitError(
            message, code=codes.OUT_OF_RANGE, hint=f"write a number from {low} to {high}"
        )
    return number


def feed_content_of(value: object) -> str:
    """Return how much of a post its feeds hold."""
    return _choice_of(value, FEED_CONTENTS)


def font_of(value: object) -> str:
    """Return which kind of letters the site is set in."""
    return _choice_of(value, FONTS)


def home_of(value: object) -> str:
    """Return how the home page lays out its posts."""
    return _choice_of(value, HOME_LAYOUTS)


def _choice_of(value: object, choices: tuple[str, ...]) -> str:
    text = text_of(value).lower()
    if text not in choices:
        expected = f"{', '.join(choices[:-1])} or {choices[-1]}"
        message = f"expected {expected}, found '{shortened(text)}'"
        hint = did_you_mean(text, choices) or f"write {choices[0]}"
        raise MisfitError(message, code=codes.BAD_CHOICE, hint=hint)
    return text


def parser_of(value: object) -> str:
    """Return who reads Markdown."""
    text = text_of(value).lower()
    if text not in PARSERS:
        message = f"expected markdown-it or pyromark, found '{shortened(text)}'"
        raise MisfitError(
            message,
            code=codes.BAD_CHOICE,
            hint=did_you_mean(text, PARSERS) or "write markdown-it",
        )
    return text


def host_of(value: object) -> str:
    """Return a bare host name in lower case."""
    text = text_of(value).lower()
    if not _HOST.fullmatch(text):
        message = f"expected a host name, found '{shortened(text)}'"
        bare = text.partition("://")[2].partition("/")[0]
        hint = f"write {bare}" if _HOST.fullmatch(bare) else "write it as images.example.org"
        raise MisfitError(message, code=codes.BAD_HOST, hint=hint)
    return text


def link_url_of(value: object) -> str:
    """Return a path on this site or an http, https or mailto address."""
    text = text_of(value)
    outside = re.match(r"(?:https?://|mailto:)[^/\s]", text, re.IGNORECASE)
    inside = text.startswith("/") and not text.startswith("//")
    if not (outside or inside) or _UNSAFE_IN_ADDRESS.search(text):
        message = f"expected an address, found '{shortened(text)}'"
        hint = "begin it with / for a page of this site, else with https:// or mailto:"
        raise MisfitError(message, code=codes.BAD_LINK, hint=hint)
    return text


def logo_of(value: object) -> str:
    """Return the path of an image inside the network folder; "" for none."""
    text = text_of(value)
    parts = text.split("/")
    odd = {"", ".", ".."}.intersection(parts) or ":" in text or "\\" in text
    if text and (odd or not text.lower().endswith(_LOGO_ENDINGS)):
        message = f"expected the path of an image, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_FILE, hint="write it as themes/logo.svg")
    return text


def theme_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the keys of `theme`; a bare name is its name."""
    if isinstance(value, YamlScalar) and value.value is not None:
        return {"name": value}
    return entries_of(value)


def term_entries_of(value: object) -> dict[str, YamlNode]:
    """Return the keys of a topic or team; a bare text is its title, and a missing id is made from the title."""
    entries: dict[str, YamlNode] = (
        {"title": value} if isinstance(value, YamlScalar) else entries_of(value)
    )
    title = entries.get("title")
    if "id" not in entries and isinstance(title, YamlScalar):
        entries = {**entries, "id": _made(title, slugify(title.text))}
    ident = entries.get("id")
    if "title" not in entries and isinstance(ident, YamlScalar):
        entries = {**entries, "title": _made(ident, ident.text.replace("-", " ").capitalize())}
    return entries


def link_entries_of(value: object) -> dict[str, YamlNode]:
    """Return label and url of a link; one key alone is its label."""
    entries = entries_of(value) if isinstance(value, YamlMapping) else {}
    if isinstance(value, YamlMapping) and len(entries) == 1 and not {"label", "url"} & set(entries):
        entry = value.entries[0]
        return {"label": entry.key, "url": entry.value}
    if entries:
        return entries
    node = value if isinstance(value, YamlScalar | YamlSequence) else None
    message = f"expected a link, found {kind_of(node) if node else 'nothing'}"
    raise MisfitError(message, code=codes.BAD_LINK, hint="write {label: About, url: /about/}")


def links_of(value: object) -> list[YamlNode]:
    """Return the single links of a list, or of keys with addresses."""
    if isinstance(value, YamlMapping):
        return [
            YamlMapping(
                entries=(entry,),
                line=entry.key.line,
                column=entry.key.column,
                width=entry.key.width,
            )
            for entry in value.entries
        ]
    return whole_items_of(value)


def _made(near: YamlScalar, text: str) -> YamlScalar:
    return YamlScalar(text=text, quoted=True, line=near.line, column=near.column, width=near.width)
