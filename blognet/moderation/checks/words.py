"""Words that must not be there, or not yet, and sentences that must be. Answers for any list of words in one pass.

Words are looked for in the source, so that each finding has its place, and then in what readers see, so that markup
within a word (``Blue**bird**``), a line end within a phrase, or an invisible character hides nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.content.values import Post
from blognet.kernel.text import slug_of_word, slugify
from blognet.kernel.times import parse_time
from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.config.checks import Checks, DisclosureRule, WordRule
    from blognet.kernel.problems import Location
    from blognet.markup import Document
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource

_GAP = r"[\s*_~`>]{1,20}"
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
MOST_REPORTS = 50
"""Places of one check in one text; more would only be repetition."""


def banned(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report banned words in prose: not in code, addresses and comments."""
    rules = _holding(settings.banned_words.words, facts, appears=_appears(source, facts))
    if not rules:
        return
    # Code and addresses are not looked at, so neither is what readers see of them.
    shown = _shown_text(source, document, prose_only=True)
    for rule, found, place in _places(rules, source, source.prose, shown):
        message = f"'{found}' is not a word we use" + (f": {rule.why}" if rule.why else "")
        hint = f"write '{rule.use}'" if rule.use else "write another word"
        yield Report(code=codes.BANNED_WORDS, location=place, message=message, hint=hint)


def embargoed(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report words that would appear before their day: anywhere in the source."""
    rules = _holding(settings.embargo.words, facts, appears=_appears(source, facts))
    if not rules:
        return
    shown = _shown_text(source, document, prose_only=False)
    for rule, found, place in _places(rules, source, source.text, shown):
        until = f" until {rule.until}" if rule.until else ""
        message = f"'{found}' is under embargo{until}" + (f": {rule.why}" if rule.why else "")
        hint = (
            f"take it out, or let the post appear then: publish_at: {rule.until}"
            if rule.until
            else "take it out"
        )
        yield Report(code=codes.EMBARGO, location=place, message=message, hint=hint)


def unreleased(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report names of unreleased products: anywhere in the source, in its address, in names of its files."""
    rules = _holding(settings.unreleased.words, facts, appears=_appears(source, facts))
    if not rules:
        return
    shown = _shown_text(source, document, prose_only=False)
    for rule, found, place in _places(rules, source, source.text, shown):
        message = f"'{found}' is not released yet" + (f": {rule.why}" if rule.why else "")
        hint = f"write '{rule.use}'" if rule.use else "take the name out"
        yield Report(code=codes.UNRELEASED, location=place, message=message, hint=hint)
    for rule in rules:
        for name in (source.subject.id, *source.assets):
            for word in rule.words:
                if _is_in_name(word, name):
                    what = "address" if name == source.subject.id else f"file '{name}'"
                    yield Report(
                        code=codes.UNRELEASED,
                        location=source.whole(),
                        message=f"'{word}' is not released yet, and the {what} names it",
                        hint="give it another 'slug'" if what == "address" else "rename the file",
                    )


def disclosed(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report sentences that readers should find and do not."""
    del facts
    if not settings.disclosures.rules:
        return
    shown = _shown_text(source, document, prose_only=False)
    said = _plain(document.text)
    for rule in settings.disclosures.rules:
        if _plain(rule.say) in said:
            continue
        cause = _cause(rule, source, shown)
        if cause is not None:
            what, place = cause
            yield Report(
                code=codes.DISCLOSURES,
                location=place,
                message=f"{what} asks for a sentence that is not there",
                hint=f"add: {rule.say}",
            )


def _cause(rule: DisclosureRule, source: CheckedSource, shown: str) -> tuple[str, Location] | None:
    """Return why a sentence is needed and where; None when it is not."""
    content = source.content
    tags = (*content.front.tags, *content.front.topics) if isinstance(content, Post) else ()
    wanted = {slug_of_word(tag) for tag in rule.tags}
    for tag in tags:
        if slug_of_word(tag) in wanted:
            return f"the tag '{tag}'", source.in_front(tag)
    for _, found, place in _places_of(rule.words, source, source.prose, shown):
        return f"'{found}'", place
    return None


def _appears(source: CheckedSource, facts: SiteFacts) -> datetime:
    """Return the earliest time at which readers could see the text."""
    content = source.content
    if not isinstance(content, Post):
        return facts.now
    times = (content.date, content.front.publish_at)
    return max(facts.now, *(moment for moment in times if moment is not None), facts.now)


def _holding(
    rules: tuple[WordRule, ...], facts: SiteFacts, *, appears: datetime
) -> tuple[WordRule, ...]:
    """Return the rules that hold when the text appears."""

    def holds(rule: WordRule) -> bool:
        since = parse_time(rule.since, zone=facts.zone) if rule.since else None
        until = parse_time(rule.until, zone=facts.zone) if rule.until else None
        return (since is None or since <= appears) and (until is None or appears < until)

    return tuple(filter(holds, rules))


def _places(
    rules: tuple[WordRule, ...], source: CheckedSource, searched: str, shown: str
) -> Iterator[tuple[WordRule, str, Location]]:
    words = {word: rule for rule in reversed(rules) for word in rule.words}
    for word, found, place in _places_of(tuple(words), source, searched, shown):
        yield words[word], found, place


def _places_of(
    words: tuple[str, ...], source: CheckedSource, searched: str, shown: str
) -> Iterator[tuple[str, str, Location]]:
    """Yield the word of the settings, what was found and where; without a line what only readers would see.

    Args:
        words: Of the settings.
        source: For places.
        searched: A text as long as the source's.
        shown: What readers see, as `_plain` leaves it.
    """
    if not words:
        return
    seen: set[str] = set()
    for number, match in enumerate(_pattern(words).finditer(searched)):
        word = words[int((match.lastgroup or "w0")[1:])]
        seen.add(word)
        if number < MOST_REPORTS:
            found = _BLANKS.sub(" ", match[0])
            yield word, found, source.place(match.start(), match.end())
    hidden = tuple(word for word in words if word not in seen)
    if not hidden:
        return
    for match in _pattern(tuple(map(_plain, hidden))).finditer(shown):
        word = hidden[int((match.lastgroup or "w0")[1:])]
        if word not in seen:
            seen.add(word)
            yield word, word, source.whole()


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all words; its last group ``wN`` is that of the word found, the longest first."""
    order = sorted(range(len(words)), key=lambda at: (-len(words[at]), at))
    return re.compile("|".join(f"(?P<w{at}>{_one(words[at])})" for at in order), re.IGNORECASE)


def _one(word: str) -> str:
    is_open = word.endswith("*") and len(word) > 1 and word[-2].isalnum()
    bare = word[:-1] if is_open else word
    forms = dict.fromkeys(unicodedata.normalize(form, bare) for form in ("NFC", "NFD"))
    spelled = "|".join(_GAP.join(map(re.escape, form.split())) for form in forms)
    before = r"(?<!\w)" if _has_edges(bare[0]) else ""
    after = (r"\w{0,60}" if is_open else "") + (r"(?!\w)" if _has_edges(bare[-1]) else "")
    return f"{before}(?:{spelled}){after}"


def _has_edges(character: str) -> bool:
    """Whether words of this script end at blanks; in Han and kana they run into each other."""
    is_plain_letter = unicodedata.category(character) == "Lo" and character >= "\u0e00"
    return character.isalnum() and not is_plain_letter


def _is_in_name(word: str, name: str) -> bool:
    """Whether an address or file name holds a word, hyphens standing for blanks."""
    wanted = slugify(word.removesuffix("*"))
    return bool(wanted) and f"-{wanted}-" in f"-{slugify(name)}-"


def _shown_text(source: CheckedSource, document: Document, *, prose_only: bool) -> str:
    """Return what readers see, without code where only prose counts."""
    text = document.text
    if prose_only:
        # What readers see cannot be told apart into prose and code; the source without code and marks can.
        text = re.sub(r"[*_~]{1,3}", "", source.prose[source.body_at :])
    return _plain(f"{source.title}\n{text}")


def _plain(text: str) -> str:
    """Return a text as two people would agree on it: compatible letters alike, nothing invisible, single blanks."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(visible.casefold().split())
