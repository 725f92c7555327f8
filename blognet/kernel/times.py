"""Points in time as values. Never asks what time it is: now and the time zone are parameters.

Inside, every time is an aware UTC `datetime` with whole seconds. Authors write times in many ways; which spellings
are read, and what a naive time means, is fixed here and nowhere else.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from blognet.kernel.patterns import later

_FOUR_DIGITS = 1000
COMPACT = "%Y%m%dT%H%M%SZ"
_ISO = later(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|z|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_WORDY = later(
    r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})", re.ASCII
)
_EXACT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_ZONE_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2,
}  # fmt: skip


def parse_time(text: str, *, zone: tzinfo) -> datetime | None:
    """Read a time as authors write it; None when it cannot be read.

    Read are ISO dates and times with or without a zone (an offset, ``Z`` or the common abbreviations), one-digit
    months and days, and ``June 15, 2021``. A naive time is in `zone`; a bare date is its 00:00.

    Returns:
        An aware datetime in UTC with whole seconds.
    """
    stripped = text.strip()
    if match := _ISO.fullmatch(stripped):
        parts = {
            name: int(match[name] or 0)
            for name in ("year", "month", "day", "hour", "minute", "second")
        }
        named = match["zone"]
    elif match := _WORDY.fullmatch(stripped):
        month = _month_of(match["month"])
        parts = {"year": int(match["year"]), "month": month, "day": int(match["day"])}
        named = None
    else:
        return None
    try:
        where = _zone_of(named) if named else zone
        return datetime(**parts, tzinfo=where).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def iso(moment: datetime) -> str:
    """Write a time as events and feeds hold it: ``2026-11-22T09:15:03Z``."""
    there = moment.astimezone(UTC)
    if there.year < _FOUR_DIGITS:
        return there.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{there.isoformat(timespec='seconds')[: -len('+00:00')]}Z"  # several times quicker


def mail_time(moment: datetime) -> str:
    """Write a time as mail and RSS have it: ``Sun, 22 Nov 2026 09:15:03 GMT``, whatever the language here."""
    there = moment.astimezone(UTC)
    day, month = _WEEKDAYS[there.weekday()], _MONTHS[there.month - 1].capitalize()
    return f"{day}, {there.day:02d} {month} {there.year:04d} {there:%H:%M:%S} GMT"


def parse_iso(text: str) -> datetime | None:
    """Read exactly what `iso` writes; None for anything else."""
    try:
        return datetime.fromisoformat(text) if _EXACT.fullmatch(text) else None
    except ValueError:
        return None


def compact(moment: datetime) -> str:
    """Write a time as file names of events hold it: ``20261122T091503Z``."""
    return moment.astimezone(UTC).strftime(COMPACT)


def _month_of(word: str) -> int:
    lowered = word.lower()
    if lowered in _FULL_MONTHS:
        return _FULL_MONTHS.index(lowered) + 1
    short = "sep" if lowered == "sept" else lowered
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _zone_of(text: str) -> tzinfo:
    if text.upper() in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[text.upper()]))
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
