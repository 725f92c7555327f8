"""Dates, numbers, sizes and lists as people of a language write them. Loads Babel at the first date, not before.

The time zone and the language are parameters: the same moment gives the same words on every machine.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from babel import Locale

_TWO = 2


def date_words(moment: datetime, *, language: str, zone: tzinfo) -> str:
    """Write the day of a moment in full: ``22. November 2026``."""
    return _words_of_day(moment.astimezone(zone).date(), language)


def day_words(moment: datetime, *, language: str, zone: tzinfo) -> str:
    """Write the day of a moment without its year, short: ``22. Nov.``."""
    return _short_words_of_day(moment.astimezone(zone).date(), language)


def datetime_words(moment: datetime, *, language: str, zone: tzinfo) -> str:
    """Write a moment in full with hours and minutes: ``22. November 2026, 10:15``."""
    from babel.dates import format_time  # noqa: PLC0415  # lazily, as above

    locale = locale_of(language)
    day = date_words(moment, language=language, zone=zone)
    time = format_time(moment, format="short", tzinfo=zone, locale=locale)
    pattern = str(locale.datetime_formats["medium"])  # such as "{1}, {0}": the time is {0}
    return pattern.replace("'", "").replace("{0}", time).replace("{1}", day)


@lru_cache(maxsize=4096)
def _words_of_day(day: date, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415  # lazily: commands that write no page do not pay

    return format_date(day, format="long", locale=locale_of(language))


@lru_cache(maxsize=4096)
def _short_words_of_day(day: date, language: str) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415  # lazily, as above

    noon = datetime.combine(day, time(12), UTC)
    return format_skeleton("MMMd", noon, tzinfo=UTC, locale=locale_of(language))


def number_words(number: int, *, language: str) -> str:
    """Write a number with the language's separators: ``1.204``."""
    # What else a theme may count with can be equal and yet be written otherwise: 0 and -0.0, 1 and true.
    known = _number_words if type(number) is int else _number_words.__wrapped__
    return known(number, language)


@lru_cache(maxsize=4096)
def _number_words(number: int, language: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415  # lazily, as above

    return format_decimal(number, locale=locale_of(language))


def size_words(length: int, *, language: str) -> str:
    """Write a number of bytes as people say it: ``12,4 MB``."""
    known = _size_words if type(length) is int else _size_words.__wrapped__
    return known(length, language)


@lru_cache(maxsize=4096)
def _size_words(length: int, language: str) -> str:
    from babel.units import format_unit  # noqa: PLC0415  # lazily, as above

    locale = locale_of(language)
    for unit, bytes_of_it in (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 10**3)):
        if length >= bytes_of_it:
            number = round(length / bytes_of_it, 1)
            return format_unit(number, f"digital-{unit}", length="short", locale=locale)
    return format_unit(length, "digital-byte", length="short", locale=locale)


def list_separator(place: int, count: int, *, language: str) -> str:
    """Return what stands before an item of a list in a sentence: ", " or " and " in "Ann, Ben and Cleo".

    The patterns are CLDR's, https://www.unicode.org/reports/tr35/tr35-general.html#ListPatterns. Each puts its words
    between two items; the few that also put some behind the last one are cut there.

    Args:
        place: Of the item, from 0; before the first stands nothing.
        count: Of all items.
        language: A language tag.
    """
    if not place:
        return ""
    patterns = locale_of(language).list_patterns["standard"]
    kind = (
        "2"
        if count == _TWO
        else "end"
        if place == count - 1
        else "start"
        if place == 1
        else "middle"
    )
    between: str = patterns[kind].partition("{0}")[2].partition("{1}")[0]
    return between


@cache
def locale_of(language: str) -> Locale:
    """Return the rules of a language tag; those of English when they are not known.

    A tag's region is given up before its language: ``de-XX`` is written like ``de``.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # lazily, as above

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")
