"""The settings of the checks that read a text before a person does. Knows the keys, not what a check looks for.

Every key's description is here once, for docs/configuration.md; docs/checks.md explains each check with an example.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from blognet.config import check_values, settings
from blognet.config.described import JsonDict, described
from blognet.kernel.yamlmodels import EITHER_NAME, Read
from blognet.kernel.yamlvalues import entries_of, items_of, text_of

Text = Annotated[str, Read(text_of)]
Line = Annotated[str, Read(settings.line_of)]
Level = Annotated[str, Read(check_values.level_of)]
Day = Annotated[str, Read(check_values.day_of)]
Phrases = Annotated[
    tuple[Annotated[str, Read(check_values.searched_of)], ...],
    Read(check_values.phrases_of),
]
Count = Annotated[int, Read(partial(settings.number_between, low=0, high=1_000_000))]
_LEVELS: JsonDict = {"enum": [*check_values.LEVELS]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long texts and titles may be. 0 sets no limit."""

    severity: Level = field(default="warning", metadata=described("How bad it is.", schema=_LEVELS))
    min_words: Count = field(
        default=0, metadata=described("Fewer words are too few; 0 for no limit.")
    )
    max_words: Count = field(
        default=0, metadata=described("More words are too many; 0 for no limit.")
    )
    max_title: Count = field(
        default=0, metadata=described("More characters in a title are too many; 0 for no limit.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRule:
    """Words that must not appear, why, what to write instead, and from when to when."""

    words: Phrases = field(
        metadata=described(
            "Words or phrases as readers see them, in any case of letters; a star at the end of a word "
            "stands for any ending."
        )
    )
    use: Line = field(default="", metadata=described("What to write instead."))
    why: Line = field(default="", metadata=described("The reason, shown to the author."))
    since: Day = field(default="", metadata=described("The first day it holds; empty for always."))
    until: Day = field(
        default="", metadata=described("The day from which it holds no longer; empty for ever.")
    )


WordRules = Annotated[
    tuple[Annotated[WordRule, Read(check_values.word_entries_of)], ...],
    Read(items_of),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A list of words that must not appear."""

    severity: Level = field(default="error", metadata=described("How bad it is.", schema=_LEVELS))
    words: WordRules = field(
        default=(), metadata=described("The rules; a bare text is a rule for this word.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRule:
    """A sentence that a text needs when a word or tag is in it."""

    words: Phrases = field(default=(), metadata=described("Words that ask for the sentence."))
    tags: Annotated[tuple[Line, ...], Read(items_of)] = field(
        default=(), metadata=described("Tags or topics that ask for it.")
    )
    say: Line = field(metadata=described("The sentence that readers must find in the text."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosures:
    """Sentences that texts need."""

    severity: Level = field(default="error", metadata=described("How bad it is.", schema=_LEVELS))
    rules: Annotated[
        tuple[Annotated[DisclosureRule, Read(entries_of)], ...],
        Read(items_of),
    ] = field(default=(), metadata=described("When which sentence is needed."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """E-mail addresses or phone numbers in texts."""

    severity: Level = field(default="warning", metadata=described("How bad it is.", schema=_LEVELS))
    allow: Annotated[tuple[Line, ...], Read(items_of)] = field(
        default=(),
        metadata=described(
            "Those that may appear; for e-mail also @example.org, for every address there."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How hard a text may be to read."""

    severity: Level = field(default="note", metadata=described("How bad it is.", schema=_LEVELS))
    max_grade: Annotated[int, Read(partial(settings.number_between, low=1, high=30))] = field(
        default=16,
        metadata=described(
            "The highest school grade, from 1 to 30, that a text may ask of its readers."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A check that another Python package brings."""

    name: Annotated[str, Read(check_values.name_of)] = field(
        metadata=described("Its name in the entry point group blognet.checks.")
    )
    severity: Level = field(
        default="warning", metadata=described("How bad its findings are.", schema=_LEVELS)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalTool:
    """A program that reads texts and prints what it found."""

    name: Annotated[str, Read(check_values.name_of)] = field(
        metadata=described("The name of the check, yours to choose.")
    )
    command: Annotated[tuple[Text, ...], Read(check_values.command_of)] = field(
        metadata=described(
            "The program and its arguments; names of files are added. No shell reads it."
        )
    )
    format: Annotated[str, Read(check_values.format_of)] = field(
        default="lines",
        metadata=described(
            "What it prints: `vale-json`, or `lines` such as FILE:LINE:COLUMN: MESSAGE.",
            schema={"enum": list(check_values.FORMATS)},
        ),
    )
    severity: Level = field(
        default="warning", metadata=described("How bad its findings are.", schema=_LEVELS)
    )
    seconds: Annotated[int, Read(partial(settings.number_between, low=1, high=600))] = field(
        default=60, metadata=described("How long one run may take, from 1 to 600 seconds.")
    )


_Words = Annotated[Words, Read(partial(check_values.leveled, listed="words"))]
_Contacts = Annotated[Contacts, Read(partial(check_values.leveled, listed="allow"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """How bad what the checks find is, and what they look for."""

    __pydantic_config__ = EITHER_NAME

    links: Level = field(
        default="warning",
        metadata=described("Links inside the site that lead nowhere.", schema=_LEVELS),
    )
    unpublished_links: Level = field(
        default="warning",
        metadata=described(
            "Links to a post or page that readers cannot open yet, or no longer.",
            key="unpublished-links",
            schema=_LEVELS,
        ),
    )
    remote_images: Level = field(
        default="warning",
        metadata=described(
            "Images of hosts that `hosts` does not list; readers get links instead.",
            key="remote-images",
            schema=_LEVELS,
        ),
    )
    alt_text: Level = field(
        default="warning",
        metadata=described(
            "Images that say nothing to people who cannot see them.", key="alt-text", schema=_LEVELS
        ),
    )
    length: Annotated[Length, Read(partial(check_values.leveled, listed=""))] = field(
        default=Length(), metadata=described("Texts and titles that are too short or too long.")
    )
    duplicate_titles: Level = field(
        default="warning",
        metadata=described(
            "A title that another post or page has.", key="duplicate-titles", schema=_LEVELS
        ),
    )
    banned_words: _Words = field(
        default=Words(),
        metadata=described("Words that must not appear in prose.", key="banned-words"),
    )
    embargo: _Words = field(
        default=Words(), metadata=described("Words that must not appear before a day, anywhere.")
    )
    unreleased: _Words = field(
        default=Words(),
        metadata=described("Names of unreleased products: not anywhere, not in file names."),
    )
    disclosures: Annotated[Disclosures, Read(partial(check_values.leveled, listed="rules"))] = (
        field(
            default=Disclosures(),
            metadata=described("Sentences that must appear when a word or a tag does."),
        )
    )
    secrets: Level = field(
        default="error",
        metadata=described(
            "Keys and tokens. They are masked in everything that is shown or kept.", schema=_LEVELS
        ),
    )
    emails: _Contacts = field(default=Contacts(), metadata=described("E-mail addresses."))
    phones: _Contacts = field(default=Contacts(), metadata=described("Phone numbers."))
    headings: Level = field(
        default="warning", metadata=described("Headings that skip a level.", schema=_LEVELS)
    )
    reading_level: Annotated[Reading, Read(partial(check_values.leveled, listed=""))] = field(
        default=Reading(),
        metadata=described(
            "Advice on texts that are hard to read, in English and German.", key="reading-level"
        ),
    )
    formulas: Level = field(
        default="error",
        metadata=described("Formulas that readers would see as they were typed.", schema=_LEVELS),
    )
    diagrams: Level = field(
        default="error",
        metadata=described(
            "Diagrams that cannot be drawn, or that say nothing to people who cannot see them.",
            schema=_LEVELS,
        ),
    )
    plugins: Annotated[
        tuple[Annotated[Plugin, Read(check_values.plugin_entries_of)], ...],
        Read(items_of),
    ] = field(
        default=(),
        metadata=described("Checks of other Python packages; those not named do not run."),
    )
    external: Annotated[
        tuple[Annotated[ExternalTool, Read(entries_of)], ...],
        Read(items_of),
    ] = field(default=(), metadata=described("Programs that check texts, such as Vale."))


def model_below(steps: tuple[int | str, ...]) -> type:
    """Return the model that holds the last of these keys under ``checks``.

    Args:
        steps: Keys and indexes below ``checks``, the last being the key itself.
    """
    model: type = Checks
    for step in steps[:-1]:
        model = _INNER.get((model, str(step)), model)
    return model


_INNER: dict[tuple[type, str], type] = {
    (Checks, "length"): Length,
    (Checks, "banned-words"): Words,
    (Checks, "embargo"): Words,
    (Checks, "unreleased"): Words,
    (Words, "words"): WordRule,
    (Checks, "disclosures"): Disclosures,
    (Disclosures, "rules"): DisclosureRule,
    (Checks, "emails"): Contacts,
    (Checks, "phones"): Contacts,
    (Checks, "reading-level"): Reading,
    (Checks, "plugins"): Plugin,
    (Checks, "external"): ExternalTool,
}
