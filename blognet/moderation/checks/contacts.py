"""E-mail addresses and phone numbers of people, in what readers would get. Keeps quiet about those made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blognet.content.values import Author
from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.markup import Document
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})(?![\w@]|:[\w/])",
    re.ASCII,
)
_MADE_UP = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net|edu)|example|test|invalid|localhost|local|internal)$",
    re.IGNORECASE,
)
_NO_HOST_ENDINGS = frozenset(
    "css gif html jpeg jpg js json md pdf png py svg txt webp yaml yml".split()
)
_PHONE = re.compile(
    # +49 30 1234567, +1 (415) 555-2671; separators and digits never overlap, so the time stays in proportion.
    r"(?<![\w+])\+[1-9](?:[ .\u00a0\u2011/()-]{0,3}\d){6,14}+(?![\w-])"
    # (030) 123 456 78, 030 / 12345678
    r"|(?<![\w./-])(?:\(0\d{1,5}+\)[ ./-]{0,3}|0\d{1,5}+[ ./-]{1,3})\d{2,8}+(?:[ .-]\d{2,6}+){0,3}+(?![\w-])"
    # (415) 555-2671, 415-555-2671
    r"|(?<![\w./-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?![\w-])"
)
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
# Set aside for films and manuals: the American 555-01xx, the British 01632 960xxx.
_NOBODYS = re.compile(r"55501\d\d$|^(?:44|0)1632960\d{3}$|^0?1234567")
_DATE = re.compile(r"\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}$|\d{4}[-./]\d{1,2}[-./]\d{1,2}$")


def emails(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report e-mail addresses, those in ``mailto:`` links and in code too."""
    del document, facts
    allowed = frozenset(each.casefold() for each in settings.emails.allow)
    for match in _EMAIL.finditer(source.text, _begin(source)):
        address, host = match[0].casefold(), match["host"].casefold()
        is_file = host.rpartition(".")[2] in _NO_HOST_ENDINGS
        if is_file or _MADE_UP.search(host) or address.startswith("git@"):
            continue
        if address in allowed or f"@{host}" in allowed:
            continue
        yield Report(
            code=codes.EMAILS,
            location=source.place(match.start(), match.end()),
            message=f"the e-mail address {match[0]} would be published",
            hint="take it out, or a mayor lists it under 'allow'",
        )


def phones(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report phone numbers in prose and in ``tel:`` links."""
    del document, facts
    allowed = frozenset(map(_digits, settings.phones.allow))
    start = _begin(source)
    links = (
        (match.start(1), match.end(1))
        for match in re.finditer(r"\btel:(\+?\d[\d().-]{4,28}\d)", source.text[start:])
    )
    spans = {(start + left, start + right) for left, right in links}
    spans |= {match.span() for match in _PHONE.finditer(source.prose, start)}
    for left, right in sorted(spans):
        found = source.text[left:right]
        digits = _digits(found)
        if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS or digits in allowed:
            continue
        if _NOBODYS.search(digits) or _DATE.fullmatch(found):
            continue
        yield Report(
            code=codes.PHONES,
            location=source.place(left, right),
            message=f"the phone number {found} would be published",
            hint="take it out, or a mayor lists it under 'allow'",
        )


def _begin(source: CheckedSource) -> int:
    """Return where to begin: the e-mail address in a profile's front matter is not published."""
    return source.body_at if isinstance(source.content, Author) else 0


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text, flags=re.ASCII)
