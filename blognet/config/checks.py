"""The settings of the checks that read a text before a person does. Knows the keys, not what a check looks for.

Every key's description is here once, for docs/configuration.md; docs/checks.md explains each check with an example.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from blognet.config import check_values, settings
from blognet.kernel.yamlvalues import entries_of, items_of, text_of

if TYPE_CHECKING:
    from pydantic.config import JsonDict

Text = Annotated[str, BeforeValidator(text_of)]
Line = Annotated[str, BeforeValidator(settings.line_of)]
Level = Annotated[str, BeforeValidator(check_values.level_of)]
Day = Annotated[str, BeforeValidator(check_values.day_of)]
Phrases = Annotated[
    tuple[Annotated[str, BeforeValidator(check_values.searched_of)], ...],
    BeforeValidator(check_values.phrases_of),
]
Count = Annotated[int, BeforeValidator(partial(settings.number_between, low=0, high=1_000_000))]
FROZEN = ConfigDict(
    extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True, defer_build=True
)
_LEVELS: JsonDict = {"enum": [*check_values.LEVELS]}


class Length(BaseModel):
    """How long texts and titles may be. 0 sets no limit."""

    model_config = FROZEN

    severity: Level = Field(
        default="warning", description="How bad it is.", json_schema_extra=_LEVELS
    )
    min_words: Count = Field(default=0, description="Fewer words are too few; 0 for no limit.")
    max_words: Count = Field(default=0, description="More words are too many; 0 for no limit.")
    max_title: Count = Field(
        default=0, description="More characters in a title are too many; 0 for no limit."
    )


class WordRule(BaseModel):
    """Words that must not appear, why, what to write instead, and from when to when."""

    model_config = FROZEN

    words: Phrases = Field(
        description="Words or phrases as readers see them, in any case of letters; a star at the end of a word "
        "stands for any ending."
    )
    use: Line = Field(default="", description="What to write instead.")
    why: Line = Field(default="", description="The reason, shown to the author.")
    since: Day = Field(default="", description="The first day it holds; empty for always.")
    until: Day = Field(
        default="", description="The day from which it holds no longer; empty for ever."
    )


WordRules = Annotated[
    tuple[Annotated[WordRule, BeforeValidator(check_values.word_entries_of)], ...],
    BeforeValidator(items_of),
]


class Words(BaseModel):
    """A list of words that must not appear."""

    model_config = FROZEN

    severity: Level = Field(
        default="error", description="How bad it is.", json_schema_extra=_LEVELS
    )
    words: WordRules = Field(
        default=(), description="The rules; a bare text is a rule for this word."
    )


class DisclosureRule(BaseModel):
    """A sentence that a text needs when a word or tag is in it."""

    model_config = FROZEN

    words: Phrases = Field(default=(), description="Words that ask for the sentence.")
    tags: Annotated[tuple[Line, ...], BeforeValidator(items_of)] = Field(
        default=(), description="Tags or topics that ask for it."
    )
    say: Line = Field(description="The sentence that readers must find in the text.")


class Disclosures(BaseModel):
    """Sentences that texts need."""

    model_config = FROZEN

    severity: Level = Field(
        default="error", description="How bad it is.", json_schema_extra=_LEVELS
    )
    rules: Annotated[
        tuple[Annotated[DisclosureRule, BeforeValidator(entries_of)], ...],
        BeforeValidator(items_of),
    ] = Field(default=(), description="When which sentence is needed.")


class Contacts(BaseModel):
    """E-mail addresses or phone numbers in texts."""

    model_config = FROZEN

    severity: Level = Field(
        default="warning", description="How bad it is.", json_schema_extra=_LEVELS
    )
    allow: Annotated[tuple[Line, ...], BeforeValidator(items_of)] = Field(
        default=(),
        description="Those that may appear; for e-mail also @example.org, for every address there.",
    )


class Reading(BaseModel):
    """How hard a text may be to read."""

    model_config = FROZEN

    severity: Level = Field(default="note", description="How bad it is.", json_schema_extra=_LEVELS)
    max_grade: Annotated[int, BeforeValidator(partial(settings.number_between, low=1, high=30))] = (
        Field(
            default=16,
            description="The highest school grade, from 1 to 30, that a text may ask of its readers.",
        )
    )


class Plugin(BaseModel):
    """A check that another Python package brings."""

    model_config = FROZEN

    name: Annotated[str, BeforeValidator(check_values.name_of)] = Field(
        description="Its name in the entry point group blognet.checks."
    )
    severity: Level = Field(
        default="warning", description="How bad its findings are.", json_schema_extra=_LEVELS
    )


class ExternalTool(BaseModel):
    """A program that reads texts and prints what it found."""

    model_config = FROZEN

    name: Annotated[str, BeforeValidator(check_values.name_of)] = Field(
        description="The name of the check, yours to choose."
    )
    command: Annotated[tuple[Text, ...], BeforeValidator(check_values.command_of)] = Field(
        description="The program and its arguments; names of files are added. No shell reads it."
    )
    format: Annotated[str, BeforeValidator(check_values.format_of)] = Field(
        default="lines",
        description="What it prints: `vale-json`, or `lines` such as FILE:LINE:COLUMN: MESSAGE.",
        json_schema_extra={"enum": list(check_values.FORMATS)},
    )
    severity: Level = Field(
        default="warning", description="How bad its findings are.", json_schema_extra=_LEVELS
    )
    seconds: Annotated[int, BeforeValidator(partial(settings.number_between, low=1, high=600))] = (
        Field(default=60, description="How long one run may take, from 1 to 600 seconds.")
    )


_Words = Annotated[Words, BeforeValidator(partial(check_values.leveled, listed="words"))]
_Contacts = Annotated[Contacts, BeforeValidator(partial(check_values.leveled, listed="allow"))]


class Checks(BaseModel):
    """How bad what the checks find is, and what they look for."""

    model_config = FROZEN

    links: Level = Field(
        default="warning",
        description="Links inside the site that lead nowhere.",
        json_schema_extra=_LEVELS,
    )
    unpublished_links: Level = Field(
        default="warning",
        alias="unpublished-links",
        description="Links to a post or page that readers cannot open yet, or no longer.",
        json_schema_extra=_LEVELS,
    )
    remote_images: Level = Field(
        default="warning",
        alias="remote-images",
        description="Images of hosts that `hosts` does not list; readers get links instead.",
        json_schema_extra=_LEVELS,
    )
    alt_text: Level = Field(
        default="warning",
        alias="alt-text",
        description="Images that say nothing to people who cannot see them.",
        json_schema_extra=_LEVELS,
    )
    length: Annotated[Length, BeforeValidator(partial(check_values.leveled, listed=""))] = Field(
        default=Length(), description="Texts and titles that are too short or too long."
    )
    duplicate_titles: Level = Field(
        default="warning",
        alias="duplicate-titles",
        description="A title that another post or page has.",
        json_schema_extra=_LEVELS,
    )
    banned_words: _Words = Field(
        default=Words(), alias="banned-words", description="Words that must not appear in prose."
    )
    embargo: _Words = Field(
        default=Words(), description="Words that must not appear before a day, anywhere."
    )
    unreleased: _Words = Field(
        default=Words(),
        description="Names of unreleased products: not anywhere, not in file names.",
    )
    disclosures: Annotated[
        Disclosures, BeforeValidator(partial(check_values.leveled, listed="rules"))
    ] = Field(
        default=Disclosures(), description="Sentences that must appear when a word or a tag does."
    )
    secrets: Level = Field(
        default="error",
        description="Keys and tokens. They are masked in everything that is shown or kept.",
        json_schema_extra=_LEVELS,
    )
    emails: _Contacts = Field(default=Contacts(), description="E-mail addresses.")
    phones: _Contacts = Field(default=Contacts(), description="Phone numbers.")
    headings: Level = Field(
        default="warning",
        description="Headings that skip a level.",
        json_schema_extra=_LEVELS,
    )
    reading_level: Annotated[Reading, BeforeValidator(partial(check_values.leveled, listed=""))] = (
        Field(
            default=Reading(),
            alias="reading-level",
            description="Advice on texts that are hard to read, in English and German.",
        )
    )
    formulas: Level = Field(
        default="error",
        description="Formulas that readers would see as they were typed.",
        json_schema_extra=_LEVELS,
    )
    diagrams: Level = Field(
        default="error",
        description="Diagrams that cannot be drawn, or that say nothing to people who cannot see them.",
        json_schema_extra=_LEVELS,
    )
    plugins: Annotated[
        tuple[Annotated[Plugin, BeforeValidator(check_values.plugin_entries_of)], ...],
        BeforeValidator(items_of),
    ] = Field(
        default=(), description="Checks of other Python packages; those not named do not run."
    )
    external: Annotated[
        tuple[Annotated[ExternalTool, BeforeValidator(entries_of)], ...],
        BeforeValidator(items_of),
    ] = Field(default=(), description="Programs that check texts, such as Vale.")


def model_below(steps: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model that holds the last of these keys under ``checks``.

    Args:
        steps: Keys and indexes below ``checks``, the last being the key itself.
    """
    model: type[BaseModel] = Checks
    for step in steps[:-1]:
        model = _INNER.get((model, str(step)), model)
    return model


_INNER: dict[tuple[type[BaseModel], str], type[BaseModel]] = {
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
