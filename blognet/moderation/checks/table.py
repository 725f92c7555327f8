"""The table of the checks: name, code, version, setting, and the function that looks. docs/checks.md follows it.

A check's version grows whenever it would find something else in the same text; it is part of the digest of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from blognet.config.checks import Checks
from blognet.markup import Document
from blognet.markup.codes import DIAGRAM, FORMULA
from blognet.moderation.checks import (
    codes,
    contacts,
    drawn,
    leaks,
    links,
    pictures,
    structure,
    words,
)
from blognet.moderation.checks.facts import SiteFacts
from blognet.moderation.checks.reports import Report
from blognet.moderation.checks.source import CheckedSource

Look = Callable[[CheckedSource, Document, Checks, SiteFacts], Iterator[Report]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of our own checks.

    Attributes:
        name: In ``blognet.yml`` and behind ``--waive``.
        code: Of its findings.
        version: Grows when it would find something else.
        looks: Finds.
    """

    name: str
    code: str
    version: int
    looks: Look

    def severity(self, settings: Checks) -> str:
        """Return how bad its findings are, as the settings say; ``off`` when it is not to look."""
        setting: object = getattr(settings, self.name.replace("-", "_"))
        return str(getattr(setting, "severity", setting))


def _check(name: str, code: str, looks: Look, version: int = 1) -> Check:
    return Check(name=name, code=code, version=version, looks=looks)


CHECKS: tuple[Check, ...] = (
    _check("links", codes.LINKS, links.dead_links),
    _check("unpublished-links", codes.UNPUBLISHED_LINKS, links.unpublished_links),
    _check("remote-images", codes.REMOTE_IMAGES, pictures.remote_images),
    _check("alt-text", codes.ALT_TEXT, pictures.alt_texts),
    _check("length", codes.LENGTH, structure.length),
    _check("duplicate-titles", codes.DUPLICATE_TITLES, structure.duplicate_titles),
    _check("banned-words", codes.BANNED_WORDS, words.banned),
    _check("embargo", codes.EMBARGO, words.embargoed),
    _check("unreleased", codes.UNRELEASED, words.unreleased),
    _check("disclosures", codes.DISCLOSURES, words.disclosed),
    _check("secrets", codes.SECRETS, leaks.secrets),
    _check("emails", codes.EMAILS, contacts.emails),
    _check("phones", codes.PHONES, contacts.phones),
    _check("headings", codes.HEADINGS, structure.headings),
    _check("reading-level", codes.READING_LEVEL, structure.reading_level),
    _check("formulas", FORMULA, drawn.formulas),
    _check("diagrams", DIAGRAM, drawn.diagrams),
)
